"""Units of injections as written, and the days they belong to: one of its own, or that of the service."""

import re
from collections.abc import Iterator, Sequence

from pipeline.charts.clinical import Subject
from pipeline.charts.dates import Written, dates_in
from pipeline.charts.statements import Statement

UNITS = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})?|\d{1,5}(?:\.5)?)\s*(?:-?\s?units?\b|U\b)"
    r"(?!\s*(?:vial|per|/(?!\s?\d+\s?sites|\s?(?:[5-9]|\d\d)\s?mL)|to 1 ?mL|in \d+ ?mL vial))"
    r"|\(\s*(?P<n3>\d{2,4})\s+(?:in\s+)?total\s*\)"
    # "TOTAL INJECTED 200", a sum that leaves out its unit
    r"|\btotal\s+(?:dose\s+|units\s+|amount\s+)?(?:injected|given|administered)\W{1,8}(?P<n2>\d{2,4})\b(?!\s*(?:mL|cc|sites|%|[.-]\d))",
    re.IGNORECASE,
)
EARLIER = re.compile(r"\b(?:last|prior|previous|preceding|earlier)\b[^.;\d]{0,40}$", re.IGNORECASE)
WHOLE_DAY = 10


def number_in(m: re.Match[str]) -> float:
    """The units of a match of ``UNITS``."""
    return float((m["n"] or m["n2"] or m["n3"]).replace(",", ""))


def day_by_day(statement: Statement, days: Sequence[Written]) -> Iterator[tuple[str, float]]:
    """The units of each day where a list gives every day its own: "8/12/25 (155 u), 2/3/26 (175 u)"."""
    amounts = [*UNITS.finditer(statement.text)]
    if len(days) < _SEVERAL or len(amounts) != len(days):
        return
    order = sorted([(d.start, "day") for d in days] + [(m.start(), "units") for m in amounts])
    if all(order[n][1] == order[0][1] and order[n + 1][1] != order[0][1] for n in range(0, len(order), 2)):
        yield from ((day.iso, number_in(m)) for day, m in zip(days, amounts, strict=True))


def day_of_service(statements: Sequence[Statement]) -> Written | None:
    """The one day that a document names as that of its service or procedure."""
    found = {
        m["day"]: dates_in(m["day"])
        for s in statements for m in _SERVICE.finditer(s.text) if not EARLIER.search(s.text[: m.end()])
    }  # fmt: skip
    days = [written[0] for written in found.values() if written and len(written[0].iso) == WHOLE_DAY]
    return days[0] if len(days) == 1 else None


_SERVICE = re.compile(
    r"\b(?:date of (?:service|procedure|injection|treatment)|DOS|procedure date|injection date"
    r"|service date)\b\W{0,3}(?P<day>[\dA-Z][\w/,. -]{5,18})"
)
_SEVERAL = 2


def is_by_part(statement: Statement, text: str) -> bool:
    """Whether every amount of a statement's ``text`` stands right behind the side and muscle that it was given to."""
    return bool(statement.of(Subject.MUSCLE)) and all(
        _SIDE_BEFORE.search(text[max(0, m.start() - 40) : m.start()]) for m in UNITS.finditer(text)
    )


_SIDE_BEFORE = re.compile(r"\b(?:[RL]|[RL]t|right|left)\.?\s+[A-Za-z][A-Za-z ]{2,30}$")
