"""The tables. Nothing outside the store touches them.

JSON stands in text columns as ASCII: it keeps its order, and no character of a letter (a NUL, half a surrogate pair) can
be refused by one database and taken by the other. File names are bytes, because that is what file systems keep.
"""

from typing import ClassVar

from django.db import models

_ID = 64
_LONG_ID = 200
_CODE = 40


class Batch(models.Model):
    """One run over an inbox; ``received`` is the day its letters count as received."""

    objects: ClassVar[models.Manager["Batch"]] = models.Manager()
    batch_id = models.CharField(max_length=_ID, primary_key=True)
    inbox = models.BinaryField()
    received = models.DateField()
    started = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    seen = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    left_for_space = models.PositiveIntegerField(default=0)


class Document(models.Model):
    """The bytes of one or several files, by their SHA-256. ``fence`` grows with each claim and never falls.

    ``attempts`` counts claims that ended badly, ``interruptions`` those whose whole process died.
    """

    objects: ClassVar[models.Manager["Document"]] = models.Manager()
    document_id = models.CharField(max_length=_ID, primary_key=True)
    state = models.CharField(max_length=_CODE)
    problem = models.CharField(max_length=_CODE, default="")
    size = models.BigIntegerField()
    created = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    interruptions = models.PositiveIntegerField(default=0)
    fence = models.PositiveBigIntegerField(default=0)
    lease_owner = models.CharField(max_length=_ID, default="")
    lease_until = models.DateTimeField(null=True)
    pages = models.TextField(default="[]")
    unassigned_pages = models.TextField(default="[]")
    versions = models.TextField(default="{}")

    class Meta:
        """The queue is asked for by state."""

        indexes = (models.Index(fields=("state", "created"), name="document_state"),)


class Receipt(models.Model):
    """A file that was seen in an inbox. Without a document it was refused unopened, for ``problem``.

    ``path`` is relative to the inbox; size, time and inode are those of the file when it was taken. ``left``: the file
    still lies in the inbox (it could not be moved, or the move is still to come).
    """

    objects: ClassVar[models.Manager["Receipt"]] = models.Manager()
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="receipts")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT)
    inbox = models.BinaryField()
    path = models.BinaryField()
    received = models.DateField()
    taken_in = models.DateTimeField()
    size = models.BigIntegerField()
    mtime_ns = models.BigIntegerField()
    inode = models.CharField(max_length=20)
    problem = models.CharField(max_length=_CODE, default="")
    left = models.BooleanField(default=True)
    moved_to = models.BinaryField(null=True)

    class Meta:
        """Asked for by what still lies in the inbox, and by what was moved lately."""

        indexes = (
            models.Index(fields=("left",), name="receipt_left"),
            models.Index(fields=("taken_in",), name="receipt_taken_in"),
        )


class Letter(models.Model):
    """A letter of a document as the contract's JSON; replaced as a whole when it is extracted again."""

    objects: ClassVar[models.Manager["Letter"]] = models.Manager()
    letter_id = models.CharField(max_length=_LONG_ID, primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="letters")
    position = models.PositiveIntegerField()
    content = models.TextField()


class Case(models.Model):
    """What belongs together: the letters of one denied claim. ``worked_on`` is the day its tasks were worked out for."""

    objects: ClassVar[models.Manager["Case"]] = models.Manager()
    case_id = models.CharField(max_length=_LONG_ID, primary_key=True)
    worked_on = models.DateField(null=True)


class CaseLetter(models.Model):
    """A letter in a case; ``claim_index`` where the letter concerns several claims and this case is about one."""

    objects: ClassVar[models.Manager["CaseLetter"]] = models.Manager()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="links")
    claim_index = models.PositiveIntegerField(null=True)


class Task(models.Model):
    """A task of the queue: what was worked out, and beside it, untouched by that, what a person owns."""

    objects: ClassVar[models.Manager["Task"]] = models.Manager()
    task_id = models.CharField(max_length=_LONG_ID, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    content = models.TextField()
    due = models.CharField(max_length=10, default="9999-99-99")
    priority = models.IntegerField()
    state = models.CharField(max_length=_CODE)
    person_state = models.CharField(max_length=_CODE, default="")
    assignee = models.CharField(max_length=200, default="")
    version = models.PositiveIntegerField(default=0)
    orphaned = models.BooleanField(default=False)
    changed = models.DateTimeField()

    class Meta:
        """The queue's order."""

        indexes = (models.Index(fields=("due", "-priority", "task_id"), name="task_order"),)


class Decision(models.Model):
    """What a person said about a value; rows are added and never changed."""

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()
    letter_id = models.CharField(max_length=_LONG_ID, db_index=True)
    field = models.CharField(max_length=100)
    value = models.TextField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.TextField()


class Outcome(models.Model):
    """How processing a document once ended; the counts of a batch are sums of these."""

    objects: ClassVar[models.Manager["Outcome"]] = models.Manager()
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    at = models.DateTimeField()
    state = models.CharField(max_length=_CODE)
    problem = models.CharField(max_length=_CODE, default="")
    letters = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    ocr_pages = models.PositiveIntegerField(default=0)
    tasks_created = models.PositiveIntegerField(default=0)
    tasks_updated = models.PositiveIntegerField(default=0)


class Audit(models.Model):
    """Who did what when, by ids and codes alone; the database refuses to change or delete a row."""

    objects: ClassVar[models.Manager["Audit"]] = models.Manager()
    at = models.DateTimeField()
    who = models.CharField(max_length=200)
    act = models.CharField(max_length=_CODE, db_index=True)
    subject = models.CharField(max_length=_LONG_ID)
    code = models.CharField(max_length=_CODE, default="")
