"""How likely a page begins a letter: the log-odds of its signs, added up."""

import math
from collections.abc import Mapping, Set

from pipeline.language import Language
from pipeline.split.signs import Sign

BIAS = "bias"


def weights_of(language: Language) -> Mapping[str, float]:
    """The weight of each sign, by its name, as measured on generated batch files (``models/boundaries.yaml``)."""
    return {entry.id.removeprefix("boundary."): entry.weight for entry in language.knowledge.boundaries}


def begins(signs: Set[Sign], weights: Mapping[str, float]) -> float:
    """The probability that a page with these signs begins a letter."""
    score = weights[BIAS] + sum(weights[sign] for sign in signs)
    return 1 / (1 + math.exp(-score))
