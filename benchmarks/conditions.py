"""`python -m benchmarks.conditions [NAME ...] [--pages N]`: reading by the state of the page, as Markdown.

Pages of the sample letters are drawn clean, then put through one condition each (turned, skewed, faxed, photographed,
stamped ...) and read. Printed: character error rate against the text that was set, the share of its numbers of six
and more characters that are read exactly, the share of word boxes on ink of the page as displayed, and
processor seconds.
"""

import argparse
import io
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from pipeline.errors import DocumentError
from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.text import Page
from sample_letters.generator import corpus, pdf
from sample_letters.generator.spec import public

Sheet = Image.Image
LETTERS = ("migraine-classic", "migraine-step-serif", "claim-duplicate", "spasticity-network")
PAPER = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A clean page at 300 dpi in colour, and its text."""

    name: str
    sheet: Sheet
    text: str


def clean_pages(count: int) -> Iterator[Drawn]:
    """The first pages of some sample letters."""
    specs = {spec.name: spec for spec in public()}
    for name in LETTERS[:count]:
        _, draft = corpus.written(specs[name], 7)
        data = pdf.to_pdf(draft, specs[name].style)
        text = read(data, ocr=Tesseract(), limits=Limits())
        first = text.pages[0]
        with pdfium.PdfDocument(data) as document:
            sheet = document[0].render(scale=300 / 72).to_pil().convert("RGB")
        yield Drawn(name=name, sheet=sheet, text=text.content[first.start : first.end])


def at(sheet: Sheet, dpi: int) -> Sheet:
    """The 300 dpi sheet at another resolution."""
    return sheet.resize((sheet.width * dpi // 300, sheet.height * dpi // 300), Image.Resampling.BOX)


def saved(image: Sheet, form: str = "PNG", **options: object) -> bytes:
    """The image as a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def noisy(image: Sheet, sigma: float, seed: int = 1) -> Sheet:
    """Grain and blur of a scanner."""
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
    grain = np.random.default_rng(seed).normal(0, sigma, pixels.shape)
    return Image.fromarray(np.clip(pixels * 0.94 + 8 + grain, 0, 255).astype(np.uint8))


def scan(sheet: Sheet, dpi: int = 200, skew: float = 0.0) -> bytes:
    """A JPEG at 200 dpi."""
    turned = at(sheet, dpi).rotate(skew, Image.Resampling.BICUBIC, fillcolor="white")
    return saved(noisy(turned.convert("L"), 3), "JPEG", quality=50, dpi=(dpi, dpi))


def fax(sheet: Sheet, *, fine: bool, skew: float = 0.3, dpi: tuple[int, int] | str | None = "true") -> bytes:
    """A Group 4 TIFF of 1728 dots a line; ``dpi`` None stores no resolution, a pair another one."""
    page = noisy(sheet.convert("L").rotate(skew, Image.Resampling.BICUBIC, fillcolor=255), 4)
    size = (1734, 2156 if fine else 1078)
    bits = page.resize(size, Image.Resampling.LANCZOS).crop((3, 0, 1731, size[1]))
    bits = bits.point(lambda v: 255 if v > 140 else 0).convert("1", dither=Image.Dither.NONE)
    stored = (204, 196 if fine else 98) if dpi == "true" else dpi
    options = {"dpi": stored} if stored else {}
    return saved(bits, "TIFF", compression="group4", **options)


def photo(sheet: Sheet, *, tilt: float = 0.0, bend: int = 70, shade: float = 0.45) -> bytes:
    """A JPEG of a sheet on a desk: perspective, shadow, grain."""
    page = at(sheet, 200).convert("L")
    w, h = page.width + 300, page.height + 360
    desk = Image.new("L", (w, h), 90)
    desk.paste(page, (150, 180))
    desk = desk.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=90)
    desk = desk.transform((w, h), Image.Transform.QUAD, (bend, 0, 0, h, w, h, w - bend, 20), Image.Resampling.BICUBIC)
    light = (
        np.linspace(1.0, 1 - shade, w, dtype=np.float32)[None, :] * np.linspace(0.9, 1, h, dtype=np.float32)[:, None]
    )
    grain = np.random.default_rng(3).normal(0, 4, (h, w))
    pixels = np.clip(np.asarray(desk.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32) * light + grain, 0, 255)
    return saved(Image.fromarray(pixels.astype(np.uint8)), "JPEG", quality=60)


def bands(sheet: Sheet) -> bytes:
    """Every eighth strip of the page white on black, as table headers are."""
    page = at(sheet, 200).convert("L")
    for top in range(180, page.height - 200, 400):
        strip = (100, top, page.width - 100, top + 60)
        page.paste(ImageOps.invert(page.crop(strip)), strip[:2])
    return saved(page, dpi=(200, 200))


def tinted(sheet: Sheet, paper: str, ink: str) -> bytes:
    """Coloured ink on coloured paper."""
    grey = at(sheet, 200).convert("L")
    return saved(ImageOps.colorize(grey, ink, paper), dpi=(200, 200))


