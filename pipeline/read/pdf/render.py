"""PDF pages as images, through PDFium: for OCR, and to see whether words lie on ink."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.page import Placed
from pipeline.read.pdf.digits import misdrawn
from pipeline.read.pdf.textlayer import Frame, TextLayer
from pipeline.read.ready import PageImage, ready
from pipeline.values.limits import Limits

_OCR_DPI = 300
_LEAST_DPI = 100
"""A page too large to be rendered at this is refused; print is not readable below it."""
_SIGHT_DPI = 72


def frame_of(page: pdfium.PdfPage, user_unit: float) -> Frame:
    """The displayed part of a page, as PDFium cuts it."""
    crop = page.get_bbox()
    media = page.get_mediabox() or crop
    left, low, right, high = (f(a, b) for f, a, b in zip((max, max, min, min), crop, media, strict=True))
    if right - left < 1 or high - low < 1:  # a page box without area; PDFium then shows its default page
        left, low, right, high = crop
    if right - left < 1 or high - low < 1 or min(page.get_size()) < 1:
        raise DocumentError(ProblemCode.CORRUPT)
    return Frame(crop=(left, low, right, high), rotate=page.get_rotation() % 360, unit=user_unit)


def ocr_image(page: pdfium.PdfPage, frame: Frame, limits: Limits, *, as_stored: bool = False) -> PageImage:
    """The page as displayed, at the resolution of its scan or, drawn, at 300 dpi, made ready to be read.

    ``as_stored`` tells of a page with one image that this shows what it stores (``structure.Whole``): where nothing
    else is on the page, it need not be drawn. Raises ``DocumentError``: too_large.
    """
    width, height = frame.size
    most = 72 * (limits.max_pixels / (width * height)) ** 0.5
    if most < _LEAST_DPI:
        raise DocumentError(ProblemCode.TOO_LARGE)
    dpi = min(_scan_dpi(page, frame) or _OCR_DPI, most)
    picture = _stored(page, frame, dpi) if as_stored else None
    if picture is None:
        picture = picture_of(page, frame, dpi)
    # The image may be a pixel more or less than the page asks for.
    return ready(picture, across=width / picture.shape[1], down=height / picture.shape[0])


def picture_of(page: pdfium.PdfPage, frame: Frame, dpi: float) -> npt.NDArray[np.uint8]:
    """The page as displayed: red, green and blue, or grey where nothing but grey images is on it."""
    return _drawn(page, frame, dpi, colour=True, one_channel=_is_grey(page))


def _stored(page: pdfium.PdfPage, frame: Frame, dpi: float) -> npt.NDArray[np.uint8] | None:
    """The grey levels of the image that is all there is on a page, in its own pixels; None for any other page.

    They are those that PDFium draws, in a quarter of the time.
    """
    objects = list(page.get_objects(max_depth=1))
    if len(objects) != 1 or not _is_grey(page) or frame.rotate or pdfium_c.FPDFPage_GetAnnotCount(page.raw):
        return None
    (image,) = objects
    width, height = image.get_px_size()
    fills = max(abs(side - edge) for side, edge in zip(image.get_bounds(), frame.crop, strict=True)) < _A_HAIR
    across, down = (pixels / points * 72 for pixels, points in zip((width, height), frame.size, strict=True))
    a, b, c, d, _, _ = image.get_matrix().get()
    upright = a > 0 and d > 0 and b == c == 0
    clipped = pdfium_c.FPDFClipPath_CountPaths(pdfium_c.FPDFPageObj_GetClipPath(image.raw)) > 0
    veiled = pdfium_c.FPDFPageObj_HasTransparency(image.raw)
    if not (fills and upright and abs(across - dpi) < _ONE_DPI and abs(down - dpi) < _ONE_DPI) or clipped or veiled:
        return None
    pixels: npt.NDArray[np.uint8] = image.get_bitmap().to_numpy()
    return np.array(pixels) if pixels.shape == (height, width) else None  # its own, before the bitmap's memory goes


_A_HAIR, _ONE_DPI = 0.05, 1.0
"""Points by which an image may miss the edge of its page, and dots an inch by which the page's size may be rounded."""


def is_scanned(page: pdfium.PdfPage) -> bool:
    """Whether an image fills the page."""
    return _scan_dpi(page, frame_of(page, 1.0)) is not None


