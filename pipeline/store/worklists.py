"""Our own worklists as they were last read: a list read again takes the place of its earlier rows."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime

from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.columns import FINISHED
from pipeline.store.door import reading, transacted
from pipeline.store.states import SYSTEM, Act
from pipeline.values.contract import from_json, to_json
from pipeline.values.worklist import ListedClaim, ListField, Mapping

_MOST_KEYS = 900


@transacted
def keep_worklist(
    name: str, rows: Sequence[tuple[ListedClaim, Sequence[str]]], *, mapping: Mapping, now: datetime, who: str = SYSTEM
) -> None:
    """Keep the rows of a list with the keys they are found by, and how its columns were read."""
    models.ListedRow.objects.filter(worklist=name).delete()
    kept = models.ListedRow.objects.bulk_create(
        [models.ListedRow(worklist=name, content=json.dumps(to_json(row))) for row, _ in rows]
    )
    models.ListedKey.objects.bulk_create(
        models.ListedKey(row=row, key=key) for row, (_, keys) in zip(kept, rows, strict=True) for key in keys
    )
    told = json.dumps({field.value: heading for field, heading in mapping.items()})
    models.ColumnMap.objects.update_or_create(worklist=name, defaults={"mapping": told})
    note(Act.WORKLIST_READ, f"worklist-{hashlib.sha256(name.encode()).hexdigest()[:16]}", at=now, who=who)


@reading
def column_map(name: str) -> Mapping:
    """How the columns of a list were read last; empty for one that was not read yet."""
    row = models.ColumnMap.objects.filter(pk=name).first()
    return {ListField(field): heading for field, heading in json.loads(row.mapping).items()} if row else {}


@reading
def worklists_kept() -> bool:
    """Whether any list is kept."""
    return models.ListedRow.objects.exists()


@reading
def listed_rows(keys: Collection[str]) -> tuple[ListedClaim, ...]:
    """The rows that are found by one of the keys."""
    wanted = list(keys)[:_MOST_KEYS]
    found = models.ListedRow.objects.filter(keys__key__in=wanted).distinct().order_by("pk")
    return tuple(from_json(ListedClaim, json.loads(row.content)) for row in found)


@reading
def open_cases() -> tuple[str, ...]:
    """The cases with work still to be done."""
    rows = models.Task.objects.exclude(line__stage__in=FINISHED).order_by("case_id")
    return tuple(rows.values_list("case_id", flat=True).distinct())
