"""What goes to the payer: the packet tells what is open, and the word that it was sent carries its proof."""

import io
import re
import zipfile

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


@pytest.fixture
def task(office):
    """The address of a task that can be sent and that no other test of this desk has sent."""
    for path in re.findall(r'href="(/task/[^"]+)"', office.admin.ask("/").text):
        page = office.admin.ask(path).text
        if "It was sent" in page and state(page) not in ("sent", "awaiting_decision"):
            return path
    pytest.fail("no task can be sent")


def version(page: str) -> str:
    return re.search(r'name="version" value="(\d+)"', page).group(1)


def state(page: str) -> str:
    return re.search(r'class="pill (\w+)"', page).group(1)


def test_the_packet_shows_what_is_open_and_is_a_download(office, task):
    before = state(office.admin.ask(task).text)
    page = office.admin.ask(f"{task}packet/").text
    assert "What goes to the payer" in page
    assert "do not send it so" in page, "nobody filled practice.yaml in, so something is open"
    named = set(re.findall(r'<li><span class="mono">([^<]+)</span>', page))
    answer = office.admin.ask(f"{task}packet/files/", {})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert set(archive.namelist()) == named != set()
        assert archive.testzip() is None
    assert state(office.admin.ask(task).text) == before, "a download sends nothing"


def test_it_was_sent_with_its_proof_arrived_and_was_taken_back(office, task):
    admin = office.admin
    page = admin.ask(task).text
    before, sent = state(page), f"{task}followed/"
    form = {"act": "sent", "version": version(page), "channel": "fax", "number": "(555) 010-2345", "proof": "FX-77",
            "day": "2026-11-26"}  # fmt: skip
    for wrong in ({"day": "soon"}, {"day": "2027-01-01"}, {"number": "12"}, {"act": "flown"}, {"channel": "owl"}):
        assert admin.ask(sent, {**form, **wrong}).status == 422, wrong
    assert admin.ask(sent, {**form, "version": "999"}).status == 409
    assert state(admin.ask(task).text) == before, "nothing of that was kept"
    assert admin.ask(sent, form).status == 302
    page = admin.ask(task).text
    assert state(page) == "sent"
    assert re.search(r"Sent 2026-11-26 by fax.*\(555\) 010-2345.*FX-77", page, re.DOTALL)
    arrived = {"act": "arrived", "version": version(page), "day": "2026-11-27", "proof": "REF-1"}
    assert admin.ask(sent, arrived).status == 302
    page = admin.ask(task).text
    assert state(page) == "awaiting_decision"
    for _ in range(2):
        assert admin.ask(sent, {"act": "taken_back", "version": version(page)}).status == 302
        page = admin.ask(task).text
    assert state(page) == before


def test_packets_and_proofs_are_kept_with_the_task_and_only_come_as_a_download(office, task):
    admin = office.admin
    page = admin.ask(task).text
    proof = b"%PDF-1.4 an invented fax confirmation"
    form = {"act": "sent", "version": version(page), "channel": "fax", "number": "5550102345", "day": "2026-11-26"}
    assert admin.ask(f"{task}followed/", form, file=("../../fax 77.pdf", proof)).status == 302
    page = admin.ask(task).text
    assert state(page) == "sent"
    kept = dict(re.findall(r'href="(/task/[^"]+/kept/[0-9a-f]{64}/)" class="wrap">([^<]+)</a> <small>proof', page))
    (address,) = [where for where, name in kept.items() if name == "fax 77.pdf"]
    answer = admin.ask(address)
    assert answer.body == proof
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")

    assert admin.ask(f"{task}proof/", {}, file=("receipt.txt", b"certified mail 9400 1")).status == 302
    assert "receipt.txt" in admin.ask(task).text
    assert admin.ask(f"{task}proof/", {}, file=("nothing.pdf", b"")).status == 422
    assert admin.ask(f"{task}proof/", {}).status == 422
    digest = address.rstrip("/").rpartition("/")[2]
    other = next(path for path in re.findall(r'href="(/task/[^"]+)"', admin.ask("/").text) if path != task)
    assert admin.ask(f"{other}kept/{digest}/").status == 404, "of another task"
    assert admin.ask(f"{task}packet/files/", {}).status == 200
    assert "packet: " in admin.ask(task).text, "a packet that was taken is kept as it was made"
    page = admin.ask(task).text
    assert admin.ask(f"{task}followed/", {"act": "taken_back", "version": version(page)}).status == 302
