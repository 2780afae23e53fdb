"""What is read and printed: the morning sheet, the call log, reports, the audit; and pages for what went wrong."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pipeline import store
from pipeline.errors import UsageError
from pipeline.knowledge.calendar import days_left
from pipeline.store import RemarkKind, Wanted
from pipeline.values.task import TaskState
from pipeline.web.answers import Paging, problem
from pipeline.web.pages import Row
from pipeline.web.scope import within
from pipeline.web.source import look, number, review

_MOST = 200


@require_GET
def morning(request: HttpRequest) -> HttpResponse:
    """One page to print: talks with payers' doctors, what is due this week, whom we wait for, won and unpaid."""
    today = review().today()

    def rows(wanted: Wanted) -> list[Row]:
        lines, _ = store.task_lines(wanted, today=today, start=0, most=_MOST, within=within(request))
        return [Row(line=line, days_left=days_left(line.due, today=today)) for line in lines]

    talks = [*rows(Wanted(stage=TaskState.P2P_SCHEDULED.value)), *rows(Wanted(action="peer_to_peer"))]
    waiting = [row for row in rows(Wanted(stage=TaskState.AWAITING_DECISION.value)) if row.line.next_touch]
    soon = (today + timedelta(days=store.SOON_DAYS)).isoformat()
    page = {
        "overdue": rows(Wanted(window="overdue")), "week": rows(Wanted(window="week")),
        "talks": list({row.line.task_id: row for row in talks}.values()),
        "waiting": [row for row in waiting if row.line.next_touch <= soon],
        "unpaid": rows(Wanted(stage=TaskState.AWAITING_PAYMENT.value)),
    }  # fmt: skip
    sums = review().counted.sums(within=within(request))
    return render(request, "web/morning.html", {"page": page, "today": today, "sums": sums})


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """The calls, the newest first, with their reference numbers."""
    found = store.remarks(kind=RemarkKind.CALL.value, most=_MOST, within=within(request))
    return render(request, "web/calls.html", {"calls": found})


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Counts and sums over the team's own tasks and letters, each as a picture and a table."""
    from pipeline.web.report_page import report_page  # pandas loads in seconds, and only reports need it

    return render(request, "web/reports.html", {"report": report_page(review(), within=within(request))})


@require_GET
def outcomes(request: HttpRequest) -> HttpResponse:
    """What became of denials, of a month or of all time, as a page to keep, to print and to pass on."""
    from pipeline.output.report_files import page_of
    from pipeline.review.outcomes import outcomes_of

    month = request.GET.get("month") or None
    try:
        title, found = outcomes_of(review().desk, month=month, within=within(request))
    except UsageError as wrong:
        return problem(request, "No such month", why=wrong.why, advice=wrong.advice, status=422)
    look(request, "outcomes", act=store.Act.DOWNLOADED, code="report")
    answer = HttpResponse(page_of(found, title=title), content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="denials-outcomes-{month or review().today()}.html"'
    return answer


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who looked at what and changed what, the newest first, and whether the chain of the rows holds."""
    start = number(request.GET.get("start"))
    subject = request.GET.get("subject", "")[:200]
    rows, whole = store.audit_rows(subject=subject, start=start, most=_MOST)
    page = {
        "rows": rows, "subject": subject, "broken": store.broken_at(),
        "paging": Paging(start=start, shown=len(rows), whole=whole, size=_MOST),
    }  # fmt: skip
    return render(request, "web/audit.html", {"page": page})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody without the right."""
    why = "your role does not include this"
    return problem(request, "Not allowed", why=why, advice="Ask an admin.", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page, letter or task that is not there (any more)."""
    why = "it is not in the store, or not any more"
    return problem(request, "Nothing here", why=why, advice="Try the worklist.", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours; what was typed is in the form still, one page back."""
    advice = "Go back and try again; denials doctor tells what is missing."
    return problem(request, "Something went wrong here", why="nothing was changed", advice=advice, status=500)
