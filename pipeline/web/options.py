"""Django's settings of the review page; those of the database stand in the store."""

import ipaddress
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from pipeline.errors import UsageError
from pipeline.web.bounds import LARGEST_FORM

_APPS = ("django.contrib.staticfiles", "django_htmx", "pipeline.web")
_HERE = Path(__file__).parent
_IDLE_SECONDS = 15 * 60
_MIN_PASSWORD = 12
_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "pipeline.web.bounds.Bounds",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pipeline.web.session.Guard",
    "axes.middleware.AxesMiddleware",
)
_CONTEXT = (
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "pipeline.web.roles.rights",
    "pipeline.web.scope.waiting",
)
_PASSWORDS = "django.contrib.auth.password_validation"
_FROM_THE_DESK_ALONE = ("style-src", "script-src", "img-src", "connect-src", "form-action")
_FROM_NOWHERE = ("default-src", "frame-ancestors", "base-uri")


def web_options(hosts: Sequence[str], *, secret_key: str, second_factor: bool = False) -> dict[str, Any]:
    """Settings for serving at ``hosts``: throttled login, sessions that end when idle, nothing from elsewhere.

    ``second_factor``: everybody must have one; without it each person may.
    """
    return {
        "INSTALLED_APPS": _APPS,
        "SECRET_KEY": secret_key,
        "ALLOWED_HOSTS": list(hosts),
        "ROOT_URLCONF": "pipeline.web.urls",
        "MIDDLEWARE": list(_MIDDLEWARE),
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [_HERE / "templates"],
                "OPTIONS": {"context_processors": list(_CONTEXT)},
            }
        ],
        "STATIC_URL": "static/",
        "WHITENOISE_USE_FINDERS": True,
        "DENIALS_SECOND_FACTOR": second_factor,
        "LOGIN_URL": "login",
        "LOGIN_REDIRECT_URL": "worklist",
        "LOGOUT_REDIRECT_URL": "login",
        **_signing_in(),
        **_bounds(),
    }


def _signing_in() -> dict[str, Any]:
    """Passwords, tries and sessions."""
    return {
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{_PASSWORDS}.MinimumLengthValidator", "OPTIONS": {"min_length": _MIN_PASSWORD}},
            {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
            {"NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator"},
        ],
        "AXES_FAILURE_LIMIT": 10,
        "AXES_COOLOFF_TIME": 0.25,
        "AXES_LOCKOUT_PARAMETERS": ["username"],
        "AXES_LOCKOUT_TEMPLATE": "web/locked.html",
        "AXES_VERBOSE": False,
        "SESSION_COOKIE_AGE": _IDLE_SECONDS,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
    }


def _bounds() -> dict[str, Any]:
    """What a request may carry, and where a page may take anything from."""
    allowed = {**dict.fromkeys(_FROM_THE_DESK_ALONE, SELF), **dict.fromkeys(_FROM_NOWHERE, NONE)}
    return {
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_FORM,
        "DATA_UPLOAD_MAX_NUMBER_FILES": 50,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 6000,
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        "SECURE_REFERRER_POLICY": "same-origin",
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": {name: [source] for name, source in allowed.items()}},
    }


def allowed_hosts(host: str) -> tuple[str, ...]:
    """The Host headers that are answered.

    Raises:
        UsageError: ``host`` is not this machine's own loopback: letters would cross the network in clear.
    """
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise UsageError(
            f"review --host {host}",
            why="the page has no TLS of its own and letters are private",
            advice="Keep 127.0.0.1 and put a web server with TLS in front of it.",
        )
    return (host, "localhost", "127.0.0.1", "[::1]")


def secret_key(file: Path) -> str:
    """The key that signs sessions and links: made once, kept private in the data folder.

    It has its name once it is whole: an empty one would let nobody in for ever.
    """
    if not file.exists() or not file.read_text(encoding="ascii").strip():
        fresh = file.with_name(f".{file.name}.new")
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key(), encoding="ascii")
        fresh.replace(file)
    return file.read_text(encoding="ascii")
