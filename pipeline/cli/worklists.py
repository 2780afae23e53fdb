"""``denials worklist``: one of our own lists of patients, claims and amounts comes in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import AsOf, Data, Json
from pipeline.cli.opening import day_of, desk_in, print_json, readable
from pipeline.ending import Exit
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.values.worklist import ListReport


def worklist(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file or a workbook (XLSX).")],
    maps: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Read this field from that column; may be repeated."),
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="Sheet of a workbook.")] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Keep it apart from other lists of these columns.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show how the columns would be read.")] = False,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Read a list of patients, claims and amounts; tasks get amounts, payer ids and patient folders from it."""
    said = dict(_pair(one) for one in maps or ())
    content = readable(file, what="worklist", advice="Name a CSV file or a workbook (XLSX).").read_bytes()
    with desk_in(data, today=day_of(as_of)) as desk:
        found = desk.read_worklist(content, said=said, sheet=sheet, name=name, keep=not dry_run)
    if as_json:
        print_json(found)
    else:
        _show(found)
    return Exit.DONE if found.usable else Exit.NEEDS_A_PERSON


def _pair(one: str) -> tuple[str, str]:
    field, equals, column = one.partition("=")
    if not equals or not column.strip():
        raise UsageError(f"--map {one}", why="it is no pair", advice="Write it as --map member_id='Policy #'.")
    return field.strip(), column.strip()


def _show(found: "ListReport") -> None:
    from pipeline.cli.screen import clean

    for field, heading in found.columns.items():
        print(f"{field:16} {clean(heading)}")
    for heading in found.unread:
        print(f"{'(not read)':16} {clean(heading)}")
    for field, count in found.odd.items():
        print(f"{count} cells of {field} are no day or amount and were left out")
    print(f"{found.usable} of {found.rows} rows name a claim and a person and can be tied to letters")
    if found.saved:
        print(f"Kept as {clean(found.name)}; {found.cases} cases with work to do were worked out anew.")
