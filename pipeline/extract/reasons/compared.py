"""Reasons that two days or two numbers tell: a visit "on January 9", its bill "on August 14", a limit of 120 days.

Nothing is said of "late" or "too many"; what a rule allows and what happened stand in one to four sentences, and only
counting shows that the one is not the other. A claim in time, a visit inside its approval and an order within its
limit give nothing, in whatever words they stand. What the words mean is told by ``models/compared_words.yaml``.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from pipeline.extract.clocks.durations import YEARLESS, Duration, PrintedDay, durations, printed_days
from pipeline.knowledge.reasons import ComparedWords
from pipeline.language.context import Utterance, joined
from pipeline.values.letter import TimeUnit
from pipeline.values.vocabulary import Category

_SENTENCES = 4
"""What is compared stands in so many sentences, or pieces of them where the layout breaks lines."""
_DIGIT = re.compile(r"\d")
_BEFORE, _BEHIND = 60, 40
"""Signs before and behind a day in which words tell what it is the day of; those behind it count as further off."""
_APART = 25
"""Signs between the first and the last day of a span."""
_ENDS = re.compile(r"[.;]\s|[.;]$")
_NOT_APPROVED = re.compile(r"\b(?:not|never|non)[\s-]+(?:been |be )?(?:approv|authori|certif|cleared)", re.IGNORECASE)
_RENEWED = re.compile(r"\b(?:renew\w*|continu\w*|reauthori\w*|exten[ds]\w*)\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|through|thru|until|till|-|\u2013|and)\s*(?:the\s+)?\s*", re.IGNORECASE)
_MONTHLY = re.compile(r"\b(?P<month>(?:0?[1-9]|1[0-2]))/(?P<day>\d{1,2})(?![/\d])")
_NTH = re.compile(r"\bday (?:no\. |number )?(?P<amount>\d{2,3})\b", re.IGNORECASE)
_LONG_AGO = date(2023, 12, 31)
_AHEAD = 100
"""Days by which a day without a year may lie behind the letter's: what is asked for is still to come."""
_DAYS = {TimeUnit.DAY: 1, TimeUnit.BUSINESS_DAY: 2, TimeUnit.MONTH: 31, TimeUnit.YEAR: 366}
"""The longest that a unit of a limit can be, so that nothing in time is called late."""
_SHORTEST = {TimeUnit.DAY: 1, TimeUnit.BUSINESS_DAY: 1, TimeUnit.MONTH: 28, TimeUnit.YEAR: 365}
"""And the shortest, of an interval that has to pass."""
_CLAUSES = re.compile(r"[.;?!]\s|,\s(?:and|but|while|where|whereas|yet)\s|\s(?:but|while|whereas)\s|\n")
_COUNT = re.compile(
    r"(?<![\w$./#-])(?P<count>[1-9]\d{0,3})(?![\w/%-]|[.,]\d)"
    r"(?!\s*(?:%|percent|(?:(?:business|working|calendar) )?(?:days?|weeks?|months?|years?|hours?))\b)"
    r"(?:\s+(?!(?:a|an|the|of|for|per|in|on|to|and|or|were|was|are|is)\b)(?P<thing>[a-z]{4,}))?"
)
"""A number that counts things: no code, sum, share or span of time."""
_AGE = re.compile(
    r"\b(?:turned|is|was|aged?|age (?:of|on the date of the order|at the time):?)\s(?P<age>\d{1,2})"
    r"(?=\s(?:years?|in|on|and|when)\b|[.,;]|$)|\b(?P<old>\d{1,2})[- ]years?[- ]old\b",
    re.IGNORECASE,
)
_FROM_AGE = re.compile(
    r"\b(?P<from>\d{1,2})\s(?:years?\s)?(?:of\sage\s)?(?:and|or)\s(?:older|over|up|above)\b"
    r"|\b(?:begins?|starts?|from|minimum|at least)\s(?:at\s)?(?:age\s)?(?:of\s)?(?P<least>\d{1,2})\b"
    r"(?!\s*(?:%|days|weeks|months|units))",
    re.IGNORECASE,
)
_OF_AGE = re.compile(r"\b(?:age|aged|old|older|turned|adults?|child|boy|girl|birthday)\b", re.IGNORECASE)
_ADULT = 18
_ONES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:-(?P<ones>{'|'.join(list(_ONES)[:8])}))?|(?P<one>{'|'.join(_ONES)}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reason that was counted out, with the sentences in which it stands."""

    category: Category
    told: Utterance


@dataclass(frozen=True, slots=True)
class Known:
    """What the letter tells elsewhere: its own day and the days of service."""

    written: date | None = None
    served: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Passage:
    """One sentence or a few with their days and spans of time."""

    text: str
    days: tuple[_Day, ...]
    spans: tuple[Duration, ...]
    known: Known
    words: Mapping[str, re.Pattern[str]]

    def near(self, start: int, end: int, *names: str) -> int | None:
        """How far off the nearest of the named words stands from a place, None where none is near."""
        before = _ENDS.split(self.text[max(0, start - _BEFORE) : start])[-1]
        behind = _ENDS.split(self.text[end : end + _BEHIND])[0]
        found: list[int] = []
        for name in names:
            found += [len(before) - hit.end() for hit in self.words[name].finditer(before)]
            found += [hit.start() * 2 for hit in self.words[name].finditer(behind)]
        return min(found, default=None)

    def has(self, *names: str) -> bool:
        """Whether a word of each name stands in it."""
        return all(self.words[name].search(self.text) for name in names)

    def days_of(self, name: str, *others: str) -> list[date]:
        """The days that stand nearer to the words of one name than to those of others."""
        found = []
        for one in self.days:
            own = self.near(one.start, one.end, name)
            other = self.near(one.start, one.end, *others) if others else None
            if own is not None and (other is None or own < other):
                found.append(one.day)
        return found


def compared(
    sentences: Sequence[Utterance], *, words: ComparedWords, known: Known, appeals: bool = False
) -> Iterator[Comparison]:
    """The reasons that counting tells, each once; ``appeals``: the letter says why an appeal was not heard."""
    told: set[Category] = set()
    for place, first in enumerate(sentences):
        for count in range(1, _SENTENCES + 1):
            run = sentences[place : place + count]
            if len(run) < count or (count > 1 and run[-1].zone is not first.zone):
                break
            text = _in_figures(" ".join(one.text.replace("\n", " ") for one in run))
            if not _DIGIT.search(text):
                continue
            passage = _passage(text, known=known, words=words.patterns)
            for category, holds in _LATE_APPEALS if appeals else _TOLD_BY:
                if category not in told and holds(passage):
                    told.add(category)
                    yield Comparison(category, reduce(joined, run))


def _in_figures(text: str) -> str:
    """The text with its numbers from two on in figures: "Eighteen were asked for"."""

    def figure(hit: re.Match[str]) -> str:
        named = (word.casefold() for word in hit.groups() if word)
        return str(sum(_TENS.get(word, 0) or _ONES[word] for word in named))

    return _SPELLED.sub(figure, text)


def _passage(text: str, *, known: Known, words: Mapping[str, re.Pattern[str]]) -> _Passage:
    printed = printed_days(text)
    for hit in _MONTHLY.finditer(text):
        if not any(one.start <= hit.start() < one.end for one in printed):
            month, day = int(hit["month"]), int(hit["day"])
            if day <= monthrange(YEARLESS, month)[1]:
                printed.append(PrintedDay(date(YEARLESS, month, day), hit.start(), hit.end()))
    year = _year_of([one.day for one in printed if one.day.year == YEARLESS], known)
    days = (_Day(_in_year(one.day, year), one.start, one.end) for one in printed)
    return _Passage(text, tuple(sorted(days, key=lambda one: one.start)), _spans(text), known, words)


def _year_of(yearless: Sequence[date], known: Known) -> int:
    """The year of days that are printed without one: that of the letter, or the one before where they lie far ahead."""
    last = known.written or max(known.served, default=_LONG_AGO)
    ahead = any(_in_year(one, last.year) > last + timedelta(days=_AHEAD) for one in yearless)
    return last.year - ahead


def _in_year(day: date, year: int) -> date:
    if day.year != YEARLESS:
        return day
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _spans(text: str) -> tuple[Duration, ...]:
    """The spans of time, those too that number a day: "on day 139"."""
    numbered = (
        Duration(int(hit["amount"]), TimeUnit.DAY, hit.start(), hit.end(), agrees=True) for hit in _NTH.finditer(text)
    )
    return (*durations(text), *numbered)


def _limits(passage: _Passage) -> list[Duration]:
    """The spans that limit how late something may come; how far two things lie apart is no limit of that sort."""
    return [
        one for one in passage.spans
        if one.unit in _DAYS
        and passage.near(one.start, one.end, "limit") is not None
        and passage.near(one.start, one.end, "interval") is None
    ]  # fmt: skip


def _is_late_claim(passage: _Passage) -> bool:
    if any(passage.has(name) for name in ("appeal", "approval", "notified")):
        return False
    served = passage.days_of("service", "received") or passage.known.served
    return _is_late(passage, served) or (passage.has("filing") and _is_past_due(passage))


def _is_late_appeal(passage: _Passage) -> bool:
    return _is_late(passage, passage.days_of("decision", "received")) or _is_past_due(passage)


def _is_late(passage: _Passage, starts: Sequence[date]) -> bool:
    """Whether something came later than a limit after the last of the days from which it ran."""
    limits = _limits(passage)
    if not limits:
        return False
    longest = _longest(limits)
    took = [
        one.amount * _SHORTEST[one.unit] for one in passage.spans
        if one not in limits and one.unit in _SHORTEST and passage.near(one.start, one.end, "received") is not None
    ]  # fmt: skip
    if took and min(took) > longest:
        return True
    came = passage.days_of("received", "service", "decision")
    return bool(came and starts) and min(came) > max(starts) + timedelta(days=longest)


def _is_past_due(passage: _Passage) -> bool:
    """Whether something was due by a day and came after it."""
    due = [
        one for one in passage.days
        if (near := passage.near(one.start, one.start, "due")) is not None and near <= _APART
    ]  # fmt: skip
    came = [
        one.day for one in passage.days
        if one not in due and passage.near(one.start, one.end, "received") is not None
    ]  # fmt: skip
    return bool(due and came) and max(one.day for one in due) < min(came)


def _is_outside_approval(passage: _Passage) -> bool:
    """Whether the service was on a day before or after those of its approval."""
    if _RENEWED.search(passage.text) or _NOT_APPROVED.search(passage.text):
        return False
    for first, last in zip(passage.days, passage.days[1:], strict=False):
        if not _TO.fullmatch(passage.text[first.end : last.start]) or first.day >= last.day:
            continue
        if passage.near(first.start, last.end, "approval") is None:
            continue
        others = [one for one in passage.days if one not in (first, last)]
        served = [one.day for one in others if passage.near(one.start, one.end, "service") is not None]
        served = served or ([] if others else list(passage.known.served))
        if served and all(not first.day <= one <= last.day for one in served):
            written = passage.known.written
            return written is None or all(one <= written for one in served)
    return False


def _is_too_soon(passage: _Passage) -> bool:
    """Whether an interval that has to pass had not when the service was given or asked for again."""
    spans = [one for one in passage.spans if one.unit in _SHORTEST]
    gone = [one for one in spans if passage.near(one.start, one.end, "elapsed") is not None]
    spans = [one for one in spans if one not in gone and passage.near(one.start, one.end, "interval") is not None]
    if gone and spans and _longest(gone) < _shortest(spans):
        return True
    if not spans or len(passage.days) < 2:
        return False
    former = [one for one in passage.days if passage.near(one.start, one.end, "former") is not None]
    if not former or not passage.has("service", "next"):
        return False
    first = min(former, key=lambda one: one.day)
    later = [one.day for one in passage.days if one.day > first.day]
    return bool(later) and all((one - first.day).days < _shortest(spans) for one in later)


def _shortest(spans: Sequence[Duration]) -> int:
    return min(one.amount * _SHORTEST[one.unit] for one in spans)


def _longest(spans: Sequence[Duration]) -> int:
    return max(one.amount * _DAYS[one.unit] for one in spans)


def _is_not_covered_then(passage: _Passage) -> bool:
    """Whether the service was before the coverage began, or after it had ended."""
    if not passage.has("coverage") or passage.has("approval"):
        return False
    served = passage.days_of("service", "began", "ended", "coverage")
    for one in passage.days:
        if one.day in served or passage.near(one.start, one.end, "coverage") is None:
            continue
        began, ended = (passage.near(one.start, one.start, name) for name in ("began", "ended"))
        days = served or (passage.known.served if passage.has("service") else ())
        if not days:
            continue
        if began is not None and (ended is None or began < ended) and max(days) < one.day:
            return True
        if ended is not None and (began is None or ended < began) and min(days) > one.day:
            return True
    return False


def _counts(passage: _Passage) -> Iterator[tuple[str, int, str, str]]:
    """What each clause does with its only number: the name of its words, the number, what is counted, the clause."""
    start = 0
    for end in [*(hit.end() for hit in _CLAUSES.finditer(passage.text)), len(passage.text)]:
        clause = passage.text[start:end]
        start = end
        found = list(_COUNT.finditer(clause))
        if len(found) != 1 or printed_days(clause):
            continue
        names = [name for name in ("asked", "allowed", "approval") if passage.words[name].search(clause)]
        if len(names) == 1:
            yield names[0], int(found[0]["count"]), (found[0]["thing"] or "").casefold(), clause


def _exceeds(passage: _Passage, name: str) -> bool:
    counts = list(_counts(passage))
    asked = [(count, thing) for of, count, thing, _ in counts if of == "asked"]
    allowed = [(count, thing) for of, count, thing, _ in counts if of == name]
    if len(asked) != 1 or len(allowed) != 1:
        return False
    (much, one), (most, other) = asked[0], allowed[0]
    return much > most and (not one or not other or one.rstrip("s") == other.rstrip("s"))


def _is_too_much(passage: _Passage) -> bool:
    return not (passage.has("approval") or passage.has("appeal")) and _exceeds(passage, "allowed")


def _is_more_than_approved(passage: _Passage) -> bool:
    return _exceeds(passage, "approval")


def _is_too_young(passage: _Passage) -> bool:
    """Whether the patient's age is below the one from which a rule covers it."""
    if not _OF_AGE.search(passage.text):
        return False
    needed = [int(hit["from"] or hit["least"]) for hit in _FROM_AGE.finditer(passage.text)]
    if re.search(r"\badults\b", passage.text):
        needed.append(_ADULT)
    taken = [hit.span() for hit in _FROM_AGE.finditer(passage.text)]
    ages = [
        int(hit["age"] or hit["old"])
        for hit in _AGE.finditer(passage.text)
        if not any(start < hit.end() and hit.start() < end for start, end in taken)
    ]
    return bool(needed and ages) and max(ages) < min(needed)


_Holds = Callable[[_Passage], bool]
_TOLD_BY: tuple[tuple[Category, _Holds], ...] = (
    (Category.TIMELY_FILING, _is_late_claim),
    (Category.AUTH_MISMATCH, _is_outside_approval),
    (Category.AUTH_MISMATCH, _is_more_than_approved),
    (Category.QUANTITY_LIMIT, _is_too_soon),
    (Category.QUANTITY_LIMIT, _is_too_much),
    (Category.ELIGIBILITY, _is_not_covered_then),
    (Category.CRITERIA_NOT_MET, _is_too_young),
)
_LATE_APPEALS: tuple[tuple[Category, _Holds], ...] = ((Category.APPEAL_UNTIMELY, _is_late_appeal),)
