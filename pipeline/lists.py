"""Our own worklists: a CSV file or a workbook of patients, claims and amounts, read, kept, and found for a letter.

A list is known again by its headings: read once more it takes the place of its earlier rows, and its columns are read
as they were before, unless a person says otherwise.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from pipeline import store
from pipeline.errors import EXPLANATIONS, DocumentError, UsageError
from pipeline.knowledge.worklists import bare_heading, load_worklist_columns
from pipeline.plan.listed import keys_of_letter, keys_of_row, listed_for
from pipeline.values.letter import Letter
from pipeline.values.worklist import Listed, ListReport

_HEAD_WITHIN = 20


def read_list(
    data: bytes, *, said: Mapping[str, str], now: datetime, sheet: str | None = None, name: str | None = None,
    keep: bool = True, who: str = "system",
) -> ListReport:  # fmt: skip
    """Read a list, and keep it unless ``keep`` is False; how its columns were read and what its rows are good for.

    Args:
        data: the bytes of the file.
        said: the heading of a field, as a person named it.
        now: for the audit.
        sheet: of a workbook; its first where None.
        name: of the list; where None it is known by its headings.
        keep: whether it is kept.
        who: for the audit.

    Raises:
        UsageError: it cannot be read, or has no headings that are known.
    """
    # Here and not above: they bring spaCy and the readers, which a batch's own process has no need of.
    from pipeline.extract.worklist import guessed, headings_at, listed
    from pipeline.read.tables import table_rows

    try:
        rows = table_rows(data, sheet=sheet)
    except DocumentError as problem:
        message, _ = EXPLANATIONS[problem.code]
        raise UsageError("the worklist", why=message.rstrip("."), advice="Save it as CSV or XLSX.") from None
    columns = load_worklist_columns()
    at, saved = _known_before(rows, name)
    at = headings_at(rows, columns, said) if at is None else at
    mapping = guessed(rows, at, columns, {**saved, **said})
    own_name = name or _name_of(rows[at])
    claims, odd = listed(rows, at, mapping)
    found = [(claim, keys) for claim in claims if (keys := keys_of_row(claim))]
    if keep:
        store.keep_worklist(own_name, found, mapping=mapping, now=now, who=who)
    return ListReport(
        name=own_name,
        columns={field.value: heading for field, heading in mapping.items()},
        unread=tuple(heading for heading in rows[at] if heading and heading not in mapping.values()),
        rows=len(claims),
        usable=len(found),
        odd=odd,
        saved=keep,
    )


def listed_of(letter: Letter) -> Listed | None:
    """What our lists say of the claim of a letter; None where no row fits it in two identities."""
    keys = keys_of_letter(letter)
    return listed_for(letter, store.listed_rows(keys)) if keys else None


def _known_before(rows: Sequence[Sequence[str]], name: str | None) -> tuple[int | None, dict[str, str]]:
    """The row of headings of a list that was read before, with how it was; None where it was not."""
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        saved = store.column_map(name or _name_of(row))
        there = {bare_heading(cell) for cell in row if cell}
        if saved and all(bare_heading(heading) in there for heading in saved.values()):
            return at, {field.value: heading for field, heading in saved.items()}
    return None, {}


def _name_of(headings: Sequence[str]) -> str:
    told = sorted(bare_heading(heading) for heading in headings if heading)
    return f"list-{hashlib.sha256(repr(told).encode()).hexdigest()[:12]}"
