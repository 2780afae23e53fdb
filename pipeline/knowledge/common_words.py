"""Schema of ``models/common_words.yaml``: how often words stand in letters.

A phrase is looked for where its rarest word stands (``language/phrase_index.py``).
"""

from pipeline.knowledge.entry import Strict


class CommonWords(Strict):
    """How often each word stands in a hundred pages of 600 words; one that is not listed is rare."""

    source: str
    counts: dict[str, int]