def _scan_dpi(page: pdfium.PdfPage, frame: Frame) -> float | None:
    """The resolution of the image that fills the page, so that its pixels stay what they are; None without one."""
    best = None
    area = (frame.crop[2] - frame.crop[0]) * (frame.crop[3] - frame.crop[1])
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, low, right, high = item.get_bounds()
        if (right - left) * (high - low) < _FILLS * area:
            continue
        # How many pixels lie on an inch, whichever way the image is turned; a fax has fewer down than across.
        pixels = item.get_px_size()
        finest = max(max(pixels) / max(right - left, high - low), min(pixels) / min(right - left, high - low))
        best = max(best or 0.0, finest * 72 / frame.unit)
    return min(max(best, _LEAST_SCAN_DPI), _MOST_SCAN_DPI) if best else None


def _is_grey(page: pdfium.PdfPage) -> bool:
    """Whether nothing but grey or black-and-white images is on the page; three colours of it would be one thrice."""
    objects = list(page.get_objects(max_depth=3))
    return bool(objects) and all(
        item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE
        and item.get_metadata().colorspace == pdfium_c.FPDF_COLORSPACE_DEVICEGRAY
        for item in objects
    )


_FILLS = 0.6
_LEAST_SCAN_DPI, _MOST_SCAN_DPI = 150.0, 400.0


def _drawn(
    page: pdfium.PdfPage, frame: Frame, dpi: float, *, colour: bool = False, one_channel: bool = False
) -> npt.NDArray[np.uint8]:
    """The page as displayed: grey, or red, green and blue; of those ``one_channel`` alone where all are the same.

    PDFium draws a grey image thrice as fast in colour as in grey.
    """
    # PDFium's scale counts units of the page; a unit is UserUnit points. It rounds up: a hair more than a scan's own
    # resolution would be a row of pixels more, and all the others blurred.
    bitmap = page.render(
        scale=dpi / 72 * frame.unit * (1 - 1e-6),
        grayscale=not colour,
        rev_byteorder=not one_channel,
        may_draw_forms=True,
    )
    try:
        pixels: npt.NDArray[np.uint8] = bitmap.to_numpy()
        if one_channel or (pixels.ndim == 3 and pixels.shape[2] == 1):
            pixels = pixels[:, :, 0]
        return np.array(pixels)  # its own, before the bitmap's memory goes
    finally:
        bitmap.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What is seen of a page.

    ``hidden_share`` is the part of its words that do not show (drawn invisibly, under a picture, white on white),
    ``hidden`` which ones they are by index where each can be told, ``ink_outside`` the part of the ink that no word
    covers, ``misdrawn`` whether a digit looks like another one than its text says.
    """

    has_ink: bool
    hidden_share: float
    hidden: frozenset[int]
    ink_outside: float
    misdrawn: bool


UNSEEN = Sight(has_ink=True, hidden_share=0.0, hidden=frozenset(), ink_outside=1.0, misdrawn=False)
"""Of a page that was not looked at: it may hold anything."""


def look(page: pdfium.PdfPage, text: pdfium.PdfTextPage, frame: Frame, layer: TextLayer) -> Sight:
    """Draws the page small and compares it with its words; ``text`` is the page's own.

    Raises ``DocumentError`` (too_large) for a giant page.
    """
    width, height = frame.size
    if width * height > _MOST_SIGHT_PIXELS:
        raise DocumentError(ProblemCode.TOO_LARGE)
    times = 2 if width * height * 4 <= _MOST_SIGHT_PIXELS else 1
    drawn = _upright(page, frame, layer, dpi=_SIGHT_DPI * times)
    grey = drawn if times == 1 else _halved(drawn)
    paper = _paper(grey)
    ink = cv2.inRange(grey, max(0, paper - _CONTRAST), min(255, paper + _CONTRAST)) == 0
    areas = _areas(layer.words, grey.shape)
    uncovered = ink.copy()
    for top, bottom, left, right in areas.tolist():
        uncovered[top:bottom, left:right] = False
    unclear = _unclear(areas, ink, grey == paper)
    hidden = {n for n in unclear if not _has_contrast(grey, areas[n], _CONTRAST)}
    if hidden and width * height * _CLOSE**2 <= _MOST_SIGHT_PIXELS:
        # Pale small print all but vanishes when drawn small: what is to be dropped is looked at closely first.
        close = _upright(page, frame, layer, dpi=_SIGHT_DPI * _CLOSE)
        looked = sorted(hidden)
        closer = _areas([layer.words[n] for n in looked], close.shape, scale=_CLOSE)
        hidden = {n for n, area in zip(looked, closer, strict=True) if not _has_contrast(close, area, _FAINT)}
    inked = int(np.count_nonzero(ink))
    outside = int(np.count_nonzero(uncovered)) / inked if inked else 0.0
    share = len(hidden) / len(layer.words) if layer.words else 0.0
    if layer.image_share > _PICTURE and layer.words:
        share = max(share, _buried_share(page))
    return Sight(
        has_ink=inked >= _LEAST_INK,
        hidden_share=share,
        hidden=frozenset(hidden),
        ink_outside=outside,
        misdrawn=bool(layer.words)
        and misdrawn(page, text, frame, rotation=layer.rotation, seen=drawn, dpi=_SIGHT_DPI * times),
    )


_MOST_SIGHT_PIXELS = 14_400 * 14_400 / 4
"""A page side may be 14,400 points in PDF; at 72 dpi a grey page of half that is 52 MB."""
_CONTRAST = 24
_CLOSE = 3
_FAINT = 10
"""At 216 dpi what differs less from its ground is seen by nobody, on paper or on a screen."""
_LEAST_INK = 12
"""Fewer dark pixels at 72 dpi than a word has: dust."""
_PICTURE = 0.5


def _upright(page: pdfium.PdfPage, frame: Frame, layer: TextLayer, *, dpi: float) -> npt.NDArray[np.uint8]:
    return np.rot90(_drawn(page, frame, dpi), -layer.rotation // 90)


def _halved(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    size = (max(1, grey.shape[1] // 2), max(1, grey.shape[0] // 2))
    halved = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(halved, dtype=np.uint8)


def _paper(grey: npt.NDArray[np.uint8]) -> int:
    """The middle one of the page's grey values."""
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
    return int(np.searchsorted(np.cumsum(counts), grey.size / 2))


