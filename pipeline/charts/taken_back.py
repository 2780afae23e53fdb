"""What one sentence says and the next takes back: "Your letter says that she takes it. She does not"."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.charts.statements import Statement
from pipeline.values.chart import Context

_SOURCE = (
    r"(?:as )?(?:per|according to|says?)\s+(?:(?:the|her|his|our|my|their)\s+)?"
    r"(?:patient|pt|family|mother|father|wife|husband|spouse|parents?|pharmacy|chart|records?)(?:'s\s+\w+)?"
)
_ERROR = (
    r"an? (?:error|mistake)(?:\s+(?:in|of|on)\s+(?:the|our|my|your)\s+(?:chart|records?|note|letter|list|file|part))?"
)
_WHOSE = (
    r"(?:(?:it|this|that)\s+(?:is|was)\s+)?(?:the\s+)?(?:wrong|another|different|other)\s+"
    r"(?:patient|pt|chart|record|person|name)(?:'s\s+\w+)?"
)
_UNDONE = (
    r"(?:(?:it|this|that|which|the\s+(?:order|prescription|script|request|entry|line))\s+)?"
    r"(?:(?:was|were|is|has been|had been)\s+)?(?:(?:never|not|since|only|now)\s+)?"
    r"(?:cancell?ed|stopped|withdrawn|corrected|removed|filled|started|taken|given|dispensed|misfiled|entered in error)"
)
_NEVER = r"(?:and\s+)?(?:s?he|they|it)?\s*never\s+(?:has|have|did|was|had|has been)"
_END = (
    rf"(?:\s+{_SOURCE})?(?:\s*[,;:(\u2013\u2014-]\s*(?:and\s+)?(?:{_SOURCE}|{_WHOSE}|{_UNDONE}|{_NEVER}))*[\s.,;:!)]*"
)
"""What may still follow in a sentence that takes back: who says so, whose it was, what became of it."""
_TAKEN_BACK = re.compile(
    r"(?:but\s+|however,?\s+|in fact,?\s+)?(?:"
    r"(?P<who>s?he|they|I|we|pt|the patient|patient|it)\s+"
    r"(?:is|are|am|was|were|does|do|did|has|have)(?:\s+not|n't|n\u2019t)"
    r"|(?:this|that|it|which)\s+(?:is|was)(?:\s+(?:simply|plainly|quite|also))?\s+"
    r"(?:not\s+(?:so|true|right|correct|accurate|the case)|incorrect|false|untrue|inaccurate|outdated"
    r"|in error|an error)"
    rf"|(?:this|that|which)\s+(?:is|was)(?:\s+(?:simply|plainly|quite|also))?\s+(?:wrong|mistaken|{_ERROR})"
    r"|not\s+(?:so|true|correct)"
    rf"|it never was(?:\s+(?:filled|started|taken|given|dispensed|tried|so|true))?){_END}",
    re.IGNORECASE,
)
"""A sentence that is nothing but the denial of the one before it: "He is not", "That is wrong", "Not so, per patient".

"It was wrong for her asthma" and "Not true aphasia" speak of something else.
"""
_SHE = re.compile(r"\bshe\b", re.IGNORECASE)
_HE = re.compile(r"\bhe\b", re.IGNORECASE)


def without_what_is_taken_back(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those that the next one denies as a whole being said not to be so."""
    found = list(statements)
    for number, (one, following) in enumerate(itertools.pairwise(statements)):
        denial = _TAKEN_BACK.fullmatch(following.text)
        if denial is not None and one.boxed is None and _is_of_the_same(one.text, (denial["who"] or "").casefold()):
            found[number] = replace(one, boxed=Context.NEGATED)
    return tuple(found)


def _is_of_the_same(text: str, who: str) -> bool:
    """Whether "he" or "she" may be who a sentence speaks of: not where it has only the other of them."""
    own, other = {"he": (_HE, _SHE), "she": (_SHE, _HE)}.get(who, (None, None))
    return own is None or other is None or own.search(text) is not None or other.search(text) is None
