"""Limits in words that no rule has are still read, and believed less; spans that limit nobody stay silent."""

import pytest

from pipeline.extract.clocks.opinion import LIMITS, is_told
from pipeline.extract.clocks.training import of_limits
from pipeline.extract.opinions import best, load_opinion
from tests.extract.test_clock_forms import limits
from tests.extract.test_clocks import clocks

TOLD = [
    ("You are allowed 180 days to take issue with our determination.", "internal_appeal 180 day"),
    ("Requests that this determination be reviewed shall be filed within 180 days.", "internal_appeal 180 day"),
    ("Our team will review your appeal and respond within 30 days.", "payer_decision 30 day"),
    ("Please get these papers to us in 14 days.", "records_due 14 day"),
    ("Fill out the accident form and return it in 21 days.", "records_due 21 day"),
    ("The Department can arrange a hearing before a judge if you ask for one in 90 days.", "fair_hearing 90 day"),
    (
        "Your care will not stop if you appeal within 10 days and say it should go on.",
        "continuation_of_benefits 10 day",
    ),
]
NOBODYS = [
    "He has taken this medicine for more than a year.",
    "The last injections were given ten weeks before.",
    "The claim reached us 14 months after the visit.",
    "Records were reviewed for the past eight weeks.",
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_words_that_no_rule_has_tell_what_is_limited(text, expected):
    assert limits(text) == {expected}


@pytest.mark.parametrize("text", NOBODYS)
def test_a_span_that_limits_nobody_stays_silent(text):
    assert limits(text) == set()


def test_a_limit_told_by_the_opinion_alone_is_believed_less_than_one_of_a_rule():
    (told,) = clocks("Please get these papers to us in 14 days.")
    (ruled,) = clocks("You may appeal within 180 days of the date of this letter.")
    assert is_told(told.rule)
    assert told.confidence < ruled.confidence
    assert not is_told(ruled.rule)


def test_a_sentence_that_only_goes_on_keeps_what_was_spoken_of():
    text = "You may ask for an outside review. You must do it within 120 days of this letter."
    assert limits(text) == {"external_review 120 day"}


def test_what_only_the_sentences_before_make_a_limit_is_none_where_the_opinion_says_it_limits_nobody():
    text = "Please send the notes.\n\nTwo months of exercises and one injection are on file."
    assert limits(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You need to appeal by day 180.", "internal_appeal 180 day"),
        ("Appeal window (days): 90", "internal_appeal 90 day"),
        ("You can talk with our reviewer up to and including September 9, 2026.", "peer_to_peer 2026-09-09"),
        ("Appeal inside of 60 days, counting from this letter.", "internal_appeal 60 day"),
    ],
)
def test_forms_of_spans_and_last_days(text, expected):
    assert limits(text) == {expected}


def test_the_weights_are_those_of_the_sentences():
    model = load_opinion(LIMITS)
    said = list(of_limits())
    assert sum(best(model.of(signs))[0] == answer for signs, answer in said) > 0.97 * len(said)
