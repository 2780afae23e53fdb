"""Cases by hand: brought together, taken apart, confirmed; a stale page moves nothing."""

import re

import pytest

from tests.web.served import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


def cases_of(admin: Visitor) -> dict[str, str]:
    """The case of each letter that waits."""
    letters = re.findall(r'href="(/letter/[^"]+)"', admin.ask("/letters/").text)
    pages = {letter: admin.ask(letter).text for letter in letters}
    found = {letter: re.findall(r'href="(/case/[^"]+)"', page) for letter, page in pages.items()}
    return {letter: cases[0] for letter, cases in found.items() if len(cases) == 1}


def versions(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(version-[^"]+)" value="(\d+)"', page))


def test_two_cases_become_one_and_two_again(office):
    admin = office.admin
    (first, here), (second, there) = list(cases_of(admin).items())[:2]
    assert here != there
    assert admin.ask(f"{there}confirm/", versions(admin.ask(there).text)).status == 302, "somebody decided on it before"
    stale = versions(admin.ask(here).text)
    other = there.strip("/").split("/")[1]
    assert admin.ask(f"{here}merge/", {"other": other, **stale}).status == 302
    page = admin.ask(here).text
    assert second in page
    assert "by a person" in page
    assert admin.ask(there).status == 404, "a case without letters is gone"

    letter_id = second.strip("/").split("/")[1]
    both = {"letter": letter_id, **versions(page)}
    assert admin.ask(f"{here}split/", {**both, f"version-{letter_id}": "0"}).status == 409
    assert second in admin.ask(here).text, "nothing was moved"
    assert admin.ask(f"{here}split/", both).status == 302
    assert second not in admin.ask(here).text
    assert cases_of(admin)[second] not in (here, "")
    assert cases_of(admin)[first] == here


def test_a_case_is_confirmed_and_what_makes_no_sense_is_told(office):
    admin = office.admin
    here = next(iter(cases_of(admin).values()))
    page = admin.ask(here).text
    assert admin.ask(f"{here}confirm/", versions(page)).status == 302
    assert "by its numbers" not in admin.ask(here).text
    assert admin.ask(f"{here}merge/", {"other": "case-of-nobody"}).status == 422
    assert admin.ask(f"{here}merge/", {"other": here.strip("/").split("/")[1]}).status == 422
    assert admin.ask(f"{here}split/", {}).status == 422
