"""What one sentence says and the next takes back: "Your letter says that she takes it. She does not"."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.charts.statements import Statement
from pipeline.values.chart import Context

_TAKEN_BACK = re.compile(
    r"(?:but\s+|however,?\s+|in fact,?\s+)?(?:"
    r"(?:s?he|they|I|we|pt|the patient|patient|it)\s+(?:is|are|am|was|were|does|do|did|has|have)(?:\s+not|n't|n\u2019t)"
    r"(?=\s*(?:[.,;(\u2013\u2014-]|$))"
    r"|(?:this|that|it|which)\s+(?:is|was)(?:\s+(?:simply|plainly|quite|also))?\s+"
    r"(?:not\s+(?:so|true|right|correct|accurate|the case)|incorrect|wrong|false|untrue|inaccurate|mistaken|outdated"
    r"|an?\s+(?:error|mistake)|in error)\b"
    r"|not\s+(?:so|true|correct)\b"
    r"|it never was\b)",
    re.IGNORECASE,
)
"""How a sentence begins that denies the whole of the one before it: "He is not; it was cancelled", "That is wrong"."""


def without_what_is_taken_back(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that the next one denies as a whole being said not to be so."""
    found = list(statements)
    for number, (one, following) in enumerate(itertools.pairwise(statements)):
        if _TAKEN_BACK.match(following.text) and one.boxed is None:
            found[number] = replace(one, boxed=Context.NEGATED)
    return tuple(found)
