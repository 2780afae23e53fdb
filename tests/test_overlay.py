"""A person's word on top of what was read: confirmed, corrected, taken out, undone; a later reading that differs."""

from dataclasses import fields, replace
from datetime import datetime

import pytest

from pipeline.overlay import DECIDABLE, LISTS, SCALARS, by_person, lay_over, read_value
from pipeline.values.contract import to_json
from pipeline.values.decision import LETTER, Act, Decided
from pipeline.values.letter import Finding, Letter, LetterKind, Reason, ReviewNote
from pipeline.values.text import Box
from pipeline.values.vocabulary import Category

AT = datetime(2026, 3, 1)
BOX = Box(1, 2, 3, 4)


def found(value: str | None, **more: object) -> Finding:
    return Finding(value=value, text=f"Claim {value}", page=2, boxes=(BOX,), confidence=0.6, rule="claim.label", **more)


def letter(**more: object) -> Letter:
    return Letter(letter_id="d-1", pages=(1, 2), kind=LetterKind.DENIAL, kind_confidence=0.5, **more)


def said(field: str, value: object = None, act: Act = Act.SET, **more: object) -> Decided:
    return Decided(letter_id="d-1", field=field, value=value, by="dana", at=AT, act=act, **more)


def test_a_confirmed_value_keeps_its_place_and_is_sure():
    read = letter(claim_number=found("123"), needs_review=(ReviewNote(field="claim_number", why="read badly"),))
    laid = lay_over(read, [said("claim_number", "123", Act.CONFIRM, machine="123")])
    assert laid.claim_number.sure
    assert by_person(laid.claim_number)
    assert (laid.claim_number.boxes, laid.claim_number.page) == ((BOX,), 2)
    assert laid.needs_review == ()


def test_a_corrected_value_keeps_the_reading_among_the_losers():
    laid = lay_over(letter(claim_number=found("l23")), [said("claim_number", "123", machine="l23")])
    assert laid.claim_number.value == "123"
    assert [(r.value, "a person says otherwise" in r.why) for r in laid.claim_number.rejected] == [("l23", True)]


def test_a_picked_value_stands_where_it_was_picked():
    laid = lay_over(letter(), [said("member_id", "M9", page=2, boxes=(BOX,))])
    assert (laid.member_id.page, laid.member_id.boxes) == (2, (BOX,))


def test_what_the_letter_does_not_say_is_gone():
    laid = lay_over(letter(group_number=found("G")), [said("group_number", None, Act.ABSENT, machine="G")])
    assert laid.group_number is None


def test_a_later_reading_that_differs_is_told_and_the_person_holds():
    laid = lay_over(letter(claim_number=found("999")), [said("claim_number", "123", Act.CONFIRM, machine="123")])
    assert laid.claim_number.value == "123"
    (note,) = laid.needs_review
    assert (note.field, "999" in note.why, "dana" in note.why) == ("claim_number", True, True)


def test_a_later_reading_that_comes_to_agree_is_no_conflict():
    laid = lay_over(letter(claim_number=found("123")), [said("claim_number", "123", machine="l23")])
    assert laid.needs_review == ()


def test_another_kind_is_certain():
    laid = lay_over(letter(), [said("kind", "approval")])
    assert (laid.kind, laid.kind_confidence) == (LetterKind.APPROVAL, 1.0)


def test_a_word_that_no_longer_fits_is_asked_again_and_changes_nothing():
    read = letter(denial_reasons=(reason("step_therapy"),))
    for odd in (said("kind", "no such kind"), said("denial_reasons", [{"odd": 1}]), said("claim_number", 5)):
        laid = lay_over(read, [odd])
        assert [note.field for note in laid.needs_review] == [odd.field]
        assert replace(laid, needs_review=()) == read


def test_a_decision_on_a_field_that_is_none_changes_nothing():
    assert lay_over(letter(), [said("due", "2026-01-01"), said("letter_id", "x"), said("pages", [1])]) == letter()


def reason(category: str) -> Reason:
    return Reason(
        value=category, category=Category(category), text="t", page=1, boxes=(), confidence=0.5, rule="reason.x"
    )


def test_a_list_is_replaced_as_a_whole():
    read = letter(denial_reasons=(reason("step_therapy"), reason("cosmetic")))
    kept = [to_json(reason("cosmetic"))]
    laid = lay_over(read, [said("denial_reasons", kept, machine=read_value(read, "denial_reasons"))])
    assert [(r.category, r.sure, by_person(r)) for r in laid.denial_reasons] == [(Category.COSMETIC, True, True)]
    assert laid.needs_review == ()


def test_a_list_read_anew_with_other_confidence_is_no_conflict_but_with_another_entry_is():
    first = letter(denial_reasons=(reason("step_therapy"),))
    decision = said("denial_reasons", to_json(first.denial_reasons), Act.CONFIRM, machine=to_json(first.denial_reasons))
    surer = replace(first, denial_reasons=(replace(reason("step_therapy"), confidence=0.9, text="more of it"),))
    assert lay_over(surer, [decision]).needs_review == ()
    other = replace(first, denial_reasons=(reason("cosmetic"),))
    assert [note.field for note in lay_over(other, [decision]).needs_review] == ["denial_reasons"]


def test_accepting_a_letter_settles_the_notes_that_were_there_and_no_later_ones():
    old, new = ReviewNote(field="pages", why="unsure"), ReviewNote(field="pages", why="page 2 is missing")
    accepted = said(LETTER, True, Act.ACCEPT, machine=[to_json(old)])
    assert lay_over(letter(needs_review=(old,)), [accepted]).needs_review == ()
    assert lay_over(letter(needs_review=(old, new)), [accepted]).needs_review == (new,)


def test_an_undone_decision_counts_no_more():
    made = [
        replace(said("payer", "A"), number=1), replace(said("payer", "B"), number=2),
        replace(said("payer", None, Act.UNDO, undoes=2), number=3),
    ]  # fmt: skip
    assert lay_over(letter(), made).payer.value == "A"


def test_a_payer_named_by_a_person_is_looked_up():
    read = letter(payer=found("Aetn"), payer_id="aetna")
    laid = lay_over(read, [said("payer", "Cigna")], payer_id={"Cigna": "cigna"}.get)
    assert laid.payer_id == "cigna"
    assert lay_over(read, [said("payer", "Aetn", Act.CONFIRM)]).payer_id == "aetna"
    assert lay_over(read, [said("payer", None, Act.ABSENT)]).payer_id is None


@pytest.mark.parametrize("name", sorted(SCALARS))
def test_every_single_value_can_be_said(name):
    laid = lay_over(letter(), [said(name, "X")])
    assert getattr(laid, name).value == "X"


def test_all_fields_with_findings_can_be_decided():
    held = {f.name for f in fields(Letter) if "Finding" in str(f.type) or f.name in LISTS}
    assert held - {"claims", "notice_defects", "needs_review", "unmet_criteria"} <= DECIDABLE
    assert {"denial_reasons", "policy_citations", "clocks", "contacts", "dates_of_service"} <= LISTS.keys()
