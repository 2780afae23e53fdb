"""Loads the word banks: sentences and facts as data, beside this file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sample_letters.generator.answer import Payer

_WORDS = Path(__file__).parent / "words"


@cache
def words(name: str) -> Any:
    """One word bank, by file name without suffix."""
    return yaml.safe_load((_WORDS / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def payers() -> dict[str, Payer]:
    """Payers by id."""
    return {p["id"]: Payer(**{**p, "address": tuple(p["address"])}) for p in words("payers")}


@cache
def reasons() -> tuple[dict[str, Any], ...]:
    """Every way to give a reason."""
    return (*words("reasons_clinical"), *words("reasons_claim"))
