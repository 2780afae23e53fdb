"""Every route by every role within a location: what lies elsewhere is not there, in no list, count, file or act."""

import re

import pytest

from tests.web.served import Visitor, address
from tests.web.test_routes import MATRIX, ROLES, UNSAFE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("office")]

HERE, THERE = "North office", "South office"
NOT_IN_A_LOCATION = {"login", "logout", "welcome", "people", "invite", "change-person", "narrow", "audit"}
"""Of the whole house, for admins and leads who see all of it, or of nobody yet."""


def user_id(admin, name):
    return re.search(rf"<td>{name}</td>.*?/people/(\d+)/", admin.ask("/people/").text, re.DOTALL).group(1)


def invited(office, name, role, location):
    """Somebody who sees this location alone."""
    page = office.admin.ask("/people/invite/", {"name": name, "role": role})
    visitor = Visitor(office.port)
    visitor.welcome(re.search(r"http://\S+/welcome/[^<\s]+", page.text).group(0))
    narrow = f"/people/{user_id(office.admin, name)}/locations/"
    assert office.admin.ask(narrow, {"location": location}).status == 302
    return visitor


@pytest.fixture(scope="module")
def people(office):
    """Somebody of each role but admin, who sees the one location."""
    return {role: invited(office, f"north-{role.replace(' ', '-')}", role, HERE) for role in ROLES if role != "admin"}


def lying_in(office, location):
    """The ids of a location: of a task, its case, its letters and their files; and words that only its pages have."""
    admin = office.admin
    listed = admin.ask(f"/?location={location.replace(' ', '+')}").text
    tasks = re.findall(r'href="/task/([^/"]+)/"', listed)
    assert tasks, location
    words, letters, cases = set(), [], []
    for task in tasks:
        page = admin.ask(f"/task/{task}/").text
        letters += re.findall(r'href="/letter/([^/"]+)/"', page)
        cases += re.findall(r'href="/case/([^/"]+)/"', page)
        words |= set(re.findall(r"<dt>(?:Patient|Claim|Reference|Member ID)</dt><dd[^>]*>([^<]+)</dd>", page))
    words = (words | set(tasks) | set(letters) | set(cases)) - {"unknown"}
    ids = {"task_id": tasks[0], "case_id": cases[0], "letter_id": letters[0], "document_id": letters[0].split("-")[0]}
    return ids, words


@pytest.fixture(scope="module")
def own(office):
    return lying_in(office, HERE)


@pytest.fixture(scope="module")
def others(office):
    return lying_in(office, THERE)


def has_id(pattern):
    return any("_id>" in part and "user" not in part for part in re.findall(r"<[^>]+>", pattern))


def test_nothing_of_another_location_is_reached_by_its_id(routes, people, others):
    ids, _ = others
    wrong = []
    for name, pattern in routes.items():
        if not has_id(pattern):
            continue
        for role, visitor in people.items():
            form = {} if name in UNSAFE else None
            status = visitor.ask(address(pattern, **ids), form).status
            if status != (404 if role in MATRIX[name] else 403):
                wrong.append((name, role, status))
    assert wrong == []


def test_no_page_tells_of_another_location(routes, people, own, others):
    ids, told = own[0], others[1] - own[1]
    wrong, empty = [], []
    for name, pattern in routes.items():
        if name in NOT_IN_A_LOCATION or name in UNSAFE:
            continue
        for role in ("lead", "viewer"):
            answer = people[role].ask(address(pattern, **ids))
            if role not in MATRIX[name]:
                assert answer.status == 403, name
                continue
            wrong += [(name, role, word) for word in told if word in answer.text]
            if name in ("worklist", "letters", "task", "letter", "case", "morning", "reports", "picture"):
                empty += [(name, role, answer.status)] if answer.status != 200 else []
    assert (wrong, empty) == ([], [])
    assert people["lead"].ask("/audit/").status == 403, "the audit tells of the whole house"


def test_what_is_counted_and_searched_is_of_the_own_location(office, people, own, others):
    biller = people["biller"]
    page = biller.ask("/").text
    assert "files seen" not in page
    assert f"Counted over your locations alone: {HERE}" in page
    here = len(re.findall(r'href="/task/', office.admin.ask("/?location=North+office").text))
    assert f"in {here} task" in page
    for word in sorted(others[1] - own[1])[:6]:
        assert "/task/" not in biller.ask(f"/?search={word.split()[0]}").text or word not in page
    assert biller.ask("/?location=South+office").text.count('href="/task/') == 0
    assert "Not among your locations" in biller.ask("/quarantine/").text


def test_many_at_once_leaves_what_lies_elsewhere(office, people, others):
    ids, _ = others
    biller, task = people["biller"], f"/task/{others[0]['task_id']}/"
    before = office.admin.ask(task).text
    for path, form in (
        ("/assign/", {"assignee": "north-biller"}), ("/move/", {"state": "written_off", "why": "other"}),
        ("/remark/", {"text": "a note from elsewhere", "kind": "note"}),
    ):  # fmt: skip
        assert biller.ask(path, {"task": ids["task_id"], **form}).status in (302, 403)
    after = office.admin.ask(task).text
    assert "a note from elsewhere" not in after
    assert after.count("north-biller") == before.count("north-biller")
    assert re.search(r'class="pill (\w+)"', after).group(1) == re.search(r'class="pill (\w+)"', before).group(1)


