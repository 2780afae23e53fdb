"""Numbers of scanned pages that nothing explains: no label announces them, and no value of the letter holds them.

What is printed like an identifier is one, and where its label is lost it is nobody's. Of 460 scans and faxes nine had
such a number; seven times it was one of their own that was lost (decision 0063).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from pipeline.extract.candidates import same_value
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.shapes import DATE
from pipeline.language import Reading
from pipeline.language.reading import Cell, page_at
from pipeline.values.letter import Letter
from pipeline.values.text import Method

_NUMBER = re.compile(r"(?!(?:1{0,2}-)?\d{3}-\d{3}-\d{2,4}$)(?=(?:[A-Z-]*\d){5})[A-Z0-9][A-Z0-9-]{4,}[A-Z0-9]")
_SIGNS = " |[](){}_~'\"“”‘’.,:;*"
_OTHER_THINGS = re.compile(
    r"\b(?:(?:fax|tel|telephone|phone|call|box|form|printed on)\W*\S+|(?-i:[A-Z]{2})\W+\d{5}-\d{4}\W*)$", re.IGNORECASE
)
"""The number of a telephone, of a letter box or of a form with what stands before it, and a state with a ZIP code."""
_CODE = re.compile(r"[JQ]\d{4}(?:[A-Z]{2})?\d{0,3}")
"""A drug's procedure code with what a scan joined to it: its modifier or its units."""
_NEAR = 14
"""Letters behind a label in running text, within which it may announce a number."""
_SHORT = 40
"""Letters of a value; what is longer is a sentence or an address that may hold any number."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A number that nothing explains; ``in_prose``: words stand beside it in its cell."""

    value: str
    in_prose: bool


def unexplained(reading: Reading, labels: Mapping[str, Sequence[Labelled]], letter: Letter) -> Iterator[Unexplained]:
    """The numbers of scanned pages that nothing explains, in order of place."""
    announced = list(_announced(labels))
    explained: set[str] | None = None
    for line in reading.lines:
        if page_at(reading.text, line.start).method is Method.TEXT:
            continue
        for cell in line.cells:
            for start, value in _numbers(cell):
                if any(first < start + len(value) and end > start for first, end in announced):
                    continue
                explained = set(_values(letter)) if explained is None else explained
                if not any(same_value(value) in one for one in explained):
                    yield Unexplained(value, in_prose=len(cell.text.strip(_SIGNS)) > len(value))


def _numbers(cell: Cell) -> Iterator[tuple[int, str]]:
    for word in re.finditer(r"\S+", cell.text):
        hit = _NUMBER.fullmatch(word[0].strip(_SIGNS))
        if hit is None or DATE.fullmatch(hit[0]) or _CODE.fullmatch(hit[0]):
            continue
        if not _OTHER_THINGS.search(cell.text[: word.end()]):
            yield cell.start + word.start(), hit[0]


def _announced(labels: Mapping[str, Sequence[Labelled]]) -> Iterator[tuple[int, int]]:
    for ones in labels.values():
        for one in ones:
            yield one.start, min(one.end, one.start + _NEAR) if one.how is How.INLINE else one.end


def _values(value: object) -> Iterator[str]:
    """Whatever a letter holds that is short, as values are compared; and what a citation cites."""
    if isinstance(value, str):
        if len(value) <= _SHORT:
            yield same_value(value)
    elif isinstance(value, Collection):
        for one in value:
            yield from _values(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _values(getattr(value, field.name))
