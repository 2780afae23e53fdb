"""Bundles are FHIR R4: every resource against HL7's own definitions, every reference inside the bundle."""

import copy
import json
from dataclasses import replace

import pytest

from pipeline.output.fhir import bundle
from pipeline.values.letter import Adjustment, ClaimEntry, Document, DocumentStatus, Letter, LetterKind, ServiceLine
from pipeline.values.task import TaskState
from tests.output.conftest import TODAY
from tests.output.definitions import complaints
from tests.output.test_export import task

KINDS = {"Task", "ClaimResponse", "DocumentReference", "Communication", "Provenance"}


@pytest.fixture(scope="module")
def made(worked_on):
    return bundle(*worked_on, today=TODAY)


def resources(made):
    return [entry["resource"] for entry in made["entry"]]


def test_a_bundle_holds_every_kind_of_resource(made):
    assert {one["resourceType"] for one in resources(made)} == KINDS


def test_every_resource_is_valid_r4(made, r4):
    shell = {**made, "entry": [{"fullUrl": entry["fullUrl"]} for entry in made["entry"]]}
    assert complaints(r4, shell) == []
    assert [said for one in resources(made) for said in complaints(r4, one)] == []


def test_every_state_is_valid_r4(worked_on, r4):
    tasks, documents = worked_on
    for state in TaskState:
        made = bundle([replace(tasks[0], state=state, assignee="dana")], documents, today=TODAY)
        assert [said for one in resources(made) for said in complaints(r4, one)] == [], state


def test_the_definitions_do_refuse_what_is_wrong(made, r4):
    for one in resources(made):
        if "status" in one:
            assert complaints(r4, {**one, "status": "a status that nobody defined"})
        assert complaints(r4, {**one, "madeUp": 1})
        for name in r4["needed"][one["resourceType"]]:
            assert complaints(r4, {key: part for key, part in one.items() if key != name}), name
    line = next(item for one in resources(made) for item in one.get("processNote", ()))
    decision = next(one for one in resources(made) if line in one.get("processNote", ()))
    wrong = copy.deepcopy(decision)
    wrong["processNote"][0]["type"] = "whispered"
    assert complaints(r4, wrong)


def test_every_reference_leads_to_a_resource_of_the_bundle(made):
    there = {entry["fullUrl"] for entry in made["entry"]}
    told = {part for part in json.dumps(made).split('"') if part.startswith("urn:uuid:")}
    assert told == there
    assert len(there) == len(made["entry"])


def test_a_denied_claim_keeps_its_lines_codes_and_money(r4):
    adjusted = (Adjustment(group="CO", carc="50", amount="1284.00"), Adjustment(group=None, carc="197", amount=None))
    line = ServiceLine(from_="2026-01-05", to="2026-01-06", code="J0585", units="155", billed="1500.00", paid="0.00",
                       adjustments=adjusted, rarc=("N115",), page=1)  # fmt: skip
    letter = Letter(letter_id="a-1", pages=(1,), kind=LetterKind.REMITTANCE, kind_confidence=1.0,
                    claims=(ClaimEntry(claim_number="C1", lines=(line,)), ClaimEntry(claim_number="C2")))  # fmt: skip
    held = Document(file_name="a.txt", document_id="a", status=DocumentStatus.READ, letters=(letter,), versions={})
    made = bundle([task(letter_id="a-1", letter_ids=("a-1",), claim_number="C2")], [held], today=TODAY)
    assert [said for one in resources(made) for said in complaints(r4, one)] == []
    first, second = (one for one in resources(made) if one["resourceType"] == "ClaimResponse")
    (item,) = first["addItem"]
    told = [(a["category"].get("coding", [{}])[0].get("code"), a.get("reason", {}).get("coding", [{}])[0].get("code"),
             a.get("amount", {}).get("value")) for a in item["adjudication"]]  # fmt: skip
    assert told == [("submitted", None, 1500.0), ("benefit", None, 0.0), ("CO", "50", 1284.0), (None, "197", None)]
    assert item["servicedPeriod"] == {"start": "2026-01-05", "end": "2026-01-06"}
    (worked,) = (one for one in resources(made) if one["resourceType"] == "Task")
    assert worked["focus"]["reference"] == f"urn:uuid:{second['id']}"


def test_the_same_queue_gives_the_same_bundle(worked_on, made):
    assert bundle(*worked_on, today=TODAY) == made


def test_a_task_whose_letter_is_not_there_still_stands(worked_on, r4):
    tasks, _ = worked_on
    made = bundle(tasks[:1], (), today=TODAY)
    assert {one["resourceType"] for one in resources(made)} == {"Task", "Provenance"}
    assert [said for one in resources(made) for said in complaints(r4, one)] == []
