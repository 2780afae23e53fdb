"""The worklist, the reviewers' queue, remarks and the chained audit, each on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.store import RemarkKind, Wanted
from pipeline.values.casework import CasePart
from pipeline.values.decision import LETTER, Act
from pipeline.values.letter import Reason
from pipeline.values.task import TaskState
from pipeline.values.vocabulary import Category
from tests.store.test_store import NOW, TODAY, Office, document, letter, task


@pytest.fixture
def office(data):
    return Office(data)


DUE = {"a": "2026-11-20", "b": "2026-11-28", "c": "2027-01-30", "d": None}


def filled(office):
    """Four tasks: overdue, due this week, later, without a day."""
    for name, due in DUE.items():
        facts = {
            "payer": f"Payer {name.upper()}", "member_name": f"Sample, {name}", "claim_number": f"CLM-{name}",
            "amount_at_risk": "100.50", "priority": 60,
        }  # fmt: skip
        office.done(
            name, cases=lambda letter, said, name=name: (CasePart(home=f"case-{name}"),),
            work_out=lambda case_id, letters, due=due, facts=facts: (
                task(case_id, letters=[held.letter.letter_id for held in letters], due=due, **facts),
            ),
        )  # fmt: skip


def found(**wanted):
    lines, _ = store.task_lines(Wanted(**wanted), today=TODAY, start=0, most=50)
    return [line.task_id.removeprefix("case-")[0] for line in lines]


@pytest.mark.parametrize(
    ("wanted", "tasks"),
    [
        ({}, "abcd"),
        ({"order": "-due"}, "dcba"),
        ({"window": "overdue"}, "a"),
        ({"window": "week"}, "b"),
        ({"window": "none"}, "d"),
        ({"search": "payer b"}, "b"),
        ({"search": "CLM-C sample,"}, "c"),
        ({"search": "100%"}, ""),
        ({"payer": "Payer D"}, "d"),
        ({"who": "-"}, "abcd"),
        ({"who": "Lee"}, ""),
        ({"stage": "sent"}, ""),
        ({"finished": True}, ""),
        ({"order": "no such order"}, "abcd"),
    ],
)
def test_the_worklist_is_filtered_and_sorted(office, wanted, tasks):
    filled(office)
    assert "".join(found(**wanted)) == tasks


def test_pages_do_not_overlap_and_know_the_whole(office):
    filled(office)
    pages = [store.task_lines(Wanted(), today=TODAY, start=start, most=3) for start in (0, 3)]
    assert [[line.task_id for line in lines] for lines, _ in pages] == [
        ["case-a-L1", "case-b-L1", "case-c-L1"], ["case-d-L1"],
    ]  # fmt: skip
    assert [whole for _, whole in pages] == [4, 4]


def test_the_sums_and_the_lines_follow_what_people_do(office):
    filled(office)
    before = store.sums(today=TODAY)
    assert (before.tasks, before.overdue, before.soon, before.unassigned, before.cents) == (4, 1, 1, 4, 40200)
    assert store.assign(["case-a-L1", "case-b-L1", "gone"], by="dana", now=NOW, assignee="Lee") == 2
    store.change_task("case-c-L1", by="dana", now=NOW, version=0, state=TaskState.WRITTEN_OFF, reason="too small")
    after = store.sums(today=TODAY)
    assert (after.tasks, after.unassigned, after.cents) == (3, 1, 30150)
    assert (found(who="Lee"), found(finished=True), found(stage="written_off", finished=True)) == (
        ["a", "b"], ["c"], ["c"],
    )  # fmt: skip
    (said,) = store.remarks(task_id="case-c-L1")
    assert (said.kind, said.text, said.details) == (
        "state", "too small", {"from": "needs_evidence", "to": "written_off"},
    )  # fmt: skip


def test_remarks_stay_as_they_are_written(office):
    from django.db import DatabaseError, connection

    filled(office)
    store.remark(
        "case-a-L1", kind=RemarkKind.CALL, text="<b>called</b>", by="dana", now=NOW, details={"reference": "R-1"}
    )
    for change in ("UPDATE store_remark SET text = ''", "DELETE FROM store_remark"):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(change)
        connection.close()
    assert [(r.text, r.details["reference"]) for r in store.remarks(case_id="case-a")] == [("<b>called</b>", "R-1")]
    with pytest.raises(UsageError):
        store.remark("gone", kind=RemarkKind.NOTE, text="x", by="dana", now=NOW)


def test_the_queue_of_letters_to_check_is_by_deadline_and_a_checked_one_leaves_it(office):
    filled(office)
    waiting, whole = store.to_check(), store.left_to_check()
    assert ([w.due for w in waiting], whole) == (["2026-11-20", "2026-11-28", "2027-01-30", "9999-99-99"], 4)
    noted = [w for w in waiting if w.notes]
    assert (store.to_check(noted=True), store.left_to_check(noted=True)) == (noted, len(noted))
    first, second = waiting[0].letter_id, waiting[1].letter_id
    said = store.Decided(letter_id=first, field=LETTER, value=True, by="dana", at=NOW, act=Act.ACCEPT, machine=[])
    keys = {"case": "case-a", "work_out": lambda case_id, letters: (task(case_id, due=DUE["a"]),)}
    number = office.decide(said, **keys)
    assert store.to_check()[0].letter_id == second
    assert store.to_check(after=first)[0].letter_id == second
    assert store.opened(first).checked
    office.decide(replace(said, act=Act.UNDO, value=None, undoes=number), **keys)
    assert not store.opened(first).checked


def test_an_opened_letter_brings_what_the_desk_shows(office):
    document_id = office.take("two letters", path="folder/two.pdf")
    office.save(document(document_id, letter(document_id), letter(document_id, page=2)), office.claim(document_id))
    opened = store.opened(f"{document_id}-2")
    assert (opened.file_name, opened.received, opened.version) == ("two.pdf", TODAY, 0)
    assert opened.letters == ((f"{document_id}-1", (1,)), (f"{document_id}-2", (2,)))
    assert store.opened("gone") is None


def test_the_audit_is_a_chain_and_a_changed_row_is_named(office):
    from django.db import connection

    filled(office)
    assert store.broken_at() is None
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM store_audit ORDER BY id LIMIT 1 OFFSET 3")
        (row,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER store_audit_no_update")
        cursor.execute("UPDATE store_audit SET who = 'nobody' WHERE id = %s", [row])
    assert store.broken_at() == row


def test_saved_views_are_a_persons_own(office):
    store.save_view("dana", name="Mine", query="who=dana")
    store.save_view("dana", name="Mine", query="who=dana&window=week")
    store.save_view("lee", name="Mine", query="who=lee")
    assert store.views("dana") == (("Mine", "who=dana&window=week"),)
    store.drop_view("dana", name="Mine")
    assert (store.views("dana"), store.views("lee")) == ((), (("Mine", "who=lee"),))


def test_a_reason_is_found_by_the_words_it_is_shown_with_and_by_its_code(office):
    said = Reason(
        value="no_prior_auth", category=Category.NO_PRIOR_AUTH, text="x", page=1, boxes=(), confidence=1.0, rule="x"
    )
    office.done(
        "a", cases=lambda letter, said: (CasePart(home="case-a"),),
        work_out=lambda case_id, letters: (
            task(case_id, letters=[held.letter.letter_id for held in letters], denial_reasons=(said,)),
        ),
    )  # fmt: skip
    assert (
        found(search="prior authorization") == found(search="no_prior_auth") == found(search="no prior auth") == ["a"]
    )
    assert found(search="off-label") == []
