"""The sentences of a letter that may tell why: of no list of a rule, no insert, no box that nobody ticked, no aside."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.extract.reasons.asides import after_rights, parted, without_asides, without_criteria
from pipeline.extract.reasons.fits import without_fits
from pipeline.extract.reasons.inserts import without_inserts
from pipeline.knowledge.kinds import Weight
from pipeline.language import Language, Reading
from pipeline.language.context import Stance, Utterance, hits, unbroken, utterances
from pipeline.language.matchers import Subject
from pipeline.language.words import names_month
from pipeline.language.zones import Zone
from pipeline.values.vocabulary import LetterKind

_TOLD = "sentences_told"
# Where text runs on from line to line.
_RUNNING = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY})
# A box of a form that nobody ticked.
_UNTICKED = re.compile(r"\s*(?:[\[{]\s{0,3}[\]}]|\(\s{1,3}\)|☐|□|_{2,4}\s)")
# A line that names for whom the letter is written, or only points to a rule: "See Section 6, General exclusions".
_POINTS = re.compile(
    r"\W*(?:on behalf of|prepared for|written for)\b(?!.*[.!]$)"
    r"|\W*(?:see|refer to|source|reference)\b[ :](?!.*\b(?:not|because)\b).{0,110}$",
    re.IGNORECASE,
)
# A line that only gives a number: "Referral no. 4471-B", which says "no" of nothing.
_NUMBERED = re.compile(r"\W*(?:[A-Za-z-]+ ){1,3}no\.?:?\s?#?[A-Z0-9-]*\d[\w-]*\W*$", re.IGNORECASE)
# A label of who is who, with a name behind it: "PAYER: Prairie Comp Fund (workers comp)".
_NAMES = re.compile(
    r"\W*(?:(?:primary|secondary|other) )?(?:payer|payor|plan|insurer|carrier|insurance|employer|sponsor|group|program"
    r"|product|client|administrator|provider|facility|prescriber|pharmacy|line of business|department|unit)"
    r"(?: name)?\s?[:|]"
    r"(?!.*\b(?:is|are|was|were|has|have|had|did|does|do|not|no|can|cannot|will|network|participating|nonpar\w*"
    r"|pays?|ended|terminated|expired|lapsed|inactive|excluded|denied)\b)[^.;]*$",
    re.IGNORECASE,
)
_SILENT = (_UNTICKED, _POINTS, _NUMBERED, _NAMES)
# The question of a list of common ones, with or without its mark: "Q. My claim was turned down as a duplicate."
_COMMON_QUESTION = re.compile(r"\W*(?:Q|Question)\s?\d{0,2}[.:)]\s", re.IGNORECASE)
# Under general words a decision of this case, and how many sentences with it may say why.
_OF_THIS = re.compile(
    r"\b(?:we|this|your|the (?:request|claim|service|services|drug|treatment|stay|visit)|it)\b", re.IGNORECASE
)
_FOLLOWING = 3
_NOT_SAID = frozenset({Stance.CONDITIONAL, Stance.RIGHTS, Stance.DISCLAIMED})
# What is said not to be why, or to be said by others, takes its clause.
_NOT_WHY = frozenset({Stance.DISCLAIMED})
_NEGATED, _POSSIBLE = "mention.negated", "mention.possibility"
_CANNOT = re.compile(r"\b(?:can|could|will) ?not\b|\b(?:ca|could|wo)n['’]t\b", re.IGNORECASE)
# A question of several words; "Why? Not covered." answers itself in one line.
_ASKS = re.compile(r"\w+\W+\w+\W+\w+\W+\w+[^.?!]*\?\s*$")
# A heading that asks: "Why not 38?"
_ASKS_WHY = re.compile(r"\W*(?:why|how|what|who|when)\b[^.?!]*\?\W*$", re.IGNORECASE)


class Told(NamedTuple):
    """The sentences that may tell why; ``after``: the first tokens of those behind an offer of an appeal."""

    sentences: tuple[Utterance, ...]
    after: frozenset[int]


def sentences_told(reading: Reading, language: Language) -> Told:
    """The sentences of a letter that may tell why, found once a letter."""
    known: Told | None = reading.doc.user_data.get(_TOLD)
    if known is None:
        whole = without_criteria(_without_boxes(unbroken(utterances(reading, language), zones=_RUNNING)), language)
        told = without_asides(without_inserts(whole, reading, language), language)
        told = tuple(part for one in told for part in parted(one, _NOT_WHY))
        told = without_fits(told, language)
        known = Told(told, after_rights(told))
        reading.doc.user_data[_TOLD] = known
    return known


def misplaced(sentences: Iterable[Utterance], language: Language) -> Iterator[Utterance]:
    """The decision with what follows it where general words stand: under "Disclaimer", "Financial responsibility".

    Behind the signature such words stand in copies of other letters.
    """
    left = 0
    for sentence in sentences:
        if sentence.zone is Zone.SIGNATURE:
            return
        if sentence.zone is not Zone.BOILERPLATE:
            left = 0
            continue
        if _decides_this(sentence, language):
            left = _FOLLOWING
        if left:
            left -= 1
            yield sentence


def _decides_this(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence says that this request was denied, and not what may be or what becomes of any."""
    if not _OF_THIS.search(sentence.text) or any(cue.stance in _NOT_SAID for cue in sentence.cues):
        return False
    doc = sentence.sentence.doc
    mentioned = {hit.key for hit in hits(sentence, language, Subject.MENTION) if not names_month(doc, hit.start)}
    mentioned -= {_NEGATED}
    if mentioned - ({_POSSIBLE} if _CANNOT.search(sentence.text) else set()):
        return False
    entries = {one.id: one for one in language.knowledge.kinds}
    found = (entries[hit.key] for hit in hits(sentence, language, Subject.KIND))
    return any(one.kind is LetterKind.DENIAL and one.weight is Weight.DECIDES for one in found)


def _without_boxes(sentences: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """The sentences but for those beside a box that nobody ticked, questions, and lines that only point or number."""
    return tuple(u for u in sentences if not (any(one.match(u.text) for one in _SILENT) or _asks(u.text)))


def _asks(text: str) -> bool:
    if _COMMON_QUESTION.match(text) or _ASKS_WHY.match(text):
        return True
    return text.rstrip().endswith("?") and _ASKS.search(text) is not None
