"""The words of a spaCy document in small letters, worked out once: asking each token takes longer than most answers."""

from spacy.tokens import Doc

_KNOWN = "words"


def words_of(doc: Doc) -> list[str]:
    """Each token in small letters, by place."""
    words: list[str] | None = doc.user_data.get(_KNOWN)
    if words is None:
        words = doc.user_data[_KNOWN] = [token.lower_ for token in doc]
    return words
