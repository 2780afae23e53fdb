"""What a letter measures or counts and finds to be good enough: no reason, in whatever words it stands.

``The guideline asks for a score of at least 20, and the score was 24``: words of a rule and of a finding stand together
as they do where a bound is missed, and only the numbers tell that it is not. Only the plainest form counts: two
numbers of the same thing, one in the clause of the rule and one in that of what was found, and no word that says no,
goes further or counts from the bound ("30 days late"). Where it is in doubt the reason is kept.
"""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from pipeline.extract.reasons.measured import COUNTS_OFF, HIGH, LOW, ONE_OF, TIMES, unit_of
from pipeline.extract.reasons.passages import Known, Passage, Stretch, has_number
from pipeline.extract.reasons.rules import fired
from pipeline.language import Language
from pipeline.language.clauses import JOINTS
from pipeline.language.context import Utterance
from pipeline.values.vocabulary import Category

# Words of a rule, with which alone it is worth to count.
_MAY_FIT = re.compile(
    r"\b(?:or|and) (?:more|above|higher|greater|over|less|below|lower|fewer|under|older)\b|\bat (?:least|most)\b"
    r"|\bm(?:in|ax)imum\b|\b(?:requires?|required|calls? for|asks? for|needs?|needed|has to|must|interval|apart)\b"
    r"|\b(?:more|less|fewer|greater|higher|lower) than\b|\b(?:above|over|below|under|exceed\w*|reach(?:es|ed)?)\b"
    r"|\b(?:allows?|allowed|permits?|limits?|covers?|covered|up to)\b|[≥≤<>]|\bof (?:the |your |his |her )?\d",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?<![\w.,/$-])(?P<number>\d{1,4}(?:\.\d{1,2})?)(?![\w/-]|[.,:]\d)"
    r"(?:\s?(?P<unit>%|[a-zA-Z][a-z/0-9]*)(?:\s(?P<unit2>[a-z]+))?)?"
)
_PART = re.compile(
    r"\b(?P<part>\d{1,3}) (?:[a-z]+ )?(?:out )?of (?:the |your |his |her |a )?(?:[a-z]+ )?(?P<whole>\d{1,3})\b",
    re.IGNORECASE,
)
# Words of a bound that look like words that turn what was said, and such words.
_BOUND = re.compile(
    r"\bno (?:more|less|fewer) than\b|\b(?:not|n['’]t) (?:exceed|more than|reach)\w*"
    r"|\bonly (?:if|when|for|in|with|at)\b|\b(?:must|has to|have to) exceed\b|\bexceed\w*(?= \d)"
    r"|\b(?:and|or) (?:more|above|over|higher|up|older|less|below|under|greater|fewer|lower)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:not?|never|nor|none|nothing|without|only|but|however|although|though|until|unless|yet|still|just|too"
    r"|fail\w*|lack\w*|missing|unmet|den(?:y|ies|ied|ial)|exceed\w*|exclud\w*|because|since|instead)\b|n['’]t\b"
    # A number that counts from the bound: "30 days past the limit", "4 points below it", "20 more units".
    r"|\b(?:late|later|tardy|overdue|beyond|more|less|fewer|additional|extra|further|another|short|shy)\b(?! than \d)"
    r"|\b(?:above|over|below|under|past|outside)\b(?= (?:the|our|your|its|that|this|it|due)\b(?! [a-z ]{0,20}\d))"
    r"|\bafter\b(?! (?:the |your |his |her |this |that )?(?:(?:date|day|last day|end) of )?(?:the |your |this )?"
    r"(?:services?|visit|surgery|procedure|operation|discharge|care|treatment|therapy|stay|infusion|injection|test|scan"
    r"|exam|session)\b(?!['’]s| (?:limit|deadline|window|period)))",
    re.IGNORECASE,
)
# A rule that asks for more than its bound.
_FURTHER = re.compile(r"\b(?:and|plus|also|along with|as well as|both)\b", re.IGNORECASE)
_BY_NUMBERS = frozenset({
    Category.CRITERIA_NOT_MET, Category.QUANTITY_LIMIT, Category.BENEFIT_MAXIMUM, Category.MEDICAL_NECESSITY,
    Category.STEP_THERAPY, Category.CONTINUATION_NO_BENEFIT, Category.INSUFFICIENT_DOCUMENTATION,
    Category.TIMELY_FILING,
})  # fmt: skip
"""Reasons that a number tells beside its bound; a sentence that gives another one stays."""
# What names nothing that is measured: "hers is 24", "the notes show 24", "24 were asked for".
_NAMES_NOTHING = frozenset({
    "about", "after", "again", "age", "aged", "all", "already", "and", "are", "asked", "asks", "been", "before",
    "but", "came", "chart", "clinic", "correct", "criterion", "current", "day", "days", "diary", "did", "doctor",
    "documented", "documents", "does", "each", "elapsed", "enrollee", "for", "found", "from", "given", "gone",
    "guideline", "had", "has", "have", "hers", "his", "hour", "hours", "its", "letter", "listed", "lists", "log",
    "measured", "member", "minutes", "month", "months", "not", "notes", "now", "office", "old", "ordered", "our",
    "passed", "patient", "percent", "plan", "policy", "prescribed", "provider", "read", "reads", "received",
    "record", "recorded", "records", "report", "reported", "reports", "request", "requested", "requests",
    "required", "requires", "said", "says", "she", "show", "showed", "shown", "shows", "since", "stated", "states",
    "taken", "that", "the", "their", "there", "they", "this", "took", "tried", "used", "was", "week", "weeks",
    "were", "which", "with", "year", "years", "you", "your", "yours",
})  # fmt: skip
_WORD = re.compile(r"[a-z][a-z0-9-]{2,}", re.IGNORECASE)
_TOLD_OF_FACTS = ("found", "used", "asked", "received", "elapsed", "tried")


