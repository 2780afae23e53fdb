"""spaCy's tokenizer, made to remember the words that it took apart.

It does so itself, but not behind the first abbreviation of a text: from a special case on (``Inc.``) it takes the whole
text for special. So every word is given to it alone first; a letter then is looked up, twenty times as fast.
"""

from spacy.lang.tokenizer_exceptions import emoticons
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc


def without_faces(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer without its list of faces: in ``Pump (E0784): Denied`` bracket and colon are two words."""
    tokenizer.rules = {word: parts for word, parts in tokenizer.rules.items() if word not in emoticons}
    return tokenizer


class Remembering:
    """Makes the tokens that the tokenizer makes."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._met: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        if len(self._met) < self._tokenizer.max_cache_size:
            new = set(text.split()) - self._met
            for word in new:
                self._tokenizer(word)
            self._met |= new
        doc: Doc = self._tokenizer(text)
        return doc
