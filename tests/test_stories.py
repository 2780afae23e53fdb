"""Fifty invented stories through the real store, in any order of arrival: each ends as one case without a double task.

A story is a denial, its fax copy, the letter that upholds it and the external reviewer's approval; beside it lies a
second denial of the same patient, which must stay a case of its own. What scans do to numbers and dates is drawn.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pipeline import store
from pipeline.case import CaseLetter, work_out
from pipeline.desk import open_desk
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Document, DocumentStatus, Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Action, Task, TaskState
from tests.plan.letters import KNOWLEDGE, a_letter, clock, found, reason
from tests.plan.test_ties import also

STORIES = 50
LAST_DAY = date(2027, 6, 1)
_PAYERS = ("Blue Meridian Health Plan", "Example Health Plan", "Aetna", "UnitedHealthcare", "Cedar Mutual")


@dataclass(frozen=True)
class Story:
    """Its letters by role, each with the day it came, and the letter beside them."""

    letters: dict[str, tuple[Letter, date]]
    beside: tuple[Letter, date]
    before_service: bool
    paid: tuple[Letter, date] | None


class Kept:
    """Reads what a test wrote: a letter as the contract's JSON."""

    def run(self, path: Path, *, file_name: str, **_: Any) -> Document:
        data = path.read_bytes()
        document_id = hashlib.sha256(data).hexdigest()
        letter = replace(from_json(Letter, json.loads(data)), letter_id=f"{document_id}-1")
        return Document(
            file_name=file_name, document_id=document_id, status=DocumentStatus.READ, letters=(letter,), versions={}
        )


def _id(letter: Letter) -> str:
    return f"{hashlib.sha256(as_bytes(letter)).hexdigest()}-1"


def as_bytes(letter: Letter) -> bytes:
    return json.dumps(to_json(letter)).encode()


def _story(number: int) -> Story:
    rng = Random(f"story {number}")  # noqa: S311 - invented letters
    before = rng.random() < 0.5
    first = date(2026, 1, 1) + timedelta(days=rng.randrange(120))
    days = [first, first + timedelta(days=rng.randrange(30, 90))]
    days.append(days[1] + timedelta(days=rng.randrange(30, 90)))
    service = (first - timedelta(days=rng.randrange(5, 40))).isoformat()
    person: dict[str, Any] = {
        "payer": rng.choice(_PAYERS), "member_name": f"DOE{chr(65 + number % 26)}, JANE{chr(65 + number // 26)}",
        "member_id": f"W{100200300 + number}", "plan_type": rng.choice([None, "commercial", "marketplace"]),
        "dates_of_service": () if before else (service,), "procedure_codes": ("J0585",),
        "service_timing": "pre_service" if before else "post_service",
    }  # fmt: skip
    request, appeal, review = f"REF-{7000 + number}", f"APL-26-{500 + number}", f"IRO-{99000 + number}"
    claim = f"2026{number:03}-7781"
    prints = [f"{rng.getrandbits(64):016x}" for _ in range(4)]

    def letter(role: str, kind: str, day: date, own: str, *others: str, **more: Any) -> Letter:
        numbers = {"claim_number": None, "reference_number": also(own, *others)}
        if not before:
            numbers = {"claim_number": claim, "reference_number": also(own, *others)}
        values = numbers | person | {"kind": kind, "letter_date": day.isoformat(), "fingerprint": prints[0]} | more
        return a_letter(f"{role}-{number}", **values)

    denial = letter("denial", "denial", days[0], request, clocks=(clock("internal_appeal", 180),))
    upheld = letter(
        "upheld", "appeal_upheld", days[1], appeal, request, fingerprint=prints[1],
        clocks=(clock("external_review", 4, "month", anchor="receipt"),),
    )  # fmt: skip
    won = letter(
        "won", rng.choice(["appeal_overturned", "approval"]), days[2], review, appeal, reasons=(), fingerprint=prints[2]
    )
    beside = a_letter(
        f"beside-{number}", **person | {"letter_date": (first + timedelta(days=3)).isoformat()},
        claim_number=None if before else f"2026{number:03}-9902", reference_number=f"REF-{8000 + number}",
        fingerprint=prints[3],
    )  # fmt: skip
    paid = letter("paid", "remittance", days[2] + timedelta(days=20), review, reasons=())
    came = [day + timedelta(days=rng.randrange(0, 6)) for day in days]
    letters = {
        "denial": (denial, came[0]), "copy": (_faxed(denial, rng), came[0] + timedelta(days=rng.randrange(0, 9))),
        "upheld": (upheld, came[1]), "won": (won, came[2]),
    }  # fmt: skip
    closing = (paid, days[2] + timedelta(days=24)) if not before and rng.random() < 0.5 else None
    return Story(letters=letters, beside=(beside, came[0]), before_service=before, paid=closing)


