"""The tables, with those of ``own_models``. Nothing outside the store touches them.

JSON stands in text columns as ASCII: it keeps its order, and no character of a letter (a NUL, half a surrogate pair)
can be refused by one database and taken by the other. File names are bytes, because that is what file systems keep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from pipeline.store.own_models import ColumnMap as ColumnMap
from pipeline.store.own_models import ListedKey as ListedKey
from pipeline.store.own_models import ListedRow as ListedRow
from pipeline.store.own_models import PersonLocation as PersonLocation
from pipeline.store.own_models import SavedView as SavedView

if TYPE_CHECKING:  # Django's fields take no type arguments when they run
    from datetime import date, datetime

    from django.db.models.fields.related_descriptors import RelatedManager

    Str = models.Field[str, str]
    Int = models.Field[int, int]
    MaybeInt = models.Field[int | None, int | None]
    MaybeStr = models.Field[str | None, str | None]
    Flag = models.Field[bool, bool]
    Bytes = models.Field[bytes, bytes]
    MaybeBytes = models.Field[bytes | None, bytes | None]
    Day = models.Field[date, date]
    MaybeDay = models.Field[date | None, date | None]
    Moment = models.Field[datetime, datetime]
    MaybeMoment = models.Field[datetime | None, datetime | None]

_ID = 64
_LONG_ID = 200
_CODE = 40


class Batch(models.Model):
    """One run over an inbox; ``received`` is the day its letters count as received.

    Of documents that were forgotten, ``purged_again`` counts those that came again and are worked on as new ones,
    ``purged_left`` the files that still lie in the inbox because they could not be taken away.
    ``worked_with`` tells the knowledge and the practice that every open case was worked out with when it ended.
    """

    objects: ClassVar[models.Manager[Batch]] = models.Manager()
    batch_id: Str = models.CharField(max_length=_ID, primary_key=True)
    inbox: Bytes = models.BinaryField()
    received: Day = models.DateField()
    started: Moment = models.DateTimeField()
    ended: MaybeMoment = models.DateTimeField(null=True)
    seen: Int = models.PositiveIntegerField(default=0)
    new: Int = models.PositiveIntegerField(default=0)
    duplicates: Int = models.PositiveIntegerField(default=0)
    left_for_space: Int = models.PositiveIntegerField(default=0)
    purged_again: Int = models.PositiveIntegerField(default=0)
    purged_left: Int = models.PositiveIntegerField(default=0)
    worked_with: Str = models.CharField(max_length=_ID, default="")


class Document(models.Model):
    """The bytes of one or several files, by their SHA-256. ``fence`` grows with each claim and never falls.

    ``attempts`` counts claims that ended badly, ``interruptions`` those whose whole process died.
    """

    objects: ClassVar[models.Manager[Document]] = models.Manager()
    letters: RelatedManager[Letter]
    receipts: RelatedManager[Receipt]
    members: RelatedManager[Receipt]
    document_id: Str = models.CharField(max_length=_ID, primary_key=True)
    state: Str = models.CharField(max_length=_CODE)
    problem: Str = models.CharField(max_length=_CODE, default="")
    size: Int = models.BigIntegerField()
    created: Moment = models.DateTimeField()
    attempts: Int = models.PositiveIntegerField(default=0)
    interruptions: Int = models.PositiveIntegerField(default=0)
    fence: Int = models.PositiveBigIntegerField(default=0)
    lease_owner: Str = models.CharField(max_length=_ID, default="")
    lease_until: MaybeMoment = models.DateTimeField(null=True)
    pages: Str = models.TextField(default="[]")
    unassigned_pages: Str = models.TextField(default="[]")
    versions: Str = models.TextField(default="{}")

    class Meta:
        """The queue is asked for by state."""

        indexes = (models.Index(fields=("state", "created"), name="document_state"),)


class Receipt(models.Model):
    """A file that was seen in an inbox. Without a document it was refused unopened, for ``problem``.

    ``path`` is relative to the inbox; size, time and inode are those of the file when it was taken. ``left``: the file
    still lies in the inbox (it could not be moved, or the move is still to come). A document that was inside a
    ``container`` has a receipt too, with its ``place`` there and a path below that of the container.
    """

    objects: ClassVar[models.Manager[Receipt]] = models.Manager()
    document: models.Field[Document | None, Document | None] = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="receipts"
    )
    document_id: str | None
    batch: models.Field[Batch, Batch] = models.ForeignKey(Batch, on_delete=models.PROTECT)
    batch_id: str
    inbox: Bytes = models.BinaryField()
    path: Bytes = models.BinaryField()
    received: Day = models.DateField()
    taken_in: Moment = models.DateTimeField()
    size: Int = models.BigIntegerField()
    mtime_ns: Int = models.BigIntegerField()
    inode: Str = models.CharField(max_length=20)
    problem: Str = models.CharField(max_length=_CODE, default="")
    container: models.Field[Document | None, Document | None] = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="members"
    )
    place: MaybeInt = models.PositiveIntegerField(null=True)
    left: Flag = models.BooleanField(default=True)
    moved_to: MaybeBytes = models.BinaryField(null=True)

    class Meta:
        """Asked for by what still lies in the inbox, and by what was moved lately."""

        indexes = (
            models.Index(fields=("left",), name="receipt_left"),
            models.Index(fields=("taken_in",), name="receipt_taken_in"),
        )


class Letter(models.Model):
    """A letter of a document as the contract's JSON; replaced as a whole when it is extracted again."""

    objects: ClassVar[models.Manager[Letter]] = models.Manager()
    letter_id: Str = models.CharField(max_length=_LONG_ID, primary_key=True)
    document: models.Field[Document, Document] = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="letters"
    )
    document_id: str
    position: Int = models.PositiveIntegerField()
    content: Str = models.TextField()
    line: LetterLine


