"""The pages: the worklist, one task, and the first administrator's one-time link. Read-only."""

from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache

from pipeline.values.task import StatusCounts, Task
from pipeline.web.pages import row_of, worklist_page


class Source(Protocol):
    """Where the pages take what they show; the desk is one."""

    def tasks(self) -> tuple[Task, ...]:
        """The queue, most urgent first."""
        ...

    def status(self) -> StatusCounts:
        """The counts of the conservation law."""
        ...

    def today(self) -> date:
        """The day that days left are counted from."""
        ...


@never_cache
def worklist(request: HttpRequest) -> HttpResponse:
    """The queue."""
    source = _source()
    page = worklist_page(source.tasks(), source.status(), today=source.today())
    return render(request, "web/worklist.html", {"page": page})


@never_cache
def task_page(request: HttpRequest, task_id: str) -> HttpResponse:
    """One task with its proof."""
    source = _source()
    task = next((t for t in source.tasks() if t.task_id == task_id), None)
    if task is None:
        raise Http404
    return render(request, "web/task.html", {"row": row_of(task, today=source.today())})


class FirstAdminView(PasswordResetConfirmView):
    """Where the first administrator chooses a password, from the link that ``denials review`` prints once."""

    template_name = "web/first.html"
    success_url = reverse_lazy("worklist")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"


def _source() -> Source:
    source: Any = settings.DENIALS_SOURCE
    return source  # type: ignore[no-any-return]
