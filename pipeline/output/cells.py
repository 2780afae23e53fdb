"""Cells that a spreadsheet shows and never runs."""

from typing import Any

import pandas as pd

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""Signs with which a sheet program begins to calculate, their full-width forms too, or skips to the next cell."""


def guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell quoted that begins like a formula, blanks before it or not."""
    return frame.map(_quoted)


def _quoted(value: Any) -> Any:
    """A text that a sheet program would run, with an apostrophe before it.

    >>> _quoted("=1+1"), _quoted(" @SUM(A1)"), _quoted("00123")
    ("'=1+1", "' @SUM(A1)", '00123')
    """
    if isinstance(value, str) and (value.startswith(FORMULA_SIGNS) or value.lstrip().startswith(FORMULA_SIGNS)):
        return f"'{value}"
    return value