class Case(models.Model):
    """What belongs together: the letters of one denied claim. ``worked_on``: the day its tasks are shown for.

    ``holds_until``: the first day that they must be worked out anew on; None where that is not known. ``location`` is
    the one of ours that it belongs to, empty where that is not known.
    """

    objects: ClassVar[models.Manager[Case]] = models.Manager()
    case_id: Str = models.CharField(max_length=_LONG_ID, primary_key=True)
    worked_on: MaybeDay = models.DateField(null=True)
    holds_until: MaybeDay = models.DateField(null=True)
    location: Str = models.CharField(max_length=_LONG_ID, default="", db_index=True)


class CaseLetter(models.Model):
    """A letter in a case; ``claim_index`` where the letter concerns several claims and this case is about one.

    ``shown`` is what the letter shows of its case (``values.casework.CasePart``), as JSON.
    """

    objects: ClassVar[models.Manager[CaseLetter]] = models.Manager()
    case: models.Field[Case, Case] = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    letter: models.Field[Letter, Letter] = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="links")
    letter_id: str
    case_id: str
    claim_index: MaybeInt = models.PositiveIntegerField(null=True)
    shown: Str = models.TextField(default="")


class Tie(models.Model):
    """Something a letter shares with others of its case, hashed; a ``weak`` one is only a reason to look."""

    objects: ClassVar[models.Manager[Tie]] = models.Manager()
    link: models.Field[CaseLetter, CaseLetter] = models.ForeignKey(
        CaseLetter, on_delete=models.CASCADE, related_name="ties"
    )
    link_id: int
    key: Str = models.CharField(max_length=_ID)
    weak: Flag = models.BooleanField()

    class Meta:
        """Looked up by key."""

        indexes = (models.Index(fields=("key", "weak"), name="tie_key"),)


class Task(models.Model):
    """A task of the queue: what was worked out, and beside it, untouched by that, what a person owns.

    ``said_over`` is the state that was worked out when the person said ``person_state``.
    """

    objects: ClassVar[models.Manager[Task]] = models.Manager()
    task_id: Str = models.CharField(max_length=_LONG_ID, primary_key=True)
    case: models.Field[Case, Case] = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    case_id: str
    content: Str = models.TextField()
    due: Str = models.CharField(max_length=10, default="9999-99-99")
    priority: Int = models.IntegerField()
    state: Str = models.CharField(max_length=_CODE)
    person_state: Str = models.CharField(max_length=_CODE, default="")
    said_over: Str = models.CharField(max_length=_CODE, default="")
    assignee: Str = models.CharField(max_length=200, default="")
    version: Int = models.PositiveIntegerField(default=0)
    orphaned: Flag = models.BooleanField(default=False)
    changed: Moment = models.DateTimeField()

    class Meta:
        """The queue's order."""

        indexes = (models.Index(fields=("due", "-priority", "task_id"), name="task_order"),)


