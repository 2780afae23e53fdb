"""Every route by every role, every unsafe route from elsewhere, every id with something odd in it."""

import re

import pytest

from tests.web.served import Visitor, address

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

ROLES = ("viewer", "biller", "coder", "authorization coordinator", "clinician", "lead", "admin")
LOOK = set(ROLES)
WORKS = LOOK - {"viewer"}
DECIDES = WORKS - {"clinician"}
FILES = DECIDES - {"coder"}
LEADS = {"lead", "admin"}
MATRIX = {
    "worklist": LOOK, "keep-view": LOOK, "letters": LOOK, "next-letter": LOOK, "letter": LOOK, "unsaid": LOOK,
    "picture": LOOK,
    "page-text": LOOK, "words": LOOK, "boundaries": LOOK, "task": LOOK, "quarantine": LOOK, "morning": LOOK,
    "calls": LOOK, "reports": LOOK, "outcomes": LOOK, "case": LOOK, "evidence": LOOK, "coming": LOOK, "here": LOOK,
    "account": LOOK, "password": LOOK, "enrolment": LOOK, "enrol": LOOK, "take-off": LOOK,
    "second": LOOK, "show-second": LOOK,
    "change-task": WORKS, "remark": WORKS, "remark-many": WORKS,
    "move-many": WORKS, "undo-moves": WORKS, "add-paper": WORKS,
    "follow-up": WORKS, "packet": WORKS, "add-proof": WORKS, "kept": FILES,
    "decide": DECIDES, "accept": DECIDES, "undo": DECIDES, "put-in-case": DECIDES,
    "link-patient": DECIDES, "divide": DECIDES,
    "locate": DECIDES, "narrow": {"admin"},
    "confirm-case": DECIDES, "split-case": DECIDES, "merge-cases": DECIDES,
    "assign": FILES, "retry": FILES, "original": FILES, "packet-files": FILES, "add-letters": FILES, "samples": FILES,
    "forms": FILES, "add-form": FILES, "confirm-form": FILES,
    "fill-gap": {"clinician"}, "sign": {"clinician"},
    "audit": LEADS, "people": {"admin"}, "invite": {"admin"}, "change-person": {"admin"},
    "login": None, "logout": None, "welcome": None,
}  # fmt: skip
"""Who may use a route. A route that is not here fails the test; so does one of the list that is gone."""
UNSAFE = (
    "keep-view", "assign", "decide", "accept", "undo", "put-in-case", "link-patient", "divide", "change-task",
    "remark", "retry", "invite", "change-person", "remark-many", "move-many", "undo-moves", "add-paper",
    "confirm-case", "split-case", "merge-cases", "add-letters", "samples", "follow-up", "packet-files",
    "add-proof", "fill-gap", "sign", "locate", "narrow", "enrol", "take-off", "show-second",
    "add-form", "confirm-form",
)  # fmt: skip


@pytest.fixture(scope="module")
def people(office):
    """A visitor of each role, signed in, and one who is not."""
    found = {}
    for role in ROLES:
        name = f"somebody-{role.replace(' ', '-')}"
        page = office.admin.ask("/people/invite/", {"name": name, "role": role})
        link = re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0)
        found[role] = Visitor(office.port)
        found[role].welcome(link)
    return found


def test_every_route_has_an_entry_in_the_matrix(routes):
    assert set(routes) == set(MATRIX)


def test_every_route_by_every_role(routes, people):
    wrong = []
    for name, roles in MATRIX.items():
        if roles is None:
            continue
        for role, visitor in people.items():
            form = {} if name in UNSAFE else None
            status = visitor.ask(address(routes[name]), form).status
            if (status == 403) != (role not in roles):
                wrong.append((name, role, status))
    assert wrong == []


def test_no_route_without_a_login(routes, office):
    for name, roles in MATRIX.items():
        if roles is not None:
            answer = Visitor(office.port).ask(address(routes[name]))
            assert (answer.status, answer.headers["Location"].split("?")[0]) == (302, "/login/"), name


@pytest.mark.parametrize("name", UNSAFE)
def test_no_change_from_elsewhere(routes, people, name):
    path = address(routes[name])
    own = people["clinician" if MATRIX[name] == {"clinician"} else "admin"]
    headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in own.cookies.items())}
    assert Visitor(own.port).ask(path, {"csrfmiddlewaretoken": "x" * 64}, **headers).status == 403
    assert own.ask(path, {}, Origin="https://evil.example").status == 403
    assert own.ask(path).status in (302, 404, 405), "nothing is changed by a link"


ODD = [
    "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "....//", "%00", "a%0d%0aSet-Cookie:x=1", "'%20OR%201=1--",
    "..%5c..%5cwin.ini", "%252e%252e%252f", "~root", "con", "%ef%bc%8e%ef%bc%8e%2f", "-1", "9" * 400,
    "%f0%9f%92%a9", "a" * 300,
]  # fmt: skip


def test_no_id_reaches_another_file(routes, people):
    admin = people["admin"]
    for name, pattern in routes.items():
        if "<" not in pattern or name in (*UNSAFE, "welcome"):
            continue
        for odd in ODD:
            ids = ("letter_id", "task_id", "document_id", "case_id", "name", "page", "user_id", "digest")
            values = dict.fromkeys(ids, odd)
            status = admin.ask(address(pattern, **values)).status
            assert status in (301, 400, 404), (name, odd, status)


def test_a_foreign_host_is_refused(office):
    assert Visitor(office.port).ask("/login/", Host="evil.example").status == 400


def test_pages_forbid_what_comes_from_elsewhere_and_are_kept_by_nobody(office):
    for path in ("/login/", "/", "/letters/", "/quarantine/"):
        headers = office.admin.ask(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "no-store" in headers["Cache-Control"], path


def test_a_body_that_is_too_large_is_refused_before_it_is_read(office):
    try:
        status = Visitor(office.port).ask("/login/", {"username": "x" * 2_000_000}).status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # the door was shut before all of it was sent
    assert status in (400, 413)
    assert office.admin.ask("/").status == 200


def test_a_wrong_password_tells_nothing_and_ten_close_the_account(office):
    page = office.admin.ask("/people/invite/", {"name": "guessed", "role": "viewer"})
    Visitor(office.port).welcome(re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0))
    texts = []
    for name in ("nobody-at-all", "guessed"):
        visitor = Visitor(office.port)
        visitor.ask("/login/")
        answer = visitor.ask("/login/", {"username": name, "password": "wrong"})
        texts.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert texts[0] == texts[1]
    statuses = [Visitor(office.port).sign_in("guessed", "wrong") for _ in range(10)]
    assert statuses[-1] == 429
    assert Visitor(office.port).sign_in("guessed") == 429, "the right password comes too late"


def test_a_new_link_signs_somebody_out_everywhere(office):
    page = office.admin.ask("/people/invite/", {"name": "leaves", "role": "biller"})
    visitor = Visitor(office.port)
    visitor.welcome(re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0))
    assert visitor.ask("/").status == 200
    people = office.admin.ask("/people/").text
    row = re.search(r"<td>leaves</td>.*?/people/(\d+)/", people, re.DOTALL).group(1)
    assert office.admin.ask(f"/people/{row}/", {"act": "link"}).status == 200
    assert visitor.ask("/").status == 302
