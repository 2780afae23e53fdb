"""What stands in a sentence: the named words of ``models/reason_words.yaml``, and whether it is a whole one."""

import re
from collections.abc import Iterable, Mapping

from pipeline.language import Language
from pipeline.language.context import Hit, Utterance, hits
from pipeline.language.matchers import Subject

# A box of a form that somebody ticked: what stands beside it is said to be so.
_TICKED = re.compile(r"\s*(?:\[\s?[xX✓✔]\s?\]|\([xX✓✔]\)|☒|☑|✓|✔)\s")

STOPS = ".!;"
_SMALL, _CAPITAL = 5, 10
"""Words in small letters that make a sentence with its stop; where all is in capitals it takes more."""


def is_whole(sentence: Utterance) -> bool:
    """Whether it is a sentence with a stop, of several words in small letters; of many where all is in capitals."""
    if sentence.text[-1] not in STOPS:
        return False
    if sentence.text.isupper():
        return sum(token.is_alpha for token in sentence.sentence) >= _CAPITAL
    return sum(token.is_alpha and token.is_lower for token in sentence.sentence) >= _SMALL


def words_of(sentence: Utterance, language: Language) -> Mapping[str, list[Hit]]:
    """The named words of a sentence, each with its places."""
    found = by_key(hits(sentence, language, Subject.REASON_WORD))
    if _TICKED.match(sentence.text):
        # Beside a tick stands what was not met.
        for name in ("negative", "met_word", "shown"):
            found.setdefault(name, []).insert(0, Hit(name, sentence.start, sentence.start))
    return found


def by_key(found: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits by the key they stand for."""
    grouped: dict[str, list[Hit]] = {}
    for hit in found:
        grouped.setdefault(hit.key, []).append(hit)
    return grouped
