"""A clinician answers what is open in a letter and signs it; the signature stands for that content and for no other."""

import html
import re
from collections.abc import Iterator

import pytest

from tests.web.axe import faulty
from tests.web.served import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


@pytest.fixture(scope="module")
def clinician(office):
    page = office.admin.ask("/people/invite/", {"name": "pat", "role": "clinician"})
    visitor = Visitor(office.port)
    visitor.welcome(re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0))
    return visitor


def packets(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """The address and the packet's page of each task that something is written for."""
    for task in re.findall(r'href="(/task/[^"]+)"', visitor.ask("/").text):
        answer = visitor.ask(f"{task}packet/")
        if answer.status == 200:
            yield task, answer.text


def open_in(page: str) -> list[str]:
    return [html.unescape(gap) for gap in re.findall(r'name="gap" value="([^"]+)"', page)]


def decided(admin: Visitor, letter: str, path: str, **form: str) -> None:
    answer = admin.ask(letter)
    assert answer.status == 200, (letter, answer.status, answer.text[-600:], dict(answer.headers))
    version = re.search(r'data-version="(\d+)"', answer.text).group(1)
    assert admin.ask(f"{letter}{path}", {"version": version, **form}).status == 302


def test_a_signature_stands_for_one_content(office, clinician, found):
    admin = office.admin
    task, page = next((task, page) for task, page in packets(clinician) if "✓ nothing is open" in page)
    assert "Nobody has signed it" in page
    found("a packet to sign", clinician.ask(f"{task}packet/"))
    content = re.search(r'name="content" value="(\w{64})"', page).group(1)
    sign = f"{task}packet/sign/"
    assert clinician.ask(sign, {"name": "Pat Example, MD", "content": "0" * 64}).status == 409
    assert clinician.ask(sign, {"name": "  ", "content": content}).status == 422
    assert admin.ask(sign, {"name": "Pat Example, MD", "content": content}).status == 403, "an admin is no clinician"
    assert "Nobody has signed it" in admin.ask(f"{task}packet/").text
    assert clinician.ask(sign, {"name": "Pat Example, MD", "content": content}).status == 302
    for where in (f"{task}packet/", task):
        assert "✓ Signed by Pat Example, MD" in admin.ask(where).text
        found(f"signed: {where}", admin.ask(where))
    letter = re.search(r'href="(/letter/[^"]+)"', admin.ask(task).text).group(1)
    decided(admin, letter, "field/service_description/", act="set", value="something else")
    for where in (f"{task}packet/", task):
        assert "signature of Pat Example, MD" in (told := admin.ask(where).text)
        assert "has ended" in told
        found(f"ended: {where}", clinician.ask(where))
    decided(admin, letter, "undo/")
    assert "✓ Signed by Pat Example, MD" in admin.ask(task).text, "the same content is the one that was signed"
    assert faulty(found.seen) == {}


def test_what_is_open_is_answered_by_a_clinician_alone_and_says_who_said_it(office, clinician):
    task, page = next((task, page) for task, page in packets(clinician) if len(open_in(page)) > 1)
    gaps = open_in(page)
    gap = next(gap for gap in gaps if "compare" not in gap)
    fill = f"{task}packet/fill/"
    words = {"gap": gap, "words": "The patient cannot work on headache days."}
    assert office.admin.ask(fill, words).status == 403
    assert clinician.ask(fill, {**words, "words": " "}).status == 422
    assert clinician.ask(fill, {**words, "gap": "no such gap"}).status == 422
    content = re.search(r'name="content" value="(\w{64})"', page)
    assert content is None, "nobody signs what is open"
    assert clinician.ask(f"{task}packet/sign/", {"name": "Pat", "content": "0" * 64}).status == 409
    assert open_in(clinician.ask(f"{task}packet/").text) == gaps, "nothing of that was kept"
    assert clinician.ask(fill, words).status == 302
    assert open_in(clinician.ask(f"{task}packet/").text) == [one for one in gaps if one != gap]
    said = office.admin.ask(task).text
    assert "<b>pat</b>" in said
    assert words["words"] in said
