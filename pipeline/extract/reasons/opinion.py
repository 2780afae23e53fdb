"""The second opinion on a sentence: which reason it most probably gives, or what it decides, learned from sentences.

A linear model over three kinds of signs: words and pairs of words, runs of letters within words, and the named words of
``models/reason_words.yaml`` with the stances of the sentence. ``models/reason_opinion`` and ``models/kind_opinion``
hold the sentences that it was learned from and its weights; ``make train`` makes the weights again.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.reasons.words import words_of
from pipeline.language import Language
from pipeline.language.context import Utterance, within
from pipeline.language.words import words_of as tokens_of

REASONS, KINDS = "reason_opinion", "kind_opinion"
"""The two models: why the payer decided so, and what a letter decides."""
SILENT = "none"
"""The answer for a sentence that tells nothing of the sort."""
_WORD = re.compile(r"[a-z]+|#|n't")
_NUMBER = re.compile(r"\d[\d,.]*")
_SHORTEST, _LONGEST = 3, 5
_LEADS = frozenset({"because", "since", "as", ":", "that"})
"""Words behind which a sentence says why."""
_TOLD = 0.03
"""A whole sentence of which so little speaks for no reason is not asked clause by clause."""
_CLAUSE = 4
"""Of so many words at least."""


class Signs(NamedTuple):
    """The signs of a sentence in three groups, each of which weighs the same.

    Of the ``spelled`` words every run of letters is a sign.
    """

    told: tuple[str, ...]
    spelled: tuple[str, ...]
    named: tuple[str, ...]

    def groups(self) -> Iterator[Iterable[str]]:
        """Every sign, group by group."""
        return iter((self.told, chain.from_iterable(map(_parts, self.spelled)), self.named))


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model: the place of each sign, its rarity, and its weight for each answer.

    ``spelled`` keeps the places of the runs of letters of a word: letters are made of the same words.
    """

    answers: tuple[str, ...]
    places: Mapping[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    spelled: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, signs: Signs) -> dict[str, float]:
        """How probable each answer is; the probabilities add up to one."""
        parts = chain.from_iterable(map(self._places_of, signs.spelled))
        groups = (self._known(signs.told), parts, self._known(signs.named))
        places, values = weighed(groups, rarity=self.rarity)
        scores = values @ self.weights[places] + self.bias
        likely = np.exp(scores - scores.max())
        return dict(zip(self.answers, (likely / likely.sum()).tolist(), strict=True))

    def _places_of(self, word: str) -> tuple[int, ...]:
        known = self.spelled.get(word)
        if known is None:
            known = self.spelled[word] = tuple(self._known(_parts(word)))
        return known

    def _known(self, signs: Iterable[str]) -> list[int]:
        """The places of the signs that the model knows."""
        return [place for place in map(self.places.get, signs) if place is not None]


def weighed(
    groups: Iterable[Iterable[int]], *, rarity: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The places of the signs, each once, and how much each counts; each group of signs is of length one."""
    found: list[int] = []
    times: list[int] = []
    ends = [0]
    for group in groups:
        counted = Counter(group)
        if counted:
            found.extend(counted)
            times.extend(counted.values())
            ends.append(len(found))
    places = np.array(found, dtype=np.int64)
    values = (1 + np.log(np.array(times, dtype=np.float32))) * rarity[places]
    for start, end in pairwise(ends):
        group_values = values[start:end]
        group_values /= np.sqrt(group_values.dot(group_values))
    return places, values


def signs_of(sentence: Utterance, language: Language) -> Signs:
    """The signs of a sentence."""
    words = _WORD.findall(_NUMBER.sub("#", sentence.text.lower().replace("’", "'")))
    framed = ["<", *words, ">"]
    pairs = (f"{a} {b}" for a, b in pairwise(framed))
    named = [f"c:{name}" for name in words_of(sentence, language)]
    named += [f"s:{cue.stance.value}" for cue in sentence.cues]
    return Signs((*words, *pairs), tuple(words), tuple(sorted(set(named))))


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    """Runs of letters of a word with its edges: ``auth`` of ``authorized`` is in ``authorization`` too."""
    edged = f"_{word}_"
    return tuple(
        f"p:{edged[i : i + size]}"
        for size in range(_SHORTEST, _LONGEST + 1)
        for i in range(max(1, len(edged) - size + 1))
    )


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


def _clauses(sentence: Utterance) -> Iterator[Utterance]:
    """What follows a word that leads up to a reason, as long as it is a clause."""
    tokens = tokens_of(sentence.sentence.doc)
    for place in range(sentence.start, sentence.end - _CLAUSE):
        if tokens[place] in _LEADS:
            yield within(sentence, place + 1)


@cache
def load_opinion(name: str = REASONS) -> Opinion:
    """A model of ``models/``, read once a process."""
    place = files("models").joinpath(name)
    listed = json.loads(place.joinpath("signs.json").read_text(encoding="utf-8"))
    with place.joinpath("weights.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return Opinion(
            answers=tuple(listed["answers"]),
            places={sign: number for number, sign in enumerate(listed["signs"])},
            rarity=stored["rarity"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
        )


def best(likely: Mapping[str, float], *, but: Iterable[str] = ()) -> tuple[str, float]:
    """The most probable answer, those of ``but`` left out."""
    left = {answer: p for answer, p in likely.items() if answer not in set(but)}
    answer = max(left, key=left.__getitem__)
    return answer, left[answer]
