"""The evidence table: plain facts with their places, and nothing that proves nothing."""

from datetime import date

import pytest

from pipeline.charts import ChartFile, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.match import evidence_table, filed
from pipeline.read.plain import plain_pages
from pipeline.values.contract import from_json, to_json
from pipeline.values.evidence import Aspect, EvidenceTable
from tests.match.test_criteria import ANN, GOOD, HEAD, SIGNED, clinical

LIFE = (
    "HPI: pain is throbbing, 7-8/10, with nausea. She missed 4 days of work last month. "
    "HIT-6 68 at baseline, 55 today.\n"
)


def table(*notes: str, as_of: str = "2026-06-01", indication: str = "migraine", **files: str) -> EvidenceTable:
    named = [ChartFile(name=f"note{n}.txt", data=note.encode()) for n, note in enumerate(notes)]
    named += [ChartFile(name=name.replace("__", "."), data=data.encode()) for name, data in files.items()]
    chart = read_chart(named, clinical=clinical(), reader=lambda data: plain_pages(data.decode()), patient=ANN)
    return evidence_table(
        filed(chart, load_knowledge().evidence), indication=indication, clinical=load_clinical_knowledge(),
        day=date.fromisoformat(as_of),
    )  # fmt: skip


def test_symptoms_are_told_by_aspect_with_their_place():
    rows = table(HEAD + GOOD + LIFE + SIGNED).symptoms
    told = {(r.aspect, r.what): r.value for r in rows}
    assert told[Aspect.FREQUENCY, "headache days"] == "19 days a month"
    assert told[Aspect.FREQUENCY, "migraine days"] == "11 days a month"
    assert told[Aspect.DURATION, "hours a headache lasts, untreated"] == "6 hours"
    assert told[Aspect.SEVERITY, "pain"] == "7 to 8 of 10"
    assert (Aspect.DAILY_LIFE, "headache takes away work or school or home life") in told
    assert (Aspect.FEATURE, "throbbing pain") in told
    assert all(r.proofs[0].file_name == "note0.txt" and r.proofs[0].page == 1 and r.proofs[0].text for r in rows)


def test_treatments_carry_dose_dates_outcome_side_effect_and_what_they_lack():
    trials = table(HEAD + GOOD + "- nadolol 40 mg failed.\n\nAcute: sumatriptan 50 mg as needed\n" + SIGNED).treatments
    by_name = {r.what: r for r in trials}
    topiramate, nadolol = by_name["topiramate"], by_name["nadolol"]
    assert (topiramate.dose, topiramate.start, topiramate.stop, topiramate.duration_days) == (
        "100 mg/day", "2025-01-08", "2025-04-10", 92,
    )  # fmt: skip
    assert (topiramate.outcome, topiramate.side_effect, topiramate.lacks) == ("intolerance", "paresthesia", ())
    assert by_name["propranolol"].reason == "no reduction in headache days"
    assert {"start", "stop", "duration"} <= set(nadolol.lacks)
    assert by_name["sumatriptan"].acute_only and by_name["sumatriptan"].lacks == ()


def test_a_baseline_is_shown_as_earlier_and_not_on_the_day_of_the_note():
    scores = table(HEAD + GOOD + LIFE + SIGNED).scores
    assert [(r.scale, r.value, r.date, r.earlier) for r in scores] == [
        ("HIT-6", 68.0, None, True),
        ("HIT-6", 55.0, "2026-05-02", False),
    ]


@pytest.mark.parametrize(
    ("note", "as_of"),
    [
        (HEAD + GOOD + LIFE, "2026-06-01"),  # nobody signed it
        (HEAD + GOOD + LIFE + SIGNED, "2026-04-30"),  # written after the service
        (HEAD.replace("Ann B.", "Bert") + GOOD + LIFE + SIGNED, "2026-06-01"),  # a misfiled page
        (HEAD + "Plan: if she has 19 headache days a month, start topiramate 25 mg.\n" + SIGNED, "2026-06-01"),
        (HEAD + "Family history: mother failed topiramate 100 mg, HIT-6 70.\n" + SIGNED, "2026-06-01"),
    ],
    ids=["unsigned", "later", "another patient", "plan", "family"],
)
def test_what_proves_nothing_is_in_no_row(note, as_of):
    found = table(note, as_of=as_of)
    assert (found.symptoms, found.treatments, found.scores) == ((), (), ())


def test_a_medicine_taken_for_another_illness_is_not_told():
    rows = table(HEAD + GOOD + "Current medications: lisinopril 10 mg daily for hypertension.\n" + SIGNED).treatments
    assert {r.what for r in rows} == {"topiramate", "propranolol"}


def test_fills_of_a_trial_stand_in_its_row_and_not_beside_it():
    fills = (
        "drug,fill date,days supply,quantity\n"
        "Nadolol 40 mg,2025-09-01,30,30\nNadolol 40 mg,2025-10-01,30,30\nNadolol 40 mg,2025-11-01,30,30\n"
    )
    rows = table(HEAD + GOOD + "- nadolol for migraine failed\n" + SIGNED, fills__csv=fills).treatments
    nadolol = [r for r in rows if r.what == "nadolol"]
    assert [(r.start, r.duration_days, r.outcome, len(r.proofs)) for r in nadolol] == [("2025-09-01", 90, "failure", 2)]


def test_another_illness_has_its_own_rows():
    note = HEAD + GOOD + "Urge incontinence with urgency and frequency. Avoids travel.\n" + SIGNED
    assert {r.what for r in table(note, indication="overactive_bladder").symptoms} == {
        "urge incontinence", "urgency", "urinary frequency", "the bladder takes away work or sleep or going out",
    }  # fmt: skip


def test_the_table_survives_its_json():
    whole = table(HEAD + GOOD + LIFE + SIGNED)
    assert from_json(EvidenceTable, to_json(whole)) == whole
