"""The task screen: what must be shown with its proof, what to do by when, who, notes, calls, the case by day."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline import store
from pipeline.errors import UsageError
from pipeline.knowledge.calendar import days_left
from pipeline.knowledge.moves import moves_from
from pipeline.review import OpenTask, signature_of
from pipeline.store import Act, RemarkKind
from pipeline.values.letter import Channel
from pipeline.values.task import Action, Task, TaskState
from pipeline.web.answers import else_again
from pipeline.web.choices import spaced
from pipeline.web.needs import asked_by, unmet_in
from pipeline.web.pages import tone, urgency
from pipeline.web.roles import Right, may
from pipeline.web.scope import sight_of, within
from pipeline.web.source import look, name_of, number, review
from pipeline.web.typed import Mistyped

_LONGEST = 4000
_CALL = ("whom", "number", "reference", "outcome")
REASONS = (
    "sent by fax", "sent by portal", "sent by mail", "payer decided", "evidence came", "clinician asked for it",
    "too small to pursue", "patient paid", "duplicate", "not ours", "other",
)  # fmt: skip


@require_GET
def task(request: HttpRequest, task_id: str) -> HttpResponse:
    """One task with its proof."""
    opened = opened_task(request, task_id)
    look(request, task_id, code="task")
    return task_page(request, opened)


@require_GET
def evidence(request: HttpRequest, task_id: str) -> HttpResponse:
    """What the chart shows, as a table for a spreadsheet."""
    from pipeline.output import evidence_csv  # pandas loads in seconds, and only this needs it

    table = opened_task(request, task_id).task.evidence_table
    if table is None:
        raise Http404
    look(request, task_id, act=Act.DOWNLOADED, code="evidence")
    answer = HttpResponse(evidence_csv(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="evidence-{task_id[:24]}.csv"'
    return answer


def task_again(request: HttpRequest, task_id: str, *, status: int, **more: Any) -> HttpResponse:
    """The task as it stands now, after a form of it was refused; what was put into that form is there still."""
    form = str(request.resolver_match.url_name).replace("-", "_") if request.resolver_match else ""
    return task_page(request, opened_task(request, task_id), status=status, kept={form: request.POST}, **more)


@require_POST
@else_again(task_again)
def change(request: HttpRequest, task_id: str) -> HttpResponse:
    """Move a task on or give it to somebody, with a reason."""
    task = opened_task(request, task_id).task
    state, assignee, reason = _new_state(request, task), _new_assignee(request, task), reason_of(request)
    if state is not None and not reason:
        raise Mistyped("Say why the state changes.")
    review().tasks.change(
        task_id, by=name_of(request), version=number(request.POST.get("version")), state=state, assignee=assignee,
        reason=reason,
    )  # fmt: skip
    return HttpResponseRedirect(reverse("task", args=(task_id,)))


def _new_state(request: HttpRequest, task: Task) -> TaskState | None:
    """The state that a task is to have; None where it keeps the one it has."""
    state = state_of(request.POST.get("state", ""))
    if state is TaskState.WRITTEN_OFF and not may(request.user, Right.WRITE_OFF):
        raise PermissionDenied
    return None if state is task.state else state


def _new_assignee(request: HttpRequest, task: Task) -> str | None:
    """Who is to have a task, "" for nobody; None where it stays. Raises ``Mistyped`` for who does not see it."""
    assignee = request.POST.get("assignee", task.assignee or "")
    if assignee == (task.assignee or ""):
        return None
    if assignee not in ("", name_of(request)) and not may(request.user, Right.ASSIGN):
        raise PermissionDenied
    if assignee and not store.task_lies_within(task.task_id, sight_of(assignee)):
        raise Mistyped(f"Not given: {assignee} does not see this location.")
    return assignee


@require_POST
@else_again(task_again)
def locate(request: HttpRequest, task_id: str) -> HttpResponse:
    """Say which of our locations a task's case belongs to, or leave that to what is found."""
    opened = opened_task(request, task_id)
    name = request.POST.get("location", "")
    if name and name not in review().counted.locations():
        raise Mistyped("There is no such location.")
    review().tasks.locate(opened, name or None, by=name_of(request))
    if not store.task_lies_within(task_id, within(request)):
        return HttpResponseRedirect(f"{reverse('worklist')}?{urlencode({'located': name})}")
    return HttpResponseRedirect(reverse("task", args=(task_id,)))


