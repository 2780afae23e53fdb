"""Pages as pictures, their words, the original as a download, and what was set aside. No PDF reaches a browser."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline import store
from pipeline.errors import UsageError
from pipeline.review import NotShown, OpenLetter
from pipeline.store import Act
from pipeline.web.scope import within
from pipeline.web.source import look, name_of, number, review
from pipeline.web.views.papers import attached

_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}
_MOST_PAGES = 5000


@require_GET
def picture(request: HttpRequest, letter_id: str, page: int) -> HttpResponse:
    """The picture of a page of the document that a letter stands in."""
    path = _page_file(request, _letter(letter_id), page)
    if path.suffix not in _TYPES:
        raise Http404
    answer = HttpResponse(path.read_bytes(), content_type=_TYPES[path.suffix])
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def page_text(request: HttpRequest, letter_id: str, page: int) -> HttpResponse:
    """The text of a page that has no picture."""
    path = _page_file(request, _letter(letter_id), page)
    if path.suffix != ".txt":
        raise Http404
    return HttpResponse(path.read_text(encoding="utf-8", errors="replace"), content_type="text/plain; charset=utf-8")


@require_GET
def words(request: HttpRequest, letter_id: str) -> HttpResponse:
    """The words of the letter's pages with their places, for picking."""
    opened = _letter(letter_id)
    try:
        found = review().pages.words(opened.opened.document_id, turns=opened.turns)
    except NotShown as problem:
        return JsonResponse({"problem": problem.code.value}, status=422)
    seen = store.pages_within(opened.opened.document_id, within(request))
    return JsonResponse({"pages": [page if _is_seen(n, seen) else [] for n, page in enumerate(found, start=1)]})


@require_GET
def quarantine(request: HttpRequest) -> HttpResponse:
    """What was set aside, why in words, and what to do."""
    return render(request, "web/quarantine.html", _quarantine(request))


@require_POST
def retry(request: HttpRequest, document_id: str) -> HttpResponse:
    """Send a file through again, with the password of an encrypted one."""
    password = request.POST.get("password") or None
    try:
        review().incoming.retry(document_id, by=name_of(request), password=password)
    except UsageError as wrong:
        return render(request, "web/quarantine.html", {**_quarantine(request), "wrong": wrong.why}, status=409)
    return HttpResponseRedirect(f"{reverse('quarantine')}?sent=1")


@require_GET
def original(request: HttpRequest, document_id: str) -> FileResponse:
    """The file as it came, to be kept and never shown: a browser is told to open nothing of it."""
    try:
        path = review().pages.original(document_id)
        file = path.open("rb")
    except (ValueError, OSError):
        raise Http404 from None
    look(request, document_id, act=Act.DOWNLOADED)
    return attached(file, name=f"{document_id[:16]}.bin")


@require_GET
def boundaries(request: HttpRequest, letter_id: str) -> HttpResponse:
    """The pages of a file, small, each with the letter it belongs to, to be moved, split and joined."""
    return _boundaries(request, _whole_file(request, letter_id))


@require_POST
def divide(request: HttpRequest, letter_id: str) -> HttpResponse:
    """Divide the file: each page names its letter, 0 for a page that belongs to none."""
    opened = _whole_file(request, letter_id)
    groups: dict[int, list[int]] = {}
    for page in opened.opened.pages:
        group = number(request.POST.get(f"page-{page.number}"), most=_MOST_PAGES)
        if group:
            groups.setdefault(group, []).append(page.number)
    if not groups:
        return _boundaries(request, opened, wrong="At least one page must be in a letter.", status=422)
    parts = sorted(groups.values())
    review().incoming.divide(
        opened.opened.document_id, parts, by=name_of(request), reason=request.POST.get("reason", "")[:500]
    )
    return HttpResponseRedirect(f"{reverse('letters')}?divided=1")


def _boundaries(request: HttpRequest, opened: OpenLetter, *, wrong: str = "", status: int = 200) -> HttpResponse:
    belongs: dict[int, int] = {}
    for _, pages in opened.opened.letters:  # of letters that share a page the first has it
        letter = len(set(belongs.values())) + 1
        belongs |= {page: letter for page in pages if page not in belongs}
    sheets = [(page, belongs.get(page.number, 0)) for page in opened.opened.pages]
    context: dict[str, Any] = {
        "opened": opened, "sheets": sheets, "groups": range(1, len(opened.opened.pages) + 1), "wrong": wrong,
    }  # fmt: skip
    return render(request, "web/boundaries.html", context, status=status)


def _quarantine(request: HttpRequest) -> dict[str, Any]:
    seen = within(request)
    files = store.set_aside() if seen is None or store.NOWHERE in seen else ()
    return {
        "files": files,
        "hidden": seen is not None and store.NOWHERE not in seen,
        "coming": review().incoming.count(),
    }


def _is_seen(page: int, seen: frozenset[int] | None) -> bool:
    return seen is None or page in seen


def _letter(letter_id: str) -> OpenLetter:
    opened = review().letters.opened(letter_id)
    if opened is None:
        raise Http404
    return opened


def _whole_file(request: HttpRequest, letter_id: str) -> OpenLetter:
    """A letter whose file may be divided: one sees all of it."""
    opened = _letter(letter_id)
    if not store.document_lies_within(opened.opened.document_id, within(request)):
        raise Http404
    return opened


def _page_file(request: HttpRequest, opened: OpenLetter, page: int) -> Path:
    if not _is_seen(page, store.pages_within(opened.opened.document_id, within(request))):
        raise Http404
    try:
        return review().pages.picture(opened.opened.document_id, page, turns=opened.turns)
    except NotShown:
        raise Http404 from None
