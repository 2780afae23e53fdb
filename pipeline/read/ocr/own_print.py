"""Signs of a number that look otherwise than they were read, told by the print of the same page.

Tesseract reads a clear ``E3966185200`` as ``F3966185200`` and a clear 1 before nines as a 4, sure of it: it weighs what
usually follows, and in a number anything may. The page itself holds the same typeface hundreds of times, read rightly
within words; so each sign of a number is laid over those of the page, and where another sign fits clearly better, that
one stands; and a number each of whose signs fits best was read rightly, and needs no second reader. Print that does not
fall into its signs, one ink spot each, tells nothing. Measured in docs/decisions/0033 and 0048.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.ocr.noughts import signs_of
from pipeline.read.ocr.scan import OcrWord

Grey = npt.NDArray[np.uint8]
Shape = npt.NDArray[np.float32]

Place = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_FEWEST_SIGNS, _FEWEST_DIGITS = 6, 4
_READ_WELL = 0.9
"""Confidence of a word whose signs are taken for what they were read as."""
_BEYOND_DOUBT = 0.968
"""Confidence above which no number of 600 was read wrong; most of a clean page's stand there, and cost nothing."""
_MOST_WORDS = 100
"""Words of a page that give samples."""
_SIDE = 20
"""Pixels, across and down, in which two signs are compared."""
_MOST_SAMPLES = 12
_SAME_HEIGHT = 0.2
"""By which part of its height a sample may be higher or lower: print of another size is of another face."""
_FITS, _CLEARLY = 0.8, 0.12
_FITS_DIGIT, _CLEARLY_DIGIT = 0.84, 0.4
"""Correlation of a sign with its samples, and by how much it must fit better than the one read; of one read as a digit
more, for Tesseract takes letters for digits and digits for letters more often than digits for digits.
"""
_OF_ONE_FACE = 0.5
"""Correlation of a sample with most of its sign's."""
_NONE = -2.0
"""Less than any correlation."""
_LEAST, _MOST_CHANGED = 0.3, 2
"""Correlation of each sign that stays, and signs that change: else the pieces are not those of the signs."""
_CLEAR, _FITS_TOGETHER = 0.65, 0.7
"""Correlation of a sign that was not read, or as no letter or digit; and of all signs on average where one is lost."""
_SPECK = 0.4
"""Of the height of a word: what is lower is a hyphen, a full stop or dirt."""
_CHANGED = 0.85
_BORNE_OUT, _LEAST_SURE = 0.7, 0.5
"""Correlation of each sign of a number that is borne out, and how sure the number was read: of 506 doubtful numbers, 37
of which were wrong, 159 are borne out, all of them right.
"""
_SURE_BUT_FOR_ONE = 0.85
"""How sure a number was read of which the page may lack one sign."""
_BEGINS_WITH_ONE = re.compile(r"\W*1\d{7,}[A-Z]?\W*")
"""A shorter number of digits is a group's, or a word and its number that touch."""
_DIGITS_OF_NPI = 10
"""An NPI begins with a 1 or a 2."""
_WIDER = 1.4
"""By which a sign is wider than a 1 that it is not."""
_SIGN = re.compile(r"[A-Z0-9]")
_NO_SIGN = re.compile(r"[-–—.,:;'’‘`\"“”()*#_~\s]")
_STROKES = "/|\\"
_ALIKE = {"0": "OQD", "1": "ILil", "2": "Z", "5": "Ss", "6": "G", "8": "B", "W": "w"}
"""Letters that no print tells from a digit surely enough to make a letter of a digit; of a sign read twice, both."""
_SUM = re.compile(r"\W*\$[\d,. ]+\W*")


@dataclass(frozen=True, slots=True)
class _Sample:
    """A sign's grey levels in one size, of mean 0 and length 1: the product of two is their correlation; in pixels."""

    shape: Shape
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Known:
    """The page's samples: a row a sign, in it a place a sample; places without one are of height 0."""

    signs: Sequence[str]
    shapes: Shape
    widths: Shape
    heights: Shape


