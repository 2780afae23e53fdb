"""Decisions in the store: two people, and taking back; each on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.values import decision
from tests.store.test_store import NOW, Office


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
