"""The JSON Schema of what is exported as JSON, made from the values themselves, so that it cannot lag behind.

Names are those of the contract: a Python keyword loses the underscore that it has in the code.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pipeline.values.letter import Document
from pipeline.values.task import Task

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PUBLISHED: dict[str, tuple[Any, str]] = {
    "tasks": (tuple[Task, ...], "The task queue: an array of tasks, most urgent first."),
    "documents": (tuple[Document, ...], "The documents that were read, each with its letters and findings."),
}


@cache
def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an exported file."""
    kind, about = _PUBLISHED[name]
    made = TypeAdapter(kind).json_schema(mode="serialization")
    plain: dict[str, Any] = _contract_names(made)
    return {"$schema": _DRAFT, "title": f"denials {name}", "description": about, **plain}


def _contract_names(part: Any) -> Any:
    if isinstance(part, list):
        return [_contract_names(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: _contract_names(value) for key, value in part.items()}
    if isinstance(found.get("properties"), dict):
        found["properties"] = {key.removesuffix("_"): value for key, value in found["properties"].items()}
        # Every key is always written, whether or not it has a default in the code.
        found["required"] = list(found["properties"])
        found["additionalProperties"] = False
    return found
