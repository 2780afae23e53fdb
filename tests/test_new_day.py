"""A new day over the real store: what holds still is only shown anew, and looks as if all were worked out anew."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pipeline import store
from pipeline.desk import Desk, open_desk
from pipeline.knowledge.practice_file import PracticeFile
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.task import Task
from tests.kept import Texts
from tests.plan.letters import KNOWLEDGE
from tests.story_letters import DENIAL_POST, DENIAL_PRE, Person, Words, written

FIRST = date(2026, 3, 4)
RIGHTS = (
    "You or your provider may appeal within 180 days of the date of this letter.",
    "You may request a peer-to-peer discussion within 14 days of the date of this letter. You or your provider may "
    "appeal within 65 days of the date of this letter.",
    "",
)


def _letter(number: int, rights: str) -> str:
    person = Person(
        payer="Example Health Plan", name="Jane Q. Doe", member_id=f"W10020030{number}", plan="",
        service="Botox (J0585) 200 units", service_day=FIRST - timedelta(days=20) if number % 2 else None,
    )  # fmt: skip
    words = Words(
        title="Notice of adverse determination", decision=(DENIAL_POST if number % 2 else DENIAL_PRE)[0],
        rights=rights, numbers=(("Claim Number" if number % 2 else "Reference Number", f"2026{number}07781"),),
    )  # fmt: skip
    return written(person, words, day=FIRST - timedelta(days=3), rng=Random(number))  # noqa: S311 - invented letters


def _desk(place: Path, today: date, practice: Practice | PracticeFile | None = None) -> Desk:
    return open_desk(
        place / "data", today=today, reader=Texts(), knowledge=KNOWLEDGE, settle_seconds=0.0, practice=practice
    )


def _batch(desk: Desk, place: Path) -> None:
    batch_id = desk.start_batch(place / "inbox", received=FIRST)
    desk.take_in(batch_id)
    for document_id in desk.queued():
        desk.process(document_id, batch_id=batch_id)
    desk.finish_batch(batch_id)


def _plain(tasks: tuple[Task, ...]) -> list[Task]:
    return [replace(task, holds_until=None) for task in tasks]


def test_a_new_day_shows_what_working_everything_out_anew_would(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    for number, rights in enumerate(RIGHTS):
        (tmp_path / "inbox" / f"{number}.txt").write_text(_letter(number, rights))
    with _desk(tmp_path, FIRST) as desk:
        _batch(desk, tmp_path)
        first = desk.tasks()
    assert len(first) == len(RIGHTS)
    kept_through = 0
    for days in (1, 9, 16, 60, 61, 200):
        day = FIRST + timedelta(days=days)
        with _desk(tmp_path, day) as desk:
            kept_through += len(first) - len(store.stale_cases(day))
            _batch(desk, tmp_path)
            shown = desk.tasks()
            lines, _ = store.task_lines(store.Wanted(), today=day, start=0, most=50)
            assert [(one.task_id, one.priority, one.priority_why) for one in lines] == [
                (one.task_id, one.priority, one.priority_why) for one in shown
            ]
            assert {one.task_id: one.next_touch for one in lines} == {one.task_id: one.next_touch_on for one in shown}
            desk.rework(store.open_cases())
            assert _plain(desk.tasks()) == _plain(shown)
            assert _plain(shown) != _plain(first)
    assert kept_through > len(first)
    store.hang_up()


def test_another_contract_works_out_every_open_case_anew(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(_letter(1, ""))
    with _desk(tmp_path, FIRST) as desk:
        _batch(desk, tmp_path)
        (before,) = desk.tasks()
    terms = ContractTerms(payer="Example Health Plan", participating=True, dispute_days=30, expected_allowed={})
    with _desk(tmp_path, FIRST, Practice(contracts=(terms,))) as desk:
        _batch(desk, tmp_path)
        (after,) = desk.tasks()
    assert "practice.contracts" not in {clock.rule for clock in before.clocks}
    assert "practice.contracts" in {clock.rule for clock in after.clocks}
    store.hang_up()


def test_a_desk_that_is_served_takes_up_what_the_practice_file_says_now(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "0.txt").write_text(_letter(0, RIGHTS[0]))
    file = tmp_path / "practice.yaml"
    file.write_text("names: [Fernhill Pain Group]\n")
    practice = PracticeFile(file)
    with _desk(tmp_path, FIRST, practice) as desk:
        _batch(desk, tmp_path)
        (task,) = desk.tasks()
        assert task.location is None
        assert desk.follow_practice() == 0, "nothing changed"
        file.write_text(
            "names: [Fernhill Pain Group]\nplaces:\n  - name: Hill office\n    known_as: [Fernhill]\n"
            "  - name: Brook office\n    npis: [1234567893]\n"
        )
        assert desk.follow_practice() == 1
        assert desk.follow_practice() == 0, "once"
        assert [place.name for place in desk.working.practice.places] == ["Hill office", "Brook office"]
        file.write_text("places: [")
        assert desk.follow_practice() == 0, "what cannot be read changes nothing"
        assert practice.problem is not None
        assert "YAML" in practice.problem.why
        file.unlink()
        assert [place.name for place in desk.working.practice.places] == ["Hill office", "Brook office"]
        assert practice.problem is not None
        file.write_text("names: [Fernhill Pain Group]\n")
        assert desk.working.practice.places == ()
        assert practice.problem is None
    store.hang_up()
