"""Line wraps never defeat a phrase, and headings, labels and numbers never run into the text beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.language.prose import goes_on, is_titled, prose
from pipeline.language.reading import zone_of
from pipeline.language.zones import Zone
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())


def reading_of(content):
    return LANGUAGE.reading(
        Text(content=content, pages=(Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ()),))
    )


def sentences(content):
    return [s.text.strip() for s in reading_of(content).doc.sents if s.text.strip()]


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("the requested service is not considered to be medically", "necessary under your plan.", True),
        ("within seventy-two", "(72) hours.", True),
        (
            "IMPORTANT INFORMATION ABOUT YOUR RIGHT TO APPEAL THIS",
            "You may appeal this decision within 180 days.",
            False,
        ),
        (
            "Important Information About Your Appeal Rights and Options",
            "You may appeal within 180 days of this notice.",
            False,
        ),
        ("To arrange a peer-to-peer review call", "844-555-0164.", True),
        ("Appeals fax:", "(833) 555-0131", True),
        ("Phone: (800) 555-0142  |  Fax: (800) 555-0143", "July 10, 2026", False),
        ("Member ID: W123456789 of the plan named in this letter", "Group Number: 001234", False),
        ("Fast appeals:", "call 833-555-0193.", True),
        ("we looked at the records that your doctor has sent to us", "- an office note", False),
        ("## Reason for denial", "The records do not show a trial.", False),
        ("with injections of four muscles is authorized under", "AU4753802.", True),
        ("we decided on the records that were sent to us", "AU4753802", False),
        ("[X]\tThe visit was on a day that is not covered by authorization", "AU4753802.", True),
        ("•\tThe records that were sent to us do not show that the drug is", "Medically necessary.", True),
        ("2.\tThe records that were sent to us do not show that the", "requested drug is needed.", True),
        ("3.\tThe records that were sent to us do not show a trial of it", "4.\tThe dose is above the limit.", False),
        ("Clean claim\tThe records that were sent to us do not show that the", "Medically necessary.", False),
        ("", "Anything", False),
    ],
)
def test_goes_on(line, following, joined):
    assert goes_on(line, following) is joined


def test_titles():
    assert is_titled("NOTICE OF DENIAL")
    assert is_titled("Your Right to Appeal This Decision")
    assert not is_titled("You may appeal this decision.")
    assert not is_titled("Springfield, IL 62701")


def test_markdown_and_unmapped_bullets_are_no_words():
    assert sentences("**Reason for Denial:**\n\n(cid:127) The records do not show a trial.") == [
        "Reason for Denial:",
        "The records do not show a trial.",
    ]


def test_a_list_number_is_no_sentence():
    assert sentences("1. The records do not show a trial. 2. Dr. Smith sent no note.")[0] == (
        "1. The records do not show a trial."
    )


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_every_character_of_prose_has_its_place(content):
    lines = content.replace("\f", "\n").split("\n")
    flowing = prose(content, [False] * len(lines))
    assert len(flowing.text) == len(flowing.offsets)
    assert list(flowing.offsets) == sorted(flowing.offsets)
    assert all(0 <= offset <= len(content) for offset in flowing.offsets)


LETTER = """Some Health Plan
P.O. Box 1
Town, OH 43210

March 2, 2026

Jane Roe, MD
12 Elm Street
Town, OH 43211

RE: Notice of Denial
Member ID: AB123456

Dear Dr. Roe:

We have reviewed the request. It has been denied.

Reason for Denial
The records do not show a trial of two drugs.

What you can do if you don't agree
You may file an appeal within 180 days of this notice.
This notice is not a bill.

Sincerely,
Utilization Management

Notice of Nondiscrimination
Some Health Plan complies with applicable Federal civil rights laws.
Page 1 of 1
"""


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Some Health Plan", Zone.LETTERHEAD),
        ("12 Elm Street", Zone.ADDRESS),
        ("Member ID", Zone.REFERENCE),
        ("Dear Dr. Roe", Zone.GREETING),
        ("The records do not show", Zone.RATIONALE),
        ("You may file an appeal", Zone.RIGHTS),
        ("This notice is not a bill", Zone.BOILERPLATE),
        ("Sincerely", Zone.SIGNATURE),
        ("complies with applicable", Zone.BOILERPLATE),
        ("Page 1 of 1", Zone.BOILERPLATE),
    ],
)
def test_zone_of_a_line(words, zone):
    assert next(line.zone for line in reading_of(LETTER).lines if words in line.text) is zone


def test_sentences_of_one_line_have_their_own_zones():
    reading = reading_of(
        "Dear Dr. Roe:\n\nThe request has been denied. You may file an appeal within 60 days. This is not a bill.\n"
    )
    zones = [zone_of(reading, s) for s in reading.doc.sents if s.text.strip()]
    assert zones[1:] == [Zone.DETERMINATION, Zone.RIGHTS, Zone.BOILERPLATE]


def test_a_fax_header_is_boilerplate():
    reading = reading_of(
        "Dear Dr. Roe:\n\nThe request was denied.\n11/05/2026 10:42 FROM: SOME PLAN FAX 8005550184 P.02/02\n"
    )
    assert reading.lines[3].zone is Zone.BOILERPLATE


def test_a_law_goes_on_in_the_next_line():
    reading = reading_of("Dear Dr. Roe:\n\nThe time for this review is the one that is told in 42\nCFR 438.210.\n")
    assert "42 CFR 438.210." in reading.prose.text


HEAD = "Harborview Mutual\n\nMay 4, 2026\n\nMember: Ada Poe\nMember ID: HV5501882\n"
"""The block of numbers, after which text set in a narrow column begins without a greeting."""


@pytest.mark.parametrize(
    "column",
    [
        "Your doctor wanted to treat you here as if\nthe office were one of ours. It is not one.\nFax 775-555-0119",
        "The office on Elm Street has asked us for\na visit that your plan leaves to others.\nFax 775-555-0119",
        "Someone in our house has looked at what\nyou sent in April. The answer stands\nas it was. Write if you like.\n"
        "Fax 775-555-0119",
        "Since the new year your plan has had a\nnetwork of its own for these visits.\nFax 775-555-0119",
    ],
)
def test_text_in_a_narrow_column_ends_the_block_of_numbers(column):
    reading = reading_of(HEAD + column + "\n")
    begins = next(n for n, line in enumerate(reading.lines) if line.text == column.split("\n", maxsplit=1)[0])
    assert {line.zone for line in reading.lines[begins:] if line.text}.isdisjoint({Zone.REFERENCE, Zone.ADDRESS})


@pytest.mark.parametrize(
    "value",
    [
        "Service: an injection of botulinum toxin for the\nbladder and a scope of it.",
        "Injection of botulinum toxin into the bladder with\na scope",
        "Elm Street Clinic for Nerves and Pain of Erie\nof the Harborview group of houses.",
        "Botulinum toxin of 100 units and the scope\n\nfor the bladder.",
    ],
)
def test_a_value_over_two_lines_ends_no_block_of_numbers(value):
    reading = reading_of(f"{HEAD}{value}\nGroup: 30288\n")
    last = next(line for line in reading.lines if line.text.startswith("Group:"))
    assert last.zone is Zone.REFERENCE
