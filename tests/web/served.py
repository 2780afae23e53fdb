"""A review desk over a few sample letters, served by the real command in a process of its own, and who visits it."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

LETTERS = Path(__file__).parents[2] / "sample_letters" / "letters"
PASSWORD = "correct horse battery"
DAY = "2026-11-27"
HOSTILE = "<img src=x onerror=alert(1)>.pdf"
LOCK = "open-sesame-1"
PRACTICE = """
places:
  - name: North office
    known_as: [Whitethorn Urology Associates]
  - name: South office
    known_as: [Juniper Hollow Neurology and Rehabilitation]
    npis: [1999971066]
"""
"""Locations by the providers of the letters of ``inbox_of``; each has one of the two letters in one file."""
_BOUNDARY = "a-boundary-of-tests"


@dataclass
class Desk:
    """Where the desk is served, and the first administrator's link."""

    port: int
    link: str
    data: Path

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@dataclass
class Visitor:
    """Somebody with a browser's cookies and without a browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(
        self, path: str, form: dict[str, str] | None = None, file: tuple[str, bytes] | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        body = None
        if form is not None:
            form = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **form}
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
            body = urllib.parse.urlencode(form)
        if file is not None:
            sent |= {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
            body = _multipart(form or {}, file)
        connection.request("GET" if form is None else "POST", path, body=body, headers=sent)
        answer = connection.getresponse()
        answer.body = answer.read()
        answer.text = answer.body.decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer

    def welcome(self, link: str) -> None:
        """Choose the password of a one-time link, and be signed in."""
        self.ask(urllib.parse.urlsplit(link).path)
        path = urllib.parse.urlsplit(link).path.rsplit("/", 2)[0] + "/set-password/"
        self.ask(path)
        answer = self.ask(path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
        assert answer.status == 302, answer.text[:500]

    def sign_in(self, name: str, password: str = PASSWORD) -> int:
        self.ask("/login/")
        return self.ask("/login/", {"username": name, "password": password}).status


def _multipart(form: dict[str, str], file: tuple[str, bytes]) -> bytes:
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in form.items()]
    head = f'Content-Disposition: form-data; name="file"; filename="{file[0]}"\r\nContent-Type: x/y\r\n\r\n'
    parts.append(head.encode() + file[1])
    start = f"--{_BOUNDARY}\r\n".encode()
    return b"".join(start + part + b"\r\n" for part in parts) + f"--{_BOUNDARY}--\r\n".encode()


def inbox_of(place: Path) -> Path:
    """A clean letter, one with a question, a scan, two letters in a file, a locked, a broken and an oddly named one."""
    inbox = place / "inbox"
    inbox.mkdir()
    for name in ("migraine-classic.pdf", "claim-unprocessable.txt", "dystonia-renewal-portal.png"):
        shutil.copy(LETTERS / name, inbox)
    joined = pikepdf.Pdf.new()
    for name in ("claim-timely.pdf", "eyelid-cosmetic.pdf"):
        with pikepdf.open(LETTERS / name) as part:
            joined.pages.extend(part.pages)
            joined.save(inbox / "two-letters.pdf")
    with pikepdf.open(LETTERS / "claim-visit-maximum.pdf") as pdf:
        pdf.save(inbox / "locked.pdf", encryption=pikepdf.Encryption(user=LOCK, owner="o", R=6))
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    shutil.copy(LETTERS / "newsletter.pdf", inbox / HOSTILE)
    return inbox


def sign_in(page: Page, office: Desk) -> None:
    page.goto(office.url("/login/"))
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Desk]:
    """The desk as the command serves it; ``settings`` are variables of its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pipeline", "review", "--data", data, "--port", str(port), "--as-of", DAY]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **settings})
    try:
        told = ""
        while "Review page" not in told:
            line = process.stderr.readline()
            assert line, told
            told += line
        link = re.search(r"http\S+/welcome/\S+", told)
        yield Desk(port=port, link=link.group(0) if link else "", data=data)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A desk over the letters of ``inbox_of``, worked through; the same for all tests of a worker."""
    place = tmp_path_factory.mktemp("office")
    (place / "data").mkdir(mode=0o700)
    (place / "data" / "practice.yaml").write_text(PRACTICE)
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        "--direct",
        "--inbox",
        inbox_of(place),
        "--data",
        place / "data",
    ]
    done = subprocess.run([*command, "--as-of", DAY], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    (place / "charts").mkdir()
    with serving(place / "data", DENIALS_CHARTS=str(place / "charts")) as desk:
        admin = Visitor(desk.port)
        admin.welcome(desk.link)
        desk.admin = admin
        yield desk


_LIST = """
import json, sys
from pathlib import Path
from pipeline.store import configure
from pipeline.web.options import web_options
configure(Path(sys.argv[1]), options=web_options(["127.0.0.1"], secret_key="x" * 50))
from pipeline.web.urls import urlpatterns
print(json.dumps({p.name: str(p.pattern) for p in urlpatterns}))
"""


@pytest.fixture(scope="session")
def routes(tmp_path_factory):
    """Name to address of every route of the desk."""
    command = [sys.executable, "-c", _LIST, tmp_path_factory.mktemp("routes")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)


def address(pattern: str, **odd: str) -> str:
    ids = dict.fromkeys(("letter_id", "task_id", "document_id", "case_id"), "gone")
    values = {**ids, "name": "payer", "page": "1", "section": "0", "user_id": "999999", "digest": "0" * 64, **odd}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: values[m[1]], pattern)