def test_cases_and_letters_are_not_brought_together_over_the_wall(people, own, others):
    coder, here, there = people["coder"], own[0], others[0]["case_id"]
    assert coder.ask(f"/case/{here['case_id']}/merge/", {"other": there}).status == 422
    version = re.search(r'data-version="(\d+)"', coder.ask(f"/letter/{here['letter_id']}/").text).group(1)
    answer = coder.ask(f"/letter/{here['letter_id']}/case/", {"case": there, "version": version})
    assert answer.status == 422


def test_of_a_file_of_two_locations_the_other_pages_stay_hidden(office, people):
    admin, viewer = office.admin, people["viewer"]
    letters = re.findall(r'href="/letter/([^/"]+)/"', admin.ask("/letters/").text)
    files = {}
    for letter in letters:
        files.setdefault(letter.split("-")[0], []).append(letter)
    (both,) = [sorted(found) for found in files.values() if len(found) == 2]
    seen = [letter for letter in both if viewer.ask(f"/letter/{letter}/").status == 200]
    assert len(seen) == 1, "one of the two is of the other location"
    pages = re.findall(r"/page/(\d+)/", admin.ask(f"/letter/{seen[0]}/boundaries/").text)
    shown = {page for page in pages if viewer.ask(f"/letter/{seen[0]}/page/{page}/").status == 200}
    assert shown == set(re.findall(r'class="sheet[^"]*" data-page="(\d+)"', viewer.ask(f"/letter/{seen[0]}/").text))
    assert 0 < len(shown) < len(set(pages))
    assert viewer.ask(f"/letter/{seen[0]}/boundaries/").status == 404
    words = viewer.ask(f"/letter/{seen[0]}/words/").text
    assert "Larkspur" not in words or "Ashgrove" not in words


def test_who_is_narrowed_by_an_admin_sees_all_again_after(office):
    visitor = invited(office, "comes-and-goes", "biller", THERE)
    narrow = f"/people/{user_id(office.admin, 'comes-and-goes')}/locations/"
    assert "Counted over your locations alone" in visitor.ask("/").text
    assert office.admin.ask(narrow, {}).status == 302
    assert "files seen" in visitor.ask("/").text
    assert office.admin.ask(narrow, {"location": "-"}).status == 302
    assert "broken.pdf" in visitor.ask("/quarantine/").text, "what has no location known, and files set aside"
    own = f"/people/{user_id(office.admin, 'admin')}/locations/"
    assert office.admin.ask(own, {"location": HERE}).status == 422


def test_a_task_is_given_to_nobody_who_does_not_see_it(office, people, others):
    task = f"/task/{others[0]['task_id']}/"
    version = re.search(r'name="version" value="(\d+)"', office.admin.ask(task).text).group(1)
    form = {"assignee": "north-biller", "version": version, "state": ""}
    answer = office.admin.ask(f"{task}change/", form)
    assert (answer.status, "does not see this location" in answer.text) == (422, True)
    told = office.admin.ask("/assign/", {"task": others[0]["task_id"], "assignee": "north-biller"})
    assert "given=0" in told.headers["Location"]


def test_a_person_says_the_location_and_takes_it_back(office, own):
    task = f"/task/{own[0]['task_id']}/"
    reader = invited(office, "looks-south", "viewer", THERE)
    assert reader.ask(task).status == 404
    assert office.admin.ask(f"{task}location/", {"location": THERE}).status == 302
    assert "a person said so" in reader.ask(task).text
    assert office.admin.ask(f"{task}location/", {"location": "Nowhere at all"}).status == 422
    assert office.admin.ask(f"{task}location/", {"location": ""}).status == 302
    assert reader.ask(task).status == 404


def test_a_letter_that_was_once_put_into_a_case_elsewhere_does_not_name_it(office, people, own, others):
    admin, letter, there = office.admin, f"/letter/{own[0]['letter_id']}/", others[0]["case_id"]

    def version():
        return re.search(r'data-version="(\d+)"', admin.ask(letter).text).group(1)

    assert admin.ask(f"{letter}case/", {"case": there, "version": version()}).status < 400
    assert admin.ask(f"{letter}undo/", {"version": version()}).status < 400
    assert there in admin.ask(letter).text
    seen = people["lead"].ask(letter)
    assert seen.status == 200
    assert there not in seen.text


def test_the_served_desk_takes_up_a_change_of_who_we_are_and_says_where_it_cannot(office):
    file = office.data / "practice.yaml"
    before = file.read_text()
    assert "Harbour office" not in office.admin.ask("/").text
    try:
        file.write_text(f"{before}  - name: Harbour office\n    known_as: [Harbour Pain Clinic]\n")
        assert "<option>Harbour office</option>" in office.admin.ask("/").text
        file.write_text("places: [")
        page = office.admin.ask("/").text
        assert "practice.yaml) was changed and cannot be read: it is not YAML at line" in page
        assert "<option>Harbour office</option>" in page, "what it said before holds"
    finally:
        file.write_text(before)
    page = office.admin.ask("/").text
    assert "cannot be read" not in page
    assert "Harbour office" not in page
