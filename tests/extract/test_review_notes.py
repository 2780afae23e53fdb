"""A person is asked only where a person must look: a clean denial has no notes."""

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
CLEAN = """\
Harborview Mutual
Utilization Management
P.O. Box 1, Erie, PA 16501

March 3, 2026

Member Name: Jane Roe
Member ID: HVM-771-20
Reference number: UM-2026-0042
Requesting provider: Octavia Poe, MD

Dear Dr. Poe:

We denied your request for Botox because it is not medically necessary. The records do not show 15 headache days
a month. You may appeal within 180 days of the date of this letter.

Sincerely,
Harborview Mutual
"""


def notes(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    letter = extract(Text(content=content, pages=(page,)), letter_id="x-1", language=LANGUAGE, practice=Practice())
    return {note.field: note.why for note in letter.needs_review}


def test_a_clean_denial_has_none():
    assert notes(CLEAN) == {}


def test_no_date_of_the_letter():
    assert "letter_date" in notes(CLEAN.replace("March 3, 2026", ""))


def test_two_members_with_equal_support():
    doubtful = notes(CLEAN.replace("Reference number", "Member ID: HVM-992-11\nReference number"))
    assert doubtful["member_id"] == "another value in the letter is as likely"


def test_no_number_at_all():
    content = CLEAN.replace("Member ID: HVM-771-20\nReference number: UM-2026-0042\n", "")
    assert notes(content)["claim_number"] == "no claim, reference or member number was found"


def test_no_limit_to_file():
    content = CLEAN.replace("You may appeal within 180 days of the date of this letter.", "")
    assert "clocks" in notes(content)
