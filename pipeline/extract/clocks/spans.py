"""Which spans of time and which days of a sentence may be limits, by the words that stand right beside them.

What they limit, from when and for whom is no question of this module (see ``limits``).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline.extract.clocks.durations import YEARLESS, Duration, PrintedDay, durations, printed_days
from pipeline.knowledge.calendar import business_days_before
from pipeline.language.sentences import Sentence
from pipeline.language.zones import Zone
from pipeline.values.letter import TimeUnit

OPEN = frozenset(
    {Zone.DETERMINATION, Zone.RIGHTS, Zone.REQUEST, Zone.CONTACTS, Zone.BODY, Zone.GREETING, Zone.SIGNATURE}
)
"""Where a limit needs no word for the day it runs from to be one."""
_COUNTED = frozenset({TimeUnit.DAY, TimeUnit.BUSINESS_DAY, TimeUnit.HOUR})
_HEAD_OF_NOTE = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE})
"""Short notes are all head."""
_BEFORE = re.compile(
    r"\b(?:within|w/in|inside|during|in|than|up to|have|has|got|of|by|is|are|least|for|maximum|limit(?:ed to)?|deadline"
    r"|filing|window|takes?|taking|open|get|gives? \w+|permits? \w+|allows? \w+|allow)"
    r"\W+(?:the\s+|a\s+|first\s+|next\s+)*$"
    r"|[:–—]\s*[\"“]?\s*$|\s-\s*$|\d{4},\s*$"
    r"|\b(?:dentro de|en|tienen?|hasta|durante|plazo(?: \w+)? de|es de|son)\W+(?:los\s+|las\s+|un plazo de\s+"
    r"|pr[óo]xim[oa]s\s+|siguientes\s+)*$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\b(?:for|(?<!inside )of|lasting|lasted)\W+"
    r"(?:(?:at least|no less than|not less than|no fewer than|more than|over|a minimum of|about)\W+)?$"
    r"|\b(?:less|fewer|older|longer) than\W+$",
    re.IGNORECASE,
)
"""How long something went on: "each for no less than eight weeks". Such a span needs the day that it runs from."""
_AFTER = re.compile(
    r"^\W*(?:from|of|after|following|count(?:ed|ing)|beginning|starting|running|to\b|upon"
    r"|deadline|limit|window|time ?frame|filing|appeal|prior|before"
    r"|desde|despu[ée]s|a partir|a contar|contados|siguientes|posteriores|para (?:apelar|pedir|solicitar|presentar))",
    re.IGNORECASE,
)
_RUNS_FROM = re.compile(
    r"^\W*(?:from|of|after|following|upon|since|beginning|starting|to\b|desde|despu[ée]s|a partir)", re.I
)
_SAID = re.compile(
    r"^\W*(?:answer|decision|reply|response|turn-?around|ruling|determination|window|limit|deadline)s?\b", re.I
)
"""``a 72-hour answer``: the span is told of what follows it."""
_OR = re.compile(r"\b(?:or|and)\s+(?:in\s+|within\s+)?$", re.IGNORECASE)
_ASIDE = re.compile(r"\(\s*(?:or\s+|within\s+)?$", re.IGNORECASE)
_OF_SOME = re.compile(r"\s+(?:for|in|if|when|where|on)\b", re.IGNORECASE)
"""``within 30 days (10 days for a drug)``: a second time, for some; not the first one in other words."""
_SUBJECT = re.compile(
    r"\b(?:about|of|for|appeal|deny|denied|cut|pay|paid|dispute|bill|billed|cover|covered)\s+"
    r"(?:the|these|those|his|her|their|all|any|other)\s+$",
    re.IGNORECASE,
)
_OF_A_THING = re.compile(r"\s+(?:of|that|at|which|on)\b", re.IGNORECASE)
"""``appeal the 3 days of the stay``: what is spoken about."""
_LEFT_OUT = re.compile(r"[;,]\s+(?:and\s+)?(?:[\w()-]+\s+){1,3}$", re.IGNORECASE)
_ENDS = re.compile(r"\W*(?:[.;,)]|$)")
"""``Standard answers take up to 15 days; urgent ones 72 hours.``: the verb is left out the second time."""
_PACE = re.compile(r"\b(?:standard|fast|expedited|urgent|regular|routine|rush|quick)\w*\W*\($", re.IGNORECASE)
"""``Expedited (72 hours).``: how long each kind of review takes."""
_OF_ACT = re.compile(
    r"(?:^|[\]|:;,(])\s*(?:\w+[- ]){0,2}(?:appeals?|reviews?|disputes?|hearings?|p2p|peer)\s$", re.IGNORECASE
)
_ASIDE_OF_ACT = re.compile(r"\b(?:your|an?) (?:appeal|dispute|grievance)\s?\(\s?$", re.IGNORECASE)
"""``Send the plan with your appeal (180 days; fax ...)``."""
_CELL_ENDS = re.compile(r"\s*(?:[\[|;,.)]|$)")
"""``[X] Standard appeal 180 days [ ] Fast appeal 72 hours``: a cell that names an act and its time."""
_CONDITION = re.compile(r"\W*(?:if|for|when)\b.*,\s*(?:with)?(?:in\s+)?$", re.IGNORECASE)
_ENDS_ALL = re.compile(r"\W*")
_IN_BRACKETS = re.compile(r"^\W{0,2}[([]\W*$")
_BY = re.compile(
    r"\b(?:by|before|prior to|than|until|till|up to(?: and (?:on|including))?|deadline|due|reach us|through|thru|on"
    r"|date|is)\W*"
    r"(?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\W+)?(?:(?:the )?(?:midnight|noon"
    r"|(?:close|end) of (?:business|(?:the )?day)|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?)(?:\s+(?:[ECMP][SD]?T|Eastern|Central"
    r"|Mountain|Pacific)(?: time)?)?)?\W*(?:on\W+|of\W+)?$"
    r"|\b(?:deadline|due date|due|last day|appeal by|respond by|no later than)\b[^.;]{0,60}$"
    r"|\b(?:a m[áa]s tardar|antes|hasta|para|vence|l[íi]mite(?: es)?)\W*(?:el|del)?\W*$"
    r"|\b(?:window|period|time|right|chance|clock|opportunity)\b[^.;|]{0,50}\b(?:closes?|ends?|expires?|lapses?"
    r"|runs (?:out|through|to))\W*(?:on\W+)?$",
    re.IGNORECASE,
)
_TOO_LATE = re.compile(
    r"(?<!was )(?<!were )(?<!been )\b(?:(?:you|they|he|she|members?|providers?) (?:file|send|submit|make|fax|mail)"
    r"|received|postmarked|arriv(?:es?|ing)|com(?:es?|ing)(?: in)?|filed|sent"
    r"|submitted|made|faxed|mailed|in|here)(?: (?:by us|here|at this office|any time))? after\W+$",
    re.IGNORECASE,
)
_IS_REFUSED = re.compile(
    r"[^.;]{0,30}\b(?:(?:will|are|is|can|may|shall|must)(?:\s?not|n't)\b|cannot|won't|(?:will be |are |is )?(?:returned"
    r"|rejected|refused|dismissed|disregarded|closed|denied|untimely|(?:too )?late)|do(?:es)? not count)",
    re.IGNORECASE,
)
"""``Appeals received after May 1 are returned``: the day after which it is too late is the last one."""
_COUNTED_BACK = re.compile(
    r"\W{1,3}(?:before|prior to|ahead of|in advance of)\s(?:(?:the|your|that)\s[^.;,\d]{3,40}?\s(?:on|of)\s)?$",
    re.IGNORECASE,
)
"""``at least 5 days before April 20``: the last day is so long before the one that is printed."""
_KEY = re.compile(r"\"(?P<key>[\w ]{2,40})(?:\"\s?:\s?\"?)?$|(?P<name>\b[A-Z][\w ]{1,20}?)=\s?$")
_BARE_KEY = re.compile(
    r"(?:(?:time|filing|due|last|days?|months?|hours?|amount|deadline|date|limit|window|by|until|unit|value|from|after)\s?)+",
    re.IGNORECASE,
)
_NAMED_UNIT = re.compile(r"(?:\"|^\W*)([a-z ]{2,40})()$", re.IGNORECASE)
"""Before the unit of a key: ``"appeal days": 180``, ``decision days: 30``."""
_UNIT_FIRST = re.compile(r"(?:days|months|hours)\b", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:A\W+)?")
_ROW_NAME = re.compile(
    r"\s*(?:\|\s*(?P<stroke>\w[^|\n]{1,40})\||(?P<name>[A-Z][\w /&#'-]{1,30}?)(?:\s?\.{2,}\s?:?|\s{2,}:|\s:)\s?(?=\S))"
)
_HEAD = re.compile(
    r"\|\s*(?:last day|deadline|due(?: date| by)?|by when|when|time (?:limit|you have|allowed)|how long|file by"
    r"|no later than|until|within|window)\s*(?:\||$)",
    re.IGNORECASE | re.MULTILINE,
)
_LAST_DAY = re.compile(
    r"\b(?:by|no later than|not later than|on or before|before|prior to|until|till|up to|through|thru|deadline|due"
    r"|last day"
    r"|must (?:be|reach)|will result|expires?|reach us|closes?|a m[áa]s tardar|antes del|hasta el|para el|vence"
    r"|l[íi]mite)\b",
    re.IGNORECASE,
)


_BEFORE_IT = re.compile(r"(?<!\bon or )(?<!\bor )\b(?:before|prior to)\s(?:\w+day,?\s)?$", re.IGNORECASE)
"""``before May 1``, but not ``on or before May 1`` nor ``before 5 p.m. on May 1``."""


class LastDays:
    """Tables whose head names a column of last days: ``| Step | Last day |``. Their rows need no words beside a day."""

    def __init__(self) -> None:
        self._open = False

    def of(self, text: str) -> bool:
        """Whether a line, the next one of the letter, is a row of such a table."""
        row, headed = "|" in text, bool(_HEAD.search(text)) and not any(c.isdigit() for c in text)
        inside = self._open and row
        self._open = row and (headed or self._open) and "\n\n" not in text
        return inside and not headed


def spans_of(sentence: Sentence, zone: Zone, *, listed: bool = False) -> Iterator[Duration | PrintedDay]:
    """The spans of time and last days of a sentence, at offsets of the whole text.

    ``listed``: every one in it is a limit.
    """
    text, base = sentence.text, sentence.start_char
    spans, every = durations(text), printed_days(text)
    back = {d.start: span for d in every for span in spans if _is_counted_back(text, span, d)}
    days = [
        _back(d, back[d.start]) if d.start in back else _eve(d) if _BEFORE_IT.search(text[: d.start]) else d
        for d in every
        if listed or d.start in back or (_LAST_DAY.search(text[: d.start]) and leads_to_last_day(text[: d.start]))
        or _is_too_late(text, d)
    ]  # fmt: skip
    taken = False
    for span in spans:
        if span in back.values():
            continue
        told = any(_IN_BRACKETS.match(text[day.end : span.start]) for day in days if day.end <= span.start)
        if told or listed or _is_told(text, span, zone, taken=taken):
            taken = True
            yield Duration(span.amount, span.unit, base + span.start, base + span.end, span.agrees)
    for day in days:
        yield replace(day, start=base + day.start, end=base + day.end)


def _is_too_late(text: str, day: PrintedDay) -> bool:
    """Whether what comes after a day is said to be refused."""
    return bool(_TOO_LATE.search(text[: day.start]) and _IS_REFUSED.match(text[day.end :]))


def is_settled(sentence: Sentence, found: Duration | PrintedDay) -> bool:
    """Whether the words around a day say by themselves that it is a last one, though words of no limit stand there."""
    if not isinstance(found, PrintedDay):
        return False
    base = sentence.start_char
    day = replace(found, start=found.start - base, end=found.end - base)
    return found.counted_back or _is_too_late(sentence.text, day)


def _is_counted_back(text: str, span: Duration, day: PrintedDay) -> bool:
    between = text[span.end : day.start] if span.end < day.start else ""
    return span.unit in _COUNTED and day.day.year != YEARLESS and bool(_COUNTED_BACK.match(between))


def _back(day: PrintedDay, span: Duration) -> PrintedDay:
    """The day that lies a span before a printed one; hours are rounded up to days, so that it is never too late."""
    if span.unit is TimeUnit.BUSINESS_DAY:
        last = business_days_before(day.day, span.amount)
    else:
        last = day.day - timedelta(days=span.amount if span.unit is TimeUnit.DAY else -(-span.amount // 24))
    return replace(day, day=last, time=None, counted_back=True)


def _eve(day: PrintedDay) -> PrintedDay:
    """The last day before a printed one: what is to come before a day is late on it."""
    if day.time or day.day == date(YEARLESS, 1, 1):
        return day
    return replace(day, day=day.day - timedelta(days=1), eve=True)


def leads_to_last_day(before: str) -> bool:
    """Whether the words before a day make it a last one: ``no later than``, ``until 5 p.m. on``."""
    return bool(_BY.search(before))


def is_under_own_key(text: str, start: int) -> bool:
    """Whether the span at ``start`` stands under a key that says what it is: ``"visit days": 12``, ``P2P DUE=03/12``.

    What the keys beside it speak of is another thing then.
    """
    before = text[:start]
    key = _KEY.search(before) or (_NAMED_UNIT.search(before) if _UNIT_FIRST.match(text, start) else None)
    return key is not None and _BARE_KEY.fullmatch(key[1] or key[2] or "") is None


def is_row(text: str) -> bool:
    """Whether a line begins with the name of what it tells: ``| Doctor call | 10 days``, ``CALL BY : 3/12``."""
    name = _ROW_NAME.match(text)
    return name is not None and _BARE_KEY.fullmatch((name["name"] or name["stroke"]).strip()) is None


def is_led(before: str) -> bool:
    """Whether the words before a span lead to it as to a limit: ``within``, ``you have``."""
    return bool(_BEFORE.search(before))


def is_tail(before: str, after: str) -> bool:
    """Whether a span is all that is said behind a condition, as in ``If you have had it already, within 60 days``."""
    return bool(_CONDITION.match(before) and _ENDS_ALL.fullmatch(after))


def _is_told(text: str, span: Duration, zone: Zone, *, taken: bool) -> bool:
    """Whether the words beside a span make it a limit; ``taken``: an earlier one of the sentence is one."""
    before, after = text[: span.start], text[span.end :]
    if _LENGTH.search(before) and not _RUNS_FROM.match(after):
        return False
    if _SUBJECT.search(before) and _OF_A_THING.match(after):
        return False
    if taken and _ASIDE.search(before) and _OF_SOME.match(after):
        return True
    if taken and (_OR.search(before) or (_LEFT_OUT.search(before) and _ENDS.match(after))):
        return True
    if zone in OPEN and (is_tail(before, after) or (_ALONE.fullmatch(before) and _ENDS.match(after))):
        return True
    if _RUNS_FROM.match(after) and (zone in _HEAD_OF_NOTE or is_row(text)):
        return True
    if _UNIT_FIRST.match(text, span.start) and _NAMED_UNIT.search(before):
        return True
    if zone in OPEN and (_OF_ACT.search(before) or _ASIDE_OF_ACT.search(before)) and _CELL_ENDS.match(after):
        return True
    return bool(
        _BEFORE.search(before) or _PACE.search(before) or _SAID.match(after) or (zone in OPEN and _AFTER.match(after))
    )
