"""TIFF, PNG, JPEG and HEIC files: each frame a page, displayed as its metadata says, made ready to be read."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Literal

import numpy as np
import numpy.typing as npt
import pillow_heif
from PIL import Image, ImageOps, ImageSequence, TiffImagePlugin

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.ready import PageImage, ready
from pipeline.read.ready.glyphs import glyphs_of
from pipeline.values.limits import Limits

pillow_heif.register_heif_opener(thumbnails=False)
Image.preinit()  # PNG and JPEG; what is imported here no child imports, and none looks through the forms of 40 others
_FORMATS = ("PNG", "JPEG", TiffImagePlugin.TiffImageFile.format, "HEIF")
_LONGEST_SIDE = 32_766
"""OpenCV keeps places in a picture in 16 bits."""
_LETTER_WIDTH_PT = 612.0
"""An image that names no resolution counts as 8.5 inches wide (contract, section 3)."""
_LEAST_DPI, _MOST_DPI = 60.0, 1300.0
"""What lies outside is a default of some program (1, 72 on a photo of 4000 pixels), not a resolution."""


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
            if image.width * image.height > limits.max_pixels or max(image.size) > _LONGEST_SIDE:
                raise DocumentError(ProblemCode.TOO_LARGE)
        return count


def page_image(data: bytes, number: int) -> PageImage:
    """A page of an image file whose frames were counted, from 0. Raises ``DocumentError``: corrupt, incomplete."""
    with _opened(data) as image:
        frame = next(islice(_frames(image), number, None))
        across, down = _resolution(frame)
        if frame.getexif().get(_ORIENTATION, 1) >= 5:  # stored sideways
            across, down = down, across
        pixels = _pixels(ImageOps.exif_transpose(frame))
    return ready(pixels, across=72 / across, down=72 / down)


def displayed(data: bytes, number: int) -> Image.Image:
    """A page of an image file whose frames were counted, from 0, for people to look at.

    Raises ``DocumentError``: corrupt, incomplete.
    """
    with _opened(data) as image:
        frame = next(islice(_frames(image), number, None))
        return Image.fromarray(_pixels(ImageOps.exif_transpose(frame)))


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
        told = str(error).lower()
        short = "truncated" in told or "unexpected end of file" in told or _ends_early(data)
        raise DocumentError(ProblemCode.INCOMPLETE if short else ProblemCode.CORRUPT) from None


def _ends_early(data: bytes) -> bool:
    """Whether the mark that closes the file, or what its header points to, is missing."""
    if data.startswith(b"\x89PNG"):
        return b"IEND" not in data[-64:]
    if data.startswith(b"\xff\xd8"):
        return b"\xff\xd9" not in data[-4096:]
    if data[4:8] == b"ftyp":
        return False  # its reader says so itself
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


def _resolution(frame: Image.Image) -> tuple[float, float]:
    """Dots an inch across and down, as stored; from a width of 8.5 inches where none or a senseless one is named.

    A fax whose resolution is missing, or whose two numbers were swapped, is told by its dots a line.
    """
    across, down = _stored_resolution(frame) or _as_wide_as_a_letter(frame)
    if frame.width in _FAX_WIDTHS:
        if _is_half(across, down) and frame.width / across > _WIDEST_FAX_IN:
            across, down = down, across
        if across == down and _is_half_high(frame):
            down = across * _FAX_COARSE / _FAX_ACROSS
    return across, down


_FAX_WIDTHS = (1728, 2048, 2432)
"""Dots a line of a fax: of a letter or A4 page, of B4, of A3 (ITU-T T.4)."""
_FAX_ACROSS, _FAX_COARSE = 204.0, 98.0
_FAX_HEIGHTS = (0.55, 0.75)
"""Lines over dots a line of a standard fax: of letter paper 0.62, of A4 0.66, of legal paper 0.79."""
_WIDEST_FAX_IN = 12.5
_SQUARE_SHAPE = 0.95
"""Letters of square pixels are at most as wide as this for their height; those of a standard fax mostly wider."""


def _is_half(across: float, down: float) -> bool:
    return 1.8 < down / across < 2.3


def _is_half_high(frame: Image.Image) -> bool:
    """Whether the pixels are those of a standard fax: a page of its size, with letters that are too wide."""
    low, high = _FAX_HEIGHTS
    if not low < frame.height / frame.width < high:
        return False
    glyphs = glyphs_of(np.asarray(frame.convert("L")))
    return glyphs.enough and glyphs.shape > _SQUARE_SHAPE


def _stored_resolution(frame: Image.Image) -> tuple[float, float] | None:
    named = frame.info.get("dpi")
    if not named:
        return None
    across, down = (float(v) for v in named)
    sensible = all(_LEAST_DPI <= v <= _MOST_DPI for v in (across, down))
    return (across, down) if sensible and max(frame.width / across, frame.height / down) <= _LONGEST_IN else None


def _as_wide_as_a_letter(frame: Image.Image) -> tuple[float, float]:
    sideways = frame.getexif().get(_ORIENTATION, 1) >= 5
    dpi = (frame.height if sideways else frame.width) / (_LETTER_WIDTH_PT / 72)
    return dpi, dpi


_LONGEST_IN = 30.0
"""A camera that writes 72 dpi on 4000 pixels names no resolution."""


def _pixels(image: Image.Image) -> npt.NDArray[np.uint8]:
    """8-bit grey, or red, green and blue; what is transparent is white paper."""
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    if image.mode.startswith(("I", "F")):  # 16 and 32 bits: keep the contrast, whatever the range
        low, high = (float(v) for v in image.convert("F").getextrema())  # type: ignore[arg-type]
        span = (high - low) or 1.0
        return np.asarray(image.convert("F").point(lambda v: v * (255 / span) - low * 255 / span).convert("L"))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return np.asarray(image.convert("RGB"))