Fits = Mapping[str, float]
"""The correlation of one piece of print with each sign of the page."""


class OwnPrint:
    """The print of a page, as it was read; looked at when a number is first compared with it."""

    def __init__(self, page: Grey, words: Sequence[OcrWord]) -> None:
        self._page = page
        self._words = words

    def bears_out(self, word: OcrWord) -> bool:
        """Whether each sign of a number looks like what it was read as, and like no other sign of the page."""
        print_, places = _pieces(self._page, word)
        signs = _NO_SIGN.sub("", word.text)
        if len(places) != len(signs) or word.confidence < _LEAST_SURE:
            return False
        fits = [_fits(_sample(print_, place), self._known) for place in places]
        lacking = [sign for sign, fit in zip(signs, fits, strict=True) if sign not in fit]
        if len(lacking) > (word.confidence >= _SURE_BUT_FOR_ONE) or not all(_has_no_double(sign) for sign in lacking):
            return False
        told = [(fit[sign], max(fit.values())) for sign, fit in zip(signs, fits, strict=True) if sign in fit]
        return all(own >= _BORNE_OUT and own == best for own, best in told)

    def mended(self, words: Sequence[OcrWord]) -> tuple[OcrWord, ...]:
        """The words, with the signs of numbers mended that the print says otherwise; what was read is kept."""
        return tuple(self._looked_at(word) if _is_doubtful(word) else word for word in words)

    def _looked_at(self, word: OcrWord) -> OcrWord:
        told = _mended(self._page, word, self._known)
        return _with_wide_one(self._page, word, self._known) if told == word else told

    @cached_property
    def _known(self) -> _Known:
        return _samples(self._page, self._words)


def _has_no_double(sign: str) -> bool:
    """Whether it is a capital or a digit that no other one looks like."""
    return bool(_SIGN.match(sign)) and not any(sign == one or sign in others for one, others in _ALIKE.items())


def _is_doubtful(word: OcrWord) -> bool:
    digits, signs = (sum(told(ch) for ch in word.text) for told in (str.isdigit, str.isalnum))
    number = digits >= _FEWEST_DIGITS and signs >= _FEWEST_SIGNS and not _SUM.fullmatch(word.text)
    return number and word.confidence < _BEYOND_DOUBT


def _samples(grey: Grey, words: Sequence[OcrWord]) -> _Known:
    """What the capitals and digits of the page look like, from words that were read well."""
    found: dict[str, list[_Sample]] = defaultdict(list)
    good = [w for w in words if w.confidence >= _READ_WELL and _SIGN.search(w.text)]
    for word in sorted(good, key=lambda w: len(_SIGN.findall(w.text)), reverse=True)[:_MOST_WORDS]:
        signs = _NO_SIGN.sub("", word.text)
        if all(len(found[ch]) >= _MOST_SAMPLES for ch in _SIGN.findall(signs)):
            continue
        print_, places = _pieces(grey, word)
        if len(places) == len(signs):
            for sign, place in zip(signs, places, strict=True):
                if _SIGN.match(sign) and len(found[sign]) < _MOST_SAMPLES:
                    found[sign].append(_sample(print_, place))
    return _laid_out({sign: _of_one_face(samples) for sign, samples in found.items() if samples})


def _of_one_face(samples: Sequence[_Sample]) -> Sequence[_Sample]:
    """The samples that are like most of their sign's: the others come from words that fell into wrong pieces."""
    shapes = np.array([sample.shape for sample in samples])
    like = np.median(shapes @ shapes.T, axis=1)
    return [sample for sample, fit in zip(samples, like.tolist(), strict=True) if fit >= _OF_ONE_FACE]


