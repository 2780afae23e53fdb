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


_PLAIN = frozenset({str, int, float, bool, type(None)})


def to_json(value: Any) -> Any:
    """The value as dicts, lists, strings and numbers, ready for ``json.dumps``."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if keys := _keys_of(kind):
        held = ((key, getattr(value, name)) for name, key in keys)
        return {key: part if type(part) in _PLAIN else to_json(part) for key, part in held}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(to_json(k)): to_json(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(v) for v in value]
    return value


_keys: dict[type, tuple[tuple[str, str], ...]] = {}


def _keys_of(kind: type) -> tuple[tuple[str, str], ...]:
    """The fields of a dataclass, each with its name in JSON; none where the type is no dataclass."""
    if kind not in _keys:
        told = fields(kind) if is_dataclass(kind) else ()
        _keys[kind] = tuple((field.name, field.name.removesuffix("_")) for field in told)
    return _keys[kind]


def from_json(kind: type[T], data: Any) -> T:
    """The value of ``kind`` that ``to_json`` wrote; raises ``pydantic.ValidationError`` where the shape differs."""
    value: T = _adapter(kind).validate_python(_python_names(data))
    return value


_KEYWORDS = {"for": "for_", "from": "from_"}


def _python_names(data: Any) -> Any:
    """The data with keywords renamed; what holds none of them is handed back as it is, and nothing is changed."""
    if type(data) is list:
        parts = [_python_names(part) if type(part) not in _PLAIN else part for part in data]
        return parts if any(new is not old for new, old in zip(parts, data, strict=True)) else data
    if type(data) is not dict:
        return data
    changed = {
        key: new for key, part in data.items() if type(part) not in _PLAIN and (new := _python_names(part)) is not part
    }
    if not changed and "for" not in data and "from" not in data:
        return data
    return {_KEYWORDS.get(key, key): changed.get(key, part) for key, part in data.items()}


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]
