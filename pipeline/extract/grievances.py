"""Grievances that are no appeals: complaints about service, which have a desk and a time of their own.

Where a letter offers no appeal by that name, or calls the two the same, its grievance is the appeal.
"""

import re
from collections.abc import Sequence

from pipeline.knowledge.seldom import Seldom
from pipeline.language import Reading
from pipeline.language.sentences import Sentence, sentences_of

_GRIEVANCE = Seldom(r"\bgrievances?\b", re.IGNORECASE)
_APPEAL = re.compile(r"\bappeal(?:s|ed|ing)?\b", re.IGNORECASE)
_ALIKE = re.compile(
    r"\bappeals?\W{0,2}(?:\bor\b|and/or|/|\()\W*(?:an?\s+)?(?:\w+\s+)?grievances?\b"
    r"|\bgrievances?\W{0,2}(?:\bor\b|and/or|/|\(|(?:is )?also (?:called|known as)\b|means\b)"
    r"\W*(?:an?\s+)?(?:\w+\s+)?appeals?\b",
    re.IGNORECASE,
)
"""``file an appeal or grievance``, ``your grievance (appeal)``; but not ``Appeals and Grievances Department``."""
_OFFERED = Seldom(
    r"\b(?:file|request|ask for|submit|make|send|start|fax|write|call)\b[^.;\n]{0,30}\bappeals?\b"
    r"|\b(?:may|can|to|must|should|please) appeal\b|^\W*appeals?\b[^.\n]{0,40}:"
    r"|\bappeals? (?:must|may|can|should|fax|by)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:independent|external|outside|hearing|court|lawyers?|attorneys?|contract|after (?:the|your|this))\b",
    re.IGNORECASE,
)
"""An appeal to somebody else, or by somebody else: it leaves the grievance to be the payer's own."""
_TIME = re.compile(r"\b(?:\d+|thirty|sixty|ninety)\W{1,2}(?:\w+ ){0,3}(?:days|months)\b", re.IGNORECASE)
_OF_THE_DECISION = re.compile(
    r"\b(?:this|our|the|that)\s+(?:\w+\s+)?(?:decision|denial|determination|refusal|action|letter|notice)\b",
    re.IGNORECASE,
)


class Grievances:
    """Which sentences of a letter speak of grievances as something else than an appeal of its decision."""

    def __init__(self, reading: Reading) -> None:
        text = reading.prose.text
        self.apart = False
        """Whether there are any."""
        if _GRIEVANCE.search(text) and not _ALIKE.search(text):
            sentences = [sentence.text for sentence in sentences_of(reading.doc)]
            self.apart = _offers_appeal(sentences) and not _is_of_the_decision(sentences)

    def words(self, sentence: Sentence) -> tuple[int, int] | None:
        """Where such a sentence names the grievance, from and to, at offsets of the prose."""
        said = _GRIEVANCE.search(sentence.text) if self.apart else None
        if said is None or _APPEAL.search(sentence.text) or _OF_THE_DECISION.search(sentence.text):
            return None
        return sentence.start_char + said.start(), sentence.start_char + said.end()


def _offers_appeal(sentences: Sequence[str]) -> bool:
    return any(_OFFERED.search(one) and not (_GRIEVANCE.search(one) or _LATER.search(one)) for one in sentences)


def _is_of_the_decision(sentences: Sequence[str]) -> bool:
    """Whether a sentence counts the time for a grievance from the decision: then it is against that."""
    return any(
        _GRIEVANCE.search(one) and _OF_THE_DECISION.search(one) and _TIME.search(one) and not _APPEAL.search(one)
        for one in sentences
    )