class Decision(models.Model):
    """What a person said about a value (``values.decision``); rows are added and never changed.

    The columns that may be null came later: rows that were there cannot be given a value.
    """

    objects: ClassVar[models.Manager[Decision]] = models.Manager()
    letter_id: Str = models.CharField(max_length=_LONG_ID, db_index=True)
    field: Str = models.CharField(max_length=100)
    value: Str = models.TextField()
    by: Str = models.CharField(max_length=200)
    at: Moment = models.DateTimeField()
    reason: Str = models.TextField()
    act: MaybeStr = models.CharField(max_length=_CODE, null=True)
    machine: MaybeStr = models.TextField(null=True)
    page: MaybeInt = models.PositiveIntegerField(null=True)
    boxes: MaybeStr = models.TextField(null=True)
    undoes: MaybeInt = models.BigIntegerField(null=True)


class Outcome(models.Model):
    """How processing a document once ended; the counts of a batch are sums of these."""

    objects: ClassVar[models.Manager[Outcome]] = models.Manager()
    batch: models.Field[Batch | None, Batch | None] = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT)
    document: models.Field[Document, Document] = models.ForeignKey(Document, on_delete=models.PROTECT)
    at: Moment = models.DateTimeField()
    state: Str = models.CharField(max_length=_CODE)
    problem: Str = models.CharField(max_length=_CODE, default="")
    letters: Int = models.PositiveIntegerField(default=0)
    pages: Int = models.PositiveIntegerField(default=0)
    ocr_pages: Int = models.PositiveIntegerField(default=0)
    tasks_created: Int = models.PositiveIntegerField(default=0)
    tasks_updated: Int = models.PositiveIntegerField(default=0)


class Audit(models.Model):
    """Who did what when, by ids and codes alone; the database refuses to change or delete a row."""

    objects: ClassVar[models.Manager[Audit]] = models.Manager()
    at: Moment = models.DateTimeField()
    who: Str = models.CharField(max_length=200)
    act: Str = models.CharField(max_length=_CODE, db_index=True)
    subject: Str = models.CharField(max_length=_LONG_ID)
    code: Str = models.CharField(max_length=_CODE, default="")
    chain: MaybeStr = models.CharField(max_length=_ID, null=True)


class PatientChart(models.Model):
    """A patient's folder as it was last read. ``fingerprint`` changes with its files; the texts are JSON."""

    objects: ClassVar[models.Manager[PatientChart]] = models.Manager()
    folder: Str = models.CharField(max_length=_LONG_ID, primary_key=True)
    fingerprint: Str = models.CharField(max_length=_ID)
    patient: Str = models.TextField()
    chart: Str = models.TextField()
    changed: Moment = models.DateTimeField()


class TaskLine(models.Model):
    """A task as a line of the worklist: narrow, so that a hundred thousand are counted and sorted in a moment.

    ``due`` is ``9999-99-99`` without a date, ``cents`` the money at risk, ``search`` what is looked through, in small
    letters. ``weight`` are the points of ``priority`` that no day changes; None where the day has no part in it.
    """

    objects: ClassVar[models.Manager[TaskLine]] = models.Manager()
    task: models.Field[Task, Task] = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="line"
    )
    task_id: str
    due: Str = models.CharField(max_length=10)
    priority: Int = models.IntegerField()
    weight: MaybeInt = models.IntegerField(null=True)
    finished: Flag = models.BooleanField()
    stage: Str = models.CharField(max_length=_CODE)
    action: Str = models.CharField(max_length=_CODE)
    payer: Str = models.CharField(max_length=200)
    member_name: Str = models.CharField(max_length=200)
    claim: Str = models.CharField(max_length=200)
    service: Str = models.CharField(max_length=200)
    reasons: Str = models.CharField(max_length=1000)
    cents: MaybeInt = models.BigIntegerField(null=True)
    missing: Int = models.PositiveIntegerField()
    assignee: Str = models.CharField(max_length=200)
    waiting_on: Str = models.CharField(max_length=200)
    received: Str = models.CharField(max_length=10)
    next_touch: Str = models.CharField(max_length=10)
    location: Str = models.CharField(max_length=200, default="")
    search: Str = models.TextField()

    class Meta:
        """The worklist's order, and the payers to choose from."""

        indexes = (
            models.Index(fields=("finished", "due", "-priority", "task"), name="line_order"),
            models.Index(fields=("finished", "payer"), name="line_payer"),
            models.Index(fields=("location", "finished", "due", "-priority", "task"), name="line_location"),
        )


