"""Whether the second opinion doubts a reason that a rule found in a sentence: it takes it for something else."""

import re
from collections.abc import Collection, Iterable, Mapping

from pipeline.extract.opinions import SILENT, best
from pipeline.extract.reasons.opinion import reason_of
from pipeline.extract.reasons.rules import fired
from pipeline.knowledge.reasons import ReasonRule
from pipeline.language import Language
from pipeline.language.context import Utterance
from pipeline.values.vocabulary import Category

# A reason of the rules is doubted where the model gives it less than the first and another answer more than the second;
# more easily where that answer is a reason of which the rules know nothing.
_UNLIKELY, _UNLIKELY_TO_NEW, _PREFERRED = 0.04, 0.15, 0.7
# A rule that is believed so far is not doubted for telling nothing: as measured it was right three times in four.
_FIRM = 0.85
_LISTED = 0.9
_OF_THIS_CASE = re.compile(r"\b(?:this|your|you|was|were|did|had|been)\b", re.IGNORECASE)


def is_doubtful(
    rule: ReasonRule,
    confidence: float,
    likely: Mapping[str, float],
    *,
    here: Collection[str],
    known: Collection[str],
    text: str = "",
) -> bool:
    """Whether a rule's reason is improbable in its sentence.

    ``here`` are the reasons that rules found in the sentence ``text``, which may give two; ``known`` those found in the
    letter.
    """
    answer, preferred = best(likely, but=(rule.category.value,))
    own = likely.get(rule.category.value, 0.0)
    if preferred < _PREFERRED:
        return False
    if answer in here and answer != Category.NOT_A_DENIAL:
        return False
    if answer == SILENT:
        # A sentence that names several reasons and gives none lists what may be: "Late claims, excluded services, ...".
        return own < _UNLIKELY and (
            confidence < _FIRM or (len(here) > 1 and preferred > _LISTED and not _OF_THIS_CASE.search(text))
        )
    return own < (_UNLIKELY if answer in known else _UNLIKELY_TO_NEW)


def known_to_rules(sentences: Iterable[Utterance], language: Language) -> frozenset[str]:
    """The reasons of which the rules see signs in the sentences, doubtful or not."""
    return frozenset(rule.category.value for sentence in sentences for rule, _, _ in fired(sentence, language))


def is_explained(sentence: Utterance, language: Language, *, known: Collection[str]) -> bool:
    """Whether a rule fired in the sentence that the second opinion does not doubt."""
    fires = fired(sentence, language)
    if not fires:
        return False
    here, likely = known_to_rules([sentence], language), reason_of(sentence, language)
    return not all(
        is_doubtful(rule, belief, likely, here=here, known=known, text=sentence.text) for rule, _, belief in fires
    )
