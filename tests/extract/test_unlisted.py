"""Labels that no list has, by where their value stands: beside, below, in a pile, set in bold."""

import pytest

from pipeline.extract.identifiers import find_identifiers
from pipeline.extract.labels import labelled
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())


def found(content: str, field: str) -> list[str]:
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return [content[hit.start : hit.end] for hit in labelled(reading, LANGUAGE.knowledge).get(field, ())]


@pytest.mark.parametrize(
    ("content", "field", "value"),
    [
        ("Consumer key       HX 2204 7781\nOutcome            Not granted\n", "member_id", "HX 2204 7781"),
        ("Log key            HXR-UD-30442\n", "reference_number", "HXR-UD-30442"),
        ("**Claim** 7001-2208-0044  |  **When:** 03/14/2026\n", "claim_number", "7001-2208-0044"),
        ("**Claim** 7001-2208-0044  |  **When:** 03/14/2026\n", "dates_of_service", "03/14/2026"),
        ("Service: 4/02/2026     Charged: $810.00\n", "dates_of_service", "4/02/2026"),
        ("Therapist's NPI: 1999929031\n", "provider_npi", "1999929031"),
        (
            "Enrolled life:    Ada Quist     Surgeon NPI:    1999929031\n",
            "provider_npi",
            "1999929031",
        ),
        ("Served on     Log no.     Bill\n03/14/2026    HX-771204   $80.00\n", "dates_of_service", "03/14/2026"),
        (
            "\U0001f9fe Claim `HX-2026-0811-7` · Member `HXH 660 4402` · Billed **$2,870**\n",
            "member_id",
            "HXH 660 4402",
        ),
        ("Re: Request **HX-6620-B** / Member **HX0099341** / Group **HXLAW-3**\n", "group_number", "HXLAW-3"),
        ('{"provider": {"name": "Elm Orthopaedics", "npi": "1999929031"}}\n', "provider_name", "Elm Orthopaedics"),
        ("Provider Charge:   $1,386.25\nCharge Not         $386.25\nCovered:\n", "denied_amount", "$386.25"),
        ('{"claimNumber": "25-2290-7741", "appealId": "APL-25-44310"}\n', "claim_number", "25-2290-7741"),
        ("performed_by: Fen Endoscopy\n", "provider_name", "Fen Endoscopy"),
        ("Coverage no.      HX 5102 88 940      Employer group 60-2207\n", "member_id", "HX 5102 88 940"),
        ("Claim     K2602-118840      Incurred 12/11/2024\nAmount    $910.00\n", "claim_number", "K2602-118840"),
        ("Charge Excluded:   $386.25\n", "denied_amount", "$386.25"),
        (
            "Member ID\nHX8837201\nClinic NPI\n1999929031\nDate of birth\n03/14/1971\n",
            "provider_npi",
            "1999929031",
        ),
    ],
)
def test_value_of_a_label_that_no_list_has(content, field, value):
    assert value in found(content, field)


def test_heading_of_several_rows_announces_nothing():
    content = "Served on     Log no.     Bill\n03/14/2026    HX-771204   $80.00\n04/14/2026    HX-771209   $90.00\n"
    assert found(content, "reference_number") == []


def test_number_of_the_payers_doctor_is_no_provider():
    content = "Reviewer NPI: 1999929031\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    assert find_identifiers(reading, labelled(reading, LANGUAGE.knowledge)).provider_npi is None


def test_word_that_is_a_label_elsewhere_announces_no_number_in_a_phrase():
    content = "ORDER OF THE DAY: patience\nMember ID: HH2201450\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    assert find_identifiers(reading, labelled(reading, LANGUAGE.knowledge)).reference_number is None


def test_shape_of_a_long_line_of_capitals_is_known_at_once():
    assert found("MOTTO OF THE DAY: " + "ABCDEFGHIJ0" * 400 + " end\n", "reference_number") == []
