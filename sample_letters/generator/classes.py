"""Page classes: how a letter reaches the office, from the text file a portal gives to a bad fax.

A class is a set of faults with how often and how strongly each falls on a page (``noise``), and the container it comes
in. The faults are drawn from a source that knows the letter's name and the seed and nothing of what the letter says.
"""

from collections.abc import Sequence
from enum import StrEnum
from io import BytesIO
from random import Random

import numpy as np
import pikepdf
from PIL import Image

from sample_letters.generator import media, noise
from sample_letters.generator.noise import Grey

_STAMPS = ("RECEIVED", "SCANNED", "COPY", "BILLING DEPT", "ENTERED", "URGENT")
_FAX_WIDTH = 1728
_PHOTO_DPI = _SCAN_DPI = 200
_FAX_DPI = 204


class PageClass(StrEnum):
    """The classes that accuracy is measured by."""

    TEXT = "text"
    SCAN = "scan"
    FAX_FINE = "fax-fine"
    FAX_STANDARD = "fax-standard"
    PHOTO = "photo"
    ROTATED = "rotated"
    BATCH = "batch"
    BATCH_SCAN = "batch-scan"
    BATCH_FAX = "batch-fax"


BATCHES = {PageClass.BATCH: None, PageClass.BATCH_SCAN: "scan", PageClass.BATCH_FAX: "fax"}
"""How the sheets of a batch file are fed; None: as it comes, most of them as text."""
FAXES = (PageClass.FAX_FINE, PageClass.FAX_STANDARD)


def carried(clean: bytes, how: PageClass, rng: Random, *, headers: Sequence[str] = ()) -> tuple[bytes, str]:
    """A text PDF as it arrives in a class: the document's bytes and the suffix of its file name.

    ``headers`` are the lines that a fax machine prints, one a page.
    """
    if how is PageClass.TEXT:
        return clean, "pdf"
    if how in FAXES:
        fine = how is PageClass.FAX_FINE
        sheets = [np.asarray(p) for p in media.pages_of(clean, _FAX_DPI)]
        return media.fax_tiff(
            [faxed(s, h, rng, fine=fine) for s, h in zip(sheets, headers, strict=True)], fine=fine
        ), "tif"
    if how is PageClass.PHOTO:
        shots = [photographed(np.asarray(p), rng) for p in media.pages_of(clean, _PHOTO_DPI)]
        return (_jpeg(shots[0], rng), "jpg") if len(shots) == 1 else (_image_pdf(shots, rng), "pdf")
    scans = [scanned(np.asarray(p), rng) for p in media.pages_of(clean, _SCAN_DPI)]
    if how is PageClass.ROTATED:
        return _turned(scans, rng), "pdf"
    return _image_pdf(scans, rng), "pdf"


def scanned(page: Grey, rng: Random) -> Grey:
    """A sheet from an office scanner at 200 dpi."""
    page = noise.faded(_marked(page, rng, dpi=_SCAN_DPI), rng.uniform(0.7, 1.0), paper=rng.uniform(0.94, 1.0))
    page = noise.skewed(page, rng.uniform(-1.5, 1.5))
    page = noise.grained(noise.blurred(page, rng.uniform(0.3, 0.8)), rng.uniform(1.5, 5), rng)
    if rng.random() < 0.4:
        page = noise.speckled(page, rng.uniform(0.2, 2.0), rng, dpi=_SCAN_DPI)
    if rng.random() < 0.2:
        page = noise.streaked(page, rng.choice([1, 2, 3]), rng)
    return noise.thresholded(page, rng.randrange(130, 185)) if rng.random() < 0.25 else page


def faxed(page: Grey, header: str, rng: Random, *, fine: bool) -> Image.Image:
    """A sheet that went through a fax machine: 204 by 196 dots an inch, or 204 by 98, black and white."""
    height = 2156 if fine else 1078
    page = noise.faded(_marked(page, rng, dpi=_FAX_DPI), rng.uniform(0.8, 1.0))
    page = noise.blurred(noise.skewed(page, rng.uniform(-0.8, 0.8)), rng.uniform(0.3, 0.7))
    page = noise.grained(page, rng.uniform(2, 8), rng)
    frame = Image.new("L", (_FAX_WIDTH, height), 255)
    frame.paste(Image.fromarray(page).resize((1734, height), Image.Resampling.LANCZOS), (-3, 0))
    media.fax_header(frame, header, fine=fine)
    bits = noise.thresholded(np.asarray(frame), rng.randrange(120, 165))
    if rng.random() < 0.5:
        bits = noise.speckled(bits, rng.uniform(0.2, 1.5), rng, dpi=_FAX_DPI)
    if rng.random() < 0.5:
        bits = noise.wired(bits, rng, lost=rng.uniform(0, 0.006), doubled=rng.uniform(0, 0.006))
    if rng.random() < 0.1:
        bits = noise.streaked(bits, 1, rng)
    return Image.fromarray(noise.thresholded(bits, 127)).convert("1", dither=Image.Dither.NONE)


def photographed(page: Grey, rng: Random) -> Grey:
    """A sheet on a desk under a telephone."""
    page = noise.photographed(_marked(page, rng, dpi=_PHOTO_DPI), rng.uniform(0.005, 0.02), rng)
    page = noise.shadowed(page, rng.uniform(0.15, 0.5), rng)
    return noise.grained(noise.blurred(page, rng.uniform(0.4, 0.9)), rng.uniform(2, 5), rng)


def _marked(page: Grey, rng: Random, *, dpi: int) -> Grey:
    """What an office does to paper before it is fed: holes, stamps, a pen."""
    if rng.random() < 0.3:
        page = noise.holed(page, rng, dpi=dpi)
    if rng.random() < 0.15:
        page = noise.stamped(page, rng.choice(_STAMPS), rng, dpi=dpi)
    return noise.scrawled(page, rng.choice([1, 2]), rng, dpi=dpi) if rng.random() < 0.15 else page


def _image_pdf(pages: Sequence[Grey], rng: Random) -> bytes:
    return media.image_pdf([Image.fromarray(p) for p in pages], _SCAN_DPI, quality=rng.randrange(45, 80))


def _jpeg(page: Grey, rng: Random) -> bytes:
    out = BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=rng.randrange(60, 85))
    return out.getvalue()


def _turned(pages: Sequence[Grey], rng: Random) -> bytes:
    """Each page turned by a quarter or a half: in its pixels, or upright in its pixels and turned by the file."""
    quarters = [rng.choice([1, 2, 3]) for _ in pages]
    if rng.random() < 0.6:
        return _image_pdf([np.ascontiguousarray(np.rot90(p, q)) for p, q in zip(pages, quarters, strict=True)], rng)
    out = BytesIO()
    with pikepdf.open(BytesIO(_image_pdf(pages, rng))) as document:
        for page, quarter in zip(document.pages, quarters, strict=True):
            page.Rotate = 90 * quarter
        document.save(out, deterministic_id=True)
    return out.getvalue()
