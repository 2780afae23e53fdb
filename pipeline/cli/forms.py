"""``denials form``: payers' own fillable forms, loaded once, their fields looked through by a person."""

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.flags import AsOf, Data
from pipeline.cli.opening import day_of, opened, readable
from pipeline.ending import Exit
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.review import LoadedForm
    from pipeline.settings import Settings

_ACTS = ("add", "list", "show", "confirm", "remove")


def form(
    act: Annotated[str, typer.Argument(metavar="add|list|show|confirm|remove", help="What to do.")],
    target: Annotated[str, typer.Argument(metavar="FILE|NAME", help="add: the PDF; else the name of a form.")] = "",
    payers: Annotated[
        list[str] | None, typer.Option("--payer", metavar="NAME", help="Part of the payer's name; may be repeated.")
    ] = None,
    tracks: Annotated[
        list[str] | None, typer.Option("--track", metavar="TRACK", help="For a kind of coverage: original_medicare.")
    ] = None,
    letters: Annotated[
        list[str] | None, typer.Option("--letter", metavar="KIND", help="For this kind of letter; may be repeated.")
    ] = None,
    levels: Annotated[
        list[int] | None, typer.Option("--level", metavar="N", help="For this level only; may be repeated.")
    ] = None,
    sets: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=WORDS", help="What goes into a field; nothing: empty.")
    ] = None,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Load a payer's fillable form, see what goes into its fields, confirm it; packets then have it on top."""
    today = day_of(as_of)
    if act not in _ACTS:
        raise UsageError(f"form {act}", why="there is no such act", advice=f"Choose one of {', '.join(_ACTS)}.")
    if not target and act != "list":
        needs = "Name the payer's fillable PDF." if act == "add" else "`denials form list` has the names."
        raise UsageError(f"form {act}", why="it does not say which form", advice=needs)
    settings = opened({}, data)
    from pipeline.review import confirm_form, remove_form

    match act:
        case "add":
            fits = {"payers": payers or (), "tracks": tracks or (), "letters": letters or (), "levels": levels or ()}
            return _load(target, fits, settings=settings)
        case "confirm":
            said = dict(_pair(one) for one in sets or ())
            _show(confirm_form(settings.data, target, said=said, by=getpass.getuser(), on=today))
        case "remove":
            remove_form(settings.data, target)
        case "show":
            return _show_one(target, settings=settings)
        case _:
            return _list(settings=settings)
    return Exit.DONE


def _load(target: str, fits: Mapping[str, Any], *, settings: "Settings") -> int:
    from pipeline.review import add_form
    from pipeline.sandbox import Sandbox

    path = readable(Path(target), what="form", advice="Name the payer's fillable PDF.")
    with Sandbox(limits=settings.limits, temp=settings.data / "tmp", jobs=1, entry="pipeline.viewing") as drawer:
        _show(add_form(settings.data, path.name, path.read_bytes(), drawer=drawer, **fits))
    return Exit.NEEDS_A_PERSON


def _show_one(name: str, *, settings: "Settings") -> int:
    from pipeline.review import forms_of

    found = next((one for one in forms_of(settings.data) if one.form.name == name), None)
    if found is None:
        raise UsageError(f"form {name}", why="it is not there", advice="`denials form list` has the names.")
    _show(found)
    return Exit.DONE if found.holds else Exit.NEEDS_A_PERSON


def _list(*, settings: "Settings") -> int:
    from pipeline.review import forms_of

    known = forms_of(settings.data)
    if not known:
        print("No form is loaded: denials form add FILE loads one.")
    for one in known:
        print(f"{one.form.name:32} {_whose(one):40} {_state(one)}")
    return Exit.DONE if all(one.holds for one in known) else Exit.NEEDS_A_PERSON


def _pair(one: str) -> tuple[str, str]:
    field, equals, words = one.partition("=")
    if not equals:
        raise UsageError(f"--set {one}", why="it is no pair", advice="Write it as --set 'Phone={practice_phone}'.")
    return field.strip(), words


def _whose(loaded: "LoadedForm") -> str:
    fits = loaded.form.fits
    levels = [f"level {level}" for level in fits.levels]
    return ", ".join([*loaded.form.payers, *loaded.form.tracks, *fits.letters, *levels])


def _state(loaded: "LoadedForm") -> str:
    if loaded.holds:
        return f"confirmed by {loaded.form.confirmed_by}, {loaded.form.confirmed_on}"
    return "not confirmed: packets do not have it"


def _show(loaded: "LoadedForm") -> None:
    from pipeline.cli.screen import clean
    from pipeline.review import shown

    print(f"{clean(loaded.form.name)}: {clean(_whose(loaded))}; {_state(loaded)}")
    for field, words in loaded.rows:
        said = shown(words) or ("one of the form's own" if words.choose else "(stays empty)")
        demanded = ", demanded" if field.required else ""
        print(f"  page {field.page}  {clean(field.name)[:32]:32} {clean(words.label)[:40]:40} {said}{demanded}")
    others = [f for f in loaded.fields if f.name not in loaded.form.fields and not f.read_only]
    for field in others:
        print(f"  page {field.page}  {clean(field.name)[:32]:32} ({field.kind.value}; filled by hand)")
