"""Reasons that two days or two numbers tell: a visit "on January 9", its bill "on August 14", a limit of 120 days.

Nothing is said of "late" or "too many"; what a rule allows and what happened stand in one to four sentences, and only
counting shows that the one is not the other. A claim in time, a visit inside its approval and an order within its
limit give nothing, in whatever words they stand. What the words mean is told by ``models/compared_words.yaml``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.extract.clocks.durations import Duration, printed_days
from pipeline.extract.reasons.measured import COUNTS_OFF, falls_short, is_numbered_beyond, is_used_up
from pipeline.extract.reasons.passages import Known, Passage, Stretch
from pipeline.knowledge.reasons import ComparedWords
from pipeline.language.clauses import CONTRASTS
from pipeline.language.context import Utterance, joined
from pipeline.values.letter import TimeUnit
from pipeline.values.vocabulary import Category

_SENTENCES = 4
"""What is compared stands in so many sentences, or pieces of them where the layout breaks lines."""
_DIGIT = re.compile(r"\d")
_APART = 25
"""Signs between the first and the last day of a span."""
_NOT_APPROVED = re.compile(r"\b(?:not|never|non)[\s-]+(?:been |be )?(?:approv|authori|certif|cleared)", re.IGNORECASE)
_RENEWED = re.compile(r"\b(?:renew\w*|continu\w*|reauthori\w*|exten[ds]\w*)\b", re.IGNORECASE)
_TO = re.compile(r"\s*(?:to|through|thru|until|till|-|\u2013|and)\s*(?:the\s+)?\s*", re.IGNORECASE)
_OF_GOODS = re.compile(
    r"\bcover(?:age|ed|s)? (?:of|for) (?:(?:the|this|that|a|an|your) )?(?:\w+ )?"
    r"(?:drug|medicine|medication|product|device|test|service|treatment|item|brand|vaccine)s?\b",
    re.IGNORECASE,
)
"""From when on a drug is covered tells nothing of the patient's coverage."""
_DAYS = {TimeUnit.DAY: 1, TimeUnit.BUSINESS_DAY: 2, TimeUnit.MONTH: 31, TimeUnit.YEAR: 366}
"""The longest that a unit of a limit can be, so that nothing in time is called late."""
_SHORTEST = {TimeUnit.DAY: 1, TimeUnit.BUSINESS_DAY: 1, TimeUnit.MONTH: 28, TimeUnit.YEAR: 365}
"""And the shortest, of an interval that has to pass."""
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
_ADULT = 18


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reason that was counted out, with the sentences in which it stands."""

    category: Category
    told: Utterance


def compared(
    sentences: Sequence[Utterance], *, words: ComparedWords, known: Known, appeals: bool = False
) -> Iterator[Comparison]:
    """The reasons that counting tells, each once; ``appeals``: the letter says why an appeal was not heard."""
    told: set[Category] = set()
    for _, group in groupby(sentences, key=lambda one: one.zone):
        block = list(group)
        stretch = Stretch([one.text for one in block], words=words, known=known)
        whole = stretch.passage(0, len(block) - 1)
        checks = [check for check in (_LATE_APPEALS if appeals else _TOLD_BY) if whole.has(*check.needs)]
        if not checks or not _DIGIT.search(stretch.text):
            continue
        for first in range(len(block)):
            for last in range(first, min(first + _SENTENCES, len(block))):
                passage = stretch.passage(first, last)
                for check in checks:
                    category = check.reason_in(passage) if passage.has(*check.needs) else None
                    if category is not None and category not in told:
                        told.add(category)
                        yield Comparison(category, reduce(joined, block[first : last + 1]))


def _limits(passage: Passage) -> list[Duration]:
    """The spans that limit how late something may come; how far two things lie apart is no limit of that sort."""
    return [
        one for one in passage.spans
        if one.unit in _DAYS
        and passage.near(one.start, one.end, "limit") is not None
        and passage.near(one.start, one.end, "interval") is None
    ]  # fmt: skip


def _is_late_claim(passage: Passage) -> bool:
    if any(passage.has(name) for name in ("appeal", "approval", "notified")):
        return False
    served = passage.days_of("service", "received") or passage.known.served
    return _is_late(passage, served) or (passage.has("filing") and _is_past_due(passage))


def _is_late_appeal(passage: Passage) -> bool:
    return _is_late(passage, passage.days_of("decision", "received")) or _is_past_due(passage)


def _is_late(passage: Passage, starts: Sequence[date]) -> bool:
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


def _is_past_due(passage: Passage) -> bool:
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


def _is_outside_approval(passage: Passage) -> bool:
    """Whether the service was on a day before or after those of its approval."""
    if _RENEWED.search(passage.text) or _NOT_APPROVED.search(passage.text):
        return False
    for first, last in zip(passage.days, passage.days[1:], strict=False):
        if not _TO.fullmatch(passage.within.text[first.end : last.start]) or first.day >= last.day:
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


def _is_too_soon(passage: Passage) -> bool:
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


def _is_not_covered_then(passage: Passage) -> bool:
    """Whether the service was before the coverage began, or after it had ended."""
    if not passage.has("coverage") or passage.has("approval") or _OF_GOODS.search(passage.text):
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


def _counts(passage: Passage) -> Iterator[tuple[str, int, str]]:
    """What each clause does with its only number: the name of its words, the number, what is counted."""
    ends = [*(hit.end() for hit in CONTRASTS.finditer(passage.text)), len(passage.text)]
    for start, end in pairwise([0, *ends]):
        clause = passage.text[start:end]
        found = [hit for hit in _COUNT.finditer(clause) if not COUNTS_OFF.search(clause[: hit.start()])]
        if len(found) != 1 or printed_days(clause):
            continue
        part = passage.part(start, end)
        names = [name for name in ("asked", "allowed", "approval") if part.has(name)]
        if len(names) == 1:
            yield names[0], int(found[0]["count"]), (found[0]["thing"] or "").casefold()


def _exceeds(passage: Passage, name: str) -> bool:
    counts = list(_counts(passage))
    asked = [(count, thing) for of, count, thing in counts if of == "asked"]
    allowed = [(count, thing) for of, count, thing in counts if of == name]
    if len(asked) != 1 or len(allowed) != 1:
        return False
    (much, one), (most, other) = asked[0], allowed[0]
    return much > most and (not one or not other or one.rstrip("s") == other.rstrip("s"))


def _is_too_much(passage: Passage) -> bool:
    return not (passage.has("approval") or passage.has("appeal")) and _exceeds(passage, "allowed")


def _is_more_than_approved(passage: Passage) -> bool:
    return _exceeds(passage, "approval")


def _is_too_young(passage: Passage) -> bool:
    """Whether the patient's age is below the one from which a rule covers it."""
    needed = [int(hit["from"] or hit["least"]) for hit in _FROM_AGE.finditer(passage.text)]
    if passage.has("adults"):
        needed.append(_ADULT)
    taken = [hit.span() for hit in _FROM_AGE.finditer(passage.text)]
    ages = [
        int(hit["age"] or hit["old"])
        for hit in _AGE.finditer(passage.text)
        if not any(start < hit.end() and hit.start() < end for start, end in taken)
    ]
    return bool(needed and ages) and max(ages) < min(needed)


