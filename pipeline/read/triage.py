"""What a file is, by its content alone: a name can lie, the first bytes rarely do."""

from enum import Enum, auto

from pipeline.errors import DocumentError, ProblemCode
from pipeline.values.limits import Limits

_HEAD = 1024
"""Readers of PDF accept the header anywhere in the first 1024 bytes (PDF 1.7, annex H.3.4.1)."""

_FOREIGN = (
    b"PK\x03\x04",  # ZIP, DOCX, XLSX
    b"PK\x05\x06",
    b"MZ",  # Windows program
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",  # OLE: DOC, XLS, MSG
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"GIF8",
    b"{\\rtf",
)
_TEXT_BREAKS = frozenset("\t\n\r\f")


class FileKind(Enum):
    """The kinds of file that are read."""

    PDF = auto()
    IMAGE = auto()
    TEXT = auto()


def kind_of(data: bytes, limits: Limits) -> FileKind:
    """The kind of a file. Raises ``DocumentError``: empty, too_large, unsupported_type."""
    if not data.strip(b"\0 \t\r\n\f"):
        raise DocumentError(ProblemCode.EMPTY)
    if len(data) > limits.max_bytes:
        raise DocumentError(ProblemCode.TOO_LARGE)
    if data.startswith(_FOREIGN):
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return FileKind.IMAGE
    if b"%PDF-" in data[:_HEAD]:
        return FileKind.PDF
    if _is_text(data):
        return FileKind.TEXT
    raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)


def decoded(data: bytes) -> str:
    """The text of a UTF-8 file, without a byte order mark, line ends as newlines."""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    control = sum(1 for ch in text[:65536] if ch < " " and ch not in _TEXT_BREAKS)
    return control == 0