class _Bound(Enum):
    LEAST = "least"
    MOST = "most"


def without_fits(sentences: Sequence[Utterance], language: Language) -> tuple[Utterance, ...]:
    """The sentences without those that by their numbers only tell that a rule was kept, alone or two together."""
    counts = [has_number(one.text) for one in sentences]
    telling = [
        any(counts[max(0, place - 1) : place + 2])
        and _MAY_FIT.search(one.text) is not None
        and _gives_no_other(one, language)
        for place, one in enumerate(sentences)
    ]
    left_out = {
        place for place, one in enumerate(sentences) if counts[place] and telling[place] and _fit([one], language)
    }
    for first, second in pairwise(range(len(sentences))):
        numbered = counts[first] or counts[second]
        if numbered and left_out.isdisjoint((first, second)) and (telling[first] or telling[second]):
            pair = sentences[first], sentences[second]
            together = pair[0].zone is pair[1].zone and all(_gives_no_other(one, language) for one in pair)
            if together and _fit(pair, language):
                left_out |= {first, second}
    return tuple(one for place, one in enumerate(sentences) if place not in left_out)


def _gives_no_other(sentence: Utterance, language: Language) -> bool:
    return all(rule.category in _BY_NUMBERS for rule, _, _ in fired(sentence, language))


def _fit(sentences: Sequence[Utterance], language: Language) -> bool:
    bare = [_BOUND.sub(" ", one.text) for one in sentences]
    if any(_TURNS.search(one) or len(_FURTHER.findall(one)) > (len(bare) == 1) for one in bare):
        return False
    stretch = Stretch([one.text for one in sentences], words=language.knowledge.reasons.compared, known=Known())
    return is_kept(stretch.passage(0, len(sentences) - 1))


def is_kept(passage: Passage) -> bool:
    """Whether the two numbers of a passage tell that its bound was kept."""
    text = passage.text
    if passage.days or passage.has("appeal"):
        return False
    measures = [hit for hit in _MEASURE.finditer(text) if not COUNTS_OFF.search(text[: hit.start()])]
    if len(measures) != 2:
        return False
    if part := _PART.search(text):
        return passage.has("used") and not passage.has("approval") and int(part["part"]) < int(part["whole"])
    first, second = measures
    between = JOINTS.search(text, first.end(), second.start())
    if between is None:
        return False
    parts = (passage.part(0, between.start()), passage.part(between.end(), len(text)))
    return _keeps(parts[0], first, parts[1], second) or _keeps(parts[1], second, parts[0], first)


def _keeps(rule: Passage, bound: re.Match[str], fact: Passage, found: re.Match[str]) -> bool:
    """Whether what was found keeps the bound of a rule."""
    sort = _bound_of(rule)
    if sort is None or _bound_of(fact, named=False) is not None or not any(fact.has(name) for name in _TOLD_OF_FACTS):
        return False
    if not _same_unit(rule, bound, fact, found) or not _same_thing(rule, fact):
        return False
    limit, amount = float(bound["number"]), float(found["number"])
    if sort is _Bound.LEAST:
        return amount >= limit
    # As much used as is allowed leaves nothing.
    return amount < limit or (amount == limit and fact.has("asked"))


def _bound_of(rule: Passage, *, named: bool = True) -> _Bound | None:
    """Whether a clause sets a least or a most; ``named``: also by words without one that makes a number a bound."""
    if HIGH.search(rule.text):
        return _Bound.MOST
    if LOW.search(rule.text) or ONE_OF.search(rule.text):
        return _Bound.LEAST
    if not named:
        return None
    if rule.has("interval"):
        return _Bound.LEAST
    if rule.has("allowed") or rule.has("limit", "filing"):
        return _Bound.MOST
    return _Bound.LEAST if rule.has("needed") else None


def _same_unit(rule: Passage, bound: re.Match[str], fact: Passage, found: re.Match[str]) -> bool:
    """Whether two numbers have one unit; a number without one is years beside an age, else what its rule counts."""
    one, other = _unit(bound), _unit(found)
    if one == other:
        return True
    if one is not None and other is not None:
        return False
    named = one or other
    if rule.has("of_age") or fact.has("of_age"):
        return named == "year"
    # Of a number without a unit nothing tells that months, or years of age, may stand beside it.
    return named not in TIMES | {"year"} or (one is not None and rule.has("measure"))


def _unit(measure: re.Match[str]) -> str | None:
    """What a number counts; of "19 months old" it is months."""
    return unit_of(measure["unit"], None if measure["unit2"] in {"old", "of"} else measure["unit2"])


def _same_thing(rule: Passage, fact: Passage) -> bool:
    """Whether what was found is of what the rule is of, or names nothing: "the score was 24", "hers was 24".

    So much less than before is not so much: "a reduction of 50 percent", "pain on 55 percent of the days".
    """
    told = _things(fact)
    if not told:
        return True
    if rule.has("improved") or fact.has("improved"):
        return rule.has("improved") and fact.has("improved")
    if rule.has("limit") and fact.has("received", "service"):
        return True
    return not told.isdisjoint(_things(rule)) or (rule.has("medicine") and fact.has("medicine"))


def _things(clause: Passage) -> frozenset[str]:
    return frozenset(
        word.rstrip("s") for hit in _WORD.finditer(clause.text) if (word := hit[0].casefold()) not in _NAMES_NOTHING
    )
