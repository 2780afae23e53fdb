"""More bad and rare pictures for ``zoo``: those that must be read, and those that must only cost their child."""

import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from tests.faults.zoo import LETTER, READ, Made, letter, png, tiff
from tests.faults.zoo_structures import pictured

SIZE = (1700, 2200)


def drawn(mode: str = "L") -> Image.Image:
    """The letter as a scanner shows it at 200 dpi."""
    page = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(page)
    for index, line in enumerate(LETTER * 4):
        pen.text((150, 200 + index * 60), line, fill=0, font=ImageFont.load_default(size=34))
    return page.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _fax_rows() -> bytes:
    """The letter as ITU-T T.6 rows whose black is ink: what is in the strip of a one-strip TIFF of its negative."""
    page = drawn().point(lambda value: 255 - value).convert("1", dither=Image.Dither.NONE)
    data = saved(page, "TIFF", compression="group4", strip_size=1 << 30)
    with Image.open(io.BytesIO(data)) as image:
        (start,), (length,) = image.tag_v2[273], image.tag_v2[279]
    return data[start : start + length]


def _jbig2() -> bytes:
    """A page of JBIG2 (ITU-T T.88, as PDF embeds it): its size, and one region of T.6 rows."""

    def segment(number: int, kind: int, body: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body

    width, height = SIZE
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + _fax_rows()
    return segment(0, 48, page) + segment(1, 38, region)


def _frames_in_a_ring() -> bytes:
    """A TIFF whose first frame says that the next one is itself."""
    data = bytearray(tiff(1))
    first = struct.unpack_from("<I", data, 4)[0]
    (entries,) = struct.unpack_from("<H", data, first)
    struct.pack_into("<I", data, first + 2 + entries * 12, first)
    return bytes(data)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png_with(kind: bytes, body: bytes) -> bytes:
    """The letter with one more chunk after its header."""
    data = saved(drawn(), "PNG")
    return data[:33] + _chunk(kind, body) + data[33:]


def _rows_missing() -> bytes:
    """A PNG whose header promises more rows than it holds, whole to the last mark."""
    data = bytearray(png(850, 100))
    struct.pack_into(">I", data, 20, 1100)
    struct.pack_into(">I", data, 29, zlib.crc32(data[12:29]))
    return bytes(data)


def _size_changed(data: bytes, width: int, height: int) -> bytes:
    """A JPEG that says another size than it was packed with."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _jpeg_with_pdf() -> bytes:
    """A JPEG, and in its comment a PDF: a viewer of one shows other words than a viewer of the other."""
    body = letter()
    data = saved(drawn(), "JPEG")
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(body) + 2) + body + data[2:]


@cache
def _spaces() -> bytes:
    return zlib.compress(b" " * 100_000_000, 9)


def pictures() -> dict[str, tuple[Made, set[str]]]:
    """Name -> (bytes, allowed outcomes)."""
    page, jpeg = drawn(), saved(drawn(), "JPEG", quality=85)
    odd = {"corrupt", "incomplete", "unreadable"}
    jpx = saved(page, "JPEG2000", irreversible=False)
    return {
        "jbig2": (pictured(*SIZE, b"/BitsPerComponent 1 /Filter /JBIG2Decode", _jbig2()), {READ}),
        "jpx": (pictured(*SIZE, b"/Filter /JPXDecode", jpx), {READ}),
        "jpx-cut": (pictured(*SIZE, b"/Filter /JPXDecode", jpx[: len(jpx) // 50]), odd),
        "jpx-alone": (jpx, {"unsupported_type"}),
        "cmyk-jpeg": (saved(drawn("CMYK"), "JPEG"), {READ}),
        "progressive-jpeg": (saved(page, "JPEG", progressive=True), {READ}),
        "sixteen-bit-tiff": (saved(page.convert("I;16"), "TIFF"), {READ}),
        "palette-png": (saved(drawn("P"), "PNG"), {READ}),
        "big-tiff": (saved(page, "TIFF", big_tiff=True), {READ, "corrupt", "incomplete"}),
        "frames-in-a-ring": (_frames_in_a_ring(), odd | {"too_many_pages"}),
        "png-of-text-bomb": (lambda: _png_with(b"zTXt", b"a\0\0" + _spaces()), {READ, "corrupt", "too_large"}),
        "png-of-profile-bomb": (lambda: _png_with(b"iCCP", b"a\0\0" + _spaces()), {READ, "corrupt", "too_large"}),
        "png-of-odd-chunk": (_png_with(b"quIX", b"a" * 99), {READ}),
        "png-rows-missing": (_rows_missing(), odd),
        "png-no-pixels": (png(0, 0), odd),
        "png-one-pixel": (png(1, 1), odd),
        "png-one-row": (png(1_000_000, 1), odd | {"too_large"}),
        "jpeg-larger-than-it-is": (_size_changed(jpeg, 65_000, 65_000), {"too_large"}),
        "jpeg-taller-than-it-is": (_size_changed(jpeg, 1700, 4400), odd | {READ}),
        "jpeg-with-a-pdf-inside": (_jpeg_with_pdf(), {"unsupported_type"}),
        "jpeg-after-its-end": (jpeg + jpeg, {READ}),
    }  # fmt: skip
