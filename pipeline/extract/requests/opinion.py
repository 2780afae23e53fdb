"""Second opinions on requests, learned from sentences: whether a sentence asks, and what paper some words name.

``models/asking_opinion`` holds sentences that ask for papers of a case or say that some were missing, and
``unsaid.yaml`` those that only speak of papers; ``models/paper_opinion`` the ways in which papers are named.
"""

import re
from functools import lru_cache
from itertools import pairwise

from pipeline.extract.opinions import SILENT, Signs, best, load_opinion, words_in

ASKING = "asking_opinion"
"""The model: whether a sentence asks for papers or says that some were missing."""
PAPERS = "paper_opinion"
"""The model: what paper words name."""
_WORD = re.compile(r"[a-z]+|n't|\d+|[#:;?]")
_FORMS = r"271|277|999|835|1500|1696"
"""Numbers that are names of forms."""
_NUMBER = re.compile(rf"(?!(?:{_FORMS})\b)\b\d[\d,./]*")
_FIRST = 4
"""So many words at the beginning tell how a sentence sets out."""
_OF_GRAMMAR = re.compile(
    r"(?:an?|the|of|to|and|or|for|in|on|at|by|with|from|th(?:at|is|ese|ose)|your|our|his|her|their|is|was|were|are|be|been"
    r"|its?|we|you|s?he|they|any|all|each|every|if|so|as|has|had|have)"
)
"""Words that tell nothing about which paper is meant."""


def signs_of_sentence(text: str) -> Signs:
    """The signs of a whole sentence."""
    words = words_in(text, word=_WORD, number=_NUMBER)
    framed = ["<", *words, ">"]
    pairs = [f"{a} {b}" for a, b in pairwise(framed)]
    apart = [f"{a} . {b}" for a, b in zip(framed, framed[2:], strict=False)]
    first = [f"<{word}" for word in words[:_FIRST]]
    return Signs((*words, *pairs, *apart, *first), tuple(word for word in words if word[0].isalpha()), ())


def signs_of_paper(text: str) -> Signs:
    """The signs of the words that name a paper."""
    words = [word for word in words_in(text, word=_WORD, number=_NUMBER) if word[-1].isalnum() or word == "#"]
    told = [word for word in words if not _OF_GRAMMAR.fullmatch(word)]
    pairs = {f"{a} {b}" for row in (["<", *words, ">"], told) for a, b in pairwise(row)}
    return Signs((*told, *sorted(pairs)), tuple(word for word in told if word[0].isalpha()), ())


@lru_cache(maxsize=512)
def asking_told(text: str) -> dict[str, float]:
    """How probable it is that a sentence ``asks``, says that something was ``missing``, or does neither."""
    return load_opinion(ASKING).of(signs_of_sentence(text))


@lru_cache(maxsize=512)
def paper_told(text: str) -> tuple[str | None, float]:
    """The evidence type that words most probably name, None for no paper of a case, and how probable that is."""
    answer, likely = best(load_opinion(PAPERS).of(signs_of_paper(text)))
    return (None if answer == SILENT else answer), likely
