"""A task becomes a packet: its letters, its patient's chart and our names are laid before ``output.packet``.

>>> def send(desk, drawer, task_id, folder):
...     with_exhibits = pack(desk, task_id, out=folder, drawer=drawer, charts=Path("charts"))
...     return with_exhibits.ready, with_exhibits.files

Nothing is sent and no state changes: sending is a person's act. Documents are opened by children alone (``drawer``).
``output`` is imported where it is used: it brings pandas and reportlab, which a batch has no need of.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import store
from pipeline.desk import Desk
from pipeline.errors import DenialsError, UsageError
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.knowledge.letters import load_letters
from pipeline.knowledge.policies import load_policies
from pipeline.pictures import Drawer
from pipeline.sandbox.folders import locked_folder
from pipeline.values.chart import Chart, OnFile
from pipeline.values.drawing import SIZES, WORDS
from pipeline.values.letter import Letter, PageSummary
from pipeline.values.packet import Draft, Exhibit, Matter, Packed, Sheet
from pipeline.values.payer_form import FilledForm
from pipeline.values.task import Task
from pipeline.values.text import Method

__all__ = ["FORMS", "matter_of", "pack", "pack_request"]

FORMS = "forms"
"""Payers' own forms lie in this folder of the data folder."""
_REQUEST = "prior_authorization"
_DATA = ".json"
_LONGEST_LINE = 200
"""A line of a letter that is repeated on the cover has at most so many signs."""


def pack(
    desk: Desk, task_id: str, *, out: Path, drawer: Drawer, charts: Path | None = None, kind: str | None = None
) -> Packed:
    """Write the packet of a task into the folder ``out`` (made if missing): letter, evidence, exhibits, sources.

    Args:
        desk: an open desk; nothing in it changes.
        task_id: the task.
        out: the folder of the files; those of an earlier packet of the task are written over.
        drawer: draws the pages of documents in children; a ``Sandbox`` over ``pipeline.viewing``.
        charts: the folder of the patients' folders; without it documents of the chart cannot be enclosed, and are gaps.
        kind: a kind of letter (``second_level``); that of the task's action where None.

    Raises:
        UsageError: there is no such task, nothing is written to a payer for it, or ``out`` cannot be written to.
    """
    matter = matter_of(desk, task_id)
    folder = charts / matter.on_file.folder.name if charts is not None and matter.on_file is not None else None
    changed = folder is not None and charts is not None and folder.name in desk.working.shelf.changed(charts)
    with locked_folder(desk.data / "tmp") as temp:
        shelf = _Shelf(folder=folder, original=desk.original, drawer=drawer, temp=temp, known=_pages_of(matter))
        draft, matter = _drafted(matter, shelf, desk.working.knowledge, kind)
        draft, form = _with_form(_with_words(draft, matter), matter, desk.data / FORMS)
        if changed:
            again = "the patient's folder changed since it was read: run the batch again, then make the packet"
            draft = replace(draft, gaps=(*draft.gaps, again))
        return _written(draft, matter, shelf, out=out, name=task_id, form=form)


def pack_request(
    matter: Matter, *, folder: Path, out: Path, drawer: Drawer, temp: Path, forms: Path | None = None
) -> Packed:  # fmt: skip
    """Write a prior-authorization request from what readiness found of a patient's ``folder``; as ``pack`` does.

    ``temp`` is a private folder for page images, ``forms`` that of payers' forms. Nothing is stored.
    """
    shelf = _Shelf(folder=folder, original=None, drawer=drawer, temp=temp, known={})
    draft, matter = _drafted(matter, shelf, load_knowledge(), _REQUEST)
    draft, form = _with_form(draft, matter, forms)
    return _written(draft, matter, shelf, out=out, name=_REQUEST.replace("_", "-"), form=form)


def _written(
    draft: Draft, matter: Matter, shelf: "_Shelf", *, out: Path, name: str, form: FilledForm | None
) -> Packed:  # fmt: skip
    from pipeline.output.packet import Contents, content_of, packet_files

    contents = Contents(
        draft=draft,
        matter=matter,
        sheets={exhibit.letter: shelf.sheets(exhibit) for exhibit in draft.exhibits},
        limits=load_letters().limits,
        form=form,
        place_words=_place_words(matter, shelf),
    )
    return replace(packet_files(contents, out=out, name=name), content=content_of(draft))


def _place_words(matter: Matter, shelf: "_Shelf") -> str:
    """The line of the payer's letter that names where it goes; empty where it is not one line of plain text."""
    from pipeline.output.packet import document_of

    contact, letter = matter.send_to, matter.letter
    if contact is None or letter is None:
        return ""
    text = shelf.typed(document_of(letter))
    found = [" ".join(line.split()) for line in text.splitlines() if contact.text and contact.text in line]
    return found[0] if len(found) == 1 and len(found[0]) <= _LONGEST_LINE else ""


