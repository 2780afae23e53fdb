"""Letters and documents that somebody sends over the desk; they go the way of the inbox and of the charts folder."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline.errors import UsageError
from pipeline.web.answers import else_again, problem
from pipeline.web.source import name_of, review
from pipeline.web.views.papers import chosen_files, named
from pipeline.web.views.tasks import opened_task, task_again

SAMPLES = Path(__file__).parents[3] / "sample_letters" / "letters"
FIRST_SAMPLES = ("migraine-classic.pdf", "claim-timely.pdf", "dystonia-renewal-portal.png")
"""Invented letters for the first look: one that is clean, one of a claim, one that was photographed."""


@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Take letters in."""
    files = request.FILES.getlist("file")
    try:
        count = review().incoming.add_letters(named(files), by=name_of(request))
    except UsageError as wrong:
        return problem(request, "Not taken in", why=wrong.why, advice=wrong.advice, status=422)
    return HttpResponseRedirect(f"{reverse('letters')}?added={count}")


@require_POST
def samples(request: HttpRequest) -> HttpResponse:
    """Take three invented letters in, into a store that has no other yet."""
    if review().counted.status().seen == 0:
        paths = [SAMPLES / name for name in FIRST_SAMPLES if (SAMPLES / name).is_file()]
        review().incoming.add_letters(((path.name, [path.read_bytes()]) for path in paths), by=name_of(request))
    return HttpResponseRedirect(f"{reverse('letters')}?added={len(FIRST_SAMPLES)}")


@require_POST
@else_again(task_again, refused="Not added")
def paper(request: HttpRequest, task_id: str) -> HttpResponse:
    """Put documents into the folder of the task's patient."""
    opened = opened_task(request, task_id)
    files, folder = named(chosen_files(request)), request.POST.get("folder", "")
    names = review().incoming.add_papers(opened, folder=folder, files=files, by=name_of(request))
    return HttpResponseRedirect(f"{reverse('task', args=(task_id,))}?added={len(names)}#h-papers")


@require_GET
def coming(request: HttpRequest) -> HttpResponse:
    """What is still being read; the page is loaded anew once all of it is there."""
    left = review().incoming.count()
    answer = render(request, "web/coming.html", {"coming": left})
    if not left:
        answer.headers["HX-Refresh"] = "true"
    return answer
