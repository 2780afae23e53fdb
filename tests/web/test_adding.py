"""What is sent over the desk: letters go the way of the inbox, documents into the folder of their patient."""

import re
import time
from urllib.parse import urlsplit

import pytest

from tests.output.payer_form.forms import drawn_form
from tests.web.served import LETTERS, Visitor, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

NOTE = b"""Example Neurology
Progress note
Date of service: 11/02/2026

Assessment: chronic migraine. Onabotulinumtoxin A discussed.
Signed by Alex Example, MD 11/02/2026
"""


def read_all(visitor: Visitor) -> None:
    for _ in range(1200):
        if visitor.ask("/letters/coming/").headers.get("HX-Refresh"):
            return
        time.sleep(0.25)
    pytest.fail("it was not read in five minutes")


def test_a_new_desk_begins_with_sample_letters_and_takes_letters_in(tmp_path):
    with serving(tmp_path / "data") as desk:
        visitor = Visitor(desk.port)
        visitor.welcome(desk.link)
        assert "Read three sample letters" in visitor.ask("/").text
        assert visitor.ask("/letters/samples/", {}).status == 302
        read_all(visitor)
        assert visitor.ask("/letters/").text.count('href="/letter/') >= 3
        visitor.ask("/letters/samples/", {})
        assert "7 files seen" not in visitor.ask("/").text
        letter = LETTERS / "claim-unprocessable.txt"
        sent = visitor.ask("/letters/add/", {}, file=("../<b>x</b>.txt", letter.read_bytes()))
        assert sent.status == 302
        read_all(visitor)
        page = visitor.ask("/").text
        assert "4 files seen" in page
        assert "+ 0 in the inbox" in page
        rows = visitor.ask("/audit/").text
        assert len(re.findall(r"<td>admin</td><td>added <small>letter</small>", rows)) == 4


def test_a_payers_form_is_loaded_looked_through_and_confirmed(office):
    admin = office.admin
    assert "None is loaded yet" in admin.ask("/forms/").text
    said = {"payers": "some plan, other plan", "letter": "first_appeal"}
    assert admin.ask("/forms/add/", said, file=("x.pdf", b"no pdf")).status == 422
    assert admin.ask("/forms/add/", said, file=("Dispute <b>.pdf", drawn_form())).status == 302
    page = admin.ask("/forms/").text
    assert "not confirmed" in page
    assert "some plan, other plan" in page
    assert 'name="say:f2" value="{member_id}"' in page
    name = re.search(r'name="form" value="([^"]+)"', page).group(1)
    assert "<" not in name
    refused = admin.ask("/forms/confirm/", {"form": name, "say:f4": "{nobody}"})
    assert refused.status == 422
    assert "nothing fills {nobody}" in refused.text
    assert admin.ask("/forms/confirm/", {"form": name, "say:f4": "", "say:f6": "{member_id}"}).status == 302
    page = admin.ask("/forms/").text
    assert "confirmed by admin" in page
    assert 'name="say:f4" value=""' in page
    assert 'name="say:f6" value="{member_id}"' in page
    assert admin.ask("/forms/confirm/", {"form": name, "act": "remove"}).status == 302
    assert "None is loaded yet" in admin.ask("/forms/").text


def test_what_is_no_file_or_too_large_is_refused_in_words(office):
    assert office.admin.ask("/letters/add/", {}, file=("empty.pdf", b"")).status == 422
    office.admin.ask("/")
    assert office.admin.ask("/login/", {}, file=("big.pdf", b"x" * 1_500_000)).status == 413


def test_a_document_goes_into_the_patients_folder_and_into_the_case(office):
    task = re.search(r'href="(/task/[^"]+)"', office.admin.ask("/?search=migraine").text or "")
    task = task or re.search(r'href="(/task/[^"]+)"', office.admin.ask("/").text)
    path = task.group(1)
    assert "No folder is linked" in office.admin.ask(path).text
    assert office.admin.ask(f"{path}paper/", {"folder": "../escape"}, file=("n.txt", NOTE)).status == 422
    assert list((office.data.parent / "charts").iterdir()) == []
    sent = office.admin.ask(f"{path}paper/", {"folder": ""}, file=("../../note of today.txt", NOTE))
    assert (sent.status, urlsplit(sent.headers["Location"]).path) == (302, path)
    folders = list((office.data.parent / "charts").iterdir())
    assert [[file.name for file in folder.iterdir()] for folder in folders] == [["note of today.txt"]]
    for _ in range(1200):
        page = office.admin.ask(path).text
        if re.search(r"<li>note of today\.txt", page):
            break
        time.sleep(0.25)
    assert re.search(r"<li>note of today\.txt", page), "it was read and stands among the documents"
    assert folders[0].name in page
    assert "<b>admin</b>" in page
    assert "added note of today.txt" in page
