"""Where an old note that is quoted in brackets ends: ``[Copied from 02/03/2025: "21 days"]``."""

import re
from collections.abc import Iterable, Mapping

_CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}
_LONGEST = 1500
"""So many characters a quotation in brackets has at most."""
_QUOTED = re.compile(r"[\"\u201c\u2018]|(?<=\s)'|\n")
_LEADS = re.compile(r":\s|\s[-\u2013\u2014]+\s")


def quotations(text: str, announced: Iterable[int], *, told: Iterable[int]) -> Mapping[int, int]:
    """Where the brackets that begin right before the places ``announced`` end, by where they begin.

    Only brackets that hold what is copied itself: it is quoted, goes over a line, or something is told behind a colon
    or a dash; ``told`` are the places of medicines, scales and the like. A bracket that only names the old note ends
    nothing.
    """
    found = {}
    places = sorted(told)
    for place in announced:
        begin = place - 1
        while begin >= 0 and text[begin] in " \t<[({" and begin > place - _LEAD:
            begin -= 1
        begin += 1
        begin += len(text[begin:place]) - len(text[begin:place].lstrip())
        if begin >= place or (closing := _CLOSING.get(text[begin])) is None:
            continue
        end = text.find(closing, place, place + _LONGEST)
        lead = _LEADS.search(text, place, end) if end > 0 else None
        if end > 0 and (
            _QUOTED.search(text, place, end) or (lead is not None and any(lead.end() <= p < end for p in places))
        ):
            while text[end + 1 : end + 2] == closing:
                end += 1
            found[begin] = end + 1
    return found


_LEAD = 4
