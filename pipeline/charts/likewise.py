"""Medicines of which no more is said than that it went as with the one before: "Same with amitriptyline"."""

import re

from pipeline.charts.mentions import Mention
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.charts.trial_words import DOSE, SIG, dose_in
from pipeline.knowledge.drugs import UNCLASSED
from pipeline.values.chart import Fact, FactKind

_MATTER = (
    r"(?:\s+(?:story|thing|outcome|results?|problems?|experience|issues?|fate|trouble|side effects?|effects?"
    r"|reaction))?"
)
_AHEAD = re.compile(
    # "Same with ...", "The same happened on ...", "the same story with ..."
    rf"(?:^|[.;,:(\u2013\u2014-]|\b(?:and|then|but)\b)\s*(?:(?:much|about|exactly)\s+)?(?:the\s+)?(?:same|similar){_MATTER}\s+(?:again\s+)?"
    r"(?:(?:was|is|held|holds)\s+true\s+(?:of|for|with)|(?:goes|went|happened|occurred|held)\s+(?:again\s+)?(?:for|with|on|to)"
    r"|appli(?:es|ed)\s+to|with|w/|for|on|from)\s+(?:the\s+)?$"
    # "as did ...", "Ditto for ...", "Likewise ..."
    r"|\b(?:so|as|nor|neither)\s+(?:did|was|were|has|had)\s+(?:the\s+)?$"
    r"|\b(?:likewise|ditto|similarly)\b[,:]?\s+(?:(?:with|for|on)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"[\s,:=>/.(\u2013\u2014-]*(?:(?:was|were|did|had|gave|went)\s+)?(?:(?:much|about|exactly)\s+)?"
    rf"(?:(?:the\s+)?same{_MATTER}|likewise|ditto|idem)\s*\)?\s*(?:$|[.;,])",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b\d{1,2}/(?:\d{1,2}/)?(?:\d{4}|\d\d)\b")
_NO_STORY = frozenset({"medications", "plan", "criteria", "not_taken"})
"""Sections in which "same" is of a dose, or of what is to come."""
_FAR = 160
"""More characters than this between two medicines, and the second is not told of by the first."""


def is_likewise(statement: Statement, mention: Mention) -> bool:
    """Whether a statement says of a medicine only that it went as with the one named before it."""
    if statement.section in _NO_STORY or not re.search(
        r"\b(?:same|similar|likewise|ditto|idem|did|was|has|had)", statement.text, re.I
    ):
        return False
    own = SIG.sub("", DOSE.sub("", _TIMES.sub("", statement.text[mention.last : mention.until])))
    return _BEHIND.match(own) is not None or _AHEAD.search(statement.text, 0, mention.first) is not None


def as_before(
    source: Source, statement: Statement, mention: Mention, *, drug: tuple[str, str], before: Fact
) -> Fact | None:
    """What became of a medicine of which the same is said as of the fact ``before``; None where that tells no ending.

    Whose it was, and whether it was at all, is the same too: of a sister, of a case that may come.
    """
    if before.kind not in {FactKind.DRUG_TRIAL, FactKind.CONTRAINDICATION} or before.outcome is None:
        return None
    drug_class, name = drug
    return fact_at(
        source,
        statement,
        before.kind,
        confidence=0.75,
        context=before.context,
        drug=name or None,
        drug_class=drug_class if drug_class != UNCLASSED else None,
        dose=dose_in(statement.text[mention.last : mention.until]),
        indication=before.indication,
        outcome=before.outcome,
        reason=before.reason,
    )


def stands_near(whole: str, before_end: int, start: int) -> bool:
    """Whether between two places of a document there is no more than a sentence, and no new paragraph."""
    between = whole[before_end:start]
    return len(between) <= _FAR and re.search(r"\n\s*\n", between) is None
