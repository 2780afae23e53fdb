"""Letters of one case that are saved at the same moment, on SQLite and on PostgreSQL: one case, and no task twice."""

import threading
from collections.abc import Callable
from datetime import date

from pipeline import store
from pipeline.values.casework import CasePart
from pipeline.values.task import FollowUpAct
from tests.store.test_store import NOW, document, office, task  # noqa: F401 - the fixture is found by its name

PEOPLE = 4
TODAY = date(2026, 11, 27)


def _part(number: int, name: str) -> CasePart:
    """Of each person's three letters the last ties the first two: it has the numbers of both."""
    numbers = {"first": ("REF100",), "second": ("APL200",), "third": ("REF100", "APL200")}[name]
    return CasePart(
        home=f"case-{number}-{name}", written=f"2026-0{1 + len(name) % 3}-01", kind="denial", payer="aetna",
        member=f"W{number}", numbers=numbers,
    )  # fmt: skip


def _at_once(work: list[Callable[[], object]]) -> None:
    errors: list[BaseException] = []
    start = threading.Barrier(len(work))

    def run(one: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            one()
        except BaseException as error:
            errors.append(error)
        finally:
            store.hang_up()

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def _worked(case_id, letters):
    return (task(case_id, letters=tuple(held.letter.letter_id for held in letters)),)


def test_letters_that_tie_two_cases_make_one_whoever_comes_first(office) -> None:  # noqa: F811
    letters = {
        office.take(f"{number} {name}", path=f"{number}-{name}.pdf"): _part(number, name)
        for number in range(PEOPLE)
        for name in ("first", "second", "third")
    }

    def save(document_id: str) -> Callable[[], object]:
        part = letters[document_id]
        return lambda: office.save(
            document(document_id), office.claim(document_id), cases=lambda letter, said: (part,), work_out=_worked
        )

    _at_once([save(document_id) for document_id in letters])
    tasks = store.tasks()
    assert [(one.task_id, len(one.letter_ids)) for one in tasks] == [(one.task_id, 3) for one in tasks]
    assert len(tasks) == PEOPLE
    assert sorted(len(one.letter_ids) for one in tasks) == [3] * PEOPLE
    homes = [
        {f"{found}-1" for found, part in letters.items() if part.member == f"W{number}"} for number in range(PEOPLE)
    ]
    assert sorted(map(sorted, homes)) == sorted(sorted(one.letter_ids) for one in tasks)


def test_of_two_people_who_write_down_a_sending_one_is_told(office) -> None:  # noqa: F811
    office.done("abc")
    (one,) = store.tasks()
    told: list[str] = []

    def send(name: str) -> Callable[[], object]:
        said = store.Followed(act=FollowUpAct.SENT, day=TODAY, proof=name)

        def write() -> None:
            try:
                store.follow_up(
                    one.task_id, said, by=name, version=0, now=NOW, today=TODAY,
                    work_out=lambda case_id, letters: (task(case_id),),
                )  # fmt: skip
                told.append(name)
            except store.Conflict:
                told.append("conflict")

        return write

    _at_once([send("dana"), send("eve")])
    assert sorted(told)[0] == "conflict"
    assert len(store.remarks(task_id=one.task_id, kind="sent")) == 1
