"""What people said about letters and sent about them, as it is kept."""

import json
from collections.abc import Iterable

from pipeline.store import models
from pipeline.store.door import reading
from pipeline.values.decision import Act, Decided
from pipeline.values.letter import Channel
from pipeline.values.task import Action, FollowUp, FollowUpAct
from pipeline.values.text import Box


@reading
def decisions(letter_id: str) -> tuple[Decided, ...]:
    """All decisions about a letter, or about a document as a whole, oldest first."""
    return decisions_of([letter_id]).get(letter_id, ())


@reading
def decisions_of(letter_ids: Iterable[str] | None) -> dict[str, tuple[Decided, ...]]:
    """The decisions on each of these letters (all where None), oldest first; letters without any are left out."""
    rows = models.Decision.objects.exclude(act="purged").order_by("pk")
    if letter_ids is not None:
        rows = rows.filter(letter_id__in=list(letter_ids))
    found: dict[str, list[Decided]] = {}
    for row in rows:
        found.setdefault(row.letter_id, []).append(_decided(row))
    return {letter_id: tuple(said) for letter_id, said in found.items()}


def _decided(row: models.Decision) -> Decided:
    return Decided(
        letter_id=row.letter_id, field=row.field, value=json.loads(row.value), by=row.by, at=row.at,
        reason=row.reason, act=Act(row.act or Act.SET),
        machine=json.loads(row.machine) if row.machine else None, page=row.page,
        boxes=tuple(Box(*box) for box in json.loads(row.boxes or "[]")), undoes=row.undoes, number=row.pk,
    )  # fmt: skip


def follow_ups_of(letter_ids: Iterable[str]) -> dict[tuple[str, int | None], tuple[FollowUp, ...]]:
    """What people sent and heard about each of these letters and their claims, oldest first."""
    found: dict[tuple[str, int | None], list[FollowUp]] = {}
    for row in models.FollowUp.objects.filter(letter_id__in=list(letter_ids)).order_by("pk"):
        found.setdefault((row.letter_id, row.claim_index), []).append(_follow_up(row))
    return {place: tuple(rows) for place, rows in found.items()}


def _follow_up(row: models.FollowUp) -> FollowUp:
    return FollowUp(
        act=FollowUpAct(row.act), letter_id=row.letter_id, claim_index=row.claim_index,
        action=Action(row.action) if row.action else None, channel=Channel(row.channel) if row.channel else None,
        number=row.number, proof=row.proof, day=row.day.isoformat(), by=row.by, at=row.at.isoformat(), note=row.note,
        undoes=row.undoes, id=row.pk,
    )  # fmt: skip
