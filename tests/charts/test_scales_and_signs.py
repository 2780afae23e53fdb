"""Scales beside others, signs of an examination; and what is none of them."""

import pytest

from pipeline.values.chart import Fact
from tests.charts.test_clinical_sentences import facts


def named(sentence: str, kind: str) -> list[Fact]:
    return [f for f in facts(sentence) if f.kind == kind and f.context is None]


SCORES = [
    ("PHQ-9 21, XQRS 17.", [("PHQ-9", 21)]),  # the number belongs to a name that is not known
    ("PHQ-9, MIDAS 40.", [("MIDAS", 40)]),
    ("NYHA class III.", [("NYHA", 3)]),
    ("Oswestry: 46%.", [("ODI", 46)]),
    ("ODI improved 30%.", []),
    ("Goal IGA 0 or 1 by week 16.", []),
    ("Aiming for a HIT-6 of 50.", []),
    ("Her goal is a TWSTRS of 20; TWSTRS today 41.", [("TWSTRS", 41)]),
    ("AHI 31, ODI 28.", []),  # oxygen desaturations in a sleep study
]


@pytest.mark.parametrize(("sentence", "wanted"), SCORES)
def test_a_score_has_the_number_beside_its_own_name(sentence, wanted):
    assert [(f.name, f.value) for f in named(sentence, "score")] == wanted


@pytest.mark.parametrize(
    "sentence", ["No synovitis.", "No clonus.", "No joint effusion.", "Her mother has scaly plaques."]
)
def test_a_sign_that_is_not_there_is_no_finding(sentence):
    assert named(sentence, "exam_finding") == []
