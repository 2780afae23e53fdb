"""Scales told muscle by muscle: "MAS: elbow flexors 2, finger flexors 3", or a row a muscle under the scale's name."""

import re
from collections.abc import Iterator, Sequence

from pipeline.charts.clinical import Subject
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Scale

_ROWS = 14
"""So many rows a table of muscles has at most."""
_ONE = r"(?P<v>[0-4])(?P<half>\s?\+)?(?:\s*/\s*(?:4|5)(?!\d))?(?![\d.%]|\s*(?:mg|units?|deg|wks?|weeks?|times|x\b|/7))"
_BOUND = re.compile(
    r"(?:[<>\u2264\u2265]|than|under|below|at least|at most|up to|goal|target)\s*(?:of\s*)?$", re.IGNORECASE
)
_AFTER = re.compile(rf"[^,;\d]{{0,24}}?(?<![\d.-]){_ONE}")
_RULE = re.compile(r"[\s|:+=_-]*")
"""The line between the heads of a table and its rows."""
_BESIDE = re.compile(rf"[\s|,/LR:-]{{1,12}}{_ONE}")
"""The value of the other side: ``Knee flexors   2   1+``."""


def muscle_values(
    scale: Scale, hit: Hit, until: int, ordered: Sequence[Statement]
) -> Iterator[tuple[Statement, float]]:
    """Each value that follows the name of a scale, with its statement: in its own one, then row by row.

    ``ordered`` begins with the statement of ``hit``; ``until`` is where the next scale is named in it.
    """
    own, *below = ordered
    yield from ((own, value) for value in _values(own, hit.end, until, scale))
    for statement in below[:_ROWS] if until == len(own.text) else ():
        if _RULE.fullmatch(statement.text):
            continue
        values = () if statement.of(Subject.SCALE) else tuple(_values(statement, 0, len(statement.text), scale))
        if not values:
            return
        yield from ((statement, value) for value in values)


def _values(statement: Statement, begin: int, end: int, scale: Scale) -> Iterator[float]:
    hits = [h for h in statement.of(Subject.MUSCLE) if begin <= h.start < end]
    for number, hit in enumerate(hits):
        until = hits[number + 1].start if number + 1 < len(hits) else end
        m = _AFTER.match(statement.text, hit.end, until)
        while m is not None:
            value = float(m["v"]) + (0.5 if m["half"] and m["v"] == "1" else 0)
            lead = statement.text[hit.end : m.start("v")]
            if scale.low <= value <= scale.high and not _BOUND.search(lead):
                yield value
            m = _BESIDE.match(statement.text, m.end(), until)
