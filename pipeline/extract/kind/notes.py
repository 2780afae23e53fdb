"""What a note of a call tells: the words of a payer's representative, as somebody of the practice wrote them down."""

import re
from collections.abc import Iterator

from pipeline.language import Reading
from pipeline.values.letter import LetterKind

_NOTE = re.compile(
    r"\b(?:call (?:log|ref\w*|note)|(?:tele)?phone (?:log|note|call)|(?:claim|auth\w*|call|phone) follow[- ]?up)\b"
    r"|\b(?:rep|agent|spoke (?:to|with)|s/w|call ref)\b ?(?::|\w)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:denied|denial|denying|not (?:approved|covered|paid)|zero pay)\b", re.IGNORECASE)
_PAID = re.compile(r"\b(?:paid|pd|approved|ok'?d)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:whether|if|not (?:been )?(?:denied|paid)|last year|old|first|stays?|remains?|still|already|appeal\w*)\b",
    re.IGNORECASE,
)
_OPENING = 600


def told_by_phone(reading: Reading) -> LetterKind | None:
    """A denial, one in part where something else was paid; None where no note of a call tells one."""
    if len(_NOTE.findall(reading.prose.text[:_OPENING])) < 2:
        return None
    clauses = list(_clauses(reading.prose.text))
    if not any(_DENIED.search(clause) for clause in clauses):
        return None
    paid = any(_PAID.search(clause) and not _DENIED.search(clause) for clause in clauses)
    return LetterKind.PARTIAL_DENIAL if paid else LetterKind.DENIAL


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in re.split(r"[,;:.]\s|\s--+\s|\band\b|\n", text) if not _OPEN.search(clause))
