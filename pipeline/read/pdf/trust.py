"""Whether a page's own text may be trusted: told from its words, and from what is seen when the page is drawn."""

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum, auto

from pipeline.read.page import PageWords, Placed
from pipeline.read.pdf.compare import Comparison, compared, said
from pipeline.read.pdf.render import Sight
from pipeline.read.pdf.textlayer import TextLayer
from pipeline.values.text import Method


class Doubt(Enum):
    """What speaks against a text layer, if anything."""

    NONE = auto()
    BLANK = auto()
    """There is neither text nor ink."""
    MISSING = auto()
    """Ink but no text: a scan, a fax, letters drawn as curves."""
    HIDDEN = auto()
    """Text that is not seen: what an older OCR left under the picture, or what someone wants read by machines alone."""
    THIN = auto()
    """A little text over a picture: a fax header on a scan, or a letter on a printed background."""
    GARBLED = auto()
    """Characters that spell nothing: a font without a usable map to letters."""
    MISDRAWN = auto()
    """Digits that do not look like what the text calls them: a map to letters that is wrong where it matters most."""


_FEW_LETTERS = 300
"""A scan with a header line or a stamp as text has fewer; a short letter has more."""
_PICTURE = 0.5
_UNSEEN = 0.3
_OUTSIDE = 0.5
_NO_LETTER = re.compile(r"\(cid:\d+\)|[\ufffd\u25a1\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_MOST_SYMBOLS = 0.05
_ENOUGH_WORDS = 25
_FEWEST_COMMON = 0.04
_COMMON = frozenset(
    [
        "the",
        "of",
        "to",
        "and",
        "a",
        "in",
        "for",
        "is",
        "on",
        "that",
        "by",
        "this",
        "with",
        "you",
        "your",
        "we",
        "our",
        "not",
        "or",
        "are",
        "be",
        "as",
        "at",
        "from",
        "it",
        "an",
        "have",
        "has",
        "was",
        "will",
        "if",
        "date",
        "name",
        "number",
        "member",
        "claim",
        "patient",
        "provider",
        "plan",
        "service",
        "services",
        "code",
        "amount",
        "total",
        "address",
        "phone",
        "fax",
        "page",
        "id",
        "health",
        "care",
        "policy",
        "group",
        "billed",
        "paid",
        "denied",
        "denial",
        "appeal",
        "request",
        "review",
        "letter",
        "information",
        "department",
        "box",
    ]
)
"""Words of any letter, and of the forms and tables that payers send: text that has next to none of them is no
English.
"""

_FREQUENT = frozenset("etaoinsrl")
_FEWEST_FREQUENT = 0.5
"""Two thirds of English letters are these, a table of laboratory values too; of letters swapped about, a third."""


def doubt_of(layer: TextLayer, sight: Sight) -> Doubt:
    """The strongest doubt about a page's text layer."""
    letters = sum(len(w.text) for w in layer.words)
    if not sight.has_ink:
        return Doubt.BLANK
    if not letters:
        return Doubt.MISSING
    if sight.hidden_share > _UNSEEN:
        return Doubt.HIDDEN
    if is_garbled([w.text for w in layer.words]):
        return Doubt.GARBLED
    if letters < _FEW_LETTERS and (layer.image_share > _PICTURE or sight.ink_outside > _OUTSIDE):
        return Doubt.THIN
    if sight.misdrawn or has_letters_for_digits([w.text for w in layer.words]):
        return Doubt.MISDRAWN
    return Doubt.NONE


_ALIKE = {"0": "Oo", "1": "Il|", "2": "Zz", "5": "Ss", "6": "G", "8": "B"}
_ENOUGH_NUMBERS = 3


def has_letters_for_digits(words: Iterable[str]) -> bool:
    """Whether a digit is missing from the page and the letter that looks like it stands in its numbers instead.

    >>> has_letters_for_digits(["March", "3,", "2O26", "2O26-O412-71", "8OO-555-O148"])
    True
    """
    numbers = [text for text in words if any(ch.isdigit() for ch in text)]
    together = "".join(numbers)
    return any(
        digit not in together
        and sum(1 for text in numbers if re.search(rf"\d[{alike}]|[{alike}]\d", text)) >= _ENOUGH_NUMBERS
        for digit, alike in _ALIKE.items()
    )


def is_garbled(words: Iterable[str]) -> bool:
    """Whether the words are no text: symbols that stand for no letter, or letters that make no English.

    >>> is_garbled(["(cid:12)(cid:7)", "(cid:9)"])
    True
    """
    texts = list(words)
    together = "".join(texts)
    symbols = len(_NO_LETTER.findall(together))
    if symbols > _MOST_SYMBOLS * len(_NO_LETTER.sub("x", together)):
        return True
    alphabetic = [bare for text in texts if (bare := text.strip(".,:;()#/").lower()).isalpha() and len(bare) > 1]
    if len(alphabetic) < _ENOUGH_WORDS:
        return False
    common = sum(1 for word in alphabetic if word in _COMMON)
    letters = "".join(alphabetic)
    frequent = sum(1 for letter in letters if letter in _FREQUENT)
    return common < _FEWEST_COMMON * len(alphabetic) and frequent < _FEWEST_FREQUENT * len(letters)


def reconciled(layer: PageWords, seen: PageWords, doubt: Doubt) -> PageWords:
    """The page from its text layer and from what OCR saw of it, each word where they part with its other reading.

    Hidden text loses: what a person sees is what counts. Otherwise the text layer stays where OCR says the same and
    not much more, for its characters are exact; but for digits that are drawn as others. A layer that has next to
    nothing in common with the picture is no second reading of it, and the page is OCR's alone.
    """
    if not seen.words:
        return seen if doubt is Doubt.HIDDEN else layer
    if not layer.words:
        return seen
    on_layer, on_seen = compared(layer.words, seen.words), compared(seen.words, layer.words)
    agreed = on_layer.agreement >= _AGREED and on_seen.agreement >= _AGREED
    if doubt is not Doubt.HIDDEN and (agreed or doubt is Doubt.MISDRAWN):
        return _of_both(layer, seen, on_layer, doubt)
    if max(on_layer.agreement, on_seen.agreement) < _WITNESS:
        return seen
    return replace(seen, method=Method.BOTH, words=_marked(seen.words, on_seen))


_AGREED = 0.6
"""OCR of clean print agrees in nine words of ten; garbled text in none, a header line over a scan covers next to
none.
"""
_WITNESS = 0.3
_READ_WELL = 0.7
"""OCR this sure of a word stands for it where the page's digits cannot be trusted."""
_WORTH_ADDING = 0.6


def _of_both(layer: PageWords, seen: PageWords, on_layer: Comparison, doubt: Doubt) -> PageWords:
    """The layer's words, as drawn where its digits are not to be trusted, and what OCR alone sees: a stamp."""
    words = _marked(layer.words, on_layer)
    if doubt in (Doubt.MISDRAWN, Doubt.GARBLED):
        words = tuple(
            _drawn(word, other) if other and not same else word
            for word, other, same in zip(words, on_layer.others, on_layer.agree, strict=True)
        )
    only = [seen.words[n] for n in on_layer.unmatched]
    added = tuple(w for w in only if w.confidence >= _WORTH_ADDING and len(said(w.text)) > 1)
    return replace(layer, method=Method.BOTH, words=(*words, *added))


def _marked(words: tuple[Placed, ...], comparison: Comparison) -> tuple[Placed, ...]:
    return tuple(
        word if same or other is None or not said(other.text) else replace(word, other=other.text)
        for word, other, same in zip(words, comparison.others, comparison.agree, strict=True)
    )


def _drawn(word: Placed, other: Placed) -> Placed:
    """The word as OCR sees it where they differ in numbers alone, as under a wrong map, or where it spells nothing."""
    spells_nothing = _NO_LETTER.search(word.text) is not None
    differ_in_numbers = _ANY_DIGIT.sub("0", word.text) == _ANY_DIGIT.sub("0", other.text)
    if spells_nothing or (differ_in_numbers and other.confidence >= _READ_WELL):
        return replace(word, text=other.text, confidence=other.confidence, other=word.text)
    return word


_ANY_DIGIT = re.compile(r"[\dOoIl|ZzSsGB]")
"""Or a letter that looks like one."""
