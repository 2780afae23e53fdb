"""Reasons that no rule knows: sentences of a denial that the second opinion takes for one, believed less than a rule.

Asked only of sentences that state something in the parts of a letter where reasons are given, and only where no rule
fired. It is stricter where the rules already found why.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.opinion import SILENT, best, load_opinion, signs_of
from pipeline.extract.reasons import fired, without_boxes
from pipeline.language import Language, Reading
from pipeline.language.context import Stance, Utterance, joined, unbroken, utterances
from pipeline.language.reading import finding
from pipeline.language.zones import Zone
from pipeline.values.letter import Reason
from pipeline.values.vocabulary import Category

_ASKED = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY})
# How probable an answer must be: the best one of a letter in which the rules found no reason, one more there, and one
# beside a reason of the rules.
_ALONE, _MORE, _BESIDE = 0.5, 0.85, 0.95
# An answer of the model is believed so much of its probability.
_BELIEF = 0.7
# What is no sentence: a few words, or more without a stop; a label with its value, unless the label says "why".
_FEWEST_WORDS, _LONG, _STOPS = 3, 10, ".!;"
_LABEL = re.compile(r"\W*(?:[\w/&#.'’()-]+\s+){0,4}[\w/&#.'’()-]+\s*[:#]\s")
_TELLS_WHY = re.compile(
    r"reason|rationale|denial|denied|determination|decision|explanation|basis|finding|comment|why", re.IGNORECASE
)


def second_opinions(
    reading: Reading, language: Language, *, reasons: Sequence[Reason], firm: bool
) -> tuple[Reason, ...]:
    """The reasons with those that only the second opinion sees; ``firm``: the rules found one in the words."""
    known = {reason.category for reason in reasons}
    least = _BESIDE if firm else _ALONE
    found: dict[Category, Reason] = {}
    for sentence in _unexplained(reading, language):
        answer, likely = best(load_opinion().of(signs_of(sentence, language)))
        if answer == SILENT or likely < least:
            continue
        category = Category(answer)
        if category in known or (category in found and found[category].confidence >= likely * _BELIEF):
            continue
        base = finding(
            reading, sentence.span, value=answer, rule=f"opinion.{answer}", confidence=round(likely * _BELIEF, 3)
        )
        found[category] = Reason(
            value=answer, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=base.rule,
            category=category, subcategory=None,
        )  # fmt: skip
    ranked = sorted(found.values(), key=lambda reason: -reason.confidence)
    return (*reasons, *ranked[:1], *(r for r in ranked[1:] if r.confidence >= _MORE * _BELIEF))


def likeliest(reading: Reading, language: Language) -> float:
    """How probable the most probable reason is that a sentence of the letter gives; 0 where none is given."""
    answers = (best(load_opinion().of(signs_of(s, language))) for s in _unexplained(reading, language))
    return max((likely for answer, likely in answers if answer != SILENT), default=0.0)


def _unexplained(reading: Reading, language: Language) -> Iterator[Utterance]:
    """Sentences that state something and in which no rule fired; of two that follow each other, also both as one."""
    open_ones: list[Utterance] = []
    for sentence in without_boxes(unbroken(utterances(reading, language), zones=_ASKED)):
        states = all(cue.stance is Stance.DECIDED for cue in sentence.cues)
        if sentence.zone in _ASKED and states and not fired(sentence, language) and _is_said(sentence):
            open_ones.append(sentence)
    yield from open_ones
    for first, second in pairwise(open_ones):
        if first.end <= second.start <= first.end + 2:
            yield joined(first, second)


def _is_said(sentence: Utterance) -> bool:
    """Whether it is a sentence, and no label with its value, cell or heading."""
    words = sum(token.is_alpha for token in sentence.sentence)
    label = _LABEL.match(sentence.text)
    if words < _FEWEST_WORDS or (label and not _TELLS_WHY.search(label[0])):
        return False
    return sentence.text[-1] in _STOPS or words >= _LONG
