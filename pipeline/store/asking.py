"""What the desk asks of tasks: a page of the worklist, its sums, remarks, saved views. Changes nothing."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from pipeline.store import models
from pipeline.store.columns import NO_DUE, words_of
from pipeline.store.door import reading
from pipeline.store.looking import task_of
from pipeline.store.seen import SOON_DAYS, AuditRow, Line, Said, Sums, Wanted, Within

ORDERS: Mapping[str, tuple[str, ...]] = {
    "due": ("due", "-priority", "task_id"),
    "-due": ("-due", "-priority", "task_id"),
    "priority": ("-priority", "due", "task_id"),
    "amount": ("-cents", "due", "task_id"),
    "payer": ("payer", "due", "task_id"),
    "patient": ("member_name", "due", "task_id"),
    "received": ("received", "due", "task_id"),
    "missing": ("-missing", "due", "task_id"),
}
"""How the worklist can be sorted; each order ends with the id, so that pages never overlap."""
UNASSIGNED = "-"
"""In a filter: nobody, and no location known."""


@reading
def task_lines(
    wanted: Wanted, *, today: date, start: int, most: int, within: Within = None
) -> tuple[Sequence[Line], int]:
    """A page of the worklist, and how many tasks the filters find in all."""
    rows = _wanted(wanted, today, within)
    order = ORDERS.get(wanted.order, ORDERS["due"])
    # Ids alone come out of the index; with their columns, every row that is skipped would be read.
    ids = list(rows.order_by(*order).values_list("task_id", flat=True)[start : start + most])
    rows_of_page = models.TaskLine.objects.filter(pk__in=ids).select_related("task__case")
    there = {row.task_id: _line(row) for row in rows_of_page}
    found = [there[task_id] for task_id in ids if task_id in there]
    whole = len(found) + start if found and len(found) < most else rows.count()
    return found, whole


@reading
def task_ids(wanted: Wanted, *, today: date, most: int, within: Within = None) -> tuple[str, ...]:
    """The ids of the tasks that a filter finds, the most urgent first."""
    return tuple(_wanted(wanted, today, within).order_by(*ORDERS["due"]).values_list("task_id", flat=True)[:most])


@reading
def sums(*, today: date, within: Within = None) -> Sums:
    """The counts on top of the worklist."""
    week = (today + timedelta(days=SOON_DAYS)).isoformat()
    row = _of(within).filter(finished=False).aggregate(
        tasks=Count("pk"), overdue=Count("pk", filter=Q(due__lt=today.isoformat())),
        soon=Count("pk", filter=Q(due__gte=today.isoformat(), due__lte=week)),
        unassigned=Count("pk", filter=Q(assignee="")), cents=Sum("cents", default=0),
    )  # fmt: skip
    return Sums(**row)


@reading
def choices(column: str, *, most: int = 60, within: Within = None) -> tuple[str, ...]:
    """The values of a column among tasks that are not finished, the most frequent first."""
    rows = _of(within).filter(finished=False).exclude(**{column: ""}).values_list(column)
    return tuple(value for value, _ in rows.annotate(n=Count("pk")).order_by("-n", column)[:most])


@reading
def remarks(
    *, task_id: str = "", case_id: str = "", kind: str = "", most: int = 200, within: Within = None
) -> tuple[Said, ...]:
    """The remarks on a task, on a case, or of a kind; the newest first."""
    rows = models.Remark.objects.exclude(kind="purged").order_by("-pk")
    if within is not None:
        rows = rows.filter(case_id__in=models.Case.objects.filter(location__in=within).values("pk"))
    for column, value in (("task_id", task_id), ("case_id", case_id), ("kind", kind)):
        rows = rows.filter(**{column: value}) if value else rows
    return tuple(
        Said(task_id=r.task_id, kind=r.kind, text=r.text, details=json.loads(r.details), by=r.by, at=r.at)
        for r in rows[:most]
    )


@reading
def views(owner: str) -> tuple[tuple[str, str], ...]:
    """A person's saved views: name and query."""
    return tuple(models.SavedView.objects.filter(owner=owner).order_by("name").values_list("name", "query"))


def _of(within: Within) -> "QuerySet[models.TaskLine]":
    """The lines of the locations that somebody sees."""
    every = models.TaskLine.objects.all()
    return every if within is None else every.filter(location__in=within)


def _wanted(wanted: Wanted, today: date, within: Within) -> "QuerySet[models.TaskLine]":
    # `NOT finished`, as Django writes a plain filter, keeps SQLite from the index; to look through texts, all rows in
    # the order of the disk are quicker than the index.
    finished = {"finished": wanted.finished} if wanted.search else {"finished__in": (wanted.finished,)}
    rows = _of(within).filter(**finished)
    for column, value in (("stage", wanted.stage), ("payer", wanted.payer), ("action", wanted.action)):
        rows = rows.filter(**{column: value}) if value else rows
    if wanted.who:
        rows = rows.filter(assignee="" if wanted.who == UNASSIGNED else wanted.who)
    if wanted.location:
        rows = rows.filter(location="" if wanted.location == UNASSIGNED else wanted.location)
    if wanted.reason:
        rows = rows.filter(reasons__contains=wanted.reason)
    if wanted.missing:
        rows = rows.filter(missing__gt=0)
    for word in words_of(wanted.search):
        rows = rows.filter(search__contains=word)
    return _in_window(rows, wanted.window, today)


def _in_window(rows: "QuerySet[models.TaskLine]", window: str, today: date) -> "QuerySet[models.TaskLine]":
    day = today.isoformat()
    match window:
        case "overdue":
            return rows.filter(due__lt=day)
        case "week":
            return rows.filter(due__gte=day, due__lte=(today + timedelta(days=SOON_DAYS)).isoformat())
        case "month":
            return rows.filter(due__gte=day, due__lte=(today + timedelta(days=31)).isoformat())
        case "none":
            return rows.filter(due=NO_DUE)
        case _:
            return rows


def _line(row: models.TaskLine) -> Line:
    return Line(
        task_id=row.task_id, due=None if row.due == NO_DUE else row.due, priority=row.priority, stage=row.stage,
        action=row.action, payer=row.payer, member_name=row.member_name, claim=row.claim, service=row.service,
        reasons=tuple(row.reasons.split()), cents=row.cents, missing=row.missing, assignee=row.assignee,
        waiting_on=row.waiting_on, next_touch=row.next_touch, location=row.location,
        priority_why=task_of(row.task).priority_why,
    )  # fmt: skip


@reading
def audit_rows(*, subject: str, start: int, most: int) -> tuple[Sequence[AuditRow], int]:
    """Rows of the audit, the newest first, all or those about one thing; and how many there are."""
    rows = models.Audit.objects.order_by("-pk")
    rows = rows.filter(subject=subject) if subject else rows
    found = [
        AuditRow(number=r.pk, at=r.at, who=r.who, act=r.act, subject=r.subject, code=r.code)
        for r in rows[start : start + most]
    ]
    return found, rows.count()


@reading
def counted_tasks(*, within: Within = None) -> Sequence[tuple[str, str, str, str, int | None, str, bool]]:
    """Of every task what reports count: payer, reasons, service, stage, cents, day received, finished."""
    columns = ("payer", "reasons", "service", "stage", "cents", "received", "finished")
    return list(_of(within).values_list(*columns))
