"""The door to pyx12: an interchange as plain segments, its envelope checked.

A file whose envelope does not close, or whose counts do not agree, has lost or gained something on its way: money is
in it, so it is not read at all. Errors of pyx12 quote the file; here they become codes.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

import pyx12.errors
import pyx12.x12file

from pipeline.errors import DocumentError, ProblemCode

_ISA = re.compile(rb"ISA(?P<element>[^A-Za-z0-9\s])[ 0-9]{2}(?P=element)")
_ISA_LENGTH = 106
_UNCLOSED = frozenset({("st", "2"), ("gs", "3"), ("isa", "023"), ("isa", "024")})
"""What pyx12 reports where a trailer is missing."""
_WRONG_COUNT = frozenset({("st", "3"), ("st", "4"), ("gs", "4"), ("gs", "5"), ("isa", "001"), ("isa", "021")})
_LONGEST_SEGMENT = 8192
"""More than any segment of the guide can have; a longer one is a lost terminator."""


class Segment(NamedTuple):
    """A segment: its name, its elements (composites whole), what parts a composite, and its text."""

    name: str
    elements: tuple[str, ...]
    parting: str
    said: str

    def at(self, place: int) -> str:
        """The element at a place, counted from 1 as the guide does; empty where it was not sent."""
        return self.elements[place - 1].strip() if 0 < place <= len(self.elements) else ""

    def parts(self, place: int) -> list[str]:
        """The parts of the composite at a place."""
        return [part.strip() for part in self.at(place).split(self.parting)]


def is_interchange(data: bytes) -> bool:
    """Whether a file begins as an X12 interchange does."""
    return _ISA.match(_begun(data[: _ISA_LENGTH + 8])) is not None


def segments(data: bytes) -> Iterator[Segment]:
    """The segments of a file, in order. Raises ``DocumentError``: incomplete, corrupt, unsupported_type."""
    begun = _begun(data)
    if len(begun) < _ISA_LENGTH:
        raise DocumentError(ProblemCode.INCOMPLETE)
    # Guides allow ASCII with a few letters more; a byte that is neither is shown and harms no number.
    text = io.StringIO(begun.decode("utf-8", "replace"))
    try:
        reader = pyx12.x12file.X12Reader(text)
        for segment in reader:
            _check(reader.pop_errors())
            yield _plain(segment.format("", reader.ele_term, reader.subele_term), reader.ele_term, reader.subele_term)
        reader.cleanup()
        _check(reader.pop_errors())
    except (pyx12.errors.X12Error, pyx12.errors.EngineError, IndexError):
        raise DocumentError(ProblemCode.CORRUPT) from None


def _begun(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")


def _plain(said: str, element: str | None, parting: str | None) -> Segment:
    if len(said) > _LONGEST_SEGMENT:
        raise DocumentError(ProblemCode.CORRUPT)
    name, *elements = said.replace("\n", "").replace("\r", "").split(element or "*")
    return Segment(name, tuple(elements), parting or ":", said)


def _check(found: list[tuple[str, str, str, str | None, int | None]]) -> None:
    told = {(kind, code) for kind, code, *_ in found}
    if told & _WRONG_COUNT:
        raise DocumentError(ProblemCode.CORRUPT)
    if told & _UNCLOSED:
        raise DocumentError(ProblemCode.INCOMPLETE)
