"""Page classes of generated letters: repeatable, true to their text, and read at least as well as the floors say."""

import numpy as np
import pytest

from benchmarks.characters import distance, errors
from benchmarks.tally import Tally, tallied
from pipeline.document import letters_of
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import Tesseract, read
from pipeline.values.contract import to_json
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from sample_letters.generator import bundles, corpus, measured, noise
from sample_letters.generator.classes import BATCHES, PageClass
from sample_letters.generator.pdf import SYNTHETIC

SEED = 77
ONE_PAGE = [c for c in PageClass if c not in BATCHES]


@pytest.mark.parametrize("how", ONE_PAGE)
def test_the_same_seed_makes_the_same_document(how):
    first, again = (next(iter(measured.samples(how, 1, SEED))) for _ in range(2))
    assert first == again
    assert first.data != next(iter(measured.samples(how, 1, SEED + 1))).data


def test_noise_does_not_depend_on_what_the_page_says():
    """The same source draws the same speckles on a white page and on a grey one."""
    white, grey = np.full((400, 300), 255, np.uint8), np.full((400, 300), 200, np.uint8)
    spots = [noise.speckled(page, 400, corpus.source(1, "x"), dpi=200) != page for page in (white, grey)]
    assert spots[0].any()
    assert (spots[0] == spots[1]).all()


def test_every_page_says_that_it_is_synthetic_and_the_truth_has_the_identifiers():
    for one in measured.samples(PageClass.TEXT, 8, SEED):
        for page in one.truth.split("\f"):
            assert SYNTHETIC in page
        printed = "".join(one.truth.split())
        for letter in one.gold["letters"]:
            for key in ("member_id", "claim_number", "reference_number", "group_number", "provider_npi"):
                assert not letter.get(key) or letter[key] in printed


def test_a_batch_file_puts_every_page_in_one_place():
    for i in range(6):
        made = bundles.bundle(corpus.source(SEED, f"batch-{i}"), medium="text")
        pages = [p for letter in made.gold["letters"] for p in letter["pages"]]
        pages += [p["number"] for p in made.gold["unassigned_pages"]]
        assert sorted(pages) == list(range(1, len(made.truth) + 1))


@pytest.mark.parametrize(
    ("truth", "read_as", "wrong"),
    [
        ("Claim number 123", "Claim number 123", 0),
        ("Claim  number\n123", "Claim number 123", 0),
        ("left words here and right words there", "right words there left words here and", 0),
        ("Claim number 123", "Claim number 128", 1),
        ("Claim number 123", "claim number 123", 1),
        ("Claim number 123", "Claim number", 3),
        ("one two", "one two three", 5),
    ],
)
def test_character_errors(truth, read_as, wrong):
    assert errors(truth, read_as) == wrong


def test_distance():
    assert [distance("kitten", "sitting"), distance("", "abc"), distance("same", "same")] == [3, 3, 0]


@pytest.fixture(scope="module")
def language():
    return load_language(load_knowledge())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "count", "characters", "exact", "kinds"),
    [
        (PageClass.TEXT, 6, 0.01, 0.97, 0.8),
        (PageClass.SCAN, 2, 0.25, 0.6, 0.5),
        (PageClass.FAX_FINE, 2, 0.25, 0.6, 0.5),
        (PageClass.PHOTO, 1, 0.25, 0.5, 0.0),
    ],
)
def test_a_class_is_read_as_well_as_its_floor(language, how, count, characters, exact, kinds):
    """Floors lie well below what docs/accuracy.md says: two letters vary, and leaders of dots are read as words."""
    tally, ocr = Tally(), Tesseract()
    for one in measured.samples(how, count, SEED):
        text = read(one.data, ocr=ocr, limits=Limits())
        letters, _ = letters_of(text, one.name, language=language, practice=Practice())
        tallied(tally, one.name, text, truth=one.truth, gold=one.gold, letters=[to_json(x) for x in letters])
    assert tally.wrong_characters <= characters * tally.characters, tally.mistakes
    assert tally.exact >= exact * tally.identifiers, tally.mistakes
    assert tally.kinds >= kinds * tally.letters, tally.mistakes


@pytest.mark.slow
def test_letters_of_batch_files_have_their_pages(language):
    tally, ocr = Tally(), Tesseract()
    for i in range(4):
        made = bundles.bundle(corpus.source(SEED, f"floor-{i}"), medium="text")
        text = read(made.data, ocr=ocr, limits=Limits())
        letters, _ = letters_of(text, f"floor-{i}", language=language, practice=Practice())
        truth = "\f".join(made.truth)
        tallied(tally, f"floor-{i}", text, truth=truth, gold=made.gold, letters=[to_json(x) for x in letters])
    assert tally.letters >= 12
    assert tally.bounded >= 0.9 * tally.letters, tally.mistakes
