"""The review page in a real browser: nothing without a login, nothing from elsewhere, nothing that runs."""

import http.client
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from pipeline.errors import UsageError
from pipeline.web.options import allowed_hosts

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """(port, first administrator's link) of a page served in a process of its own."""
    data = tmp_path_factory.mktemp("data")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(__file__).with_name("review_page.py")
    process = subprocess.Popen([sys.executable, script, data, str(port)], stdout=subprocess.PIPE, text=True)
    try:
        lines = [process.stdout.readline() for _ in range(3)]
        yield port, re.search(r"http://\S+", lines[1]).group(0)
    finally:
        process.kill()
        process.wait()


def get(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


@pytest.mark.parametrize("path", ["/", "/task/t-late/", "/task/none/"])
def test_no_page_without_a_login(served, path):
    answer = get(served[0], path)
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/login/")
    assert b"Sample" not in answer.read()


def test_a_foreign_host_is_refused(served):
    assert get(served[0], "/login/", Host="evil.example").status == 400


def test_pages_forbid_what_comes_from_elsewhere(served):
    policy = get(served[0], "/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_first_administrator_signs_in_once_and_sees_the_queue(served):
    port, link = served
    with sync_playwright() as tool:
        chromium = shutil.which("chromium")
        if chromium is None:
            pytest.fail("no chromium: `make setup` installs it")
        browser = tool.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        elsewhere, dialogs = [], []
        page.on("request", lambda r: elsewhere.append(r.url) if f"127.0.0.1:{port}" not in r.url else None)
        page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
        page.goto(link)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("The same again").fill(PASSWORD)
        page.get_by_role("button", name="Save and sign in").click()
        assert page.get_by_role("heading", name="Worklist").is_visible()
        assert page.get_by_text("overdue by 9 d").is_visible()
        assert page.get_by_text("<script>alert(1)</script>").first.is_visible()
        page.get_by_role("link", name="2026-03-01").click()
        assert page.get_by_text("180 calendar days from the letter date").is_visible()
        assert page.get_by_text("Failed-therapy record").is_visible()
        page.get_by_role("button", name="Sign out").click()
        page.goto(link)
        assert page.get_by_text("used already").is_visible()
        page.goto(f"http://127.0.0.1:{port}/login/")
        page.get_by_label("Name").fill("admin")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_role("alert").is_visible()
        browser.close()
    assert (elsewhere, dialogs) == ([], [])


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.org"])  # noqa: S104 - refused is the point
def test_no_other_machine_is_served(host):
    with pytest.raises(UsageError, match="TLS"):
        allowed_hosts(host)
