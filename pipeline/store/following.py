"""What people sent to payers and heard from them, written down with its proof; the tasks follow at once."""

import json
from datetime import date, datetime

from pipeline.errors import UsageError
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import transacted
from pipeline.store.lines import list_task
from pipeline.store.people import refuse_move, remarked, unchanged
from pipeline.store.saving import work_cases
from pipeline.store.shapes import Followed, WorkOut
from pipeline.store.states import Act, RemarkKind
from pipeline.values.letter import Channel
from pipeline.values.task import FollowUpAct, TaskState

_MOVES = {FollowUpAct.SENT: TaskState.SENT, FollowUpAct.ARRIVED: TaskState.AWAITING_DECISION}
_LONGEST = 200


@transacted
def follow_up(
    task_id: str,
    said: Followed,
    *,
    by: str,
    work_out: WorkOut,
    today: date,
    now: datetime,
    version: int | None = None,
) -> int:
    """Write down what was sent, that it arrived, a reminder, or that one of these was wrong; the task's new version.

    The payer's time to answer runs from it, and the task stands where that leaves it: what a person had said of its
    state before is over. ``version`` is the one that was read, None where it does not matter.

    Raises:
        Conflict: somebody changed the task since ``version`` was read.
        UsageError: there is no such task, it cannot be sent from where it stands, the day lies ahead, the number is no
            telephone number, or what is to be taken back is not there.
    """
    row = unchanged(task_id, version)
    number = _number(said)
    _refuse(row, said, today=today)
    _write(row, said, number=number, by=by, now=now)
    before = row.person_state or row.state
    if said.act is not FollowUpAct.REMIND:
        row.person_state = row.said_over = ""
    row.version += 1
    row.changed = now
    row.save()
    work_cases({row.case_id}, work_out, today=today, now=now)
    row = models.Task.objects.get(pk=task_id)
    list_task(row)
    moved = {} if said.act is FollowUpAct.REMIND else {"from": before, "to": row.state}
    told = {"channel": _channel(said), "number": number, "proof": said.proof[:_LONGEST], "day": said.day.isoformat()}
    details = {key: value for key, value in {**told, **moved}.items() if value}
    remarked(row, RemarkKind(said.act.value), said.note, by=by, now=now, details=details)
    note(Act.TASK_CHANGED, task_id, at=now, who=by, code=said.act.value)
    return row.version


def _refuse(row: models.Task, said: Followed, *, today: date) -> None:
    """Raises ``UsageError`` where what was said moves the task, and it cannot go there, or not on that day."""
    if said.act not in _MOVES:
        return
    refuse_move(row, _MOVES[said.act], reason=said.note or "sent")
    if said.day > today:
        raise UsageError(f"day {said.day}", why="it lies ahead", advice="Say the day on which it was sent.")


def _write(row: models.Task, said: Followed, *, number: str, by: str, now: datetime) -> None:
    content = json.loads(row.content)
    letter_id = content["letter_id"]
    models.FollowUp.objects.create(
        letter_id=letter_id, claim_index=claim_place(row, letter_id), act=said.act.value, action=content["action"],
        channel=_channel(said), number=number, proof=said.proof[:_LONGEST], day=said.day, by=by, at=now, note=said.note,
        undoes=_undone(said, row),
    )  # fmt: skip


def _channel(said: Followed) -> str:
    return said.channel.value if said.channel else ""


def _number(said: Followed) -> str:
    """The number as it is compared with a letter's: ten digits for a fax or a telephone, else as it was typed."""
    if said.channel not in (Channel.FAX, Channel.PHONE) or not said.number.strip():
        return said.number.strip()[:500]
    digits = "".join(sign for sign in said.number if sign.isdigit())
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(digits) != 10:
        raise UsageError(f"number {said.number[:40]}", why="it has not ten digits", advice="Write 888-555-0132.")
    return digits


def _undone(said: Followed, row: models.Task) -> int | None:
    """The row that is taken back: the one that was named, else the task's last."""
    if said.act is not FollowUpAct.TAKEN_BACK:
        return None
    rows = json.loads(row.content).get("follow_ups", ())  # a task of before they were kept has none
    wanted = [one["id"] for one in rows if said.undoes in (None, one["id"])]
    if not wanted:
        raise UsageError("take back", why="no such thing was written down", advice="denials tasks --json shows it.")
    return int(wanted[-1])


def claim_place(row: models.Task, letter_id: str) -> int | None:
    """Which claim of its letter a task is about; None where the letter has one."""
    links = models.CaseLetter.objects.filter(case=row.case_id, letter=letter_id)
    return links.values_list("claim_index", flat=True).first()