def _so(category: Category, holds: Callable[[Passage], bool]) -> Callable[[Passage], Category | None]:
    return lambda passage: category if holds(passage) else None


class _Check(NamedTuple):
    """What tells a reason of a passage, and the names of words without which it does not."""

    reason_in: Callable[[Passage], Category | None]
    needs: tuple[str, ...]


_TOLD_BY = (
    _Check(_so(Category.TIMELY_FILING, _is_late_claim), ("received",)),
    _Check(_so(Category.AUTH_MISMATCH, _is_outside_approval), ("approval",)),
    _Check(_so(Category.AUTH_MISMATCH, _is_more_than_approved), ("asked", "approval")),
    _Check(_so(Category.QUANTITY_LIMIT, _is_too_soon), ("interval",)),
    _Check(_so(Category.QUANTITY_LIMIT, _is_too_much), ("asked", "allowed")),
    _Check(_so(Category.ELIGIBILITY, _is_not_covered_then), ("coverage",)),
    _Check(_so(Category.CRITERIA_NOT_MET, _is_too_young), ("of_age",)),
    _Check(_so(Category.BENEFIT_MAXIMUM, is_used_up), ("allowed", "of_year", "used")),
    _Check(_so(Category.BENEFIT_MAXIMUM, is_numbered_beyond), ("allowed",)),
    _Check(falls_short, ("needed", "found")),
)
_LATE_APPEALS = (_Check(_so(Category.APPEAL_UNTIMELY, _is_late_appeal), ("received",)),)
