"""What the labels of forms mean: every example, and the suggestions for a whole form."""

import pytest

from pipeline.knowledge.forms import FormLabel, load_form_labels
from pipeline.knowledge.letters import names_in
from pipeline.output.packet.fields import NAMES
from pipeline.output.payer_form import PageWord, form_fields, suggested
from pipeline.output.payer_form.labels import meaning_of, nearness
from pipeline.values.payer_form import FieldKind, FormField
from pipeline.values.text import Box
from tests.output.payer_form.forms import drawn_form

KNOWN = load_form_labels()


def peers(one: FormLabel) -> list[FormLabel]:
    return [other for other in KNOWN if (other.tick is None) == (one.tick is None)]


@pytest.mark.parametrize("label", KNOWN, ids=lambda one: one.id)
def test_examples_mean_it_and_counter_examples_do_not(label):
    for said in label.examples:
        assert meaning_of([said], peers(label)) is label, said
    for said in label.counter_examples:
        assert meaning_of([said], peers(label)) is not label, said
    assert set(names_in(label.say)) <= NAMES


def test_a_fields_words_are_its_tooltip_then_what_is_beside_it_then_above_it_then_its_name():
    box = Box(200, 100, 300, 115)
    beside = [PageWord("Group", Box(100, 102, 130, 112)), PageWord("#:", Box(133, 102, 145, 112))]
    above = [PageWord("Claim", Box(202, 85, 230, 95)), PageWord("number", Box(233, 85, 270, 95))]

    def said(*, tooltip: str = "", words: list[PageWord], name: str = "x7") -> str:
        one = FormField(name=name, kind=FieldKind.TEXT, page=1, box=box, tooltip=tooltip)
        return suggested([one], [words], KNOWN)[name].say

    assert said(tooltip="Patient date of birth", words=[*beside, *above]) == "{date_of_birth}"
    assert said(words=[*beside, *above]) == "{group_number}"
    assert said(words=above) == "{claim_number}"
    assert said(words=[], name="form1[0].MemberID[0]") == "{member_id}"
    assert said(words=[], name="Text42") == ""
    far = [PageWord(w.text, Box(w.box.x0, w.box.top - 60, w.box.x1, w.box.bottom - 60)) for w in above]
    assert said(words=far) == ""


def test_words_of_the_field_before_are_not_those_of_the_next():
    first = FormField(name="a", kind=FieldKind.TEXT, page=1, box=Box(100, 100, 160, 115))
    second = FormField(name="b", kind=FieldKind.TEXT, page=1, box=Box(180, 100, 240, 115))
    words = [PageWord("Member", Box(20, 102, 55, 112)), PageWord("ID", Box(58, 102, 70, 112))]
    found = suggested([first, second], [words], KNOWN)
    assert found["a"].say == "{member_id}"
    assert found["b"].say == ""


def test_two_meanings_about_as_near_are_none():
    assert meaning_of(["Member ID / reference number"], peers(KNOWN[0])) is None
    assert nearness("Member ID", next(one for one in KNOWN if one.id == "form.member_id")) == 1


def test_fields_are_listed_with_what_can_be_done_with_them():
    found = {one.name: one for one in form_fields(drawn_form(), file="a.pdf")}
    assert found["f1"].kind is FieldKind.TEXT
    assert (found["f8"].most, found["f10"].required) == (8, True)
    assert (found["b1"].kind, found["c1"].options) == (FieldKind.BOX, ("Mail", "Fax"))
    assert found["r1"].kind is FieldKind.CHOICE
    assert set(found["r1"].options) == {"pre", "post"}
    assert found["f1"].box.x0 == 190
