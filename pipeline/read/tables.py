"""A CSV file or a workbook as rows of text. Nothing in it is run: of a formula the value that was saved is read.

Bounded before it is read: the file, what a workbook unpacks to, rows and columns.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.errors import DocumentError, ProblemCode

MOST_BYTES, MOST_UNPACKED = 50_000_000, 400_000_000
MOST_ROWS, MOST_COLUMNS = 200_000, 300
_DELIMITERS = ",;\t|"
_ZIP = b"PK\x03\x04"


def table_rows(data: bytes, *, sheet: str | None = None) -> list[list[str]]:
    """The rows of a CSV file or of a workbook's sheet (its first where none is named), cells as text.

    Raises ``DocumentError``: empty, too_large, unsupported_type (an old or encrypted workbook), corrupt.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError(ProblemCode.TOO_LARGE)
    if not data.strip():
        raise DocumentError(ProblemCode.EMPTY)
    rows = list(_bounded(_workbook(data, sheet) if data.startswith(_ZIP) else _lines(data)))
    if not rows:
        raise DocumentError(ProblemCode.EMPTY)
    return rows


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS or len(row) > MOST_COLUMNS:
            raise DocumentError(ProblemCode.TOO_LARGE)
        yield [cell.strip() for cell in row]


def _lines(data: bytes) -> Iterator[list[str]]:
    if data.startswith(b"\xd0\xcf\x11\xe0") or b"\0" in data[:4096]:
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what spreadsheet programs save on Windows
    head = text[:20_000]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise DocumentError(ProblemCode.CORRUPT) from None


def _workbook(data: bytes, sheet: str | None) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise DocumentError(ProblemCode.TOO_LARGE)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            if sheet is not None and sheet not in book.sheetnames:
                raise DocumentError(ProblemCode.EMPTY)
            chosen = book[sheet] if sheet is not None else book[book.sheetnames[0]]
            for row in chosen.iter_rows(max_col=MOST_COLUMNS, values_only=True):
                yield [_text(value) for value in row]
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, EOFError, SyntaxError):
        raise DocumentError(ProblemCode.CORRUPT) from None


def _text(value: object) -> str:
    """A cell as it would be typed: a whole number without a point, a day as ISO.

    >>> _text(12345.0), _text(None), _text(datetime(2026, 1, 5))
    ('12345', '', '2026-01-05')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
