"""A person's own sign-in: the second factor, another password; and the sign of life of a page that is being read."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from pipeline.store import Act
from pipeline.web import second
from pipeline.web.source import look

_ISSUER = "Denials"


class PasswordView(PasswordChangeView):
    """Another password; every other session of its owner ends."""

    template_name = "web/password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Recorded beside the change."""
        with transaction.atomic():
            answer = super().form_valid(form)
            _note(self.request, "password")
        return answer


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What protects a person's sign-in."""
    return _account(request)


@require_GET
def enrolment(request: HttpRequest) -> HttpResponse:
    """How a telephone becomes the second factor."""
    return _second_first(request) or _enrolment(request)


@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Take a telephone by its first code, and show the recovery codes, once."""
    if (first := _second_first(request)) is not None:
        return first
    with transaction.atomic():
        codes = second.enrol(request, _user(request), request.POST.get("code", ""))
        if codes:
            _note(request, "second factor on")
    return _account(request, codes=codes) if codes else _enrolment(request, wrong=True, status=422)


@require_POST
def take_off(request: HttpRequest) -> HttpResponse:
    """Go without the second factor, where it is not required of everybody."""
    if second.is_required():
        return _account(request, wrong="Everybody needs a second factor here.", status=422)
    if (first := _second_first(request)) is not None:
        return first
    with transaction.atomic():
        second.take_off(_user(request))
        _note(request, "second factor off")
    return HttpResponseRedirect(reverse("account"))


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Where somebody with the right password shows the code of the telephone."""
    if not second.has_one(_user(request)):
        return HttpResponseRedirect(reverse("enrolment"))
    return render(request, "web/second.html", {"next": _inside(request.GET.get("next", ""))})


@require_POST
def show(request: HttpRequest) -> HttpResponse:
    """Go on if the code is right."""
    where = _inside(request.POST.get("next", ""))
    if second.show(request, _user(request), request.POST.get("code", "")):
        return HttpResponseRedirect(where)
    look(request, f"user-{request.user.pk}", act=Act.SIGN_IN_FAILED, code="second factor")
    return render(request, "web/second.html", {"next": where, "wrong": True}, status=422)


@require_GET
def here(request: HttpRequest) -> HttpResponse:
    """Somebody sits at a page and reads: the session runs on (see ``session.Guard``)."""
    return HttpResponse(status=204)


def _account(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"has_one": second.has_one(_user(request)), "required": second.is_required(), **more}
    return render(request, "web/account.html", context, status=status)


def _enrolment(request: HttpRequest, *, wrong: bool = False, status: int = 200) -> HttpResponse:
    context = {"telephone": second.enrolment(_user(request), issuer=_ISSUER), "wrong": wrong}
    return render(request, "web/enrolment.html", context, status=status)


def _second_first(request: HttpRequest) -> HttpResponse | None:
    """To the question for the code, where this session has not shown it: only then may another telephone follow."""
    user: Any = request.user
    if second.has_one(user) and not user.is_verified():
        return HttpResponseRedirect(reverse("second"))
    return None


def _note(request: HttpRequest, code: str) -> None:
    look(request, f"user-{request.user.pk}", act=Act.PERSON_CHANGED, code=code)


def _user(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]  # every route asks for a sign-in
    return user


def _inside(address: str) -> str:
    """An address of the desk itself; the worklist where it is none."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else reverse("worklist")
