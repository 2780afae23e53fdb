"""Whether a letter tells of an appeal that was made: only then may it say how one ended."""

import re

from pipeline.language import Language, Reading
from pipeline.language.context import utterances
from pipeline.language.zones import Zone

_REMEDY = r"(?:appeal|grievance|dispute|reconsideration|redetermination|complaint)"
_MADE = re.compile(
    rf"\b(?:your|the|this|an?|his|her|their|\w+['’]s) (?:[\w-]+ ){{0,3}}{_REMEDY}\b"
    rf"|\b{_REMEDY} (?:number|no\b|id\b|case|file|decision|determination|notice|outcome|status|resolution|of|by|from"
    r"|was)"
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
    r"|\b(?:after|before|not an?|how to)\b",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({Zone.BOILERPLATE, Zone.CONTACTS})


def appeal_made(reading: Reading, language: Language) -> bool:
    """Whether a sentence, a title or a number speaks of an appeal as of something that has happened."""
    return any(
        _MADE.search(one.text) is not None and _OFFERED.search(one.text) is None
        for one in utterances(reading, language)
        if one.zone not in _ELSEWHERE
    )
