"""A person's own sign-in: the second factor by an authenticator's codes, and the automatic logoff."""

import re
import sqlite3
import time
from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import expect

from tests.web.served import PASSWORD, Visitor, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


class Telephone:
    """An authenticator app: it has the key of the page and shows a code that is good once."""

    def __init__(self, page: str) -> None:
        self._key = b32decode(re.search(r"type the key <b[^>]*>([A-Z2-7 ]+)<", page).group(1).replace(" ", ""))
        self._shown = -1

    def code(self) -> str:
        clock = TOTP(self._key)
        clock.time = time.time()
        clock.drift = 0 if clock.t() > self._shown else 1  # the one before was used: the next is taken a little early
        self._shown = clock.t()
        return f"{clock.token():06d}"


def invited(office, name: str, role: str = "biller") -> Visitor:
    page = office.admin.ask("/people/invite/", {"name": name, "role": role})
    visitor = Visitor(office.port)
    visitor.welcome(re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0))
    return visitor


def where(answer) -> str:
    return (answer.headers["Location"] or "").split("?")[0]


def test_a_telephone_is_asked_for_once_it_is_set_up_and_a_recovery_code_opens_once(office):
    visitor = invited(office, "careful")
    telephone = Telephone(visitor.ask("/account/telephone/").text)
    assert visitor.ask("/account/telephone/on/", {"code": "000000"}).status == 422
    time.sleep(1.1)  # a wrong code makes everybody wait
    page = visitor.ask("/account/telephone/on/", {"code": telephone.code()}).text
    codes = re.findall(r'<li class="mono">(\w+)</li>', page)
    assert len(set(codes)) == 8
    assert visitor.ask("/").status == 200

    again = Visitor(office.port)
    again.sign_in("careful")
    for path in ("/", "/letters/", "/account/", "/account/password/", "/account/telephone/"):
        assert where(again.ask(path)) == "/code/", path
    assert where(again.ask("/account/telephone/on/", {"code": telephone.code()})) == "/code/", "no other telephone"
    assert again.ask("/", **{"HX-Request": "true"}).headers["HX-Redirect"].startswith("/code/")
    assert again.ask("/code/show/", {"code": "nonsense", "next": "/calls/"}).status == 422
    time.sleep(1.1)
    assert where(again.ask("/code/show/", {"code": codes[0], "next": "/calls/"})) == "/calls/"
    assert again.ask("/").status == 200

    third = Visitor(office.port)
    third.sign_in("careful")
    assert third.ask("/code/show/", {"code": codes[0]}).status == 422, "each is good once"
    time.sleep(1.1)
    assert where(third.ask("/code/show/", {"code": telephone.code(), "next": "//evil.example/"})) == "/"


def test_an_admin_takes_a_lost_telephone_off(office):
    visitor = invited(office, "loser")
    telephone = Telephone(visitor.ask("/account/telephone/").text)
    visitor.ask("/account/telephone/on/", {"code": telephone.code()})
    row = re.search(r"<td>loser</td>.*?/people/(\d+)/", office.admin.ask("/people/").text, re.DOTALL).group(1)
    assert office.admin.ask(f"/people/{row}/", {"act": "telephone"}).status == 200
    again = Visitor(office.port)
    again.sign_in("loser")
    assert again.ask("/").status == 200


def test_where_it_is_required_nobody_gets_in_without(office):
    with serving(office.data, DENIALS_SECOND_FACTOR="true") as strict:
        visitor = Visitor(strict.port)
        visitor.sign_in("admin")
        assert where(visitor.ask("/")) == "/code/"
        assert where(visitor.ask("/code/")) == "/account/telephone/"
        telephone = Telephone(visitor.ask("/account/telephone/").text)
        assert visitor.ask("/account/telephone/on/", {"code": telephone.code()}).status == 200
        assert visitor.ask("/").status == 200
        assert visitor.ask("/account/telephone/off/", {}).status == 422
    admin = Visitor(office.port)
    admin.sign_in("admin")
    time.sleep(0.1)
    assert where(admin.ask("/code/show/", {"code": telephone.code()})) == "/"
    assert where(admin.ask("/account/telephone/off/", {})) == "/account/"


def test_an_idle_session_ends_and_only_work_keeps_it(office):
    visitor = invited(office, "idler", "viewer")
    visitor.ask("/")
    key = visitor.cookies["sessionid"]

    def ends(moment: datetime | None = None) -> datetime:
        with sqlite3.connect(office.data / "denials.sqlite3", timeout=30) as store:
            if moment is not None:
                store.execute("UPDATE django_session SET expire_date=? WHERE session_key=?", (f"{moment:%F %T}", key))
            (text,) = store.execute("SELECT expire_date FROM django_session WHERE session_key=?", (key,)).fetchone()
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    quarter = timedelta(minutes=15)
    assert abs(ends() - datetime.now(UTC) - quarter) < timedelta(minutes=1)
    soon = datetime.now(UTC) + timedelta(minutes=5)
    ends(soon)
    assert visitor.ask("/letters/coming/").status == 200
    assert ends() - soon < timedelta(seconds=2), "what a page asks for by itself keeps nobody signed in"
    ends(datetime.now(UTC) - timedelta(seconds=1))
    assert where(visitor.ask("/")) == "/login/"
    assert where(visitor.ask("/here/")) == "/login/"
    assert Visitor(office.port).sign_in("idler", PASSWORD) == 302


def test_in_the_browser_a_warning_comes_first_and_a_key_ends_it(page, office):
    warning = page.get_by_role("dialog", name="Are you still there?")
    page.clock.install()
    page.goto(office.url("/"))
    page.clock.fast_forward("14:00")
    page.clock.run_for(10_000)
    expect(warning).to_be_visible()
    page.keyboard.press("Shift")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("15:00")
    page.clock.run_for(2_000)
    page.wait_for_url("**/login/**")
    page.goto(office.url("/"))
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