class LetterLine(models.Model):
    """A letter as a line of the reviewers' queue. ``checked``: a person went through it and nothing is left to ask."""

    objects: ClassVar[models.Manager[LetterLine]] = models.Manager()
    letter: models.Field[Letter, Letter] = models.OneToOneField(
        Letter, primary_key=True, on_delete=models.CASCADE, related_name="line"
    )
    letter_id: str
    kind: Str = models.CharField(max_length=_CODE)
    payer: Str = models.CharField(max_length=200)
    member_name: Str = models.CharField(max_length=200)
    notes: Int = models.PositiveIntegerField()
    checked: Flag = models.BooleanField()
    due: Str = models.CharField(max_length=10)

    class Meta:
        """The queue's order."""

        indexes = (models.Index(fields=("checked", "due", "letter"), name="letter_line_order"),)


class Remark(models.Model):
    """What a person wrote on a task: a note, a call, why its state changed. Rows are added and never changed.

    ``details`` is JSON: of a call whom, number and reference, of a change of state from and to.
    """

    objects: ClassVar[models.Manager[Remark]] = models.Manager()
    task_id: Str = models.CharField(max_length=_LONG_ID, db_index=True)
    case_id: Str = models.CharField(max_length=_LONG_ID, db_index=True)
    kind: Str = models.CharField(max_length=_CODE)
    text: Str = models.TextField()
    details: Str = models.TextField(default="{}")
    by: Str = models.CharField(max_length=200)
    at: Moment = models.DateTimeField()


class FollowUp(models.Model):
    """What a person sent to a payer or heard from it (``values.task.FollowUp``); rows are added and never changed."""

    objects: ClassVar[models.Manager[FollowUp]] = models.Manager()
    letter_id: Str = models.CharField(max_length=_LONG_ID, db_index=True)
    claim_index: MaybeInt = models.PositiveIntegerField(null=True)
    act: Str = models.CharField(max_length=_CODE)
    action: Str = models.CharField(max_length=_CODE, default="")
    channel: Str = models.CharField(max_length=_CODE, default="")
    number: Str = models.CharField(max_length=500, default="")
    proof: Str = models.CharField(max_length=_LONG_ID, default="")
    day: Day = models.DateField()
    by: Str = models.CharField(max_length=200)
    at: Moment = models.DateTimeField()
    note: Str = models.TextField(default="")
    undoes: MaybeInt = models.BigIntegerField(null=True)


class Paper(models.Model):
    """A file of ours about a letter: of a packet as it was made, or what proves a sending; rows are added alone.

    ``kind`` is the kind of letter of a packet, or ``proof``. ``digest`` is the SHA-256 of its bytes, which lie in a
    folder of their own; ``bundle`` is the same for the files of one packet.
    """

    objects: ClassVar[models.Manager[Paper]] = models.Manager()
    letter_id: Str = models.CharField(max_length=_LONG_ID, db_index=True)
    claim_index: MaybeInt = models.PositiveIntegerField(null=True)
    kind: Str = models.CharField(max_length=_CODE)
    name: Str = models.CharField(max_length=255)
    digest: Str = models.CharField(max_length=_ID, db_index=True)
    size: Int = models.BigIntegerField()
    bundle: Str = models.CharField(max_length=_ID)
    by: Str = models.CharField(max_length=200)
    at: Moment = models.DateTimeField()
