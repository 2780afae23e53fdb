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
_OUT_OF = re.compile(r"\s*(?:/|(?:out )?of)\s*(?P<most>\d{1,3})(?![\d/])")
_OTHER = r"(?:sev(?:erity)?|dis(?:ability)?|freq(?:uency)?|pain|total|sum)\b"
_ENDS = re.compile(
    rf"\s*(?:$|\d|[^\w\s/-]|-+[>\s]|/(?:\s|{_OTHER})|(?:(?:and|with|plus)\s+(?:an?\s+|the\s+)?)?{_OTHER}"
    r"|(?:today|now|current(?:ly)?|this|last|before|prior|pre|post|after|from|down|up|vs|versus|compared|improved|baseline)\b"
    r"|(?:on|in)\s+(?:\d|today|(?-i:[A-Z]))|at\s+(?:\d|baseline|week|wk|month|visit|start|peak|this|last|her|his|the))",
    re.IGNORECASE,
)
"""Behind a value: its end or its time, and no noun that it counts ("severity 3 headaches", "pain 6 in the neck")."""
_SENTENCE = re.compile(r"[.!?]\s")
_PAIN = re.compile(r"[\s:(-]*pain\b", re.IGNORECASE)


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
    scale: Scale, hit: Hit, until: int, ordered: Sequence[Statement], *, prose: str
) -> Iterator[tuple[Statement, str, float, bool]]:
    """Each part's value, with its statement, its name and whether it is an old one.

    ``ordered`` begins with the statement of ``hit``, whose words of it end at ``until``; a form's lines follow, and no
    sentence on the same line of ``prose``, the text of them all. Pain is a word of every note: it is a part only right
    behind the name of its scale or beside another part.
    """
    if not scale.parts:
        return
    own, *below = ordered
    found = list(_told(scale, own, hit.end, until))
    if not found and until == len(own.text):
        end = own.start + len(own.text)
        for statement in below[:_FORM]:
            between = prose[end - 1 : statement.start]
            if statement.of(Subject.SCALE) or ("\n" not in between and _SENTENCE.search(between)):
                break
            if _opens(scale, statement.text):
                found += _told(scale, statement, 0, len(statement.text))
    pain = part_name(scale.id, "pain")
    if _PAIN.match(own.text, hit.end) or any(name != pain for _, name, _, _ in found):
        yield from found


def _opens(scale: Scale, text: str) -> bool:
    return any(re.match(rf"\W*(?:[IVX1-3]+[.)]?\s+)?(?:\w+\s)?{part}\b", text, re.IGNORECASE) for part in scale.parts)


def _told(scale: Scale, statement: Statement, begin: int, end: int) -> Iterator[tuple[Statement, str, float, bool]]:
    for part, bounds in scale.parts.items():
        short = part[:4] if part != "pain" else part
        pattern = re.compile(rf"\b(?:{part}|{short}|{short[:3]})\b{_VALUE}", re.IGNORECASE)
        for m in pattern.finditer(statement.text, begin, end):
            lead = statement.text[begin : m.start()]
            whole = _OUT_OF.match(statement.text, m.end())
            if (
                _AIM.search(lead)
                or (whole and float(whole["most"]) != bounds.high)
                or not _ENDS.match(statement.text, whole.end() if whole else m.end())
                or _MOVED.match(statement.text, m.end())
                or not bounds.low <= float(m["v"]) <= bounds.high
            ):
                continue
            old = _BEFORE.search(lead) is not None or _THEN.match(statement.text, m.end()) is not None
            yield statement, part_name(scale.id, part), float(m["v"]), old