def _with_words(draft: Draft, matter: Matter) -> Draft:
    """The draft with what clinicians wrote into its gaps; of one gap the last word holds."""
    from pipeline.output.packet import filled

    if matter.task is None:
        return draft
    said = store.remarks(case_id=matter.task.case_id, kind=store.RemarkKind.FILLED.value)
    words = {row.details["gap"]: (row.text, f"{row.by}, {row.at:%Y-%m-%d}") for row in reversed(said)}
    return filled(draft, words)


def _pages_of(matter: Matter) -> dict[str, tuple[PageSummary, ...]]:
    """The pages of the documents that the case's letters stand in, as they were read."""
    letters = [one for one in (matter.letter, *matter.earlier) if one is not None]
    opened = [found for one in letters if (found := store.opened(one.letter_id)) is not None]
    return {found.document_id: found.pages for found in opened}


def _with_form(draft: Draft, matter: Matter, folder: Path | None) -> tuple[Draft, FilledForm | None]:
    """The draft with the payer's own form, filled; the same draft where a team loaded none that fits.

    A form that nobody has looked through, or whose PDF is another by now, is not filled: that is a gap.
    """
    from pipeline.output.packet import brief_of
    from pipeline.output.payer_form import fill_form, form_for, load_forms, with_form

    brief = brief_of(matter, knowledge=load_knowledge(), letters=load_letters(), policies=load_policies())
    kept = form_for(draft.kind, matter, load_forms(folder) if folder is not None else (), brief)
    if kept is None:
        return draft, None
    if not kept.holds:
        told = f"look through the fields of the payer's form {kept.form.name} and confirm them, or take the form away"
        return replace(draft, gaps=(*draft.gaps, told)), None
    made = fill_form(kept.form, kept.data, draft, brief)
    draft = with_form(draft, made)
    _refuse_unproved(draft, matter)
    return draft, made


def matter_of(desk: Desk, task_id: str) -> Matter:
    """What a task's letter is written from. Raises ``UsageError`` where there is no such task."""
    found = store.one_task(task_id)
    if found is None:
        raise UsageError(f"task {task_id[:80]}", why="it is not there", advice="`denials tasks` lists the ids.")
    task, _ = found
    working = desk.working
    working.shelf.forget()
    held = [(working.lay(letter, said), said) for letter, _, said in store.letters_of_case(task.case_id)]
    letter, said = next(((one, said) for one, said in held if one.letter_id == task.letter_id), (None, ()))
    strangers = {one.letter_id: _shared(one, {other.letter_id for other, _ in held}) for one, _ in held}
    return Matter(
        practice=working.practice,
        task=task,
        letter=letter,
        earlier=tuple(one for one, _ in held if one.letter_id != task.letter_id),
        on_file=working.on_file(letter, said) if letter is not None else None,
        evidence=task.evidence_table,
        of_others=_of_others(letter, task, strangers[letter.letter_id]) if letter is not None else (),
        shared=strangers,
    )


def _of_others(letter: Letter, task: Task, shared: Sequence[int]) -> tuple[int, ...]:
    """Pages of a letter on which another patient stands, or a letter of another case."""
    from pipeline.output.packet.fields import several_people

    others = letter.claims if several_people(letter) else ()
    others = tuple(claim for claim in others if claim.claim_number != task.claim_number or not task.claim_number)
    return tuple(sorted({line.page for claim in others for line in claim.lines}.union(shared)))


def _shared(letter: Letter, case: Collection[str]) -> tuple[int, ...]:
    """Pages of a letter on which one of another case stands too, as in a text file without page breaks."""
    opened = store.opened(letter.letter_id)
    others = (pages for name, pages in opened.letters if name not in case) if opened is not None else ()
    return tuple(sorted(set(letter.pages).intersection(*[set().union(*others)])))


def _drafted(matter: Matter, shelf: "_Shelf", knowledge: Knowledge, kind: str | None) -> tuple[Draft, Matter]:
    """The draft, written anew without each document that turns out to be one that is never sent; its matter."""
    from pipeline.output.packet import as_sent, drafted, template_of, withheld_by

    letters = load_letters()
    matter = as_sent(matter, template_of(matter, letters=letters, kind=kind))
    while True:
        draft = drafted(matter, knowledge=knowledge, letters=letters, policies=load_policies(), kind=kind)
        new = {e.file_name: shelf.text(e) for e in draft.exhibits if e.file_name and e.file_name not in matter.texts}
        if any(new.values()):
            matter = replace(matter, texts={**matter.texts, **{name: text for name, text in new.items() if text}})
            continue
        kept_back = tuple(
            exhibit.file_name
            for exhibit in draft.exhibits
            if exhibit.file_name is not None and withheld_by(shelf.text(exhibit), letters.rules)
        )
        if not kept_back:
            break
        matter = without(matter, kept_back)
    _refuse_unproved(draft, matter)
    return replace(draft, gaps=(*draft.gaps, *shelf.gaps(draft, matter))), matter


def _refuse_unproved(draft: Draft, matter: Matter) -> None:
    """Raises ``DenialsError`` where the draft states what nothing of the case proves."""
    from pipeline.output.packet import unsupported

    if faults := unsupported(draft, matter, known=load_letters()):
        why = f"{len(faults)} statements are not proved by the file, the first in section {faults[0].partition(':')[0]}"
        raise DenialsError(f"packet {draft.kind}", why=why, advice="That is a fault of this program: please report it.")


