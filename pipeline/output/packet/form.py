"""The payer's own form, filled and flattened, where a team has loaded one (docs/packet.md).

``<data>/forms/forms.yaml`` names the PDF files beside it, for which payers and letters each is, and which field takes
which name of the templates. What nothing says stays empty, for a person to fill.
"""

import io
from pathlib import Path
from typing import Any

import pikepdf
import yaml
from pikepdf.form import DefaultAppearanceStreamGenerator, Form
from pydantic import Field, ValidationError

from pipeline.errors import UsageError
from pipeline.knowledge.entry import Strict
from pipeline.knowledge.letters import names_in
from pipeline.output.packet.fields import NAMES, fields_of
from pipeline.values.packet import Draft, Matter

FORMS = "forms.yaml"


class PayerForm(Strict):
    """A form: its file, whose it is (names of payers in small letters), for which letters, and its fields."""

    file: str = Field(pattern=r"^[\w. -]+\.pdf$")
    payers: tuple[str, ...] = Field(min_length=1)
    letters: tuple[str, ...] = Field(min_length=1)
    fields: dict[str, str] = Field(min_length=1)


def load_forms(folder: Path) -> tuple[PayerForm, ...]:
    """The forms of a team; none where it loaded none. Raises ``UsageError`` naming what is wrong."""
    path = folder / FORMS
    if not path.is_file():
        return ()
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        forms = tuple(PayerForm.model_validate(entry) for entry in raw)
        unknown = {n for form in forms for words in form.fields.values() for n in names_in(words)} - NAMES
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError, ValueError, TypeError):
        raise UsageError(f"forms {path}", why="it cannot be read", advice="docs/packet.md shows one.") from None
    if unknown:
        why = f"nothing fills {{{min(unknown)}}}"
        raise UsageError(f"forms {path}", why=why, advice="docs/packet.md lists the names.")
    return forms


def form_for(draft: Draft, matter: Matter, forms: tuple[PayerForm, ...]) -> PayerForm | None:
    """The form of this payer for this letter; None where none was loaded."""
    payer = matter.letter.payer.value if matter.letter is not None and matter.letter.payer is not None else matter.payer
    plain = (payer or "").casefold()
    return next((f for f in forms if draft.kind in f.letters and any(name in plain for name in f.payers)), None)


def filled(form: PayerForm, matter: Matter, *, folder: Path) -> bytes:
    """The form's pages with what is known written in, as plain pages. Raises ``UsageError`` where it is none such."""
    said = {name: "".join(part.text for part in parts) for name, parts in fields_of(matter).items()}
    try:
        with pikepdf.open(folder / form.file) as pdf:
            fields: Any = Form(pdf, DefaultAppearanceStreamGenerator)
            for name, words in form.fields.items():
                if all(n in said for n in names_in(words)):
                    fields[name].value = words.format_map(said)
            pdf.flatten_annotations()
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except KeyError as error:
        raise UsageError(f"form {form.file}", why=f"it has no field {error}", advice="Mend forms.yaml.") from None
    except (pikepdf.PdfError, OSError, AttributeError):
        raise UsageError(f"form {form.file}", why="it cannot be filled", advice="Is it a PDF with fields?") from None
