"""The contract's JSON of the values, both ways.

Keyword names lose their underscore, tuples are arrays, enums their value.

>>> from pipeline.values.task import Standing
>>> to_json(Standing(needs="member's consent", have=False))
{'needs': "member's consent", 'have': False}
"""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """The value as dicts, lists, strings and numbers, ready for ``json.dumps``."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name.removesuffix("_"): to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(to_json(k)): to_json(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(v) for v in value]
    return value


def from_json(kind: type[T], data: Any) -> T:
    """The value of ``kind`` that ``to_json`` wrote; raises ``pydantic.ValidationError`` where the shape differs."""
    value: T = _adapter(kind).validate_python(_python_names(data))
    return value


_KEYWORDS = {"for", "from"}


def _python_names(data: Any) -> Any:
    if isinstance(data, dict):
        return {f"{k}_" if k in _KEYWORDS else k: _python_names(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_python_names(v) for v in data]
    return data


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
