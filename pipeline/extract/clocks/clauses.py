"""The clause of a sentence in which a limit stands: what is done in time, and by whom, is told there first."""

import re

from pipeline.language.sentences import Sentence

_CLAUSE = re.compile(
    r"[;}]|\b(?=the (?:request|claim|appeal|case) (?:will|may) )"
    r"|\bso\s+(?=(?:that\s+)?we\b)|\.\s+(?=[a-z]+\s?[=:])"
    r"|\bor\s+(?=(?:the|we|it|this|that|your|any|all)\b[^.,;]{0,40}\b(?:will|may|shall)\b)"
    r"|,\s+(?=(?:and |but |or |then )?(?:we|you|our|the (?:plan|member|provider)|it|please|if)\b)"
    r"|\b(?:and|but|then)\s+(?=we\b)"
    r"|\band\s+(?=(?:\d{1,3}|[a-z-]+\s+\(\d{1,3}\))\s+(?:calendar |business |working )?(?:days?|months?)\b)",
    re.IGNORECASE,
)


def clause_at(sentence: Sentence, place: int) -> tuple[int, int]:
    """From where to where the clause around a place goes, at offsets of the whole text."""
    cuts = [sentence.start_char + m.start() for m in _CLAUSE.finditer(sentence.text)]
    before = [c for c in cuts if c <= place]
    after = [c for c in cuts if c > place]
    return (before[-1] if before else sentence.start_char), (after[0] if after else sentence.end_char)
