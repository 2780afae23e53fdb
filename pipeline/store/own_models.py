"""The tables of what is ours and no letter's: our own worklists, saved views, the locations that people see."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

if TYPE_CHECKING:  # Django's fields take no type arguments when they run
    Str = models.Field[str, str]

_ID = 64
_LONG_ID = 200


class ListedRow(models.Model):
    """A row of one of our own worklists, as JSON (``values.worklist.ListedClaim``); a list read again replaces it."""

    objects: ClassVar[models.Manager[ListedRow]] = models.Manager()
    worklist: Str = models.CharField(max_length=_LONG_ID, db_index=True)
    content: Str = models.TextField()


class ListedKey(models.Model):
    """By what a listed row is found: a claim and a person, hashed."""

    objects: ClassVar[models.Manager[ListedKey]] = models.Manager()
    row: models.Field[ListedRow, ListedRow] = models.ForeignKey(
        ListedRow, on_delete=models.CASCADE, related_name="keys"
    )
    row_id: int
    key: Str = models.CharField(max_length=_ID, db_index=True)


class ColumnMap(models.Model):
    """How a person, or a guess that nobody contradicted, reads the columns of a worklist; ``mapping`` is JSON."""

    objects: ClassVar[models.Manager[ColumnMap]] = models.Manager()
    worklist: Str = models.CharField(max_length=_LONG_ID, primary_key=True)
    mapping: Str = models.TextField()


class SavedView(models.Model):
    """Filters of the worklist that a person keeps under a name; ``query`` is that of the address."""

    objects: ClassVar[models.Manager[SavedView]] = models.Manager()
    owner: Str = models.CharField(max_length=200, db_index=True)
    name: Str = models.CharField(max_length=100)
    query: Str = models.CharField(max_length=1000)

    class Meta:
        """A name a person."""

        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="view_of_owner"),)


class PersonLocation(models.Model):
    """A location that a person sees; who has none sees all. An empty ``location`` is that of what has none known."""

    objects: ClassVar[models.Manager[PersonLocation]] = models.Manager()
    person: Str = models.CharField(max_length=200, db_index=True)
    location: Str = models.CharField(max_length=_LONG_ID)

    class Meta:
        """Each once."""

        constraints = (models.UniqueConstraint(fields=("person", "location"), name="location_of_person"),)
