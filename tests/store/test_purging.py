"""What retention may touch in the database, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from pipeline import store
from pipeline.values.casework import CasePart
from pipeline.values.task import TaskState
from tests.store.test_store import NOW, TODAY, Office, document, letter

LATER = TODAY + timedelta(days=400)


@pytest.fixture
def office(data):
    return Office(data)


def case_of(name):
    return lambda letter, said: (CasePart(home=name),)


def finish(task_id):
    store.change_task(task_id, by="dana", now=NOW, version=None, state=TaskState.CLOSED, reason="done")


def gone(office, **more):
    found = store.purgeable(before=LATER, **more)
    store.purge(found, now=NOW, who="dana")
    store.wipe(office.blobs)
    return found


def test_a_decision_may_be_emptied_and_nothing_else_be_done_to_it(office):
    from pipeline.store.models import Decision

    letter_id = f"{office.done('abc').document_id}-1"
    office.decide(store.Decided(letter_id=letter_id, field="payer", value="A", by="dana", at=NOW, reason="seen"))
    rows = Decision.objects.filter(letter_id=letter_id)
    emptied = {"act": "purged", "value": "null", "reason": "", "machine": None, "page": None, "boxes": None}
    for change in ({"value": '"B"'}, {**emptied, "by": "lee"}, {**emptied, "reason": "why"}, {**emptied, "field": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_decision")
    rows.update(**emptied)
    assert store.decisions(letter_id) == ()
    assert rows.get().by == "dana"


def test_only_finished_old_work_goes_and_the_law_holds(office):
    done, open_ = office.done("done", cases=case_of("case-a")), office.done("open", cases=case_of("case-b"))
    finish("case-a-L1")
    assert store.purgeable(before=TODAY).documents == ()
    found = gone(office)
    assert (found.documents, found.cases, found.letters) == ((done.document_id,), ("case-a",), 1)
    assert not office.blobs.has(done.document_id)
    assert office.blobs.has(open_.document_id)
    assert [task.case_id for task in store.tasks(finished=True)] == ["case-b"]
    assert [held.document_id for held in store.documents()] == [open_.document_id]
    counts = store.counts(office.blobs, in_inbox=0)
    assert (counts.balanced, counts.done, counts.seen) == (True, 2, 2)
    assert store.broken_at() is None
    acts = [row.act for row in store.audit_rows(subject=done.document_id, start=0, most=50)[0]]
    assert {"taken_in", "saved", "purged"} <= set(acts)


def test_a_document_goes_only_with_all_cases_it_is_in(office):
    both = office.take("both")
    two = document(both, letter(both, page=1), letter(both, page=2))
    office.save(two, office.claim(both), cases=lambda one, said: (CasePart(home=f"case-{one.pages[0]}"),))
    finish("case-1-L1")
    assert store.purgeable(before=LATER).documents == ()
    finish("case-2-L1")
    assert store.purgeable(before=LATER).documents == (both,)


def test_a_case_asked_for_by_name_goes_at_any_age_if_it_is_finished(office):
    office.done("one", cases=case_of("case-a"))
    other = office.done("two", cases=case_of("case-b"))
    assert gone(office, case_ids=["case-b"]).documents == ()
    finish("case-b-L1")
    assert gone(office, case_ids=["case-b"]).documents == (other.document_id,)


def test_what_was_forgotten_and_comes_again_is_worked_on_again(office):
    first = office.done("again", cases=case_of("case-a"))
    finish("case-a-L1")
    gone(office)
    assert office.take("again", path="b.pdf") == first.document_id
    assert store.queued() == (first.document_id,)
    assert office.blobs.has(first.document_id)
    assert store.file_name(first.document_id) == "b.pdf"


def test_an_original_that_outlasted_its_purge_is_known_without_its_name(office):
    office.done("one", cases=case_of("case-a"))
    finish("case-a-L1")
    found = store.purgeable(before=LATER)
    assert [one.place for one in found.originals] == [b"one.pdf"]
    store.purge(found, still_there=[one.receipt_id for one in found.originals], now=NOW, who="dana")
    store.wipe(office.blobs)
    assert [(left.path, left.size) for left in store.left_in(store.known_inboxes()[0])] == [("", 3)]
    office.take("one", path="one.pdf")
    assert store.queued() == ()
    assert list(office.blobs.names()) == []
    store.purge(found, now=NOW, who="dana")
    assert store.left_in(store.known_inboxes()[0]) == ()


def test_what_a_killed_purge_left_is_taken_away_by_the_next(office):
    one = office.done("one", cases=case_of("case-a"))
    finish("case-a-L1")
    store.purge(store.purgeable(before=LATER), now=NOW, who="dana")
    assert office.blobs.has(one.document_id)
    assert store.wipe(office.blobs) == 1
    assert not office.blobs.has(one.document_id)
