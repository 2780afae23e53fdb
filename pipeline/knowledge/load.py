"""models/*.yaml -> frozen objects. Fails loudly, with the file and the entry."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.knowledge.entry import Entry, Strict

E = TypeVar("E", bound=Entry)
S = TypeVar("S", bound=Strict)
R = TypeVar("R")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_entries(place: str, kind: type[E]) -> tuple[E, ...]:
    """Every entry below ``models/<place>`` (a folder of YAML lists, or one file), in order of file name.

    Raises:
        UsageError: naming the file, and the entry where one is wrong or an id stands twice.
    """
    entries: list[E] = []
    seen: dict[str, str] = {}
    for file in _yaml_files(place):
        for number, raw in enumerate(_records(file), start=1):
            entry = _build(kind, raw, where=f"{place}/{file.name}, entry {number}")
            if entry.id in seen:
                raise UsageError(
                    f"knowledge entry {entry.id}",
                    why=f"it stands in {seen[entry.id]} and in {file.name}",
                    advice="Give each entry an id of its own.",
                )
            seen[entry.id] = file.name
            entries.append(entry)
    return tuple(entries)


def load_sorts(place: str, kind: type[E], into: Callable[..., R]) -> R:
    """The entries of ``models/<place>`` as the fields of the dataclass ``into``: each field is the entry of that id.

    Raises:
        UsageError: where a field has no entry, or an entry no field.
    """
    entries = {entry.id: entry for entry in load_entries(place, kind)}
    wanted = {field.name for field in fields(into)}  # type: ignore[arg-type]
    if wrong := sorted(wanted ^ entries.keys()):
        raise UsageError(
            f"knowledge in models/{place}",
            why=f"sorts missing or unknown: {', '.join(wrong)}",
            advice="Give it exactly one entry a sort.",
        )
    return into(**entries)


def load_record(place: str, kind: type[S]) -> S:
    """The one record of the file ``models/<place>``.

    Raises:
        UsageError: naming the file.
    """
    return _build(kind, yaml.load(_open(place), Loader=_Loader), where=place)  # noqa: S506 - a safe loader


def print_of_models() -> str:
    """A hash of every YAML file of ``models/``: of all that is known, without loading it."""
    digest = hashlib.sha256()
    folders = [files("models")]
    while folders:
        for place in sorted(folders.pop().iterdir(), key=lambda found: found.name):
            if place.is_dir():
                folders.append(place)
            elif place.name.endswith(".yaml"):
                digest.update(place.name.encode() + place.read_bytes())
    return digest.hexdigest()


def _yaml_files(place: str) -> Iterable[Traversable]:
    root = files("models").joinpath(place)
    if root.is_dir():
        return sorted((f for f in root.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return (root,)


def _open(place: str) -> str:
    return files("models").joinpath(place).read_text(encoding="utf-8")


def _records(file: Traversable) -> list[Any]:
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    if not isinstance(data, list):
        raise UsageError(f"knowledge file {file.name}", why="it is not a list", advice="Start each entry with '- id:'.")
    return data


def _build(kind: type[S], raw: Any, *, where: str) -> S:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        name = raw.get("id", "without an id") if isinstance(raw, dict) else "without an id"
        key = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"knowledge in models/{where} ({name})",
            why=f"{key or 'entry'}: {first['msg']}",
            advice="Mend the entry; models/README.md names the keys.",
        ) from None
