"""ZIP archives, with the old and the AES encryption."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyzipper

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.containers.inner import Budget, Inner, shown_name
from pipeline.values.limits import Limits

_OF_NO_INTEREST = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems put beside a person's files."""
_ENCRYPTED = 0x1


def archived(data: bytes, *, limits: Limits, password: str | None) -> Iterator[Inner]:
    """The files of an archive, in order.

    Sizes that the archive states are checked before a byte is unpacked, and unpacking stops where they were lies.
    Raises ``DocumentError``: encrypted (no password, or a wrong one), too_large, incomplete, corrupt.
    """
    budget = Budget(limits)
    with _opened(data) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir() and not _is_litter(e.filename)]
        if len(entries) > limits.max_members or sum(e.file_size for e in entries) > limits.max_unpacked_bytes:
            raise DocumentError(ProblemCode.TOO_LARGE)
        if password is None and any(e.flag_bits & _ENCRYPTED for e in entries):
            raise DocumentError(ProblemCode.ENCRYPTED)
        archive.setpassword(password.encode() if password else None)
        for number, entry in enumerate(entries, start=1):
            inner = _taken_out(archive, entry, name=shown_name(entry.filename, otherwise=f"file {number}"), most=budget)
            budget.spend(len(inner.data or b""))
            yield inner


def _is_litter(name: str) -> bool:
    """Whether an entry was put there by a system and not by a person."""
    return any(part in name for part in _OF_NO_INTEREST)


def _taken_out(archive: Any, entry: Any, *, name: str, most: Budget) -> Inner:
    try:
        with archive.open(entry) as stream:
            data: bytes = stream.read(most.bytes_left + 1)
        if len(data) > most.bytes_left:
            raise DocumentError(ProblemCode.TOO_LARGE)
        return Inner(name=name, data=data)
    except NotImplementedError:  # a compression that nobody here knows
        return Inner(name=name, problem=ProblemCode.UNSUPPORTED_TYPE)
    except RuntimeError:  # its way to say that the password is wrong
        raise DocumentError(ProblemCode.ENCRYPTED) from None
    except (pyzipper.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        if entry.flag_bits & _ENCRYPTED:  # a wrong password can pass the first check and fail at the end
            raise DocumentError(ProblemCode.ENCRYPTED) from None
        return Inner(name=name, problem=ProblemCode.CORRUPT)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (pyzipper.BadZipFile, ValueError, NotImplementedError, OverflowError):
        whole = b"PK\x05\x06" in data[-70_000:]  # the end of the directory, and the longest comment after it
        raise DocumentError(ProblemCode.CORRUPT if whole else ProblemCode.INCOMPLETE) from None
