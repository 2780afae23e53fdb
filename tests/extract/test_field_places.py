"""Whatever the text: every finding of a field lies in the content at its place, and nothing is raised."""

from dataclasses import fields

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.amounts import Amounts, find_amounts
from pipeline.extract.authorizations import find_authorizations
from pipeline.extract.claims import find_claims
from pipeline.extract.dates import Dates, find_dates
from pipeline.extract.identifiers import Identifiers, find_identifiers
from pipeline.extract.labels import labelled
from pipeline.extract.names import Names, find_names
from pipeline.extract.service import find_service
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import Finding
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)
PIECES = [
    "Member ID", "Claim #", "Claim Number:", "DOS", "Patient:", "Group / Policy:", "Roe, Jane", "Dr. Ada Poe", "NPI",
    "1234567893", "AB-771", "$1,200.00", "0.00", "03/04/2026", "022326", "March 3, 2026", "J0585", "64615", "CO-50",
    "N115", "Total", "Billed", "Paid", "Date", "Code", "Units", "|", "     ", "\n", "\n\n", "for", "on behalf of",
    "Mutual Health Plan", "Elm Clinic, P.A.", "Dear",
    "authorization AU-99102 covers 100 units", "Services by", ":", "....", "/", "1 Elm Street", "Erie, PA 16501",
]  # fmt: skip
CONTENTS = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


def every_finding(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    labels = labelled(reading, KNOWLEDGE)
    tables = find_claims(reading, LANGUAGE, labels)
    parts = (
        (Dates, find_dates(reading, labels, knowledge=KNOWLEDGE, days=tables.days)),
        (Names, find_names(reading, LANGUAGE, labels=labels, practice=Practice(), claims=tables.claims)),
        (Identifiers, find_identifiers(reading, labels, extra=tables.identifiers, claims=tables.claims)),
        (Amounts, find_amounts(reading, labels, totals=tables.totals, rows=tables.rows)),
    )
    values = [getattr(part, field.name) for kind, part in parts for field in fields(kind)]
    values += [find_service(reading, labels), find_authorizations(reading, labels)]
    flat = [one for value in values for one in (value if isinstance(value, tuple) else (value,))]
    return [one for one in flat if isinstance(one, Finding)]


@settings(max_examples=60, deadline=None)
@given(CONTENTS)
def test_a_finding_lies_at_its_place(content):
    for one in every_finding(content):
        assert one.text
        assert one.text in content
        assert 0.0 <= one.confidence <= 1.0
        assert one.value
        assert all(rejected.text in content for rejected in one.rejected)


@settings(max_examples=15, deadline=None)
@given(CONTENTS)
def test_the_same_text_gives_the_same_findings(content):
    assert every_finding(content) == every_finding(content)
