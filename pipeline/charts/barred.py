"""Medicines that an illness bars, said in shorthand: "no TCAs (long QT)", "never given: asthma"."""

import re

from pipeline.charts.clinical import Clinical
from pipeline.charts.mentions import Mention
from pipeline.charts.statements import Statement

# "No TCAs d/t", "Avoid triptans -"
_REFUSED_AHEAD = re.compile(
    r"\b(?:no|avoid(?:ing|ed)?|hold(?:ing)? off on"
    r"|(?:stay\w*|kept|keep\w*|steer\w*) (?:away from|clear of)|(?:never|not) "
    r"(?:gave|give|giving|use|used|using|start|started|starting|tried|try|took|take|taken|been on))\s+"
    r"(?:(?:oral|any|the)\s+)?$",
    re.IGNORECASE,
)
# "Beta-blocker: no (asthma)", "propranolol never given because of asthma"
_REFUSED_BEHIND = re.compile(
    r"[\s:,(\u2013\u2014-]*(?:(?:was|were|has been)\s+)?(?:no|n/a|none|avoid(?:ed|ing)?"
    r"|vetoed|declined by (?:\w+\s?){1,2}"
    r"|(?:(?:and|but) )?(?:(?:we|I|was|were) )?(?:rejected|dropped|decided against|ruled out)(?: (?:it|this))?"
    r"|(?:not|never)\s+(?:been\s+)?"
    r"(?:given|used|tried|started|taken|prescribed|offered))\b",
    re.IGNORECASE,
)
_WISHED = re.compile(r"\b(?:'d like|would (?:like|rather|prefer)|wants?|wish\w*|prefers?|hop\w+)\s+(?:to\s+)?$", re.I)
"""A patient's wish, which bars nothing."""
_CAUSE = re.compile(
    r"\s*(?:altogether|entirely|completely)?\s*"
    r"(?:,?\s*(?:since|because|as)\s+(?:s?he|pt|(?:the )?patient)\s+(?:has|had|is)\b"
    r"|[:(\u2013\u2014]|-+|d/t|due to"
    r"|because(?: of)?(?: (?:my|her|his|the))?"
    r"|given(?! (?:today|now|at|in|this|to|by|on|her|him)\b)|2/2|secondary to"
    r"|in (?:view|light) of|as (?:s?he|pt|patient) (?:has|is))\s*(?P<why>[^.;)]{2,60})",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*,\s*(?P<why>[^.,;)]{2,30})(?=[.,;)]|$)")
"""A cause that only a comma joins: no more than the illness may stand there."""
# "Qsymia - kidney stones so no", "propranolol: asthma so contraindicated"
_ILLNESS_FIRST = re.compile(
    r"\s*(?:[:(\u2013\u2014,]|-+)\s*(?P<why>[^.;,()]{2,40}?)\s*,?\s*(?:so|thus|therefore|hence)\s+"
    r"(?:no\b(?!\s+\w+\s+(?:effect|change))|not\b|never\b|contra\w*|c/i\b|avoid\w*|cannot\b|can't\b|out\b|none\b)",
    re.IGNORECASE,
)
_NO_BAR = re.compile(
    r"\b(?:no|not|ruled out|ok|okay|without|denies|controlled|stable|resolved|treated|managed"
    r"|tests?|screen\w*|pending|alert|possible|r/o|negative|neg|prefers?)\b",
    re.IGNORECASE,
)


def barred_by(statement: Statement, mention: Mention, clinical: Clinical) -> str | None:
    """The illness for which a medicine is not given, as written; None where nothing says so."""
    own = statement.text[mention.last : mention.until]
    refused = _REFUSED_BEHIND.match(own)
    if refused is not None:
        m = _CAUSE.match(own, refused.end()) or _BESIDE.match(own, refused.end())
    elif (ahead := _REFUSED_AHEAD.search(statement.text, 0, mention.first)) is not None:
        if _WISHED.search(statement.text, 0, ahead.start()):
            return None
        m = _CAUSE.match(own)
    else:
        m = _ILLNESS_FIRST.match(own)
    if m is None or _NO_BAR.search(m["why"]) or not clinical.words.bars.found_in(m["why"]):
        return None
    return m["why"].strip(" ,:-").casefold()
