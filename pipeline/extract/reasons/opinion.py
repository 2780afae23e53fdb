"""The second opinion on why the payer decided so: which reason a sentence most probably gives.

Its signs are words, pairs of words and runs of letters, and the named words of ``models/reason_words.yaml`` with the
stances of the sentence. ``models/reason_opinion`` holds the sentences that it was learned from.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.extract.opinions import SILENT, Signs, load_opinion, words_in
from pipeline.extract.reasons.words import words_of
from pipeline.language import Language
from pipeline.language.context import Utterance, within
from pipeline.language.words import words_of as tokens_of

REASONS = "reason_opinion"
"""The model: why the payer decided so."""
KINDS = "kind_opinion"
"""The model: what a letter decides."""
_WORD = re.compile(r"[a-z]+|#|n't")
_NUMBER = re.compile(r"\d[\d,.]*")
_LEADS = frozenset({"because", "since", "as", ":", "that"})
"""Words behind which a sentence says why."""
_TOLD = 0.03
"""A whole sentence of which so little speaks for no reason is not asked clause by clause."""
_CLAUSE = 4
"""Of so many words at least."""
_DECIDES = 0.8
"""So probable as a decision, a sentence gives none of its reasons: of 16 that were read in such, two were right."""
_NO_DECISION = frozenset({SILENT, "reason"})


def signs_of(sentence: Utterance, language: Language) -> Signs:
    """The signs of a sentence."""
    words = words_in(sentence.text, word=_WORD, number=_NUMBER)
    framed = ["<", *words, ">"]
    pairs = (f"{a} {b}" for a, b in pairwise(framed))
    named = [f"c:{name}" for name in words_of(sentence, language)]
    named += [f"s:{cue.stance.value}" for cue in sentence.cues]
    return Signs((*words, *pairs), tuple(words), tuple(sorted(set(named))))


def reason_of(sentence: Utterance, language: Language) -> dict[str, float]:
    """How probable each reason is, asked of the sentence and of its clauses, whichever tells most.

    ``We cannot pay for the injection, 100 units, since no referral was made``: most of its words tell no reason, and
    the clause at its end does.
    """
    key, kept = f"reason:{sentence.start}:{sentence.end}", sentence.sentence.doc.user_data
    known: dict[str, float] | None = kept.get(key)
    if known is None:
        opinion = load_opinion(REASONS)
        known = opinion.of(signs_of(sentence, language))
        if known[SILENT] > _TOLD:
            told = (opinion.of(signs_of(one, language)) for one in _clauses(sentence))
            known = min((known, *told), key=lambda likely: likely[SILENT])
        kept[key] = known
    return known


def kinds_of(sentence: Utterance, language: Language) -> dict[str, float]:
    """How probable it is of each kind of letter that a sentence decides so."""
    kept: dict[tuple[object, ...], dict[str, float]] = sentence.sentence.doc.user_data.setdefault("kinds_told", {})
    key = sentence.start, sentence.end, sentence.text, sentence.cues
    if key not in kept:
        kept[key] = load_opinion(KINDS).of(signs_of(sentence, language))
    return kept[key]


def only_decides(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence tells what was decided and not why: "We are not able to pay this claim"."""
    told = kinds_of(sentence, language)
    return max(likely for answer, likely in told.items() if answer not in _NO_DECISION) >= _DECIDES


def _clauses(sentence: Utterance) -> Iterator[Utterance]:
    """What follows a word that leads up to a reason, as long as it is a clause."""
    tokens = tokens_of(sentence.sentence.doc)
    for place in range(sentence.start, sentence.end - _CLAUSE):
        if tokens[place] in _LEADS:
            yield within(sentence, place + 1)
