"""The commands for what is kept of a case: ``case`` finds it, ``purge`` forgets what is finished and old."""

import getpass
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import AsOf, Data, Json
from pipeline.cli.opening import day_of, desk_in, make_folder, print_json
from pipeline.ending import Exit
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.desk import Desk
    from pipeline.desk.retention import Forgotten
    from pipeline.store import CaseFile


_AGE = re.compile(r"(\d{1,3})\s*(y|years?|m|months?)")


def case(
    words: Annotated[str, typer.Argument(metavar="CASE", help="Id of a case, task or letter, or words of its task.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Copy the files of its letters, packets and proofs there."),
    ] = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Print all that is kept of a case: tasks, letters, decisions, packets, what was sent and heard, remarks."""
    with desk_in(data, today=day_of(as_of)) as desk:
        from pipeline import store

        found = [kept for case_id in store.find_cases(words) if (kept := store.case_file(case_id)) is not None]
        if not found:
            raise UsageError(f"case {words[:80]}", why="nothing is kept of it", advice="denials tasks lists the queue.")
        if out is not None:
            _copy(desk, found, out)
    if as_json:
        print_json(found)
    else:
        for kept in found:
            _show(kept)
    return Exit.DONE


def _copy(desk: "Desk", found: Sequence["CaseFile"], out: Path) -> None:
    """Copy the files of cases: letters by their id, papers by their day and name, a later one of a name beside it."""
    make_folder(out, flag="--out")
    for document_id, name in {(one.document_id, one.file_name) for kept in found for one in kept.letters}:
        shutil.copyfile(desk.original(document_id), out / f"{document_id[:16]}{Path(name).suffix.lower()}")
    for one in (paper for kept in found for paper in kept.papers):
        name = f"{one.at:%Y-%m-%d}-{one.kind}-{one.digest[:8]}-{one.name}"
        shutil.copyfile(desk.paper(one.digest), out / name)


def purge(
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="AGE", help="As 7y or 84m: nothing happened for so long.")
    ] = None,
    cases: Annotated[
        list[str] | None,
        typer.Option("--case", metavar="ID", help="Only this case, of any age; may be repeated."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it. Without, only what would go is counted.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Forget finished cases for good: letters, files, packets, decisions, tasks; ids, hashes and the audit stay."""
    today = day_of(as_of)
    if (older_than is None) == (not cases):
        raise UsageError("the rule", why="one is needed, not none or both", advice="Say --older-than 7y, or --case ID.")
    before = _before(today, older_than) if older_than is not None else today
    with desk_in(data, today=today) as desk:
        found = desk.forget(before=before, case_ids=cases, dry_run=dry_run or not yes, by=getpass.getuser())
    if as_json:
        print_json(found)
    else:
        _count(found)
    if cases and not found.cases:
        print("None of these cases is there and finished; denials case ID shows what is kept of one.", file=sys.stderr)
    return Exit.NEEDS_A_PERSON if found.still_there else Exit.DONE


def _before(today: date, age: str) -> date:
    """The day so long ago; a year or a month of more days than are left of it ends with its last."""
    match = _AGE.fullmatch(age.strip().casefold())
    if match is None or int(match[1]) == 0:
        raise UsageError(f"--older-than {age}", why="it is no age", advice="Write it as 7y or 84m.")
    months = int(match[1]) * (12 if match[2].startswith("y") else 1)
    place = today.year * 12 + today.month - 1 - months
    year, month = divmod(place, 12)
    if year < 1:
        raise UsageError(f"--older-than {age}", why="it is no age", advice="Write it as 7y or 84m.")
    return date(year, month + 1, min(today.day, 28))


def _count(found: "Forgotten") -> None:
    from pipeline.cli.screen import clean

    verb = "Forgotten" if found.done else "Would be forgotten"
    print(f"{verb}: {found.cases} cases, {found.letters} letters, {found.documents} documents")
    print(f"  with {found.kept_bytes:,} bytes kept, {found.papers} files of packets and proofs,")
    print(f"  and {found.originals} files in inboxes")
    if not found.done:
        print("Nothing was changed; --yes does it. Backups that hold them are not touched.", file=sys.stderr)
    for path in found.still_there:
        print(f"{clean(path)}: this original could not be taken away; delete it yourself.", file=sys.stderr)


def _show(kept: "CaseFile") -> None:
    from pipeline.cli.screen import clean
    from pipeline.desk.papers import PROOF

    print(f"case {kept.case_id}")
    for task in kept.tasks:
        who = clean(task.member_name or "name unknown")
        print(f"  task     {task.task_id}  {task.action.value}  {task.state.value}  {who}, due {task.due or 'no day'}")
    for one in kept.letters:
        print(f"  letter   {one.dated or one.received}  {one.kind}  {clean(one.file_name)}  {one.letter_id}")
    for said in kept.decisions:
        print(f"  decision {said.at:%Y-%m-%d}  {said.field} {said.act.value} by {clean(said.by)}")
    for sent in kept.follow_ups:
        print(f"  {sent.act.value:8} {sent.day}  {clean(sent.number)} {clean(sent.proof)} by {clean(sent.by)}")
    for paper in kept.papers:
        print(
            f"  {'proof' if paper.kind == PROOF else 'packet':8} {paper.at:%Y-%m-%d}  {clean(paper.name)}, {paper.kind}"
        )
    for remark in kept.remarks:
        print(f"  {remark.kind:8} {remark.at:%Y-%m-%d}  {clean(remark.text)} by {clean(remark.by)}")
