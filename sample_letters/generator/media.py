"""Turns pages into what arrives in an office: scans, faxes, a photograph. Same pages and seed, same bytes."""

from io import BytesIO
from random import Random

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Page = Image.Image


def pages_of(pdf: bytes, dpi: int) -> list[Page]:
    """The pages of a PDF as grey images."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def aged(page: Page, rng: Random, *, skew: float, noise: float) -> Page:
    """A page as a scanner sees it: a little skewed, blurred and noisy."""
    turned = page.rotate(rng.uniform(-skew, skew), resample=Image.Resampling.BICUBIC, fillcolor=250)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, noise, pixels.shape)
    # Paper noise in the white only: strong grain would cost megabytes and teach nothing.
    pixels = np.clip(pixels * 0.94 + 8 + grain, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8))


def scan(pages: list[Page], rng: Random) -> bytes:
    """A PDF of JPEG pages at 200 dpi."""
    return image_pdf([aged(p, rng, skew=0.7, noise=2.0) for p in pages], 200)


def image_pdf(images: list[Page], dpi: int, *, quality: int = 38) -> bytes:
    """A PDF that shows each image as a JPEG on a page of its own."""
    from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    out = BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=0)
    for image in images:
        data = BytesIO()
        image.save(data, "JPEG", quality=quality, optimize=True)
        data.seek(0)
        size = (image.width * 72 / dpi, image.height * 72 / dpi)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(data), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fax(pages: list[Page], header: str, rng: Random, *, fine: bool = True) -> bytes:
    """A Group 4 TIFF of 1728 dots a line, 204 by 196 dpi (fine) or 204 by 98 (standard), with a header line."""
    height = 2156 if fine else 1078
    frames = []
    for i, page in enumerate(pages, 1):
        frame = Image.new("L", (1728, height), 255)
        body = aged(page, rng, skew=0.3, noise=3.0).resize((1734, 2156 if fine else 1078), Image.Resampling.LANCZOS)
        frame.paste(body, (-3, 0))
        fax_header(frame, f"{header}   P.{i:02d}/{len(pages):02d}", fine=fine)
        frames.append(frame.point(lambda v: 255 if v > 140 else 0).convert("1", dither=Image.Dither.NONE))
    return fax_tiff(frames, fine=fine)


def fax_tiff(frames: list[Page], *, fine: bool) -> bytes:
    """Black-and-white frames as one Group 4 TIFF."""
    out = BytesIO()
    frames[0].save(
        out, "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=(204, 196 if fine else 98)
    )
    return out.getvalue()


def fax_header(frame: Page, text: str, *, fine: bool) -> None:
    """Print the line of the sending machine across the top of a frame."""
    line = Image.new("L", (1728, 30), 255)
    ImageDraw.Draw(line).text((40, 2), text, fill=0, font=ImageFont.load_default(24))
    frame.paste(line if fine else line.resize((1728, 15), Image.Resampling.LANCZOS), (0, 4))


def photo(page: Page, rng: Random) -> bytes:
    """A JPEG as from a telephone: perspective, shadow, desk around the sheet."""
    width, height = page.size
    desk = Image.new("L", (width + 160, height + 200), 96)
    desk.paste(page, (80, 100))
    w, h = desk.size
    quad = (14, 10, 0, h - 4, w - 20, h, w - 2, 18)
    bent = desk.transform((w, h), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    shade = np.linspace(1.0, 0.78, w, dtype=np.float32)[None, :] * np.linspace(0.96, 1.0, h, dtype=np.float32)[:, None]
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, 2.5, (h, w))
    pixels = np.clip(np.asarray(bent, dtype=np.float32) * shade + grain, 0, 255)
    out = BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(out, "JPEG", quality=55, optimize=True)
    return out.getvalue()


def png(page: Page) -> bytes:
    """A screenshot-like PNG of few greys."""
    out = BytesIO()
    page.quantize(16).save(out, "PNG", optimize=True, dpi=(150, 150))
    return out.getvalue()
