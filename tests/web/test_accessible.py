"""What anybody needs of a page: names, contrast, targets, order; a whole morning without a mouse. In light and dark."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.web.served import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

FAULTS = Path(__file__).with_name("faults.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as tool:
        opened = tool.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def page(browser, office):
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(office.url("/login/"))
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_and_state_is_sound(page, office, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(office.url("/"))
    task = page.locator("tbody a").first.get_attribute("href")
    page.goto(office.url("/letters/"))
    letters = [row.get_attribute("href") for row in page.locator("tbody a").all()]
    addresses = [
        "/", "/?search=nobody-has-this", "/letters/", *letters[:3], f"{letters[0]}boundaries/", task, "/quarantine/",
        "/morning/", "/calls/", "/reports/", "/audit/", "/people/", "/letter/gone/",
    ]  # fmt: skip
    found = {}
    for address in addresses:
        page.goto(office.url(address))
        found[address] = page.evaluate(FAULTS)
    page.goto(office.url(letters[0]))
    page.keyboard.press("?")
    found["keys"] = page.evaluate(FAULTS)
    page.keyboard.press("Escape")
    page.locator(".field").first.focus()
    page.keyboard.press("e")
    found["editing"] = page.evaluate(FAULTS)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_at_four_hundred_percent_nothing_is_cut_off_sideways(page, office):
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 640})  # 1440 pixels at 400 %
    page.goto(office.url("/letters/"))
    letter = page.locator("tbody a").first.get_attribute("href")
    wide = {}
    for address in ("/", "/letters/", letter, "/quarantine/", "/morning/", "/reports/", "/people/"):
        page.goto(office.url(address))
        wide[address] = page.evaluate("() => document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert {address: width for address, width in wide.items() if width > 365} == {}


def test_a_task_is_reached_and_written_on_without_a_mouse(page, office):
    page.goto(office.url("/"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('td.due a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/task/**")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('textarea[name=text]')"):
            break
    page.keyboard.type("by keyboard alone")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.value === 'note'"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_contain_text("by keyboard alone")
