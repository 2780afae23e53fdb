"""A new day over the store: which cases it changes, and all others shown as they stand on it.

A case says until when what was worked out for it holds (``plan.today``), so that a store of many years is not planned
anew every morning. What a day changes of every open task are its points for the due day and the day to look at it
again: columns, set for all of them at once.
"""

from datetime import date

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Least

from pipeline.plan.priority import MOST, day_points
from pipeline.plan.seen import bands
from pipeline.store import models
from pipeline.store.columns import NO_DUE
from pipeline.store.door import reading, transacted
from pipeline.store.looking import unfinished


@reading
def stale_cases(today: date, *, every: bool = False) -> tuple[str, ...]:
    """The cases with tasks still to be done that a new day changes; ``every`` open one where more than the day did."""
    rows = models.Case.objects.filter(pk__in=unfinished().values("case"))
    if not every:
        rows = rows.filter(Q(holds_until=None) | Q(holds_until__lte=today), worked_on__lt=today)
    return tuple(rows.order_by("pk").values_list("pk", flat=True))


@transacted
def bring_to(today: date) -> None:
    """Show the open tasks that hold still as they stand on a day."""
    day = today.isoformat()
    cases = models.Case.objects.filter(
        worked_on__lt=today, holds_until__gt=today, pk__in=unfinished().values("case")
    )  # fmt: skip
    lines = models.TaskLine.objects.filter(task__case__in=cases)
    lines.filter(next_touch__gt="", next_touch__lt=day).update(next_touch=day)
    points = Least(F("weight") + _day_points(today), MOST)
    lines.exclude(weight=None).exclude(priority=points).update(priority=points)
    of_line = Subquery(models.TaskLine.objects.filter(task=OuterRef("pk")).values("priority")[:1])
    tasks = models.Task.objects.filter(case__in=cases)
    tasks.exclude(priority=of_line).update(priority=of_line)
    cases.update(worked_on=today)


@reading
def worked_with() -> str | None:
    """What the open cases were last worked out with (see ``end_batch``); None before the first batch."""
    ended = models.Batch.objects.exclude(worked_with="").order_by("-ended")
    return ended.values_list("worked_with", flat=True).first()


def _day_points(today: date) -> Choice:
    """The points of a due day, as SQL: what ``plan.priority`` gives."""
    found = [When(due=NO_DUE, then=Value(day_points(None, today)))]
    found += [When(due__lte=last.isoformat(), then=Value(points)) for last, points in bands(today)]
    return Choice(*found)
