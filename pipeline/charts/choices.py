"""Which of the printed answers of a form is meant: ticked, circled, or written as a letter that a key explains."""

import re
from collections.abc import Iterable, Mapping

from pipeline.charts.boxes import BOX

_KEY = re.compile(
    r"(?<![\w/])(?P<code>[A-Z]{1,2}|\d{1,2})\s*[=:]\s*(?P<words>[A-Za-z][A-Za-z '\u2019/-]{2,40}?)"
    r"(?=\s*(?:[,;.|)]|$|\s{2}))"
)
_CODED = re.compile(r"(?P<code>[A-Z]{1,2}|\d{1,2})\s*[-\u2013\u2014:,;]\s*(?P<more>\D.*)")
"""A cell with a letter of the key and more words: "A - blurred vision"."""
_KEYS = 2
"""So many codes a line explains before it is a key."""
_CIRCLED = re.compile(
    r"(?:\((?P<a>[^()]+)\)|\[(?P<b>[^\[\]]+)\]|<(?P<c>[^<>]+)>|\*+(?P<d>[^*]+)\*+|[xX\u2713\u2714]\s+(?P<e>\S.*))"
)
_ASKS = re.compile(r"\b(?:circle|check|select|choose|mark|tick)\b", re.IGNORECASE)


def chosen(cell: str, *, head: str = "", key: Mapping[str, str] | None = None) -> str:
    """The answer that a cell means; empty where several are printed and none is marked.

    >>> chosen("[X] Ineffective   [ ] Intolerance")
    'Ineffective'
    >>> chosen("not effective / (not tolerated)")
    'not tolerated'
    >>> chosen("B", key={"A": "no response", "B": "not tolerated"})
    'not tolerated'
    >>> chosen("effective / ineffective", head="Result (circle)")
    ''
    """
    words = cell.strip()
    if key and words in key:
        return key[words]
    if key and (coded := _CODED.fullmatch(words)) is not None and coded["code"] in key:
        return f"{key[coded['code']]} - {coded['more']}"
    boxes = [*BOX.finditer(words)]
    if boxes:
        ends = [*(box.start() for box in boxes[1:]), len(words)]
        ticked = [words[box.end() : end] for box, end in zip(boxes, ends, strict=True) if box["on"]]
        return "; ".join(" ".join(part.split()) for part in ticked if part.strip())
    printed = [part.strip() for part in re.split(r"\s*[/|]\s*", words) if part.strip()]
    if len(printed) > 1:
        marked = [next(g for g in m.groups() if g) for part in printed if (m := _CIRCLED.fullmatch(part))]
        if len(marked) == 1:
            return marked[0].strip()
        if marked or _ASKS.search(head):
            return ""
    return words


def key_in(lines: Iterable[str]) -> dict[str, str]:
    """The letters and numbers that a form explains: "A = inadequate response, B = not tolerated".

    >>> key_in(["Codes: A = inadequate response, B = not tolerated"])
    {'A': 'inadequate response', 'B': 'not tolerated'}
    """
    found: dict[str, str] = {}
    for line in lines:
        told = [*_KEY.finditer(line)]
        if len(told) >= _KEYS:
            found.update((m["code"], m["words"].strip()) for m in told)
    return found
