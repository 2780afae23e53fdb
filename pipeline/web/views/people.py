"""Who may sign in: invited by a one-time link, given a role, signed out everywhere; and the first administrator."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.http import require_GET, require_POST

from pipeline import store
from pipeline.store import Act
from pipeline.web import second
from pipeline.web.roles import Role, role_of
from pipeline.web.source import look, review

_NONE_KNOWN = "-"
"""In a form, the location of what has none known."""


class WelcomeView(PasswordResetConfirmView):
    """Where somebody who was invited chooses a password, from a link that is good once."""

    template_name = "web/first.html"
    success_url = reverse_lazy("worklist")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with role."""
    return _page(request)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Make somebody new, and a link for them."""
    name = request.POST.get("name", "").strip()
    role = _role(request)
    user = User(username=name)
    user.set_unusable_password()
    try:
        user.full_clean(exclude=("password",))
    except ValidationError as wrong:
        return _page(request, wrong=" ".join(wrong.messages), status=422)
    with transaction.atomic():
        user.save()
        _give(user, role)
        look(request, f"user-{user.pk}", act=Act.PERSON_CHANGED, code=f"invited {role}"[:40])
    return _page(request, link=welcome_link(user, base=request.build_absolute_uri("/")[:-1]), invited=user.username)


@require_POST
def change(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a role, a new link (which signs them out everywhere), or take the sign-in away and back."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    act = request.POST.get("act", "")
    if user == request.user and act in ("close", "role"):
        return _page(request, wrong="Nobody takes their own rights away.", status=422)
    link = ""
    with transaction.atomic():
        match act:
            case "role":
                _give(user, _role(request))
            case "link":
                user.set_unusable_password()  # ends every session: they carry a hash of the password
                user.save()
                link = welcome_link(user, base=request.build_absolute_uri("/")[:-1])
            case "telephone":
                second.take_off(user)
            case "close" | "open":
                user.is_active = act == "open"
                user.save()
            case _:
                raise Http404
        look(request, f"user-{user.pk}", act=Act.PERSON_CHANGED, code=act)
    return _page(request, link=link, invited=user.username)


@require_POST
def narrow(request: HttpRequest, user_id: int) -> HttpResponse:
    """Have somebody see some of our locations alone, or all of them again where none is ticked."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise Http404
    if role_of(user) is Role.ADMIN:
        return _page(request, wrong="An admin sees every location. Give another role first.", status=422)
    known = {*review().counted.locations(), store.NOWHERE}
    chosen = known & {"" if one == _NONE_KNOWN else one for one in request.POST.getlist("location")}
    with transaction.atomic():
        store.narrow(user.username, chosen)
        look(request, f"user-{user.pk}", act=Act.PERSON_CHANGED, code="locations")
    return HttpResponseRedirect(reverse("people"))


def welcome_link(user: User, *, base: str) -> str:
    """A link, good once, where somebody chooses a password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return base + reverse("welcome", args=(uid, default_token_generator.make_token(user)))


def _give(user: User, role: Role) -> None:
    group, _ = Group.objects.get_or_create(name=role.value)
    user.groups.set([group])


def _role(request: HttpRequest) -> Role:
    try:
        return Role(request.POST.get("role", ""))
    except ValueError:
        return Role.VIEWER


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    users = User.objects.order_by("username").prefetch_related("groups")
    narrowed = store.narrowed_people()
    everybody = [(user, role_of(user).value, narrowed.get(user.username, frozenset())) for user in users]
    context = {
        "everybody": everybody,
        "locations": review().counted.locations(),
        "none_known": _NONE_KNOWN,
        "roles": tuple(Role),
        "with_telephone": second.who_have_one(),
        **more,
    }
    return render(request, "web/people.html", context, status=status)
