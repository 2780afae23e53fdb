"""An approval against what is needed: units, dates, codes, site and number; what it does not print is not agreed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.plan.situation import Situation
from pipeline.plan.timeline import service_days
from pipeline.plan.today import Today
from pipeline.values.letter import Authorization, Letter

_UNITS = re.compile(r"\b(?P<units>\d[\d,]*)\s*(?:units?|U)\b", re.IGNORECASE)
_DRUG_LINE = re.compile(r"[JQ]\d{4}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What was asked for: units of the drug, codes of the services, days of service; empty or None where not known."""

    units: float | None
    codes: tuple[str, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """How an approval stands to the need: what differs, what it leaves open, both in words, and its number and end."""

    differs: tuple[str, ...]
    open: tuple[str, ...]
    number: str | None
    until: date | None


def approval_of(
    situation: Situation, *, locations: Sequence[str], ordered: Callable[[Letter], float | None]
) -> Approval | None:
    """The level's last decision against what its letters ask for; None where no decision came.

    ``locations`` are ours (practice.yaml), ``ordered`` gives the units that the patient's chart orders.
    """
    decision = situation.level.closer
    if decision is None:
        return None
    need = need_of(situation, ordered(situation.letter))
    codes = tuple(found.value for found in decision.procedure_codes if found.value)
    given = decision.authorizations or (None,)
    compared = [_compared(one, codes, need, locations, situation.today) for one in given]
    return min(compared, key=lambda found: (len(found.differs), len(found.open)))


def need_of(situation: Situation, ordered: float | None) -> Need:
    """What the letters of the level, and the order in the chart, ask for."""
    letters = [c.letter for c in situation.level.letters]
    told = [found for letter in letters for found in _printed_units(letter)]
    units = [ordered] if ordered else told
    codes = (found.value for letter in letters for found in letter.procedure_codes if found.value)
    days = (day for letter in letters for day in service_days(letter))
    return Need(units=max(units, default=None), codes=tuple(dict.fromkeys(codes)), days=tuple(sorted(set(days))))


def _printed_units(letter: Letter) -> Iterable[float]:
    for hit in _UNITS.finditer(letter.service_description.value or "") if letter.service_description else ():
        yield float(hit["units"].replace(",", ""))
    for line in (line for claim in letter.claims for line in claim.lines):
        digits = re.sub(r"[^\d.]", "", line.units or "")
        if line.code and _DRUG_LINE.match(line.code) and digits:
            yield float(digits)


def _compared(
    given: Authorization | None, codes: Sequence[str], need: Need, locations: Sequence[str], today: Today
) -> Approval:
    differs: list[str] = []
    left: list[str] = []
    number = given.number if given is not None else None
    start, end = (_day(given.from_), _day(given.to)) if given is not None else (None, None)
    for found in (
        _units(given, need),
        _codes(tuple(given.codes) if given is not None and given.codes else codes, need),
        _days(start, end, need, today),
        _site(given, locations),
        (None, None if number else "the authorization number"),
    ):
        differs += [found[0]] if found[0] else []
        left += [found[1]] if found[1] else []
    return Approval(differs=tuple(differs), open=tuple(left), number=number, until=end)


_Found = tuple[str | None, str | None]
"""What differs, and what is left open: at most one of the two."""


def _units(given: Authorization | None, need: Need) -> _Found:
    if given is None or given.units is None:
        return None, "the units"
    if need.units is None:
        return None, f"whether {given.units} units are enough"
    if given.units < need.units:
        return f"it gives {given.units} units and {need.units:g} are needed", None
    return None, None


def _codes(given: Sequence[str], need: Need) -> _Found:
    if not given or not need.codes:
        return None, "the codes"
    missing = [code for code in need.codes if code not in given]
    return (f"it does not name {', '.join(missing)}", None) if missing else (None, None)


def _days(start: date | None, end: date | None, need: Need, today: Today) -> _Found:
    if start is None or end is None:
        return None, "from which day to which it holds"
    if need.days:
        outside = [day for day in need.days if not start <= day <= end]
        told = f"it holds from {start} to {end} and the service is of {', '.join(map(str, outside))}"
        return (told, None) if outside else (None, None)
    return (f"it ended on {end}", None) if today.passed(end) else (None, None)


def _site(given: Authorization | None, locations: Sequence[str]) -> _Found:
    if given is None or given.site is None:
        return None, "the place of service"
    if not locations:
        return None, f"whether {given.site} is ours"
    ours = any(_folded(place) in _folded(given.site) or _folded(given.site) in _folded(place) for place in locations)
    return (None, None) if ours else (f"it is for {given.site}, which is no place of ours", None)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
