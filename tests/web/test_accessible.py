"""What anybody needs of a page, as axe-core sees it at WCAG 2.2 AA, in light and dark; a morning without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.axe import faults, faulty, looked_at
from tests.web.served import address
from tests.web.test_routes import MATRIX, UNSAFE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

NO_PAGES = {
    "picture", "page-text", "words", "unsaid", "coming", "here", "next-letter", "evidence", "original", "kept",
    "outcomes", "login", "logout", "welcome", "second",
}  # fmt: skip
"""Routes that answer with a part of a page, a file or another address; the last five are looked at by their states."""


def test_the_rules_find_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content("<html><main><img src=x><input><p style='color:#bbb;background:#fff'>pale</p></main></html>")
    told = " ".join(faults(page))
    assert all(rule in told for rule in ("html-has-lang", "image-alt", "label", "color-contrast"))
    page.close()


def unfold(page: Page) -> None:
    """Open everything that can be."""
    page.locator("details").evaluate_all("every => every.forEach((one) => { one.open = true; })")


def test_every_page_is_sound(page, office, routes):
    page.goto(office.url("/"))
    task = page.locator("td.due a").first.get_attribute("href")
    page.goto(office.url(task))
    case = page.locator("a[href^='/case/']").first.get_attribute("href")
    page.goto(office.url("/letters/"))
    letters = [row.get_attribute("href") for row in page.locator("tbody a").all()]
    named = {"task_id": task, "case_id": case, "letter_id": letters[0]}
    ids = {name: path.strip("/").split("/")[1] for name, path in named.items()}
    pages = {name: address(routes[name], **ids) for name in set(MATRIX) - set(UNSAFE) - NO_PAGES}
    found = {}
    for where in [*pages.values(), "/?search=nobody-has-this", *letters[1:3], "/letter/gone/"]:
        page.goto(office.url(where))
        found[where] = looked_at(page)
    page.context.clear_cookies()
    page.goto(office.url("/login/"))
    found["login"] = looked_at(page)
    assert faulty(found) == {}


@pytest.mark.parametrize("width", [1280, 1440])
def test_the_worklist_is_seen_whole_on_a_screen_of_an_office(page, office, width):
    """The widest that its cells hold, and no column is cut or to be scrolled to."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(office.url("/"))
    page.locator(".tasks tbody tr").first.evaluate("""row => {
        row.querySelector(".pill").textContent = "partially overturned";
        row.querySelector(".cut").textContent = "onabotulinumtoxinA 200 units with chemodenervation ".repeat(3);
        row.cells[row.cells.length - 1].textContent = "maria.fernandez-oyelaran";
    }""")
    table = page.locator(".scroll:has(.tasks)")
    assert table.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert page.locator(".pill").first.bounding_box()["height"] < 30  # one line, whatever the state
    head = page.get_by_role("columnheader", name="With")
    assert head.bounding_box()["x"] + head.bounding_box()["width"] <= width


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
    assert faulty(found) == {}


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
    page.locator("form[action$='/change/'] select[name=state]").select_option(index=1)
    page.locator("form[action$='/change/'] select[name=why]").select_option(index=1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".conflict")).to_be_visible()
    found["task, somebody was quicker"] = looked_at(page)
    page.goto(office.url("/quarantine/?sent=1"))
    found["files set aside"] = looked_at(page)
    assert faulty(found) == {}


def test_at_four_hundred_percent_nothing_is_cut_off_sideways(page, office):
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 360, "height": 640})  # 1440 pixels at 400 %
    page.goto(office.url("/letters/"))
    letter = page.locator("tbody a").first.get_attribute("href")
    page.goto(office.url("/"))
    task = page.locator("td.due a").first.get_attribute("href")
    wide = {}
    for where in ("/", "/letters/", letter, task, "/quarantine/", "/morning/", "/reports/", "/people/"):
        page.goto(office.url(where))
        wide[where] = page.evaluate("() => document.documentElement.scrollWidth")
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
