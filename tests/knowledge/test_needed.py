"""What a pattern needs is derived, never guessed: it stands in whatever the pattern matches."""

import re

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.needed import possible, quick, squeezed

FORMS = load_knowledge().citations


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"(?:LCD|article) ?[AL]?\d{5}", {"lcd", "article"}),
        (r"\d{1,2} ?C\.? ?F\.? ?R\.? ?\d+", {"cfr"}),
        (r"(?:policy)? ?number", {"number"}),
        (r"(?:policy)+ ?\d", {"policy"}),
        (r"(?:policy|\d+) x", set()),
        (r"[ab]\d", set()),
        (r"§ ?\d+", set()),
        (r"plan(?! code)", {"plan"}),
        (r"(?<=the )plan", {"plan"}),
    ],
)
def test_what_a_pattern_needs(pattern, needs):
    assert quick(re.compile(pattern, re.IGNORECASE)).needs == needs


def test_a_pattern_that_may_match_is_run():
    forms = [quick(re.compile(p, re.IGNORECASE)) for p in (r"C\.? ?F\.? ?R", "nowhere", r"\d")]
    assert [p.pattern for p in possible(forms, squeezed("See 42 C. F. R. 422"))] == [r"C\.? ?F\.? ?R", r"\d"]


@pytest.mark.parametrize("form", FORMS.forms, ids=lambda form: form.id)
def test_no_example_of_a_citation_is_passed_over(form):
    patterns = next(patterns for one, patterns, _ in FORMS.compiled if one is form)
    for example in (*form.examples, *form.counter_examples):
        run = possible(patterns, squeezed(example))
        assert all(one.pattern in run for one in patterns if one.pattern.search(example)), example
