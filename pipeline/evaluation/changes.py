"""What became better and worse since an earlier run, letter by letter and field by field."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.evaluation.score import Report

Mistakes = Mapping[str, Mapping[str, list[Any]]]
"""File name -> field or danger -> ``[what was missed, what was surplus]``."""


def mistakes_of(report: Report) -> dict[str, dict[str, list[Any]]]:
    """The mistakes of a run as JSON keeps them."""
    found: dict[str, dict[str, list[Any]]] = {}
    for one in report.mistakes:
        place = found.setdefault(one.file_name, {}).setdefault(one.field, [[], []])
        place[0] += one.missed
        place[1] += one.surplus
    whole: dict[str, dict[str, list[Any]]] = json.loads(json.dumps(found))
    return whole


def save(report: Report, file: Path) -> None:
    """Keep the mistakes of a run in a file, for ``changes`` of a later one.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        file.write_text(json.dumps(mistakes_of(report), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as problem:
        raise _wrong(file, (problem.strerror or "it cannot be written").lower()) from None


def saved(file: Path) -> Mistakes:
    """The mistakes of an earlier run.

    Raises:
        UsageError: there is no such file, or it holds something else.
    """
    try:
        earlier: Any = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise _wrong(file, (problem.strerror or "it cannot be read").lower()) from None
    except ValueError:
        earlier = None
    if not isinstance(earlier, dict):
        raise _wrong(file, "it holds no run")
    return earlier


def changes(earlier: Mistakes, report: Report) -> list[str]:
    """A line a letter and field: was wrong and is right (``+``), the reverse (``-``), wrong in another way (``~``)."""
    now = mistakes_of(report)
    lines = []
    for name in sorted({*earlier, *now}):
        before, after = earlier.get(name, {}), now.get(name, {})
        for key in sorted({*before, *after}):
            if before.get(key) == after.get(key):
                continue
            sign = "+" if key not in after else "-" if key not in before else "~"
            lines.append(f"{sign} {name} {key}: {_told(after.get(key) or before[key])}")
    return lines


def _told(mistake: list[Any]) -> str:
    missed, surplus = mistake
    said = [f"missed {missed}" if missed else "", f"surplus {surplus}" if surplus else ""]
    return "; ".join(one for one in said if one) or "counted"


def _wrong(file: Path, why: str) -> UsageError:
    return UsageError(f"run file {file}", why=why, advice="Make one with: denials evaluate DIR --save FILE")
