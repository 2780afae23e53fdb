"""The words of a spaCy document, worked out once: asking each token takes longer than most answers."""

import numpy as np
from spacy.attrs import LOWER, ORTH, SENT_START
from spacy.tokens import Doc

_PRINTED, _KNOWN, _PLACES, _FIRST = "printed", "words", "places", "first_words"


def printed_in(doc: Doc) -> list[str]:
    """Each token as it is printed, by place."""
    words: list[str] | None = doc.user_data.get(_PRINTED)
    if words is None:
        words = doc.user_data[_PRINTED] = _spelled(doc, ORTH)
    return words


def words_of(doc: Doc) -> list[str]:
    """Each token in small letters, by place."""
    words: list[str] | None = doc.user_data.get(_KNOWN)
    if words is None:
        words = doc.user_data[_KNOWN] = _spelled(doc, LOWER)
    return words


def _spelled(doc: Doc, attribute: int) -> list[str]:
    strings, keys = doc.vocab.strings, doc.to_array(attribute).tolist()
    spelled = {key: strings[key] for key in set(keys)}
    return [spelled[key] for key in keys]


def places_of(doc: Doc) -> dict[str, list[int]]:
    """The different words of a document, in small letters, each with its places in order."""
    places: dict[str, list[int]] | None = doc.user_data.get(_PLACES)
    if places is None:
        places = doc.user_data[_PLACES] = {}
        for place, word in enumerate(words_of(doc)):
            places.setdefault(word, []).append(place)
    return places


def first_words_of(doc: Doc) -> list[int]:
    """The places of the tokens with which sentences begin."""
    first: list[int] | None = doc.user_data.get(_FIRST)
    if first is None:
        first = doc.user_data[_FIRST] = np.flatnonzero(doc.to_array(SENT_START) == 1).tolist()
    return first


def names_month(doc: Doc, place: int) -> bool:
    """Whether a token is the month of May, with its day or year behind it, and not the word of what may be."""
    printed = printed_in(doc)
    return printed[place] in {"May", "MAY"} and place + 1 < len(printed) and printed[place + 1][:1].isdigit()
