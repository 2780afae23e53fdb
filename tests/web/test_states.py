"""States that somebody else, or nobody, is in: each answer of the desk is laid before axe-core, in light and in dark.

What a visitor without a browser was answered is shown in the browser (``found``), so that no state needs clicking. The
states of a signature are looked at in ``test_signing.py``.
"""

import re
import time

import pytest

from tests.web.axe import faulty, looked_at
from tests.web.served import PASSWORD, Visitor, serving
from tests.web.test_account import Telephone
from tests.web.test_locations import HERE, invited
from tests.web.test_signing import packets

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]


def member(office, name, role="biller"):
    page = office.admin.ask("/people/invite/", {"name": name, "role": role})
    visitor = Visitor(office.port)
    visitor.welcome(re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0))
    return visitor


def test_every_state_of_signing_in_is_sound(office, found):
    admin = office.admin
    asked = admin.ask("/people/invite/", {"name": "states-guest", "role": "viewer"})
    found("somebody is invited", asked)
    found("somebody cannot be invited", admin.ask("/people/invite/", {"name": "  ", "role": "viewer"}), status=422)
    path = re.search(r"/welcome/[^<\s]+", asked.text).group(0)
    guest = Visitor(office.port)
    guest.ask(path)
    path = path.rsplit("/", 2)[0] + "/set-password/"
    found("a first password", guest.ask(path))
    found("a weak password", guest.ask(path, {"new_password1": "short", "new_password2": "other"}))
    guest.ask(path, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    found("a link that was used", Visitor(office.port).ask("/welcome/MQ/used-up/"))
    found("nothing that this role may see", guest.ask("/people/"), status=403)
    stranger = Visitor(office.port)
    stranger.ask("/login/")
    wrong = {"username": "states-guest", "password": "wrong"}
    found("a wrong password", stranger.ask("/login/", wrong))
    for _ in range(9):
        last = stranger.ask("/login/", wrong)
    found("an account that is closed for a while", last, status=429)
    found("the password is changed wrongly", admin.ask("/account/password/", {"old_password": "no"}))

    careful = member(office, "states-careful")
    telephone = Telephone(careful.ask("/account/telephone/").text)
    found("a wrong first code", careful.ask("/account/telephone/on/", {"code": "000000"}), status=422)
    time.sleep(1.1)  # a wrong code makes everybody wait
    found("recovery codes", careful.ask("/account/telephone/on/", {"code": telephone.code()}))
    again = Visitor(office.port)
    again.sign_in("states-careful")
    found("a code is asked for", again.ask("/code/"))
    found("a wrong code", again.ask("/code/show/", {"code": "nonsense"}), status=422)
    found("with a telephone", careful.ask("/account/"))
    assert faulty(found.seen) == {}


def test_every_state_of_packets_and_cases_is_sound(office, found):
    admin, clinician = office.admin, member(office, "states-clinician", "clinician")
    task = next(task for task, page in packets(clinician) if 'name="gap"' in page)
    found("a packet with something open", clinician.ask(f"{task}packet/"))
    found("nothing was written for a gap", clinician.ask(f"{task}packet/fill/", {"gap": "x"}), status=422)
    admin.ask(f"{task}proof/", {}, file=("receipt.txt", b"certified mail 9400 2"))
    admin.ask(f"{task}remark/", {"kind": "call", "whom": "the plan", "reference": "R-7", "text": "a call"})
    found("a task with a proof and a call", admin.ask(task))
    found("calls", admin.ask("/calls/"))
    letter = re.search(r'href="(/letter/[^"]+)"', admin.ask(task).text).group(1)
    case = re.search(r'href="(/case/[^"]+)"', admin.ask(task).text).group(1)
    found("cases that are not brought together", admin.ask(f"{case}merge/", {"other": "case-gone"}), status=422)
    found("pages in no letter", admin.ask(f"{letter}divide/", {}), status=422)
    found("the outcomes as a page", admin.ask("/reports/outcomes/"))
    found("no such month", admin.ask("/reports/outcomes/?month=never"), status=422)
    assert faulty(found.seen) == {}


def test_every_state_of_a_location_and_of_an_empty_desk_is_sound(office, found, tmp_path):
    north = invited(office, "states-north", "biller", HERE)
    found("people, one narrowed", office.admin.ask("/people/"))
    for path in ("/", "/letters/", "/quarantine/", "/reports/", "/morning/"):
        found(f"within a location {path}", north.ask(path))
    found("the audit is closed", invited(office, "states-lead", "lead", HERE).ask("/audit/"), status=403)
    with serving(tmp_path / "empty") as empty:
        admin = Visitor(empty.port)
        admin.welcome(empty.link)
        for path in ("/", "/letters/", "/quarantine/", "/reports/", "/calls/", "/morning/"):
            found(f"empty {path}", admin.ask(path))
        admin.ask("/letters/samples/", {})
        found("letters are being read", admin.ask("/letters/?added=3"))
    assert faulty(found.seen) == {}


def test_the_question_whether_somebody_is_there_is_sound(page, office):
    page.add_init_script("window.setInterval = () => 0")  # the desk would see that somebody is, and close it
    page.goto(office.url("/"))
    page.locator("#idle").evaluate("(asked) => { asked.showModal(); }")
    assert looked_at(page) == []