@require_POST
@else_again(task_again)
def remark(request: HttpRequest, task_id: str) -> HttpResponse:
    """Write a note, or a call with its reference number."""
    kind, text, details = written(request)
    if not text and not details:
        raise Mistyped("Nothing was written.")
    try:
        review().tasks.remark(task_id, kind=kind, text=text, by=name_of(request), details=details)
    except UsageError:
        raise Http404 from None
    return HttpResponseRedirect(reverse("task", args=(task_id,)))


def written(request: HttpRequest) -> tuple[RemarkKind, str, dict[str, str]]:
    """What somebody wrote: a note or a call, its text, and of a call whom, which number, reference and outcome."""
    kind = RemarkKind.CALL if request.POST.get("kind") == "call" else RemarkKind.NOTE
    text = request.POST.get("text", "").replace("\x00", "").strip()[:_LONGEST]
    details = {key: request.POST.get(key, "").replace("\x00", "").strip()[:200] for key in _CALL}
    return kind, text, {key: value for key, value in details.items() if value} if kind is RemarkKind.CALL else {}


def reason_of(request: HttpRequest) -> str:
    """Why a state changes: of the short list, in own words, or both."""
    said = " ".join((request.POST.get("why", ""), request.POST.get("reason", "")))
    return said.replace("\x00", "").strip()[:_LONGEST]


def state_of(text: str) -> TaskState | None:
    """The state that a form names; None where it is none."""
    try:
        return TaskState(text)
    except ValueError:
        return None


def opened_task(request: HttpRequest, task_id: str) -> OpenTask:
    """The task of an address; 404 where there is none."""
    opened = review().tasks.opened(task_id, within=within(request))
    if opened is None:
        raise Http404
    return opened


def task_page(request: HttpRequest, opened: OpenTask, *, status: int = 200, **more: Any) -> HttpResponse:
    """The task screen."""
    left = days_left(opened.task.due, today=review().today())
    people = get_user_model().objects.filter(is_active=True).order_by("username")
    states = (opened.task.state, *moves_from(opened.task.state))
    context = {
        "opened": opened, "task": opened.task, "urgency": urgency(left), "tone": tone(left), "states": states,
        "people": tuple(people.values_list("username", flat=True)), "reasons": REASONS, "note": note_of(opened),
        "signature": signature_of(opened.task, opened.remarks), "charts": review().patients.charts,
        "missing": missing_of(opened.task), "asked": asked_by(opened.task.requirements),
        "unmet": unmet_in(opened.task.unmet_criteria, opened.task.requirements),
        "may_send": TaskState.SENT in states and opened.task.state is not TaskState.SENT, "channels": tuple(Channel),
        "locations": review().counted.locations(), "today": review().today(), "chosen": _chosen(request, opened.task),
        "talk": opened.task.action is Action.PEER_TO_PEER or opened.task.state is TaskState.P2P_SCHEDULED, **more,
    }  # fmt: skip
    return render(request, "web/task.html", context, status=status)


def _chosen(request: HttpRequest, task: Task) -> dict[str, str]:
    """The state and the person that the form shows: as they are, or as somebody just asked for and was refused."""
    now = {"state": task.state.value, "assignee": task.assignee or ""}
    return {key: request.POST.get(key, value) for key, value in now.items()}


def missing_of(task: Task) -> tuple[str, ...]:
    """The evidence that is not on file, each kind once."""
    return tuple(dict.fromkeys(need.missing.what for need in task.requirements if need.missing))


def note_of(opened: OpenTask) -> str:
    """The task in a few lines, to be copied into the practice system."""
    task = opened.task
    reasons = ", ".join(dict.fromkeys(spaced(reason.category) for reason in task.denial_reasons))
    number_ = task.claim_number or task.reference_number or "unknown"
    lines = [
        f"{task.payer or 'Payer unknown'}, claim or reference {number_}: {task.action.value.replace('_', ' ')}",
        f"Denied: {reasons or 'reason not found'}",
        f"Due {task.due or 'unknown'}; state {task.state.value.replace('_', ' ')}; with {task.assignee or 'nobody'}",
        f"Missing: {', '.join(missing_of(task)) or 'nothing known'}",
    ]
    return "\n".join(lines)
