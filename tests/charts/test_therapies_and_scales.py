"""Therapies that were had, scales beside others, signs of an examination; and what is none of them."""

import pytest

from pipeline.values.chart import Fact
from tests.charts.test_clinical_sentences import facts

HAD = [
    ("Completed physical therapy for 8 weeks.", "physical_therapy"),
    ("OT x 6 weeks without change.", "occupational_therapy"),
    ("Narrowband UVB, 24 sessions, cleared little.", "phototherapy"),
    ("L4-5 ESI in 2024 gave two weeks of relief.", "epidural_steroid_injection"),
    ("PTNS 12 sessions, no lasting change.", "tibial_nerve_stimulation"),
]
NOT_HAD = [
    "Refer to physical therapy.",
    "Her brother had physical therapy.",
    "She has never had phototherapy.",
    "Options reviewed: PTNS and sacral neuromodulation.",
    "Denies acupuncture.",
    "Start physical therapy twice a week.",
    "PT/INR 1.2 today.",
    "PT reports pain at night.",
]


def named(sentence: str, kind: str) -> list[Fact]:
    return [f for f in facts(sentence) if f.kind == kind and f.context is None]


@pytest.mark.parametrize(("sentence", "name"), HAD)
def test_a_therapy_is_a_procedure_without_the_day_of_the_note(sentence, name):
    assert [(f.name, f.date) for f in named(sentence, "procedure")] == [(name, None)]


@pytest.mark.parametrize("sentence", NOT_HAD)
def test_a_therapy_that_was_not_had_is_none(sentence):
    assert named(sentence, "procedure") == []


SCORES = [
    ("PHQ-9 21, XQRS 17.", [("PHQ-9", 21)]),  # the number belongs to a name that is not known
    ("PHQ-9, MIDAS 40.", [("MIDAS", 40)]),
    ("NYHA class III.", [("NYHA", 3)]),
    ("Oswestry: 46%.", [("ODI", 46)]),
    ("ODI improved 30%.", []),
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