def stamped(sheet: Sheet, colour: str, tilt: float = 9) -> bytes:
    """A framed stamp across the text."""
    page = at(sheet, 200)
    stamp = Image.new("RGB", (760, 300), "white")
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((6, 6, 753, 293), outline=colour, width=9)
    draw.text((60, 20), "RECEIVED", fill=colour, font=ImageFont.load_default(120))
    draw.text((140, 160), "NOV 20 2026", fill=colour, font=ImageFont.load_default(90))
    stamp = stamp.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    ink = Image.new("RGB", page.size, "white")
    for place in ((500, 700), (300, 1300)):
        ink.paste(stamp, place)
    return saved(ImageChops.multiply(page, ink), "JPEG", quality=75, dpi=(200, 200))


def scribbled(sheet: Sheet) -> bytes:
    """Handwriting-like strokes in blue across the text, and underlines."""
    page = at(sheet, 200)
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    xs = np.arange(0, 900, 3)
    for base in (600, 1000, 1500):
        points = [(400 + x, base + 60 * np.sin(x / 23) + 25 * np.sin(x / 7.3)) for x in xs]
        draw.line(points, fill=(30, 50, 160), width=5)
    draw.line((200, 900, 1500, 905), fill=(20, 20, 20), width=4)
    return saved(ImageChops.multiply(page, ink), "JPEG", quality=75, dpi=(200, 200))


def punched(sheet: Sheet) -> bytes:
    """Three black holes at the left, a black scanner edge at the right."""
    page = at(sheet, 200).convert("L")
    draw = ImageDraw.Draw(page)
    for y in (300, 1100, 1900):
        draw.ellipse((30, y, 85, y + 55), fill=20)
    draw.rectangle((page.width - 22, 0, page.width, page.height), fill=15)
    return saved(page, "JPEG", dpi=(200, 200))


def shaded(sheet: Sheet) -> bytes:
    """A dotted grey raster behind every second block, as in old forms."""
    page = np.asarray(at(sheet, 200).convert("L")).copy()
    for top in range(200, page.shape[0] - 300, 500):
        part = page[top : top + 250, 100:-100]
        part[::3, ::3] = np.minimum(part[::3, ::3], 60)
    return saved(Image.fromarray(page), dpi=(200, 200))


def pale(sheet: Sheet) -> bytes:
    """Grey on grey, with grain."""
    grey = np.asarray(at(sheet, 200).convert("L"), dtype=np.float32)
    grain = np.random.default_rng(5).normal(0, 5, grey.shape)
    return saved(Image.fromarray(np.clip(150 + grey * 0.25 + grain, 0, 255).astype(np.uint8)), "JPEG", dpi=(200, 200))


def turned(sheet: Sheet, degrees: int, kind: str = "scan") -> bytes:
    """Fed sideways or upside down."""
    whole = sheet.rotate(degrees, expand=True, fillcolor="white")
    if kind == "scan":
        return scan(whole)
    page = noisy(sheet.convert("L"), 4)
    size = (1728, 2156) if kind == "fine" else (1728, 1078)
    bits = page.rotate(degrees, expand=True).resize(size) if degrees == 180 else page.rotate(degrees, expand=True)
    if degrees != 180:
        bits = bits.resize((1728, round(bits.height * 1728 / bits.width * (196 if kind == "fine" else 98) / 204)))
    bits = bits.point(lambda v: 255 if v > 140 else 0).convert("1", dither=Image.Dither.NONE)
    return saved(bits, "TIFF", compression="group4", dpi=(204, 196 if kind == "fine" else 98))


