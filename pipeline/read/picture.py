"""TIFF, PNG and JPEG files: each frame a page image, upright as its metadata says, with square pixels, grey."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from PIL import Image, ImageOps, ImageSequence

from pipeline.errors import DocumentError, ProblemCode
from pipeline.values.limits import Limits

_FORMATS = ("PNG", "JPEG", "TIFF")
_LETTER_WIDTH_PT = 612.0
"""An image that names no resolution counts as 8.5 inches wide (contract, section 3)."""
_LEAST_DPI, _MOST_DPI = 60.0, 1300.0
"""What lies outside is a default of some program (1, 72 on a photo of 4000 pixels), not a resolution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A grey page image with square pixels; ``scale`` is points a pixel."""

    image: Image.Image
    scale: float

    @property
    def width_pt(self) -> float:
        """Width of the page in points."""
        return self.image.width * self.scale

    @property
    def height_pt(self) -> float:
        """Height of the page in points."""
        return self.image.height * self.scale


def frame_count(data: bytes, limits: Limits) -> int:
    """How many pages the image file has, all their sizes checked from metadata before a pixel is unpacked.

    Raises ``DocumentError``: too_large, too_many_pages, corrupt, incomplete, unsupported_type.
    """
    with _opened(data) as image:
        count = 0
        for _ in _frames(image):
            count += 1
            if count > limits.max_pages:
                raise DocumentError(ProblemCode.TOO_MANY_PAGES)
            if image.width * image.height > limits.max_pixels:
                raise DocumentError(ProblemCode.TOO_LARGE)
        return count


def page_image(data: bytes, number: int) -> PageImage:
    """A page of an image file whose frames were counted, from 0. Raises ``DocumentError``: corrupt, incomplete."""
    with _opened(data) as image:
        return _prepared(next(islice(_frames(image), number, None)))


def normalised(grey: Image.Image, *, scale: float, scale_y: float | None = None) -> PageImage:
    """A grey image as OCR reads it best: square pixels, 150 to 400 dpi, dark on light.

    ``scale`` and ``scale_y`` (default: the same) are points a pixel, across and down. A standard fax has 204 by 98
    dots an inch, so its letters are half as high as they are wide until its pixels are made square.
    """
    down = scale_y or scale
    dpi = 72 / min(scale, down)
    target = dpi if _FINE_DPI[0] <= dpi <= _FINE_DPI[1] else _OCR_DPI
    size = (round(grey.width * scale * target / 72), round(grey.height * down * target / 72))
    if size != grey.size:
        shrinking = size[0] < grey.width
        grey = grey.resize(size, Image.Resampling.BOX if shrinking else Image.Resampling.BICUBIC)
    if _mean(grey) < _DARK:
        grey = ImageOps.invert(grey)
    return PageImage(image=grey, scale=72 / target)


_OCR_DPI = 300.0
_FINE_DPI = (150.0, 400.0)
"""Within these, scaling costs time and brings Tesseract nothing."""
_DARK = 96
"""A page whose mean grey is below this is white on black: a page of black text on white is above 200."""


def _mean(grey: Image.Image) -> float:
    histogram = grey.reduce(4).histogram() if min(grey.size) >= 16 else grey.histogram()
    return sum(level * n for level, n in enumerate(histogram)) / max(1, sum(histogram))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The image with foreign errors translated.

    Pillow only warns between one and two times its own pixel limit; here that is an error.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise DocumentError(ProblemCode.TOO_LARGE) from None
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, TypeError, IndexError, struct.error) as error:
        short = "truncated" in str(error).lower() or _ends_early(data)
        raise DocumentError(ProblemCode.INCOMPLETE if short else ProblemCode.CORRUPT) from None


def _ends_early(data: bytes) -> bool:
    """Whether the mark that closes the file, or what its header points to, is missing."""
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data[-64:]
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd9" not in data[-4096:]
    order: Literal["little", "big"] = "little" if data.startswith(b"II") else "big"
    return int.from_bytes(data[4:8], order) + 2 > len(data)


_REDUCED = 254
"""TIFF tag NewSubfileType; bit 0 marks a thumbnail of another frame."""
_ORIENTATION = 274


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """The pages: all full frames of a TIFF, the first image of anything else (a JPEG's second is a preview)."""
    if image.format != "TIFF":
        yield image
        return
    for frame in ImageSequence.Iterator(image):
        if not int(frame.tag_v2.get(_REDUCED, 0)) & 1:  # type: ignore[attr-defined]
            yield frame


def _prepared(frame: Image.Image) -> PageImage:
    across, down = _resolution(frame)
    sideways = frame.getexif().get(_ORIENTATION, 1) >= 5
    upright = _grey(ImageOps.exif_transpose(frame))
    if sideways:
        across, down = down, across
    return normalised(upright, scale=72 / across, scale_y=72 / down)


def _resolution(frame: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down, as stored; from a width of 8.5 inches where none or a senseless one is named."""
    named = frame.info.get("dpi")
    if named:
        across, down = (float(v) for v in named)
        sensible = all(_LEAST_DPI <= v <= _MOST_DPI for v in (across, down))
        if sensible and max(frame.width / across, frame.height / down) <= _LONGEST_IN:
            return across, down
    sideways = frame.getexif().get(_ORIENTATION, 1) >= 5
    dpi = (frame.height if sideways else frame.width) / (_LETTER_WIDTH_PT / 72)
    return dpi, dpi


_LONGEST_IN = 30.0
"""A camera that writes 72 dpi on 4000 pixels names no resolution."""


def _grey(image: Image.Image) -> Image.Image:
    """8-bit grey; what is transparent is white paper."""
    if image.mode.startswith(("I", "F")):  # 16 and 32 bits: keep the contrast, whatever the range
        low, high = (float(v) for v in image.convert("F").getextrema())  # type: ignore[arg-type]
        span = (high - low) or 1.0
        return image.convert("F").point(lambda v: v * (255 / span) - low * 255 / span).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(paper, rgba).convert("L")
    return image.convert("L")
