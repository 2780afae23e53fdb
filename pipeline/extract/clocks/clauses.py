"""The clause of a sentence in which a limit stands: what is done in time, and by whom, is told there first."""

import re
from functools import lru_cache
from itertools import pairwise

from pipeline.extract.clocks.durations import durations, printed_days
from pipeline.language.sentences import Sentence

_CLAUSE = re.compile(
    r"[;}]|(?=\[[ xX]?\])|(?=(?-i:\b[A-Z][A-Z ]{2,20}) ?\.{3,})|\b(?=the (?:request|claim|appeal|case) (?:will|may) )"
    r"|\bso\s+(?=(?:that\s+)?we\b)|\.\s+(?=[a-z]+\s?[=:])"
    r"|\bor\s+(?=(?:the|we|it|this|that|your|any|all)\b[^.,;]{0,40}\b(?:will|may|shall|ends?|lapses?|closes?|stops?|is|are)\b)"
    r"|,\s+(?=(?:and |but |or |then )?(?:we|you|our|your|it|please|if|the (?:plan|member|provider|patient|enrollee"
    r"|facility|hospital|practice|physician|doctor|prescriber))\b)"
    r"|\b(?:and|but|then)\s+(?=we\b)"
    r"|\band\s+(?=(?:\d{1,3}|[a-z-]+\s+\(\d{1,3}\))\s+(?:calendar |business |working )?(?:days?|months?)\b)",
    re.IGNORECASE,
)
NEAR = 40
"""Characters: what is said of a limit, an answer that takes this time or that there is none, stands as near."""
_BETWEEN_LIMITS = re.compile(
    r",?\s+(?=(?:or|and|otherwise|but|while|then)\s+(?:(?:you|may|can|must|to|please|also|instead|an?|the \w+)\s+){0,4}"
    r"(?:appeal|file|request|ask|send|submit|dispute|write|call|fax|seek|has|have"
    r"|records|papers|notes|documents|p2p|peer|external|outside|fair|state|second|expedited|corrected)\b)"
    r"|,\s+(?=\"[\w ]{2,40}\"\s?:)|\s?\|\s|\s/\s"
    r"|,\s+(?=(?:the|an?|your|for|any)?\s?(?:p2p|peer|appeals?|disputes?|recon\w*|corrected|records|notes|external"
    r"|fair|state|hearing|expedited|fast|urgent|second|first|level|grievances?)\b)"
    r"|,\s+(?=\d{1,3} (?:calendar |business )?(?:days?|months?|hours?) (?:for|to|turnaround)\b)",
    re.IGNORECASE,
)
"""``a reconsideration by June 1, or appeal within 180 days``: each act with the time of its own.

So in lists too: ``appeal by 8/29, p2p by 3/9``, ``"appeal days": 180, "peer days": 14``, ``Appeals 180 d | P2P 14 d``.
"""


@lru_cache(maxsize=256)
def _cuts(text: str) -> tuple[int, ...]:
    """Where the clauses of a sentence begin."""
    cuts = {m.start() for m in _CLAUSE.finditer(text)}
    spans = sorted([(s.start, s.end) for s in durations(text)] + [(day.start, day.end) for day in printed_days(text)])
    for (_, end), (start, _) in pairwise(spans):
        if not any(end <= cut <= start for cut in cuts):
            cut = _BETWEEN_LIMITS.search(text, end)
            if cut and cut.start() < start:
                cuts.add(cut.start())
    return tuple(sorted(cuts))


def clause_at(sentence: Sentence, place: int) -> tuple[int, int]:
    """From where to where the clause around a place goes, at offsets of the whole text."""
    cuts = [sentence.start_char + cut for cut in _cuts(sentence.text)]
    before = [c for c in cuts if c <= place]
    after = [c for c in cuts if c > place]
    return (before[-1] if before else sentence.start_char), (after[0] if after else sentence.end_char)
