"""What follows the signature: attachments are read; copies, taglines, other letters are not. Letters invented."""

import pytest

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import Reading, load_language
from pipeline.language.zones import Zone
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
HEAD = """Larkspur Health Plan
PO Box 4410
Dayton, OH 45402

March 9, 2026

Member: Ada Quill
Member ID: LHP5520917
Reference number: R-4471120

Dear Dr. Moreno:

We denied your request for Botox (J0585). The attachments say why and what you can do.

Sincerely,

Paul Ferris, MD
Medical Director
"""
ATTACHMENTS = """
Attachment A - Reasons

The treatment was denied because two preventive medicines were not tried for eight weeks each.

Attachment B: Your appeal rights

You may ask us for an appeal within 180 days of this letter. Fax it to 937-555-0142.
"""
COPIES = """
Enclosures: Attachment A, Attachment B
cc: Ada Quill
    Appeals unit, fax 937-555-0199
"""
EXHIBIT = """
Exhibit 1: earlier letter

Larkspur Health Plan
January 20, 2026
Dear Dr. Moreno:
Your claim was denied because it was not filed on time.
You may appeal within 30 days. Fax appeals to 937-555-0171.
Sincerely,
Claims
"""


def text_of(content: str) -> Text:
    ends = [i + 1 for i, sign in enumerate(content) if sign == "\f"] + [len(content)]
    return Text(
        content=content,
        pages=tuple(
            Page(number, Method.TEXT, None, None, 0, 1.0, start, end, ())
            for number, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True), start=1)
        ),
    )


def read(content: str) -> Letter:
    return extract(text_of(content), letter_id="x", language=LANGUAGE, practice=Practice())


def zones(content: str) -> dict[str, Zone]:
    reading: Reading = LANGUAGE.reading(text_of(content))
    return {line.text.strip(): line.zone for line in reading.lines if line.text.strip()}


def said(letter: Letter) -> tuple[set[str], list[str | None], list[str | None]]:
    """The reasons, the days of the limits and the fax numbers."""
    return (
        {reason.category.value for reason in letter.denial_reasons},
        [clock.due for clock in letter.clocks],
        [contact.value for contact in letter.contacts if contact.channel.value == "fax"],
    )


WHOLE = ({"step_therapy"}, ["2026-09-05"], ["9375550142"])


@pytest.mark.parametrize("turn", ["", "\f"], ids=["on the same page", "on the next page"])
@pytest.mark.parametrize("between", ["", COPIES], ids=["at once", "after copies"])
def test_attachments_are_read_like_the_letter(turn, between):
    assert said(read(HEAD + between + turn + ATTACHMENTS)) == WHOLE


@pytest.mark.parametrize("order", [EXHIBIT + ATTACHMENTS, ATTACHMENTS + EXHIBIT], ids=["before", "behind"])
def test_another_letter_shown_as_an_exhibit_says_nothing_of_this_one(order):
    letter = read(HEAD + order)
    assert said(letter) == WHOLE
    assert letter.letter_date is not None
    assert letter.letter_date.value == "2026-03-09"


def test_without_its_title_the_same_words_do_count():
    """The exhibit is known by its title and its greeting: told by the payer itself, the sentence is a reason."""
    told = "\nYour claim was denied because the treatment is cosmetic.\n"
    assert "cosmetic" in said(read(HEAD + told))[0]
    assert "cosmetic" not in said(read(HEAD + EXHIBIT.replace("\nYour claim was denied", told)))[0]


def test_an_exhibit_that_is_named_as_another_letter_needs_no_greeting():
    earlier = "\nCopy of our earlier notice:\n\nWe denied it because it is cosmetic. Fax appeals to 937-555-0171.\n"
    assert said(read(HEAD + ATTACHMENTS + earlier)) == WHOLE


def test_who_gets_a_copy_is_no_contact_and_the_block_of_names_stays_one():
    found = zones(HEAD + COPIES + ATTACHMENTS)
    assert found["Appeals unit, fax 937-555-0199"] is Zone.BOILERPLATE
    assert found["Medical Director"] is Zone.SIGNATURE
    assert found["Enclosures: Attachment A, Attachment B"] is Zone.SIGNATURE
    assert found["Attachment B: Your appeal rights"] is Zone.RIGHTS


def test_a_criterion_in_a_list_after_the_signature_is_of_the_letter():
    found = zones(HEAD + "\nThe following criteria were not met:\n1. Two medicines were tried for eight weeks.\n")
    assert found["1. Two medicines were tried for eight weeks."] is not Zone.SIGNATURE


def test_what_every_letter_carries_stays_of_no_case():
    tagline = (
        "\nLarkspur complies with applicable Federal civil rights laws. You may file a grievance within 60 days, "
        "fax 937-555-0101.\n\nATTENTION: language assistance services are available. Call 937-555-0102.\n"
    )
    assert said(read(HEAD + ATTACHMENTS + tagline)) == WHOLE


def test_claims_in_a_table_on_the_page_after_the_signature_are_claims():
    table = (
        "\fAttachment 1\n\nClaim        Patient      Date        Code    Billed      Denial code\n"
        "TB2200871    Lena Orr     01/06/2026  J0585   $1,860.00   CO-197\n"
        "TB2200872    Sam Pell     01/08/2026  64615   $410.00     CO-16\n\n"
        "CO-197: prior authorization was not obtained.\n"
    )
    letter = read(HEAD + table)
    assert [claim.claim_number for claim in letter.claims] == ["TB2200871", "TB2200872"]
    assert {reason.category.value: reason.lines for reason in letter.denial_reasons}["no_prior_auth"] == (0,)
