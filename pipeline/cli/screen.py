"""What a person reads on the terminal: the queue, a batch in words, the conservation law, the checks.

Everything that came from a letter is stripped of control characters first, so that a document cannot steer a terminal.
"""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from pipeline.errors import EXPLANATIONS, ProblemCode
from pipeline.knowledge.calendar import days_left
from pipeline.values.letter import Document, Finding
from pipeline.values.task import BatchSummary, Requirement, StatusCounts, Step, Task
from pipeline.values.vocabulary import IN_WORDS

if TYPE_CHECKING:
    from pipeline.store import SetAside

_SOON_DAYS = 7
_LABEL_WIDTH = 15
_LEAST_WIDTH, _MOST_WIDTH = 60, 120
_MOST_SET_ASIDE = 20
_SOONEST = 3
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def clean(value: str) -> str:
    """The value on one line, without control, format and direction characters."""
    spaced = "".join(" " if c.isspace() else c for c in value)
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in _HIDDEN).split())


def show_tasks(tasks: Sequence[Task], *, today: date, stream: IO[str]) -> None:
    """The queue in blocks, one a task, in the order given."""
    console = _console(stream)
    console.print(Text(_counts(tasks, today, most_urgent="most urgent first: ")))
    for number, task in enumerate(tasks, start=1):
        console.print()
        for line in _block(task, number=number, today=today, width=console.width):
            console.print(line)


def show_lines(tasks: Sequence[Task], *, today: date, stream: IO[str]) -> None:
    """The queue with a line a task, in the order given."""
    console = _console(stream)
    console.print(Text(_counts(tasks, today, most_urgent="most urgent first: ")))
    for task in tasks:
        console.print(_line(task, today=today, width=console.width))


def show_soonest(tasks: Sequence[Task], *, today: date, stream: IO[str]) -> None:
    """The queue after a batch: how many tasks, and a line for each of the few whose day comes next.

    Overdue tasks are counted; they have a line only where fewer days are still ahead, because an old one that nobody
    finishes would else hide the next day to keep at the end of every batch.
    """
    console = _console(stream)
    console.print(Text(_counts(tasks, today)))
    day = today.isoformat()
    dated = sorted((task.due < day, task.due, number) for number, task in enumerate(tasks) if task.due is not None)
    for _, _, number in dated[:_SOONEST]:
        console.print(_line(tasks[number], today=today, width=console.width))


def show_batch(summary: BatchSummary, *, faults: int, stream: IO[str]) -> None:
    """A batch in words, with what to do about each file that was set aside; ``faults``: documents left for later."""
    console = _console(stream)
    for line in _batch_lines(summary):
        console.print(Text(line))
    if faults:
        console.print(Text(f"{faults} could not be worked on for a reason of our own (log/denials.log has the codes)."))


def show_next(summary: BatchSummary, *, tasks: int, data: str, stream: IO[str]) -> None:
    """The commands that go on from a batch; ``data``: the flag that names the data folder, where one was said."""
    steps = []
    if summary.needs_review:
        steps.append(("review", "look at what was not certain, then work from the worklist"))
    elif tasks:
        steps.append(("review", "the review desk in a browser, behind a login"))
    if tasks:
        steps.append(("tasks", "the whole queue: what is missing, what to do, why that day"))
    if summary.quarantined:
        steps.append(("status", "what is set aside, with the id that denials retry takes"))
    if not steps:
        steps.append(("run", "again, once letters lie in the inbox"))
    console = _console(stream)
    console.print(Text("\nNext:"))
    for command, why in steps:
        console.print(Text(f"  {f'denials {command}{data}':{len(data) + 16}}  {why}"))


def show_status(counts: StatusCounts, set_aside: Sequence["SetAside"], *, stream: IO[str]) -> None:
    """The conservation law as an equation; then what is set aside, with the ids that ``denials retry`` takes."""
    console = _console(stream)
    right = (
        f"{counts.queued} queued + {counts.working} working + {counts.needs_review} needs review + {counts.done} done"
        f" + {counts.quarantined} quarantined + {counts.in_inbox} in inbox"
    )
    sign, verdict = ("=", "balanced") if counts.balanced else ("is not", "NOT BALANCED: run denials doctor")
    console.print(Text(f"{counts.seen} seen {sign} {right}   {verdict}"))
    for one in set_aside[:_MOST_SET_ASIDE]:
        console.print(Text(f"\n{one.document_id or '(not opened)'}  {clean(one.file_name)}"), soft_wrap=True)
        console.print(Text(f"  {one.code}: {one.message} {one.advice}"))
    if len(set_aside) > _MOST_SET_ASIDE:
        console.print(Text(f"\nand {len(set_aside) - _MOST_SET_ASIDE} more: denials review, Set aside"))


