"""What a sentence says of a limit besides its act: whose it is, from when it runs, and which of two near kinds."""

import re

from pipeline.extract.clocks.durations import Duration, PrintedDay
from pipeline.knowledge.time_limits import LimitAnchor
from pipeline.language import Language, Reading
from pipeline.language.matchers import Subject
from pipeline.language.sentences import Sentence
from pipeline.values.letter import Anchor, ClockKind, Party, TimeUnit

_FILING = re.compile(
    r"\b(?:file|filed|request(?:ed)?|submit(?:ted)?|ask|received|send|sent|write|call)\b", re.IGNORECASE
)


_IF = re.compile(r"\bif\b[^.]*$", re.IGNORECASE)
_SHORT_DAYS = 30
"""What holds a service or money while an appeal is decided is asked for in days, not months."""


def is_for_effect(sentence: Sentence, found: Duration | PrintedDay, *, headed: bool) -> bool:
    """Whether an appeal in this time is told for what follows from it, under the words or the heading for that."""
    if isinstance(found, Duration) and (found.unit is not TimeUnit.DAY or found.amount > _SHORT_DAYS):
        return False
    return headed or bool(_IF.search(sentence.text[: found.start - sentence.start_char]))


def anchor_told(told: LimitAnchor | None, *, later: bool, own: bool) -> Anchor:
    """From which day it runs; ``own``: words that no entry has name the day of the letter itself."""
    if later:
        return Anchor.DECISION_DATE
    return Anchor.LETTER_DATE if own else told.anchor if told else Anchor.UNSTATED


def narrowed(
    kind: ClockKind, sentence: Sentence, found: Duration | PrintedDay, anchor: LimitAnchor | None
) -> ClockKind:
    """An expedited appeal's hours are the payer's, unless the sentence says that it must be filed in them."""
    if kind is not ClockKind.EXPEDITED_APPEAL or not isinstance(found, Duration):
        return kind
    ours = anchor is not None and (anchor.id in ("anchor.letter", "anchor.receipt"))
    short = found.unit is TimeUnit.HOUR or found.amount <= 3
    return ClockKind.PAYER_DECISION if short and not (ours and _FILING.search(sentence.text)) else kind


def party_of(reading: Reading, language: Language, sentence: Sentence, kind: ClockKind, *, usual: Party) -> Party:
    """Whom a limit binds, as the sentence names them, else ``usual``."""
    if kind is ClockKind.PAYER_DECISION:
        return Party.PAYER
    entries = {e.id: e.party for e in language.knowledge.limit_parties}
    named = {entries[name] for name, _ in language.matchers[Subject.LIMIT_PARTY](sentence.span)}
    if Party.EITHER in named or len(named) > 1:
        return Party.EITHER
    return named.pop() if named else usual
