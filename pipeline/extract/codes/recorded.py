"""Codes that records name by their key, column or segment, beside those found by shape and context."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pipeline.extract.codes.service import with_dot
from pipeline.extract.labels import records_of
from pipeline.knowledge import Knowledge
from pipeline.language import Reading
from pipeline.language.reading import finding
from pipeline.values.letter import CarcCode, Finding

_NAMED = 0.9
_Code = TypeVar("_Code", bound=Finding)


def recorded(reading: Reading, knowledge: Knowledge, field: str) -> Iterator[Finding]:
    """The codes of a field; of modifiers and remark codes only those that the lists have."""
    lists = {"rarc": knowledge.codes.rarc.codes.keys(), "modifiers": knowledge.codes.services.modifiers}
    for one in records_of(reading, knowledge).codes:
        if one.field == field and (field not in lists or one.value in lists[field]):
            value = with_dot(one.value) if field == "diagnosis_codes" else one.value
            yield finding(reading, (one.start, one.end), value=value, rule=f"record.{field}", confidence=_NAMED)


def recorded_carc(reading: Reading, knowledge: Knowledge) -> Iterator[CarcCode]:
    """The adjustment reason codes that the list has, with the group that stands beside them."""
    for one in records_of(reading, knowledge).codes:
        if one.field == "carc" and one.value in knowledge.codes.carc.codes:
            base = finding(reading, (one.start, one.end), value=one.value, rule="record.carc", confidence=_NAMED)
            yield CarcCode(
                value=base.value, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence,
                rule=base.rule, group=one.group,
            )  # fmt: skip


def heads_a_row(reading: Reading, knowledge: Knowledge, one: CarcCode) -> bool:
    """Whether a code was found behind a column's name: what follows is the first cell of the next row."""
    behind = one.rule == "carc.label" and one.text.isdigit()
    spans = records_of(reading, knowledge).told if behind else ()
    return any(
        re.search(rf"[;,|][^;,|\n]*\n\W*{re.escape(one.text)}[;,|]", reading.text.content[first:last])
        for first, last in spans
    )


def together(found: Sequence[_Code], more: Iterable[_Code]) -> tuple[_Code, ...]:
    """Codes found and those of records, each value once, those of records behind."""
    known = {one.value for one in found}
    return (*found, *{one.value: one for one in more if one.value not in known}.values())
