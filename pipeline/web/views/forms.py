"""Payers' own fillable forms: loaded, what goes into each field looked through, confirmed or taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline.errors import UsageError
from pipeline.knowledge.letters import load_letters
from pipeline.review import add_form, confirm_form, forms_of, remove_form, shown
from pipeline.web.answers import else_again
from pipeline.web.source import name_of, review
from pipeline.web.typed import Mistyped

_FIELD = "say:"
"""Before the name of a form's field among what a page sends."""
_LONGEST = 400


@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """Every form with what goes into its fields."""
    return forms_page(request)


def forms_page(request: HttpRequest, *, wrong: str = "", status: int = 200, **more: Any) -> HttpResponse:
    """The forms as they are, with why something was refused."""
    try:
        known = forms_of(review().desk.data)
    except UsageError as broken:
        known, wrong = (), wrong or f"{broken.what}: {broken.why}. {broken.advice}"
    kinds = [(template.id.removeprefix("letter."), template.title) for template in load_letters().templates]
    told: list[dict[str, Any]] = [
        {
            "form": one.form,
            "holds": one.holds,
            "rows": [(field, words, shown(words)) for field, words in one.rows if not words.choose],
            "by_hand": [field for field in one.fields if field.name not in one.form.fields and not field.read_only],
        }
        for one in known
    ]
    return render(request, "web/forms.html", {"forms": told, "kinds": kinds, "wrong": wrong}, status=status)


@require_POST
@else_again(forms_page, refused="Not loaded")
def add(request: HttpRequest) -> HttpResponse:
    """Load a form; its fields get suggestions."""
    file = request.FILES.get("file")
    if file is None:
        raise Mistyped("Choose the payer's fillable PDF first.")
    add_form(
        review().desk.data, file.name or "", file.read(), payers=request.POST.get("payers", "").split(","),
        tracks=(), letters=request.POST.getlist("letter"), levels=(), drawer=review().pages.drawer,
    )  # fmt: skip
    return HttpResponseRedirect(reverse("forms"))


@require_POST
@else_again(forms_page)
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm what goes into the fields of a form, as it stands on the page; or take the form away."""
    data, name = review().desk.data, request.POST.get("form", "")
    said = {key.removeprefix(_FIELD): request.POST[key][:_LONGEST] for key in request.POST if key.startswith(_FIELD)}
    if request.POST.get("act") == "remove":
        remove_form(data, name)
    else:
        confirm_form(data, name, said=said, by=name_of(request), on=review().today())
    return HttpResponseRedirect(reverse("forms"))
