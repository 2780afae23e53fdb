"""Shapes of values: what is one, what only looks like one, and what a scan made of it."""

import pytest

from pipeline.extract.shapes import behind_name, dates, days_sharing_year, identifier, luhn, money, npi, person, tin
from pipeline.knowledge import load_knowledge

WORDS = load_knowledge().name_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 3, 2026", ["2026-03-03"]),
        ("Mar. 3rd, 2026", ["2026-03-03"]),
        ("3 March 2026", ["2026-03-03"]),
        ("03-Mar-2026", ["2026-03-03"]),
        ("2026 May 6", ["2026-05-06"]),
        ("03/04/26 to 03/06/26", ["2026-03-04", "2026-03-06"]),
        ("03/04/2026-03/06/2026", ["2026-03-04", "2026-03-06"]),
        ("2026.08.28", ["2026-08-28"]),
        ("O3/O4/2O26", ["2026-03-04"]),
        ("May l3, 2026", ["2026-05-13"]),
        ("02/30/2026", []),
        ("1-800-555-0100", []),
        ("claim 2026-01-05-77120", []),
    ],
)
def test_dates(text, expected):
    assert [found[0] for found in dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 5-7, 2026", ["2026-01-05", "2026-01-07"]),
        ("Jan 30 to February 2, 2026", ["2026-01-30", "2026-02-02"]),
        ("January 5, 2026", []),
        ("February 27-31, 2026", ["2026-02-27"]),
        ("March 2, 4 and April 9, 2026", ["2026-03-02", "2026-03-04", "2026-04-09"]),
        ("3rd to 8th June 2026", ["2026-06-03", "2026-06-08"]),
        ("03/02, 03/04 and 03/11/2026", ["2026-03-02", "2026-03-04", "2026-03-11"]),
        ("3/2-3/4/26", ["2026-03-02", "2026-03-04"]),
        ("03/02/2026", []),
    ],
)
def test_a_range_that_prints_its_year_once(text, expected):
    assert [found[0] for found in days_sharing_year(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ABC 1234 5678", "ABC12345678"),
        ("W1234 56789 was used", "W123456789"),
        ("CLM-2026/0012", "CLM-2026/0012"),
        ("#77120", "77120"),
        ("MAN*7710*26653", "MAN*7710*26653"),
        ("2025-349-7704", "2025-349-7704"),
        ("800-555-0100", None),
        ("180 days after", None),
        ("180 (one hundred eighty) days", None),
        ("03/04/2026", None),
        ("not on file", None),
        ("NCD 160.18", None),
        ("L35170", None),
        ("A", None),
    ],
)
def test_identifier(text, expected):
    found = identifier(text)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1,284.00", "1284.00"),
        ("$480", "480.00"),
        ("1,390.00 USD", "1390.00"),
        ("($214.00)", "-214.00"),
        ("-$5.10", "-5.10"),
        ("$2,4O5.OO", "2405.00"),
        ("50%", None),
        ("200 units", None),
    ],
)
def test_money(text, expected):
    found = money(text)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doe, Jane M.", "Doe, Jane M."),
        ("Jane Roe (DOB 01/02/1970)", "Jane Roe"),
        ("Mrs. Ada de la Cruz", "Ada de la Cruz"),
        ("RAMIREZ-OKAFOR, LEE", "RAMIREZ-OKAFOR, LEE"),
        ("Member Services", None),
        ("not covered", None),
        ("Jane", None),
        ("SOUTHERN FAMILY PLANS", None),
    ],
)
def test_person(text, expected):
    found = person(text, WORDS)
    assert (found[0] if found else None) == expected


def test_npi_and_tin():
    assert npi("is 1234567893.") == ("1234567893", 3, 13)
    assert npi("l234567893")[0] == "1234567893"
    assert npi("800 555 0100") is None
    assert npi("12345678931") is None
    assert luhn("1234567893")
    assert not luhn("1234567890")
    assert tin(" 36-1234567") == ("361234567", 1, 11)
    assert tin("36-12345678") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe / W1234567", "W1234567"),
        ("Doe, Jane M. (ID 77-1204-9)", "77-1204-9"),
        ("Jane Doe, member no. ABC 1234 5678", "ABC12345678"),
        ("Jane Doe | 00291847731", "00291847731"),
        ("Jane Doe, 510-555-8000", None),
        ("Jane Doe (born 03/03/1971)", None),
        ("Jane Doe, $1,250.00", None),
        ("Services / 24 hours", None),
    ],
)
def test_the_number_behind_a_name(text, expected):
    found = behind_name(text)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H. Mossgrove  MBI 3FD8-XK4-RP90", "H. Mossgrove"),
        ("Caspian Lund   born 3/3/1971", "Caspian Lund"),
        ("Caspian Lund, March 3, 2026", "Caspian Lund"),
        ("LUND, CASPIAN, MARCH 3, 2026", "LUND, CASPIAN"),
        ("Lund, April", "Lund, April"),
        ("Keiko de la Cruz / OH550127781", "Keiko de la Cruz"),
        ("Home oxygen concentrator (E1390)", None),
        ("Mateo has asked", None),
    ],
)
def test_a_person_ends_where_something_else_begins(text, expected):
    found = person(text, WORDS)
    assert (found[0] if found else None) == expected
