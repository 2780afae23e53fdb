"""Whether a letter tells of an appeal that was made, as one must that decides it, or offers one, as a denial does."""

import re

from pipeline.language import Language, Reading
from pipeline.language.context import utterances
from pipeline.language.zones import Zone

_REMEDY = r"(?:appeal|grievance|dispute|reconsideration|redetermination|complaint)"
_MADE = re.compile(
    rf"\b(?:your|the|this|an?|his|her|their|\w+['’]s) (?:[\w-]+ ){{0,3}}{_REMEDY}\b"
    r"(?! (?:desk|unit|team|department|dept|office|address|fax|line|form|process|rights?|procedures?|panel|staff)\b)"
    rf"|\b{_REMEDY} (?:number|no\b|id\b|case|file|decision|determination|notice|outcome|status|resolution|of|by|from"
    r"|was)"
    rf"|\b{_REMEDY} (?=[\w-]*\d)[\w-]{{5,}}"
    rf"|\b{_REMEDY}s? ?(?:#|:)|\bappealed\b|\b(?:second|new|another) look\b|\b(?:re-?reviewed|reconsidered)\b"
    r"|\blook(?:ed|ing)? (?:[\w,]+ ){0,5}again\b|\breview(?:ed)? (?:[\w,]+ ){0,5}again\b"
    r"|\bpeer[- ]to[- ]peer\b[^.]{0,60}\b(?:held|took|was|were|had|on)\b"
    r"|\b(?:uphold|upheld|upholding|still (?:no|not|cannot|can't|deny|denied|say)|remains? denied)\b"
    r"|\basked (?:us )?(?:to|for) (?:an? )?(?:\w+ )?(?:appeal|review|reconsider\w*|redetermin\w*|change|hearing)\b"
    r"|\b(?:first|original|initial|earlier|previous|prior) (?!auth)(?:[\w-]+ )?"
    r"(?:decision|denial|determination|answer|no)\b",
    re.IGNORECASE,
)
# What may come, and what everybody may do.
_OFFERED = re.compile(
    r"\b(?:may(?! \d)|can|could|if|when|unless|rights|right to|within|must|please|will|would|should)\b"
    r"|\b(?:after|before|not an?|how to)\b"
    r"|^\W*(?:please )?(?:send|fax|mail|file|submit|direct|address|write|put|include|attach|call|use|sign)\b",
    re.IGNORECASE,
)
_FILED = re.compile(
    rf"\byou (?:\w+ )?appealed\b|\b(?:your|the|this|h(?:is|er)|their) (?:[\w-]+ ){{0,3}}{_REMEDY}"
    r"(?: [\w-]*\d[\w-]*)?(?: |, )(?:of|dated|from|about|was|is|has|had|came|arrived|reached|did|does|you)\b"
    r"|\b(?:received|reviewed|considered|decided|got|have|read|completed|closed|upheld|denied|granted)"
    rf" (?:[\w-]+ ){{0,5}}{_REMEDY}\b",
    re.IGNORECASE,
)
# A limit for an appeal, as only a letter that decided against someone prints it.
_TIME = (
    r"\b(?:(?:\d{2,3}|(?:one hundred|thirty|forty|fifty|sixty|seventy|eighty|ninety)[a-z -]{0,20})"
    r"\b[^.\n]{0,12}\bdays\b"
    r"|(?:by|until|before|no later than) (?:\w+day,? )?(?:[a-z]{3,9}\.? \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{2,4}))"
)
_NAMED = r"\b(?:appeal|redetermination|reconsideration|grievance)\b"
_APPEAL_LIMIT = re.compile(rf"{_NAMED}[^.\n]{{0,120}}{_TIME}|{_TIME}[^.\n]{{0,120}}{_NAMED}", re.IGNORECASE)
# A limit for the payer's own answer.
_ANSWER_LIMIT = re.compile(
    r"\b(?:we|us) (?:will|must|have|shall|can)\b"
    r"|\b(?:decided|answered|issued|completed|acknowledge|receipt of (?:your|the))\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[.!?])\s")
_ELSEWHERE = frozenset({Zone.BOILERPLATE, Zone.CONTACTS})


def appeal_named(reading: Reading, language: Language) -> bool:
    """Whether an appeal is spoken of that somebody has made or may make: only such a one is dismissed."""
    told = (one.text for one in utterances(reading, language) if one.zone not in _ELSEWHERE)
    return any(map(_MADE.search, told))


def appeal_made(reading: Reading, language: Language) -> bool:
    """Whether a sentence, a title or a number speaks of an appeal as of something that has happened."""
    return any(
        _MADE.search(one.text) is not None and _OFFERED.search(one.text) is None
        for one in utterances(reading, language)
        if one.zone not in _ELSEWHERE
    )


def appeal_filed(reading: Reading, language: Language) -> bool:
    """Whether a sentence says of an appeal that it came, was read or decided; a talk with the reviewer is none."""
    told = (one.text for one in utterances(reading, language) if one.zone not in _ELSEWHERE)
    return any((filed := _FILED.search(text)) and not _OFFERED.search(text, 0, filed.end()) for text in told)


def offers_appeal(reading: Reading) -> bool:
    """Whether the letter prints a limit for an appeal to come, as only one does that decided against someone."""
    said = " ".join(line.text for line in reading.lines if line.zone not in (Zone.BOILERPLATE, Zone.LETTERHEAD))
    return any(_APPEAL_LIMIT.search(one) and not _ANSWER_LIMIT.search(one) for one in _STOP.split(said))


def limits_appeal(reading: Reading) -> bool:
    """Whether a limit for an appeal stands where rights are told."""
    return _APPEAL_LIMIT.search(" ".join(line.text for line in reading.lines if line.zone is Zone.RIGHTS)) is not None
