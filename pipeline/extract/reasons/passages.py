"""Sentences that follow each other, with the days, the spans of time and the telling words that stand in them.

A stretch of text is gone through once; a passage of one sentence or a few is a window on what was found there.
"""

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from pipeline.extract.clocks.durations import YEARLESS, Duration, PrintedDay, durations, printed_days
from pipeline.knowledge.reasons import ComparedWords
from pipeline.values.letter import TimeUnit

_BEFORE, _BEHIND = 60, 40
"""Signs before and behind a day in which words tell what it is the day of; those behind it count as further off."""
_ENDS = re.compile(r"[.;]\s|[.;]$")
_MONTHLY = re.compile(r"\b(?P<month>(?:0?[1-9]|1[0-2]))/(?P<day>\d{1,2})(?![/\d])")
_NTH = re.compile(r"\bday (?:no\. |number )?(?P<amount>\d{2,3})\b", re.IGNORECASE)
_LONG_AGO = date(2023, 12, 31)
_AHEAD = 100
"""Days by which a day without a year may lie behind the letter's: what is asked for is still to come."""
_ONES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DIGIT = re.compile(r"\d")
_BEGINNINGS = tuple({word[:4] for word in (*_TENS, *_ONES)})
"""Of every number in words one of these is part."""
_SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:-(?P<ones>{'|'.join(list(_ONES)[:8])}))?|(?P<one>{'|'.join(_ONES)}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the letter tells elsewhere: its own day and the days of service."""

    written: date | None = None
    served: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its place in the stretch of text."""

    day: date
    start: int
    end: int


class Stretch:
    """Sentences one behind the other, their numbers in figures; places are offsets into ``text``.

    What stands in it is looked for when it is first asked for, and once.
    """

    def __init__(self, sentences: Sequence[str], *, words: ComparedWords, known: Known) -> None:
        """Lay the sentences behind each other."""
        pieces = [in_figures(sentence.replace("\n", " ")) for sentence in sentences]
        self._starts = [0]
        for piece in pieces:
            self._starts.append(self._starts[-1] + len(piece) + 1)
        self.text = " ".join(pieces)
        self.known = known
        self._words = words

    def passage(self, first: int, last: int) -> "Passage":
        """The sentences from one number to another, the last one with them."""
        return Passage(self, self._starts[first], self._starts[last + 1] - 1)

    @cached_property
    def places(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where telling words stand, from and to, by their name (``models/compared_words.yaml``)."""
        return self._words.places_in(self.text)

    @cached_property
    def ends(self) -> list[int]:
        """The places behind the stops of sentences and clauses."""
        return [hit.end() for hit in _ENDS.finditer(self.text)]

    @cached_property
    def printed(self) -> list[PrintedDay]:
        """The days, those too that are printed without a year, by place."""
        printed = printed_days(self.text)
        for hit in _MONTHLY.finditer(self.text):
            if not any(one.start <= hit.start() < one.end for one in printed):
                month, day = int(hit["month"]), int(hit["day"])
                if day <= monthrange(YEARLESS, month)[1]:
                    printed.append(PrintedDay(date(YEARLESS, month, day), hit.start(), hit.end()))
        return sorted(printed, key=lambda one: one.start)

    @cached_property
    def spans(self) -> list[Duration]:
        """The spans of time, those too that number a day: "on day 139"."""
        numbered = (
            Duration(int(hit["amount"]), TimeUnit.DAY, hit.start(), hit.end(), agrees=True)
            for hit in _NTH.finditer(self.text)
        )
        return [*durations(self.text), *numbered]


@dataclass(frozen=True)
class Passage:
    """The part of a stretch from one place to another."""

    within: Stretch
    start: int
    end: int

    @property
    def known(self) -> Known:
        """What the letter tells elsewhere."""
        return self.within.known

    @cached_property
    def text(self) -> str:
        """Its words."""
        return self.within.text[self.start : self.end]

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The days in it, by place."""
        printed = [one for one in self.within.printed if self.start <= one.start and one.end <= self.end]
        year = _year_of([one.day for one in printed if one.day.year == YEARLESS], self.known)
        return tuple(Day(_in_year(one.day, year), one.start, one.end) for one in printed)

    @cached_property
    def spans(self) -> tuple[Duration, ...]:
        """The spans of time in it."""
        return tuple(one for one in self.within.spans if self.start <= one.start and one.end <= self.end)

    def part(self, start: int, end: int) -> "Passage":
        """The part of it from one place in its words to another."""
        return Passage(self.within, self.start + start, self.start + end)

    def near(self, start: int, end: int, *names: str) -> int | None:
        """How far off the nearest of the named words stands from a place, None where none is near."""
        ends = self.within.ends
        stopped = ends[place - 1] if (place := bisect_right(ends, start)) else 0
        first = max(self.start, start - _BEFORE, stopped)
        last = min(self.end, end + _BEHIND, ends[at] if (at := bisect_right(ends, end)) < len(ends) else self.end)
        nearest: int | None = None
        for name in names:
            for begins, stops in self._between(name, first, last):
                if stops <= start:
                    off = start - stops
                elif begins >= end:
                    off = (begins - end) * 2
                else:
                    continue
                nearest = off if nearest is None or off < nearest else nearest
        return nearest

    def has(self, *names: str) -> bool:
        """Whether a word of each name stands in it."""
        return all(next(self._between(name, self.start, self.end), None) is not None for name in names)

    def _between(self, name: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        places = self.within.places.get(name, ())
        for place in places[bisect_left(places, (first,)) :]:
            if place[1] > last:
                return
            yield place

    def days_of(self, name: str, *others: str) -> list[date]:
        """The days that stand nearer to the words of one name than to those of others."""
        found = []
        for one in self.days:
            own = self.near(one.start, one.end, name)
            other = self.near(one.start, one.end, *others) if others else None
            if own is not None and (other is None or own < other):
                found.append(one.day)
        return found


def has_number(text: str) -> bool:
    """Whether a text may have a number, in figures or in words."""
    return _DIGIT.search(text) is not None or _may_be_spelled(text)


def _may_be_spelled(text: str) -> bool:
    folded = text.casefold()
    return any([beginning in folded for beginning in _BEGINNINGS])


def in_figures(text: str) -> str:
    """The text with its numbers from two on in figures: "Eighteen were asked for" -> "18 were asked for"."""
    if not _may_be_spelled(text):
        return text

    def figure(hit: re.Match[str]) -> str:
        named = (word.casefold() for word in hit.groups() if word)
        return str(sum(_TENS.get(word, 0) or _ONES[word] for word in named))

    return _SPELLED.sub(figure, text)


def _year_of(yearless: Sequence[date], known: Known) -> int:
    """The year of days that are printed without one: that of the letter, or the one before where they lie far ahead."""
    last = known.written or max(known.served, default=_LONG_AGO)
    ahead = any(_in_year(one, last.year) > last + timedelta(days=_AHEAD) for one in yearless)
    return last.year - ahead


def _in_year(day: date, year: int) -> date:
    if day.year != YEARLESS:
        return day
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
