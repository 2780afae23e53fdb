"""A page image to words in points, turned upright where the page was fed sideways or upside down."""

from collections.abc import Set

import numpy as np
from PIL import Image

from pipeline.read.ocr.hardly_read import numbers_hardly_read
from pipeline.read.ocr.noughts import with_noughts
from pipeline.read.ocr.own_print import OwnPrint
from pipeline.read.ocr.passed_over import passed_over
from pipeline.read.ocr.relabel import relabel
from pipeline.read.ocr.reread import reread
from pipeline.read.ocr.scan import Ocr, OcrWord
from pipeline.read.ocr.sliced import without_slices
from pipeline.read.page import PageWords, Placed
from pipeline.read.ready import PageImage
from pipeline.read.ready.glyphs import Glyphs
from pipeline.read.ready.warp import scaling, turning
from pipeline.values.text import Box, Method

_DOUBTFUL = 0.70
"""Below this quality a page may be turned: upright print, even a standard fax, stays above it."""
_LONG = 4
"""From this many letters on a word of upright print is wider than high."""


def read_image(page: PageImage, ocr: Ocr) -> PageWords:
    """The words of a page image."""
    if not _has_ink(page.image):
        return _placed(page, ())
    (words,) = ocr.words([page.image])
    if page.sure or (_weight(words) and quality_of(words) >= _DOUBTFUL) or _is_blank(page.image):
        upright = page
    else:
        upright, words = _turned_upright(page, words, ocr)
    grey = np.asarray(upright.image)
    words = _without_dirt(words, upright.glyphs)
    words = (*words, *passed_over(grey, upright.glyphs, words, ocr))
    words = without_slices(grey, words, ocr)
    own = OwnPrint(grey, words)
    words = reread(grey, numbers_hardly_read(grey, words, ocr), ocr, own=own)
    words = relabel(grey, words, ocr)
    words = own.mended(with_noughts(grey, words))
    return _placed(upright, words, marks=_marks(upright, ocr))


def _without_dirt(words: tuple[OcrWord, ...], glyphs: Glyphs) -> tuple[OcrWord, ...]:
    """The words without rests of rules read as letters, and specks read as marks that hardly ever stand alone.

    Both would part a number from its label. What may be the dot before an item of a list stays where it begins a line.
    """
    least = _FLAT * glyphs.capital() if glyphs.enough else 0.0
    befores = (None, *words)
    return tuple(
        word
        for before, word in zip(befores, words, strict=False)
        if not _is_dirt(word, least, _SPECKS if before and before.box.x0 < word.box.x0 else _SPECKS - _BULLETS)
    )


def _is_dirt(word: OcrWord, least: float, specks: Set[str]) -> bool:
    if any(ch.isalnum() for ch in word.text):
        return word.box.bottom - word.box.top < least
    return word.confidence < _SPECK_SURE and all(ch in specks for ch in word.text)


_FLAT = 0.25
"""Of a capital's height: no letter is so low."""
_SPECKS, _SPECK_SURE = frozenset(".,;'`\"‘’“”|_~«»={}°?+!>\\^*"), 0.8
"""What dirt is read as, and how sure: of 399 such words of scans and faxes four were print, and some dots of lists."""
_BULLETS = frozenset("*°+>».«")
"""What the dot of a list is read as."""


def _marks(page: PageImage, ocr: Ocr) -> tuple[OcrWord, ...]:
    """What is readable of stamps and pen; most of it is not."""
    if page.marks is None:
        return ()
    (words,) = ocr.words([page.marks])
    return tuple(w for w in words if w.confidence >= _LEAST_MARK and len(w.text) > 1)


_LEAST_MARK = 0.6


def quality_of(words: tuple[OcrWord, ...]) -> float:
    """How far the words can be trusted, 0 to 1: the mean confidence, weighted by length; 0 without words."""
    letters = sum(len(w.text) for w in words)
    return sum(len(w.text) * w.confidence for w in words) / letters if letters else 0.0


def _turned_upright(page: PageImage, words: tuple[OcrWord, ...], ocr: Ocr) -> tuple[PageImage, tuple[OcrWord, ...]]:
    """The page in the direction in which it reads best. Detection may be wrong on little text, so reading decides."""
    told = ocr.turn(page.image)
    if told == 0 and _weight(words):
        return page, words
    best = (page, words)
    for degrees in (told,) if told else (180, 90, 270):
        turned = page.turned(degrees)
        (found,) = ocr.words([turned.image])
        if _weight(found) > _weight(best[1]):
            best = (turned, found)
        if quality_of(best[1]) >= _DOUBTFUL and _weight(best[1]):
            break
    return best


def _weight(words: tuple[OcrWord, ...]) -> float:
    """How much was read well: the right direction gives more letters and more confidence; 0 for a sideways page.

    Tesseract reads one of the two sideways directions as well as an upright page, with words that are higher than wide
    and in an order that is no order of lines.
    """
    long = [w.box for w in words if len(w.text) >= _LONG]
    tall = sum(1 for box in long if box.bottom - box.top > box.x1 - box.x0)
    if tall * 2 > len(long):
        return 0.0
    return sum(len(w.text) * w.confidence**2 for w in words)


def _has_ink(image: Image.Image) -> bool:
    """Whether anything is on the page, pale print too: at a quarter of its size, more spots than dust makes."""
    small = image.reduce(_SMALL)
    levels = small.histogram()
    paper = max(range(len(levels)), key=levels.__getitem__)
    return sum(count for level, count in enumerate(levels) if abs(level - paper) > _PALE) > _DUST


_SMALL = 4
_PALE = 16
_DUST = 12
"""A word of 8-point print has more spots than this at 75 dpi."""


def _is_blank(image: Image.Image) -> bool:
    low, high = image.reduce(8).getextrema()
    return float(high) - float(low) < 40  # type: ignore[arg-type]


def _placed(page: PageImage, words: tuple[OcrWord, ...], *, marks: tuple[OcrWord, ...] = ()) -> PageWords:
    """The words in points: on the page as displayed, turned upright, and as they would stand on level lines."""
    upright = page.place.then(turning(page.turn, width=page.width_pt, height=page.height_pt))
    level = scaling(page.scale)

    def put(found: tuple[OcrWord, ...]) -> tuple[Placed, ...]:
        boxes = np.array([w.box for w in found]).reshape(-1, 4)
        displayed, lined = (np.round(move.hulls(boxes), 2).tolist() for move in (upright, level))
        return tuple(
            Placed(w.text, Box(*place), w.confidence, Box(*line), w.other)
            for w, place, line in zip(found, displayed, lined, strict=True)
        )

    sideways = page.turn in (90, 270)
    return PageWords(
        method=Method.OCR,
        width_pt=page.height_pt if sideways else page.width_pt,
        height_pt=page.width_pt if sideways else page.height_pt,
        rotation=page.turn,
        quality=quality_of(words),
        words=put(words),
        marks=put(marks),
    )
