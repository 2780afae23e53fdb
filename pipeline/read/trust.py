"""Whether a page's own text may be trusted: told from its words, and from what is seen when the page is drawn."""

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum, auto

from pipeline.read.page import PageWords, Placed
from pipeline.read.render import Sight
from pipeline.read.textlayer import TextLayer


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
    return Doubt.NONE


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


def better(layer: PageWords, seen: PageWords, doubt: Doubt) -> PageWords:
    """The text layer, or what OCR saw of the same page.

    Hidden text loses: what a person sees is what counts. Otherwise the text layer stays where OCR says the same and
    not much more, for its characters are exact.
    """
    if doubt is Doubt.HIDDEN or not seen.words:
        return seen if seen.words or doubt is Doubt.HIDDEN else layer
    said, read = _bag(layer.words), _bag(seen.words)
    common = sum((said & read).values())
    confirmed = common / max(1, sum(said.values()))
    complete = common / max(1, sum(read.values()))
    return layer if confirmed >= _AGREED and complete >= _AGREED else seen


_AGREED = 0.6
"""OCR of clean print agrees in nine words of ten; garbled text in none, a header line over a scan covers next to
none.
"""


def _bag(words: Iterable[Placed]) -> Counter[str]:
    return Counter(re.sub(r"\W", "", w.text).lower() for w in words)