CONDITIONS: dict[str, Callable[[Sheet], bytes]] = {
    "clean 300": lambda s: saved(s.convert("L"), dpi=(300, 300)),
    "clean 200": lambda s: saved(at(s, 200).convert("L"), dpi=(200, 200)),
    "clean 150": lambda s: saved(at(s, 150).convert("L"), dpi=(150, 150)),
    "clean 100": lambda s: saved(at(s, 100).convert("L"), dpi=(100, 100)),
    "scan 200": scan,
    "skew 1": lambda s: scan(s, skew=1),
    "skew -2": lambda s: scan(s, skew=-2),
    "skew 3.5": lambda s: scan(s, skew=3.5),
    "skew -5": lambda s: scan(s, skew=-5),
    "turned 90": lambda s: turned(s, 90),
    "turned 180": lambda s: turned(s, 180),
    "turned 270": lambda s: turned(s, 270),
    "fine fax": lambda s: fax(s, fine=True),
    "standard fax": lambda s: fax(s, fine=False),
    "standard fax, no dpi": lambda s: fax(s, fine=False, dpi=None),
    "standard fax, dpi swapped": lambda s: fax(s, fine=False, dpi=(98, 204)),
    "standard fax, square dpi": lambda s: fax(s, fine=False, dpi=(204, 204)),
    "standard fax, skew 2": lambda s: fax(s, fine=False, skew=2),
    "fine fax turned 90": lambda s: turned(s, 90, "fine"),
    "fine fax turned 180": lambda s: turned(s, 180, "fine"),
    "standard fax turned 180": lambda s: turned(s, 180, "standard"),
    "standard fax turned 270": lambda s: turned(s, 270, "standard"),
    "photo": lambda s: photo(s),
    "photo tilted 4": lambda s: photo(s, tilt=4, bend=110),
    "photo, deep shadow": lambda s: photo(s, shade=0.7),
    "inverted page": lambda s: saved(ImageOps.invert(at(s, 200).convert("L")), dpi=(200, 200)),
    "inverted bands": bands,
    "red on white": lambda s: tinted(s, "white", "#d02020"),
    "black on yellow": lambda s: tinted(s, "#f7e03c", "black"),
    "black on blue": lambda s: tinted(s, "#2040c0", "black"),
    "black on red": lambda s: tinted(s, "#c02020", "black"),
    "yellow on white": lambda s: tinted(s, "white", "#e8c800"),
    "white on green": lambda s: tinted(s, "#208040", "white"),
    "stamp red": lambda s: stamped(s, "#d02030"),
    "stamp blue, level": lambda s: stamped(s, "#2030b0", 1),
    "stamp black": lambda s: stamped(s, "#202020"),
    "handwriting": scribbled,
    "punched holes": punched,
    "shaded": shaded,
    "low contrast": pale,
    "JPEG 12": lambda s: saved(at(s, 200).convert("L"), "JPEG", quality=12, dpi=(200, 200)),
    "small print": lambda s: scan(at(s, 180)),
}


def errors(said: str, read_text: str) -> float:
    """Character error rate, spaces of any length counting as one."""
    a, b = " ".join(said.split()), " ".join(read_text.split())
    try:
        from rapidfuzz.distance import Levenshtein

        return Levenshtein.distance(a, b) / max(1, len(a))
    except ImportError:
        same = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
        return (max(len(a), len(b)) - same) / max(1, len(a))


def exact_numbers(said: str, read_text: str) -> float:
    """The share of the numbers of six and more characters that were read exactly."""
    numbers = [w.strip(".,;:()") for w in said.split() if len(w) >= 6 and len(re.findall(r"\d", w)) >= 4]
    found = {w.strip(".,;:()") for w in read_text.split()}
    return sum(n in found for n in numbers) / len(numbers) if numbers else 1.0


def displayed(data: bytes) -> Sheet:
    """The page as a viewer shows it."""
    if data.startswith(b"%PDF"):
        with pdfium.PdfDocument(data) as document:
            return document[0].render(scale=150 / 72).to_pil().convert("L")
    with Image.open(io.BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).convert("L")


def on_ink(page: Page, shown: Sheet) -> float:
    """The share of word boxes that hold strokes: pixels that differ from the box's own ground."""
    if not page.words or page.width_pt is None or page.height_pt is None:
        return 0.0
    grey = np.asarray(shown.rotate(-page.rotation, expand=True) if page.rotation else shown, dtype=np.int16)
    across, down = grey.shape[1] / page.width_pt, grey.shape[0] / page.height_pt
    good = 0
    for word in page.words:
        x0, top, x1, bottom = word.box
        part = grey[max(0, int(top * down)) : int(bottom * down) + 1, max(0, int(x0 * across)) : int(x1 * across) + 1]
        if part.size:
            contrast = abs(part - np.median(part)) > 0.35 * (float(grey.max()) - float(grey.min())) * 0.6
            good += contrast.mean() > 0.04
    return good / len(page.words)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="conditions whose names hold one of these")
    parser.add_argument("--pages", type=int, default=len(LETTERS))
    asked = parser.parse_args()
    pages = list(clean_pages(asked.pages))
    print("| condition | character errors | numbers exact | boxes on ink | processor seconds a page |")
    print("| --- | --- | --- | --- | --- |")
    for name, draw in CONDITIONS.items():
        if asked.names and not any(part in name for part in asked.names):
            continue
        rows = []
        for page in pages:
            data = draw(page.sheet)
            start = time.process_time()
            try:
                text = read(data, ocr=Tesseract(), limits=Limits())
            except DocumentError:
                rows.append((1.0, 0.0, 0.0, time.process_time() - start))
                continue
            seconds = time.process_time() - start
            ink = on_ink(text.pages[0], displayed(data))
            rows.append((errors(page.text, text.content), exact_numbers(page.text, text.content), ink, seconds))
        cer, exact, ink, seconds = (statistics.mean(column) for column in zip(*rows, strict=True))
        print(f"| {name} | {cer:.2%} | {exact:.1%} | {ink:.1%} | {seconds:.2f} |", flush=True)


if __name__ == "__main__":
    main()
