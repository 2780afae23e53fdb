"""Codes of the contract as words for people."""

from enum import Enum
from typing import Any

from django import template

register = template.Library()


@register.filter
def words(value: Any) -> str:
    """``step_therapy`` -> ``step therapy``."""
    return str(value.value if isinstance(value, Enum) else value or "").replace("_", " ")
