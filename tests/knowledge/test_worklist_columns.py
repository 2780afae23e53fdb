"""Headings of worklists: each example belongs to its field and to no other, each counter-example not to it."""

import pytest

from pipeline.knowledge.worklists import load_worklist_columns
from pipeline.values.worklist import ListField

COLUMNS = load_worklist_columns()


def test_there_is_a_column_for_every_field():
    assert [column.id for column in COLUMNS] == [field.value for field in ListField]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.id)
def test_examples_and_counter_examples(column):
    for heading in column.examples:
        assert [other.id for other in COLUMNS if other.heads(heading)] == [column.id]
    assert not any(column.heads(heading) for heading in column.counter_examples)


def test_no_heading_belongs_to_two_fields():
    told = [(label, column.id) for column in COLUMNS for label in column.labels]
    shared = [(label, [c.id for c in COLUMNS if c.heads(label)]) for label, _ in told]
    assert [one for one in shared if len(one[1]) > 1] == []
