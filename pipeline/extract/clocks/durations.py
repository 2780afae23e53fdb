"""Spans of time and printed days in a sentence: ``one hundred eighty (180) calendar days``, ``by January 24, 2027``.

Spanish ones too, in which plans write to members: ``sesenta (60) días calendario``, ``11 de agosto de 2026``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline.values.letter import TimeUnit

_ONES = dict(
    zip(
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ],
        range(20),
        strict=True,
    )
)  # fmt: skip
_ONES |= {
    "un": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
    "doce": 12, "catorce": 14, "quince": 15,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "ciento": 100, "cien": 100,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "fourteenth": 14, "fifteenth": 15, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "sixtieth": 60, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
"""As in "by the sixtieth day": one is never the only word of the number before a unit of more than a day."""
_NUMBER_WORDS = _ONES.keys() | _TENS.keys() | _ORDINALS.keys()
_UNITS = {
    "day": TimeUnit.DAY, "days": TimeUnit.DAY, "week": TimeUnit.DAY, "weeks": TimeUnit.DAY, "wks": TimeUnit.DAY,
    "month": TimeUnit.MONTH, "months": TimeUnit.MONTH, "mos": TimeUnit.MONTH,
    "year": TimeUnit.YEAR, "years": TimeUnit.YEAR,
    "hour": TimeUnit.HOUR, "hours": TimeUnit.HOUR, "hrs": TimeUnit.HOUR, "hr": TimeUnit.HOUR,
    "día": TimeUnit.DAY, "días": TimeUnit.DAY, "dia": TimeUnit.DAY, "dias": TimeUnit.DAY, "semanas": TimeUnit.DAY,
    "mes": TimeUnit.MONTH, "meses": TimeUnit.MONTH, "año": TimeUnit.YEAR, "años": TimeUnit.YEAR,
    "hora": TimeUnit.HOUR, "horas": TimeUnit.HOUR,
}  # fmt: skip
_UNIT = tuple(unit for unit in _UNITS if not any(o in unit for o in _UNITS if o != unit))
"""Of every unit one of these is part: a text without them tells no span of time."""
_WEEKS = frozenset({"week", "weeks", "wks", "semanas"})
_BUSINESS = frozenset({"business", "working", "work"})
_BUSINESS_BEHIND = frozenset({"hábiles", "habiles", "laborables", "laborales"})
"""Spanish says it behind the days."""
_BETWEEN = frozenset(
    {
        "th", "st", "nd", "rd", "calendar", "consecutive", "full", "cal", "more", "extra", "additional", "further",
        "-", "(", ")", "s", ".", "'",
    }
)  # fmt: skip
_PIECE = re.compile(r"\d+(?:,\d{3})*|[^\W\d_]+|\S")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_MONTH = r"(?P<month>[A-Z][a-z]{2,8}|[A-Z]{3,9})\.?"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})\s+(?P<month2>[A-Z][a-z]{{2,8}})\.?,?\s+(?P<year2>\d{{4}})"
    rf"|(?P<day3>\d{{1,2}})\s+de\s+(?P<month3>{'|'.join(_MESES)})\s+del?\s+(?P<year3>\d{{4}})"
    r"|(?P<m>\d{1,2})\s?[/-]\s?(?P<d>\d{1,2})\s?[/-]\s?(?P<y>\d{4}|\d{2})|(?P<iso>\d{4}(?P<sep>[-/])\d{2}(?P=sep)\d{2}))\b"
)
_MONTH_AND_DAY = re.compile(
    r"(?:\b(?:by|before|until|till|through|thru|than|due|deadline|after)\W{1,3}(?:(?:on )?[A-Z][a-z]{2,8},? )?)"
    r"(?P<shown>(?P<month>\d{1,2})/(?P<day>\d{1,2}))(?![\d/]|\.\d)"
)
"""A day in figures without a year, behind a word that leads to a last day: ``no later than 3/9``."""
_DIGIT = re.compile(r"\d")
_TIME = re.compile(
    r"^\W{0,3}(?:at"
    r"|by)?\s*(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>[ECMP][SD]?T"
    r"|Eastern|Central|Mountain|Pacific)?"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of time; ``start`` and ``end`` are offsets into the text searched. Weeks are given as days."""

    amount: int
    unit: TimeUnit
    start: int
    end: int
    agrees: bool
    """False where words and figures differ; ``amount`` is then the smaller, which is safe."""


