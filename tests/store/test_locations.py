"""Whoever sees some locations finds nothing of the others, on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest

from pipeline import store
from pipeline.errors import ProblemCode
from pipeline.store import NOWHERE, RemarkKind, Wanted
from pipeline.values.casework import CasePart
from tests.store.test_store import NOW, TODAY, Office, document, letter, task

PLACES = {"north": "North office", "south": "South office", "nowhere": None}
NORTH = frozenset({"North office"})


@pytest.fixture
def office(data):
    return Office(data)


def case_in(office, name, *, letters=1):
    """A file with letters of one case in a location."""
    document_id = office.take(name, path=f"{name}.pdf")
    own = [letter(document_id, page=page) for page in range(1, letters + 1)]
    office.save(
        document(document_id, *own), office.claim(document_id),
        cases=lambda one, said: (CasePart(home=f"case-{name}"),),
        work_out=lambda case_id, held: (
            task(case_id, letters=[one.letter.letter_id for one in held], payer=f"Payer {name}",
                 amount_at_risk="100.00", location=PLACES[name]),
        ),
    )  # fmt: skip
    return document_id


@pytest.fixture
def documents(office):
    return {name: case_in(office, name) for name in PLACES}


def names(ids):
    return sorted(one.removeprefix("case-").removesuffix("-L1") for one in ids)


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("within", "seen"),
    [
        (None, ["north", "nowhere", "south"]),
        (NORTH, ["north"]),
        (frozenset({"South office", NOWHERE}), ["nowhere", "south"]),
        (frozenset({"a location that is none"}), []),
    ],
)
def test_lists_counts_and_reports_hold_what_is_seen(within, seen):
    lines, whole = store.task_lines(Wanted(), today=TODAY, start=0, most=50, within=within)
    assert (names(line.task_id for line in lines), whole) == (seen, len(seen))
    assert names(store.task_ids(Wanted(), today=TODAY, most=50, within=within)) == seen
    searched, _ = store.task_lines(Wanted(search="payer"), today=TODAY, start=0, most=50, within=within)
    assert len(searched) == len(seen)
    sums = store.sums(today=TODAY, within=within)
    assert (sums.tasks, sums.cents) == (len(seen), 10_000 * len(seen))
    assert sorted(store.choices("payer", within=within)) == [f"Payer {name}" for name in seen]
    assert len(store.counted_tasks(within=within)) == len(seen)
    assert names(one.task_id for one in store.first_tasks(most=9, within=within)) == seen
    assert len(store.to_check(within=within)) == store.left_to_check(within=within) == len(seen)
    assert store.letters_kept(within=within) == len(seen)


def test_what_is_asked_by_id_lies_within_or_not(documents):
    for asked, shape in ((store.case_lies_within, "case-{}"), (store.task_lies_within, "case-{}-L1")):
        assert [name for name in PLACES if asked(shape.format(name), NORTH)] == ["north"]
        assert not asked("gone", NORTH)
    letters = {name: f"{document_id}-1" for name, document_id in documents.items()}
    assert [name for name, one in letters.items() if store.letter_lies_within(one, NORTH)] == ["north"]
    assert [name for name, one in documents.items() if store.document_lies_within(one, NORTH)] == ["north"]
    every = [f"case-{name}-L1" for name in PLACES]
    assert store.tasks_within(every, NORTH) == ["case-north-L1"]
    assert store.tasks_within(every, None) == every


def test_calls_are_those_of_seen_cases(documents):
    for name in PLACES:
        store.remark(f"case-{name}-L1", kind=RemarkKind.CALL, text=name, by="dana", now=NOW)
    assert {one.text for one in store.remarks(kind="call", within=NORTH)} == {"north"}


def test_of_a_file_with_letters_of_two_locations_only_the_own_pages_are_seen(office):
    document_id = office.take("both", path="both.pdf")
    own = [letter(document_id, page=1), letter(document_id, page=2)]
    office.save(
        document(document_id, *own), office.claim(document_id),
        cases=lambda one, said: (CasePart(home=f"case-{one.pages[0]}"),),
        work_out=lambda case_id, held: (
            task(case_id, letters=[one.letter.letter_id for one in held],
                 location="North office" if case_id == "case-1" else "South office"),
        ),
    )  # fmt: skip
    assert store.pages_within(document_id, NORTH) == {1}
    assert store.pages_within(document_id, None) is None
    assert not store.document_lies_within(document_id, NORTH)
    assert store.pages_within(document_id, NORTH | {"South office"}) is None


def test_a_page_that_letters_of_two_locations_share_is_for_those_who_see_both(office):
    document_id = office.take("shared", path="shared.txt")
    shared = replace(letter(document_id, page=1), letter_id=f"{document_id}-1-2", pages=(1, 2))
    office.save(
        document(document_id, letter(document_id, page=1), shared), office.claim(document_id),
        cases=lambda one, said: (CasePart(home=f"case-{len(one.pages)}"),),
        work_out=lambda case_id, held: (
            task(case_id, letters=[one.letter.letter_id for one in held],
                 location="North office" if case_id == "case-1" else "South office"),
        ),
    )  # fmt: skip
    assert store.letter_lies_within(f"{document_id}-1", NORTH)
    assert not store.letter_lies_within(f"{document_id}-1-2", NORTH)
    assert store.pages_within(document_id, NORTH) == set()
    assert store.pages_within(document_id, frozenset({"South office"})) == {2}
    assert store.pages_within(document_id, NORTH | {"South office"}) is None


def test_a_file_set_aside_is_of_no_location(office):
    document_id = office.take("broken", path="broken.pdf")
    office.save(document(document_id, problem=ProblemCode.CORRUPT), office.claim(document_id))
    assert not store.document_lies_within(document_id, NORTH)
    assert store.document_lies_within(document_id, frozenset({NOWHERE}))


@pytest.mark.usefixtures("documents")
def test_people_see_everything_until_they_are_narrowed_and_again_after():
    assert store.locations_of("dana") is None
    store.narrow("dana", {"North office", NOWHERE})
    assert store.locations_of("dana") == {"North office", NOWHERE}
    assert store.narrowed_people() == {"dana": {"North office", NOWHERE}}
    store.narrow("dana", ())
    assert store.locations_of("dana") is None
    assert store.known_locations() == ("North office", "South office")


def test_a_case_that_is_of_another_location_now_is_found_there(office):
    case_in(office, "north")
    moved = (task("case-north", letters=[f"{office.take('x', path='x.pdf')}-1"], location="South office"),)
    store.rework(["case-north"], work_out=lambda case_id, held: moved, today=TODAY, now=NOW)
    assert not store.case_lies_within("case-north", NORTH)
    assert store.task_ids(Wanted(), today=TODAY, most=9, within=frozenset({"South office"})) == ("case-north-L1",)
