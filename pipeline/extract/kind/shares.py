"""An approval of less than was asked for, told in numbers: "six of the twelve visits are approved"."""

import re
from collections.abc import Sequence

from pipeline.extract.reasons.passages import in_figures
from pipeline.language.clauses import CONTRASTS

_THING = (
    r"(?:[a-z]+ ){0,2}(?:visit|session|unit|day|night|vial|syringe|pen|tablet|capsule|dose|injection|treatment|hour"
    r"|week|month|trip|ride|shot|test|scan|line|service|item|procedure|level)s?"
)
_EACH = r"(?: (?:a|per|each|every) (?:day|week|month|year))?"
_OWN = r"(?:the|your|those|these|his|her|its)"
_GRANTED = r"(?:approved|certified|authorized|covered|paid|payable|allowed|granted|accepted)"
# Not what a plan allows in general: "the plan pays for 20 a year".
_GRANTS = (
    r"(?:approv(?:e|ed|ing)|certif(?:y|ied|ying)|authoriz(?:e|ed|ing)|cover(?:ed|ing)?|pa(?:y|id|ying)(?: for)?"
    r"|allowed|allowing|grant(?:ed|ing)?|sa(?:y|id) yes to|agreed? to)"
)
_IS = r"(?:is|are|was|were|be|been)(?: (?:now|also|hereby|therefore|being))?"
# "4 treatments of 155 units" are all of them.
_OF = rf"(?:(?: {_THING})? (?:out of|of {_OWN})(?: {_OWN})?| of)(?: total)? "
_PATTERNS = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        # "6 of the 12 visits are approved", "3 days of the 5-day stay are certified"
        rf"\b(?P<part>\d+){_OF}(?P<whole>\d+)(?:-day(?: \w+)?| {_THING})(?: [^.;,]{{1,40}})?"
        rf" {_IS} {_GRANTED}\b",
        rf"\b(?P<part>\d+)(?: {_THING})? (?:out )?of {_OWN} (?P<whole>\d+)(?: [a-z]+)? {_IS} {_GRANTED}\b",
        rf"\b(?P<part>\d+){_OF}(?P<whole>\d+) {_THING} {_GRANTED}\W*$",
        # "we can cover 2 of the 4 vials"
        rf"\b{_GRANTS} (?:only |just |the first |up to )?(?P<part>\d+){_OF}(?P<whole>\d+)\b",
        # "Of the 10 days you asked for we authorize 7", "of the 12 visits, 6 are approved"
        rf"\bof (?:{_OWN} )?(?P<whole>\d+) {_THING}\b[^.;]{{0,50}}\b{_GRANTS} (?:only |just )?(?P<part>\d+)\b",
        rf"\bof (?:{_OWN} )?(?P<whole>\d+) {_THING}\b[^.;]{{0,50}}?, (?:only )?(?P<part>\d+)(?: {_THING})? {_IS}"
        rf" {_GRANTED}\b",
    )
)
_ASKED = re.compile(
    r"\b(?:asked (?:us )?(?:for|to \w+)|request(?:ed|s)?(?: for| was for)?|ordered|sought|submitted) "
    rf"(?P<whole>\d+) (?P<of>{_THING})\b"
    rf"|\b(?P<whole2>\d+) (?P<of2>{_THING}){_EACH} (?:was|were) (?:asked for|requested|ordered|sought)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    rf"\b{_GRANTS} (?:only |just )?(?P<part>\d+)(?: (?P<of>{_THING})|(?! {_THING}))\b(?!{_OF}\d)"
    rf"|\b(?P<part2>\d+)(?: (?P<of2>{_THING}))?{_EACH} {_IS} {_GRANTED}\b",
    re.IGNORECASE,
)
# What is said of a case that may be, of another day, or not.
_OTHERWISE = re.compile(
    r"\b(?:if|when|unless|may|might|would|could|last|previous(?:ly)?|earlier|already|not|never|until|percent)\b|n['’]t\b",
    re.IGNORECASE,
)

_DENIES = re.compile(r"\b(?:denied|refused|not approved|declined)\b", re.IGNORECASE)
"""What was asked for is answered with that; a number granted behind it is of another day."""


def shared(sentences: Sequence[str]) -> bool:
    """Whether a sentence, or one behind another that tells how much was asked for, approves a part of a number."""
    before: re.Match[str] | None = None
    for sentence in sentences:
        text = in_figures(sentence.replace("\n", " "))
        if _DENIES.search(text):
            before = None
        if not any(sign.isdigit() for sign in text):
            continue
        asked = _ASKED.search(text)
        clauses = [one for one in CONTRASTS.split(text) if not _OTHERWISE.search(one)]
        hits = (hit for clause in clauses for one in _PATTERNS for hit in one.finditer(clause))
        if any(_less(hit["part"], hit["whole"]) for hit in hits):
            return True
        if (asked or before) and any(_gives_less(clause, asked or before) for clause in clauses):
            return True
        before = asked
    return False


def _gives_less(text: str, asked: re.Match[str] | None) -> bool:
    given = list(_GIVEN.finditer(text))
    if asked is None or len(given) != 1:
        return False
    part, thing = given[0]["part"] or given[0]["part2"], given[0]["of"] or given[0]["of2"]
    whole, things = asked["whole"] or asked["whole2"], asked["of"] or asked["of2"]
    return (thing is None or _last(thing) == _last(things)) and _less(part, whole)


def _last(thing: str) -> str:
    return thing.casefold().split()[-1].rstrip("s")


def _less(part: str, whole: str) -> bool:
    return 0 < int(part) < int(whole)
