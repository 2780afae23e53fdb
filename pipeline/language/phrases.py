"""A small notation for phrases, so that knowledge can be written by people and matched by spaCy over whole sentences.

A phrase is words separated by blanks, matched without regard to case, line wraps or extra white space:

========== ==========================================================
``word``    this word
``a|b``     one of these words
``approv*`` a word that begins so
``[word]``  this word, or nothing; also ``[a|b]``
``..``      up to three words
``...``     up to eight words
``#``       a number, in figures or with separators (``180``, ``1,000``)
========== ==========================================================

>>> tokens = pattern("not [be] medically necess*")
>>> tokens[0], tokens[1]["OP"]
({'LOWER': 'not'}, '?')
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.language import Language as SpacyPipeline
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

_NUMBER = {"TEXT": {"REGEX": r"^\d[\d,.]*$"}}
_GAPS = {"..": 3, "...": 8}


def pattern(phrase: str, tokenizer: Any = None) -> list[dict[str, Any]]:
    """The spaCy token pattern of a phrase. ``tokenizer`` splits a plain word as running text is split."""
    tokens: list[dict[str, Any]] = []
    for item in phrase.split():
        tokens.extend(_item(item, tokenizer))
    if not tokens:
        raise ValueError("an empty phrase matches everything")
    return tokens


def _item(item: str, tokenizer: Any) -> list[dict[str, Any]]:
    if item in _GAPS:
        return [{"IS_SENT_START": False, "IS_SPACE": False, "OP": f"{{0,{_GAPS[item]}}}"}]
    if item == "#":
        return [dict(_NUMBER)]
    optional = item.startswith("[") and item.endswith("]")
    words = (item[1:-1] if optional else item).casefold().split("|")
    if len(words) == 1 and not words[0].endswith("*") and tokenizer is not None:
        parts = [t.lower_ for t in tokenizer(words[0])]
        if len(parts) > 1 and not optional:
            return [{"LOWER": part} for part in parts]
    token: dict[str, Any]
    if any(word.endswith("*") for word in words):
        options = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
        token = {"LOWER": {"REGEX": f"^(?:{'|'.join(options)})$"}}
    else:
        token = {"LOWER": words[0]} if len(words) == 1 else {"LOWER": {"IN": words}}
    if optional:
        token["OP"] = "?"
    return [token]


def _spread(phrase: str, tokenizer: Any) -> list[str]:
    """The phrase once for each word that running text splits: ``cannot|unable`` is ``unable`` and ``can not``."""
    spread = [""]
    for item in phrase.split():
        optional = item.startswith("[") and item.endswith("]")
        words = (item[1:-1] if optional else item).split("|")
        split = [w for w in words if not w.endswith("*") and len(tokenizer(w)) > 1 and (optional or len(words) > 1)]
        # The item as it stands is kept too: some writings ("P2P.") are split in small letters only.
        options = [item, *split]
        spread = [f"{before} {option}".strip() for before in spread for option in options]
    return spread


class PhraseMatcher:
    """Finds the phrases of many entries in a document, by entry id."""

    def __init__(self, nlp: SpacyPipeline, phrases: Mapping[str, Iterable[str]]) -> None:
        """Compile ``phrases`` (entry id -> its phrases).

        Raises:
            ValueError: a phrase that is empty.
        """
        self._matcher = Matcher(nlp.vocab)
        for key, texts in phrases.items():
            patterns = [pattern(one, nlp.tokenizer) for text in texts for one in _spread(text, nlp.tokenizer)]
            if patterns:
                self._matcher.add(key, patterns, greedy="LONGEST")

    def __call__(self, doc: Doc | Span) -> list[tuple[str, Span]]:
        """``(entry id, span)`` of every match, in order of place; of matches of one entry that overlap, the longest."""
        if not len(self._matcher):
            return []
        found = [(doc.doc.vocab.strings[m.label], m) for m in self._matcher(doc, as_spans=True)]
        return sorted(found, key=lambda hit: (hit[1].start, -hit[1].end, hit[0]))
