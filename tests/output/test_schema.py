"""What is exported as JSON keeps to the schema that is published beside it."""

import json

import jsonschema
import pytest

from pipeline.output import ExportFormat, export
from pipeline.output.schema import schema_of
from pipeline.values.contract import to_json
from tests.output.conftest import TODAY


def test_every_exported_file_keeps_to_the_schema_beside_it(worked_on, tmp_path):
    for path in export(*worked_on, kind=ExportFormat.JSON, out=tmp_path, today=TODAY):
        if path.name.endswith(".schema.json"):
            continue
        name = "tasks" if "tasks" in path.name else "documents"
        schema = json.loads((tmp_path / f"denials-{name}.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        content = json.loads(path.read_text())
        assert content
        assert [e.message for e in jsonschema.Draft202012Validator(schema).iter_errors(content)] == []


@pytest.mark.parametrize("break_it", [
    lambda task: task.pop("due"),
    lambda task: task.update(due=5),
    lambda task: task.update(state="nowhere"),
    lambda task: task.update(extra=1),
])  # fmt: skip
def test_the_schema_refuses_what_is_no_task(worked_on, break_it):
    tasks, _ = worked_on
    one = to_json(tasks[0])
    break_it(one)
    assert not jsonschema.Draft202012Validator(schema_of("tasks")).is_valid([one])
