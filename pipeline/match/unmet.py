"""What the letters call unmet, tied to the payer's criterion whose words it shares, and to what would show it."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.knowledge.policies import Criterion, Phase, PolicyKnowledge
from pipeline.match.indications import criterion_of, drugs_of, indications_of
from pipeline.match.policy import asked_by, policy_for
from pipeline.values.letter import Letter, UnmetCriterion
from pipeline.values.vocabulary import Category

_WORD = re.compile(r"[a-z]{3,}|\d+", re.IGNORECASE)
_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8", "ten": "10",
    "twelve": "12", "fifteen": "15", "eighteen": "18",
}  # fmt: skip
_SMALL = frozenset({"the", "and", "for", "not", "are", "was", "were", "has", "have", "that", "with", "least", "each"})
_SHARED_WORDS, _SHARE, _MARGIN = 2, 0.5, 1.2
"""A criterion fits that shares two telling words or more, half the weight of the shorter text, and a fifth more than
the next one."""


def unmet_of(
    letters: Sequence[Letter], *, knowledge: Knowledge, policies: PolicyKnowledge
) -> tuple[UnmetCriterion, ...]:
    """The unmet criteria of the letters of one level, each statement once, tied where one criterion fits for certain.

    The policy is that of the day of the letter, so that a new day changes nothing.
    """
    found: dict[str, UnmetCriterion] = {}
    for letter in letters:
        known = _asked(letter, knowledge=knowledge, policies=policies) if letter.unmet_criteria else ()
        for one in letter.unmet_criteria:
            found.setdefault((one.value or one.text).casefold(), _tied(one, letter, known, knowledge))
    return tuple(found.values())


def _asked(letter: Letter, *, knowledge: Knowledge, policies: PolicyKnowledge) -> tuple[Criterion, ...]:
    """The criteria of the letter's policy, where drug and illness are certain; each once, of both phases."""
    illnesses = indications_of(letter, knowledge=knowledge)
    written = letter.letter_date.value if letter.letter_date is not None else None
    if written is None or len(illnesses) != 1 or illnesses[0].drug not in drugs_of(letter, knowledge=knowledge):
        return ()
    policy = policy_for(letter, known=policies, day=date.fromisoformat(written), drug=illnesses[0].drug)
    phases = (Phase.INITIAL, Phase.CONTINUATION)
    asked = (
        one.criterion
        for phase in phases
        for one in asked_by(policy, indication=illnesses[0].id, phase=phase, payer=None, known=policies)
    )
    return tuple({criterion.stem: criterion for criterion in asked}.values())


def _tied(one: UnmetCriterion, letter: Letter, known: Sequence[Criterion], knowledge: Knowledge) -> UnmetCriterion:
    fits = best_fit(one.value or one.text, known)
    if fits is None and one.category is not Category.CRITERIA_NOT_MET:
        stems = {
            criterion_of(reason, letter, knowledge=knowledge)
            for reason in letter.denial_reasons
            if reason.category is one.category
        }
        fits = next((c for c in known if stems == {c.stem}), None)
    if fits is None:
        return one
    evidence = tuple(dict.fromkeys((*fits.evidence, *one.evidence)))
    return replace(one, criterion_id=fits.stem, evidence=evidence[: max(len(fits.evidence), len(one.evidence))])


def best_fit(statement: str, known: Sequence[Criterion]) -> Criterion | None:
    """The criterion that says the same as a statement; None where none or two come close.

    Words that few criteria have weigh more, so that "migraine" in all of them decides nothing.
    """
    texts = [(criterion, _words(criterion.statement)) for criterion in known]
    count = Counter(word for _, words in texts for word in words)
    said = _words(statement)
    scores = []
    for criterion, words in texts:
        shared = said & words
        whole = min(_weight(said, count, len(texts)), _weight(words, count, len(texts)))
        if len(shared) >= _SHARED_WORDS and whole:
            scores.append((_weight(shared, count, len(texts)) / whole, criterion.stem, criterion))
    scores.sort(reverse=True, key=lambda score: score[:2])
    if not scores or scores[0][0] < _SHARE or (len(scores) > 1 and scores[0][0] < _MARGIN * scores[1][0]):
        return None
    return scores[0][2]


def _words(text: str) -> frozenset[str]:
    """The telling words, cut to what their forms share, and the numbers."""
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(_NUMBERS.get(word, word[:5]) for word in words if word not in _SMALL)


def _weight(words: Iterable[str], count: Counter[str], of: int) -> float:
    return sum(math.log(1 + of / (1 + count[word])) for word in words)
