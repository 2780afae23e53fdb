"""Words that take a span of time away: it limits nobody, whatever is spoken of beside it."""

import re

from pipeline.extract.clocks.acts import Action, Said
from pipeline.extract.clocks.clauses import NEAR, clause_at
from pipeline.extract.clocks.durations import Duration, PrintedDay, durations
from pipeline.extract.clocks.limit import EFFECTS
from pipeline.extract.clocks.spans import is_settled
from pipeline.knowledge.time_limits import NoLimit
from pipeline.language.clauses import JOINTS

_WORD = re.compile(r"\w")


def is_refused(said: Said, found: Duration | PrintedDay) -> bool:
    """Whether the sentence says of this span that it limits nobody, and names no strong act beside it."""
    if is_settled(said.sentence, found):
        return False
    strong = [act for act in said.here if act.entry.rank >= 3 and act.entry.kind not in EFFECTS]
    return is_none(said, found, strong)


def is_none(said: Said, span: Duration | PrintedDay, strong: list[Action]) -> bool:
    """Whether words of no limit stand close to the span, in its clause."""
    sentence = said.sentence
    base = sentence.start_char
    others = [(base + d.start, base + d.end) for d in durations(sentence.text) if base + d.start != span.start]
    first, last = clause_at(sentence, span.start)
    first, last = max(first, span.start - NEAR), min(last, span.end + NEAR)
    return any(
        hit.start_char < last
        and hit.end_char > first
        and _is_of(sentence.text, entry, (hit.start_char - base, hit.end_char - base), span.start - base)
        and not any(hit.start_char < end and start < hit.end_char for start, end in others)
        and not any(a.start < hit.end_char and a.end > hit.start_char for a in strong)
        for entry, hit in said.refusals
    )


def _is_of(text: str, entry: NoLimit, hit: tuple[int, int], place: int) -> bool:
    """Whether words of no limit, from and to in a sentence, are said of the span at a place, as their entry asks."""
    start, end = hit
    if JOINTS.search(text, start, end):
        return False  # "No form is required; an appeal is allowed within 60 days"
    if entry.beside:
        return end <= place and not _WORD.search(text, end, place)
    return not entry.ahead or _leads_on(text[start:place])


def _leads_on(between: str) -> bool:
    """Whether the words before a span lead to it, with no comma between and nobody else who acts."""
    return bool(between) and "," not in between and " we " not in between