def show_documents(documents: Sequence[Document], *, stream: IO[str]) -> None:
    """What was read in each file, letter by letter, with what needs a look."""
    console = _console(stream)
    for document in documents:
        for line in _document_lines(document):
            console.print(Text(line))


def show_checks(checks: Sequence[tuple[str, str, str, str | None]], *, stream: IO[str]) -> None:
    """The doctor's checks: (status, name, what was found, how to mend it)."""
    console = _console(stream)
    style = {"ok": "green", "warning": "yellow", "failed": "bold red"}
    for status, name, found, mend in checks:
        console.print(Text.assemble((f"{status:8}", style.get(status, "")), f" {name}: {found}"))
        if mend:
            console.print(Text(f"         {mend}"))


def money(amount: str | None) -> str | None:
    """``1284.00`` as ``$1,284.00``."""
    return None if amount is None else f"${float(amount):,.2f}"


def _console(stream: IO[str]) -> Console:
    console = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.width = max(_LEAST_WIDTH, min(_MOST_WIDTH, console.width))
    return console


def _counts(tasks: Sequence[Task], today: date, *, most_urgent: str = "") -> str:
    if not tasks:
        return "The queue is empty."
    left = [days for task in tasks if (days := days_left(task.due, today=today)) is not None]
    late, soon = sum(d < 0 for d in left), sum(0 <= d <= _SOON_DAYS for d in left)
    noun = "task" if len(tasks) == 1 else "tasks"
    return f"{len(tasks)} {noun}, {most_urgent}{late} overdue, {soon} due within {_SOON_DAYS} days"


def _line(task: Task, *, today: date, width: int) -> Text:
    who = f"{task.member_name or 'member unknown'}, {task.payer or 'payer unknown'}"
    line = f"{_due(task, days_left(task.due, today=today))}: {_words(task.action.value)} for {clean(who)}"
    return Text(f"  {textwrap.shorten(line, width - 2, placeholder=' ...')}")


def _block(task: Task, *, number: int, today: date, width: int) -> Iterator[Text]:
    left = days_left(task.due, today=today)
    style = (
        "bold red"
        if left is not None and left < 0
        else "bold yellow"
        if left is not None and left <= _SOON_DAYS
        else "bold"
    )
    level = f", level {task.level}" if task.level > 1 else ""
    action, state = _words(task.action.value), _words(task.state.value)
    yield Text.assemble(
        (f"{number}. ", "bold"),
        (_due(task, left), style),
        f"  {action}{level}  ({state})",
    )
    for label, value in _facts(task):
        yield from _labelled(label, value, width=width)


def _due(task: Task, left: int | None) -> str:
    if task.due is None:
        return "no due date"
    if left is None or left == 0:
        return f"due {task.due}, today"
    many = "day" if abs(left) == 1 else "days"
    return f"due {task.due}, in {left} {many}" if left > 0 else f"due {task.due}, {-left} {many} OVERDUE"


def _facts(task: Task) -> Iterator[tuple[str, str]]:
    amount = f"{money(task.amount_at_risk)} {task.amount_basis or ''}".strip() if task.amount_at_risk else None
    ids = (("member", task.member_id), ("claim", task.claim_number), ("reference", task.reference_number))
    who = [task.member_name or "member unknown", task.payer or "payer unknown"]
    yield "who", "; ".join(who + [f"{name} {value}" for name, value in ids if value])
    if task.service or amount:
        yield "service", "; ".join(part for part in (task.service, amount) if part)
    yield "why denied", "; ".join(_reason(r.category.value, r.subcategory) for r in task.denial_reasons) or "not stated"
    policies = [c.value for c in task.policy_citations if c.role.value == "basis" and c.value]
    yield "policy", "; ".join(policies) or "none named"
    for requirement in task.requirements:
        if requirement.missing is not None:
            yield "missing", _missing(requirement)
    for paper in task.standing:
        if not paper.have:
            yield "missing", f"{paper.needs} (the right to file)"
    for step in task.steps:
        yield "what to do", _step(step)
    yield "why that date", task.due_why or "no time limit is known"
    yield "priority", f"{task.priority} of 100: {task.priority_why}"
    if task.patient_billing_hold:
        yield "patient bill", "on hold"
    yield "task", task.task_id + (f" ({task.assignee})" if task.assignee else "")


