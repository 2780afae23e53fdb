"""Therapies that were had, and what is none."""

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
    "Pt 3 weeks out from Botox.",
]


def named(sentence: str, kind: str) -> list[Fact]:
    return [f for f in facts(sentence) if f.kind == kind and f.context is None]


@pytest.mark.parametrize(("sentence", "name"), HAD)
def test_a_therapy_is_a_procedure_without_the_day_of_the_note(sentence, name):
    assert [(f.name, f.date) for f in named(sentence, "procedure")] == [(name, None)]


@pytest.mark.parametrize("sentence", NOT_HAD)
def test_a_therapy_that_was_not_had_is_none(sentence):
    assert named(sentence, "procedure") == []
