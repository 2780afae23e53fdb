"""What a pattern needs is derived, never guessed: it stands in whatever the pattern matches."""

import re

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.needed import SqueezedPieces, is_possible, quick, squeezed

FORMS = load_knowledge().citations


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"(?:LCD|article) ?[AL]?\d{5}", [{"00000"}, {"lcd", "article"}]),
        (r"\d{1,2} ?C\.? ?F\.? ?R\.? ?\d+", [{"0cfr0"}]),
        (r"20[0-4]\d ?P ?\d{4}", [{"0000p0000"}]),
        (r"a\d{1,2}b", [{"0b"}, {"a0"}]),
        (r"\d{1,2}\.\d{2}\.\d{2,3}", [{"00000"}]),
        (r"(?-i:MED|SURG)\.\d{5}", [{"00000"}, {"MED", "SURG"}]),
        (r"(?-i:KRS (?P<number>\d))", [{"KRS0"}]),
        (r"(?-i:AAC) ?R\d", [{"AAC"}, {"r0"}]),
        (r"(?:policy)? ?number", [{"number"}]),
        (r"(?:policy)+ ?\d", [{"policy"}]),
        (r"(?:policy|\d+) x", []),
        (r"[ab]\d", []),
        (r"§ ?\d+", []),
        (r"plan(?! code)", [{"plan"}]),
        (r"(?<=the )plan", [{"plan"}, {"the"}]),
    ],
)
def test_what_a_pattern_needs(pattern, needs):
    assert list(quick(re.compile(pattern, re.IGNORECASE)).needs) == needs


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"a\d{1,2}b", "A12b"),
        (r"\d{1,2}\.\d{2}", "12.34"),
        (r"(?-i:MED)\.\d{5}", "MED.00417"),
        (r"C\.? ?F\.? ?R", "42 C. F. R. 422"),
        (r"straße \d", "STRASSE STRAße 7"),
    ],
)
def test_a_pattern_that_matches_is_run(pattern, text):
    one = quick(re.compile(pattern, re.IGNORECASE))
    assert one.pattern.search(text) and is_possible(one, squeezed(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"(?-i:ARM) \d", "your arm 7"), (r"\d{5}", "1234 a 5"), (r"nowhere", "here"), (r"LCD L\d{4}", "LCD of the plan")],
)
def test_a_pattern_that_cannot_match_is_not_run(pattern, text):
    assert not is_possible(quick(re.compile(pattern, re.IGNORECASE)), squeezed(text))


@pytest.mark.parametrize("form", FORMS.forms, ids=lambda form: form.id)
def test_no_example_of_a_citation_is_passed_over(form):
    patterns = [pattern for one, pattern, _ in FORMS.compiled if one is form]
    for example in (*form.examples, *form.counter_examples):
        run = [one for one in patterns if is_possible(one, squeezed(example))]
        assert all(one in run for one in patterns if one.pattern.search(example)), example


def test_the_pieces_are_those_in_which_the_pattern_may_match():
    texts = ["LCD L33822, an article", "an article of 5", "", "LCD A57779 and LCD L1", "lcd 12345"]
    pieces = SqueezedPieces(texts)
    one = quick(re.compile(r"(?:(?-i:LCD)|article) ?[AL]?\d{5}", re.IGNORECASE))
    assert pieces.possible(one) == [0, 3]
    assert pieces.possible(one) == [at for at, text in enumerate(texts) if is_possible(one, squeezed(text))]
    assert pieces.possible(quick(re.compile(r"\w"))) == [0, 1, 2, 3, 4]
    assert SqueezedPieces([]).possible(one) == []
