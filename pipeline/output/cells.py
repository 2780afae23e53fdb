"""Cells that a spreadsheet shows and never runs."""

import pandas as pd

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}")


def guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text cell quoted that begins like a formula."""
    return frame.map(lambda v: f"'{v}" if isinstance(v, str) and v.startswith(FORMULA_SIGNS) else v)
