"""One desk and one browser for all tests of the pages: they take seconds to make."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.web.served import office, sign_in

__all__ = ["browser", "office", "page"]


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("no chromium: `make setup` installs it")
    with sync_playwright() as tool:
        opened = tool.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser, office):
    """A signed-in page that notes every dialog, every error and every request to elsewhere."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.odd = []
    page.on("dialog", lambda d: (page.odd.append(d.message), d.dismiss()))
    page.on("pageerror", lambda e: page.odd.append(str(e)))
    page.on("request", lambda r: page.odd.append(r.url) if not r.url.startswith(office.url("")) else None)
    page.on("console", lambda m: page.odd.append(m.text) if "Content Security Policy" in m.text else None)
    sign_in(page, office)
    yield page
    assert page.odd == []
    context.close()
