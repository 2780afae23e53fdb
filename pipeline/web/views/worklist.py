"""The worklist: filters, search, sorting, saved views, pages from the server, many tasks given at once."""

from dataclasses import fields
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline import store
from pipeline.errors import UsageError
from pipeline.store import Wanted
from pipeline.values.task import Action, TaskState
from pipeline.values.vocabulary import Category
from pipeline.web.pages import Worklist, worklist_page
from pipeline.web.roles import Right, may
from pipeline.web.scope import locations_seen, sight_of, within
from pipeline.web.source import name_of, number, review, told
from pipeline.web.views.tasks import REASONS, reason_of, state_of, written

_SIZE = 50
_MOST_AT_ONCE = 5000
_FLAGS = ("missing", "finished")
_TOLD = ("given", "noted", "moved", "stayed", "at", "back", "wrong", "located")
_KEYS = tuple(field.name for field in fields(Wanted))


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """A page of the queue; only the table where the script asks for it."""
    wanted = _wanted(request.GET)
    start = number(request.GET.get("start"))
    today = review().today()
    seen, counted = within(request), review().counted
    lines, whole = store.task_lines(wanted, today=today, start=start, most=_SIZE, within=seen)
    page = worklist_page(
        lines, whole=whole, start=start, size=_SIZE, query=_query(wanted), sums=counted.sums(within=seen),
        counts=counted.status() if seen is None else None, today=today, wanted=wanted,
    )  # fmt: skip
    practice = review().practice
    context = {"page": page, "unread": practice.problem if practice else None, **_choices(request, page)}
    return render(request, _template(request), context)


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the ticked tasks, or all that the filters find, to one person."""
    query = QueryDict(request.POST.get("query", ""))
    assignee = request.POST.get("assignee", "")
    if assignee and assignee not in _people():
        return HttpResponseRedirect(reverse("worklist"))
    chosen = _chosen(request, query)
    fitting = store.tasks_within(chosen, sight_of(assignee))
    given = review().tasks.assign(fitting, by=name_of(request), assignee=assignee)
    unseen = f" {len(chosen) - len(fitting)} stayed: {assignee} does not see their location."
    return _back(query, given=given, stayed=unseen if len(fitting) < len(chosen) else "")


@require_POST
def remark_many(request: HttpRequest) -> HttpResponse:
    """Write the same note or call on the ticked tasks, or on all that the filters find."""
    query = QueryDict(request.POST.get("query", ""))
    kind, text, details = written(request)
    chosen = _chosen(request, query) if text or details else []
    noted = review().tasks.remark_many(chosen, kind=kind, text=text, by=name_of(request), details=details)
    return _back(query, noted=noted)


@require_POST
def move_many(request: HttpRequest) -> HttpResponse:
    """Move the ticked tasks, or all that the filters find, to one state; only of one payer and reason."""
    query = QueryDict(request.POST.get("query", ""))
    state = state_of(request.POST.get("state", ""))
    if state is TaskState.WRITTEN_OFF and not may(request.user, Right.WRITE_OFF):
        raise PermissionDenied
    if state is None:
        return _back(query, wrong="Nothing was moved: choose a state.")
    try:
        done = review().tasks.move_many(
            _chosen(request, query), state=state, reason=reason_of(request), by=name_of(request)
        )
    except UsageError as refusal:
        return _back(query, wrong=told("Nothing was moved", refusal))
    why = f" {done.stayed} stayed: {'; '.join(done.why)}." if done.stayed else ""
    return _back(query, moved=done.moved, stayed=why, at=done.at.isoformat() if done.moved else "")


@require_POST
def undo_moves(request: HttpRequest) -> HttpResponse:
    """Put back what one just moved together."""
    query = QueryDict(request.POST.get("query", ""))
    try:
        at = datetime.fromisoformat(request.POST.get("at", ""))
        back = review().tasks.undo_moves(at, by=name_of(request))
    except (ValueError, TypeError):
        return _back(query, wrong="There is nothing to take back.")
    except UsageError as refusal:
        return _back(query, wrong=told("Not taken back", refusal))
    return _back(query, back=back)


@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters under a name, or forget them."""
    name = request.POST.get("name", "").strip()[:100]
    query = _query(_wanted(QueryDict(request.POST.get("query", ""))))
    if name and request.POST.get("act") == "drop":
        store.drop_view(name_of(request), name=name)
    elif name:
        store.save_view(name_of(request), name=name, query=query)
    return HttpResponseRedirect(f"{reverse('worklist')}?{query}")


def _chosen(request: HttpRequest, query: QueryDict) -> list[str]:
    """The ids of the ticked tasks, or of all that the filters find."""
    if request.POST.get("every") == "yes":
        return list(store.task_ids(_wanted(query), today=review().today(), most=_MOST_AT_ONCE, within=within(request)))
    return store.tasks_within(request.POST.getlist("task")[:_MOST_AT_ONCE], within(request))


def _back(query: QueryDict, **done: object) -> HttpResponse:
    """To the worklist with the same filters, telling there what was done."""
    told = query.copy()
    for key, what in done.items():
        told[key] = str(what)
    return HttpResponseRedirect(f"{reverse('worklist')}?{told.urlencode()}")


def _template(request: HttpRequest) -> str:
    return "web/worklist_table.html" if request.headers.get("HX-Request") else "web/worklist.html"


def _wanted(query: QueryDict) -> Wanted:
    """The filters of an address; what is no filter is passed over."""
    values: dict[str, Any] = {key: query.get(key, "").replace("\x00", "")[:200] for key in _KEYS}
    values |= {flag: query.get(flag) == "yes" for flag in _FLAGS}
    values["order"] = values["order"] or "due"
    return Wanted(**values)


def _query(wanted: Wanted) -> str:
    said = {key: getattr(wanted, key) for key in _KEYS}
    if said["order"] == "due":
        said["order"] = ""
    return urlencode({key: "yes" if value is True else value for key, value in said.items() if value})


def _choices(request: HttpRequest, page: Worklist) -> dict[str, Any]:
    return {
        "people": _people(), "payers": review().counted.payers(within=within(request)),
        "states": tuple(TaskState), "actions": tuple(Action),
        "reasons": tuple(c for c in Category if c is not Category.NOT_A_DENIAL), "views": store.views(name_of(request)),
        "told": {key: request.GET.get(key, "")[:500] for key in _TOLD}, "why": REASONS,
        "moves": tuple(s for s in TaskState if s not in store.SINGLY), "undo_minutes": store.UNDO_MINUTES,
        "locations": locations_seen(request),
        "windows": (("", "any day"), ("overdue", "overdue"), ("week", "within 7 days"), ("month", "within a month"),
                    ("none", "no day known")),
        "orders": (("due", "due day"), ("-due", "due day, last first"), ("priority", "priority"), ("amount", "money"),
                   ("payer", "payer"), ("patient", "patient"), ("received", "received"), ("missing", "missing")),
    }  # fmt: skip


def _people() -> tuple[str, ...]:
    names = get_user_model().objects.filter(is_active=True).order_by("username").values_list("username", flat=True)
    return tuple(names)
