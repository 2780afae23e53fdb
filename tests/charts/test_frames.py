"""Frames: ideas that meet in one clause, and what keeps them apart."""

import pytest

from tests.charts.test_clinical_sentences import facts


def plain(sentence):
    return {(f.kind.value, f.drug or f.name, f.outcome) for f in facts(sentence) if f.context is None}


@pytest.mark.parametrize(
    "sentence",
    [
        "Topiramate 100 mg daily for 3 months brought no change in weight.",
        "Topiramate 100 mg daily for 3 months, no change in dose.",
        "Topiramate 100 mg daily for 3 months, no effect yet.",
        "Topiramate 100 mg daily for 3 months; whether it brings no relief remains to be seen.",
        "Topiramate 100 mg daily for 3 months, not without relief.",
        "Topiramate 100 mg daily for 3 months with no trouble, and great relief.",
        "Her twin took topiramate 100 mg for 3 months and it moved nothing.",
        "Topiramate 100 mg daily for 3 months, could not work last Friday because of a cold.",
    ],
)
def test_ideas_that_meet_by_chance_are_no_failure(sentence):
    assert ("drug_trial", "topiramate", "failure") not in plain(sentence)
    assert ("drug_trial", "topiramate", "intolerance") not in plain(sentence)


def test_an_upset_of_the_body_is_an_intolerance_only_where_the_medicine_ended():
    harmed = ("drug_trial", "topiramate", "intolerance")
    assert harmed in plain("Topiramate 100 mg: her lips buzzed and tingled, stopped.")
    assert harmed not in plain("Takes topiramate 100 mg; her lips tingle at times.")


def test_a_denial_between_the_ideas_denies_the_finding():
    found = [f for f in facts("Migraine: light does not bother her.") if f.name == "photophobia"]
    assert [f.context for f in found] == ["negated"]


def test_a_relative_between_the_ideas_is_whom_it_is_told_of():
    found = [f for f in facts("Migraine keeps her sister from work.") if f.name == "headache_daily_life"]
    assert [f.context for f in found] == ["family"]
