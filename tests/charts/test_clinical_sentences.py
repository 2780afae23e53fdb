"""Short clinical sentences, each with the facts a careful reader takes from it, and those it must not yield."""

from functools import cache

import pytest

from pipeline.charts import Clinical, load_clinical
from pipeline.charts.chart import text_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Fact


@cache
def clinical() -> Clinical:
    return load_clinical(load_language(load_knowledge()), load_clinical_knowledge())


def facts(sentence: str) -> tuple[Fact, ...]:
    note = f"OFFICE VISIT\nPatient: Ann Example\nDate: 05/02/2026\n\nHPI: seen today.\n\n{sentence}\n"
    return text_chart(plain_pages(note), file_name="note.txt", clinical=clinical())[1]


TRIALS = [
    ("Topiramate 100 mg/day from 2025-01-08 to 2025-04-10, stopped for paresthesia.", "topiramate", "intolerance", 92),
    ("Failed propranolol 80 mg daily x 3 months, no benefit.", "propranolol", "failure", 90),
    ("Amitriptyline 25 mg nightly for 8 weeks was ineffective.", "amitriptyline", "failure", 56),
    ("She could not tolerate Depakote ER because of weight gain.", "divalproex", "intolerance", None),
    ("Effexor XR 75 mg was discontinued after 10 weeks due to lack of efficacy.", "venlafaxine", "failure", 70),
    ("Trial of Topamax 50 mg BID for 12 weeks: word-finding difficulty, stopped.", "topiramate", "intolerance", 84),
    ("Nortriptyline was not tolerated (sedation).", "nortriptyline", "intolerance", None),
    ("Previously tried candesartan 16 mg for 3 months without improvement.", "candesartan", "failure", 90),
    ("Aimovig 140 mg monthly for 6 months, inadequate response.", "erenumab", "failure", 180),
    ("Topirimate stopped, side effects.", "topiramate", "intolerance", None),
    ("Oxybutynin ER 10 mg, 2025-03-01 to 2025-05-15, stopped: dry mouth.", "oxybutynin", "intolerance", 75),
    ("Drysol nightly for 3 months, skin irritation, discontinued.", "aluminum chloride", "intolerance", 90),
]


@pytest.mark.parametrize(("sentence", "drug", "outcome", "days"), TRIALS)
def test_a_trial_is_read_with_its_outcome_and_length(sentence, drug, outcome, days):
    found = [f for f in facts(sentence) if f.kind == "drug_trial" and f.drug == drug]
    assert len(found) == 1, facts(sentence)
    assert (found[0].outcome, found[0].duration_days, found[0].context) == (outcome, days, None)


NO_PLAIN_TRIAL = [
    "She has never taken topiramate.",
    "Topiramate has not been tried.",
    "Will start topiramate 25 mg nightly.",
    "Consider propranolol or amitriptyline.",
    "If topiramate fails, propranolol is next.",
    "Her sister failed topiramate and propranolol.",
    "Mother could not tolerate propranolol.",
    "Topiramate was discussed.",
    "Risks of topiramate include paresthesia.",
    "The patient declined topiramate.",
    "In patients with chronic migraine, topiramate failed in half.",
    "Reviewed topiramate dosing handout.",
    "Currently takes topiramate 100 mg daily.",
    "The policy requires failure of topiramate and propranolol.",
    "Plan: start venlafaxine 37.5 mg; stop if not tolerated.",
    "No prior trial of propranolol.",
    "A friend failed Botox and topiramate.",
]


@pytest.mark.parametrize("sentence", NO_PLAIN_TRIAL)
def test_a_name_in_passing_is_no_trial(sentence):
    ended = {"failure", "intolerance", "contraindicated"}
    assert [f for f in facts(sentence) if f.kind == "drug_trial" and f.context is None and f.outcome in ended] == []


COUNTS = [
    ("Headaches about 19 days a month.", "headache_days", 19, "day/month"),
    ("20 headache days per month, each lasting 6 to 8 hours untreated.", "headache_days", 20, "day/month"),
    ("She reports 15-18 headache days/month.", "headache_days", 15, "day/month"),
    ("At least 16 headache days each month.", "headache_days", 16, "day/month"),
    ("Twenty headache days a month.", "headache_days", 20, "day/month"),
    ("Monthly headache days: 22", "headache_days", 22, "day/month"),
    ("Migraine on 11 days per month.", "migraine_days", 11, "day/month"),
    ("10 migraine days per month.", "migraine_days", 10, "day/month"),
    ("20 headache days per month, each lasting 6 to 8 hours untreated.", "headache_hours", 6, "hour/day"),
    ("Headaches last 4+ hours.", "headache_hours", 4, "hour/day"),
    ("Up to 20 headache days per month.", "headache_days", None, "day/month"),
    ("Fewer than 15 headache days per month.", "headache_days", None, "day/month"),
    ("Headaches 4 days per week.", "headache_days", 4, "day/week"),
]


@pytest.mark.parametrize(("sentence", "kind", "value", "unit"), COUNTS)
def test_a_count_keeps_its_least_value_and_its_unit(sentence, kind, value, unit):
    found = [(f.value, f.unit) for f in facts(sentence) if f.kind == kind and f.context is None]
    assert (value, unit) in found, facts(sentence)


NO_PLAIN_COUNT = [
    "Takes a triptan on 16 days a month.",
    "16 headache-free days per month.",
    "She missed work 16 days a month.",
    "Her mother has 20 headache days per month.",
    "The policy requires at least 15 headache days per month.",
    "Before treatment she had 20 headache days per month.",
    "Goal: fewer than 15 headache days per month.",
    "If she reaches 15 headache days per month, consider Botox.",
    "Copied forward from last year: 18 headache days per month.",
    "Denies having 15 headache days per month.",
]


@pytest.mark.parametrize("sentence", NO_PLAIN_COUNT)
def test_what_is_not_counted_of_this_patient_now_is_no_plain_count(sentence):
    plain = [f for f in facts(sentence) if f.kind in {"headache_days", "migraine_days"} and f.context is None]
    assert [f for f in plain if f.value is not None and f.value >= 15] == []


def test_scores_are_told_apart_by_time():
    found = {
        (f.name, f.value, f.context) for f in facts("HIT-6 68 at baseline, 55 today. MIDAS 48.") if f.kind == "score"
    }
    assert found == {("HIT-6", 68.0, "historical"), ("HIT-6", 55.0, None), ("MIDAS", 48.0, None)}


def test_a_contraindication_names_medicine_or_class_and_why():
    found = [f for f in facts("Beta-blockers are contraindicated because of asthma.") if f.kind == "contraindication"]
    assert [(f.drug_class, f.reason, f.context) for f in found] == [("beta_blocker", "asthma", None)]


def test_drug_codes_and_temperatures_are_no_diagnoses():
    found = {f.code for f in facts("Billed J0585. T36.8C. Chronic migraine, G43.709.") if f.kind == "diagnosis"}
    assert found == {"G43.709"}


def test_a_response_is_the_fall_from_baseline():
    found = [f for f in facts("Headache days decreased from 20 to 8 days per month.") if f.kind == "response"]
    assert [(f.baseline, f.current, f.percent, f.context) for f in found] == [(20.0, 8.0, 60.0, None)]
