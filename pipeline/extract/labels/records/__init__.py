"""Letters that come as records: what their keys, columns and segments announce, where labels alone do not tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.labels.records.coded import Coded, coded
from pipeline.extract.labels.records.entry import Entry
from pipeline.extract.labels.records.indented import indented
from pipeline.extract.labels.records.objects import objects
from pipeline.extract.labels.records.rows import rows
from pipeline.extract.labels.records.segments import (
    SEGMENT,
    codes_of_segments,
    person_of_segment,
    segments,
    totals_of_segments,
)
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole

__all__ = ["SEGMENT", "Coded", "Entry", "Records", "person_of_segment", "read_records"]


@dataclass(frozen=True, slots=True)
class Records:
    """What the records of a text announce.

    No label alone is believed of a value that begins at one of ``keyed``, nor of anything within ``told``.
    """

    entries: tuple[Entry, ...]
    keyed: frozenset[int]
    told: tuple[tuple[int, int], ...]
    codes: tuple[Coded, ...]

    def tell_of(self, start: int) -> bool:
        """Whether a record says itself what begins at a place."""
        return start in self.keyed or any(first <= start <= last for first, last in self.told)


def read_records(text: str, *, known: LabelPattern, roles: Sequence[LabelRole]) -> Records:
    """The records of a text: objects in braces, keys under keys, rows under column names, segments."""
    found = objects(text, known=known, roles=roles)
    under = list(indented(text, known=known, roles=roles))
    listed = rows(text, known=known, roles=roles)
    sent = list(segments(text))
    entries = (
        *found.entries, *(one for one, _ in under if one), *listed.entries, *(one for told, _ in sent for one in told),
        *totals_of_segments(text),
    )  # fmt: skip
    keyed = frozenset(start for start, _ in (*found.silent, *(span for _, span in under)))
    codes = (*coded((*found.named, *listed.named), text), *codes_of_segments(text))
    return Records(entries, keyed, (*listed.spans, *(span for _, span in sent)), codes)
