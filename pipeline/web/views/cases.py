"""The case screen: which letters are one case; confirmed as it is, split, or merged with another."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline import store
from pipeline.review import OpenCase
from pipeline.values.decision import APART
from pipeline.web.answers import else_again
from pipeline.web.scope import within
from pipeline.web.source import look, name_of, number, review
from pipeline.web.typed import Mistyped


@require_GET
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """The letters of a case by day, its tasks, and the cases that may be the same."""
    opened = _opened(request, case_id)
    look(request, case_id, code="case")
    return render(request, "web/case.html", {"case": opened})


def case_again(request: HttpRequest, case_id: str, *, status: int, **more: object) -> HttpResponse:
    """The case as it stands now, after it was not changed."""
    return render(request, "web/case.html", {"case": _opened(request, case_id), **more}, status=status)


@require_POST
@else_again(case_again, refused="Not moved")
def confirm(request: HttpRequest, case_id: str) -> HttpResponse:
    """These letters are one case, and no other belongs to it: nothing later parts them."""
    opened = _opened(request, case_id)
    letters = {mail.letter.letter_id: mail.version for mail in opened.letters}
    answer = _put(request, opened, letters, case_id)
    review().cases.rework([proposal.case_id for proposal, _ in opened.proposals])
    return answer


@require_POST
@else_again(case_again, refused="Not moved")
def split(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take letters out, each into a case of its own."""
    opened = _opened(request, case_id)
    chosen = set(request.POST.getlist("letter"))
    letters = {mail.letter.letter_id: mail.version for mail in opened.letters if mail.letter.letter_id in chosen}
    if not letters or len(letters) == len(opened.letters):
        raise Mistyped("Tick the letters to take out; at least one stays.")
    return _put(request, opened, letters, APART)


@require_POST
@else_again(case_again, refused="Not moved")
def merge(request: HttpRequest, case_id: str) -> HttpResponse:
    """Bring the letters of another case here."""
    opened = _opened(request, case_id)
    other = request.POST.get("other", "").strip()
    seen = other != case_id and store.case_lies_within(other, within(request))
    there = store.letters_of_case(other) if seen else ()
    letters = {letter.letter_id: said[-1].number if said else 0 for letter, _, said in there}
    if not letters:
        raise Mistyped("There is no other case of that id.")
    return _put(request, opened, letters, case_id)


def _put(request: HttpRequest, opened: OpenCase, letters: Mapping[str, int], case_id: str) -> HttpResponse:
    """Move letters, each at the version that was on the screen; then the case as it is now.

    A letter of a case that was named by its id was not on the screen: it moves at the version it has (``letters``).
    """
    seen = {key.removeprefix("version-"): number(value) for key, value in request.POST.items()
            if key.startswith("version-")}  # fmt: skip
    versions = {letter_id: seen.get(letter_id, now) for letter_id, now in letters.items()}
    review().cases.put(versions, case_id=case_id, by=name_of(request))
    return HttpResponseRedirect(reverse("case", args=(opened.case_id,)))


def _opened(request: HttpRequest, case_id: str) -> OpenCase:
    opened = review().cases.opened(case_id, within=within(request))
    if opened is None:
        raise Http404
    return opened
