"""The linter of the templates: our own hold together, and each kind of mistake is found."""

from dataclasses import replace

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.knowledge.letters import LetterTemplate, load_letters, names_in
from pipeline.output.packet.lint import letter_complaints

KNOWN = load_letters()


def complaints(sections: list[dict[str, object]], **more: object) -> tuple[str, ...]:
    """What is said of our templates with one more, of these sections."""
    raw = {
        "id": "letter.tried", "meaning": "tried", "source": "test", "title": "Tried", "form": "sheet",
        "sections": [{"id": "one", **section} for section in sections],
    }  # fmt: skip
    template = LetterTemplate.model_validate(raw | more)
    known = replace(KNOWN, templates=(*KNOWN.templates, template))
    return letter_complaints(known, knowledge=load_knowledge(), clinical=load_clinical_knowledge())


def test_our_templates_hold_together():
    assert letter_complaints(KNOWN, knowledge=load_knowledge(), clinical=load_clinical_knowledge()) == ()
    assert complaints([{"say": ["We write about {member_name}."]}]) == ()


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"say": ["To {payerr}."]}, "nothing fills {payerr}"),
        ({"each": "reason", "say": ["{quote}"]}, "there is no list reason"),
        ({"when": ["sunny"], "say": ["Yes."]}, "there is no condition sunny"),
        ({"say": ["{payer} has 30 days."]}, "a number is no words of ours"),
        ({"say": ["The patient has failed topiramate."]}, "“topiramate” states something"),
        ({"say": ["This treatment is medically necessary."]}, "“medically necessary” states something"),
        ({"each": "requests", "say": ["{missing}"]}, "{missing} may stand in a gap alone"),
        ({"each": "requests", "say": [{"gap": "get {lost}"}]}, "nothing fills {lost}"),
    ],
)
def test_each_mistake_is_found(section, said):
    assert any(said in complaint for complaint in complaints([section])), complaints([section])


def test_a_letter_without_a_signature_and_an_action_written_twice_are_found():
    found = complaints([{"say": ["To {payer}."]}], form="letter", actions=["appeal"])
    assert "letter.tried: a letter has a section signature" in found
    assert "letter.tried: appeal is written by letter.first_appeal already" in found


@pytest.mark.parametrize("words", ["{payer.value}", "{0}", "{payer!r}", "{payer:>9}", "{__class__.x}"])
def test_braces_hold_a_plain_name_and_nothing_that_could_run(words):
    with pytest.raises(ValueError, match="one plain name"):
        names_in(words)
