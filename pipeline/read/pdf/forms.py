"""What a PDF shows over its pages - form fields, typed notes, stamps - drawn on the pages, where readers find it."""

from collections.abc import Iterator

import pikepdf

from pipeline.errors import DocumentError, ProblemCode

_SHOWN = frozenset({"/FreeText", "/Stamp", "/Widget", "/Redact"})
"""Annotations that a person reads as part of the page; the rest are links, marks, and notes that open in a window."""
_SIZE, _LEADING = 10.0, 1.2
_WIDE = 0.5
"""A letter's width over its size, on the large side, for wrapping a note that comes without a drawing of itself."""


def needs_drawing(pdf: pikepdf.Pdf) -> bool:
    """Whether there is something over the pages.

    Raises ``DocumentError``: unreadable, for a form that only one program can draw (dynamic XFA): its pages say "Please
    wait" and nothing of the letter.
    """
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        dynamic = bool(pdf.Root.get("/NeedsRendering", False))
        if dynamic or len(form.get("/Fields", [])) == 0:
            raise DocumentError(ProblemCode.UNREADABLE)
    return any(True for _ in _over(pdf))


def draw_over(pdf: pikepdf.Pdf) -> None:
    """Draws form values and notes on the pages, those that are not hidden; one without a drawing of its own gets one.

    What is drawn stays as drawn, whatever value the field holds: that is what a person sees.
    """
    pdf.generate_appearance_streams()  # does so only where the form says that its drawings are out of date
    for annotation in _over(pdf):
        if not _has_drawing(annotation):
            _give_drawing(pdf, annotation)
    pdf.flatten_annotations("screen")


def _over(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(annotation, pikepdf.Dictionary) and str(annotation.get("/Subtype", "")) in _SHOWN:
                yield annotation


def _has_drawing(annotation: pikepdf.Object) -> bool:
    return isinstance(annotation.get("/AP"), pikepdf.Dictionary) and "/N" in annotation.AP


def _give_drawing(pdf: pikepdf.Pdf, annotation: pikepdf.Object) -> None:
    value = _text_of(annotation)
    box = annotation.get("/Rect")
    if not value or not isinstance(box, pikepdf.Array) or len(box) != 4:
        return
    x0, y0, x1, y1 = (float(v) for v in box)
    width, height = abs(x1 - x0), abs(y1 - y0)
    size = max(4.0, min(_SIZE, height * 0.8))
    lines = [part for line in value.splitlines() for part in _wrapped(line, int(width / (size * _WIDE)) or 1)]
    shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
    top = height - size if len(lines) > 1 else (height - size) / 2 + size * 0.2
    body = b"/Tx BMC q BT /F %.2f Tf %.2f TL 0 g 2 %.2f Td " % (size, size * _LEADING, top) + shown + b" ET Q EMC"
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    drawing = pdf.make_stream(
        body,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, width, height]),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
    )
    annotation.AP = pikepdf.Dictionary(N=drawing)


def _text_of(annotation: pikepdf.Object) -> str:
    """The value of a text or choice field, which it may have from the field above it, or the words of a note."""
    if str(annotation.Subtype) != "/Widget":
        return _string(annotation.get("/Contents"))
    field: pikepdf.Object | None = annotation
    kind, value = "", ""
    for _ in range(_DEEPEST):
        if not isinstance(field, pikepdf.Dictionary):
            break
        kind = kind or str(field.get("/FT", ""))
        value = value or _string(field.get("/V"))
        field = field.get("/Parent")
    return value if kind in ("/Tx", "/Ch") else ""


_DEEPEST = 16


def _string(found: object) -> str:
    return str(found) if isinstance(found, pikepdf.String) else ""


def _wrapped(line: str, most: int) -> Iterator[str]:
    """The line cut at spaces into pieces of at most ``most`` characters; a longer word stays whole."""
    piece = ""
    for word in line.split():
        if piece and len(piece) + 1 + len(word) > most:
            yield piece
            piece = word
        else:
            piece = f"{piece} {word}" if piece else word
    yield piece


def _escaped(line: str) -> bytes:
    plain = line.encode("cp1252", errors="replace")
    return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
