"""Counts that are told with the month they are of: "23 headache days in January, 21 in February"."""

import re

_MONTH_WORD = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?:,?\s+(?P<year>20\d\d))?"
_IN_MONTH = re.compile(
    rf"(?<![\d/.-])(?P<n>\d{{1,2}})\s*(?:(?:headache|migraine|HA)s?[\s-]*)?(?:days?\s+)?"
    rf"(?:(?:to|of|with|lost to)\s+(?:an?\s+)?(?:headaches?|migraines?|HA)\s+)?(?:in|for|during)\s+{_MONTH_WORD}\b"
    rf"|\b{_MONTH_WORD.replace('month>', 'month2>').replace('year>', 'year2>')}"
    rf"\s*[:=(-]?\s*(?P<n2>\d{{1,2}})(?![\d/]|,?\s+20\d\d|st|nd|rd|th)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


_OF_MONTHS = re.compile(
    r"(?:headache|migraine|HA)s?[\s-]*days"
    r"|\bdays? (?:to|of|with|lost to) (?:an? |her |his |the )?(?:head\s?ache|migraine|HA\b)"
    rf"|\b(?:head\s?aches?|migraines?|HAs?|hurt|head pain|pain)\b[^.;]{{0,30}}\bdays? in {_MONTH_WORD}",
    re.IGNORECASE,
)


def by_month(text: str, recorded: str | None) -> list[tuple[re.Match[str], int, str]]:
    """Counts named with their month: the match, the count, and the month as ``2026-01``.

    A month without a year is the last such month before the document's day; without that day nothing is said.
    """
    if not _OF_MONTHS.search(text):
        return []
    found = []
    for m in _IN_MONTH.finditer(text):
        month = _MONTHS.index((m["month"] or m["month2"]).casefold()[:3]) + 1
        year = m["year"] or m["year2"]
        if year is None and recorded is not None:
            year = str(int(recorded[:4]) - (f"{month:02d}" > recorded[5:7]))
        count = int(m["n"] or m["n2"])
        if year is not None and count <= 31:
            found.append((m, count, f"{year}-{month:02d}"))
    return found if len(found) > 1 else []
