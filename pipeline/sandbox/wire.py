"""How an error for the person at the keyboard crosses from the template or a child to the batch."""

from typing import NoReturn

from pipeline.errors import DenialsError, MissingToolError, UsageError

_KINDS: dict[str, type[DenialsError]] = {"usage": UsageError, "missing": MissingToolError}


def packed(error: DenialsError) -> list[str]:
    """The error as JSON takes it. It speaks of settings and tools, never of a letter."""
    kind = "missing" if isinstance(error, MissingToolError) else "usage"
    return [kind, error.what, error.why, error.advice]


def raise_packed(error: list[str]) -> NoReturn:
    """Raises the error again."""
    kind, what, why, advice = error
    raise _KINDS[kind](what, why=why, advice=advice)
