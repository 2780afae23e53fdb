"""A short letter written out, read as any document is, and worked out: for tests that begin at the words."""

from datetime import date
from functools import cache

from pipeline.case import CaseLetter, work_out
from pipeline.document import letters_of
from pipeline.language import Language, load_language
from pipeline.read import Tesseract, read
from pipeline.values.letter import Letter
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.task import Task
from tests.plan.letters import KNOWLEDGE

OCR = Tesseract(seconds=1)
"""Never asked, as text needs no recognition; opened once."""

_LETTER = """Example Health Plan
P.O. Box 100, Anytown

{day}

Riverside Neurology Group

Member: Jane Doe
Member ID: W123456789
Claim number: CLM-88120
{plan}

Claim denial

Dear Provider:

We denied this claim for Botox (J0585), date of service {service}, because the service was not medically necessary.

Your rights
{phrase}
"""


@cache
def language() -> Language:
    """Loaded once for all tests."""
    return load_language(KNOWLEDGE)


def read_letter(text: str, document_id: str = "a" * 64) -> Letter:
    """The only letter of a text."""
    pages = read(text.encode(), ocr=OCR, limits=Limits())
    ((letter,), _) = letters_of(pages, document_id, language=language(), practice=Practice())
    return letter


def claim_denial(phrase: str, *, day: date, service: date, plan: str = "") -> Letter:
    """A denial of a claim that says ``phrase`` under its rights."""
    written = f"{day:%B} {day.day}, {day.year}"
    return read_letter(_LETTER.format(day=written, service=f"{service:%m/%d/%Y}", plan=plan, phrase=phrase))


def task_of_letter(letter: Letter, *, received: date) -> Task:
    """The task of a letter that came on a day, as it stands on that day."""
    told = [CaseLetter(letter=letter, received=received)]
    return work_out(told, case_id="c", today=received, knowledge=KNOWLEDGE, practice=Practice())[-1]
