"""Second opinions: what a sentence most probably tells, in words that no rule has, by models learned from sentences.

A model is linear over three groups of signs: words and pairs of words, runs of letters within words, and what else is
known of a sentence. A folder of ``models/`` holds the sentences that it was learned from and its weights, which
``make train`` makes again (``learning``).
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

SILENT = "none"
"""The answer for a sentence that tells nothing of the sort."""
_SHORTEST, _LONGEST = 3, 5
"""Letters in the runs of a word that are signs."""


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


def words_in(text: str, *, word: re.Pattern[str], number: re.Pattern[str]) -> list[str]:
    """The words of a text in small letters as a model counts them, every ``number`` being one word, ``#``."""
    return word.findall(number.sub("#", text.lower().replace("’", "'")))


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


@cache
def load_opinion(name: str) -> Opinion:
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


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    """Runs of letters of a word with its edges: ``auth`` of ``authorized`` is in ``authorization`` too."""
    edged = f"_{word}_"
    return tuple(
        f"p:{edged[i : i + size]}"
        for size in range(_SHORTEST, _LONGEST + 1)
        for i in range(max(1, len(edged) - size + 1))
    )
