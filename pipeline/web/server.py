"""Serves the review page on this machine, and makes the first administrator's link."""

import sys
from typing import TextIO

import waitress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from pipeline.errors import UsageError
from pipeline.web.views import Source

FIRST_ADMIN = "admin"
_THREADS = 4


def first_admin_link(base: str) -> str | None:
    """A link, good once, where the first administrator chooses a password; None where somebody can sign in already."""
    users = get_user_model()
    if any(user.has_usable_password() for user in users.objects.filter(is_active=True)):
        return None
    admin, created = users.objects.get_or_create(
        username=FIRST_ADMIN, defaults={"is_staff": True, "is_superuser": True}
    )
    if created:
        admin.set_unusable_password()
        admin.save()
    uid = urlsafe_base64_encode(force_bytes(admin.pk))
    return base + reverse("first-admin", args=(uid, default_token_generator.make_token(admin)))


def serve(source: Source, *, host: str, port: int, out: TextIO = sys.stderr) -> None:
    """Serve until interrupted. Django is configured already, with ``web_options`` and the store's database.

    Raises:
        UsageError: the port is taken.
    """
    settings.DENIALS_SOURCE = source
    application = get_wsgi_application()
    base = f"http://{host}:{port}"
    link = first_admin_link(base)
    try:
        server = waitress.create_server(application, host=host, port=port, threads=_THREADS, ident=None)
    except OSError:
        raise UsageError(
            f"review --port {port}", why="the port is in use or not allowed", advice="Choose another with --port."
        ) from None
    if link:
        print(f"First administrator: open this link once and choose a password:\n  {link}", file=out, flush=True)
    print(f"Review page: {base}/  (Ctrl+C ends it)", file=out, flush=True)
    server.run()
