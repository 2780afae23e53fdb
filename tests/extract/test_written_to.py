"""Who is written to or named by a label of place, numbers in one row or parted as a phone's; all is invented."""

import pytest

from pipeline.extract.labels import labelled
from pipeline.values.text import Method, Page, Text
from tests.extract.plain_letter import HEAD, LANGUAGE, value

_PATIENT = "Patient: Ada Finch\nMember ID: EH4410992\n"
_TABLE = """# Elm State Health Plan

| | |
|---|---|
| Notice date | May 4, 2026 |
| Member | Ada Finch |
| Facility | Quiet Meadow Recovery, NPI 1902006613 |
"""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f"{HEAD}To: Redbud Urology, fax 302-555-0101\n{_PATIENT}", "Redbud Urology"),
        (f"{HEAD}TO:   Salt Fork Pain Center (fax 302-555-0101)\n{_PATIENT}", "Salt Fork Pain Center"),
        (f"{HEAD}To: Juniper Women's Care\n{_PATIENT}", "Juniper Women's Care"),
        (f"{HEAD}To: Larch & Linden Wellness\n{_PATIENT}", "Larch & Linden Wellness"),
        (f"{HEAD}Attn: Billing Office, Mulberry Spine Institute\nRE: Our file EL-118227\n", "Mulberry Spine Institute"),
        (f"{HEAD}Utilization Review, Saint Odile Hospital (NPI 1922000588)\n\n{_PATIENT}", "Saint Odile Hospital"),
        (f"{HEAD}Case Management Dept., Brook Regional Hospital\n\n{_PATIENT}", "Brook Regional Hospital"),
        (f"{HEAD}Member: Ada Finch (member EH4410992)   cc: Clover Recovery Center\n", "Clover Recovery Center"),
        (f"{HEAD}{_PATIENT}Agency: Tall Pine Home Health\n", "Tall Pine Home Health"),
        (f"{HEAD}{_PATIENT}Facility: Hollow Elm Academy\n", "Hollow Elm Academy"),
        (f"{HEAD}{_PATIENT}Clinic: Redbud Family Health\n", "Redbud Family Health"),
        (f"{HEAD}{_PATIENT}Lab: Lumen Genomics LLC\n", "Lumen Genomics LLC"),
        (_TABLE, "Quiet Meadow Recovery"),
        (f"{HEAD}To: Ada Finch\nMember ID: EH4410992\n", None),
        (f"{HEAD}To: Provider Relations\n{_PATIENT}", None),
        (f"{HEAD}To: All Network Providers\n{_PATIENT}", None),
        (f"{HEAD}From: Meridian Point\n{_PATIENT}", None),
    ],
)  # fmt: skip
def test_provider(content: str, expected: str | None) -> None:
    assert value(content, "provider_name") == expected


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        ("Member ID     921 448 0376\nGroup         0714220\n", "member_id", "9214480376"),
        ("Subscriber number: 440-118-7765\n", "member_id", "440-118-7765"),
        ("Case number: 415 220 7781\n", "reference_number", "4152207781"),
        ("Member services number: 302-555-0199\n", "member_id", None),
        ("Member ID: 800-555-0199\n", "member_id", None),
        ("Member: Ada Finch ID: EH4410992 Group: 20033\n", "group_number", "20033"),
        ("Patient: Ada Finch DOB: 03/04/1970 Claim: 2026-44718 Ref: RQ-55120\n", "claim_number", "2026-44718"),
        ("Plan Member ID: 66190834401. Reference number: 25-104477318.\n", "reference_number", "25-104477318"),
        ("Re: claim 77-20091 / pt Ada Finch (F) / ID EH 44 1099 2 / DOS 2026-04-24\n", "member_name", "Ada Finch"),
        ("Claim 77-20091 | patient Ada Finch | seen 04/24/2026\n", "member_name", "Ada Finch"),
    ],
)  # fmt: skip
def test_numbers_and_names_of_one_row(content: str, field: str, expected: str | None) -> None:
    assert value(HEAD + content, field) == expected


def test_in_a_column_of_labels_an_unknown_label_below_is_no_value() -> None:
    rows = ["Payer            Elm Mutual", "PBM              ScriptRoad Rx (reviewer)", "Letter date      09/15/2025"]
    content = "\n".join([*rows, "Member           Ada Finch", "Member ID        EH-3321-0097", ""])
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    found = labelled(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE.knowledge)
    assert [content[one.start : one.end] for one in found["payer"]] == ["Elm Mutual"]
