"""Prior authorizations that the letter speaks of: given, on file, exceeded or expired; not the number of this request."""

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.candidates import SUPPORT
from pipeline.extract.labels import Labelled
from pipeline.extract.shapes import identifier
from pipeline.language import Reading
from pipeline.language.reading import finding
from pipeline.values.letter import Authorization

_INLINE = re.compile(
    r"\b(?:authorization|auth|approval|certification|precertification)\s*(?:number|no\.?|#)?\s*[:#]?\s*"
    r"(?P<id>(?=[A-Z0-9-]*\d)[A-Z]{1,6}[-]?[A-Z0-9][A-Z0-9-]{3,}|\d{6,})\b(?P<rest>[^.]{0,80})"
)
_GIVEN = re.compile(
    r"\b(?:approved|covers?|covered|allow(?:s|ed)|valid|expired?|authorized|for \d+ (?:units|visits)|on file|exceeds?|units|visits|is for)\b",
    re.IGNORECASE,
)


def find_authorizations(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> tuple[Authorization, ...]:
    """Each authorization once, in order of place."""
    found: dict[str, Authorization] = {}
    for label in labels.get("authorizations", ()):
        value = identifier(reading.text.content[label.start : label.end])
        if value:
            _add(found, reading, value[0], label.start + value[1], label.start + value[2], SUPPORT[label.how])
    for sentence in reading.doc.sents:
        for hit in _INLINE.finditer(sentence.text):
            if _GIVEN.search(hit.group("rest")):
                start = reading.prose.offsets[sentence.start_char + hit.start("id")]
                end = reading.prose.offsets[sentence.start_char + hit.end("id") - 1] + 1
                _add(found, reading, hit.group("id"), start, end, 0.8)
    return tuple(found.values())


def _add(found: dict[str, Authorization], reading: Reading, number: str, start: int, end: int, support: float) -> None:
    if number not in found:
        plain = finding(reading, (start, end), value=number, rule="field.authorizations", confidence=support)
        found[number] = Authorization(
            value=number, text=plain.text, page=plain.page, boxes=plain.boxes, confidence=plain.confidence,
            rule=plain.rule, number=number,
        )  # fmt: skip
