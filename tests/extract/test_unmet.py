"""Unmet criteria, each a statement of its own with its mark, its reason and what would show it. Letters invented."""

import pytest

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
LETTER = """Larkspur Health Plan

March 9, 2026

Member: Ada Quill
Member ID: LHP5520917

Dear Dr. Moreno:

We denied your request for Botox (J0585).

{said}

You may appeal within 180 days. Fax 937-555-0142.

Sincerely,

Paul Ferris, MD
"""


def unmet(said: str):
    content = LETTER.format(said=said)
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    letter = extract(Text(content=content, pages=(page,)), letter_id="x", language=LANGUAGE, practice=Practice())
    return letter.unmet_criteria


def told(said: str):
    return [(one.mark, one.value) for one in unmet(said)]


LIST = """The following criteria were not met:
1. Two preventive medicines of different classes tried for eight weeks each.
2. At least 15 headache days a month.
3. Prescribed by a neurologist: met."""
BULLETS = """We could not approve it because these requirements of coverage were not met:
   * You have tried propranolol or topiramate for two months
   * Your doctor is a neurologist

Other requirements were met."""
IN_LINE = "Your records did not show the following: (1) headache days for three months; and (2) a neurologist's order."
TABLE = """Criterion                                     Met?        Comment
Age 18 or older                               Yes         Age 44
At least 15 headache days a month             No          Diary shows 11 days
Trial of two preventive medicines             No          One trial only"""
RULED = """| # | Criterion | Result |
|---|---|---|
| 1 | Diagnosis of chronic migraine | Met |
| 2 | Trial and failure of two oral preventives | Not met |"""
MARKED = """The request does not meet criterion B.2: a trial of two preventive drugs. Criteria B.4 and B.5 are not met.

Criteria
B.1. The patient is 18 years of age or older.
B.4. Headaches last at least four hours a day untreated.
B.5. Prescribed by a neurologist or headache specialist."""
LEFT_OVER = (
    "Our policy requires a headache diary, a trial of two preventive medicines and a visit with a neurologist. "
    "The records show a headache diary only."
)


@pytest.mark.parametrize(
    ("said", "statements"),
    [
        (
            LIST,
            [
                ("1", "Two preventive medicines of different classes tried for eight weeks each"),
                ("2", "At least 15 headache days a month"),
            ],
        ),
        (
            BULLETS,
            [
                (None, "You have tried propranolol or topiramate for two months"),
                (None, "Your doctor is a neurologist"),
            ],
        ),
        (IN_LINE, [("1", "headache days for three months"), ("2", "a neurologist's order")]),
        (TABLE, [(None, "At least 15 headache days a month"), (None, "Trial of two preventive medicines")]),
        (RULED, [("2", "Trial and failure of two oral preventives")]),
        (
            MARKED,
            [
                ("B.2", "a trial of two preventive drugs"),
                ("B.4", "Headaches last at least four hours a day untreated"),
                ("B.5", "Prescribed by a neurologist or headache specialist"),
            ],
        ),
        (LEFT_OVER, [(None, "a trial of two preventive medicines"), (None, "a visit with a neurologist")]),
        (
            "The diary does not show at least 15 headache days a month.",
            [(None, "The diary does not show at least 15 headache days a month.")],
        ),
        ("The claim was denied because the modifier is missing.", []),
    ],
    ids=["list", "bullets", "in line", "table", "ruled table", "marks", "left over", "sentence", "no criterion"],
)
def test_each_unmet_criterion_is_a_statement_of_its_own(said, statements):
    assert told(said) == statements


def test_criteria_that_were_met_or_only_named_are_none():
    met = LIST.replace("not met:", "met:")
    assert told(f"{met}\nThe diary does not show at least 15 headache days.") == [
        (None, "The diary does not show at least 15 headache days.")
    ]
    assert told("All criteria were used. 1. Age.\nThe treatment is cosmetic.") == []


def test_a_statement_says_of_which_reason_it_is_and_what_would_show_it():
    trial, days = unmet(LIST)
    assert trial.category.value == "step_therapy"
    assert trial.evidence[0] == "ev.failed_trial"
    assert days.category.value == "criteria_not_met"
    assert days.evidence[0] == "ev.headache_diary"
    assert "15 headache days" in days.text
    assert days.page == 1
