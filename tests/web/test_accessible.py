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


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in light and in dark."""
    found = []
    for scheme in BY_SCHEME:
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {fault}" for fault in faults(page, scheme)]
    return found


def unfold(page: Page) -> None:
    """Open everything that can be."""
    page.locator("details").evaluate_all("every => every.forEach((one) => { one.open = true; })")


def sound(found: dict[str, list[str]]) -> bool:
    """Whether nothing was found in any state."""
    return not any(found.values())


def test_every_page_is_sound(page, office):
    page.goto(office.url("/"))
    task = page.locator("tbody a").first.get_attribute("href")
    page.goto(office.url(task))
    case = page.locator("a[href^='/case/']").first.get_attribute("href")
    page.goto(office.url("/letters/"))
    letters = [row.get_attribute("href") for row in page.locator("tbody a").all()]
    addresses = [
        "/", "/?search=nobody-has-this", "/letters/", *letters[:3], f"{letters[0]}boundaries/", task, f"{task}packet/",
        case, "/quarantine/", "/morning/", "/calls/", "/reports/", "/audit/", "/people/", "/account/",
        "/account/password/", "/account/telephone/", "/letter/gone/",
    ]  # fmt: skip
    found = {}
    for address in addresses:
        page.goto(office.url(address))
        found[address] = looked_at(page)
    page.context.clear_cookies()
    page.goto(office.url("/login/"))
    found["login"] = looked_at(page)
    assert sound(found), found


def test_every_state_of_a_letter_is_sound(page, office):
    page.goto(office.url("/letters/"))
    letter = page.locator("tbody a").first.get_attribute("href")
    page.goto(office.url(letter))
    found = {}
    page.keyboard.press("?")
    found["keys"] = looked_at(page)
    page.keyboard.press("Escape")
    for unsaid in page.locator("details.missing").all():
        unsaid.locator("summary").click()
        unsaid.locator(".field").first.wait_for()
    unfold(page)
    found["all opened"] = looked_at(page)
    page.locator("#f-letter_date").focus()
    page.keyboard.press("e")
    page.keyboard.type("no day")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong-letter_date")).to_be_visible()
    found["told what is wrong"] = looked_at(page)
    page.goto(office.url(letter))
    page.locator("#f-payer").focus()
    page.keyboard.press("s")
    page.locator(".words rect").first.wait_for(state="attached")
    found["picking"] = looked_at(page)
    page.keyboard.press("Escape")

    version = page.locator(".strip").get_attribute("data-version")
    form = {"version": version, "act": "confirm"}
    assert office.admin.ask(f"{letter}field/payer/", form).status == 302, "somebody else was quicker"
    page.locator("#f-payer").focus()
    page.keyboard.press("e")
    page.keyboard.type("Another payer")
    page.keyboard.press("Enter")
    expect(page.locator("#f-payer .conflict")).to_be_visible()
    found["two values"] = looked_at(page)
    page.locator("#undo button").click()
    expect(page.locator("#f-payer .conflict")).to_be_hidden()
    assert sound(found), found


def test_every_state_of_tasks_and_files_is_sound(page, office):
    page.goto(office.url("/"))
    task = page.locator("td.due a").first.get_attribute("href")
    found = {}
    page.locator("input[name=task]").first.check()
    unfold(page)
    found["many at once"] = looked_at(page)
    page.get_by_role("button", name="Move the ticked ones").click()
    expect(page.get_by_role("alert")).to_contain_text("choose a state")
    found["nothing moved"] = looked_at(page)
    page.goto(office.url("/?given=2&moved=3&stayed=+1+stayed.&at=2026-11-27T09:00:00"))
    found["told what was done"] = looked_at(page)
    page.goto(office.url(task))
    unfold(page)
    found["task, all opened"] = looked_at(page)
    page.locator("form[action$='/change/'] input[name=version]").evaluate("input => { input.value = '999999'; }")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".conflict")).to_be_visible()
    found["task, somebody was quicker"] = looked_at(page)
    page.goto(office.url("/quarantine/?sent=1"))
    found["files set aside"] = looked_at(page)
    assert sound(found), found


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
