"""A form that is refused, or that somebody was faster with, stands there again with what was put into it."""

import re

import pytest
from playwright.sync_api import expect

from pipeline.web.answers import Paging
from tests.web.served import sign_in
from tests.web.test_states import member as invited


def in_office(test):
    """Marks a test that asks the office."""
    return pytest.mark.slow(pytest.mark.xdist_group("office")(test))


def version(page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', page).group(1)


def chosen(page: str, select: str) -> list[str]:
    box = re.search(rf'<select name="{select}"[^>]*>(.*?)</select>', page, re.DOTALL).group(1)
    return re.findall(r'<option(?: value="[^"]*")? selected>([^<]*)', box)


def open_tasks(office) -> list[str]:
    return re.findall(r'href="(/task/[^"]+/)"', office.admin.ask("/").text)


@pytest.mark.parametrize(
    ("start", "shown", "whole", "told"),
    [(0, 50, 120, (1, 50, None, 50)), (50, 50, 120, (51, 100, 0, 100)), (100, 20, 120, (101, 120, 50, None)),
     (0, 3, 3, (1, 3, None, None)), (0, 50, 50, (1, 50, None, None)), (30, 50, 120, (31, 80, 0, 80))],
)  # fmt: skip
def test_a_page_of_a_list_knows_the_pages_beside_it(start, shown, whole, told):
    paging = Paging(start=start, shown=shown, whole=whole, size=50)
    assert (paging.first, paging.end, paging.before, paging.after) == told


@in_office
def test_a_move_without_a_reason_keeps_what_was_chosen(office):
    task = open_tasks(office)[0]
    page = office.admin.ask(task).text
    other = re.search(r'<select name="state">.*?<option value="(\w+)">([^<]+)', page, re.DOTALL)
    form = {"version": version(page), "state": other[1], "assignee": "admin"}
    refused = office.admin.ask(f"{task}change/", form)
    assert refused.status == 422
    assert "Say why the state changes." in refused.text
    assert chosen(refused.text, "state") == [other[2]]
    assert chosen(refused.text, "assignee") == ["admin"]
    assert chosen(office.admin.ask(task).text, "state") != [other[2]], "nothing was moved"


@in_office
def test_who_was_too_late_sees_the_task_as_it_is_and_their_own_choice_in_its_form(office):
    task = open_tasks(office)[0]
    page = office.admin.ask(task).text
    other = re.search(r'<select name="state">.*?<option value="(\w+)">([^<]+)', page, re.DOTALL)
    form = {"version": "999", "state": other[1], "why": "evidence came", "reason": "by courier"}
    late = office.admin.ask(f"{task}change/", form)
    assert late.status == 409
    assert "Somebody changed this task meanwhile" in late.text
    assert (chosen(late.text, "state"), chosen(late.text, "why")) == ([other[2]], ["evidence came"])
    assert 'name="reason" value="by courier"' in late.text


@in_office
def test_a_proof_that_is_refused_for_its_day_is_not_typed_twice(office):
    for task in open_tasks(office):
        page = office.admin.ask(task).text
        if "It was sent" in page:
            break
    form = {"act": "sent", "version": version(page), "channel": "fax", "number": "(555) 010-2399", "proof": "FX-9",
            "day": "some day"}  # fmt: skip
    refused = office.admin.ask(f"{task}followed/", form)
    assert refused.status == 422
    assert chosen(refused.text, "channel") == ["fax"]
    for name, value in (("number", "(555) 010-2399"), ("proof", "FX-9"), ("day", "some day")):
        assert re.search(rf'name="{name}" value="{re.escape(value)}"', refused.text), name


@in_office
def test_a_save_that_changes_nothing_is_no_change(office):
    task = open_tasks(office)[0]
    page = office.admin.ask(task).text
    form = {"version": version(page), "state": re.search(r'class="pill (\w+)"', page)[1], "assignee": ""}
    if "with nobody" not in page:
        form["assignee"] = re.search(r"<small>with (\w+)</small>", page)[1]
    assert office.admin.ask(f"{task}change/", form).status == 302
    assert version(office.admin.ask(task).text) == version(page)


@in_office
def test_what_one_meant_by_a_button_is_told_to_who_was_too_late(office):
    letter = re.search(r'href="(/letter/[^"]+/)"', office.admin.ask("/letters/").text)[1]
    meant = {"absent": "it is not in the letter", "confirm": "the value you saw is right", "set": "AB 12"}
    for act, words in meant.items():
        late = office.admin.ask(f"{letter}field/payer/", {"act": act, "version": "999", "value": "AB 12"})
        assert late.status == 409
        assert f"You said: <b>{words}</b>" in late.text


@in_office
def test_what_somebody_else_decided_is_not_called_ones_own(office):
    letter = re.search(r'href="(/letter/[^"]+/)"', office.admin.ask("/letters/").text)[1]
    page = office.admin.ask(letter).text
    assert office.admin.ask(f"{letter}field/tin/", {"act": "absent", "version": version(page)}).status == 302
    other = invited(office, "refused-coder", "coder")
    late = other.ask(f"{letter}field/tin/", {"act": "set", "version": "999", "value": "123456789"})
    field = re.search(r'id="f-tin".*?</form>', late.text, re.DOTALL)[0]
    assert re.search(r"</span> by admin</span>", field)
    assert "Now there: <b>it is not in the letter</b> (admin)" in field
    own = re.search(r'id="f-tin".*?</form>', office.admin.ask(letter).text, re.DOTALL)[0]
    assert re.search(r"</span> by you</span>", own)


@in_office
def test_a_folder_that_is_not_there_is_told_where_it_was_asked_for(office):
    letter = re.search(r'href="(/letter/[^"]+/)"', office.admin.ask("/letters/").text)[1]
    page = office.admin.ask(letter).text
    refused = office.admin.ask(f"{letter}case/", {"version": version(page), "case": "case-of-nobody"})
    assert refused.status == 422
    assert re.search(r"<details open><summary>Wrong case\?.*?There is no such case\.", refused.text, re.DOTALL)


@in_office
def test_the_list_of_letters_with_notes_begins_with_the_first_of_them(office):
    page = office.admin.ask("/letters/?noted").text
    begin = re.search(r'class="button main" href="([^"]+)">Begin', page)[1]
    assert begin == re.search(r'<tbody><tr><td class="due[^"]*"><a href="([^"]+)"', page)[1]


@in_office
def test_on_a_phone_no_table_is_wider_than_the_page_and_the_page_is_marked_in_the_bar(office, browser):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    sign_in(page, office)
    task = open_tasks(office)[0]
    case = re.search(r'href="(/case/[^"]+)"', office.admin.ask(task).text)[1]
    for path in ("/", "/letters/", "/morning/", "/audit/", "/people/", "/calls/", task, case):
        page.goto(office.url(path))
        wide = page.locator(".scroll").evaluate_all("all => all.filter(s => s.scrollWidth > s.clientWidth + 1).length")
        assert wide == 0, path
    page.goto(office.url("/people/"))
    expect(page.locator("nav [aria-current]")).to_be_in_viewport(ratio=0.9)
    context.close()
