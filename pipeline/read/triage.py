"""What a file is, by its content alone: a name can lie, the first bytes rarely do."""

import io
import zipfile
from enum import Enum, auto

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.containers.mail import is_mail
from pipeline.read.containers.outlook import is_outlook
from pipeline.read.x12.segments import is_interchange
from pipeline.values.limits import Limits

_HEAD = 1024
"""Readers of PDF accept the header anywhere in the first 1024 bytes (PDF 1.7, annex H.3.4.1)."""

_PDF = b"%PDF-"
_FOREIGN = (
    b"MZ",  # Windows program
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",  # OLE that is no Outlook message: DOC, XLS
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"GIF8",
    b"{\\rtf",
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIF = frozenset(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"))
_PACKAGE = "[Content_Types].xml"
"""What every file of the Open Packaging Conventions holds: Word, Excel, PowerPoint."""
_TEXT_BREAKS = frozenset("\t\n\r\f")


class FileKind(Enum):
    """The kinds of file that are read, and the containers that are opened."""

    PDF = auto()
    IMAGE = auto()
    TEXT = auto()
    WORD = auto()
    MAIL = auto()
    OUTLOOK = auto()
    ARCHIVE = auto()
    REMITTANCE = auto()


def kind_of(data: bytes, limits: Limits) -> FileKind:
    """The kind of a file. Raises ``DocumentError``: empty, too_large, unsupported_type."""
    if not data.strip(b"\0 \t\r\n\f"):
        raise DocumentError(ProblemCode.EMPTY)
    if len(data) > limits.max_bytes:
        raise DocumentError(ProblemCode.TOO_LARGE)
    if data.startswith(_ZIP):
        return _packaged(data)
    if is_outlook(data):
        return FileKind.OUTLOOK
    if data.startswith(_FOREIGN):
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    if data.startswith(_IMAGES) or data[4:12] in _HEIF:
        if _PDF in data[:_HEAD]:  # both at once: each program shows a person another document
            raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
        return FileKind.IMAGE
    if _PDF in data[:_HEAD]:
        return FileKind.PDF
    if is_interchange(data):
        return FileKind.REMITTANCE
    if is_mail(data):
        return FileKind.MAIL
    if _is_text(data):
        return FileKind.TEXT
    raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)


def _packaged(data: bytes) -> FileKind:
    """An archive, a Word file, or another program's package. Damage is told when it is opened as an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return FileKind.ARCHIVE
    if _PACKAGE not in names:
        return FileKind.ARCHIVE
    if "word/document.xml" in names:
        return FileKind.WORD
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
