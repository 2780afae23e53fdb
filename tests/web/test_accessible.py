"""What anybody needs of a page, as axe-core sees it at WCAG 2.2 AA, in light and dark; a morning without a mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_SCHEME = {"light": STANDARDS, "dark": ["color-contrast"]}
"""In the dark only the colours are others."""
_AXE = Axe()


def faults(page: Page, scheme: str = "light") -> list[str]:
    """What axe-core finds on the page as it stands: the rule, and where."""
    found = _AXE.run(page, options={"runOnly": BY_SCHEME[scheme], "resultTypes": ["violations"]}).response
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


def test_the_rules_find_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content("<html><main><img src=x><input><p style='color:#bbb;background:#fff'>pale</p></main></html>")
    told = " ".join(faults(page))
    assert all(rule in told for rule in ("html-has-lang", "image-alt", "label", "color-contrast"))
    page.close()


@pytest.mark.parametrize("scheme", BY_SCHEME)
def test_every_page_and_state_is_sound(page, office, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(office.url("/"))
    task = page.locator("tbody a").first.get_attribute("href")
    page.goto(office.url(task))
    case = page.locator("a[href^='/case/']").first.get_attribute("href")
    page.goto(office.url("/letters/"))
    letters = [row.get_attribute("href") for row in page.locator("tbody a").all()]
    addresses = [
        "/", "/?search=nobody-has-this", "/letters/", *letters[:3], f"{letters[0]}boundaries/", task, case,
        "/quarantine/", "/morning/", "/calls/", "/reports/", "/audit/", "/people/", "/account/", "/account/password/",
        "/account/telephone/", "/letter/gone/",
    ]  # fmt: skip
    found = {}
    for address in addresses:
        page.goto(office.url(address))
        found[address] = faults(page, scheme)
    page.goto(office.url(letters[0]))
    page.keyboard.press("?")
    found["keys"] = faults(page, scheme)
    page.keyboard.press("Escape")
    for field in page.locator("details").all():
        field.evaluate("details => details.open = true")
    found["all opened"] = faults(page, scheme)
    page.locator("#f-letter_date").focus()
    page.keyboard.press("e")
    page.keyboard.type("no day")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong-letter_date")).to_be_visible()
    found["told what is wrong"] = faults(page, scheme)
    page.context.clear_cookies()
    page.goto(office.url("/login/"))
    found["login"] = faults(page, scheme)
    assert {address: told for address, told in found.items() if told} == {}


def test_at_four_hundred_percent_nothing_is_cut_off_sideways(page, office):
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 640})  # 1440 pixels at 400 %
    page.goto(office.url("/letters/"))
    letter = page.locator("tbody a").first.get_attribute("href")
    page.goto(office.url("/"))
    task = page.locator("td.due a").first.get_attribute("href")
    wide = {}
    for address in ("/", "/letters/", letter, task, "/quarantine/", "/morning/", "/reports/", "/people/"):
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
