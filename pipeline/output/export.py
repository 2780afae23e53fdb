"""Files for people and programs. File names carry the kind and the day, never a patient. Files are private (0600)."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.output.calendar import calendar
from pipeline.output.fhir import bundle
from pipeline.output.outbox import deliver
from pipeline.output.schema import schema_of
from pipeline.output.sheets import csv_files, parquet_files, workbook
from pipeline.values.contract import to_json
from pipeline.values.letter import Document, Finding, Letter
from pipeline.values.task import Task, TaskState

_Writer = Callable[[Sequence[Task], Sequence[Document], Path, date], list[Path]]


class ExportFormat(StrEnum):
    """What ``denials export`` writes."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"
    FHIR = "fhir"
    ICS = "ics"
    GOLD = "gold"


def export(
    tasks: Sequence[Task], documents: Sequence[Document], *, kind: ExportFormat, out: Path, today: date
) -> list[Path]:
    """Write the queue and the extracted results into ``out`` (made if missing); the files written.

    Each file appears whole under its name (see ``outbox``), so ``out`` may be a folder that another program watches.

    Raises:
        UsageError: ``out`` cannot be written to.
    """
    return deliver(out, lambda folder: _WRITERS[kind](tasks, documents, folder, today))


def _ics(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    path = out / f"denials-deadlines-{today:%Y-%m-%d}.ics"
    path.write_text(calendar([task for task in tasks if task.state not in _OVER], today=today), newline="")
    return [path]


_OVER = frozenset({TaskState.CLOSED, TaskState.WRITTEN_OFF, TaskState.UPHELD})


def _fhir(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    path = out / f"denials-bundle-{today:%Y-%m-%d}.fhir.json"
    path.write_text(_dumped(bundle(tasks, documents, today=today)), encoding="utf-8")
    return [path]


def _json(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    """The values as the contract shows them, each with the schema that it keeps to."""
    paths = []
    for name, values in (("tasks", tasks), ("documents", documents)):
        path = out / f"denials-{name}-{today:%Y-%m-%d}.json"
        path.write_text(_dumped([to_json(v) for v in values]), encoding="utf-8")
        schema = out / f"denials-{name}.schema.json"
        schema.write_text(_dumped(schema_of(name)), encoding="utf-8")
        paths += [path, schema]
    return paths


def _dumped(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False)


def _gold(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    """Answers in the shape of gold, one file a document, named by its id: a start for checking by hand."""
    paths = []
    for document in documents:
        path = out / f"{document.document_id}.gold.json"
        letters = [_gold_letter(letter) for letter in document.letters]
        path.write_text(_dumped({"letters": letters}), encoding="utf-8")
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


_WRITERS: dict[ExportFormat, _Writer] = {
    ExportFormat.XLSX: workbook,
    ExportFormat.CSV: csv_files,
    ExportFormat.JSON: _json,
    ExportFormat.PARQUET: parquet_files,
    ExportFormat.FHIR: _fhir,
    ExportFormat.ICS: _ics,
    ExportFormat.GOLD: _gold,
}
