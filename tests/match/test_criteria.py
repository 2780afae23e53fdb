"""Criteria against charts: what a plain note shows is met; what proves nothing never is."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from pipeline.charts import ChartFile, Clinical, load_clinical, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.knowledge.policies import Phase, load_policies
from pipeline.language import load_language
from pipeline.match.criteria import readiness
from pipeline.match.filed import filed
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Patient
from pipeline.values.task import Requirement, Status

ANN = Patient(name="Ann B. Example", date_of_birth="1980-01-01")
HEAD = "OFFICE VISIT - NEUROLOGY\nPatient: Ann B. Example   DOB: 01/01/1980\nDate: 05/02/2026\n\n"
SIGNED = "\n\nElectronically signed by Paul Riverstone, MD on 05/02/2026\n"
TRIALS = (
    "Preventive medicines tried:\n"
    "- topiramate 100 mg/day for migraine, 2025-01-08 to 2025-04-10, stopped: paresthesia\n"
    "- propranolol 120 mg/day for migraine, 2025-05-02 to 2025-08-15, stopped: no reduction in headache days\n"
)
GOOD = (
    "HPI: 19 headache days per month for the last four months, lasting 6 hours untreated, 11 migraine days per month.\n"
    "Assessment: chronic migraine, G43.709.\n" + TRIALS
)


@cache
def clinical() -> Clinical:
    return load_clinical(load_language(load_knowledge()), load_clinical_knowledge())


def asked(
    *notes: str, payer: str = "Nobody", phase: Phase = Phase.INITIAL, as_of: str = "2026-06-01"
) -> dict[str, Requirement]:
    files = [ChartFile(name=f"note{n}.txt", data=note.encode()) for n, note in enumerate(notes)]
    chart = read_chart(files, clinical=clinical(), reader=lambda data: plain_pages(data.decode()), patient=ANN)
    found = readiness(
        filed(chart, load_knowledge().evidence), payer=payer, indication="chronic_migraine", phase=phase,
        knowledge=load_knowledge(), policies=load_policies(), as_of=date.fromisoformat(as_of),
    )  # fmt: skip
    return {r.criterion_id: r for r in found}


def test_a_whole_note_meets_what_it_shows_with_its_place():
    found = asked(HEAD + GOOD + SIGNED)
    for criterion in (
        "cm.age",
        "cm.dx",
        "cm.hdays",
        "cm.months",
        "cm.hours",
        "cm.mdays",
        "cm.trial",
        "cm.trial.quality",
    ):
        assert found[criterion].status is Status.MET, found[criterion]
        assert found[criterion].evidence
        assert found[criterion].missing is None
    assert found["cm.hdays"].evidence[0].file_name == "note0.txt"
    assert "19 headache days" in found["cm.hdays"].evidence[0].text


CLINICAL = ("cm.dx", "cm.hdays", "cm.months", "cm.hours", "cm.mdays", "cm.trial", "cm.trial.quality")
WORTHLESS = {
    "unsigned": HEAD + GOOD,
    "draft": HEAD + GOOD + "\nDRAFT - pending signature\n",
    "no patient": HEAD.replace("Patient: Ann B. Example   DOB: 01/01/1980\n", "") + GOOD + SIGNED,
    "another name": HEAD.replace("Ann B. Example", "Zoe Q. Other") + GOOD + SIGNED,
    "another birth date": HEAD.replace("01/01/1980", "02/02/1970") + GOOD + SIGNED,
    "no date": HEAD.replace("Date: 05/02/2026\n", "") + GOOD + SIGNED.replace(" on 05/02/2026", ""),
    "family": HEAD + "Family history:\nMother has 19 headache days per month, chronic migraine G43.709, failed topiramate and propranolol.\n" + SIGNED,  # noqa: E501
    "planned": HEAD + "Plan: start topiramate 100 mg for 3 months, then propranolol; goal is 15 headache days per month.\n" + SIGNED,  # noqa: E501
    "denied": HEAD + "Denies chronic migraine. Never tried topiramate or propranolol.\n" + SIGNED,
    "criteria": HEAD + "Payer criteria:\nAt least 15 headache days per month for 3 months, failed topiramate and propranolol, chronic migraine.\n" + SIGNED,  # noqa: E501
    "taught": HEAD + "HPI: We reviewed that chronic migraine means 15 or more headache days per month.\n" + SIGNED,
    "a blank form": HEAD + "HPI: Headache days per month: ___ (must be >= 15).\n" + SIGNED,
    "quoted": HEAD + "HPI: The insurer wrote that 15 headache days per month were not shown.\n" + SIGNED,
    "in question": HEAD + "Assessment: ?chronic migraine vs tension headache. May have failed topiramate and propranolol for 3 months.\n" + SIGNED,  # noqa: E501
    "acute only": HEAD + "Preventive medicines tried:\n- sumatriptan 50 mg for 3 months, failed\n- ibuprofen 600 mg x 3 months, failed\n" + SIGNED,  # noqa: E501
    "once": HEAD + "HPI: Previously 20 headache days per month; now 6 headache days per month.\n" + SIGNED,
    "husband": HEAD + "HPI: Patient's husband failed topiramate 100 mg for 3 months and propranolol 80 mg for 3 months.\n" + SIGNED,  # noqa: E501
    "years ago": HEAD + "HPI: headaches were 20 days per month when she was pregnant in 2019.\n" + SIGNED,
    "helped": HEAD + "HPI: Topiramate 100 mg for 3 months (no side effects, effective). Propranolol 80 mg for 4 months, effective.\n" + SIGNED,  # noqa: E501
    "nothing": HEAD + "HPI: well today.\n" + SIGNED,
}  # fmt: skip


@pytest.mark.parametrize("name", WORTHLESS)
def test_what_proves_nothing_never_meets_a_clinical_criterion(name):
    found = asked(WORTHLESS[name])
    assert {c: found[c].status for c in CLINICAL if found[c].status is Status.MET} == {}


def test_a_note_later_than_the_day_is_post_dated():
    found = asked(HEAD + GOOD + SIGNED, as_of="2026-04-01")
    assert found["cm.hdays"].status is Status.POST_DATED
    assert found["cm.trial"].status is Status.POST_DATED


def test_old_counts_are_stale_and_old_trials_are_not():
    found = asked(HEAD + GOOD + SIGNED, as_of="2027-06-01")
    assert found["cm.hdays"].status is Status.STALE
    assert found["cm.trial"].status is Status.MET


def test_two_notes_of_one_time_that_disagree_are_a_conflict_with_both_sides():
    other = HEAD.replace("05/02", "05/10") + "HPI: 8 headache days per month.\n" + SIGNED.replace("05/02", "05/10")
    found = asked(HEAD + GOOD + SIGNED, other)["cm.hdays"]
    assert found.status is Status.CONFLICT
    assert {e.file_name for e in found.evidence} == {"note0.txt", "note1.txt"}


@pytest.mark.parametrize(
    ("old", "new", "status", "said"),
    [
        ("2025-05-02 to 2025-08-15, ", "", Status.UNKNOWN, "duration is not recorded"),
        ("2025-05-02 to 2025-08-15", "2025-05-02 to 2025-05-20", Status.NOT_MET, "only 18 of 56 days"),
        ("propranolol 120 mg/day for migraine", "propranolol 120 mg/day for hypertension", Status.NOT_MET, "hypertension"),  # noqa: E501
        ("propranolol", "sumatriptan", Status.NOT_MET, "1 of 2"),
        ("propranolol", "divalproex", Status.NOT_MET, "2 classes"),
        (", stopped: no reduction in headache days", "", Status.UNKNOWN, "outcome"),
    ],
)  # fmt: skip
def test_a_trial_that_falls_short_says_which_field_or_why(old, new, status, said):
    found = asked(HEAD + GOOD.replace(old, new) + SIGNED)["cm.trial"]
    assert found.status is status, found.why
    assert said in found.why
    assert found.missing is not None


def test_a_contraindication_stands_for_a_trial_only_where_the_policy_says_so():
    note = GOOD.replace(
        "- propranolol 120 mg/day for migraine, 2025-05-02 to 2025-08-15, stopped: no reduction in headache days\n",
        "\nBeta-blockers are contraindicated because of asthma.\n",
    )
    assert asked(HEAD + note + SIGNED)["cm.trial"].status is Status.MET
    assert asked(HEAD + note + SIGNED, payer="Aetna")["cm.trial"].status is not Status.MET


def test_the_same_text_copied_into_a_later_note_proves_nothing_new():
    later = (HEAD + GOOD + SIGNED).replace("05/02/2026", "12/30/2026")
    found = asked(HEAD + GOOD + SIGNED, later, as_of="2027-01-10")
    assert found["cm.hdays"].status is Status.STALE


def test_by_the_week_is_not_by_the_month():
    found = asked(HEAD + "HPI: chronic migraine with headaches 5 days per week.\n" + SIGNED)
    assert found["cm.hdays"].status is Status.UNKNOWN


def test_the_interval_names_the_earliest_day():
    note = (
        HEAD.replace("OFFICE VISIT - NEUROLOGY", "PROCEDURE NOTE")
        + "Botox injected, total 155 units in 31 sites, lot 1."
        + SIGNED
    )
    found = asked(note, phase=Phase.CONTINUATION, as_of="2026-06-01")["cm.interval"]
    assert (found.status, "2026-07-25" in found.why) == (Status.NOT_MET, True)
    assert asked(note, phase=Phase.CONTINUATION, as_of="2026-07-25")["cm.interval"].status is Status.MET


def test_a_known_payers_rule_comes_first_and_the_general_profile_says_what_it_is():
    found = asked(HEAD + GOOD + SIGNED, payer="Aetna Better Health")
    assert found["cm.trial"].source.policy == "0113"
    assert found["cm.trial"].source.variant == "cm.trial.aetna"
    assert not found["cm.trial"].source.verified
    assert "General profile" in (found["cm.moh"].source.policy or "")


def test_a_chart_that_says_nothing_is_unknown_everywhere_and_names_who_can_help():
    found = asked()
    assert {r.status for r in found.values()} == {Status.UNKNOWN}
    assert all(r.missing is not None and r.missing.where_to_find for r in found.values())


def test_requirements_are_frozen_values():
    one = asked(HEAD + GOOD + SIGNED)["cm.age"]
    assert replace(one, why="") != one
