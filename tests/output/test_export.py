"""What leaves the house cannot run, keeps its ids as text and names no patient in a file name."""

import csv
import json
import stat
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from pipeline.errors import UsageError
from pipeline.output import ExportFormat, export
from pipeline.values.contract import from_json
from pipeline.values.letter import Document, DocumentStatus, Finding, Letter, LetterKind
from pipeline.values.task import Action, Step, Task, TaskState

TODAY = date(2026, 3, 1)


def task(**changes):
    given = {
        "task_id": "t1", "case_id": "c1", "letter_id": "d-1", "letter_ids": ("d-1",), "member_name": "Sample, Pat",
        "received_at": "2026-02-20", "action": Action.APPEAL, "level": 1, "state": TaskState.NEEDS_EVIDENCE,
        "priority": 50, "priority_why": "due soon", "due": "2026-03-10", "due_at": None, "due_why": "printed",
        "clocks": (), "track": "unknown", "filer": "provider", "standing": (), "payer": "Example",
        "member_id": "00123",
        "claim_number": "1E5", "reference_number": "=1+1", "service": "http://example.invalid",
        "amount_at_risk": "1250.50",
        "amount_basis": "billed", "patient_billing_hold": True, "denial_reasons": (), "policy_citations": (),
        "requirements": (), "steps": (Step(order=1, do="call", by="2026-03-02"),), "next_touch_on": None,
        "waiting_on": None,
    }  # fmt: skip
    return Task(**(given | changes))


def document():
    found = Finding(value="=cmd()", text="=cmd()\x0b", page=1, boxes=(), confidence=1.0, rule="r")
    letter = Letter(letter_id="d-1", pages=(1,), kind=LetterKind.DENIAL, kind_confidence=1.0, claim_number=found)
    return Document(
        file_name="x.pdf", document_id="d", status=DocumentStatus.READ, letters=(letter,), versions={"pipeline": "1"}
    )


def cells(path, sheet):
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows())
    return [dict(zip([c.value for c in rows[0]], row, strict=True)) for row in rows[1:]]


def test_workbook_keeps_ids_text_formulas_text_money_numbers_and_dates_dates(tmp_path):
    (path,) = export([task()], [document()], kind=ExportFormat.XLSX, out=tmp_path, today=TODAY)
    (row,) = cells(path, "Worklist")
    assert row["member_id"].value == "00123"
    assert row["claim_number"].value == "1E5"
    assert (row["reference_number"].value, row["reference_number"].data_type) == ("=1+1", "s")
    assert row["service"].hyperlink is None
    assert row["amount_at_risk"].value == 1250.5
    assert row["due"].value.date() == date(2026, 3, 10)
    assert row["days_left"].value == 9
    (found,) = cells(path, "Findings")
    assert (found["value"].value, found["value"].data_type) == ("=cmd()", "s")


def test_csv_quotes_what_a_sheet_would_run(tmp_path):
    paths = export([task()], [document()], kind=ExportFormat.CSV, out=tmp_path, today=TODAY)
    with next(p for p in paths if "worklist" in p.name).open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["reference_number"] == "'=1+1"
    assert row["member_id"] == "00123"
    assert Decimal(row["amount_at_risk"]) == Decimal("1250.50")


def test_json_goes_both_ways(tmp_path):
    paths = export([task()], [document()], kind=ExportFormat.JSON, out=tmp_path, today=TODAY)
    tasks = json.loads(next(p for p in paths if "tasks" in p.name).read_text())
    documents = json.loads(next(p for p in paths if "documents" in p.name).read_text())
    assert from_json(Task, tasks[0]) == task()
    assert from_json(Document, documents[0]) == document()


def test_gold_is_bare_values(tmp_path):
    (path,) = export([], [document()], kind=ExportFormat.GOLD, out=tmp_path, today=TODAY)
    assert json.loads(path.read_text())["letters"][0]["claim_number"] == "=cmd()"


def test_files_are_private_and_name_nobody(tmp_path):
    for kind in ExportFormat:
        for path in export([task()], [document()], kind=kind, out=tmp_path / kind, today=TODAY):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert "Sample" not in path.name


def test_an_empty_queue_is_still_a_workbook(tmp_path):
    (path,) = export([], [], kind=ExportFormat.XLSX, out=tmp_path, today=TODAY)
    assert cells(path, "Worklist") == []


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="export folder"):
        export([], [], kind=ExportFormat.CSV, out=tmp_path / "file", today=TODAY)
