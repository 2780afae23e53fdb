"""The queue and the findings as sheets: a workbook, CSV files, Parquet files.

No cell of them can run: in a workbook all text is text, in CSV a formula sign is quoted. Parquet has types and needs
neither. Identifiers keep their zeros, money is a number of cents, a day a date.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.output.cells import guarded
from pipeline.output.columns import SHEETS, Column, Kind
from pipeline.output.frames import findings, requirements, worklist
from pipeline.values.letter import Document
from pipeline.values.task import Task

_CELL_LIMIT = 32_767
_CONTROL = {code: None for code in range(32) if code not in (9, 10)}
_WIDEST = 60
_LOOKED_AT = 200
"""So many rows decide how wide a column is shown."""
_FORMATS = {Kind.MONEY: "#,##0.00", Kind.DAY: "yyyy-mm-dd", Kind.ID: "@", Kind.TEXT: "@"}
_MONEY = pa.decimal128(14, 2)
_TYPES = {Kind.MONEY: _MONEY, Kind.DAY: pa.date32(), Kind.NUMBER: pa.float64(), Kind.YES_NO: pa.bool_()}


def workbook(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    """One workbook: a sheet each, the meaning of every column, and what it was made of."""
    path = out / f"denials-worklist-{today:%Y-%m-%d}.xlsx"
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for name, frame in _frames(tasks, documents, today).items():
            _sheet(writer, name, frame, SHEETS[name])
        _sheet(writer, "columns", dictionary(), _DICTIONARY)
        about = [("made on", f"{today:%Y-%m-%d}"), ("tasks", str(len(tasks))), ("documents", str(len(documents)))]
        _sheet(writer, "about", pd.DataFrame(about, columns=[c.name for c in _ABOUT]), _ABOUT)
    return [path]


def csv_files(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    """One CSV file a sheet, and one with the meaning of every column."""
    paths = []
    for name, frame in {**_frames(tasks, documents, today), "columns": dictionary()}.items():
        path = out / f"denials-{name}-{today:%Y-%m-%d}.csv"
        guarded(frame).to_csv(path, index=False, quoting=1)
        paths.append(path)
    return paths


def parquet_files(tasks: Sequence[Task], documents: Sequence[Document], out: Path, today: date) -> list[Path]:
    """One Parquet file a sheet; the meaning of a column stands in its metadata."""
    paths = []
    for name, frame in _frames(tasks, documents, today).items():
        path = out / f"denials-{name}-{today:%Y-%m-%d}.parquet"
        schema = pa.schema([_field(column) for column in SHEETS[name]])
        frame.to_parquet(path, engine="pyarrow", index=False, schema=schema)
        paths.append(path)
    return paths


def dictionary() -> pd.DataFrame:
    """Every column of every sheet with its kind and meaning."""
    rows = [(name, c.name, c.kind.value, c.meaning) for name, columns in SHEETS.items() for c in columns]
    return pd.DataFrame(rows, columns=[c.name for c in _DICTIONARY])


def _text_columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, kind=Kind.TEXT, meaning="") for name in names)


_DICTIONARY = _text_columns("sheet", "column", "kind", "meaning")
_ABOUT = _text_columns("what", "value")


def _frames(tasks: Sequence[Task], documents: Sequence[Document], today: date) -> dict[str, pd.DataFrame]:
    return {
        "worklist": worklist(tasks, today=today),
        "requirements": requirements(tasks),
        "findings": findings(documents),
    }


def _sheet(writer: Any, name: str, frame: pd.DataFrame, columns: Sequence[Column]) -> None:
    clean = frame.copy()
    for column in columns:
        clean[column.name] = [_cell(value, column.kind) for value in clean[column.name]]
    clean.to_excel(writer, sheet_name=name.capitalize(), index=False)
    sheet, book = writer.sheets[name.capitalize()], writer.book
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(clean)), max(0, len(columns) - 1))
    for number, column in enumerate(columns):
        shown = [len(str(value)) for value in clean[column.name].head(_LOOKED_AT)]
        width = min(_WIDEST, max([len(column.name), *shown]) + 2)
        style = {"num_format": _FORMATS[column.kind]} if column.kind in _FORMATS else {}
        sheet.set_column(number, number, width, book.add_format({**style, "valign": "top"}))


def _cell(value: Any, kind: Kind) -> Any:
    """Text without the control characters a workbook cannot hold, cut with a mark where a cell would cut silently."""
    if kind is Kind.MONEY:
        return None if pd.isna(value) else float(value)
    if not isinstance(value, str):
        return value
    text = value.translate(_CONTROL)
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - 12] + " [shortened]"


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _TYPES.get(column.kind, pa.string()), metadata={"meaning": column.meaning})
