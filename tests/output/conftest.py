"""What tests of exports share: read sample letters with their tasks, and the R4 definitions where they can be had."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pipeline.case import CaseLetter, cases_of, work_out
from pipeline.document import process
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import Tesseract
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from tests.output.definitions import SHA256, definitions

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 1)
_LETTERS = ("claim-*.txt", "claim-*.md", "eyelid-*.txt", "imaging-guideline.txt", "bladder-step-text.txt")


@cache
def _worked_on():
    knowledge, tasks, documents = load_knowledge(), [], []
    language, ocr = load_language(knowledge), Tesseract()
    for path in sorted(p for pattern in _LETTERS for p in (ROOT / "sample_letters/letters").glob(pattern)):
        document = process(
            path.read_bytes(), file_name=path.name, language=language, practice=Practice(), ocr=ocr, limits=Limits()
        )
        documents.append(document)
        for letter in document.letters:
            for part in cases_of(letter):
                held = CaseLetter(letter=letter, received=TODAY, claim_index=part.claim_index)
                given = {"case_id": part.home, "today": TODAY, "knowledge": knowledge, "practice": Practice()}
                tasks += work_out([held], **given)
    return tuple(tasks), tuple(documents)


@pytest.fixture(scope="session")
def worked_on():
    """The tasks and documents of the sample letters that are text."""
    return _worked_on()


@pytest.fixture(scope="session")
def r4(tmp_path_factory):
    """HL7's definitions of FHIR R4 (see ``definitions``)."""
    return definitions(ROOT / ".venv" / f"fhir-r4-{SHA256[:16]}.json", tmp_path_factory.mktemp("definitions"))
