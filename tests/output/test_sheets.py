"""Sheets go out and come back unchanged: identifiers, days and money; and no text of a letter runs in them."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pipeline.output import ExportFormat, export
from pipeline.output.columns import SHEETS
from tests.output.test_export import TODAY, document, task

INJECTIONS = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.invalid","x")', "=WEBSERVICE(A1)", "=IMPORTXML(A1,B1)",
    "+1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "@A1", "\t=1+1", "\r=1+1", "\n=1+1",
    " =1+1", "  +1", '"=1+1"', "'=1+1", "=1+1;2", "=A1,B1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "{=1+1}",
    "=-1", "==1", "=DDE(\"a\";\"b\")", "http://example.invalid/?a=1", "mailto:a@example.invalid", "_x003D_1+1",
    "internal:Worklist!A1",
)  # fmt: skip
IDS = ("00123", "1E5", "0012345678901234567890", "12-05-2026", "TRUE", "NaN", "3/4")
assert len(INJECTIONS) >= 30


def filled():
    """A queue whose every text is one that a sheet program might run, and whose ids look like numbers and days."""
    hostile = [
        task(task_id=f"t{n}", payer=words, service=words, priority_why=words, amount_basis=words)
        for n, words in enumerate(INJECTIONS)
    ]  # fmt: skip
    ids = [
        task(task_id=f"i{n}", member_id=number, claim_number=number, amount_at_risk=f"{n}234567.10", due=None)
        for n, number in enumerate(IDS)
    ]  # fmt: skip
    return [*hostile, *ids, task(task_id="n", due="2026-12-31", amount_at_risk=None)]


def unchanged(frame, tasks):
    """Asserts that a sheet read back with ids as text says what the tasks say."""
    assert list(frame["member_id"]) == [one.member_id for one in tasks]
    assert list(frame["claim_number"]) == [one.claim_number for one in tasks]
    money = [None if pd.isna(v) else Decimal(str(v)).quantize(Decimal("0.01")) for v in frame["amount_at_risk"]]
    assert money == [Decimal(one.amount_at_risk) if one.amount_at_risk else None for one in tasks]
    days = [None if pd.isna(v) else pd.Timestamp(v).date().isoformat() for v in frame["due"]]
    assert days == [one.due for one in tasks]


def read_sheet(path):
    text = {column.name: str for column in SHEETS["worklist"] if column.kind.value in ("text", "id")}
    empty = {"due": [""], "amount_at_risk": [""]}
    return pd.read_excel(path, sheet_name="Worklist", dtype=text, keep_default_na=False, na_values=empty)


def test_a_workbook_comes_back_unchanged_through_pandas(tmp_path):
    (path,) = export(filled(), [document()], kind=ExportFormat.XLSX, out=tmp_path, today=TODAY)
    unchanged(read_sheet(path), filled())


def test_a_csv_file_comes_back_unchanged_through_pandas(tmp_path):
    paths = export(filled(), [document()], kind=ExportFormat.CSV, out=tmp_path, today=TODAY)
    path = next(p for p in paths if "worklist" in p.name)
    frame = pd.read_csv(path, dtype={"member_id": str, "claim_number": str}, keep_default_na=False,
                        na_values={"due": [""], "amount_at_risk": [""]})  # fmt: skip
    unchanged(frame, filled())


def test_parquet_comes_back_unchanged_with_its_types(tmp_path):
    paths = export(filled(), [document()], kind=ExportFormat.PARQUET, out=tmp_path, today=TODAY)
    frame = pd.read_parquet(next(p for p in paths if "worklist" in p.name))
    unchanged(frame, filled())
    assert list(frame["payer"])[: len(INJECTIONS)] == list(INJECTIONS)
    assert frame["amount_at_risk"].iloc[len(INJECTIONS)] == Decimal("234567.10")
    assert frame["due"].iloc[0] == date(2026, 3, 10)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(tmp_path):
    (path,) = export(filled(), [document()], kind=ExportFormat.XLSX, out=tmp_path, today=TODAY)
    for sheet in openpyxl.load_workbook(path):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            assert cell.hyperlink is None
    told = {cell.value for row in openpyxl.load_workbook(path)["Worklist"].iter_rows() for cell in row}
    assert {words.replace("\r", "") for words in INJECTIONS} <= {str(v).replace("\r", "") for v in told}


def test_no_cell_of_a_csv_file_begins_as_a_formula(tmp_path):
    for path in export(filled(), [document()], kind=ExportFormat.CSV, out=tmp_path, today=TODAY):
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        begins = [v.lstrip()[:1] for name in frame if name not in ("days_left",) for v in frame[name]]
        assert not set(begins) & set("=+-@＝＋－＠"), path.name


def test_every_column_is_in_the_dictionary_and_the_header_stays_in_sight(tmp_path):
    (path,) = export(filled(), [document()], kind=ExportFormat.XLSX, out=tmp_path, today=TODAY)
    book = openpyxl.load_workbook(path)
    meanings = {(r[0].value, r[1].value): r[3].value for r in book["Columns"].iter_rows(min_row=2)}
    for name in SHEETS:
        sheet = book[name.capitalize()]
        heads = [cell.value for cell in sheet[1]]
        assert all(meanings[name, head] for head in heads)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_an_identifier_cell_stays_text_when_somebody_types_into_it(tmp_path):
    (path,) = export(filled(), [document()], kind=ExportFormat.XLSX, out=tmp_path, today=TODAY)
    sheet = openpyxl.load_workbook(path)["Worklist"]
    column = next(c.column_letter for c in sheet[1] if c.value == "member_id")
    assert sheet.column_dimensions[column].number_format == "@"


@pytest.mark.slow
def test_a_workbook_and_a_csv_file_come_back_unchanged_through_libreoffice(tmp_path):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or not (Path(office).resolve().parent / "libsclo.so").is_file():
        pytest.skip("LibreOffice with its Calc is not installed here: apt-get install libreoffice-calc")
    tasks = [replace(one, payer="Example") if "\n" in (one.payer or "") or "\r" in (one.payer or "") else one
             for one in filled()]  # fmt: skip
    sheet, *_ = export(tasks, [document()], kind=ExportFormat.XLSX, out=tmp_path / "in", today=TODAY)
    csv = next(p for p in export(tasks, [], kind=ExportFormat.CSV, out=tmp_path / "in", today=TODAY)
               if "worklist" in p.name)  # fmt: skip
    for path, filters in ((sheet, []), (csv, ["--infilter=CSV:44,34,76,1,,0,true,false"])):
        command = [
            office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", *filters,
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / path.suffix[1:]), str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=170)
        back = tmp_path / path.suffix[1:] / f"{path.stem}.xlsx"
        book = openpyxl.load_workbook(back)
        run = {cell.value for one in book for row in one.iter_rows() for cell in row if cell.data_type == "f"}
        assert run <= {"=TRUE()", "=FALSE()"}, "LibreOffice writes yes and no so; no text of a letter may"
        if path == sheet:
            unchanged(read_sheet(back), tasks)
