"""The parts of a scale that have values of their own: "TWSTRS: severity 18, disability 15, pain 10"."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.charts.clinical import Subject
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Scale, ScalePart

_FORM = 8
"""So many lines below its name a form tells the parts of a scale."""
_VALUE = (
    r"(?:\s+(?:sub-?)?(?:scale|score))?\s*(?:\([^)]{0,20}\)|is|was|of|score|[|:=\s])*\s*"
    r"(?P<v>\d{1,2}(?:\.\d{1,2})?)(?![\d%]|\.\d|\s*(?:%|-\s*\d|to\s*\d|mg|units?|wks?|weeks?|points?|days?))"
)
_BEFORE = re.compile(
    r"\b(?:baseline|before|prior|previous\w*|pre-?(?:treatment|botox|tx|inj\w*)?|was|were|from|last)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\s*\(?(?:at|before|prior to|pre-?)\s*(?:baseline|treatment|botox|toxin|tx|inj\w*|starting)", re.IGNORECASE
)
_AIM = re.compile(r"\b(?:goal|target|aim|if|max(?:imum)?|range)\b[^.;]{0,30}$", re.IGNORECASE)
_MOVED = re.compile(r"\s*(?:-+>|=>|\u2192|to\b)\s*\d")


def part_name(scale: str, part: str) -> str:
    """How the score of a part is named."""
    return f"{scale} {part}"


def part_of(label: str, scale: Scale) -> str | None:
    """The part of a scale that a label names."""
    return next((part for part in scale.parts if re.search(rf"\b{part}\b", label, re.IGNORECASE)), None)


def named_part(name: str, scales: Mapping[str, Scale]) -> ScalePart | None:
    """The part of a scale by the name of its score."""
    scale, _, part = name.partition(" ")
    return scales[scale].parts.get(part) if scale in scales else None


def part_values(
    scale: Scale, hit: Hit, until: int, ordered: Sequence[Statement]
) -> Iterator[tuple[Statement, str, float, bool]]:
    """Each part's value, with its statement, its name and whether it is an old one.

    ``ordered`` begins with the statement of ``hit``, whose words of it end at ``until``; a form's lines follow.
    """
    if not scale.parts:
        return
    own, *below = ordered
    found = list(_told(scale, own, hit.end, until))
    if not found and until == len(own.text):
        for statement in below[:_FORM]:
            if statement.of(Subject.SCALE):
                break
            if _opens(scale, statement.text):
                found += _told(scale, statement, 0, len(statement.text))
    yield from found


def _opens(scale: Scale, text: str) -> bool:
    return any(re.match(rf"\W*(?:[IVX1-3]+[.)]?\s+)?(?:\w+\s)?{part}\b", text, re.IGNORECASE) for part in scale.parts)


def _told(scale: Scale, statement: Statement, begin: int, end: int) -> Iterator[tuple[Statement, str, float, bool]]:
    for part, bounds in scale.parts.items():
        short = part[:4] if part != "pain" else part
        pattern = re.compile(rf"\b(?:{part}|{short}|{short[:3]})\b{_VALUE}", re.IGNORECASE)
        for m in pattern.finditer(statement.text, begin, end):
            lead = statement.text[begin : m.start()]
            if (
                _AIM.search(lead)
                or _MOVED.match(statement.text, m.end())
                or not bounds.low <= float(m["v"]) <= bounds.high
            ):
                continue
            old = _BEFORE.search(lead) is not None or _THEN.match(statement.text, m.end()) is not None
            yield statement, part_name(scale.id, part), float(m["v"]), old
