"""House styles and surface forms of the generator: enough of them, two sides that share nothing, letters that hold."""

import pytest

from sample_letters.generator import corpus
from sample_letters.generator.bank import reasons, words
from sample_letters.generator.houses import Side, form, forms, houses, of_side
from sample_letters.generator.spec import housed

CATEGORIES = sorted({row["category"] for row in reasons()})
SHOWN = ("member_name", "member_id", "provider_npi")


def drawn(side, count, seed=7):
    return list(housed(corpus.source(seed, side), count, side=side, media=("txt",)))


def test_thirty_houses_a_third_of_them_kept_apart():
    assert len(houses()) == 30
    assert len(of_side(Side.APART)) == 10


@pytest.mark.parametrize("category", CATEGORIES)
def test_sixty_forms_a_reason_and_none_on_both_sides(category):
    either, apart = set(forms(category, Side.OPEN)), set(forms(category, Side.APART))
    assert len(either | apart) >= 60
    assert not either & apart
    clauses = words("forms")["forms"][category]
    assert not set(clauses["open"]) & set(clauses["apart"])


def test_the_same_seed_gives_the_same_letters_and_another_seed_others():
    specs = drawn(Side.APART, 6)
    assert specs == drawn(Side.APART, 6) != drawn(Side.APART, 6, seed=8)
    assert corpus.sample(specs[0], 7) == corpus.sample(specs[0], 7)
    assert corpus.sample(specs[0], 7).data != corpus.sample(specs[0], 8).data


@pytest.mark.parametrize("side", list(Side))
def test_a_letter_has_the_labels_of_its_house_and_prints_its_gold(side):
    for spec in drawn(side, 12):
        one = corpus.sample(spec, 7)
        text = " ".join(one.data.decode().split())
        house, gold = houses()[spec.house], one.gold["letters"][0]
        assert house.side is side
        assert house.labels["member_id"] in text
        assert all(gold[key] is None or gold[key] in text for key in SHOWN)
        assert len(gold["denial_reasons"]) >= 1


def test_a_form_is_one_of_its_side():
    assert form(corpus.source(1, "form"), "duplicate", Side.OPEN) in forms("duplicate", Side.OPEN)
