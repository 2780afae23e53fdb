"""The audit: a row for each thing done, in the transaction that does it. Ids and codes, never a text of a letter.

Each row carries a hash over itself and the row before it, so that a row changed, taken out or put in later, past the
database's own refusal, is found: ``broken_at`` names the first that does not fit. Rows of before the chain have none.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection

from pipeline.store import models
from pipeline.store.door import reading
from pipeline.store.states import SYSTEM, Act

_ONE_AT_A_TIME = 7_031_974
"""The number of PostgreSQL's advisory lock; SQLite has one writer anyway (BEGIN IMMEDIATE)."""


def note(act: Act, subject: str, *, at: datetime, who: str = SYSTEM, code: str = "") -> None:
    """Add a row about ``subject``, the id of a document, letter, task or batch."""
    chain = _link(_last_link(), at, who, act.value, subject, code)
    models.Audit.objects.create(at=at, who=who, act=act.value, subject=subject, code=code, chain=chain)


def note_all(act: Act, subjects: Iterable[str], *, at: datetime, who: str = SYSTEM) -> None:
    """Add a row about each subject, as ``note`` would one after the other."""
    wanted = list(subjects)
    if not wanted:
        return
    before = _last_link()
    rows = []
    for subject in wanted:
        before = _link(before, at, who, act.value, subject, "")
        rows.append(models.Audit(at=at, who=who, act=act.value, subject=subject, code="", chain=before))
    models.Audit.objects.bulk_create(rows)


def _last_link() -> str | None:
    """The chain's end, held until the transaction ends."""
    if connection.vendor == "postgresql":
        connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    return models.Audit.objects.order_by("-pk").values_list("chain", flat=True).first()


@reading
def broken_at() -> int | None:
    """The number of the first audit row that does not fit to the one before it; None where all do."""
    before = None
    chained = False
    rows = models.Audit.objects.order_by("pk").values_list("pk", "at", "who", "act", "subject", "code", "chain")
    for pk, at, who, act, subject, code, chain in rows.iterator(chunk_size=2000):
        if chain is None and not chained:
            continue
        chained = True
        if chain != _link(before, at, who, act, subject, code):
            return int(pk)
        before = chain
    return None


def _link(before: str | None, at: datetime, who: str, act: str, subject: str, code: str) -> str:
    row = json.dumps([before, at.astimezone(UTC).isoformat(timespec="microseconds"), who, act, subject, code])
    return hashlib.sha256(row.encode()).hexdigest()
