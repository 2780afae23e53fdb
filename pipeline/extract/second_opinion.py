"""Reasons that no rule knows: sentences of a denial that the second opinion takes for one, believed less than a rule.

Asked only of sentences that state something in the parts of a letter where reasons are given, and only where no rule
fired. It is stricter where the rules already found why.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.inserts import without_inserts
from pipeline.extract.opinion import SILENT, best, load_opinion, signs_of
from pipeline.extract.reason_rules import fired
from pipeline.extract.reasons import ABOUT_APPEALS, without_boxes
from pipeline.language import Language, Reading
from pipeline.language.context import Stance, Utterance, joined, unbroken, utterances
from pipeline.language.reading import finding
from pipeline.language.words import words_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Reason
from pipeline.values.vocabulary import Category

_ASKED = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY})
# On a page without a greeting the text may stand among the labels: there only what is a whole sentence is asked about.
_AMONG_LABELS = frozenset({Zone.REFERENCE, Zone.GREETING, Zone.TABLE})
# How probable an answer must be: the best one of a letter in which the rules found no reason, one more there, and one
# that is more particular than the general ones of the rules, one beside a reason of the rules.
_ALONE, _MORE, _INSTEAD, _BESIDE = 0.35, 0.8, 0.55, 0.95
# A reason of the rules is doubted where the model gives it less than the first and another answer more than the second;
# more easily where that answer is a reason of which the rules know nothing.
_UNLIKELY, _PREFERRED = 0.04, 0.8
_UNLIKELY_TO_NEW, _PREFERRED_NEW = 0.15, 0.5
# An answer of the model is believed so much of its probability.
_BELIEF = 0.7
# What is no sentence: a few words, or more without a stop; a label with its value, unless the label says "why".
_FEWEST_WORDS, _LONG, _STOPS = 3, 10, ".!;"
_LABEL = re.compile(r"\W*(?:[\w/&#.'’()-]+\s+){0,4}[\w/&#.'’()-]+\s*[:#]\s")
_TELLS_WHY = re.compile(
    r"reason|rationale|denial|denied|determination|decision|explanation|basis|finding|comment|why|note|remark|message"
    r"|discussion|summary",
    re.IGNORECASE,
)


def second_opinions(
    reading: Reading, language: Language, *, reasons: Sequence[Reason], firm: bool, dismissed: bool = False
) -> tuple[Reason, ...]:
    """The reasons with those that only the second opinion sees, without those that it doubts.

    ``firm``: the rules found one in the words; ``dismissed``: the letter says why an appeal was not heard.
    """
    doubted = _doubted(reading, language, reasons)
    reasons = [reason for reason in reasons if reason.category not in doubted]
    firm = firm and bool(reasons)
    known = {reason.category for reason in reasons}
    general = _general(reasons, language) if firm else frozenset()
    found: dict[Category, Reason] = {}
    for sentence in _unexplained(reading, language, of_appeals=dismissed and not firm):
        answer, likely = best(load_opinion().of(signs_of(sentence, language)))
        if answer == SILENT:
            continue
        category = Category(answer)
        if likely < (_INSTEAD if category in general else _BESIDE if firm else _ALONE):
            continue
        if dismissed and not firm and category not in ABOUT_APPEALS:
            continue
        if category in known or (category in found and found[category].confidence >= likely * _BELIEF):
            continue
        found[category] = _reason(reading, sentence, category, confidence=round(likely * _BELIEF, 3))
    ranked = sorted(found.values(), key=lambda reason: -reason.confidence)
    seen = (*ranked[:1], *(r for r in ranked[1:] if r.confidence >= _MORE * _BELIEF))
    if any(reason.category in general for reason in seen):
        return seen
    # What the rules said is taken back only where something else is said.
    return (*reasons, *seen) if reasons or seen else tuple(doubted.values())


def _general(reasons: Sequence[Reason], language: Language) -> frozenset[Category]:
    """The categories to which every reason of the rules gives way where the letter says them: it is a general one."""
    rules = {rule.id: frozenset(rule.yields_to) for rule in language.knowledge.reasons.rules}
    yielding = [rules.get(reason.rule.removesuffix(".across"), frozenset()) for reason in reasons]
    return frozenset.intersection(*yielding) if yielding else frozenset()


def _reason(reading: Reading, sentence: Utterance, category: Category, *, confidence: float) -> Reason:
    answer = category.value
    base = finding(reading, sentence.span, value=answer, rule=f"opinion.{answer}", confidence=confidence)
    return Reason(
        value=answer, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=base.rule,
        category=category, subcategory=None,
    )  # fmt: skip


def _doubted(reading: Reading, language: Language, reasons: Sequence[Reason]) -> dict[Category, Reason]:
    """The reasons of rules that the model takes for something else in every sentence in which their rules fired."""
    known = {SILENT, *(reason.category.value for reason in reasons)}
    stays: set[Category] = set()
    goes: set[Category] = set()
    for sentence in utterances(reading, language):
        here = fired(sentence, language)
        likely = load_opinion().of(signs_of(sentence, language)) if here else {}
        for rule, _, _ in here:
            answer, preferred = best(likely, but=(rule.category.value,))
            own, new = likely.get(rule.category.value, 0.0), answer not in known
            doubtful = own < _UNLIKELY and preferred >= _PREFERRED
            doubtful = doubtful or (new and own < _UNLIKELY_TO_NEW and preferred >= _PREFERRED_NEW)
            (goes if doubtful else stays).add(rule.category)
    return {
        reason.category: reason
        for reason in reasons
        if reason.category in goes - stays and not reason.rule.startswith("code.")
    }


def likeliest(reading: Reading, language: Language) -> float:
    """How probable the most probable reason is that a sentence of the letter gives; 0 where none is given."""
    answers = (best(load_opinion().of(signs_of(s, language))) for s in _unexplained(reading, language))
    return max((likely for answer, likely in answers if answer != SILENT), default=0.0)


def _unexplained(reading: Reading, language: Language, *, of_appeals: bool = False) -> Iterator[Utterance]:
    """Sentences that state something and in which no rule fired; of two that follow each other, also both as one.

    ``of_appeals`` takes those that speak of appeals too.
    """
    allowed = {Stance.DECIDED, Stance.RIGHTS} if of_appeals else {Stance.DECIDED}
    zones = _ASKED | ({Zone.RIGHTS} if of_appeals else set())
    open_ones: list[Utterance] = []
    whole = without_boxes(unbroken(utterances(reading, language), zones=_ASKED))
    for sentence in without_inserts(whole, reading, language):
        placed = sentence.zone in zones or (sentence.zone in _AMONG_LABELS and is_whole(sentence))
        states = all(cue.stance in allowed for cue in sentence.cues)
        if placed and states and not fired(sentence, language) and is_said(sentence):
            open_ones.append(sentence)
    yield from open_ones
    for first, second in pairwise(open_ones):
        if first.end <= second.start <= first.end + 2:
            yield joined(first, second)


def is_whole(sentence: Utterance) -> bool:
    """Whether it is a sentence with a stop, of several words in small letters."""
    small = sum(token.is_alpha and token.is_lower for token in sentence.sentence)
    return sentence.text[-1] in _STOPS and small >= _LONG // 2


def is_said(sentence: Utterance) -> bool:
    """Whether it is a sentence, and no label with its value, cell or heading."""
    words = sum(word.isalpha() for word in words_of(sentence.sentence.doc)[sentence.start : sentence.end])
    label = _LABEL.match(sentence.text)
    if words < _FEWEST_WORDS or (label and not _TELLS_WHY.search(label[0])):
        return False
    return sentence.text[-1] in _STOPS or words >= _LONG
