"""The signs of a letter's kind: phrases by role, so that a word in a condition or in boilerplate is no sign."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract.kind.appeals import appeal_filed, offers_appeal
from pipeline.extract.kind.shares import shared
from pipeline.extract.kind.status import counted_outcome, stated_outcomes
from pipeline.extract.reasons.asides import kept_before, told_before
from pipeline.knowledge.kinds import KindEntry, MentionEntry, Place, Weight
from pipeline.language import Language, Reading, Span
from pipeline.language.clauses import clauses_of
from pipeline.language.context import utterances
from pipeline.language.matchers import Subject
from pipeline.language.prose import is_titled
from pipeline.language.reading import zone_of
from pipeline.language.sentences import Sentence, sentence_of
from pipeline.language.words import names_month, words_of
from pipeline.language.zones import Zone
from pipeline.values.letter import LetterKind

_NEVER = frozenset({Zone.BOILERPLATE})
_DECISIONS = frozenset(
    {
        LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPEAL_UPHELD, LetterKind.APPEAL_OVERTURNED,
        LetterKind.DISMISSAL, LetterKind.APPROVAL,
    }
)  # fmt: skip
_GRANTING = frozenset({LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED})
DENYING = frozenset({LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL})
"""Decisions against the reader, in whole or in part."""
_APPEAL_OUTCOMES = frozenset({LetterKind.APPEAL_UPHELD, LetterKind.APPEAL_OVERTURNED, LetterKind.DISMISSAL})
_NO_DECISION = _NEVER | {Zone.RIGHTS, Zone.CONTACTS, Zone.REQUEST}
_ABOVE = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE, Zone.GREETING})
_OFFERING = frozenset(
    {
        "may",
        "can",
        "could",
        "if",
        "when",
        "unless",
        "right",
        "rights",
        "within",
        "must",
        "please",
        "will",
        "should",
        "to",
    }
)
_SAYS_NO = frozenset({"not", "n't"})
_LONGEST_TITLE, _LONGEST_QUOTE = 110, 400
# An outcome beside a box that nobody ticked: ``[ ] APPROVED [X] NOT APPROVED``.
_UNTICKED = re.compile(r"(?:\[\s{0,3}\]|\(\s{1,3}\)|☐|□)[^\[\](){}☐□☒☑✓✔\n]{0,40}$")
# The outcomes that a form offers side by side, to be filled in: "Received  Approved  Denied  Number".
_CHOICES = re.compile(r"\bapproved\W{1,8}denied\b|\bdenied\W{1,8}approved\b", re.IGNORECASE)
_BOX_REACH = 50
_SIGNS = "signs"
_APPROVED = "outcome_approved"
_OF_THIS = re.compile(
    r"\b(?:lines?|items?) #?\d"
    r"|\b(?:and|so|thus|therefore) (?:is|are|was|were) (?:\w+ )?(?:denied|refused|rejected|not)\b",
    re.IGNORECASE,
)
"""What is said of a service of this letter, not in general: "line 2", "and is denied"."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for each kind: decisive titles and sentences, supporting phrases, and marks by subtype."""

    titles: Mapping[LetterKind, int]
    sentences: Mapping[LetterKind, int]
    supports: Mapping[LetterKind, int]
    marks: Mapping[str, int]
    subtypes: Mapping[LetterKind, str]
    opening_marks: int = 0
    other_titles: Counter[str] = field(default_factory=Counter)
    told_before: int = 0
    """Of the sentences that deny, those that tell of an earlier day."""
    kept_before: int = 0
    """Of the sentences that uphold a denial, those that tell of an earlier day."""

    def decided(self, kind: LetterKind) -> int:
        """How many decisive signs the kind has."""
        return self.titles.get(kind, 0) + self.sentences.get(kind, 0)


def signs_of(reading: Reading, language: Language) -> Signs:
    """Every sign of the letter, each phrase once a sentence; worked out once a letter."""
    known: Signs | None = reading.doc.user_data.get(_SIGNS)
    if known is None:
        known = reading.doc.user_data[_SIGNS] = _signs_of(reading, language)
    return known


