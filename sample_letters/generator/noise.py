"""What paper, glass, wire and hands do to a page: one fault a function, grey page in, grey page out.

Nothing here knows what a page says. Pages are 8-bit grey, 255 is white; lengths are inches times ``dpi``. Every draw
comes from the caller's source, so the same page and seed give the same pixels. ``VERSION`` is raised whenever a fault
changes, because figures measured over two versions do not compare.
"""

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

VERSION = 1
Grey = NDArray[np.uint8]
_WHITE = 255


def _dice(rng: Random) -> np.random.Generator:
    return np.random.default_rng(rng.randrange(2**32))


def skewed(page: Grey, degrees: float) -> Grey:
    """Fed askew."""
    h, w = page.shape
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
    return _grey(cv2.warpAffine(page, turn, (w, h), flags=cv2.INTER_CUBIC, borderValue=_WHITE))


def blurred(page: Grey, sigma: float) -> Grey:
    """Out of focus, ``sigma`` in pixels."""
    return _grey(cv2.GaussianBlur(page, (0, 0), sigma)) if sigma > 0 else page


def grained(page: Grey, sigma: float, rng: Random) -> Grey:
    """Sensor and paper grain, ``sigma`` in grey levels."""
    return _clipped(page + _dice(rng).normal(0, sigma, page.shape))


def faded(page: Grey, ink: float, *, paper: float = 1.0) -> Grey:
    """Weak toner: ``ink`` 1 is black, 0 nothing; ``paper`` is how white the paper is."""
    return _clipped(_WHITE * paper - (_WHITE - page.astype(np.float32)) * ink * paper)


