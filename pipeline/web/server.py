"""Serves the review desk on this machine, and makes the first administrator's link."""

import sys
from typing import TextIO

import waitress
from django.conf import settings
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application

from pipeline.errors import UsageError
from pipeline.review import Review
from pipeline.web.bounds import LARGEST_FORM
from pipeline.web.views.people import welcome_link

FIRST_ADMIN = "admin"
_THREADS = 6


def first_admin_link(base: str) -> str | None:
    """A link, good once, where the first administrator chooses a password; None where somebody can sign in already."""
    if any(user.has_usable_password() for user in User.objects.filter(is_active=True)):
        return None
    admin, created = User.objects.get_or_create(username=FIRST_ADMIN, defaults={"is_staff": True, "is_superuser": True})
    if created:
        admin.set_unusable_password()
        admin.save()
    return welcome_link(admin, base=base)


def serve(review: Review, *, host: str, port: int, largest_file: int, out: TextIO = sys.stderr) -> None:
    """Serve until interrupted. Django is configured already, with ``web_options`` and the store's database.

    ``largest_file`` is in bytes; what is sent at once may be a form longer.

    Raises:
        UsageError: the port is taken.
    """
    settings.DENIALS_REVIEW = review
    application = get_wsgi_application()
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    link = first_admin_link(base)
    try:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            max_request_body_size=largest_file + LARGEST_FORM,
        )
    except OSError:
        raise UsageError(
            f"review --port {port}", why="the port is in use or not allowed", advice="Choose another with --port."
        ) from None
    if link:
        print(f"First administrator: open this link once and choose a password:\n  {link}", file=out, flush=True)
    print(f"Review page: {base}/  (Ctrl+C ends it)", file=out, flush=True)
    server.run()