def _faxed(letter: Letter, rng: Random) -> Letter:
    """The same letter as a fax leaves it: some words lost, and something of its head misread or not read."""
    assert letter.fingerprint is not None
    bits = int(letter.fingerprint, 16)
    for place in rng.sample(range(64), rng.randrange(0, 7)):
        bits ^= 1 << place
    damage: dict[str, Any] = rng.choice(
        [
            {},
            {"letter_date": None},
            {"member_id": None},
            {"member_name": None},
            {"claim_number": None, "reference_number": None},
            {"member_id": found((letter.member_id.value or "").replace("0", "O")) if letter.member_id else None},
        ]
    )
    return replace(letter, letter_id=f"{letter.letter_id}-fax", fingerprint=f"{bits:016x}", **damage)


def _feed(place: Path, told: list[tuple[Letter, date]]) -> dict[str, Task]:
    (place / "inbox").mkdir()
    with open_desk(
        place / "data", today=LAST_DAY, reader=Kept(), knowledge=KNOWLEDGE, settle_seconds=0.0
    ) as desk:  # fmt: skip
        for received in dict.fromkeys(day for _, day in told):
            for letter, day in told:
                if day == received:
                    (place / "inbox" / f"{letter.letter_id}.txt").write_bytes(as_bytes(letter))
            batch_id = desk.start_batch(place / "inbox", received=received)
            desk.take_in(batch_id)
            for document_id in desk.queued():
                assert desk.process(document_id, batch_id=batch_id) == "done"
            desk.finish_batch(batch_id)
        assert desk.status().balanced
        queue = {task.task_id for task in desk.tasks()}
        every = {task.task_id: task for task in desk.tasks(finished=True)}
    store.hang_up()
    for task_id, task in every.items():
        over = task.state in (TaskState.UPHELD, TaskState.CLOSED)
        assert (task_id in queue) is not over
    return every


@pytest.mark.slow
def test_every_story_ends_as_one_case_whatever_came_first(tmp_path: Path) -> None:
    stories = [_story(number) for number in range(STORIES)]
    told = [pair for story in stories for pair in (*story.letters.values(), story.beside)]
    told += [story.paid for story in stories if story.paid is not None]
    Random(7).shuffle(told)  # noqa: S311 - an order of arrival
    tasks = list(_feed(tmp_path, told).values())
    for story in stories:
        ids = {_id(letter) for letter, _ in story.letters.values()}
        paid = {_id(story.paid[0])} if story.paid else set()
        mine = [task for task in tasks if ids & set(task.letter_ids)]
        assert len({task.case_id for task in mine}) == 1
        assert {letter_id for task in mine for letter_id in task.letter_ids} == ids | paid
        first, second = sorted(mine, key=lambda task: task.level)
        assert (first.level, first.state, first.due) == (1, TaskState.UPHELD, None)
        assert (second.level, second.due) == (2, None)
        if story.before_service:
            assert (second.state, second.action) == (TaskState.OVERTURNED, Action.SCHEDULE_SERVICE)
        else:
            assert second.state is (TaskState.CLOSED if story.paid else TaskState.AWAITING_PAYMENT)
        (other,) = [task for task in tasks if _id(story.beside[0]) in task.letter_ids]
        assert other.case_id != first.case_id
        assert (other.level, other.letter_ids) == (1, (_id(story.beside[0]),))
        # A copy that lost its claim number may belong to the letter beside it as well: that is proposed, never done.
        settled = [replace(task, proposals=()) for task in (first, second)]
        assert settled == _worked_out(story, first.case_id)


def _worked_out(story: Story, case_id: str) -> list[Task]:
    """The tasks of the whole story at once, with nothing of the order in which it came."""
    pairs = [*story.letters.values(), *([story.paid] if story.paid else [])]
    letters = [CaseLetter(letter=replace(letter, letter_id=_id(letter)), received=day) for letter, day in pairs]
    return list(work_out(letters, case_id=case_id, today=LAST_DAY, knowledge=KNOWLEDGE, practice=Practice()))


def test_the_stories_differ() -> None:
    stories = [_story(number) for number in range(STORIES)]
    assert {story.before_service for story in stories} == {True, False}
    copies = [(story.letters["denial"][0], story.letters["copy"][0]) for story in stories]
    assert any(copy.letter_date is None for _, copy in copies)
    assert any(copy.reference_number is None for _, copy in copies)
    assert reason("medical_necessity").category in {r.category for one, _ in copies for r in one.denial_reasons}
