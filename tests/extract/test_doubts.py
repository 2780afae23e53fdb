"""A rule's reason is doubted where the sentence most probably says another; never for what rules see beside it."""

from pipeline.extract.reasons.doubts import is_doubtful
from pipeline.knowledge import load_knowledge

RULES = {rule.id: rule for rule in load_knowledge().reasons.rules}
RULE = RULES["dr.excluded_benefit.plain"]
OTHER = {"excluded_benefit": 0.03, "quantity_limit": 0.9, "none": 0.07}
NOTHING = {"excluded_benefit": 0.03, "none": 0.97}


def doubted(likely, *, confidence=0.88, here=frozenset({"excluded_benefit"}), known=frozenset({"excluded_benefit"})):
    return is_doubtful(RULE, confidence, likely, here=here, known=known)


def test_another_reason_is_far_more_probable():
    assert doubted(OTHER)
    assert not doubted({"excluded_benefit": 0.4, "quantity_limit": 0.6})


def test_a_second_reason_that_a_rule_sees_in_the_sentence_is_no_doubt():
    assert not doubted(OTHER, here=frozenset({"excluded_benefit", "quantity_limit"}))


def test_that_a_sentence_tells_nothing_is_believed_against_weak_matches_only():
    assert not doubted(NOTHING)
    assert doubted(NOTHING, confidence=0.8)


def test_a_sentence_that_names_several_reasons_and_most_probably_gives_none_lists_them():
    assert doubted(NOTHING, here=frozenset({"excluded_benefit", "timely_filing"}))
    assert not doubted({"excluded_benefit": 0.03, "none": 0.8}, here=frozenset({"excluded_benefit", "timely_filing"}))


def test_what_is_no_denial_takes_back_what_else_a_rule_sees_in_the_sentence():
    told = {"excluded_benefit": 0.01, "not_a_denial": 0.98}
    assert doubted(told, here=frozenset({"excluded_benefit", "not_a_denial"}))
