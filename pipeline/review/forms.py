"""Payers' own forms as a team loads them: the fields are found, what goes into each is suggested, a person confirms."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import EXPLANATIONS, UsageError
from pipeline.knowledge.forms import FieldWords, Fit, PayerForm, load_form_labels
from pipeline.packing import FORMS
from pipeline.pictures import Drawer
from pipeline.sandbox.folders import locked_folder
from pipeline.values.drawing import WORDS
from pipeline.values.payer_form import FormField
from pipeline.values.text import Box

_NAME = re.compile(r"[^\w. -]+")
_TICK = "tick"
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedForm:
    """A form with its fields, each with what goes into it; ``holds``: confirmed for the PDF as it lies there."""

    form: PayerForm
    fields: tuple[FormField, ...]
    holds: bool

    @property
    def rows(self) -> tuple[tuple[FormField, FieldWords], ...]:
        """Fields that can be filled, with what goes into them."""
        mapped = self.form.fields
        return tuple((one, mapped[one.name]) for one in self.fields if one.name in mapped)


def forms_of(data: Path) -> tuple[LoadedForm, ...]:
    """The forms in the data folder. Raises ``UsageError`` naming one that is wrong."""
    from pipeline.output.payer_form import form_fields, load_forms

    return tuple(
        LoadedForm(form=kept.form, fields=form_fields(kept.data, file=kept.form.file), holds=kept.holds)
        for kept in load_forms(data / FORMS)
    )


def add_form(
    data: Path, file: str, content: bytes, *, payers: Sequence[str], tracks: Sequence[str], letters: Sequence[str],
    levels: Sequence[int], drawer: Drawer,
) -> LoadedForm:  # fmt: skip
    """Keep a form with suggestions for its fields; it is used once somebody confirms them.

    The words beside the fields are read by a child (``drawer``), as of any document of others.
    Raises ``UsageError`` where it is no fillable PDF, or nothing says whose it is and for which letters.
    """
    from pipeline.output.payer_form import PageWord, form_fields, suggested
    from pipeline.output.payer_form import add_form as keep

    name = _NAME.sub("-", Path(file).name).strip("-. ")
    name = name if name.casefold().endswith(".pdf") else f"{name}.pdf"
    name = f"{name[:-4][:80]}.pdf"
    if len(content) > _MOST_BYTES:
        raise UsageError(f"form {name}", why="it is too large", advice="A form has at most 20 MB.")
    fields = form_fields(content, file=name)
    with locked_folder(data / "tmp") as temp:
        path, into = temp / "form.pdf", temp / "words"
        path.write_bytes(content)
        into.mkdir(mode=0o700)
        problem = drawer.draw(path, into=into, turns=(), words=True)
        if problem is not None:
            message, advice = EXPLANATIONS[problem]
            raise UsageError(f"form {name}", why=message.rstrip(".").lower(), advice=advice)
        pages = json.loads((into / WORDS).read_text(encoding="utf-8"))
    words = [[PageWord(text, Box(*box)) for text, *box in page] for page in pages]
    raw = {
        "file": name, "sha256": hashlib.sha256(content).hexdigest(), "tracks": tuple(tracks),
        "payers": tuple(payer.casefold().strip() for payer in payers if payer.strip()),
        "fits": Fit(letters=tuple(letters), levels=tuple(levels)),
        "fields": suggested(fields, words, load_form_labels()),
    }  # fmt: skip
    try:
        form = PayerForm.model_validate(raw)
    except ValueError as problem:
        told = str(problem).split("Value error, ")[-1].split(" [type")[0]
        raise UsageError(f"form {name}", why=told, advice="Say --payer or --track, and --letter.") from None
    keep(data / FORMS, form, content)
    return LoadedForm(form=form, fields=fields, holds=False)


def confirm_form(data: Path, name: str, *, said: Mapping[str, str], by: str, on: date) -> LoadedForm:
    """A form's mapping as somebody looked it through.

    ``said`` changes what goes into fields by name: words with ``{names}``, ``tick`` with kinds of letters after it
    (``tick first_appeal expedited``), or nothing for a field that stays empty. Raises ``UsageError``.
    """
    from pipeline.output.payer_form import confirmed, form_fields, form_named, save_form

    kept = form_named(data / FORMS, name)
    if unknown := sorted(said.keys() - kept.form.fields.keys()):
        raise UsageError(
            f"field {unknown[0][:80]}", why="the form has none such", advice="`denials form show` has all."
        )
    try:
        fields = {key: _said(words, said[key]) if key in said else words for key, words in kept.form.fields.items()}
        form = confirmed(kept, fields, by=by, on=on)
    except ValueError:
        why = "braces hold one plain name"
        raise UsageError(f"form {name}", why=why, advice="docs/packet.md lists the names.") from None
    save_form(data / FORMS, form)
    return LoadedForm(form=form, fields=form_fields(kept.data, file=form.file), holds=True)


def remove_form(data: Path, name: str) -> None:
    """Take a form away. Raises ``UsageError`` where there is none such."""
    from pipeline.output.payer_form import form_named

    kept = form_named(data / FORMS, name)
    for path in (data / FORMS / f"{kept.form.name}.yaml", data / FORMS / kept.form.file):
        path.unlink(missing_ok=True)


def shown(words: FieldWords) -> str:
    """What goes into a field, as ``confirm_form`` takes it."""
    if words.tick is not None:
        return " ".join((_TICK, *words.tick.letters))
    return words.say


def _said(before: FieldWords, said: str) -> FieldWords:
    """What somebody said goes into a field. A tick that is said as it stands keeps its other conditions."""
    if said.strip() == shown(before):
        return before
    first, *letters = said.split() or [""]
    if first == _TICK:
        return FieldWords(label=before.label, tick=Fit(letters=tuple(letters)))
    return FieldWords(label=before.label, say=said.strip())
