"""The weights in ``models/`` are those of today's sentences and rules: the signs that they count are learned anew.

Many signs are the named words of rules, so that a rule that changes asks for ``make train``.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.extract.clocks.opinion import LIMITS
from pipeline.extract.clocks.training import of_limits
from pipeline.extract.opinions.learning import MODELS, Course, signs_listed
from pipeline.extract.reasons import training as of_sentences
from pipeline.extract.requests import training as of_requests

BANK = Path(__file__).parent / "reason_bank"


def _lessons():
    yield from of_sentences.lessons(BANK)
    yield LIMITS, list(of_limits()), Course()
    yield from ((name, said, Course()) for name, said in of_requests.lessons())


@pytest.mark.slow
def test_signs_are_those_that_make_train_lists():
    stale = []
    for name, said, course in _lessons():
        listed, rarity = signs_listed([signs for signs, _ in said], fewest=course.fewest)
        known = json.loads((MODELS / name / "signs.json").read_text(encoding="utf-8"))
        stored = np.load(MODELS / name / "weights.npz")["rarity"]
        if known["signs"] != listed or not np.array_equal(stored, rarity.astype(np.float16)):
            stale.append(name)
    assert stale == [], "run make train"
