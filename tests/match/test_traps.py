"""Notes that look like proof and are none: not one criterion that rests on them is met."""

import pytest

from pipeline.knowledge.policies import Phase
from pipeline.values.task import Status
from tests.match.test_criteria import GOOD, HEAD, SIGNED, asked

TRIALS = (
    "Tried for migraine: topiramate 100 mg daily for 3 months, paresthesia, stopped; propranolol 120 mg daily for 4 "
    "months, no benefit.\n"
)
PLAIN = "HPI: 19 headache days per month, lasting 8 hours untreated, 12 migraine days per month.\n\n" + TRIALS
TRAPS = {
    "copied forward": HEAD + "Copied forward from visit of 03/2024:\n" + PLAIN + SIGNED,
    "unsigned": HEAD + PLAIN,
    "another patient": HEAD.replace("Ann B. Example", "Zoe Q. Otherwise").replace("01/01/1980", "07/07/1971")
    + PLAIN + SIGNED,
    "planned": HEAD
    + "Plan: try topiramate 100 mg daily for 3 months, then propranolol 120 mg for 4 months; if no benefit, Botox.\n"
    + SIGNED,
    "family": HEAD
    + "Family history: mother has 19 headache days per month, 12 of them migraine; she failed topiramate 100 mg after "
    "3 months and propranolol 120 mg after 4 months.\n" + SIGNED,
    "another illness": HEAD
    + "HPI: topiramate 100 mg daily for seizures for 3 months, no benefit, stopped. Propranolol 120 mg daily for "
    "hypertension for 4 months, no benefit, stopped.\n" + SIGNED,
    "undated addendum": HEAD + "HPI: seen today.\n" + SIGNED + "\nADDENDUM: " + PLAIN.removeprefix("HPI: "),
    "teaching sheet": HEAD
    + "Patient education: chronic migraine means 15 or more headache days a month, 8 of them migraine, for 4 hours. "
    "Topiramate and propranolol each fail in half of patients after 3 months.\n" + SIGNED,
    "payer's words": HEAD
    + "The insurer requires 15 headache days a month and failure of topiramate and propranolol for 2 months each.\n"
    + SIGNED,
    "boxes left empty": HEAD
    + "[ ] 15 or more headache days a month, 8 of them migraine, of 4 hours or more\n"
    + "[ ] failed topiramate 100 mg after 3 months, no benefit\n"
    + "[ ] failed propranolol 120 mg after 4 months, no benefit\n\n"
    + SIGNED,
    "both answers printed": HEAD
    + "15 or more headache days a month: yes / no\nTopiramate 100 mg for 3 months, no benefit: yes / no\n\n"
    + SIGNED,
    "too early": HEAD
    + "HPI: topiramate 100 mg for 3 months, no effect yet. Propranolol 120 mg for 4 months: too early to say, no "
    "benefit so far.\n" + SIGNED,
    "an if within": HEAD
    + "HPI: we plan topiramate 100 mg for 3 months and, if it brings no reduction, propranolol 120 mg for 4 months.\n"
    + SIGNED,
    "no change of something else": HEAD
    + "HPI: topiramate 100 mg for 3 months with no change in weight. Propranolol 120 mg for 4 months with no change "
    "in dose.\n" + SIGNED,
    "attacks, not days": HEAD
    + "HPI: 20 headaches a month, 12 migraines a month; a headache every other day.\n"
    + SIGNED,
    "as a child": HEAD + "HPI: she had daily headache as a child and was without a day of rest.\n" + SIGNED,
    "nobody's words": HEAD
    + "HPI: her twin took topiramate 100 mg for 3 months and it moved nothing; migraine kept her sister from work on "
    "20 days a month.\n" + SIGNED,
    "hope": HEAD
    + "HPI: goal is fewer than 15 headache days a month. If topiramate and propranolol fail, Botox.\n"
    + SIGNED,
}  # fmt: skip
RESTING = ("cm.hdays", "cm.mdays", "cm.hours", "cm.trial", "cm.months")


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_like_proof_meets_nothing(trap):
    found = asked(TRAPS[trap])
    met = {c: found[c].why for c in RESTING if c in found and found[c].status is Status.MET}
    assert met == {}


def test_the_same_words_in_a_signed_note_of_the_patient_are_proof():
    found = asked(HEAD + PLAIN + SIGNED)
    assert [c for c in ("cm.hdays", "cm.mdays", "cm.hours", "cm.trial") if found[c].status is not Status.MET] == []


def test_a_trial_under_way_tells_the_day_on_which_it_is_long_enough():
    note = (
        "HPI: 19 headache days per month.\n\nTried for migraine: propranolol 120 mg daily for 4 months, no benefit.\n\n"
        "Currently takes topiramate 100 mg daily for migraine, started 05/01/2026.\n"
    )
    found = asked(HEAD + note + SIGNED, as_of="2026-06-01")["cm.trial"]
    assert (found.status is Status.MET, found.earliest) == (False, "2026-06-26"), found.why
    assert "topiramate is taken since 2026-05-01" in found.why


def test_an_interval_tells_the_earliest_day_by_itself():
    note = GOOD + "Last Botox injection 05/01/2026, 155 units.\n"
    interval = asked(HEAD + note + SIGNED, phase=Phase.CONTINUATION, as_of="2026-06-01")["cm.interval"]
    assert (interval.status, interval.earliest) == (Status.NOT_MET, "2026-07-24"), interval.why