_NO_YEAR = re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*,?\s*\d{{2,4}}\b)(?!\s*[/-]\s*\d)")


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A printed date with its offsets; ``time`` as printed in 24-hour form with its zone, where one follows.

    Where no year is printed, ``day`` has the year ``YEARLESS``; ``after`` gives it one.
    """

    day: date
    start: int
    end: int
    time: str | None = None
    counted_back: bool = False
    """Whether it is a span before the day that is printed: ``5 days before May 1``."""
    eve: bool = False
    """Whether it is the day before the one that is printed: ``before May 1``, which that day itself is not."""

    def after(self, day: date) -> date:
        """The day itself, or where no year is printed the first such day that is not before ``day``.

        >>> PrintedDay(date(YEARLESS, 1, 15), 0, 10).after(date(2026, 12, 3))
        datetime.date(2027, 1, 15)
        """
        years = range(day.year, day.year + 9) if self.day.year == YEARLESS else ()
        found = (_day_of(year, self.day.month, self.day.day) for year in years)
        return next((one for one in found if one is not None and one >= day), self.day)


YEARLESS = 4
"""The year of a day printed without one: no letter is so old, and it has a February 29."""


@lru_cache(maxsize=64)  # a sentence is asked several times over
def durations(text: str) -> tuple[Duration, ...]:
    """Every span of time in ``text``, in order."""
    folded = text.casefold()
    if not any([unit in folded for unit in _UNIT]):
        return tuple(_lettered(text))
    pieces = [(m.group().casefold(), m.start(), m.end()) for m in _PIECE.finditer(text)]
    found = []
    place = 0
    while place < len(pieces):
        word = pieces[place][0]
        if word not in _NUMBER_WORDS and not word[0].isdigit():
            place += 1
            continue
        amounts, after = _amounts(pieces, place)
        hit = _unit(pieces, after) if amounts else None
        if hit and min(amounts) > 0:
            unit, weeks, last = hit
            amount = min(amounts) * (7 if weeks else 1)
            found.append(Duration(amount, unit, pieces[place][1], pieces[last][2], len(set(amounts)) == 1))
            place = last + 1
        else:
            place = max(after if amounts else place + 1, place + 1)
    return (*found, *_keyed(text), *_lettered(text))


def _keyed(text: str) -> Iterator[Duration]:
    """Spans whose unit stands before the number: ``"deadline_days": 180``, ``Window (days): 60``, ``by day 180``."""
    for pattern in (_KEYED, _NUMBERED):
        for hit in pattern.finditer(text):
            yield Duration(int(hit["amount"]), _UNITS[hit["unit"].casefold()], hit.start(), hit.end(), agrees=True)


def _lettered(text: str) -> Iterator[Duration]:
    """Days by their letter: ``Appeals 180 d | P2P 14 d``."""
    for hit in _LETTERED.finditer(text) if _DIGIT.search(text) else ():
        yield Duration(int(hit["amount"]), TimeUnit.DAY, *hit.span("span"), agrees=True)


_KEYED = re.compile(
    r'(?:\b|_)(?P<unit>days|months|hours)(?:[_ ](?:from|after|of|since)(?:[_ ]\w+){1,3}?)?\)?"?'
    r'(?:\s?[:=|]\s?"?|\s?\.{3,}\s?|\t|\s{2,})(?P<amount>[1-9]\d{0,2})\b(?![/.-]\d)',
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:by|before|until|through|no later than)\s(?:the\s)?(?P<unit>day)\s(?:no\.\s)?(?P<amount>[1-9]\d{0,2})\b", re.I
)
_LETTERED = re.compile(
    r"(?<![\w.$/#-])(?P<span>(?P<amount>[1-9]\d{0,2})\s?d)(?=\s*(?:$|[|;,.)\n]|/ |from\b|after\b|of\b))"
)
_Pieces = list[tuple[str, int, int]]


def _amounts(pieces: _Pieces, place: int) -> tuple[list[int], int]:
    """The amounts that begin at ``place``, in words, in figures or both, and the place after them."""
    amounts: list[int] = []
    if _is_tail(pieces, place):
        return [], place
    words, after = _spelled(pieces, place)
    if words is not None:
        amounts.append(words)
        place = after
    elif pieces[place][0][0].isdigit():
        amounts.append(int(pieces[place][0].replace(",", "")))
        place += 1
    else:
        return [], place
    if place + 1 < len(pieces) and pieces[place][0] in "([":
        inside, after = _spelled(pieces, place + 1)
        if inside is None and pieces[place + 1][0].isdigit():
            inside, after = int(pieces[place + 1][0].replace(",", "")), place + 2
        if inside is not None and after < len(pieces) and pieces[after][0] in ")]":
            return [*amounts, inside], after + 1
    return amounts, place


def _is_tail(pieces: _Pieces, place: int) -> bool:
    """Whether a figure is the end of something longer: the cents of ``$2,634.75``, a phone number, ``ICD-10``."""
    if not place or not pieces[place][0][0].isdigit():
        return False
    sign, start, end = pieces[place - 1]
    joined = end == pieces[place][1] and sign in {".", "$", "-", "/", "#"}
    before = pieces[place - 2] if place > 1 else ("", 0, -1)
    touching = before[2] == start and (before[0][0].isdigit() or (sign == "-" and before[0].isalpha()))
    return joined and (sign in "$#" or touching)


def _spelled(pieces: _Pieces, place: int) -> tuple[int | None, int]:
    """A number written in words from ``place``."""
    total: int | None = None
    while place < len(pieces):
        word = pieces[place][0]
        joins = word in {"-", "and", "y"} and total is not None and place + 1 < len(pieces)
        if joins and (pieces[place + 1][0] in _ONES or pieces[place + 1][0] in _TENS):
            place += 1
            continue
        if word == "hundred" and total is not None:
            total *= 100
        elif word in _ONES:
            total = (total or 0) + _ONES[word]
        elif word in _TENS:
            total = (total or 0) + _TENS[word]
        elif word in _ORDINALS and place + 1 < len(pieces) and _is_day(pieces, place + 1):
            return (total or 0) + _ORDINALS[word], place + 1
        else:
            break
        place += 1
    return total, place


def _is_day(pieces: _Pieces, place: int) -> bool:
    """Whether a day follows, as it does an ordinal: "the sixtieth calendar day"."""
    words = [piece[0] for piece in pieces[place : place + 2]]
    return words[0] == "day" or (words[0] in _BUSINESS | _BETWEEN and words[1:] == ["day"])


def _unit(pieces: _Pieces, place: int) -> tuple[TimeUnit, bool, int] | None:
    """The unit at or up to four signs after ``place``, whether it is weeks, and its place."""
    business = False
    for at in range(place, min(place + 5, len(pieces))):
        word = pieces[at][0]
        if word in _UNITS:
            behind = at + 1 < len(pieces) and pieces[at + 1][0] in _BUSINESS_BEHIND
            unit = TimeUnit.BUSINESS_DAY if (business or behind) and _UNITS[word] is TimeUnit.DAY else _UNITS[word]
            return unit, word in _WEEKS, at + behind
        if word in _BUSINESS:
            business = True
        elif word not in _BETWEEN:
            return None
    return None


def printed_days(text: str) -> list[PrintedDay]:
    """Every real date printed in ``text``, in order; two-digit years are of this century, and some have no year."""
    found: list[PrintedDay] = []
    if not _DIGIT.search(text):
        return found
    for match in _DATE.finditer(text):
        day = _day(match)
        if day:
            clock = _TIME.match(text[match.end() :])
            time = _clock(clock) if clock and (clock["minute"] or clock["half"]) else None
            found.append(PrintedDay(day, match.start(), match.end() + (clock.end() if time and clock else 0), time))
    for match in _NO_YEAR.finditer(text):
        number = _month(match["month"].casefold())
        day = _day_of(YEARLESS, number, int(match["day"])) if number else None
        if day:
            found.append(PrintedDay(day, match.start(), match.end()))
    for match in _MONTH_AND_DAY.finditer(text) if "/" in text else ():
        day = _day_of(YEARLESS, int(match["month"]), int(match["day"]))
        if day:
            found.append(PrintedDay(day, *match.span("shown")))
    return sorted(found, key=lambda printed: printed.start)


def _month(name: str) -> int | None:
    """The number of a month by its name or the beginning of it."""
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(name[:3]) and name in (month, month[:3], "sept"):
            return number
    return None


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"].replace("/", "-"))
        if match["m"]:
            year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
            return date(year, int(match["m"]), int(match["d"]))
        if match["month3"]:
            return date(int(match["year3"]), _MESES.index(match["month3"].casefold()) + 1, int(match["day3"]))
        number = _month((match["month"] or match["month2"]).casefold())
        if number is None:
            return None
        return date(int(match["year"] or match["year2"]), number, int(match["day"] or match["day2"]))
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str | None:
    hour = int(match["hour"])
    half = (match["half"] or "").casefold().replace(".", "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 24:
        return None
    return " ".join(filter(None, [f"{hour:02d}:{match['minute'] or '00'}", match["zone"]]))