def _areas(words: Sequence[Placed], shape: tuple[int, ...], *, scale: float = 1) -> npt.NDArray[np.int64]:
    """Of each word the pixels in and around its box: first row and the one after the last, and so the columns."""
    boxes = (np.array([word.box for word in words]) * scale).astype(np.int64)  # cut off towards zero
    rows, columns = (np.clip(boxes[:, side] + (-1, 2), 0, shape[n]) for n, side in enumerate(([1, 3], [0, 2])))
    return np.column_stack([rows, columns])


def _unclear(areas: npt.NDArray[np.int64], ink: npt.NDArray[np.bool_], paper: npt.NDArray[np.bool_]) -> list[int]:
    """The areas in which there is not both ink and paper."""
    top, bottom, left, right = areas.T
    both = np.ones(len(areas), dtype=np.bool_)
    for mask in (ink, paper):
        total = cv2.integral(mask.view(np.uint8))
        both &= total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left] > 0
    return [int(n) for n in np.flatnonzero(~both)]


def _has_contrast(grey: npt.NDArray[np.uint8], area: npt.NDArray[np.int64], least: int) -> bool:
    top, bottom, left, right = area.tolist()
    part = grey[top:bottom, left:right]
    return part.size > 0 and int(part.max()) - int(part.min()) > least


def _buried_share(page: pdfium.PdfPage) -> float:
    """The part of a page's text objects drawn invisibly, or before (so under) the last large image."""
    objects = [(o.type, o) for o in page.get_objects(max_depth=3)]
    sizes = [_image_pixels(o) if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE else 0 for kind, o in objects]
    largest = max(sizes, default=0)
    last_image = max((i for i, size in enumerate(sizes) if size and size * 2 >= largest), default=-1)
    texts = [(i, o) for i, (kind, o) in enumerate(objects) if kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
    buried = sum(1 for i, o in texts if i < last_image or _is_invisible(o))
    return buried / len(texts) if texts else 0.0


def _is_invisible(text: pdfium.PdfObject) -> bool:
    mode = int(pdfium_c.FPDFTextObj_GetTextRenderMode(text.raw))
    return mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)


def _image_pixels(image: pdfium.PdfObject) -> int:
    width, height = image.get_px_size()
    return int(width) * int(height)
