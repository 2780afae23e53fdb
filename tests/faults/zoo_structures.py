"""More bad PDFs for ``zoo``: things that point at themselves, that unpack to too much, or that lie about their size."""

import zlib

import pikepdf

from tests.faults.zoo import CATALOG, FONT, LETTER, READ, changed, hand_made, letter, one_page, stream, text_content

PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
NAMED = {READ, "corrupt", "unreadable", "incomplete"}
BOMB = {READ, "corrupt", "unreadable", "too_large", "out_of_memory", "too_slow"}


def page_of(content: bytes, resources: bytes, *more: bytes, page: bytes = b"", catalog: bytes = CATALOG) -> bytes:
    """One page drawing ``content`` (object 4) with these resources beside its font (5); ``more`` starts at object 6."""
    return hand_made(
        catalog,
        PAGES,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> %b >> %b >>" % (resources, page),
        stream(content),
        FONT,
        *more,
    )


def of_pages(count: int) -> bytes:
    """Pages that share what they draw."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>"
    )
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count)
    return hand_made(CATALOG, tree, stream(text_content()), FONT, *[page] * count)


def _xref_loop() -> bytes:
    """The table of objects names itself as the one before it."""
    data = letter()
    start = int(data[data.rindex(b"startxref") :].split()[1])
    return data.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % start)


def _in_itself() -> bytes:
    """An object stream that extends itself and says that it holds itself."""
    inner = b"5 0 7 20 " + FONT
    return hand_made(
        b"<< /Type /Catalog /Pages 2 0 R /Odd 6 0 R >>",
        PAGES,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        stream(text_content()),
        FONT,
        stream(inner, b"/Type /ObjStm /N 2 /First 9 /Extends 6 0 R"),
    )


def _xref_stream_in_itself() -> bytes:
    """A stream of object places: each object is said to be packed in the next one, the last in the first."""
    rows = b"".join(bytes((2, (number + 1) % 6 or 1, 0)) for number in range(6))
    body = b"6 0 obj\n" + stream(rows, b"/Type /XRef /Size 6 /W [1 1 1] /Root 1 0 R") + b"\nendobj\n"
    return b"%PDF-1.7\n" + body + b"startxref\n9\n%%EOF\n"


def _portfolio(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["letter.pdf"] = letter()
    pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection, View=pikepdf.Name.D, D="letter.pdf")


def _scripts_by_name(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="while (true) { this.print(); }")
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", script])))
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)


def _outline_loop(pdf: pikepdf.Pdf) -> None:
    item = pdf.make_indirect(pikepdf.Dictionary(Title="again"))
    item.Next = item
    item.First = item
    pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=item, Last=item, Count=1))


def _field_loop(pdf: pikepdf.Pdf) -> None:
    """A form field that is its own kid and its own parent."""
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="a", V="Claim", Subtype=pikepdf.Name.Widget))
    field.Kids = pikepdf.Array([field])
    field.Parent = field
    field.Rect = pikepdf.Array([72, 72, 200, 90])
    pdf.pages[0].obj.Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), NeedAppearances=True)


def _dynamic_form(pdf: pikepdf.Pdf) -> None:
    """A form in XML, which names a file of this machine as an entity: nothing of it is on the page."""
    xml = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xdp>&f;</xdp>'
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=pdf.make_stream(xml))


def _own_parent(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/MediaBox"]
    pdf.pages[0].obj.Parent = pdf.pages[0].obj


def _box_of_words(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].MediaBox = pikepdf.Array([pikepdf.Name.a, "b", 612, None])


def _nested(data: bytes, times: int) -> tuple[bytes, bytes]:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data, b"/Filter [%b]" % (b"/FlateDecode " * times)


def _map(ranges: int) -> bytes:
    """A ToUnicode map of very many codes."""
    span = b"<0000> <3fff> <0041>\n"
    return b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" + b"".join(
        b"100 beginbfrange\n%bendbfrange\n" % (span * 100) for _ in range(ranges // 100)
    ) + b"endcmap"  # fmt: skip


def pictured(width: int, height: int, filters: bytes, data: bytes) -> bytes:
    """A page that is one picture."""
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray " % (width, height)
    return page_of(b"q 612 0 0 792 0 0 cm /X Do Q", b"/XObject << /X 6 0 R >>", stream(data, head + filters))


def structures() -> dict[str, tuple[bytes, set[str]]]:
    """Name -> (bytes, allowed outcomes)."""
    text = text_content()
    bomb, filters = _nested(b" " * 100_000_000, 3)
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792]"
    glyph_of_itself = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs "
        b"<< /a 7 0 R >> /Encoding << /Differences [65 /a] >> /FirstChar 65 /LastChar 65 /Widths [600] "
        b"/Resources << /Font << /T 6 0 R >> >> >>"
    )
    unmapped = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [32 %b] >> >>"
        % b" ".join(b"/g%d" % n for n in range(32, 127))
    )
    composite = b"<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /DescendantFonts [7 0 R] %b >>"
    cid = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>"
    )
    wide = b"BT /T 12 Tf 72 700 Td " + b"<0041004200430044> Tj 0 -14 Td " * 40 + b"ET"
    return {
        "xref-loop": (_xref_loop(), NAMED),
        "xref-stream-in-itself": (_xref_stream_in_itself(), {"corrupt", "incomplete"}),
        "object-stream-in-itself": (_in_itself(), NAMED),
        "length-of-itself": (
            hand_made(CATALOG, PAGES, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
                      b"<< /Length 4 0 R >>\nstream\n" + text + b"\nendstream"),
            NAMED,
        ),
        "length-lies": (one_page(text).replace(b"/Length %d" % len(text), b"/Length 99999999"), NAMED),
        "contents-in-themselves": (
            hand_made(CATALOG, PAGES, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
                      b"[4 0 R 4 0 R]"),
            NAMED,
        ),
        "page-its-own-parent": (changed(_own_parent), NAMED),
        "five-thousand-pages": (of_pages(5000), {"too_many_pages"}),
        "outline-loop": (changed(_outline_loop), {READ}),
        "field-loop": (changed(_field_loop), NAMED),
        "dynamic-form": (changed(_dynamic_form), {"unreadable"}),
        "portfolio": (changed(_portfolio), {"unsupported_type"}),
        "scripts-by-name": (changed(_scripts_by_name), {READ}),
        "box-of-words": (changed(_box_of_words), NAMED),
        "soft-mask-of-itself": (
            page_of(b"/G gs " + text, b"/ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >>",
                    stream(b"/G gs 0 0 612 792 re f",
                           form + b"/Resources << /ExtGState << /G << /SMask << /S /Luminosity /G 6 0 R >> >> >> >>")),
            NAMED | {"crashed"},
        ),
        "pattern-of-itself": (
            page_of(text + b"/Pattern cs /P scn 0 0 612 792 re f", b"/Pattern << /P 6 0 R >>",
                    stream(b"/Pattern cs /P scn 0 0 9 9 re f",
                           b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 "
                           b"/Resources << /Pattern << /P 6 0 R >> >>")),
            BOMB,
        ),
        "glyph-of-itself": (
            page_of(text + b"BT /T 12 Tf 72 60 Td (AAAA) Tj ET", b"/Font << /F1 5 0 R /T 6 0 R >>", glyph_of_itself,
                    stream(b"600 0 d0 BT /T 900 Tf (A) Tj ET")),
            NAMED,
        ),
        "font-without-map": (page_of(text.replace(b"/F1", b"/T"), b"/Font << /T 6 0 R >>", unmapped), NAMED),
        "font-without-file": (page_of(wide, b"/Font << /T 6 0 R >>", composite % b"", cid), NAMED),
        "map-of-millions": (
            page_of(wide, b"/Font << /T 6 0 R >>", composite % b"/ToUnicode 8 0 R", cid, stream(_map(100))), BOMB,
        ),
        "map-of-itself": (
            page_of(wide, b"/Font << /T 6 0 R >>", composite % b"/ToUnicode 8 0 R", cid,
                    stream(b"/Odd usecmap begincmap endcmap", b"/Type /CMap /CMapName /Odd /UseCMap 8 0 R")),
            NAMED,
        ),
        "function-of-itself": (
            page_of(text + b"/S sh", b"/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] "
                    b"/Function 6 0 R >> >>",
                    b"<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R] /Bounds [] /Encode [0 1] >>"),
            NAMED,
        ),
        "packed-three-times": (
            hand_made(CATALOG, PAGES, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
                      stream(bomb, filters)),
            BOMB - {READ},
        ),
        "arrays-in-arrays": (one_page(b"[" * 100_000 + text), NAMED | {"crashed"}),
        "objects-in-objects": (
            hand_made(b"<< /Type /Catalog /Pages 2 0 R /Odd %b 1 %b >>" % (b"[" * 50_000, b"]" * 50_000), PAGES),
            {"corrupt", "incomplete"},
        ),
        "saves-without-end": (one_page(b"q " * 200_000 + text), NAMED),
        "inline-picture-without-end": (one_page(text + b"BI /W 9999 /H 9999 /BPC 8 /CS /G ID " + b"x" * 99), NAMED),
        "string-of-megabytes": (one_page(text + b"BT /F1 1 Tf (" + b"A" * 3_000_000 + b") Tj ET"), BOMB),
        "number-of-digits": (one_page(text + b"9" * 100_000 + b" 0 0 1 0 0 cm"), NAMED),
        "picture-size-lies": (pictured(100_000, 100_000, b"/BitsPerComponent 8", b"x" * 99), BOMB - {READ}),
        "picture-of-giant-rows": (
            pictured(2_000_000_000, 1, b"/BitsPerComponent 1 /Filter /FlateDecode", zlib.compress(b"x")), BOMB - {READ},
        ),
        "predictor-of-giant-rows": (
            pictured(10, 10, b"/BitsPerComponent 8 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns "
                      b"2000000000 >>", zlib.compress(b"x" * 100)),
            BOMB - {READ},
        ),
        "damaged-jbig2": (pictured(850, 1100, b"/BitsPerComponent 1 /Filter /JBIG2Decode", b"\xff" * 999),
                          NAMED - {READ}),
        "damaged-jpx": (pictured(850, 1100, b"/Filter /JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 999),
                        NAMED - {READ}),
        "damaged-fax": (pictured(1728, 2200, b"/BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 "
                                  b"/Columns 1728 /Rows 2200 >>", b"\x5a" * 999), NAMED - {READ}),
        "unknown-filter": (pictured(850, 1100, b"/BitsPerComponent 8 /Filter /NoSuchDecode", b"x" * 999),
                           NAMED - {READ}),
        "html-before-it": (b"<html><script>alert(1)</script>\n" + letter(), {READ, "unsupported_type", "corrupt"}),
        "two-letters-joined": (letter() + letter(), NAMED),
        "only-a-mention": (b"%PDF-1.7 is how a PDF begins.\n" + " ".join(LETTER).encode(), {"corrupt", "incomplete"}),
    }  # fmt: skip
