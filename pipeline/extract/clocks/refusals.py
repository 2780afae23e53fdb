"""Words that take a span of time away: it limits nobody, whatever is spoken of beside it."""

from pipeline.extract.clocks.acts import Action, Said
from pipeline.extract.clocks.clauses import clause_at
from pipeline.extract.clocks.durations import Duration, PrintedDay, durations
from pipeline.extract.clocks.limit import EFFECTS
from pipeline.extract.clocks.spans import is_settled
from pipeline.language import Reading, Span
from pipeline.language.sentences import Sentence

_NEAR = 40
"""Characters: how near words of no limit stand."""


def is_refused(reading: Reading, said: Said, found: Duration | PrintedDay) -> bool:
    """Whether the sentence says of this span that it limits nobody, and names no strong act beside it."""
    if is_settled(said.sentence, found):
        return False
    strong = [act for act in said.here if act.entry.rank >= 3 and act.entry.kind not in EFFECTS]
    hits = [
        hit
        for must_lead, hit in said.refusals
        if not must_lead or _leads_on(reading.prose.text[hit.start_char : found.start])
    ]
    return is_none(said.sentence, found, hits, strong)


def is_none(sentence: Sentence, span: Duration | PrintedDay, hits: list[Span], strong: list[Action]) -> bool:
    """Whether words of no limit stand close to the span, in its clause."""
    first, last = clause_at(sentence, span.start)
    first, last = max(first, span.start - _NEAR), min(last, span.end + _NEAR)
    base = sentence.start_char
    others = [(base + d.start, base + d.end) for d in durations(sentence.text) if base + d.start != span.start]
    hits = [hit for hit in hits if not any(hit.start_char < end and start < hit.end_char for start, end in others)]
    return any(
        hit.start_char < last
        and hit.end_char > first
        and not any(a.start < hit.end_char and a.end > hit.start_char for a in strong)
        for hit in hits
    )


def _leads_on(between: str) -> bool:
    """Whether the words before a span lead to it, with no comma between and nobody else who acts."""
    return bool(between) and "," not in between and " we " not in between