def speckled(page: Grey, per_inch: float, rng: Random, *, dpi: int) -> Grey:
    """Black dots of dust, ``per_inch`` of them a square inch."""
    dice, out = _dice(rng), page.copy()
    h, w = page.shape
    count = int(dice.poisson(per_inch * h * w / dpi**2))
    ys, xs = dice.integers(0, h, count), dice.integers(0, w, count)
    for y, x, size in zip(ys, xs, dice.integers(1, max(2, dpi // 80) + 1, count), strict=True):
        out[y : y + size, x : x + size] = dice.integers(0, 90)
    return out


def streaked(page: Grey, count: int, rng: Random) -> Grey:
    """Thin lines down the page, from dirt on the scanner's glass."""
    out = page.copy()
    for _ in range(count):
        x, width = rng.randrange(page.shape[1]), rng.choice([1, 1, 2])
        out[:, x : x + width] = np.minimum(out[:, x : x + width], rng.randrange(70, 190))
    return out


def thresholded(page: Grey, level: int) -> Grey:
    """Black and white only."""
    return _grey(np.where(page > level, _WHITE, 0))


def wired(page: Grey, rng: Random, *, lost: float, doubled: float) -> Grey:
    """Scan lines that the telephone line lost (white) or sent twice, as shares of all lines; the height stays."""
    dice = _dice(rng)
    rows = [page[i] for i in range(page.shape[0]) for _ in range(1 + (dice.random() < doubled))]
    out = np.stack(rows[: page.shape[0]])
    out[dice.random(out.shape[0]) < lost] = _WHITE
    return out


def shadowed(page: Grey, depth: float, rng: Random) -> Grey:
    """A shadow that falls from one side and darkens by up to ``depth``, with a soft edge of a hand or a telephone."""
    h, w = page.shape
    across = np.linspace(0, 1, w, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    angle, edge = rng.uniform(0, 2 * np.pi), rng.uniform(0.35, 0.8)
    along = across * np.cos(angle) + down * np.sin(angle)
    along = (along - along.min()) / (along.max() - along.min())
    soft = 1 / (1 + np.exp(-(along - edge) * 14))
    return _clipped(page * (1 - 0.4 * depth * along - 0.6 * depth * soft))


def photographed(page: Grey, tilt: float, rng: Random) -> Grey:
    """The sheet on a desk, seen from an angle: each corner moves by up to ``tilt`` of the page's width."""
    h, w = page.shape
    pad = w // 14
    desk = np.full((h + 2 * pad, w + 2 * pad), rng.randrange(50, 120), np.uint8)
    desk[pad : pad + h, pad : pad + w] = page
    corners = np.array([[0, 0], [desk.shape[1], 0], [desk.shape[1], desk.shape[0]], [0, desk.shape[0]]], np.float32)
    moved = corners + np.array([[rng.uniform(-tilt, tilt) * w for _ in "xy"] for _ in corners], np.float32)
    bend = cv2.getPerspectiveTransform(corners, moved)
    size = (desk.shape[1], desk.shape[0])
    return _grey(cv2.warpPerspective(desk, bend, size, flags=cv2.INTER_CUBIC, borderValue=rng.randrange(50, 120)))


def holed(page: Grey, rng: Random, *, dpi: int) -> Grey:
    """Two or three punched holes at the left edge, dark where the scanner's lid shows through."""
    out, tone = page.copy(), rng.choice([20, 40, 200])
    for down in rng.choice([(0.5,), (0.12, 0.5, 0.88), (0.35, 0.65)]):
        cv2.circle(out, (round(0.32 * dpi), round(down * page.shape[0])), round(0.13 * dpi), tone, -1, cv2.LINE_AA)
    return out


def stamped(page: Grey, words: str, rng: Random, *, dpi: int) -> Grey:
    """A rubber stamp set askew over whatever stands there, in ink that lets the print show through."""
    pad, scale = dpi // 4, dpi / 110
    (w, h), _ = cv2.getTextSize(words, cv2.FONT_HERSHEY_DUPLEX, scale, 3)
    seal = np.full((h + 2 * pad, w + 2 * pad), _WHITE, np.uint8)
    cv2.putText(seal, words, (pad, pad + h), cv2.FONT_HERSHEY_DUPLEX, scale, 0, max(2, dpi // 90), cv2.LINE_AA)
    frame = (dpi // 10, dpi // 10), (seal.shape[1] - dpi // 10, seal.shape[0] - dpi // 10)
    cv2.rectangle(seal, *frame, 0, max(2, dpi // 80), cv2.LINE_AA)
    seal = faded(skewed(seal, rng.uniform(-12, 12)), rng.uniform(0.35, 0.6))
    return _inked(page, seal, rng)


def scrawled(page: Grey, strokes: int, rng: Random, *, dpi: int) -> Grey:
    """Handwriting: loops of a pen, as of initials and notes, wherever the hand fell."""
    out = page
    for _ in range(strokes):
        length, height = rng.randrange(dpi // 2, 2 * dpi), dpi // 3
        sheet = np.full((2 * height, length + height), _WHITE, np.uint8)
        points = np.linspace(0, 1, 80)
        waves, lean = rng.uniform(3, 9), rng.uniform(0.2, 0.6)
        x = points * length + height / 2 + lean * height * np.sin(points * waves * 2 * np.pi + 1)
        y = height + 0.5 * height * np.sin(points * waves * 2 * np.pi) * _dice(rng).uniform(0.5, 1, 80)
        line = np.stack([x, y], axis=1).astype(np.int32)
        cv2.polylines(sheet, [line], isClosed=False, color=30, thickness=max(1, dpi // 100), lineType=cv2.LINE_AA)
        out = _inked(out, skewed(sheet, rng.uniform(-8, 8)), rng)
    return out


def _inked(page: Grey, mark: Grey, rng: Random) -> Grey:
    """``mark`` over the page at a place drawn at random; the darker of the two shows."""
    h, w = min(mark.shape[0], page.shape[0]), min(mark.shape[1], page.shape[1])
    y, x = rng.randrange(page.shape[0] - h + 1), rng.randrange(page.shape[1] - w + 1)
    out = page.copy()
    out[y : y + h, x : x + w] = np.minimum(out[y : y + h, x : x + w], mark[:h, :w])
    return out


def _clipped(pixels: NDArray[np.floating]) -> Grey:
    return np.clip(pixels, 0, _WHITE).astype(np.uint8)


def _grey(pixels: object) -> Grey:
    return np.asarray(pixels, dtype=np.uint8)