def _signs_of(reading: Reading, language: Language) -> Signs:
    titles: Counter[LetterKind] = Counter()
    sentences: Counter[LetterKind] = Counter()
    supports: Counter[LetterKind] = Counter()
    marks: dict[str, set[str]] = defaultdict(set)
    subtypes: dict[LetterKind, str] = {}
    other: Counter[str] = Counter()
    opening: set[str] = set()
    before = kept = 0
    stated = set(stated_outcomes(reading, language.knowledge.outcome_words))
    if {LetterKind.DENIAL, LetterKind.APPROVAL} <= stated:
        stated.add(LetterKind.PARTIAL_DENIAL)
    counted = counted_outcome(reading, language.knowledge.outcome_words)
    if counted is not None:
        stated.add(counted)
    titles.update(stated)
    hits = list(_hits(reading, language))
    if shared([one.text for one in utterances(reading, language) if one.zone not in _NO_DECISION]):
        sentences[LetterKind.PARTIAL_DENIAL] += 1
    for entry, span, titled in _without_asides(hits, reading, language, approved=LetterKind.APPROVAL in stated):
        if entry.weight is Weight.MARK:
            name = entry.subtype or entry.kind.value
            (opening if entry.place is Place.OPENING else marks[name]).add(span.text.casefold())
            continue
        if entry.kind is LetterKind.OTHER:
            other[entry.subtype or "other"] += 2 if titled else 1
            continue
        if entry.weight is Weight.SUPPORTS:
            supports[entry.kind] += 1
        else:
            (titles if titled else sentences)[entry.kind] += 1
            said = "" if titled else sentence_of(span).text
            before += entry.kind is LetterKind.DENIAL and told_before(said)
            kept += entry.kind is LetterKind.APPEAL_UPHELD and kept_before(said)
        if entry.subtype:
            subtypes.setdefault(entry.kind, entry.subtype)
    if counted is LetterKind.APPROVAL and not sentences[LetterKind.DENIAL]:
        # "Not certified" heads a column in which there is nothing.
        titles[LetterKind.DENIAL] = 0
    return Signs(
        titles, sentences, supports, {name: len(texts) for name, texts in marks.items()}, subtypes, len(opening), other,
        before, kept,
    )  # fmt: skip


_Hit = tuple[KindEntry, Span, bool]
"""A phrase of a kind, where it stands, and whether in a title."""


def _without_asides(hits: Sequence[_Hit], reading: Reading, language: Language, *, approved: bool) -> Iterator[_Hit]:
    """The hits but for those that deny in a clause which only says something beside the decision."""
    aside = aside_clauses(reading, language)
    approves = approved or any(
        (entry.kind in _GRANTING and entry.weight is Weight.DECIDES) or entry.subtype == _APPROVED
        for entry, _, _ in hits
    )
    beside = bool(aside) and approves and not offers_appeal(reading)
    for entry, span, titled in hits:
        if (
            entry.kind not in DENYING
            or entry.weight is Weight.MARK
            or not any(start <= span.start < end and (beside or not only_beside) for start, end, only_beside in aside)
        ):
            yield entry, span, titled


def aside_clauses(reading: Reading, language: Language) -> tuple[tuple[int, int, bool], ...]:
    """The tokens from and to of clauses that decide nothing, and whether that is so only beside an approval."""
    entries = {e.id: e for e in language.knowledge.outcome_asides}
    found = []
    for name, span in language.matchers[Subject.OUTCOME_ASIDE](reading.doc):
        sentence = sentence_of(span)
        if entries[name].beside_approval and _OF_THIS.search(sentence.text):
            continue
        found += [
            (clause.start, clause.end, entries[name].beside_approval)
            for clause in clauses_of(sentence.doc, sentence.start, sentence.end)
            if span.start < clause.end and clause.start < span.end
        ]
    return tuple(found)


