"""The public letters through the whole of recipe 1: no error that costs a right, there or on fresh letters."""

from collections.abc import Iterable
from functools import cache

import pytest

from pipeline.document import process
from pipeline.evaluation.score import Danger, Report, evaluate
from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.read import Tesseract
from pipeline.values.contract import to_json
from pipeline.values.letter import DocumentStatus
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from sample_letters.generator import batch, corpus
from sample_letters.generator.spec import fresh, public

SEED = 2026
HARMFUL = (Danger.LATE_DEADLINE, Danger.WRONG_APPEAL_FAX, Danger.DENIAL_CALLED_OTHER, Danger.OTHER_CALLED_DENIAL)


@cache
def language() -> Language:
    return load_language(load_knowledge())


def measured(samples: Iterable[corpus.Sample]) -> Report:
    gold, answers = {}, {}
    for sample in samples:
        document = process(
            sample.data,
            file_name=sample.file_name,
            language=language(),
            practice=Practice(),
            ocr=Tesseract(),
            limits=Limits(),
        )
        assert document.status is DocumentStatus.READ, sample.name
        gold[sample.file_name] = sample.gold["letters"]
        answers[sample.file_name] = [to_json(letter) for letter in document.letters]
    return evaluate(gold, answers)


def harm(report: Report) -> list[tuple[str, str]]:
    """Which file has which harmful error."""
    names = {d.value for d in HARMFUL}
    return [(m.field, m.file_name) for m in report.mistakes if m.field in names]


@pytest.mark.slow
def test_text_letters_have_no_error_that_costs_a_right() -> None:
    assert harm(measured(corpus.sample(s, SEED) for s in public() if s.medium in ("pdf", "txt", "md"))) == []


@pytest.mark.slow
def test_scans_and_faxes_have_no_error_that_costs_a_right() -> None:
    pictures = [corpus.sample(s, SEED) for s in public() if s.medium not in ("pdf", "txt", "md")]
    assert harm(measured([*pictures, *batch.samples(SEED)])) == []


@pytest.mark.slow
def test_fresh_letters_have_no_error_that_costs_a_right() -> None:
    specs = [s for s in fresh(corpus.source(41, "specs"), 40) if s.medium in ("pdf", "txt", "md")]
    assert harm(measured(corpus.sample(s, 41) for s in specs)) == []
