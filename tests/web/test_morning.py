"""A morning at the desk in a real browser: by keyboard alone, with hostile text, two people, and what was set aside."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.served import LOCK, Visitor, sign_in

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>", "javascript:alert(1)", "<a href=javascript:alert(1)>x</a>", "{{7*7}}",
    "{% debug %}",
    "<div hx-get=/audit/ hx-trigger=load>x</div>", "<p hx-on:load=alert(1)>x</p>", "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>", "<object data=x></object>", "<style>*{display:none}</style>",
    "<math><mtext><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</pre><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>", "<input autofocus onfocus=alert(1)>", "<marquee onstart=alert(1)>",
    "\u2028alert(1)", "&lt;script&gt;alert(1)&lt;/script&gt;", "<base href=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
)  # fmt: skip


def letter_of(page: Page, office, file_name: str) -> None:
    """Open the letter of a file, going through the queue by the key for later."""
    page.goto(office.url("/letters/"))
    for link in [row.get_attribute("href") for row in page.locator("tbody a").all()]:
        page.goto(office.url(link))
        if file_name in page.locator(".tabs .hint").inner_text():
            return
    pytest.fail(f"no letter of {file_name} waits")


def read_through(page: Page, office) -> None:
    """Wait until what was sent through again is read."""
    for _ in range(600):
        page.goto(office.url("/letters/"))
        if not page.locator(".coming").count():
            return
        page.wait_for_timeout(500)
    pytest.fail("it was not read in five minutes")


def version_of(page: Page) -> str:
    return page.locator(".strip").get_attribute("data-version")


def decided(page: Page, before: str) -> None:
    page.wait_for_function("v => document.querySelector('.strip').dataset.version !== v", arg=before)


def test_the_tile_of_files_that_need_review_leads_to_the_letters_of_just_these_files(office):
    href, count = re.search(r'<a href="([^"]+)"><b>(\d+)</b> files need review', office.admin.ask("/").text).groups()
    shown = office.admin.ask(href).text
    assert "Only letters with a note of the reading" in shown
    rows, noted = shown.count('<tr><td class="due'), shown.count('class="state check"')
    assert 0 < int(count) <= rows == noted
    assert rows < office.admin.ask("/letters/").text.count('href="/letter/')


def test_a_clean_letter_takes_one_key_and_the_next_comes_by_itself(page, office):
    letter_of(page, office, "migraine-classic.pdf")
    assert page.locator(".strip").get_attribute("data-left") == "0"
    expect(page.locator("#accept")).to_be_focused()
    assert page.locator(".lights rect").count() > 0
    first = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    page.goto(first)
    expect(page.locator(".strip .state")).to_contain_text("checked")
    before = version_of(page)
    page.keyboard.press("u")
    decided(page, before)
    expect(page.locator(".strip .state")).to_contain_text("nothing is asked")


def test_a_value_is_corrected_by_keyboard_kept_beside_the_reading_and_taken_back(page, office):
    letter_of(page, office, "two-letters.pdf")
    field = page.locator("#f-member_id")
    read = field.locator(".value").inner_text()
    field.focus()
    page.keyboard.press("e")
    page.keyboard.type("NEW 777")
    before = version_of(page)
    page.keyboard.press("Enter")
    decided(page, before)
    expect(field.locator(".value")).to_have_text("NEW777")
    expect(field.locator(".state")).to_contain_text("by you")
    expect(field.locator(".lost")).to_contain_text(read)
    before = version_of(page)
    page.locator("#f-payer").focus()
    page.keyboard.press("u")
    decided(page, before)
    expect(field.locator(".value")).to_have_text(read)


def test_what_cannot_be_a_day_is_told_and_what_was_typed_stays(page, office):
    letter_of(page, office, "two-letters.pdf")
    page.locator("#f-letter_date").focus()
    page.keyboard.press("e")
    page.keyboard.type("the day after")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong-letter_date")).to_contain_text("no day")
    expect(page.locator("#f-letter_date input[name=value]")).to_have_value("the day after")


def test_keys_rest_while_somebody_types_and_can_be_switched_off(page, office):
    letter_of(page, office, "two-letters.pdf")
    before = version_of(page)
    page.locator("#f-payer").focus()
    page.keyboard.press("e")
    page.keyboard.type("xausn")
    expect(page.locator("#f-payer input[name=value]")).to_have_value("xausn")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    page.locator("#f-payer").focus()
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    assert version_of(page) == before
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").check()


def test_a_value_is_picked_from_the_page_by_keyboard(page, office):
    letter_of(page, office, "dystonia-renewal-portal.png")
    page.locator("#f-member_name").focus()
    page.keyboard.press("s")
    page.locator(".words rect").first.wait_for(state="attached", timeout=60_000)
    page.keyboard.press("Shift+ArrowRight")
    assert page.locator(".words rect.at").count() == 2
    before = version_of(page)
    page.keyboard.press("Enter")
    decided(page, before)
    field = page.locator("#f-member_name")
    expect(field.locator(".state")).to_contain_text("by you")
    assert len(field.locator(".value").inner_text().split()) == 2
    assert len(re.findall(r"\[", field.get_attribute("data-boxes"))) == 3, "a box a word"


def test_of_two_people_the_second_is_told_and_nothing_is_lost(page, office, browser):
    letter_of(page, office, "two-letters.pdf")
    other = browser.new_context().new_page()
    sign_in(other, office)
    other.goto(page.url)
    before = version_of(other)
    other.locator("#f-claim_number").focus()
    other.keyboard.press("e")
    other.keyboard.type("FIRST1")
    other.keyboard.press("Enter")
    decided(other, before)
    page.locator("#f-claim_number").focus()
    page.keyboard.press("e")
    page.keyboard.type("SECOND2")
    with page.expect_response(lambda r: "/field/" in r.url) as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 409
    conflict = page.locator("#f-claim_number .conflict")
    expect(conflict).to_contain_text("FIRST1")
    expect(conflict).to_contain_text("SECOND2")
    expect(page.locator("#f-claim_number input[name=value]")).to_have_value("SECOND2")
    before = version_of(page)
    page.locator("#f-claim_number .save").click()
    decided(page, before)
    expect(page.locator("#f-claim_number .value")).to_have_text("SECOND2")
    other.context.close()


def test_a_file_is_divided_otherwise_and_stays_so(page, office):
    letter_of(page, office, "two-letters.pdf")
    page.get_by_role("link", name="Pages wrong?").click()
    page.get_by_role("button", name="All one letter").click()
    page.get_by_role("button", name="Divide so and read again").click()
    read_through(page, office)
    letter_of(page, office, "two-letters.pdf")
    assert page.locator(".tab.other").count() == 0
    assert page.locator(".tab").count() > 1
    page.get_by_role("link", name="Pages wrong?").click()
    expect(page.locator(".thumbs select").last).to_have_value("1")


def test_what_was_set_aside_says_why_and_a_password_opens_it(page, office):
    page.goto(office.url("/quarantine/"))
    expect(page.locator("article", has_text="broken.pdf")).to_contain_text("ends early")
    locked = page.locator("article", has_text="locked.pdf")
    expect(locked).to_contain_text("needs a password")
    locked.get_by_label("Password").fill(LOCK)
    locked.get_by_role("button", name="Open with it").click()
    read_through(page, office)
    letter_of(page, office, "locked.pdf")
    answer = page.request.get(office.url(page.locator(".sheet image").first.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    kept = [path for path in office.data.rglob("*") if path.is_file() and LOCK.encode() in path.read_bytes()]
    assert kept == [], "the password is kept nowhere"


def test_the_original_is_a_download_and_nothing_else(page, office):
    page.goto(office.url("/quarantine/"))
    link = page.locator("article", has_text="broken.pdf").get_by_role("link", name="Download").get_attribute("href")
    headers = page.request.get(office.url(link)).headers
    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-type"] == "application/octet-stream"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


def test_a_task_is_taken_moved_and_written_on(page, office):
    page.locator("tbody a").first.click()
    url = page.url
    page.locator("select[name=assignee]").select_option("admin")
    page.locator("select[name=state]").select_option("sent")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.locator("select[name=assignee]").select_option("admin")
    page.locator("select[name=state]").select_option("sent")
    page.locator("select[name=why]").select_option("sent by fax")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".line")).to_contain_text("→ sent")
    page.get_by_text("It was a call").click()
    page.get_by_label("Call reference").fill("REF-42")
    page.get_by_role("button", name="Save the call").click()
    assert page.url == url
    page.goto(office.url("/calls/"))
    expect(page.locator("tbody")).to_contain_text("REF-42")


def test_tasks_are_found_by_search_and_given_to_somebody(page, office):
    page.get_by_label("Search").fill("botox")
    page.wait_for_url(re.compile("search=botox"))
    page.goto(office.url("/?order=payer"))
    ticks = page.locator("input[name=task]")
    ticks.nth(0).check()
    ticks.nth(1).check()
    page.locator("select[name=assignee]").select_option("admin")
    page.get_by_role("button", name="the ticked ones").click()
    expect(page.locator(".done")).to_contain_text("given")
    assert page.locator("tbody tr", has_text="admin").count() >= 2


def test_tasks_are_moved_together_and_taken_back(page, office):
    rows = page.locator("tbody tr").filter(has_not=page.locator(".pill.needs_review"))
    address = rows.first.locator("td.due a").get_attribute("href")
    row = page.locator("tbody tr", has=page.locator(f"a[href='{address}']"))
    before = row.locator(".pill").inner_text()

    def move() -> None:
        page.get_by_text("Move them to another state").click()
        page.locator(".many select[name=state]").select_option("needs_review")
        page.locator(".many select[name=why]").select_option("other")
        page.get_by_role("button", name="Move the ticked ones").click()

    page.get_by_label("Tick every task of this page").check()
    move()
    expect(page.get_by_role("alert")).to_contain_text("payers")
    row.locator("input[name=task]").check()
    move()
    expect(page.locator(".told-here")).to_contain_text("1 task moved")
    expect(row.locator(".pill")).to_have_text("needs review")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(".told-here")).to_contain_text("1 task put back")
    expect(row.locator(".pill")).to_have_text(before)


def test_the_sheets_show_what_is_there(page, office):
    shown = {"/morning/": "Won but unpaid", "/reports/": "Denials by payer", "/audit/": "chain of all rows holds"}
    for path, words in shown.items():
        page.goto(office.url(path))
        expect(page.locator("main")).to_contain_text(words)
    page.goto(office.url("/reports/"))
    first = page.locator(".reports table").first
    assert 1 < first.locator("tbody tr").count() == first.locator("svg.plot rect").count(), "a bar a row, no name twice"
    month = office.admin.ask("/reports/outcomes/?month=2026-11")
    assert month.headers["Content-Disposition"].endswith('denials-outcomes-2026-11.html"')
    assert "Money recovered" in month.text
    assert office.admin.ask("/reports/outcomes/?month=2026-13").status == 422


def test_no_text_from_outside_ever_runs(page, office):
    letter_of(page, office, "two-letters.pdf")
    letter = page.url
    path = letter.removeprefix(office.url(""))
    visitor = Visitor(office.port)
    visitor.sign_in("admin")
    page.goto(office.url("/"))
    task = page.locator("tbody a").first.get_attribute("href")
    for payload in PAYLOADS:
        version = re.search(r'data-version="(\d+)"', visitor.ask(path).text).group(1)
        form = {"version": version, "act": "set", "value": payload, "reason": payload}
        assert visitor.ask(f"{path}field/provider_name/", form).status == 302
        assert visitor.ask(f"{task}remark/", {"kind": "call", "text": payload, "reference": payload}).status == 302
        page.goto(letter)
        expect(page.locator("#f-provider_name .value")).to_have_text(re.sub(r"\s+", " ", payload).strip())
    for where in (task, "/calls/", "/audit/", "/reports/", f"/?search={PAYLOADS[1]}", "/letters/"):
        page.goto(office.url(where))
    page.goto(office.url(task))
    for payload in PAYLOADS:
        assert payload.strip() in page.locator(".line").inner_text()


def test_every_look_and_change_is_one_row_of_the_audit(office):
    visitor = Visitor(office.port)
    visitor.sign_in("admin")

    def whole() -> int:
        return int(re.search(r"<small>(\d+) rows", visitor.ask("/audit/").text).group(1))

    task = re.search(r'href="(/task/[^"]+)"', visitor.ask("/").text).group(1)
    letter = re.search(r'href="(/letter/[^"]+)"', visitor.ask("/letters/").text).group(1)
    before = whole()
    for _ in range(10):
        visitor.ask(task)
        visitor.ask(letter)
        visitor.ask(f"{task}remark/", {"kind": "note", "text": "looked"})
    assert whole() - before == 30
    stranger = Visitor(office.port)
    stranger.sign_in("admin", "wrong")
    assert whole() - before == 31
    assert "chain of all rows holds" in visitor.ask("/audit/").text
