"""What is left, or how long it lasted, tells of a failure only where no fall and nothing good is told beside it."""

import re

_LEFT = re.compile(r"\b(?:still|nevertheless|nonetheless)\b.*\d|\d.*\b(?:remain|persist)", re.IGNORECASE)
_LASTED = re.compile(r"(?:last|work)\w*\s+(?:only\s+)?(?P<n>\d+)\s*(?P<unit>[dw])?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}")
_FULL = 70
"""Days for which a toxin is to last: ten weeks and more is nearly its whole interval."""
_LITTLE = 0.8
"""A count of more than this share of the earlier one has hardly fallen."""
_COUNT = (
    r"(?![\d/]|\.\d|\s*-\s*\d|\s*to\s+\d"
    r"|\s*(?:mg|mcg|g|units?|u|%|percent|wks?|weeks?|mos?|months?|y|yrs?|years?|doses?|cycles?)\b)"
)
_EARLIER = re.compile(
    r"\b(?:from|instead of|rather than|compared (?:with|to)|against|versus|vs\.?|where|was|were|been"
    r"|used to (?:be|have))\W+"
    r"(?:(?:the|her|his|an?|about|around|over|some|previous|prior|earlier|initial|baseline|of)\W+){0,3}"
    rf"(?P<n>\d{{1,3}}){_COUNT}"
    rf"|(?<![\d./-])(?P<then>\d{{1,3}}){_COUNT}(?:\s+[a-z]+){{0,5}}?"
    r"\s+(?:before|prior to|at baseline|previously|originally|initially)\b",
    re.IGNORECASE,
)
_FALL = r"(?:reduction|improvement|drop|fall|decrease|relief)"
_SHARE = r"(?:[3-9]\d|100)\s*(?:%|percent)"
_WELL = re.compile(
    r"(?<!not )\b(?:as|longer than)\s+(?:expected|planned|usual|intended|always)\b"
    rf"|(?<!no )(?<!not an )\b(?:excellent|great|marked|major|dramatic|substantial|big|large)\s+"
    rf"(?:{_FALL}|response|benefit)\b"
    r"|\b(?:far|many)\s+(?:fewer|less)\b|\bhalved\b"
    rf"|(?<!only )(?<!only a )(?<!only an )\b{_SHARE}\s+(?:\w+\s+)?(?:fewer|less|better|{_FALL})\b"
    rf"|\b{_FALL}\s+(?:of|by)\s+{_SHARE}",
    re.IGNORECASE,
)


def is_told_well(text: str, start: int, end: int) -> bool:
    """Whether the words of a failure from ``start`` to ``end`` only count what is left of much more, or a full time."""
    said = text[start:end]
    lasted = _LASTED.match(said)
    if lasted is None and not _LEFT.search(said):
        return False
    if _WELL.search(text, end) or (lasted is None and _WELL.search(text, 0, start)):
        return True
    if lasted is not None:
        return int(lasted["n"]) * (7 if (lasted["unit"] or "w").casefold() == "w" else 1) >= _FULL
    left = _NUMBER.search(said)
    earlier = [int(m["n"] or m["then"]) for m in _EARLIER.finditer(text) if not start <= m.start() < end]
    return left is not None and any(int(left[0]) <= then * _LITTLE for then in earlier)
