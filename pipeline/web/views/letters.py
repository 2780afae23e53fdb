"""The letter screen: the page left, its fields right; confirm, correct, take out, pick, undo, check off."""

import json
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline import store
from pipeline.knowledge.calendar import days_left
from pipeline.overlay import DECIDABLE, LISTS, SCALARS
from pipeline.review import DecidedLetter, OpenLetter
from pipeline.values.contract import to_json
from pipeline.values.decision import APART, CASE, LETTER, PATIENT, Act
from pipeline.values.text import Box
from pipeline.values.vocabulary import Anchor, LetterKind
from pipeline.web.answers import Again, Paging, else_again
from pipeline.web.letter_page import letter_page
from pipeline.web.scope import within
from pipeline.web.source import look, name_of, number, review
from pipeline.web.typed import Mistyped, counted, entry, scalar

_PAGE = 50
_MEANT = {"absent": "it is not in the letter", "confirm": "the value you saw is right", "remove": "take an entry out",
          "anchor": "count from another day"}  # fmt: skip
"""What somebody meant by a button, in words."""


@require_GET
def next_letter(request: HttpRequest) -> HttpResponse:
    """The next letter to check, behind the one just left; the list where there is none more."""
    after = request.GET.get("after", "")
    seen = within(request)
    waiting = store.to_check(after=after, most=1, within=seen)
    if not waiting and after:
        waiting = [one for one in store.to_check(most=1, within=seen) if one.letter_id != after]
    if not waiting:
        return HttpResponseRedirect(reverse("letters"))
    return HttpResponseRedirect(reverse("letter", args=(waiting[0].letter_id,)))


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that nobody checked yet, those with the next deadline first; with ``noted`` those with a note."""
    start, noted = number(request.GET.get("start")), "noted" in request.GET
    seen = within(request)
    waiting = store.to_check(start=start, most=_PAGE, noted=noted, within=seen)
    whole = store.left_to_check(noted=True, within=seen) if noted else review().counted.left_to_check(within=seen)
    today = review().today()
    dues = [None if one.due == store.NO_DUE else days_left(one.due, today=today) for one in waiting]
    page = {
        "waiting": list(zip(waiting, dues, strict=True)), "noted": noted, "coming": review().incoming.count(),
        "paging": Paging(start=start, shown=len(waiting), whole=whole, size=_PAGE),
    }  # fmt: skip
    return render(request, "web/letters.html", {"page": page})


@require_GET
def letter(request: HttpRequest, letter_id: str) -> HttpResponse:
    """One letter."""
    opened = _opened(request, letter_id)
    look(request, letter_id, code="letter")
    upcoming = store.to_check(after=letter_id, most=1, within=within(request))
    if upcoming:
        review().pages.draw_ahead(upcoming[0].letter_id)
    page = letter_page(opened, today=review().today(), whole=_whole(request))
    return render(request, "web/letter.html", {"page": page})


@require_GET
def unsaid(request: HttpRequest, letter_id: str, section: int) -> HttpResponse:
    """The fields of a section that the letter does not have, for who wants to write one; asked for when unfolded.

    They are a third of the fields and opened once in many letters, and every save would draw them anew.
    """
    opened = _opened(request, letter_id)
    page = letter_page(opened, today=review().today(), whole=0, version=number(request.GET.get("version")))
    if section >= len(page.sections):
        raise Http404
    return render(request, "web/unsaid.html", {"page": page, "section": page.sections[section]})


def panel_again(of: str = "") -> Again:
    """Draws a letter's fields after a word on one was refused: on the field ``of``, else on that of the address."""

    def again(
        request: HttpRequest, letter_id: str, name: str = of, *, status: int, wrong: str = "", conflict: bool = False
    ) -> HttpResponse:
        meant = _MEANT.get(request.POST.get("act", ""), _typed(request))
        return _panel(
            request, letter_id, status=status, at=name if name in DECIDABLE else "", typed={name: _typed(request)},
            wrong={name: wrong} if wrong else {}, conflict=name if conflict else "", meant=meant,
        )  # fmt: skip

    return again


@require_POST
@else_again(panel_again())
def decide(request: HttpRequest, letter_id: str, name: str) -> HttpResponse:
    """A word on one field; the fields again, with the next flagged one in hand."""
    if name not in DECIDABLE:
        raise Http404
    opened = _decided(letter_id)
    act, value, more = _said(request, opened, name)
    review().letters.decide(
        opened.opened, field=name, act=act, value=value, by=name_of(request), version=_version(request),
        reason=request.POST.get("reason", "")[:500], **more,
    )  # fmt: skip
    return _panel(request, letter_id, after=name)


@require_POST
@else_again(panel_again(LETTER))
def accept(request: HttpRequest, letter_id: str) -> HttpResponse:
    """Call a letter checked, and go on to the next; refused while a field is still asked about."""
    opened = _decided(letter_id)
    if opened.flagged and request.POST.get("anyway") != "yes":
        return _panel(request, letter_id, status=422, at=opened.flagged[0])
    review().letters.accept(letter_id, by=name_of(request), version=_version(request))
    where = f"{reverse('next-letter')}?after={letter_id}"
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(where)
    return HttpResponse(headers={"HX-Redirect": where})


