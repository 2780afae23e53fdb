"""The fields of a fillable PDF, each with its place on the page as displayed."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf.form import Form, MultipleFieldProxy

from pipeline.errors import UsageError
from pipeline.values.payer_form import FieldKind, FormField
from pipeline.values.text import Box

_REQUIRED, _READ_ONLY = 2, 1
"""Bits of ``/Ff`` (ISO 32000-1, 12.7.3.1)."""
_MOST_FIELDS = 2000
_ADVICE = "Is it the payer's fillable PDF, with fields that can be clicked into?"


def opened(data: bytes, file: str) -> pikepdf.Pdf:
    """The form, ready to be filled. Raises ``UsageError`` where it is no PDF with fields that stand on its pages."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise UsageError(f"form {file}", why="it needs a password", advice="Load a copy without one.") from None
    except pikepdf.PdfError:
        raise UsageError(f"form {file}", why="it is no sound PDF", advice=_ADVICE) from None
    if not pdf.acroform.exists or not pdf.acroform.fields:
        pdf.close()
        why = "it has no fields" if "/XFA" not in pdf.Root.get("/AcroForm", {}) else "its fields are of the XFA kind"
        raise UsageError(f"form {file}", why=why, advice=_ADVICE)
    return pdf


def form_fields(data: bytes, *, file: str) -> tuple[FormField, ...]:
    """The fields in the order of the pages, each once. Raises ``UsageError`` where it is no fillable PDF."""
    with opened(data, file) as pdf:
        found: dict[str, FormField] = {}
        form = Form(pdf)
        for number, page in enumerate(pdf.pages, start=1):
            for annotation in pdf.acroform.get_widget_annotations_for_page(page):
                name = pdf.acroform.get_field_for_annotation(annotation).fully_qualified_name
                kind = _kind(form, name)
                if not name or kind is None or name in found or len(found) >= _MOST_FIELDS:
                    continue
                found[name] = _field(form[name], name, kind, page=number, box=_box(annotation, page))
        return tuple(sorted(found.values(), key=lambda one: (one.page, round(one.box.top / 4), one.box.x0)))


def every_of(field: Any) -> tuple[Any, ...]:
    """All fields of one name: the same one in several places."""
    return tuple(field) if isinstance(field, MultipleFieldProxy) else (field,)


def kind_of(field: Any) -> FieldKind | None:
    """What a person does with a field; None for a push button."""
    plain = every_of(field)[0]
    if plain.is_text:
        return FieldKind.TEXT
    if plain.is_checkbox:
        return FieldKind.BOX
    if plain.is_radio_button or plain.is_choice:
        return FieldKind.CHOICE
    return FieldKind.SIGNATURE if plain.field_type == pikepdf.Name.Sig else None


def _kind(form: Form, name: str) -> FieldKind | None:
    try:
        return kind_of(form[name])
    except (KeyError, RuntimeError):  # a field without a type
        return None


def _field(field: Any, name: str, kind: FieldKind, *, page: int, box: Box) -> FormField:
    plain = every_of(field)[0]
    tooltip = plain.alternate_name
    return FormField(
        name=name, kind=kind, page=page, box=box, tooltip=tooltip if tooltip != name else "",
        options=tuple(_options(field, plain)) if kind is FieldKind.CHOICE else (),
        required=bool(plain.flags & _REQUIRED), read_only=bool(plain.flags & _READ_ONLY),
        most=plain.max_length if kind is FieldKind.TEXT else None,
    )  # fmt: skip


def _options(field: Any, plain: Any) -> Iterator[str]:
    if plain.is_radio_button:
        yield from dict.fromkeys(str(state).removeprefix("/") for one in every_of(field) for state in one.states)
        return
    yield from (str(option.export_value) for option in plain.options)


def _box(annotation: pikepdf.Annotation, page: pikepdf.Page) -> Box:
    """The rectangle of a field on the page as displayed: cut to the crop box, turned upright, from the top left."""
    left, low, right, high = (float(v) for v in page.cropbox)
    x0, y0, x1, y1 = (float(v) for v in annotation.obj.Rect)
    x0, x1, y0, y1 = min(x0, x1) - left, max(x0, x1) - left, min(y0, y1) - low, max(y0, y1) - low
    wide, tall = right - left, high - low
    turn = int(page.obj.get("/Rotate", 0)) % 360
    if turn == 90:
        return Box(y0, x0, y1, x1)
    if turn == 180:
        return Box(wide - x1, y0, wide - x0, y1)
    if turn == 270:
        return Box(tall - y1, wide - x1, tall - y0, wide - x0)
    return Box(x0, tall - y1, x1, tall - y0)