def _laid_out(found: Mapping[str, Sequence[_Sample]]) -> _Known:
    shapes = np.zeros((len(found), _MOST_SAMPLES, _SIDE * _SIDE), np.float32)
    widths, heights = np.ones(shapes.shape[:2], np.float32), np.zeros(shapes.shape[:2], np.float32)
    for row, samples in enumerate(found.values()):
        for place, sample in enumerate(samples):
            shapes[row, place] = sample.shape
            widths[row, place], heights[row, place] = sample.width, sample.height
    return _Known(tuple(found), shapes, widths, heights)


def _pieces(grey: Grey, word: OcrWord) -> tuple[Grey, list[Place]]:
    """A word's print, and its pieces of ink in it from left to right; what stands over one another is one."""
    left, top, right, bottom = (int(v) for v in word.box)
    print_ = grey[top:bottom, left:right]
    return print_, [place for place in signs_of(print_) if place[3] - place[1] >= _SPECK * print_.shape[0]]


def _sample(print_: Grey, place: Place) -> _Sample:
    left, top, right, bottom = place
    small = cv2.resize(print_[top:bottom, left:right], (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    levels = small.astype(np.float32).ravel()
    levels -= levels.mean()
    length = float(np.linalg.norm(levels))
    return _Sample(levels / length if length else levels, right - left, bottom - top)


def _mended(grey: Grey, word: OcrWord, known: _Known) -> OcrWord:
    """The word with what its print says of its signs."""
    print_, places = _pieces(grey, word)
    signs = _NO_SIGN.sub("", word.text)
    lost = len(places) == len(signs) + 1 and word.confidence < _READ_WELL
    if not (lost or len(signs) - 1 <= len(places) <= len(signs)):
        return word
    fits = [_fits(_sample(print_, place), known) for place in places]
    counted = _as_many(signs, fits)
    told = "".join(_told(sign, fit) for sign, fit in zip(counted, fits, strict=False))
    if told in ("", signs) or not _is_in_step(counted, told, fits):
        return word
    text = _with_marks(told, word.text)
    return replace(word, text=text, confidence=min(word.confidence, _CHANGED), other=word.other or word.text)


def _with_wide_one(grey: Grey, word: OcrWord, known: _Known) -> OcrWord:
    """The word, read in two ways where its first 1 is as wide as none of the page: it may be an L.

    The foot of an L mostly joins the sign behind it; that of a 1 ends before it.
    """
    hit = _BEGINS_WITH_ONE.fullmatch(word.text)
    _, places = _pieces(grey, word) if hit and sum(ch.isdigit() for ch in word.text) != _DIGITS_OF_NPI else (grey, [])
    if len(places) < _FEWEST_SIGNS - 1:
        return word
    widths = [right - left for left, _, right, _ in places]
    height = places[0][3] - places[0][1]
    ones = (
        known.widths[known.signs.index("1")][_near(known, height)[known.signs.index("1")]] if "1" in known.signs else []
    )
    widest = float(max(ones)) if len(ones) > 1 else float(np.median(widths))
    if widths[0] <= _WIDER * widest:
        return word
    start = word.text.index("1")
    other = f"{word.text[:start]}L{word.text[start + 1 :]}"
    return replace(word, confidence=min(word.confidence, _CHANGED), other=word.other or other)


def _near(known: _Known, height: int) -> npt.NDArray[np.bool_]:
    """Which samples are of a height."""
    near: npt.NDArray[np.bool_] = np.abs(known.heights - height) <= _SAME_HEIGHT * height
    return near


def _as_many(signs: str, fits: Sequence[Fits]) -> str:
    """The signs, as many as the print has pieces: one that was read twice or not at all is known by the others.

    Empty where that cannot be told. Broken print has more pieces, so a sign is added at an end only, if it fits.
    """
    if len(fits) == len(signs):
        return signs
    if len(fits) < len(signs):
        twice = [n for n in range(len(signs)) if _is_twice(signs, n)]
        tried = [signs[:n] + signs[n + 1 :] for n in twice]
    else:
        first, last = (_clear(fit) for fit in (fits[0], fits[-1]))
        tried = [first + signs] * bool(first) + [signs + last] * bool(last)
    best = max(tried, key=lambda one: _fit_of(one, fits), default="")
    return best if best and _fit_of(best, fits) >= _FITS_TOGETHER else ""


def _is_twice(signs: str, n: int) -> bool:
    """Whether a sign stands beside one that looks like it, as the O in "AUO0706008"."""
    beside = signs[max(0, n - 1) : n] + signs[n + 1 : n + 2]
    return any(other in _ALIKE.get(signs[n], "") or signs[n] in _ALIKE.get(other, "") for other in beside)


def _clear(fits: Fits) -> str:
    """The sign that a piece of print clearly is, or nothing."""
    ranked = sorted(((fit, sign) for sign, fit in fits.items()), reverse=True)
    if not ranked or ranked[0][0] < _CLEAR or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY):
        return ""
    return ranked[0][1]


def _fit_of(signs: str, fits: Sequence[Fits]) -> float:
    """How well signs fit their pieces, of those that the page knows."""
    known = [fit[sign] for sign, fit in zip(signs, fits, strict=True) if sign in fit]
    return sum(known) / len(known) if known else 0.0


def _told(sign: str, fits: Fits) -> str:
    """What the page's print says a sign is; what it was read as where nothing else fits clearly better."""
    if not sign.isalnum():
        return sign if sign in _STROKES else _clear(fits) or sign
    own = fits.get(sign)
    best = max(fits, key=lambda other: fits[other], default=sign)
    if own is None or best in _ALIKE.get(sign, ""):
        return sign  # a Q on a page without another one looks like an O
    enough = max(_FITS_DIGIT, own + _CLEARLY_DIGIT) if sign.isdigit() else max(_FITS, own + _CLEARLY)
    return best if fits.get(best, 0.0) >= enough else sign


def _fits(sample: _Sample, known: _Known) -> Fits:
    """How well each sign fits a piece: by the second-best of its samples of that height, for one may be misread."""
    if not known.signs:
        return {}
    narrower = np.minimum(known.widths, sample.width) / np.maximum(known.widths, sample.width)
    near = _near(known, sample.height)
    fits = np.where(near, known.shapes @ sample.shape * np.sqrt(narrower), _NONE)
    second = np.partition(fits, -2, axis=1)[:, -2]
    return {sign: fit for sign, fit in zip(known.signs, second.tolist(), strict=True) if fit > _NONE}


def _is_in_step(counted: str, told: str, fits: Sequence[Fits]) -> bool:
    """Whether all but a few signs look as they were read: else two that touch and a speck make up for one another."""
    stayed = [fit.get(sign, 1.0) for sign, new, fit in zip(counted, told, fits, strict=True) if sign == new]
    return len(told) - len(stayed) <= _MOST_CHANGED and all(fit >= _LEAST for fit in stayed)


def _with_marks(told: str, read: str) -> str:
    """The signs with the hyphens and stops of what was read, between the signs that they stood between."""
    places = [n for n, ch in enumerate(read) if not _NO_SIGN.match(ch)]
    signs = "".join(read[n] for n in places)
    out, at = [], 0
    for _, first, last, start, end in SequenceMatcher(None, signs, told, autojunk=False).get_opcodes():
        upto = places[first] if first < len(places) else len(read)
        out.append(read[at:upto])  # the marks before this run of signs
        at = places[last - 1] + 1 if last > first else upto
        marks = read[upto:at] if last > first else ""
        new = iter(told[start:end])
        if last - first == end - start:
            out.append("".join(ch if _NO_SIGN.match(ch) else next(new) for ch in marks))
        else:
            out.append("".join(new) + "".join(ch for ch in marks if _NO_SIGN.match(ch)))
    return "".join(out) + read[at:]
