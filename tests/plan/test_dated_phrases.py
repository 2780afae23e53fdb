"""What a letter says, through the real reading, to the days of its task; days worked out from the calendar.

``dated_phrases.csv``: a sentence, the letter it stands in, its dates, the two days that must come out and a part of the
working. Nothing in it was taken from the program.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from pipeline.case import CaseLetter, work_out
from pipeline.document import letters_of
from pipeline.language import Language, load_language
from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.task import Task
from tests.plan.letters import KNOWLEDGE

Row = dict[str, str]
with (Path(__file__).parent / "dated_phrases.csv").open(encoding="utf-8", newline="") as _file:
    ROWS: list[Row] = list(csv.DictReader(_file))

_OPENINGS = {
    "pre": (
        "Notice of adverse determination",
        "We denied your request for prior authorization of Botox (J0585) because it is not medically necessary.",
        "Reference number: REF-7712",
    ),
    "post": (
        "Claim denial",
        "We denied this claim for Botox (J0585), date of service 01/05/2024, because the service was not medically"
        " necessary.",
        "Claim number: CLM-88120",
    ),
    "request": (
        "Request for additional information",
        "We cannot process this claim until we receive additional information.",
        "Claim number: CLM-88120",
    ),
    "upheld": (
        "Appeal decision: upheld",
        "We reviewed your appeal and upheld our denial of prior authorization for Botox (J0585) because it is not"
        " medically necessary.",
        "Reference number: REF-7712",
    ),
}
_LETTER = """Example Health Plan
P.O. Box 100, Anytown

{day}
{stamp}
Riverside Neurology Group

Member: Jane Doe
Member ID: W123456789
{number}
{plan}

{title}

Dear Provider:

{decision}

Your rights
{phrase}
"""


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language(KNOWLEDGE)


def _task(row: Row, language: Language) -> Task:
    written = date.fromisoformat(row["letter_date"])
    case = "upheld" if row["case"].startswith("upheld") else row["case"]
    title, decision, number = _OPENINGS[case]
    stamp = f"RECEIVED {date.fromisoformat(row['stamp']):%m/%d/%Y}\n" if row["stamp"] else ""
    plan = "Plan: Medicaid managed care" if row["case"].endswith("medicaid") else ""
    text = _LETTER.format(
        day=f"{written:%B} {written.day}, {written.year}",
        stamp=stamp, number=number, plan=plan, title=title, decision=decision, phrase=row["phrase"],
    )  # fmt: skip
    ((letter,), _) = letters_of(
        read(text.encode(), ocr=Tesseract(seconds=1), limits=Limits()), "a" * 64, language=language, practice=Practice()
    )
    received = date.fromisoformat(row["stamp"]) if row["stamp"] else date(2030, 1, 1)
    case_letter = CaseLetter(letter=letter, received=received)
    return work_out([case_letter], case_id="c", today=written, knowledge=KNOWLEDGE, practice=Practice())[-1]


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}-{row['letter_date']}-{row['phrase'][:30]}")
def test_a_phrase_gives_its_days(row: Row, language: Language) -> None:
    task = _task(row, language)
    found = [c for c in task.clocks if c.kind == row["kind"] and c.text]
    days = sorted(c.due for c in found if c.due)
    assert days[:1] == [row["due"]]
    latest = max(c.due_latest or c.due or "" for c in found)
    assert latest == (row["latest"] or row["due"])
    assert any(row["working"] in c.working for c in found)
    if row["kind"] != "corrected_claim":  # a claim that may be appealed is never worked to its resubmission
        assert task.due == row["due"]
    else:
        assert task.due is not None
        assert task.due <= row["due"]
