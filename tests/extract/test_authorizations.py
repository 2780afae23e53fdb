"""Authorizations that were given, with units, visits, period and codes; never the number of a refused request."""

import pytest

from pipeline.extract.authorizations import find_authorizations
from pipeline.extract.labels import labelled
from pipeline.extract.service import find_service
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def laid_open(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return reading, labelled(reading, KNOWLEDGE)


def authorizations(content):
    return find_authorizations(*laid_open(f"Harborview Mutual\n\n{content}\n"))


@pytest.mark.parametrize(
    ("content", "number", "units", "visits", "period"),
    [
        (
            "Authorization number: AU8291518. Approved units: 100. Valid from August 28, 2026 to February 24, 2027.",
            "AU8291518", 100, None, ("2026-08-28", "2027-02-24"),
        ),
        (
            "Your authorization PA-0098812 covers 300 units of J0585 from 06/01/2025 through 11/30/2025.",
            "PA-0098812", 300, None, ("2025-06-01", "2025-11-30"),
        ),
        (
            "Botox 400 units is authorized under AU3558224. The approval is good from 10-13-2026 to 05/16/2027.",
            "AU3558224", 400, None, ("2026-10-13", "2027-05-16"),
        ),
        ("The dates approved under authorization AU 4976503 ran out.", "AU4976503", None, None, (None, None)),
        ("We reviewed it. Please bill with authorization AU4976503 in box 23.", "AU4976503", None, None, (None, None)),
        (
            "The pharmacist found that it meets the coverage criteria of the plan. The authorization is AU8268306.",
            "AU8268306", None, None, (None, None),
        ),
        (
            "Authorization number  JR-9930417\nValid from            01/02/2026\nValid to              07/01/2026",
            "JR-9930417", None, None, ("2026-01-02", "2026-07-01"),
        ),
        (
            "The request is approved for two sessions. Authorization AGA-660187.",
            "AGA-660187", None, 2, (None, None),
        ),
        (
            "Authorization 25-A-99102 covers J0585, 100 units, 11/24/2025 - 05/23/2026.",
            "25-A-99102", 100, None, ("2025-11-24", "2026-05-23"),
        ),
        ("CERTIFIED. Number JV-C-90441, good for 60 days.", "JV-C-90441", None, None, (None, None)),
        ("6 visits were allowed under BTA-PT-55190.", "BTA-PT-55190", None, 6, (None, None)),
        (
            "Subject: precertification CF-26-70119\n\nOne session is precertified. Precertification number: CFP-33018.",
            "CFP-33018", None, 1, (None, None),
        ),
        (
            "Authorization AV4087207 was issued for 300 units; 400 units were billed, and that does not match.",
            "AV4087207", 300, None, (None, None),
        ),
        ("Prior Authorization on File: AUTH-21826", "AUTH-21826", None, None, (None, None)),
    ],
)  # fmt: skip
def test_given(content, number, units, visits, period):
    (one,) = authorizations(content)
    assert (one.number, one.units, one.visits, (one.from_, one.to)) == (number, units, visits, period)


def test_codes():
    (one,) = authorizations("Your authorization PA-0098812 covers 300 units of J0585 and one session of 64644.")
    assert one.codes == ("J0585", "64644")


@pytest.mark.parametrize(
    "content",
    [
        "Authorization number: AU8291518\n\nThe request was denied.",
        "An authorization for a different patient was quoted (AU-5510093) and was not used.",
        "Authorization was not obtained for J0585.",
        "Prior authorization is required for 64615.",
    ],
)
def test_not_given(content):
    assert authorizations(content) == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Requested Service: Botox 200 units for cervical dystonia", "Botox 200 units for cervical dystonia"),
        ("Service: CPT 64615 - chemodenervation of muscles", "chemodenervation of muscles"),
        (
            "Requested Service:      onabotulinumtoxinA 155 units with\n                        chemodenervation",
            "onabotulinumtoxinA 155 units with chemodenervation",
        ),
        ("Procedure: 64615", None),
        ("Service Date: 01/02/2026", None),
    ],
)
def test_service(content, expected):
    found = find_service(*laid_open(f"Harborview Mutual\n\n{content}\n"))
    assert (found.value if found else None) == expected
