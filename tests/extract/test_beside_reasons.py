"""What stands beside the reason of a decision gives no second one; what is listed beside it needs more to count."""

import pytest

from pipeline.extract.reasons.asides import beside_asides
from pipeline.knowledge import load_knowledge
from pipeline.language.context import utterances
from pipeline.values.text import Method, Page, Text
from tests.extract.plain_letter import HEAD, LANGUAGE, letter

ASIDES = load_knowledge().reasons.asides
BODY = "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have denied {}.\n\n{} {}\n\nSincerely,\nThe Plan\n"


def sentences(content: str):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return utterances(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE)


@pytest.mark.parametrize("entry", ASIDES, ids=lambda entry: entry.id)
def test_aside_examples(entry):
    assert not [part for text in entry.examples for one in sentences(text) for part in beside_asides(one, LANGUAGE)]
    for one in (one for text in entry.counter_examples for one in sentences(text)):
        assert beside_asides(one, LANGUAGE) == (one,)


def reasons(first: str, second: str = "", *, what: str = "the request"):
    return {one.category.value for one in letter(HEAD + BODY.format(what, first, second)).denial_reasons}


@pytest.mark.parametrize(
    "aside",
    [
        "We agree that you have severe headaches and need treatment.",
        "The two earlier medicines satisfy our step rule.",
        "Whether the clinic is in the network made no difference.",
        "This decision does not turn on whether the care was medically necessary.",
        "An authorization speaks to need and is no promise of payment.",
        "You do not need a new referral.",
        "The patient cannot be made responsible for these charges, because no notice was signed.",
        "The yearly limit of four visits was not reached.",
        "In 2023 the drug was turned down as not medically necessary.",
        "The second line was denied for the same reason.",
        "Films are not sent back.",
        "Referral no. QX-118-2207",
        "The Employee Benefits Security Administration can be reached at 866-555-0142.",
        "Why not 40?",
        "We express no view on whether the treatment is necessary.",
    ],
)
def test_an_aside_is_no_second_reason(aside):
    assert reasons("The drug is considered experimental.", aside) == {"experimental"}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("We agree that you need treatment, but the drug is experimental.", "experimental"),
        ("The reviewer agreed that the test is investigational.", "experimental"),
        ("The age rule is satisfied; no other preventive drug was tried first.", "step_therapy"),
        ("The notes do not satisfy our rules.", "criteria_not_met"),
        ("Your yearly limit of 20 visits was reached in May.", "benefit_maximum"),
        ("A new authorization was required and none was obtained.", "no_prior_auth"),
    ],
)
def test_what_looks_like_an_aside_and_gives_the_reason(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    ("first", "again", "reason"),
    [
        (
            "The dose asked for is more than our policy allows.",
            "Nothing tells why so many units would be needed.",
            "quantity_limit",
        ),
        (
            "The stay is not approved: a lower level of care would do.",
            "Her tests were normal and she needed no drip.",
            "level_of_care",
        ),
        (
            "The infusion can be given at home instead of the hospital.",
            "The notes show no need for a hospital.",
            "site_or_source_of_drug",
        ),
        (
            "The drug must come from our specialty pharmacy.",
            "Drug bought by the practice is not eligible.",
            "site_or_source_of_drug",
        ),
        ("The test is considered investigational.", "It has not been cleared by the FDA.", "experimental"),
    ],
)
def test_the_reason_in_other_words_is_no_second_one(first, again, reason):
    assert reasons(first, again) == {reason}


def test_an_entry_of_a_list_beside_a_reason_needs_more_to_count():
    listed = "Why we decided so:\n- the pump is considered experimental\n- coverage as of the day of care applies"
    assert reasons(listed) == {"experimental"}


def test_the_name_of_the_regulator_is_no_fault_of_coding():
    told = (
        "Grinding of teeth is not one of the conditions we cover. The Food and Drug Administration has not approved it."
    )
    assert reasons(told) == {"off_label_dx"}
