"""What no rule knows is still read, by a model learned from sentences; what states nothing stays silent."""

import pytest

from pipeline.extract.codes import find_codes
from pipeline.extract.opinions import SILENT, Signs, load_opinion, weighed
from pipeline.extract.reasons import Reasons, find_reasons
from pipeline.extract.reasons.opinion import REASONS
from pipeline.extract.reasons.second_opinion import second_opinions
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text
from tests.extract.reason_bank import LETTER, measured
from tests.extract.reason_bank.__main__ import categories

LANGUAGE = load_language(load_knowledge())


def opinions(body: str, *, firm: bool = False):
    content = LETTER.format(body=body)
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return second_opinions(reading, LANGUAGE, reasons=Reasons(()), firm=firm)


def test_a_reason_in_words_that_no_rule_has_is_read_and_believed_less_than_a_rule():
    (reason,) = opinions("The hospital failed to notify us of the stay.")
    assert reason.category.value == "no_prior_auth"
    assert reason.rule == "opinion.no_prior_auth"
    assert reason.confidence < 0.75
    assert not reason.sure


@pytest.mark.parametrize(
    "body",
    [
        "Diagnosis: M05.79 rheumatoid arthritis",
        "If the hospital fails to notify us of the stay, the claim may be denied.",
        "You may tell us that the hospital notified us of the stay.",
        "We reviewed the office notes dated May 3.",
    ],
)
def test_labels_conditions_and_offers_are_not_asked_about(body):
    assert opinions(body) == ()


def test_where_a_rule_fired_the_model_is_silent():
    assert opinions("Prior authorization was not obtained before the service.") == ()


def test_the_answers_add_up_and_an_unknown_sentence_has_no_signs():
    model = load_opinion(REASONS)
    likely = model.of(Signs(("claim",), (), ()))
    assert sum(likely.values()) == pytest.approx(1, abs=1e-4)
    assert SILENT in likely
    assert model.of(Signs(("qqq",), (), ())) == model.of(Signs((), (), ()))
    assert [len(part) for part in weighed([[], []], rarity=model.rarity)] == [0, 0]


@pytest.mark.slow
@pytest.mark.parametrize(("looked_at", "recall", "precision"), [(True, 0.9, 0.85), (False, 0.75, 0.77)])
def test_the_bank_of_sentences(looked_at, recall, precision):
    tally = measured(lambda content: categories(content, LANGUAGE), looked_at=looked_at)
    assert tally.recall >= recall
    assert tally.precision >= precision


def test_the_rules_alone_see_less_than_both():
    def rules(content: str) -> set[str]:
        page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
        reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
        return {r.category.value for r in find_reasons(reading, LANGUAGE, codes=find_codes(reading, LANGUAGE)).stated}

    body = LETTER.format(body="The hospital failed to notify us of the stay.")
    assert rules(body) < categories(body, LANGUAGE)


def test_the_clause_that_says_why_counts_whatever_leads_up_to_it():
    long_frame = (
        "We cannot approve the chemodenervation of the bladder muscle with 200 units of the drug for this member, "
    )
    (found,) = opinions(f"{long_frame}because your doctor is not part of the group of doctors in your plan.")
    assert found.value == "network_referral"
    assert found.text.startswith("We cannot approve")


def test_two_sentences_of_one_paragraph_give_two_reasons():
    first = "Nobody at your clinic asked for our okay before the scan was done."
    second = "The doctor you saw does not belong to the group that your plan works with."
    assert {reason.value for reason in opinions(f"{first} {second}")} == {"no_prior_auth", "network_referral"}
