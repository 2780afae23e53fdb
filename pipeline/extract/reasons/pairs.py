"""A diagnosis that does not go with the code of a procedure, where both codes are printed: a fault of coding.

``Z00.00 is not payable with 72148``: words like these say of a drug that it is not covered for a diagnosis.
"""

import re

_DIAGNOSIS = r"(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})"
_PROCEDURE = r"(?<![\w.$-])(?:\d{5}|\d{4}[TF]|[A-CEGHKLMPS]\d{4})(?![\w-]|[.,]\d)"
_JOINED = (
    r"(?:\bnot\b|\bcannot\b|n['’]t\b)[^.;]{0,30}\b(?:match|support|go|fit|agree|belong|pair|correspond|justify|payable"
    r"|bill|valid|appropriate|consistent|compatible|accepted)\w*\b|\b(?:inconsistent|incompatible|mismatch\w*)\b"
)
_PAIR = re.compile(
    rf"\b{_DIAGNOSIS}(?!\d).*(?:{_JOINED}).*{_PROCEDURE}|{_PROCEDURE}.*(?:{_JOINED}).*\b{_DIAGNOSIS}(?!\d)"
    rf"|{_PROCEDURE}.*\b{_DIAGNOSIS}(?!\d).*(?:{_JOINED})(?! covered)",
)
_OF_OTHER = re.compile(
    r"\b(?:modifiers?|ndc|units?|approv\w+|authoriz\w+|precert\w*|medically|necess\w+|experimental|cover(?:ed|s|age)?"
    r"|polic(?:y|ies)|indication\w*|fda|label\w*)\b",
    re.IGNORECASE,
)


def codes_clash(text: str) -> bool:
    """Whether a sentence says that the code of a diagnosis and that of a procedure do not go together."""
    return _PAIR.search(text) is not None and _OF_OTHER.search(text) is None
