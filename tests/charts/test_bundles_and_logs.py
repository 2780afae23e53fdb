"""FHIR Bundles with documents and several people in them, logs of attacks, and tables that say whose they are."""

import base64
import json

import pytest

from pipeline.values.chart import Chart, Context
from tests.charts.test_chart_files import ANN, chart

NOTE = """OFFICE VISIT - NEUROLOGY
Patient: {name}   DOB: {born}
Date: 02/10/2026

HPI: 19 headache days a month, lasting 8 hours untreated.
Assessment: chronic migraine.

Electronically signed by Paul Riverstone, MD on 02/10/2026
"""
PATIENT = {"resourceType": "Patient", "id": "p1", "name": [{"given": ["Ann", "B."], "family": "Example"}],
           "birthDate": "1980-01-01"}  # fmt: skip


def document(name: str = "Ann B. Example", born: str = "01/01/1980", **changes: object) -> dict[str, object]:
    data = base64.b64encode(NOTE.format(name=name, born=born).encode()).decode()
    whole = {"resourceType": "DocumentReference", "status": "current", "docStatus": "final",
             "content": [{"attachment": {"contentType": "text/plain", "data": data}}]}  # fmt: skip
    return whole | changes


def bundle(*resources: dict[str, object]) -> Chart:
    entries = [{"resource": r} for r in (PATIENT, *resources)]
    return chart(b__json=json.dumps({"resourceType": "Bundle", "entry": entries}).encode())


def plain(found: Chart) -> set[tuple[str, float | None]]:
    return {(f.kind.value, f.value) for f in found.facts if f.context is None and f.value is not None}


def test_a_document_in_a_bundle_is_read_as_one_of_its_own():
    found = bundle(document())
    inside = found.documents[1]
    assert (inside.file_name, inside.date, inside.signed, inside.patient_matches) == (
        "b.json#1",
        "2026-02-10",
        True,
        True,
    )
    assert plain(found) == {("headache_days", 19.0), ("headache_hours", 8.0)}


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "entered-in-error"},
        {"docStatus": "entered-in-error"},
        {"content": [{"attachment": {"url": "Binary/7"}}]},
        {"content": [{"attachment": {"data": "no base64!"}}]},
        {"subject": {"reference": "Patient/p2"}},
    ],
    ids=["retracted", "retracted document", "only linked to", "broken", "of another patient"],
)
def test_a_document_that_is_none_of_the_patient_gives_nothing(changes):
    assert plain(bundle(document(**changes))) == set()


def test_a_preliminary_document_is_not_signed():
    assert bundle(document(docStatus="preliminary")).documents[1].signed is False


def test_a_misfiled_document_in_a_bundle_is_told_and_not_used():
    found = bundle(document(name="Bert Sample", born="02/02/1981"))
    assert found.documents[1].patient_matches is False
    assert plain(found) == set()


def test_what_a_bundle_says_of_another_patient_is_said_so():
    scores = [
        {"resourceType": "Observation", "status": "final", "code": {"text": "HIT-6"}, "valueInteger": value,
         "effectiveDateTime": "2026-02-10", "subject": {"reference": f"Patient/{who}"}}
        for who, value in (("p1", 66), ("p2", 70))
    ]  # fmt: skip
    assert [(f.value, f.context) for f in bundle(*scores).facts] == [(66.0, None), (70.0, Context.ANOTHER_PERSON)]


def test_a_medicine_that_is_referred_to_is_known():
    statement = {
        "resourceType": "MedicationStatement", "status": "stopped",
        "medicationReference": {"reference": "Medication/m1"},
        "statusReason": [{"text": "adverse effect: paresthesia"}], "reasonReference": [{"display": "Chronic migraine"}],
    }  # fmt: skip
    medicine = {"resourceType": "Medication", "id": "m1", "code": {"text": "topiramate 50 MG Oral Tablet"}}
    found = bundle(medicine, statement)
    assert [(f.drug, f.outcome, f.indication) for f in found.facts] == [("topiramate", "intolerance", "migraine")]


LOG = """Attack export
Name: {name},DOB: {born}
Start Time,End Time,Pain Level,Attack Type,Medication
2026-01-01 07:30,2026-01-01 19:00,7,Migraine,Sumatriptan 50mg
2026-01-03 21:00,2026-01-04 03:00,4,Headache,
2026-01-04 12:00,2026-01-04 18:00,6,Migraine,
"""


def test_a_log_of_attacks_counts_each_day_once_and_is_the_least_that_can_be():
    found = chart(log__csv=LOG.format(name="Ann B. Example", born="1980-01-01").encode())
    assert found.documents[0].evidence_type == "ev.headache_diary"
    assert [(f.kind, f.value, f.value_high) for f in found.facts] == [
        ("headache_days", 3.0, None),
        ("migraine_days", 2.0, None),
    ]


@pytest.mark.parametrize(("name", "born"), [("Bert Sample", "1981-02-02"), ("Ann B. Example", "1981-02-02")])
def test_a_table_of_another_patient_is_told_and_not_used(name, born):
    found = chart(log__csv=LOG.format(name=name, born=born).encode())
    assert found.documents[0].patient_matches is False
    assert {f.context for f in found.facts} == {Context.ANOTHER_PERSON}


def test_a_table_with_rows_of_several_patients_is_nobodys():
    rows = "patient,dob,month,headache days\nAnn B. Example,1980-01-01,2026-01,19\nBert Sample,1981-02-02,2026-01,22\n"
    found = chart(t__csv=rows.encode())
    assert found.documents[0].patient_matches is False
    assert {f.context for f in found.facts} == {Context.ANOTHER_PERSON}


def test_whose_table_it_is_may_stand_in_its_columns():
    rows = "patient,dob,month,headache days\nAnn B. Example,1980-01-01,2026-01,19\n"
    assert chart(ANN, t__csv=rows.encode()).documents[0].patient_matches is True
