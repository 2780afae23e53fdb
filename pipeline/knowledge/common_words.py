"""Schema of ``models/common_words.yaml``: how often words stand in letters.

A phrase is looked for where its rarest word stands (``language/phrase_index.py``).
"""

import json
from functools import cache
from importlib.resources import files

from pipeline.knowledge.entry import Strict


class CommonWords(Strict):
    """How often each word stands in a hundred pages of 600 words; one that is not listed is rare."""

    source: str
    counts: dict[str, int]


@cache
def spelled_words() -> frozenset[str]:
    """Words in small letters of several sentences that an opinion was learned from: spelled as they should be.

    ``prevent`` is no misread ``present``.
    """
    signs = files("models").joinpath("reason_opinion", "signs.json").read_text(encoding="utf-8")
    return frozenset(sign for sign in json.loads(signs)["signs"] if sign.isalpha())