def without(matter: Matter, files: Sequence[str]) -> Matter:
    """The matter as if these documents were not on file."""
    if matter.on_file is None:
        return matter
    chart = matter.on_file.chart
    kept = Chart(
        documents=tuple(d for d in chart.documents if d.file_name not in files),
        facts=tuple(f for f in chart.facts if f.file_name not in files),
    )
    on_file = OnFile(folder=matter.on_file.folder, chart=kept)
    return replace(matter, on_file=on_file, withheld=(*matter.withheld, *files))


class _Shelf:
    """The pages of the documents of one packet, drawn once each by a child.

    ``folder`` is the patient's, None where it is not at hand; ``original`` gives the kept file of a payer's letter,
    ``known`` the pages of such files by document id.
    """

    def __init__(
        self, *, folder: Path | None, original: Callable[[str], Path] | None, drawer: Drawer, temp: Path,
        known: Mapping[str, Sequence[PageSummary]],
    ) -> None:  # fmt: skip
        self._folder = folder
        self._original = original
        self._drawer = drawer
        self._temp = temp
        self._known = known
        self._problems: dict[Path, str] = {}

    def text(self, exhibit: Exhibit) -> str:
        """What a document says, as far as it can be read; empty where it is not at hand."""
        folder = self._drawn(exhibit, words=True)
        if folder is None:
            return ""
        _, content = json.loads((folder / SIZES).read_text(encoding="utf-8"))
        return str(content)

    def typed(self, document_id: str) -> str:
        """What a payer's letter says where all its pages have a text layer; empty where they were read by OCR."""
        pages = self._known.get(document_id, ())
        if not pages or any(page.method is not Method.TEXT for page in pages):
            return ""
        return self.text(Exhibit(letter="", title="", pages=(1,), whole=True, document_id=document_id))

    def sheets(self, exhibit: Exhibit) -> tuple[Sheet, ...]:
        """The pages of an exhibit, upright; an empty tuple where the document is not at hand or cannot be drawn."""
        sizes = self._sizes(exhibit)
        drawn = self._drawn(exhibit, words=False, turns=[size[2] for size in sizes])
        if drawn is None:
            return ()
        found = []
        for page in exhibit.pages:
            path = next((p for kind in ("png", "jpg", "txt") if (p := drawn / f"{page}.{kind}").is_file()), None)
            if path is None:
                return ()
            width, height = (sizes[page - 1][0], sizes[page - 1][1]) if page <= len(sizes) else (None, None)
            found.append(Sheet(page=page, kind=path.suffix[1:], data=path.read_bytes(), width=width, height=height))
        return tuple(found)

    def _sizes(self, exhibit: Exhibit) -> list[tuple[float | None, float | None, int]]:
        """Width, height and turn of every page of the document: as it was read, else as it is read now."""
        if (pages := self._known.get(exhibit.document_id or "")) is not None:
            return [(page.width_pt, page.height_pt, page.rotation) for page in pages]
        folder = self._drawn(exhibit, words=True)
        found = json.loads((folder / SIZES).read_text(encoding="utf-8"))[0] if folder is not None else []
        return [(width, height, turn) for width, height, turn in found]

    def gaps(self, draft: Draft, matter: Matter) -> tuple[str, ...]:
        """Exhibits that are not there as pages, and pages that were left out for the sake of others."""
        found = [
            f"print and enclose Exhibit {exhibit.letter} by hand: {self._why(exhibit)}"
            for exhibit in draft.exhibits
            if not self.sheets(exhibit)
        ]
        if matter.of_others:
            found.append("other patients stand on a page of the payer's letter: black them out and enclose it by hand")
        return tuple(found)

    def _why(self, exhibit: Exhibit) -> str:
        path = self._path(exhibit)
        if path is None:
            return "the folder of charts is not named (--charts)"
        if path.suffix.casefold() == _DATA:
            return "it is data of the record system, not a document"
        return f"it cannot be drawn ({self._problems[path]})" if path in self._problems else "it is not there any more"

    def _path(self, exhibit: Exhibit) -> Path | None:
        if exhibit.document_id is not None and self._original is not None:
            return self._original(exhibit.document_id)
        if self._folder is None or exhibit.file_name is None:
            return None
        path = self._folder / exhibit.file_name
        return path if path.resolve().parent == self._folder.resolve() else None

    def _drawn(self, exhibit: Exhibit, *, words: bool, turns: Sequence[int] = ()) -> Path | None:
        path = self._path(exhibit)
        if path is None or not path.is_file() or path.suffix.casefold() == _DATA:
            return None
        into = self._temp / f"{exhibit.document_id or exhibit.file_name}-{WORDS if words else 'pages'}"
        if not into.is_dir():
            into.mkdir(mode=0o700)
            problem = self._drawer.draw(path, into=into, turns=turns, words=words)
            if problem is not None:
                self._problems[path] = problem.value
        return into if any(into.iterdir()) else None
