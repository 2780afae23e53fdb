"""Over fresh noisy letters: no number that was misread is sure, and most that a clean scan gives exactly are."""

from dataclasses import replace

import pytest

from pipeline.evaluation.compare import alnum
from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from sample_letters.generator import corpus
from sample_letters.generator.spec import fresh

SEED, LETTERS = 515, 3
FIELDS = (
    "member_id", "group_number", "patient_account_number", "claim_number", "reference_number", "provider_npi",
    "letter_date",
)  # fmt: skip


def outcomes(medium):
    """``(exact, sure)`` of every identifier and letter date that was found where the key has one."""
    language = load_language(load_knowledge())
    drawn = (s for s in fresh(corpus.source(SEED, "specs"), 4 * LETTERS) if s.other is None)
    for spec in [next(drawn) for _ in range(LETTERS)]:
        letter = corpus.sample(replace(spec, medium=medium, extra=()), SEED)
        text = read(letter.data, ocr=Tesseract(), limits=Limits())
        found = extract(text, letter_id="x-1", language=language, practice=Practice())
        gold = letter.gold["letters"][0]
        for name in FIELDS:
            value = getattr(found, name)
            if value is not None and gold.get(name):
                yield alnum(value.value) == alnum(gold[name]), value.sure


@pytest.mark.slow
def test_most_of_a_clean_scan_is_sure():
    results = list(outcomes("scan"))
    sure = [sure for exact, sure in results if exact]
    assert len(sure) >= 2 * LETTERS
    assert sum(sure) >= 0.6 * len(sure)
    assert not any(sure for exact, sure in results if not exact)


@pytest.mark.slow
def test_nothing_misread_in_a_poor_fax_is_sure():
    results = list(outcomes("fax_low"))
    assert len(results) >= 2 * LETTERS
    assert not any(sure for exact, sure in results if not exact)
    assert any(not sure for _, sure in results)
