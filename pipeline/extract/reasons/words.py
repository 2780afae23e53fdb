"""The named words of ``models/reason_words.yaml`` in a sentence."""

import re
from collections.abc import Iterable, Mapping

from pipeline.language import Language
from pipeline.language.context import Hit, Utterance, hits
from pipeline.language.matchers import Subject

# A box of a form that somebody ticked: what stands beside it is said to be so.
_TICKED = re.compile(r"\s*(?:\[\s?[xX✓✔]\s?\]|\([xX✓✔]\)|☒|☑|✓|✔)\s")


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
