"""From which day a limit runs, by the words around it."""

import re
from datetime import date

from pipeline.extract.clocks.clauses import clause_at
from pipeline.extract.clocks.durations import YEARLESS, Duration, PrintedDay, printed_days
from pipeline.extract.clocks.spans import leads_to_last_day
from pipeline.knowledge.time_limits import LimitAnchor
from pipeline.language import Language, Reading
from pipeline.language.matchers import Subject
from pipeline.language.sentences import Sentence

_START = re.compile(r"\W{0,3}(?:from|of|after|following|since|beginning|starting)\s+", re.IGNORECASE)
_PHRASE_END = re.compile(r"[,.;:()]|\s+(?:to|in order|unless|if|by)\b")
_ARTICLES = frozenset({"the", "a", "an", "this", "our", "your", "its"})
_THIS = re.compile(r"\bthis\s+$", re.IGNORECASE)
_FRONTED = re.compile(r"\W*(?:after|once|when|following)\b", re.IGNORECASE)
"""``After the appeal decision you have 6 months to ask for X and 120 days to ask for Y``: the start of both."""
_SUPPOSED = re.compile(
    r"\W*(?:if|when|once)\b[^,;]{0,80}\b(?:(?:appeal|claim|grievance|request|reconsideration"
    r"|dispute)\b[^,;]{0,40}\b(?:denied|upheld|unfavorable|not (?:decided|approved|resolved))"
    r"|(?:deny|uphold|denies|upholds) (?:your|the|our) (?:appeal|claim|grievance|request|decision|denial|refusal))",
    re.IGNORECASE,
)
_OF_THIS_PAPER = re.compile(
    r"\bthis\b(?!\s+(?:service|treatment|therapy|visit|stay|admission|procedure|surgery|injury|test|care|drug|dose"
    r"|appeal|request|claim|bill|payment|hearing|review)s?\b)"
    r"|^(?:the\s+)?(?:(?:date|day|time)\s+)?(?:(?:that|when|on which)\s+)?(?:it\s+(?:was|is)\s+)?"
    r"(?:issued|issuance|posted|posting|served|mailed|mailing|sent|printed|published|publication|generated)\b"
    r"|^(?:the\s+)?(?:notice|letter|issued?|posted|posting|mailing|mailed|print|printed)[ _]?(?:date|day|on)\b",
    re.IGNORECASE,
)
"""Words for the day of the paper itself, whatever it calls itself: ``this posting``, ``the date it was served``."""
_REACH, _PHRASE = 60, 45
"""Characters: how far the words of a start stand, and how long they run."""


def runs_from(sentence: Sentence, found: Duration | PrintedDay) -> bool:
    """Whether a start is told right behind a span, in whatever words."""
    return bool(_START.match(sentence.text[found.end - sentence.start_char :]))


def told_start(sentence: Sentence, found: Duration, *, known: bool) -> tuple[date | None, str | None]:
    """The day printed as the start of a limit, and the words for a start that is no ``known`` one.

    ``within 180 days from March 2, 2026``; ``within 60 days of the last date of treatment``.
    """
    _, last = clause_at(sentence, found.start)
    rest = sentence.text[found.end - sentence.start_char : max(last, found.end) - sentence.start_char]
    told = _START.match(rest)
    if told is None:
        return None, None
    start = rest[told.end() : told.end() + _REACH]
    days = [
        day
        for day in printed_days(start)
        if day.day.year != YEARLESS and (day.start == 0 or not leads_to_last_day(start[: day.start]))
    ]
    words = _PHRASE_END.split(start)[0].strip()
    if words.casefold() in _ARTICLES:
        words = ""  # the line breaks off there
    return (days[0].day if days else None), (None if known or days else words or None)


def is_of_this_paper(words: str | None) -> bool:
    """Whether the words for a start, none of the known ones, name the day of the letter itself."""
    return words is not None and bool(_OF_THIS_PAPER.search(words))


def anchor_of(
    reading: Reading, language: Language, sentence: Sentence, found: Duration | PrintedDay
) -> tuple[LimitAnchor | None, list[tuple[int, int]]]:
    """The anchor words nearest after the span, else nearest before it in its clause; and where those after it stand."""
    entries = {e.id: e for e in language.knowledge.limit_anchors}
    hits = [(entries[n], s.start_char, s.end_char) for n, s in language.matchers[Subject.LIMIT_ANCHOR](sentence.span)]
    after = sorted(
        (start - found.end, start - end, e.id, e) for e, start, end in hits if 0 <= start - found.end <= _REACH
    )
    places = [(start, end) for _, start, end in hits if 0 <= start - found.end <= _REACH]
    if after:
        # "after you receive our final decision": what is received is still to come.
        close = [a for a in after if a[0] <= after[0][0] + _PHRASE]
        ours = [a for a in close if a[3].later and not _THIS.search(reading.prose.text[found.end : found.end + a[0]])]
        plain = [a for a in close if not a[3].later]
        return (ours or plain or close)[0][3], places
    first, _ = clause_at(sentence, found.start)
    fronted = bool(_FRONTED.match(sentence.text))
    before = sorted(
        (found.start - end, e.id, e)
        for e, start, end in hits
        if end <= found.start and (start >= first or (fronted and e.later))
    )
    return (before[0][2] if before else None), places


def is_to_come(text: str, sentence: Sentence, found: Duration | PrintedDay) -> bool:
    """Whether the limit follows a decision that is only supposed: ``if your appeal is denied, you may ...``."""
    before = text[sentence.start_char : found.start]
    return bool(_SUPPOSED.match(before)) and not re.match(r"[^.]{0,40}\bthis\b", text[found.end : sentence.end_char])
