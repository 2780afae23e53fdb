"""Decisions in the store: two people, and taking back; each on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.values import decision
from tests.store.test_store import NOW, TODAY, Office, task


@pytest.fixture
def office(data):
    return Office(data)


def test_two_people_cannot_decide_over_each_other_unseen(office):
    letter_id = f"{office.done('abc').document_id}-1"
    first = store.Decided(letter_id=letter_id, field="payer", value="A", by="dana", at=NOW)
    number = office.decide(first, version=0)
    with pytest.raises(store.Conflict):
        office.decide(replace(first, value="B", by="lee"), version=0)
    assert [d.value for d in store.decisions(letter_id)] == ["A"]
    office.decide(replace(first, value="B", by="lee"), version=number)
    assert [d.by for d in store.decisions(letter_id)] == ["dana", "lee"]


def test_only_a_decision_on_the_same_letter_is_undone(office):
    one, other = (f"{office.done(text).document_id}-1" for text in ("abc", "def"))
    number = office.decide(store.Decided(letter_id=one, field="payer", value="A", by="dana", at=NOW))
    back = store.Decided(
        letter_id=other, field="payer", value=None, by="dana", at=NOW, act=decision.Act.UNDO, undoes=number
    )
    with pytest.raises(UsageError, match="no such decision"):
        office.decide(back)
    office.decide(replace(back, letter_id=one))
    assert decision.standing(store.decisions(one)) == {}


def test_a_decision_that_changes_no_number_leaves_the_ties_as_they_are(office):
    from pipeline.store import models

    letter_id = f"{office.done('abc').document_id}-1"
    said = store.Decided(letter_id=letter_id, field="group_number", value="G", by="dana", at=NOW)
    before = set(models.CaseLetter.objects.values_list("pk", "case_id"))
    office.decide(said)
    assert set(models.CaseLetter.objects.values_list("pk", "case_id")) == before
    office.decide(said, case="case-of-another")
    assert {case for _, case in models.CaseLetter.objects.values_list("pk", "case_id")} == {"case-of-another"}


def test_a_task_that_a_decision_takes_away_is_named_in_the_audit_and_the_queue_follows(office):
    letter_id = f"{office.done('abc').document_id}-1"
    (gone,) = store.tasks()
    assert store.to_check()[0].due == gone.due
    said = store.Decided(letter_id=letter_id, field="kind", value="approval", by="dana", at=NOW)
    office.decide(said, work_out=lambda case_id, letters: ())
    assert store.tasks() == ()
    rows, _ = store.audit_rows(subject=gone.task_id, start=0, most=10)
    assert [row.act for row in rows] == ["task_removed", "task_created"]
    assert store.broken_at() is None
    assert store.to_check()[0].due == store.NO_DUE


def test_the_queue_of_letters_follows_a_new_day(office):
    saved = office.done("abc")
    other = f"{office.done('def', cases=None).document_id}-1"
    (case_id,) = {task.case_id for task in store.tasks()}
    later = task(case_id, letters=[f"{saved.document_id}-1", other], due="2027-02-01")
    store.rework([case_id], work_out=lambda case_id, letters: (later,), today=TODAY, now=NOW)
    assert {one.due for one in store.to_check()} == {"2027-02-01"}
