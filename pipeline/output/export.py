"""Files for people and programs.

No cell of them can run: in a workbook all text is text, in CSV a formula sign is quoted.

File names carry the kind and the day, never a patient. Files are private (mode 0600).
"""

import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import UsageError
from pipeline.output.calendar import calendar
from pipeline.output.cells import guarded
from pipeline.output.frames import COLUMNS, DATES, MONEY, findings, requirements, worklist
from pipeline.values.contract import to_json
from pipeline.values.letter import Document, Finding, Letter
from pipeline.values.task import Task, TaskState

_CELL_LIMIT = 32_767
_CONTROL = {code: None for code in range(32) if code not in (9, 10)}


class ExportFormat(StrEnum):
    """What ``denials export`` writes."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    GOLD = "gold"
    ICS = "ics"


def export(
    tasks: Sequence[Task], documents: Sequence[Document], *, kind: ExportFormat, out: Path, today: date
) -> list[Path]:
    """Write the queue and the extracted results below ``out`` (made if missing); the files written.

    Raises:
        UsageError: ``out`` cannot be written to.
    """
    writers: dict[ExportFormat, Callable[[Sequence[Task], Sequence[Document], Path, date], list[Path]]] = {
        ExportFormat.XLSX: _workbook,
        ExportFormat.CSV: _csv,
        ExportFormat.JSON: _json,
        ExportFormat.GOLD: _gold,
        ExportFormat.ICS: _ics,
    }
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        files = writers[kind](tasks, documents, out, today)
        for file in files:
            file.chmod(0o600)
    except OSError as error:
        raise UsageError(
            f"export folder {out}", why=os.strerror(error.errno or 0), advice="Name a folder that you may write to."
        ) from None
    return files


def _ics(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    path = out / f"denials-deadlines-{today:%Y-%m-%d}.ics"
    path.write_text(calendar([task for task in tasks if task.state not in _OVER], today=today), newline="")
    return [path]


_OVER = frozenset({TaskState.CLOSED, TaskState.WRITTEN_OFF, TaskState.UPHELD})


def _frames(tasks: Sequence[Task], documents: Sequence[Document], today: date) -> dict[str, pd.DataFrame]:
    return {
        "worklist": worklist(tasks, today=today),
        "requirements": requirements(tasks),
        "findings": findings(documents),
    }


def _workbook(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    path = out / f"denials-worklist-{today:%Y-%m-%d}.xlsx"
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for name, frame in _frames(tasks, documents, today).items():
            _sheet(writer, name, frame)
        meanings = pd.DataFrame(list(COLUMNS.items()), columns=["column", "meaning"])
        _sheet(writer, "columns", meanings)
        about = pd.DataFrame(
            [("made on", f"{today:%Y-%m-%d}"), ("tasks", str(len(tasks))), ("documents", str(len(documents)))],
            columns=["what", "value"],
        )
        _sheet(writer, "about", about)
    return [path]


def _sheet(writer: Any, name: str, frame: pd.DataFrame) -> None:
    clean = frame.copy()
    for column in clean.columns:
        if column in MONEY:
            clean[column] = [None if pd.isna(v) else float(v) for v in clean[column]]
        elif clean[column].dtype == object or clean[column].dtype == "str":
            clean[column] = [_cell(v) for v in clean[column]]
    clean.to_excel(writer, sheet_name=name.capitalize(), index=False)
    sheet, book = writer.sheets[name.capitalize()], writer.book
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(clean)), max(0, len(clean.columns) - 1))
    for number, column in enumerate(clean.columns):
        width = min(60, max([len(column), *(len(str(v)) for v in clean[column].head(200))]) + 2)
        style = (
            {"num_format": "#,##0.00"} if column in MONEY else {"num_format": "yyyy-mm-dd"} if column in DATES else {}
        )
        sheet.set_column(number, number, width, book.add_format({**style, "valign": "top"}))


def _cell(value: Any) -> Any:
    """Text without the control characters a workbook cannot hold, cut with a mark where a cell would cut silently."""
    if not isinstance(value, str):
        return value
    text = value.translate(_CONTROL)
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - 12] + " [shortened]"


def _csv(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    paths = []
    for name, frame in _frames(tasks, documents, today).items():
        path = out / f"denials-{name}-{today:%Y-%m-%d}.csv"
        guarded(frame).to_csv(path, index=False, quoting=1)
        paths.append(path)
    return paths


def _json(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    paths = []
    for name, values in (("tasks", tasks), ("documents", documents)):
        path = out / f"denials-{name}-{today:%Y-%m-%d}.json"
        path.write_text(json.dumps([to_json(v) for v in values], indent=1, ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths


def _gold(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    """Answers in the shape of gold, one file a document, named by its id: a start for checking by hand."""
    paths = []
    for document in documents:
        path = out / f"{document.document_id}.gold.json"
        letters = [_gold_letter(letter) for letter in document.letters]
        path.write_text(json.dumps({"letters": letters}, indent=1, ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths


_FINDING_KEYS = set(Finding.__dataclass_fields__)
_NOT_GOLD = {"letter_id", "kind_confidence", "payer_id", "claims", "notice_defects", "needs_review"}


def _gold_letter(letter: Letter) -> dict[str, Any]:
    return {key: _bare(value) for key, value in to_json(letter).items() if key not in _NOT_GOLD}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(v) for v in value]
    if not isinstance(value, dict):
        return value
    own = {k: v for k, v in value.items() if k not in _FINDING_KEYS}
    if "category" in own:
        return own["category"]
    if not own or set(own) == {"group"}:
        return value["value"]
    return {**own, "value": value["value"]} if "purpose" in own else own
