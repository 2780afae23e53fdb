"""What may be forgotten by rule, and forgetting it: only ids, hashes and the audit stay.

A case goes when all of its work is finished and nothing happened in it since a day; a document when every case that it
is in goes with it; a mail or an archive and what was in it go together. Rows of decisions and remarks stay, emptied,
because the database lets nobody take them out.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time

from django.db import connection
from django.db.models import Max, Q

from pipeline.plan.listed import keys_of_letter
from pipeline.store import models
from pipeline.store.audit import note_all
from pipeline.store.blobs import Blobs
from pipeline.store.door import reading, transacted
from pipeline.store.gathering import by_parts
from pipeline.store.ledger import FORGOTTEN
from pipeline.store.saving import stored_letter
from pipeline.store.shapes import Original, Purgeable
from pipeline.store.states import Act, State

_SETTLED = (State.DONE.value, State.QUARANTINED.value)
"""What still waits for a person or a worker is never forgotten."""
_PLACE = ("pk", "document_id", "inbox", "path", "moved_to")
_EMPTIED = {"act": "purged", "value": "null", "machine": None, "reason": "", "page": None, "boxes": None}


@reading
def purgeable(*, before: date, case_ids: Collection[str] | None = None) -> Purgeable:
    """What may go: nothing happened in it on ``before`` or later; or these cases alone, whatever their age."""
    asked = case_ids is not None
    since = None if asked else datetime.combine(before, time(), tzinfo=UTC)
    every = models.Document.objects.exclude(state=State.PURGED.value)
    received = dict(every.annotate(last=Max("receipts__received")).values_list("pk", "last"))
    free = set(every.filter(state__in=_SETTLED).values_list("pk", flat=True))
    free = {pk for pk in free if asked or received[pk] < before}
    cases: dict[str, set[str]] = {}
    for case_id, document_id in models.CaseLetter.objects.values_list("case_id", "letter__document_id"):
        cases.setdefault(case_id, set()).add(document_id)
    if case_ids is not None:
        free &= {document for case_id in case_ids for document in cases.get(case_id, ())}
    kept = (received.keys() - free) | _spoken_of(since)
    together = [*cases.values(), *_containers()]
    busy = _busy(since)
    kept |= {document for case_id, documents in cases.items() if case_id in busy for document in documents}
    while more := {d for group in together if group & kept for d in group} - kept:
        kept |= more
    going = free - kept
    gone = {case_id for case_id, documents in cases.items() if documents <= going}
    sizes = tuple(_paper_sizes(going))
    return Purgeable(
        documents=tuple(sorted(going)),
        cases=tuple(sorted(gone)),
        letters=models.Letter.objects.filter(document__in=going).count(),
        papers=len(sizes),
        paper_bytes=sum(sizes),
        originals=tuple(_originals(going)),
    )


@transacted
def purge(found: Purgeable, *, still_there: Collection[int] = (), now: datetime, who: str) -> None:
    """Forget what was found: in one transaction, but for the bytes (``wipe``), which go after it.

    ``still_there`` are receipts whose originals could not be taken away: one that was never moved is still known by
    its stamp, without its name, so that no batch takes it in again.
    """
    for part in by_parts(found.cases):
        models.Remark.objects.filter(case_id__in=part).update(kind="purged", text="", details="{}")
        models.Task.objects.filter(case__in=part).delete()
    for part in by_parts(found.documents):
        letters = list(models.Letter.objects.filter(document__in=part))
        ids = [letter.pk for letter in letters]
        models.ListedRow.objects.filter(
            keys__key__in={key for row in letters for key in keys_of_letter(stored_letter(row))}
        ).delete()
        models.FollowUp.objects.filter(letter_id__in=ids).delete()
        models.Paper.objects.filter(letter_id__in=ids).delete()
        models.Decision.objects.filter(letter_id__in=[*ids, *part]).update(**_EMPTIED)
        models.Letter.objects.filter(pk__in=ids).delete()
        receipts = models.Receipt.objects.filter(document__in=part)
        receipts.exclude(pk__in=still_there).update(left=False)
        receipts.update(path=FORGOTTEN, moved_to=None)
        models.Document.objects.filter(pk__in=part).update(
            state=State.PURGED.value, problem="", pages="[]", unassigned_pages="[]", versions="{}"
        )
    for part in by_parts(found.cases):
        models.Case.objects.filter(pk__in=part).delete()
    note_all(Act.PURGED, [*found.documents, *found.cases], at=now, who=who)


def wipe(blobs: Blobs) -> int:
    """Take away the bytes of every document that was forgotten, of an earlier call that was killed too; how many."""
    there = set(blobs.names())
    left = sorted(there & _forgotten())
    for document_id in left:
        blobs.remove(document_id)
    if connection.vendor == "sqlite":  # what was deleted is overwritten (secure_delete); the log of it goes too
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(left)


@reading
def _forgotten() -> set[str]:
    return set(models.Document.objects.filter(state=State.PURGED.value).values_list("pk", flat=True))


def _busy(since: datetime | None) -> set[str]:
    """The cases with work that is not finished, or in which something happened since."""
    rows = models.Task.objects.filter(line__finished=False).values_list("case_id", flat=True)
    found = set(rows)
    if since is not None:
        found |= set(models.Task.objects.filter(changed__gte=since).values_list("case_id", flat=True))
        found |= set(models.Remark.objects.filter(at__gte=since).values_list("case_id", flat=True))
    return found


def _spoken_of(since: datetime | None) -> set[str]:
    """The documents of letters that somebody decided on, or wrote or sent something about, since."""
    if since is None:
        return set()
    said = models.Decision.objects.filter(at__gte=since).values_list("letter_id", flat=True)
    sent = models.FollowUp.objects.filter(at__gte=since).values_list("letter_id", flat=True)
    made = models.Paper.objects.filter(at__gte=since).values_list("letter_id", flat=True)
    return {letter_id.partition("-")[0] for letter_id in [*said, *sent, *made]}


def _paper_sizes(documents: Iterable[str]) -> Iterable[int]:
    for part in by_parts(set(documents)):
        ids = models.Letter.objects.filter(document__in=part).values("pk")
        yield from models.Paper.objects.filter(letter_id__in=ids).values_list("size", flat=True)


def _containers() -> list[set[str]]:
    """Each mail or archive with what was in it."""
    found: dict[str, set[str]] = {}
    rows = models.Receipt.objects.filter(container__isnull=False, document__isnull=False)
    for container, document in rows.values_list("container_id", "document_id"):
        found.setdefault(container, {container}).add(document)
    return list(found.values())


def _originals(documents: Iterable[str]) -> Iterable[Original]:
    """Where the files of these documents lie in their inboxes: where intake moved them, or still where they came."""
    for part in by_parts(set(documents)):
        rows = models.Receipt.objects.filter(Q(moved_to__isnull=False) | Q(left=True), document__in=part)
        for pk, document_id, inbox, path, moved_to in rows.order_by("pk").values_list(*_PLACE):
            place = bytes(path if moved_to is None else moved_to)
            yield Original(receipt_id=pk, document_id=str(document_id), inbox=bytes(inbox), place=place)