@require_POST
@else_again(panel_again(LETTER))
def undo(request: HttpRequest, letter_id: str) -> HttpResponse:
    """Take back the last decision on this letter."""
    _decided(letter_id)
    field = review().letters.undo(letter_id, by=name_of(request), version=_version(request))
    return _panel(request, letter_id, at=field or "")


@require_POST
@else_again(panel_again(CASE))
def put_in_case(request: HttpRequest, letter_id: str) -> HttpResponse:
    """Put a letter into another case, into one of its own, or leave it to its numbers again."""
    opened = _decided(letter_id)
    case_id = request.POST.get("case", "").strip()
    seen = case_id == APART or store.case_lies_within(case_id, within(request))
    if not seen or (case_id != APART and not store.letters_of_case(case_id)):
        raise Mistyped("There is no such case.")
    review().letters.decide(
        opened.opened, field=CASE, act=Act.SET, value=case_id, by=name_of(request), version=_version(request)
    )
    return _panel(request, letter_id)


@require_POST
@else_again(panel_again(PATIENT))
def link_patient(request: HttpRequest, letter_id: str) -> HttpResponse:
    """Link a letter to a patient folder, or to none."""
    opened = _opened(request, letter_id)
    folder = request.POST.get("folder", "")
    if folder and folder not in opened.patient.folders:
        raise Mistyped("There is no such folder.")
    review().letters.decide(
        opened.opened, field=PATIENT, act=Act.SET, value=folder or None, by=name_of(request),
        version=_version(request),
    )  # fmt: skip
    return _panel(request, letter_id)


def _whole(request: HttpRequest) -> int:
    return review().counted.left_to_check(within=within(request))


def _opened(request: HttpRequest, letter_id: str) -> OpenLetter:
    opened = review().letters.opened(letter_id, within=within(request))
    if opened is None:
        raise Http404
    return opened


def _decided(letter_id: str) -> DecidedLetter:
    read = review().letters.decided(letter_id)
    if read is None:
        raise Http404
    return read


def _version(request: HttpRequest) -> int:
    return number(request.POST.get("version"))


def _typed(request: HttpRequest) -> str:
    return request.POST.get("value", "")[:500]


def _panel(request: HttpRequest, letter_id: str, *, status: int = 200, after: str = "", at: str = "",
           **more: Any) -> HttpResponse:  # fmt: skip
    """The fields of the letter as they are now; without a script the whole page, at its own address if all is well."""
    if status == 200 and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("letter", args=(letter_id,)))
    opened = _opened(request, letter_id)
    page = letter_page(opened, today=review().today(), whole=_whole(request), after=after, at=at, **more)
    name = "web/letter_panel.html" if request.headers.get("HX-Request") else "web/letter.html"
    return render(request, name, {"page": page}, status=status)


_Said = tuple[Act, object, dict[str, Any]]
"""What was done, the value, and where it was picked."""


def _said(request: HttpRequest, opened: DecidedLetter, name: str) -> _Said:
    """What was done, with which value, and where it was picked. Raises ``Mistyped``."""
    asked = request.POST.get("act", "set")
    if name in LISTS:
        return _said_of_list(request, opened, name, asked)
    held = next(field for field in opened.fields if field.name == name)
    if asked == "absent":
        return Act.ABSENT, None, {}
    if asked == "confirm":
        if not held.value:
            raise Mistyped("There is no value to confirm. Write it, or say that the letter does not have it.")
        return Act.CONFIRM, held.value, {}
    if name not in SCALARS:
        return Act.SET, _choice(name, _typed(request)), {}
    return Act.SET, scalar(name, _typed(request)), _place(request)


def _choice(name: str, text: str) -> str:
    if name == "kind" and text not in set(LetterKind):
        raise Mistyped("Choose one of the list.")
    return text


def _said_of_list(
    request: HttpRequest, opened: DecidedLetter, name: str, asked: str
) -> tuple[Act, object, dict[str, Any]]:
    entries: list[dict[str, Any]] = to_json(getattr(opened.letter, name))
    if asked == "absent":
        return Act.ABSENT, None, {}
    if asked == "confirm":
        return Act.CONFIRM, entries, {}
    index = number(request.POST.get("index"), default=-1)
    if asked == "remove":
        return Act.SET, [kept for place, kept in enumerate(entries) if place != index], {}
    if asked == "anchor" and name == "clocks" and index < len(opened.letter.clocks):
        try:
            anchor = Anchor(request.POST.get("anchor", ""))
        except ValueError:
            raise Mistyped("Choose one of the list.") from None
        entries[index] = to_json(counted(replace(opened.letter.clocks[index], anchor=anchor), opened.letter))
        return Act.SET, entries, {}
    made = entry(name, request.POST.dict(), opened.letter)
    place = _place(request)
    if place:
        made |= {"page": place["page"], "boxes": [list(box) for box in place["boxes"]]}
    return Act.SET, [*entries, made], {}


def _place(request: HttpRequest) -> dict[str, Any]:
    """Where a value was picked; nothing where it was typed or what came makes no sense."""
    try:
        boxes = json.loads(request.POST.get("boxes") or "[]")
        picked = tuple(Box(*(round(float(v), 2) for v in box)) for box in boxes[:40] if len(box) == 4)
    except (ValueError, TypeError):
        return {}
    page = number(request.POST.get("page"))
    return {"page": page, "boxes": picked} if picked and page else {}
