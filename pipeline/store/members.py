"""Documents that were inside a container: registered with its outcome, in the same transaction."""

import os
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import reading
from pipeline.store.shapes import MemberKept
from pipeline.store.states import Act, State


def register(container: models.Document, members: Sequence[MemberKept], *, batch_id: str | None, now: datetime) -> None:
    """A receipt each; a document is queued where its bytes are new. What is registered already stays as it is.

    A member that could not be taken out is a file that was refused: it counts as quarantined.
    """
    known = set(container.members.values_list("place", "document_id"))
    for member in members:
        if (member.place, member.document_id) in known:
            continue
        first = container.receipts.order_by("pk").first()
        if first is None:
            raise RuntimeError("a container without a receipt")
        new = again = False
        if member.document_id:
            _, new = models.Document.objects.get_or_create(
                document_id=member.document_id,
                defaults={"state": State.QUEUED.value, "size": member.size, "created": now},
            )
            forgotten = models.Document.objects.filter(pk=member.document_id, state=State.PURGED.value)
            again = bool(forgotten.update(state=State.QUEUED.value))
        batch = batch_id or first.batch_id
        receipt = models.Receipt.objects.create(
            document_id=member.document_id, batch_id=batch, inbox=first.inbox, received=first.received, taken_in=now,
            path=bytes(first.path) + b"/" + os.fsencode(member.name), size=member.size, mtime_ns=0, inode="0",
            problem=member.problem, container=container, place=member.place, left=False,
        )  # fmt: skip
        if member.document_id:
            note(Act.TAKEN_IN, member.document_id, at=now, code="new" if new or again else "duplicate")
        else:
            note(Act.REFUSED, f"receipt-{receipt.pk}", at=now, code=member.problem)
        counters = ("seen", "new" if new or again or not member.document_id else "duplicates")
        added = {counter: F(counter) + 1 for counter in (*counters, *(("purged_again",) if again else ()))}
        models.Batch.objects.filter(pk=batch).update(**added)


@reading
def depth(document_id: str) -> int:
    """In how many containers a document stands, counted along the shortest way to a file of an inbox."""
    level, steps, met = {document_id}, 0, set[str]()
    while level:
        receipts = models.Receipt.objects.filter(document__in=level)
        if receipts.filter(container__isnull=True).exists():
            return steps
        met |= level
        level = set(receipts.values_list("container", flat=True)) - met
        steps += 1
    return steps
