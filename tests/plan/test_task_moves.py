"""The moves that letters and work make, walked: each of the table happens in a story, and no story makes another."""

from collections.abc import Sequence
from typing import Any

from pipeline.knowledge.moves import Mover, load_moves, move_of
from pipeline.values.letter import Channel, Letter, ReviewNote
from pipeline.values.task import FollowUp, TaskState
from tests.plan.letters import a_letter, clock, request
from tests.plan.test_following import BEFORE, planned, row, tasks_planned

_SENT = row("sent", "2026-03-10", channel=Channel.FAX, proof="F1")
_ARRIVED = row("arrived", "2026-03-12", 2)


def _denial(letter_id: str = "a-1", **more: Any) -> Letter:
    return a_letter(letter_id, **{"letter_date": "2026-03-02", "clocks": (clock("internal_appeal", 180),)} | more)


def _later(kind: str, day: str = "2026-04-01", **more: Any) -> Letter:
    return _denial(f"{kind}-1", **{"kind": kind, "letter_date": day, "clocks": (), "reasons": ()} | more)


_UPHELD = _later("appeal_upheld", clocks=(clock("second_level", 60),), reasons=("medical_necessity",))
_WON = _later("appeal_overturned")
_PART = _later("appeal_overturned", subtype="partial")
_PAID = _later("remittance", "2026-04-20")
_AGAIN = _denial("again-1", letter_date="2026-04-02")
_ACKNOWLEDGED = _later("acknowledgement", "2026-03-14")
_DOUBTED = _denial(needs_review=(ReviewNote(field="letter_date", why="blurred"),))
# A dismissal for a missing form asks for nothing but the form, which no chart is asked for.
_READY = _denial(reasons=("duplicate",), claim_number="CLM-0001")
_RECORDS = _denial(kind="information_request", reasons=(), clocks=(), requested_evidence=(request("ev.visit_note"),))


def _first(letters: Sequence[Letter], rows: tuple[FollowUp, ...] = ()) -> TaskState:
    """The state of the lowest level: a letter that upholds opens another beside it."""
    return tasks_planned(*letters, rows=rows, today="2026-04-25")[0].state


def _stories() -> list[tuple[list[Letter], tuple[FollowUp, ...], Letter]]:
    """What lay there, what was sent, and the letter that comes."""
    stories = []
    for start in (_denial(), _DOUBTED, _READY):
        for rows in ((), (_SENT,), (_SENT, _ARRIVED)):
            stories += [([start], rows, letter) for letter in (_UPHELD, _WON, _PART, _AGAIN, _ACKNOWLEDGED)]
            stories += [([start, _PART], rows, letter) for letter in (_later("appeal_upheld", "2026-05-01",
                         reasons=("medical_necessity",)), _later("approval", "2026-05-01"))]  # fmt: skip
            stories.append(([start, _WON], rows, _PAID))
    before = _denial(**BEFORE)
    stories.append(([before], (), _later("approval", **BEFORE)))
    stories += [([_RECORDS], rows, _denial("b-1", letter_date="2026-04-01")) for rows in ((), (_SENT,))]
    return stories


def test_letters_make_the_moves_of_the_table_and_no_other() -> None:
    seen = set()
    for there, rows, letter in _stories():
        before, after = _first(there, rows), _first([*there, letter], rows)
        if before is after:
            continue
        moves = [move for move in load_moves() if move.by is not Mover.PERSON and move.leads(before, after)]
        assert moves, f"{before} -> {after} after {letter.kind}"
        seen |= {move.id for move in moves}
    assert {move.id for move in load_moves() if move.by is Mover.LETTER} <= seen


def test_what_was_sent_makes_the_moves_of_a_person() -> None:
    for start in (_denial(), _DOUBTED, _READY):
        before, sent, arrived = _first([start]), _first([start], (_SENT,)), _first([start], (_SENT, _ARRIVED))
        back = _first([start], (_SENT, row("taken_back", "2026-03-11", 3, undoes=1)))
        for one, other in ((before, sent), (sent, arrived), (sent, back)):
            assert move_of(one, other) is not None
        assert (sent, arrived, back) == (TaskState.SENT, TaskState.AWAITING_DECISION, before)


def test_the_days_make_no_move() -> None:
    days = ("2026-03-10", "2026-06-01", "2027-03-10")
    assert {planned(_denial(), rows=(_SENT,), today=day).state for day in days} == {TaskState.SENT}
