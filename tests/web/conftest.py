"""One desk and one browser for all tests of the pages: they take seconds to make."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.web.axe import looked_at
from tests.web.served import office, routes, sign_in

__all__ = ["browser", "found", "office", "page", "routes"]
_PATIENCE_MS = 90_000
"""How long is waited for what must come: a busy machine is slow, and no test is about its speed."""


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("no chromium: `make setup` installs it")
    expect.set_options(timeout=_PATIENCE_MS)
    # Playwright keeps a loop in this thread, which Django takes for asynchronous code and then refuses the store to the
    # tests that use it in this process.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as tool:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = tool.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def cookies():
    """The cookies of the admin's last sign-in, for the next test: a password is hashed slowly, and on purpose."""
    return []


@pytest.fixture
def page(browser, office, cookies):
    """A signed-in page that notes every dialog, every error and every request to elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies(cookies)
    context.set_default_timeout(_PATIENCE_MS)
    page = context.new_page()
    page.odd = []
    page.on("dialog", lambda d: (page.odd.append(d.message), d.dismiss()))
    page.on("pageerror", lambda e: page.odd.append(str(e)))
    page.on("request", lambda r: page.odd.append(r.url) if not r.url.startswith(office.url("")) else None)
    page.on("console", lambda m: page.odd.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(office.url("/"))
    if "/login/" in page.url:  # nobody signed in yet, or a test signed off
        sign_in(page, office)
        cookies[:] = context.cookies()
    yield page
    assert page.odd == []
    context.close()


@pytest.fixture
def found(browser, office):
    """Looks at answers and keeps what is wrong with them, by state."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    seen = {}

    def look(state, answer, *, status=200):
        assert answer.status == status, (state, answer.status)
        address = office.url(f"/shown-{len(seen)}/")
        page.route(address, lambda route: route.fulfill(body=answer.text, content_type="text/html; charset=utf-8"))
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.locator("details").evaluate_all("every => every.forEach((one) => { one.open = true; })")
        seen[state] = looked_at(page)

    look.seen = seen
    yield look
    context.close()