def _words(code: str) -> str:
    return IN_WORDS.get(code) or code.replace("_", " ")


def _reason(category: str, subcategory: str | None) -> str:
    return f"{_words(category)} ({_words(subcategory)})" if subcategory else _words(category)


def _missing(requirement: Requirement) -> str:
    missing = requirement.missing
    if missing is None:
        return requirement.statement
    days = "day" if missing.turnaround_days == 1 else "days"
    owner = _words(missing.owner.value)
    return f"{missing.what}: {missing.where_to_find} ({owner}, {missing.turnaround_days} working {days})"


def _step(step: Step) -> str:
    by = f", by {step.by}" if step.by else ""
    via = f" [{step.channel.value} {step.contact}]" if step.channel and step.contact else ""
    return f"{step.order}. {step.do}{by}{via}"


_SHOWN = (
    "payer", "letter_date", "member_name", "member_id", "claim_number", "reference_number", "service_description",
    "dates_of_service", "procedure_codes", "diagnosis_codes", "carc", "billed_amount", "denied_amount",
    "denial_reasons", "policy_citations", "requested_evidence", "clocks", "contacts",
)  # fmt: skip


def _document_lines(document: Document) -> Iterator[str]:
    yield f"{clean(document.file_name)}: {len(document.pages)} pages, {len(document.letters)} letters"
    if document.problem:
        yield f"  {document.problem.code.value}: {document.problem.message} {document.problem.advice}"
    for letter in document.letters:
        pages = ", ".join(str(number) for number in letter.pages)
        yield f"  {_words(letter.kind.value)} (page {pages})"
        for name in _SHOWN:
            found = getattr(letter, name)
            values = [_shown(f) for f in found] if isinstance(found, tuple) else [_shown(found)] if found else []
            if values:
                yield f"    {_words(name):20}{'; '.join(values)}"
        for note in letter.needs_review:
            yield f"    check {note.field}: {clean(note.why)}"


def _shown(finding: Finding) -> str:
    kind = getattr(finding, "kind", None) or getattr(finding, "purpose", None)
    value = clean(finding.value or "unknown") + ("" if finding.sure else " ?")
    return f"{_words(kind.value)} {value}" if kind else value


def _labelled(label: str, value: str, *, width: int) -> Iterator[Text]:
    indent = " " * (3 + _LABEL_WIDTH)
    lines = textwrap.wrap(clean(value), width - len(indent)) or [""]
    yield Text.assemble("   ", (f"{label:{_LABEL_WIDTH}}", "dim"), lines[0])
    for line in lines[1:]:
        yield Text(indent + line)


def _batch_lines(summary: BatchSummary) -> Iterator[str]:
    files = "file" if summary.seen == 1 else "files"
    yield f"Looked at {summary.seen} {files}: {summary.new} new, {summary.duplicates} known already."
    yield (
        f"Read {summary.letters} letters on {summary.pages} pages ({summary.ocr_pages} by OCR)"
        f" in {summary.seconds:.1f} seconds."
    )
    yield f"Tasks: {summary.tasks_created} new, {summary.tasks_updated} changed."
    if summary.needs_review:
        yield f"{summary.needs_review} to be looked at by a person."
    if summary.quarantined:
        yield f"{summary.quarantined} set aside, kept and not worked on:"
    for code, count in sorted(summary.problems.items(), key=lambda told: (told[0] in _TOLD, told[0])):
        yield f"{'' if code in _TOLD else '  '}{code} {count}: {_TOLD.get(code) or _advice(code)}"


_TOLD = {
    "disk_full": "Left in the inbox: the disk of the data folder is too full. Free space and run again.",
    "purged_again": (
        "Forgotten by denials purge, then put into the inbox again: worked on as new. If it is to stay forgotten, find"
        " its case with denials case, purge it again when it is finished, and keep the file out of the inbox."
    ),
    "purged_left": (
        "Forgotten by denials purge, but its file still lies in the inbox: not worked on. Delete the file; or, to have"
        " it worked on again, give it a new time (touch FILE) and run again."
    ),
}
"""What a batch tells beside the files that it set aside."""


def _advice(code: str) -> str:
    try:
        message, advice = EXPLANATIONS[ProblemCode(code)]
    except ValueError:
        return "see denials status"
    return f"{message} {advice}"
