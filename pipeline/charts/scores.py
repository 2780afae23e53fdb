"""Scores of scales, each with its time: "68 at baseline, 55 today" is one of then and one of now."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.dates import dates_in
from pipeline.charts.muscles import muscle_values
from pipeline.charts.score_parts import part_values
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Scale
from pipeline.values.chart import Context, Fact, FactKind

_NOT_A_SCORE = (
    r"(?!\s*(?:-|\u2013|to)\s*\d{1,3}\s*\))"  # "(0-85)"
    r"(?!\s*(?:mg|g/d?L|IU|units?|U\b|%|days?|weeks?|wks?|months?|mos?\b|points?\s+(?:lower|better|drop)"
    r"|/\d{1,2}/|/\d{1,2}\s*(?:was\b|is\b|had been|[:=])|/(?:19|20)\d\d|-\d\d-|:\d\d)|\d|\s+\d(?!\d{0,3}[-/]\d))"
)
_FIRST = re.compile(
    rf"(?P<gap>[^.;\d]{{0,40}}?)(?P<v>\d{{1,3}}(?:\.\d)?)(?P<half>\s?\+)?{_NOT_A_SCORE}(?:\s*/\s*\d{{1,3}}(?![\d/]))?"
)
_NEXT = re.compile(
    rf"\s*(?P<when>(?:\([^)]{{0,30}}\)|[^.;\d]){{0,30}}?)(?P<sign>,|\(|\band\b|\bto\b|-+>|\u2192|=>|;|\bvs\.?"
    rf"|\bdown to|\bup from|\bfrom\b)"
    r"(?!\s*(?:\w+ )?(?:itch|pain|sleep|spasms?|leaks?|headaches?|days?|voids?)\b)"
    rf"\s*(?P<w2>[a-z :]{{0,22}}?)(?P<v>\d{{1,3}}(?:\.\d)?)"
    rf"(?P<half>\s?\+)?{_NOT_A_SCORE}(?:\s*/\s*\d{{1,3}}(?![\d/]))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:baseline|before|pre(?:-?(?:treatment|botox|tx|injection|inj))?|prev|initial\w*|prior"
    r"|previous\w*|last (?:visit|time|spring|summer|fall|autumn|winter)|had been"
    r"|originally|at start)\b",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"\bbaseline\b"
    r"|\b(?:before|prior to) (?:\w+ )?(?:botox|dysport|xeomin|myobloc|treatment|toxin|injections?|therapy|starting)\b"
    r"|\bpre-?(?:treatment|botox)\b",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
"""A letter tells the score of the visit in the past; it is an old one only where another stands against it."""
_NOW = re.compile(r"\b(?:today|now|current\w*|this visit|most recent|is)\b", re.IGNORECASE)
_ARROW = re.compile(r"-+>|\u2192|=>|^\s*to$|down to", re.IGNORECASE)
# "scored 3 on the HDSS", "a 66 on the"
_AHEAD = re.compile(
    r"\b(?:scor\w+|rat\w+|got|an?|with)\s+(?:an?\s+)?(?P<v>\d{1,3})(?:\s*(?:/|out of|of)\s*\d{1,3})?\s+(?:on|in)\s+"
    r"(?:(?:the|his|her|their|today's)\s+)*$",
    re.IGNORECASE,
)
# "HIT-6 on 05/22/2025 was 66"
_ON_A_DAY = re.compile(
    r"\s*(?:score\s+)?(?:on|of|from)\s+(?P<day>\d{1,4}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? 20\d\d)\s*"
    rf"(?:was|is|were|:|=|,)\s*(?P<v>\d{{1,3}}(?:\.\d)?){_NOT_A_SCORE}"
)
_PARTS = re.compile(
    r"\b(?:severity|sev|freq(?:uency)?|disability|pain|subscale|subscore|grade|item|question"
    r"|part)\b[\s:=]*(?:(?:was|is|were|of|score)\s+)*$",
    re.IGNORECASE,
)
_GRADED = re.compile(r"\bgrade[\s:=]*$", re.IGNORECASE)
_PART = re.compile(r"\s*(?:severity|disability|frequency|pain)\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:baseline|was|prev(?:ious\w*)?|pre|prior|initial\w*|from|before|last)\b\D{0,14}\d{1,3}(?![\d/-])"
    r"|\(\s*\d{1,3}\s+(?:at|before|pre|prior|in|on|last)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\b(?:severity|disability|pain|frequency)\b", re.IGNORECASE)
_MOVED_ON = re.compile(r"\s*(?:-+>|=>|\u2192|down to)\s*\d", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:\b(?:total|sum)\b\s*(?:\(\s*\d{1,3}\s*(?:-|\u2013|to)\s*\d{1,3}\s*\))?[^\d;]{0,12}|\+[^.;=+]{0,24}=\s*)(?P<v>\d{1,3}(?:\.\d{1,2})?)",
    re.IGNORECASE,
)
"""A total by its name, or as the sum of parts: "severity 3 + frequency 3 = 6"."""
_SUM = re.compile(
    r"\W*(?:(?:your|the|patient's)\s+)?(?:(?:(?:grand|overall|final)\s+)?(?:total|sum)(?:\s+(?:score|points|of \w+))?"
    r"|(?:overall|final)?\s*score)\s*(?:\([^)]{0,30}\))?\s*(?:[:=]|[._]{2,})?\s*(?P<v>\d{1,3}(?:\.\d{1,2})?)(?![\d/-]|\s*(?:-|to)\s*\d|\s+or\b)",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"\s*(?:(?P<ticked>\[[xX\u2713\u2714]\]|\([xX\u2713\u2714]\)|[\u2611\u2612\u2713\u2714]|[xX](?=\s))"
    r"|\[[\s_]*\]|\([\s_]+\)|[\u2610\u25a1\u274f])?\s*(?:grade|score|level)?\s*"
    r"(?P<v>\d)(?=[\s.:=)-]|$)(?!\s*/)",
    re.IGNORECASE,
)
"""A line of a scale of few grades, with its box or without one: the number of the ticked one is the grade."""
_FEW = 8
_FORM = 24
"""So many lines a questionnaire has at most between its name and its total."""
_MOVED = re.compile(r"\b(?:today|now|current\w*)\b[^.;]{0,25}\d", re.IGNORECASE)
_THRESHOLD = re.compile(
    r"(?:>=|<=|(?<!-)>|<|\u2265|\u2264|at least|of at least|or more|or greater|than|under|below|at most|goal"
    r"|target|cutoff|means"
    r"|indicates)\s*(?:of\s*)?$",
    re.IGNORECASE,
)


def score_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """The scores that the statements give."""
    ordered = tuple(statements)
    beside = {hit.key for statement in ordered for hit in statement.of(Subject.STUDY)}
    for number, statement in enumerate(ordered):
        hits = statement.of(Subject.SCALE)
        for place, hit in enumerate(hits):
            if place and hit.start < hits[place - 1].end:
                continue
            if not beside.isdisjoint(source.clinical.scales[hit.key].not_beside):
                continue
            until = hits[place + 1].start if place + 1 < len(hits) else len(statement.text)
            following = ordered[number + 1].text if number + 1 < len(ordered) else ""
            own = (
                _OF_THE_NEXT.sub("", statement.text[hit.end : until])
                if place + 1 < len(hits)
                else statement.text[hit.end :]
            )
            found = list(_scores(source, statement, hit, own, following))
            yield from _parts(source, hit, until, ordered[number:])
            found.extend(
                _by_muscle(source, hit, until, ordered[number:], known={(statement.text, f.value) for f in found})
            )
            yield from found or _below(source, ordered[number + 1 :], hit.key)


_OF_THE_NEXT = re.compile(r"[\s,;.(]*\b(?:prior|previous|last|baseline|initial|earlier)\s*$", re.IGNORECASE)
"""What stands right before the next scale is said of that: "PHQ-9: 4 Prior HIT-6 71"."""


def _parts(source: Source, hit: Hit, until: int, ordered: Sequence[Statement]) -> Iterator[Fact]:
    """The parts of a scale, each with its own value: "severity 3, frequency 4"."""
    scale = source.clinical.scales[hit.key]
    for where, name, value, old in part_values(scale, hit, until, ordered, prose=source.reading.prose.text):
        told = _fact(source, where, _whole(where, hit), scale, value, old=old, day=None)
        yield replace(told, name=name)


def _by_muscle(
    source: Source, hit: Hit, until: int, ordered: Sequence[Statement], *, known: set[tuple[str, float | None]]
) -> Iterator[Fact]:
    """The values of a scale that has one a muscle, but for those of ``known``; each statement has a value once."""
    scale = source.clinical.scales[hit.key]
    for where, value in muscle_values(scale, hit, until, ordered) if scale.by_muscle else ():
        if (where.text, value) not in known:
            known.add((where.text, value))
            yield _fact(source, where, _whole(where, hit), scale, value, old=False, day=None)


def _scores(source: Source, statement: Statement, hit: Hit, rest: str, following: str) -> Iterator[Fact]:
    scale = source.clinical.scales[hit.key]
    if _AIM.search(statement.text, 0, hit.start):
        return
    if scale.in_percent and not _CHANGED.search(rest):
        rest = rest.replace("%", " ")
    total = _TOTAL.search(rest) or (_TOTAL.match(following) if _PARTED.search(rest) else None)
    if total is not None and scale.low <= (value := float(total["v"])) <= scale.high:
        if total.string is rest and (_BEFORE.search(_tail(rest, total.end())) or _MOVED_ON.match(rest, total.end())):
            rest = rest[total.start("v") :]  # "sum score of 7 before injection, 3 at four weeks"
        else:
            yield _fact(source, statement, hit, scale, value, old=False, day=None)
            yield from _dated(source, statement, hit, f"{rest} {following}" if _DATED.match(following) else rest)
            return
    of_day = _ON_A_DAY.match(rest)
    if of_day is not None and scale.low <= float(of_day["v"]) <= scale.high:
        days = [d.iso for d in dates_in(of_day["day"]) if len(d.iso) == 10]
        yield _fact(source, statement, hit, scale, float(of_day["v"]), old=not days, day=days[0] if days else None)
        return
    ahead = _AHEAD.search(statement.text, 0, hit.start)
    if ahead is not None and scale.low <= float(ahead["v"]) <= scale.high:
        yield _fact(source, statement, hit, scale, float(ahead["v"]), old=bool(_BEFORE.search(rest)), day=None)
        return
    roman = _ROMAN.match(rest) if scale.high <= len(_ROMANS) and not scale.by_muscle else None
    if roman is not None and scale.low <= (grade := float(_ROMANS.index(roman["v"]) + 1)) <= scale.high:
        yield _fact(source, statement, hit, scale, grade, old=_is_of_baseline(statement.text[: hit.start]), day=None)
        return
    m = _FIRST.match(rest)
    if m is not None and not scale.by_muscle and _OTHER_NAME.search(m["gap"]):
        m = None
    first = True
    while m is not None:
        following_m = _NEXT.match(rest, m.end())
        if following_m is not None and not scale.by_muscle and _OTHER_NAME.search(following_m[0]):
            following_m = None
        value = float(m["v"]) + (0.5 if m["half"] and scale.id == "MAS" and m["v"] == "1" else 0)
        lead = rest[m.start() : m.start("v")]
        if (
            scale.low <= value <= scale.high
            and not (_PARTS.search(lead) and not (scale.high <= _FEW and _GRADED.search(lead)))
            and not _THRESHOLD.search(lead)
            and not _PART.match(rest, m.end())
        ):
            tail = _tail(rest, m.end())
            after = _tail(rest, following_m.end()) if following_m is not None else ""
            own = lead if first else rest[m.start("sign") : m.start("v")]
            old = _is_old(own, tail, following_m if first else None, after)
            old = old or _is_of_baseline(statement.text[: hit.start])
            old = old or bool(_WAS.search(lead) and (following_m is not None or _MOVED.search(following)))
            yield _fact(source, statement, hit, scale, value, old=old, day=_day(tail))
        first, m = False, following_m
    yield from _dated(source, statement, hit, f"{rest} {following}" if _DATED.match(following) else rest)


_AIM = re.compile(
    r"\b(?:goals?|targets?|aim(?:ing)?|hop(?:e|ing)|to (?:reach|achieve))\b[\s:=]*(?:(?:is|of|for|an?|the)\s+)*$",
    re.IGNORECASE,
)
"""What is wanted of a scale is no score: "Goal IGA 0 or 1"."""
_CHANGED = re.compile(r"\b(?:improv|reduc|drop|decreas|better|less|lower|declin|worse|chang|increas)", re.IGNORECASE)
"""Of what a percentage may be that is no score."""
_ROMANS = ("I", "II", "III", "IV", "V")
_ROMAN = re.compile(
    r"[\s:=(-]*(?:(?:class|stage|level|grade|type)\s*[:=]?\s*)?(?P<v>IV|I{2,3}|V|I(?=\s*(?:[.,;)]|$)))(?![\w/-])"
)
"""A grade as it is written of classes and stages: "NYHA class III"."""
# "PHQ-9 22, QIDS 19": an abbreviation between a scale and a number is the name of something else that has it.
_OTHER_NAME = re.compile(
    r"(?<![\w-])(?!(?:SCORES?|TOTAL|TODAY|NOW|WAS|PRE|POST|BASELINE|BEFORE|AFTER|AND|LAST|PRIOR|VISIT|CURRENT(?:LY)?|THE|FROM"
    r"|SUM|OUT|[RL]?[UL]E|[IVX]+|INITIAL|PREVIOUS|GRADE|CLASS|STAGE|LEVEL|INDEX|SCALE|IS|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\b)"
    r"[A-Za-z]?[A-Z]{2,}[A-Z-]*(?![a-z])"
)


def _dated(source: Source, statement: Statement, hit: Hit, words: str) -> Iterator[Fact]:
    """Values with their day before them: "38 today (01/13/2026: 41)"."""
    scale = source.clinical.scales[hit.key]
    for m in _DATED.finditer(words):
        days = [d.iso for d in dates_in(m["day"]) if len(d.iso) == 10]
        if days and scale.low <= float(m["v"]) <= scale.high:
            yield _fact(source, statement, hit, scale, float(m["v"]), old=False, day=days[0])


_DATED = re.compile(
    r"\s*[(;,]?\s*(?P<day>\d{1,4}[/-]\d{1,2}[/-]\d{2,4})\s*[:=]\s*(?P<v>\d{1,3}(?:\.\d{1,2})?)(?![\d/.-]|\s*%)"
)


def _is_of_baseline(lead: str) -> bool:
    """Whether what stands before the scale speaks of the time before treatment: "Baseline: 25 days, HIT-6 69"."""
    told = _BASELINE.search(lead)
    return told is not None and not _NOW.search(lead, told.end())


def _whole(statement: Statement, hit: Hit) -> Hit:
    """The place of the scale in its own statement; the whole of a row below it."""
    return hit if hit in statement.of(Subject.SCALE) else Hit(hit.key, 0, len(statement.text), 0, 1)


def _below(source: Source, statements: Sequence[Statement], key: str) -> Iterator[Fact]:
    """The total of a questionnaire under its heading: no further than the next scale or the end of a form."""
    scale = source.clinical.scales[key]
    graded = _prints_grades(scale, statements[:_FORM])
    for number, statement in enumerate(statements[:_FORM]):
        if statement.of(Subject.SCALE):
            return
        m = _SUM.match(statement.text) or (_CHOICE.match(statement.text) if graded else None)
        if m is None and _ITEMS.match(statement.text):
            m = _TOTAL.search(statement.text)  # "Q1 6 Q2 10 ... Total 36"
        if m is None or statement.boxed is not None or (m.re is _CHOICE and not _is_ticked(m, statement, statements)):
            continue
        value = float(m["v"])
        if scale.low <= value <= scale.high:
            hit = Hit(key, 0, m.end(), 0, 1)
            yield _fact(source, statement, hit, scale, value, old=False, day=None)
            yield from _earlier_total(source, statements[number + 1 : number + 1 + _SOON], scale)
        return


def _earlier_total(source: Source, below: Sequence[Statement], scale: Scale) -> Iterator[Fact]:
    """The total of an earlier day that a form gives below its own: "Previous total (01/2026): 47"."""
    for statement in below:
        m = _EARLIER_TOTAL.match(statement.text)
        if m is not None and scale.low <= float(m["v"]) <= scale.high:
            days = [d.iso for d in dates_in(m["day"] or m["day2"])]
            hit = Hit(scale.id, 0, m.end(), 0, 1)
            yield _fact(source, statement, hit, scale, float(m["v"]), old=not days, day=days[0] if days else None)


_EARLIER_TOTAL = re.compile(
    r"\W*(?:previous|prior|last|earlier)\s+(?:total|score|sum)?\s*(?:\((?P<day>[^)]{4,20})\)|(?:on|of|from)?\s*(?P<day2>[\d/-]{6,10}))"
    r"\s*[:=]?\s*(?P<v>\d{1,3}(?:\.\d{1,2})?)(?![\d/-])",
    re.IGNORECASE,
)
_SOON = 3
_ITEMS = re.compile(r"\W*(?:Q|item|question)\s?1\b", re.IGNORECASE)


def _prints_grades(scale: Scale, statements: Sequence[Statement]) -> bool:
    """Whether a form prints every grade of a scale once beside a box and has one of them ticked."""
    if scale.high > _FEW:
        return False
    grades = [(m, s) for s in statements if (m := _CHOICE.match(s.text)) is not None]
    printed = sorted(int(m["v"]) for m, _ in grades)
    whole = printed == [*range(int(scale.low), int(scale.high) + 1)]
    return whole and sum(_is_ticked(m, s, statements) for m, s in grades) == 1


def _is_ticked(m: re.Match[str], statement: Statement, form: Sequence[Statement]) -> bool:
    """Whether a grade has its tick, or stands alone without a box where others stand beside empty ones."""
    bare = statement.boxed is None and statement.text.strip().isdigit()
    return bool(m["ticked"]) or (bare and any(s.boxed is not None for s in form))


def _tail(rest: str, place: int) -> str:
    """The words after a value that may say of when it is: to the next stop, or a bracket."""
    bracket = re.match(r"\s*\([^)]{0,40}\)", rest[place:])
    if bracket and _ANOTHER.search(bracket[0]):
        return ""
    return bracket[0] if bracket else re.split(r"[,;.\d]|->|\bto\b", rest[place:], maxsplit=1)[0]


def _is_old(lead: str, tail: str, following: re.Match[str] | None, after: str) -> bool:
    """Whether a value is of then: said so, or another follows that it moved to."""
    if _BEFORE.search(tail) and not _NOW.search(tail):
        return True
    if _BEFORE.search(lead) and not re.search(r"today|now|current", lead + tail, re.IGNORECASE):
        return True
    if re.search(r"\bfrom\s*$", lead, re.IGNORECASE):
        return True
    moved = following is not None and (
        _ARROW.search(following["sign"]) or _NOW.search(following["w2"] + following["when"] + after)
    )
    return bool(moved) and not _NOW.search(tail)


def _day(tail: str) -> str | None:
    found = [d.iso for d in dates_in(tail) if len(d.iso) >= 7]
    return found[0] if len(found) == 1 else None


def _fact(
    source: Source, statement: Statement, hit: Hit, scale: Scale, value: float, *, old: bool, day: str | None
) -> Fact:
    leave = frozenset({Context.HISTORICAL, Context.NEGATED})
    plain = context_at(statement, hit.start, hit.end, clinical=source.clinical, leave=leave)
    old = old and day is None  # a score of another day is that day's
    return fact_at(
        source, statement, FactKind.SCORE, confidence=0.9, context=plain or (Context.HISTORICAL if old else None),
        name=scale.id, value=value, value_high=value, date=day,
    )  # fmt: skip
