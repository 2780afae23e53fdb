"""The service that was decided on, as printed."""

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.candidates import SUPPORT, Candidate, choose
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.language import Reading
from pipeline.values.letter import Finding

_CODE_ONLY = re.compile(r"^(?:CPT|HCPCS)?[\s:#]*[A-Z]?\d{4,5}[A-Z]?(?:\s*[x×]\s*\d+)?$", re.IGNORECASE)
_CODE_THEN = re.compile(r"^(?:CPT|HCPCS)[\s/:#]*[A-Z]?\d{4}[A-Z\d]?\s*[-–—(]\s*(?P<words>[^)]{4,})", re.IGNORECASE)
_LONGEST = 160


def find_service(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> Finding | None:
    """The service's description."""
    candidates = []
    for label in labels.get("service_description", ()):
        if label.how is How.INLINE:
            continue
        end = _wrapped(reading, label) if label.tail else label.end
        text = reading.text.content[label.start : end]
        inner = _CODE_THEN.match(text)
        start, stop = (
            (label.start + inner.start("words"), label.start + inner.end("words")) if inner else (label.start, end)
        )
        words = " ".join(reading.text.content[start:stop].split())
        if len(words) < 4 or len(words) > _LONGEST or _CODE_ONLY.match(words) or not re.search(r"[A-Za-z]{3}", words):
            continue
        candidates.append(
            Candidate(
                value=words, start=start, end=stop, support=SUPPORT[label.how] - 0.1, rule="field.service_description"
            )
        )
    return choose(reading, candidates)


def _wrapped(reading: Reading, label: Labelled) -> int:
    """The end of a value that goes on in the next line, set in under itself."""
    end, line = label.end, label.line
    column = next((c.left for c in line.cells if c.start <= label.start < c.end), None)
    indent = label.start - line.start
    for row in reading.lines[line.number + 1 : line.number + 3]:
        if len(row.cells) != 1 or ":" in row.cells[0].text or column is None:
            break
        same_column = abs(row.cells[0].left - column) < 3 and len(line.cells) > 1
        hanging = row.cells[0].start - row.start >= max(8, indent - 2)
        if not (same_column or hanging):
            break
        end = row.cells[0].end
    return end
