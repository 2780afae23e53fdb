"""Bad and hostile files, made here, each with the outcomes it may end in. ``READ`` means that it must be read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

READ = "read"
LETTER = [
    "Meadow Valley Health Plan",
    "Notice of denial of the claim for the service of your provider",
    "Claim number 2026041277 and member number MVH443219876",
    "The request is denied because it is not medically necessary.",
    "You may appeal within 180 days of the date of this letter.",
]
Made = bytes | Callable[[], bytes]
"""Bytes of a file; where they take long to make, what makes them: names are asked for by every worker, bytes by one."""


def letter(pages: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(612, 792), invariant=1, **options)
    for number in range(pages):
        for index, line in enumerate(LETTER * 4):
            page.drawString(72, 720 - index * 16, line)
        page.drawString(72, 60, f"Page {number + 1}")
        page.showPage()
    page.save()
    return out.getvalue()


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def linearized(pages: int = 10) -> bytes:
    with pikepdf.open(io.BytesIO(letter(pages))) as pdf:
        return saved(pdf, linearize=True)


def with_objects(pages: int = 10) -> bytes:
    with pikepdf.open(io.BytesIO(letter(pages))) as pdf:
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def changed(change: Callable[[pikepdf.Pdf], None], pages: int = 1, **options: object) -> bytes:
    with pikepdf.open(io.BytesIO(letter(pages))) as pdf:
        change(pdf)
        return saved(pdf, **options)


def hand_made(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalog."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), extra, data)


def png(width: int, height: int) -> bytes:
    """A white 1-bit PNG of any size, packed small."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def image(form: str, mode: str = "L", size: tuple[int, int] = (850, 1100), **options: object) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise(size, 80).convert(mode)
    noise.save(out, form, **options)
    return out.getvalue()


def tiff(frames: int, size: tuple[int, int] = (64, 64)) -> bytes:
    out = io.BytesIO()
    first = Image.new("1", size, 1)
    first.save(out, "TIFF", save_all=True, append_images=[first] * (frames - 1), compression="group4")
    return out.getvalue()


def zipped(name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "Claim denied")
    return out.getvalue()


def cuts(data: bytes, *parts: float) -> list[bytes]:
    return [data[: int(len(data) * part)] for part in parts]


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(content: bytes, page: bytes = b"/MediaBox [0 0 612 792]", extra: bytes = b"") -> bytes:
    return hand_made(
        CATALOG,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %b >> %b >>" % (extra, page),
        stream(content),
        FONT,
    )


def text_content(lines: list[str] = LETTER, repeat: int = 4) -> bytes:
    shown = b"".join(b"(%b) Tj T*\n" % line.encode() for line in lines * repeat)
    return b"BT /F1 12 Tf 16 TL 72 720 Td\n" + shown + b"ET\n"


def deep_tree(depth: int) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(depth)]
    page = depth + 2
    leaf = (
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
        b"/Resources << /Font << /F1 %d 0 R >> >> >>"
    )
    return hand_made(CATALOG, *nodes, leaf % (page - 1, page + 1, page + 2), stream(text_content()), FONT)


def _javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1); while(true){}")


def _launch(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh")


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["evil.exe"] = b"MZ" * 100


def _no_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


def _huge(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 200_000, 200_000])


def _tiny(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 0, 0])


