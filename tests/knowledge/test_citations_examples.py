"""Every citation form finds its examples with their numbers, and nothing in its counter-examples."""

import re
import time

import pytest

from pipeline.extract.citations import find_citations
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)
FORMS = KNOWLEDGE.citations.forms


def citations(sentence: str):
    content = f"Dear Dr. Example:\n\nWe denied your request.\n\n{sentence}\n\nSincerely,\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return find_citations(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE)


@pytest.mark.parametrize(
    ("form", "example", "number"),
    [
        pytest.param(form, example, form.numbers[n] if n < len(form.numbers) else None, id=f"{form.id}-{n}")
        for form in FORMS
        for n, example in enumerate(form.examples)
    ],
)
def test_form_finds_its_example(form, example, number):
    found = [c for c in citations(example) if c.rule.removesuffix(".repaired") == form.id]
    assert found
    assert all(c.kind is form.kind for c in found)
    if number is not None:
        assert re.sub(r"\s", "", number) in {re.sub(r"\s", "", c.number or "") for c in found}


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.id)
def test_form_is_silent_on_its_counter_examples(form):
    found = [c.text for example in form.counter_examples for c in citations(example) if c.rule == form.id]
    assert found == []


@pytest.mark.parametrize(
    "unit",
    ["a", "1", " ", "A-", "42 ", "policy ", "Medical Policy ", "Clinical ", "L33", "section ", "§", "(a)", "Code ",
     "1.23", "MCG ", "the Evidence of Coverage ", "Medicare Benefit ", "ERISA ", "\n"],
)  # fmt: skip
def test_patterns_are_fast_on_hostile_text(unit):
    text = unit * (100_000 // len(unit))
    for form, one, cue in KNOWLEDGE.citations.compiled:
        start = time.process_time()
        for pattern in (one.pattern, *((cue,) if cue else ())):
            for _ in pattern.finditer(text):
                pass
        assert time.process_time() - start < 1.0, form.id


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Criteria: 42 CFR 409.31 and 409.33; home care is enough.", ["42 CFR 409.31", "42 CFR 409.33"]),
        ("See the Plan Document, Section 11.4 and Section 8.2.", ["Section 11.4", "Section 8.2"]),
        ("The rule is 42 CFR 409.31 and 15 days have passed.", ["42 CFR 409.31"]),
    ],
)
def test_what_is_cited_in_one_breath(sentence, numbers):
    assert [c.number for c in citations(sentence)] == numbers
