"""Files of a patient folder: tables, FHIR, what cannot be read, and whose they are."""

import json
from functools import cache

import pytest

from pipeline.charts import ChartFile, Clinical, load_clinical, read_chart
from pipeline.errors import DocumentError, ProblemCode
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Chart, Context, Patient
from pipeline.values.contract import from_json, to_json
from pipeline.values.text import Text

ANN = Patient(name="Ann B. Example", date_of_birth="1980-01-01")


@cache
def clinical() -> Clinical:
    return load_clinical(load_language(load_knowledge()), load_clinical_knowledge())


def reader(data: bytes) -> Text:
    if not data:
        raise DocumentError(ProblemCode.EMPTY)
    return plain_pages(data.decode())


def chart(patient: Patient | None = ANN, **files: bytes) -> Chart:
    named = [ChartFile(name=name.replace("__", "."), data=data) for name, data in files.items()]
    return read_chart(named, clinical=clinical(), reader=reader, patient=patient)


def diary(days: int) -> bytes:
    rows = [f"2026-04-{d:02d},{'yes' if d % 3 else 'no'},{6 if d % 3 else 0}," for d in range(1, days + 1)]
    return "\n".join(["date,headache,hours,acute_medication", *rows]).encode()


def test_a_diary_counts_whole_calendar_months_only():
    whole, part = chart(d__csv=diary(30)).facts, chart(d__csv=diary(29)).facts
    assert [(f.kind, f.value, f.unit, f.context) for f in whole] == [
        ("headache_days", 20.0, "day/month", None),
        ("headache_hours", 6.0, "hour/day", None),
    ]
    assert {f.context for f in part} == {Context.INCOMPLETE}


def bundle(**medication: object) -> bytes:
    entries = [
        {"resourceType": "Patient", "name": [{"given": ["Ann", "B."], "family": "Example"}], "birthDate": "1980-01-01"},
        {
            "resourceType": "MedicationStatement",
            "medicationCodeableConcept": {"text": "Topamax 100 mg"},
            "effectivePeriod": {"start": "2025-01-08", "end": "2025-04-10"},
            "reasonCode": [{"text": "Chronic migraine"}],
            **medication,
        },
    ]
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in entries]}).encode()


@pytest.mark.parametrize(
    ("status", "kind", "outcome", "context"),
    [
        ("stopped", "drug_trial", "intolerance", None),
        ("active", "current_drug", "ongoing", None),
        ("not-taken", "drug_trial", None, "negated"),
        ("intended", "order", None, "planned"),
    ],
)
def test_a_medication_of_a_bundle_is_what_its_status_says(status, kind, outcome, context):
    found = chart(b__json=bundle(status=status, note=[{"text": "side effect: paresthesia"}]))
    assert [(f.kind, f.drug, f.indication, f.duration_days, f.outcome, f.context) for f in found.facts] == [
        (kind, "topiramate", "migraine", 92, outcome, context)
    ]
    assert found.documents[0].patient_matches is True


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.csv", b"date,headache", "empty"),
        ("a.csv", b"\xff\xfe\x00", "corrupt"),
        ("a.json", b"{", "corrupt"),
        ("a.json", b'{"resourceType": "Patient"}', "unsupported_type"),
        (
            "a.json",
            b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "code": 5}}, 7]}',
            None,
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_a_document_with_its_code(name, data, code):
    found = read_chart([ChartFile(name=name, data=data)], clinical=clinical(), reader=reader, patient=ANN)
    problem = found.documents[0].problem
    assert (problem.code if problem else None) == code


def test_a_misfiled_document_is_reported_and_its_facts_are_another_persons():
    note = (
        b"OFFICE VISIT\nPatient: Zoe Q. Other\nDOB: 02/02/1970\nDate: 05/02/2026\n\nHPI: 19 headache days per month.\n"
    )
    found = chart(n__txt=note)
    assert found.documents[0].patient_matches is False
    assert {f.context for f in found.facts} == {Context.ANOTHER_PERSON}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("FOLLOW-UP VISIT - NEUROLOGY\nHPI: well. Plan: continue.", "ev.visit_note"),
        ("CONSULTATION\nReferred by Dr. Lee. Exam normal. Impression: migraine.", "ev.hp"),
        ("PROCEDURE NOTE\nInjected 155 units, lot 7.", "ev.procedure_note"),
        ("PHARMACY PROFILE\nNDC 1, quantity 60, days supply 30", "ev.rx_fills"),
        ("LETTER OF MEDICAL NECESSITY\nDear reviewer, I request Botox for my patient.", "ev.lmn"),
        ("Urodynamic Study\nDetrusor pressure and capacity normal.", "ev.urodynamics"),
        ("RADIOLOGY REPORT\nFindings: none. Impression: normal.", "ev.imaging"),
        ("Shopping list\nmilk", None),
    ],
)
def test_a_document_is_known_by_title_and_content(head, kind):
    assert chart(n__txt=head.encode()).documents[0].evidence_type == kind


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        ("Electronically signed by Paul Riverstone, MD on 05/02/2026", True),
        ("/s/ Paul Riverstone, MD", True),
        ("DRAFT - not signed", False),
        ("Signature: ______", False),
        ("Paul Riverstone, MD", False),
    ],
)
def test_only_a_signature_makes_a_note_signed(ending, signed):
    note = f"OFFICE VISIT\nPatient: Ann B. Example\nDate: 05/02/2026\n\nHPI: well. Plan: none.\n\n{ending}\n"
    assert chart(n__txt=note.encode()).documents[0].signed is signed


def test_a_chart_crosses_as_json_and_comes_back():
    found = chart(d__csv=diary(30), b__json=bundle(status="stopped"))
    data = to_json(found)
    assert {"negated", "context", "boxes", "from", "duration_days"} <= data["facts"][0].keys()
    assert from_json(Chart, json.loads(json.dumps(data))) == found


def test_a_fill_that_was_reversed_is_no_fill():
    text = b"""PHARMACY FILL HISTORY
Patient: Ann B. Example    DOB: 01/01/1980   Printed: 05/11/2026

DATE FILLED  RX#      DRUG / STRENGTH        QTY   DAYS  PRESCRIBER
06/02/2025   730551   METOPROLOL 50MG TAB     60    30    LEE A
11/12/2025   744910   EMGALITY 120MG/ML PEN    1    28    LEE A    *REVERSED - PA REQUIRED*
"""
    assert [f.drug for f in chart(f__txt=text).facts if f.kind == "drug_trial"] == ["metoprolol"]


def test_a_letter_is_of_its_writers_specialty_not_of_the_house_it_goes_to():
    text = b"""June 9, 2026
Lee Other, MD
Alder Family Practice
RE: Ann B. Example    DOB 1/1/1980

Dear Lee,
I had the pleasure of seeing Ann. Impression: chronic migraine.
With kind regards,
Jo Writer, MD
Board Certified in Neurology
"""
    assert chart(l__txt=text).documents[0].author_specialty == "neurology"


def test_days_of_a_diary_take_the_year_of_its_title():
    rows = "\n".join(f"| 4/{d} | {'Y' if d % 2 else 'N'} |  |" for d in range(1, 31))
    title = "# My headache diary, April 2026\nPatient: Ann B. Example\n\n"
    text = f"{title}| Date | Headache? | Notes |\n|---|---|---|\n{rows}\n"
    counted = [(f.value, f.date, f.context) for f in chart(d__md=text.encode()).facts if f.kind == "headache_days"]
    assert counted == [(15.0, "2026-04-30", None)]
