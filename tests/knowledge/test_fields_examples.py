"""Every label of a field announces its examples and none of its counter-examples; every column heading likewise."""

import pytest

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.fields import Shape
from pipeline.language import load_language
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)
FIELDS = [entry for entry in KNOWLEDGE.fields if entry.id != "other"]


def found(field: str, line: str):
    content = f"NOTICE\n\n{line}\n\nDear Reader:\n\nWe have news for you.\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    letter = extract(Text(content=content, pages=(page,)), letter_id="x-1", language=LANGUAGE, practice=Practice())
    return getattr(letter, field)


@pytest.mark.parametrize("entry", FIELDS, ids=lambda e: e.id)
def test_label_announces_its_examples(entry):
    for example in entry.examples:
        assert found(entry.id, example), example


@pytest.mark.parametrize("entry", FIELDS, ids=lambda e: e.id)
def test_label_leaves_its_counter_examples_alone(entry):
    for example in entry.counter_examples:
        assert not found(entry.id, example), example


@pytest.mark.parametrize("entry", KNOWLEDGE.fields, ids=lambda e: e.id)
def test_weak_labels_are_labels(entry):
    assert set(entry.weak) <= set(entry.labels)
    assert not entry.weak or entry.shape is Shape.ID


@pytest.mark.parametrize("column", KNOWLEDGE.claim_columns, ids=lambda c: c.id)
def test_column_headings(column):
    assert all(column.heads(example) for example in column.examples)
    assert not any(column.heads(example) for example in column.counter_examples)


def test_a_heading_belongs_to_one_column():
    labels = [label for column in KNOWLEDGE.claim_columns for label in column.labels]
    assert len(labels) == len(set(labels))