def _backwards(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([612, 792, 0, 0])


def _outside(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].CropBox = pikepdf.Array([5000, 5000, 6000, 6000])


def _odd_turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 45


def _unit(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 75_000


def _wrong_count(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Count = 1


def _xref_zeroed(data: bytes) -> bytes:
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n999999999\n%%EOF\n"


def _hole(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[: middle - 600] + bytes(1200) + data[middle + 600 :]


def zoo() -> dict[str, tuple[Made, set[str]]]:
    """Name -> (bytes, allowed outcomes)."""
    good, ten, lined, packed = letter(), letter(10), linearized(), with_objects()
    cut = {"incomplete", "corrupt"}
    files: dict[str, tuple[Made, set[str]]] = {
        "good": (good, {READ}),
        "good-linearized": (lined, {READ}),
        "good-object-streams": (packed, {READ}),
        "trailing-newlines": (good + b"\n\n\r\n", {READ}),
        "leading-junk": (b"\r\n\r\n" + good, {READ}),
        "empty": (b"", {"empty"}),
        "spaces": (b" \n\t\r\n", {"empty"}),
        "zeros": (bytes(4096), {"empty"}),
        "binary": (bytes(range(256)) * 40, {"unsupported_type"}),
        "zip": (zipped("letter.txt"), {READ}),
        "docx-without-types": (zipped(), {READ}),
        "exe": (b"MZ\x90\0" + bytes(400), {"unsupported_type"}),
        "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), {"unsupported_type"}),
        "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), {"corrupt", "incomplete"}),
        "gif": (image("GIF", "P"), {"unsupported_type"}),
        "gzip": (b"\x1f\x8b\x08\0" + bytes(100), {"unsupported_type"}),
        "latin-1-text": ("Déjà vu, claim refusé".encode("latin-1"), {"unsupported_type"}),
        "text-with-zeros": (b"Claim\0\0\0denied", {"unsupported_type"}),
        "polyglot-zip-pdf": (good + zipped(), {READ, "unsupported_type", "incomplete"}),
        "header-only": (b"%PDF-1.7\n", cut),
        "no-header": (good[9:], {"unsupported_type", "corrupt", "incomplete"}),
        "user-password": (letter(encrypt=pdfencrypt.StandardEncryption("u", "o", strength=128)), {"encrypted"}),
        "owner-password": (letter(encrypt=pdfencrypt.StandardEncryption("", "o", canPrint=0, strength=128)), {READ}),
        "aes-256": (
            changed(lambda _: None, encryption=pikepdf.Encryption(user="u", owner="o", R=6)),
            {"encrypted"},
        ),
        "aes-256-owner": (changed(lambda _: None, encryption=pikepdf.Encryption(user="", owner="o", R=6)), {READ}),
        "no-pages": (changed(_no_pages), {"corrupt"}),
        "no-pages-hand-made": (hand_made(CATALOG, b"<< /Type /Pages /Kids [] /Count 0 >>"), {"corrupt"}),
        "pages-loop": (
            hand_made(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"),
            {"corrupt", "incomplete"},
        ),
        "no-catalog": (hand_made(b"<< /Type /Nothing >>"), {"corrupt", "incomplete"}),
        "null-kids": (hand_made(CATALOG, b"<< /Type /Pages /Kids [null null] /Count 2 >>"), {"corrupt"}),
        "deep-tree": (deep_tree(400), {READ, "corrupt"}),
        "very-deep-tree": (deep_tree(5000), {READ, "corrupt", "crashed"}),
        "prev-loop": (good.replace(b"trailer\n<<", b"trailer\n<< /Prev 15"), {READ, "corrupt", "incomplete"}),
        "xref-nowhere": (_xref_zeroed(good), {READ, "corrupt"}),
        "hole": (_hole(ten), {"corrupt", "incomplete"}),
        "hole-in-object-streams": (_hole(packed), {"corrupt", "incomplete"}),
        "too-many-pages": (lambda: letter(301), {"too_many_pages"}),
        "huge-page": (changed(_huge), {"too_large"}),
        "tiny-page": (changed(_tiny), {READ, "corrupt", "unreadable"}),
        "backwards-box": (changed(_backwards), {READ}),
        "crop-outside": (changed(_outside), {READ, "corrupt"}),
        "odd-turn": (changed(_odd_turn), {READ, "unreadable"}),
        "giant-unit": (changed(_unit), {READ, "too_large"}),
        "javascript": (changed(_javascript), {READ}),
        "launch": (changed(_launch), {READ}),
        "attachment": (changed(_attachment), {READ}),
        "blank-page": (one_page(b""), {"unreadable"}),
        "self-referencing-form": (
            hand_made(
                CATALOG,
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>",
                stream(b"/X Do " + text_content()),
                FONT,
                b"<< /XObject << /X 7 0 R >> /Font << /F1 5 0 R >> >>",
                stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources 6 0 R"),
            ),
            {READ, "corrupt", "out_of_memory"},
        ),
        "bomb-of-spaces": (
            lambda: hand_made(
                CATALOG,
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
                stream(zlib.compress(b" " * 400_000_000, 9), b"/Filter /FlateDecode"),
            ),
            {"unreadable", "out_of_memory", "too_slow", "too_large", "corrupt"},
        ),
        "sixty-thousand-words": (one_page(text_content(["a b c d e f g h i j"] * 60, 100)), {READ}),
        "six-thousand-rules": (
            one_page(text_content() + b"".join(b"%d 0 m %d 792 l S\n" % (i % 612, i % 612) for i in range(6000))),
            {READ, "unreadable"},
        ),
        "unclosed-text": (one_page(b"BT /F1 12 Tf 72 720 Td (Claim denied becau"), {READ, "corrupt", "unreadable"}),
        "bad-operators": (one_page(b"xx yy zz 1 2 3 ] [ << " + text_content()), {READ, "unreadable", "corrupt"}),
        "png-144-megapixels": (lambda: png(12_000, 12_000), {"too_large"}),
        "png-900-megapixels": (lambda: png(30_000, 30_000), {"too_large"}),
        "png-cut": (image("PNG")[:200_000], {"incomplete"}),
        "png-bad-sum": (image("PNG")[:60] + b"XXXX" + image("PNG")[64:], {"corrupt", "incomplete", "unreadable", READ}),
        "jpeg-cut": (image("JPEG")[:20_000], {"incomplete"}),
        "tiff-cut": (image("TIFF")[:100_000], {"incomplete", "corrupt"}),
        "tiff-header": (b"II*\0\xff\xff\xff\x7f", {"incomplete", "corrupt"}),
        "tiff-3000-frames": (lambda: tiff(3000), {"too_many_pages"}),
        "tiff-giant": (lambda: tiff(1, (30_000, 30_000)), {"too_large"}),
        "jpeg-of-noise": (image("JPEG"), {"unreadable"}),
        "text": (b"Your claim was denied; the reasons follow.\fThe second page goes on with them.", {READ}),
        "text-with-mark": (b"\xef\xbb\xbfYour claim was denied; the reasons follow.", {READ}),
        "text-of-pages": (b"a\f" * 400, {"too_many_pages"}),
    }  # fmt: skip
    parts = (0.03, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)
    for name, whole in {"plain": ten, "linearized": lined, "object-streams": packed}.items():
        for part, data in zip(parts, cuts(whole, *parts), strict=True):
            files[f"{name}-cut-at-{round(part * 100)}"] = (data, cut)
    return files
