"""A form filled with what the case says and nothing else; what nothing says stays empty and is told.

Values are those that letters are written from, each with its source, so that they are audited with the letter.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf.form import Form

from pipeline.errors import UsageError
from pipeline.knowledge.forms import FieldWords, Fit, PayerForm
from pipeline.knowledge.letters import names_in
from pipeline.output.packet.conditions import holds
from pipeline.output.packet.draft import in_words
from pipeline.output.packet.fields import fields_of
from pipeline.output.packet.items import Brief, Item
from pipeline.output.packet.parts import Parts, as_in_a_field
from pipeline.output.payer_form.drawing import Writing, drawings, size_of
from pipeline.output.payer_form.fields import every_of, form_fields, opened
from pipeline.output.payer_form.shelf import Kept
from pipeline.values.packet import Block, Draft, Matter, Part, Sentence, Shape
from pipeline.values.payer_form import FieldKind, FilledForm, FormField

_MULTILINE, _COMB = 1 << 12, 1 << 24
"""Bits of ``/Ff`` of a text field (ISO 32000-1, 12.7.4.3)."""
_SIZE = re.compile(rb"(\d+(?:\.\d+)?)\s+Tf")
_NOT_DIGITS = re.compile(r"[\s().,/$-]+")
_TICKED: Parts = (Part(text="ticked"),)


def form_for(kind: str, matter: Matter, forms: tuple[Kept, ...], brief: Brief) -> Kept | None:
    """The form of this payer, or of its kind of coverage, for this kind of letter and level; one of the payer first."""
    payer = matter.letter.payer.value if matter.letter is not None and matter.letter.payer is not None else matter.payer
    plain = (payer or "").casefold()
    track = matter.task.track if matter.task is not None else ""
    fit = [one for one in forms if fits(one.form.fits, kind, brief)]
    fit = [one for one in fit if not one.form.tracks or track in one.form.tracks]
    own = [one for one in fit if any(name.casefold() in plain for name in one.form.payers)]
    return next(iter(own or [one for one in fit if not one.form.payers]), None)


def fits(fit: Fit, kind: str, brief: Brief) -> bool:
    """Whether something holds for this kind of letter, level and case."""
    task = brief.matter.task
    return (
        (not fit.letters or kind in fit.letters)
        and (not fit.levels or (task is not None and task.level in fit.levels))
        and all(holds(name, brief) for name in fit.when)
        and not any(holds(name, brief) for name in fit.unless)
    )


def fill_form(form: PayerForm, data: bytes, draft: Draft, brief: Brief) -> FilledForm:
    """The form with what is known written in, as plain pages and as one that can still be filled.

    The same case gives the same bytes. Scripts, signatures and XFA of the form are left out. Raises ``UsageError``
    where it is no fillable PDF, or has no field of a name that the mapping has.
    """
    known = {one.name: one for one in form_fields(data, file=form.file)}
    if missing := sorted(form.fields.keys() - known.keys()):
        why = f"it has no field {missing[0]}"
        raise UsageError(f"form {form.file}", why=why, advice="Mend its mapping, or load it anew.")
    wanted = dict(_wanted(form, draft, brief, known))
    with opened(data, form.file) as pdf:
        _tame(pdf)
        work = _Work(pdf=pdf, form=Form(pdf))
        written = {name: parts for name, parts in wanted.items() if work.write(name, known[name], parts)}
        work.draw()
        whole = _saved(pdf)
        pdf.flatten_annotations("print")
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
        flat = _saved(pdf)
    empty = [one for name, one in known.items() if name not in written and _is_to_fill(one)]
    return FilledForm(
        name=form.name, flat=flat, open=whole, block=_block(form, written),
        empty=tuple(dict.fromkeys(_called(form, one) for one in empty)),
        required=tuple(dict.fromkeys(_called(form, one) for one in empty if one.required)),
        too_long=tuple(_called(form, known[name]) for name in wanted if name not in written),
        signatures=sum(one.kind is FieldKind.SIGNATURE for one in known.values()),
    )  # fmt: skip


def with_form(draft: Draft, made: FilledForm) -> Draft:
    """The draft with the form: its values are audited with it, and what is open in it is open in the packet."""
    gaps = tuple(f"the payer's form demands: {label}" for label in made.required)
    gaps += tuple(f"too long for the payer's form, write it in by hand: {label}" for label in made.too_long)
    left = [label for label in made.empty if label not in made.required and label not in made.too_long]
    notes = [f"Left empty in the payer's form, for nothing says it: {'; '.join(left)}."] if left else []
    if made.signatures:
        notes.append("The payer's form has a place for a signature.")
    return replace(draft, form_values=made.block, gaps=(*draft.gaps, *gaps), notes=(*draft.notes, *notes))


def _wanted(
    form: PayerForm, draft: Draft, brief: Brief, known: Mapping[str, FormField]
) -> Iterator[tuple[str, Parts]]:  # fmt: skip
    """What the case says for each field; a field for which it says nothing is left out."""
    scope = {name: as_in_a_field(parts) for name, parts in fields_of(brief.matter).items()}
    for name, words in form.fields.items():
        if not known[name].read_only and (parts := _said(words, scope, draft.kind, brief)):
            yield name, parts


def _said(words: FieldWords, scope: Item, kind: str, brief: Brief) -> Parts:
    if words.say:
        return tuple(in_words(words.say, scope)) if all(name in scope for name in names_in(words.say)) else ()
    if words.tick is not None:
        return _TICKED if fits(words.tick, kind, brief) else ()
    fit = [option for option, when in words.choose.items() if fits(when, kind, brief)]
    return (Part(text=fit[0]),) if len(fit) == 1 else ()


def _is_to_fill(one: FormField) -> bool:
    return one.kind in (FieldKind.TEXT, FieldKind.CHOICE) and not one.read_only


def _called(form: PayerForm, one: FormField) -> str:
    words = form.fields.get(one.name)
    return (words.label if words is not None else "") or one.tooltip or one.name


def _block(form: PayerForm, written: Mapping[str, Parts]) -> Block:
    said = tuple(Sentence(parts=parts, label=form.fields[name].label or name) for name, parts in written.items())
    return Block(name="payer_form", shape=Shape.PAIRS, heading=form.name, sentences=said)


def _tame(pdf: pikepdf.Pdf) -> None:
    """Takes out what acts by itself, what a change breaks, and a second description of the form beside its fields."""
    for key in ("/OpenAction", "/AA", "/Perms", "/JavaScript"):
        if key in pdf.Root:
            del pdf.Root[key]
    if "/Names" in pdf.Root and "/JavaScript" in pdf.Root.Names:
        del pdf.Root.Names["/JavaScript"]
    for key in ("/XFA", "/SigFlags", "/CO"):
        if key in pdf.Root.AcroForm:
            del pdf.Root.AcroForm[key]
    pdf.Root.AcroForm.NeedAppearances = False
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/AA" in one and ("/FT" in one or "/Subtype" in one):
            del one["/AA"]


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


@dataclass(slots=True, kw_only=True)
class _Work:
    """A form that is being filled: values are set field by field, their drawings all at once."""

    pdf: pikepdf.Pdf
    form: Form
    spoken: list[pikepdf.Object] = field(default_factory=list)
    """Places that showed a value before."""
    drawn: list[tuple[pikepdf.Object, Writing]] = field(default_factory=list)

    def write(self, name: str, known: FormField, parts: Parts) -> bool:
        """Puts a value in. False where it does not fit, or is none of the choices: then nothing is written."""
        text = "".join(part.text for part in parts)
        if known.kind is FieldKind.BOX:
            return self._tick(name)
        if known.kind is FieldKind.CHOICE:
            return self._choose(name, known, text)
        return known.kind is FieldKind.TEXT and self._text(name, known, text)

    def draw(self) -> None:
        """Gives every field that was written into a drawing of its value."""
        if not self.drawn:
            return
        with pikepdf.open(io.BytesIO(drawings([writing for _, writing in self.drawn]))) as made:
            for (annotation, writing), page in zip(self.drawn, made.pages, strict=True):
                shown = self.pdf.copy_foreign(page.as_form_xobject())
                shown.Matrix = _turned(annotation, writing)
                self._over_its_box(annotation, shown)
                annotation.AP = pikepdf.Dictionary(N=shown)

    def _over_its_box(self, annotation: pikepdf.Object, shown: pikepdf.Object) -> None:
        """Draws the value over the empty field as its maker drew it: its border and ground."""
        look = annotation.get("/AP")
        empty = look.get("/N") if isinstance(look, pikepdf.Dictionary) else None
        if isinstance(empty, pikepdf.Stream) and _turn(annotation) == 0 and annotation not in self.spoken:
            shown.Resources.XObject = pikepdf.Dictionary(Empty=empty)
            shown.write(b"q /Empty Do Q\n" + shown.read_bytes())

    def _tick(self, name: str) -> bool:
        for one in every_of(self.form[name]):
            states = [state for state in one.obj.get("/AP", {}).get("/N", {}) if state != "/Off"]
            if len(states) != 1:
                return False
            one.checked = True
        return True

    def _choose(self, name: str, known: FormField, text: str) -> bool:
        if text not in known.options:
            return False
        fields = every_of(self.form[name])
        if fields[0].is_radio_button:
            for one in fields:
                if f"/{text}" in [str(state) for state in one.states]:
                    one.value = pikepdf.Name(f"/{text}")
            return True
        return all(self._put(one, text) for one in fields)

    def _text(self, name: str, known: FormField, text: str) -> bool:
        fields = every_of(self.form[name])
        ways = (text, _NOT_DIGITS.sub("", text)) if _NOT_DIGITS.sub("", text).isdigit() else (text,)
        fit = next((way for way in ways if known.most is None or len(way) <= known.most), None)
        return fit is not None and all(self._put(one, fit) for one in fields)

    def _put(self, one: Any, text: str) -> bool:
        """Sets a value, and notes how each place of the field is to show it."""
        places = list(self.pdf.acroform.get_annotations_for_field(one._field))
        writings = [_writing(place.obj, one, text) for place in places]
        if any(size_of(writing) is None for writing in writings):
            return False
        if one._field.value_as_string:
            self.spoken.extend(place.obj for place in places)
        one._field.set_value(text, False)
        self.drawn.extend((place.obj, writing) for place, writing in zip(places, writings, strict=True))
        return True


def _writing(annotation: pikepdf.Object, one: Any, text: str) -> Writing:
    x0, y0, x1, y1 = (float(v) for v in annotation.Rect)
    width, height = abs(x1 - x0), abs(y1 - y0)
    size = _SIZE.search(one.default_appearance or b"")
    flags, most = int(one.flags), one.max_length if one.is_text else None
    return Writing(
        text=text, size=float(size[1]) if size else 0.0, align=int(one.quadding or 0),
        cells=most if most and flags & _COMB and one.is_text else 0,
        lines=one.is_text and bool(flags & _MULTILINE),
        width=height if _turn(annotation) in (90, 270) else width,
        height=width if _turn(annotation) in (90, 270) else height,
    )  # fmt: skip


def _turn(annotation: pikepdf.Object) -> int:
    look = annotation.get("/MK")
    return int(look.get("/R", 0)) % 360 if isinstance(look, pikepdf.Dictionary) else 0


def _turned(annotation: pikepdf.Object, writing: Writing) -> pikepdf.Array:
    """The matrix that turns a drawing as the form turns the field (ISO 32000-1, 12.5.6.19)."""
    wide, tall = writing.width, writing.height
    by = {
        0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, tall, 0), 180: (-1, 0, 0, -1, wide, tall), 270: (0, -1, 1, 0, 0, wide),
    }  # fmt: skip
    return pikepdf.Array(by.get(_turn(annotation), by[0]))