def _hits(reading: Reading, language: Language) -> Iterator[_Hit]:
    entries = {e.id: e for e in language.knowledge.kinds}
    mentions = {e.id: e for e in language.knowledge.mentions}
    taken_back = defaultdict(list)
    for name, span in language.matchers[Subject.KIND_UNLESS](reading.doc):
        taken_back[sentence_of(span).start].append(name)
    swayed = list(_swayed(reading, language, mentions))
    for name, span in language.matchers[Subject.KIND](reading.doc):
        entry, zone = entries[name], zone_of(reading, span)
        titled = _titled(reading, span, zone)
        allowed = _NO_DECISION if entry.kind in _DECISIONS else _NEVER
        if entry.kind is LetterKind.REMITTANCE:
            # A statement's title stands on one line with "this is not a bill".
            allowed = frozenset()
        offered = zone is not Zone.RIGHTS or entry.kind not in _DECISIONS or offers(sentence_of(span))
        if name in taken_back[sentence_of(span).start] or (zone in allowed and offered):
            continue
        if entry.after_appeal and not appeal_filed(reading, language):
            continue
        if (entry.place is Place.TITLE and not titled) or (entry.place is Place.OPENING and zone not in _ABOVE):
            continue
        if entry.weight is not Weight.MARK and is_quoted(reading, span.start_char, span.end_char):
            continue
        if titled and _CHOICES.search(sentence_of(span).text):
            continue
        if _UNTICKED.search(reading.prose.text[max(0, span.start_char - _BOX_REACH) : span.start_char]):
            continue
        if entry.weight is Weight.MARK or not any(
            start <= span.start < end and not (earlier and entry.kind in _APPEAL_OUTCOMES)
            for start, end, earlier in swayed
        ):
            yield entry, span, titled


def offers(sentence: Sentence) -> bool:
    """Whether a sentence about remedies offers one; one that does not tells how a remedy that was used ended.

    "We cannot take up your appeal" offers none.
    """
    words = words_of(sentence.doc)[sentence.start : sentence.end]
    return any(word in _OFFERING and behind not in _SAYS_NO for word, behind in pairwise([*words, ""]))


_VALUE = re.compile(r'(?:^|[{,\[])\s*(?:"\w+(?: \w+){0,4}"|"?\w+"?)\s?:\s?[{\[]?\s?"$')


def is_quoted(reading: Reading, start: int, end: int) -> bool:
    """Whether a span of the prose stands in quotation marks, as the words of another letter do.

    The values of a record are no quotation: ``{"window": "90 days"}``, ``within: "90 days"``.
    """
    text = reading.prose.text
    if '"' in text[start:end]:
        return False  # from the end of a record's key into its value
    begin = text.rfind("\n", 0, start) + 1
    if _VALUE.search(text[begin : text.rfind('"', begin, start) + 1]):
        return False
    return text.count('"', begin, start) % 2 == 1 and '"' in text[end : end + _LONGEST_QUOTE]


def _swayed(
    reading: Reading, language: Language, mentions: Mapping[str, MentionEntry]
) -> Iterator[tuple[int, int, bool]]:
    """Token ranges in which a phrase is only mentioned."""
    for name, span in language.matchers[Subject.MENTION](reading.doc):
        if names_month(reading.doc, span.start):
            continue
        entry = mentions[name]
        end = min(span.end + entry.reach, sentence_of(span).end)
        if entry.to_comma:
            end = next((t.i for t in reading.doc[span.end : end] if t.text in {",", ";", ":"}), end)
        yield span.end, end, entry.earlier


def _titled(reading: Reading, span: Span, zone: Zone) -> bool:
    """Whether the sentence of the span is a title, a subject line or a labelled outcome, and not running text."""
    text = sentence_of(span).text.strip()
    if len(text) > _LONGEST_TITLE or text.endswith("."):
        return False
    alone = text[:1].isupper() and "\n" in span.sent.text and reading.prose.text[: span.sent.start_char][-1:] in "\n"
    return zone in _ABOVE or is_titled(text) or ":" in text or alone
