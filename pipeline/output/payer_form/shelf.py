"""The forms of a team, in ``<data>/forms``: a PDF each, and beside it the mapping of its fields as YAML."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.knowledge.forms import FieldWords, Fit, PayerForm
from pipeline.knowledge.letters import load_letters, names_in
from pipeline.output.packet.conditions import is_condition
from pipeline.output.packet.fields import NAMES

_SHOWN = "docs/packet.md shows one."
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it is kept: its mapping, and the bytes of its PDF."""

    form: PayerForm
    data: bytes

    @property
    def holds(self) -> bool:
        """Whether somebody looked the mapping through, and for these bytes of the PDF."""
        return self.form.confirmed_by is not None and hashlib.sha256(self.data).hexdigest() == self.form.sha256


def load_forms(folder: Path) -> tuple[Kept, ...]:
    """The forms of a team by name; none where it loaded none. Raises ``UsageError`` naming what is wrong."""
    return tuple(_kept(path, folder) for path in sorted(folder.glob("*.yaml"))) if folder.is_dir() else ()


def form_named(folder: Path, name: str) -> Kept:
    """One form. Raises ``UsageError``."""
    found = next((kept for kept in load_forms(folder) if kept.form.name == name), None)
    if found is None:
        raise UsageError(f"form {name[:80]}", why="it is not there", advice="`denials forms` lists them.")
    return found


def _kept(path: Path, folder: Path) -> Kept:
    try:
        form = PayerForm.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        data = (folder / form.file).read_bytes()
    except FileNotFoundError:
        raise UsageError(f"form {path.name}", why="its PDF is not there", advice="Load it anew.") from None
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        why = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise UsageError(f"form {path.name}", why=why, advice=_SHOWN) from None
    except (OSError, ValueError, yaml.YAMLError):
        raise UsageError(f"form {path.name}", why="it cannot be read", advice=_SHOWN) from None
    check(form)
    return Kept(form, data)


def check(form: PayerForm) -> None:
    """Raises ``UsageError`` where a mapping has a name, a letter or a condition that there is none of."""
    kinds = {template.id.removeprefix("letter.") for template in load_letters().templates}
    fits = [form.fits, *(fit for words in form.fields.values() for fit in _fits(words))]
    unknown = [
        *(f"nothing fills {{{n}}}" for words in form.fields.values() for n in names_in(words.say) if n not in NAMES),
        *(f"there is no letter {kind}" for fit in fits for kind in fit.letters if kind not in kinds),
        *(f"there is no condition {n}" for fit in fits for n in (*fit.when, *fit.unless) if not is_condition(n)),
    ]
    if unknown:
        raise UsageError(f"form {form.name}", why=unknown[0], advice="docs/packet.md lists names, letters, conditions.")


def _fits(words: FieldWords) -> Sequence[Fit]:
    return [*([words.tick] if words.tick is not None else []), *words.choose.values()]


def add_form(folder: Path, form: PayerForm, data: bytes) -> None:
    """Keep a form with its mapping; one of the same name is written over. Raises ``UsageError``."""
    if len(data) > _MOST_BYTES:
        raise UsageError(f"form {form.file}", why="it is too large", advice="A form has at most 20 MB.")
    check(form)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / form.file, data)
        save_form(folder, form)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise UsageError(f"form {form.file}", why=why, advice="The data folder must be writable.") from None


def save_form(folder: Path, form: PayerForm) -> None:
    """Keep a mapping. Raises ``UsageError`` where it names what there is not."""
    check(form)
    told = form.model_dump(mode="json", exclude_defaults=True)
    words = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
    _write(folder / f"{form.name}.yaml", words.encode())


def confirmed(kept: Kept, fields: dict[str, FieldWords], *, by: str, on: date) -> PayerForm:
    """The mapping as somebody looked it through: it holds from now on, for the PDF as it lies there."""
    now = {"sha256": hashlib.sha256(kept.data).hexdigest(), "confirmed_by": by, "confirmed_on": on, "fields": fields}
    return PayerForm.model_validate(kept.form.model_dump() | now)


def _write(path: Path, data: bytes) -> None:
    """Beside it first, then renamed: nobody ever reads half a file."""
    beside = path.with_name(f".{path.name}.new")
    beside.touch(mode=0o600)
    with beside.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
