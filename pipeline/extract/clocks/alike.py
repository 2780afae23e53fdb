"""Limits told by another one: ``The same period applies to a reconsideration``."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.clocks.acts import Said
from pipeline.extract.clocks.durations import durations, printed_days
from pipeline.extract.clocks.limit import OFFERED, Limit
from pipeline.values.letter import ClockKind

_SAME = re.compile(
    r"\b(?:same|identical) (?:(?:time|filing|appeal) )?(?:periods?|deadlines?|limits?|windows?"
    r"|time(?:frames?|lines?|s)?|number of days|days|dates?|day|\d{1,3}[- ]days?"
    r"|(?:goes|applies|holds|is true|counts)(?= (?:for|to)\b))\b",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:not|no|never|nor|unlike|longer|shorter|different|was|were|had|applied|last year)\b|n't\b",
    re.IGNORECASE,
)
"""Words that take it back, or tell of what is past or supposed."""
_TOLD = OFFERED | {ClockKind.CORRECTED_CLAIM, ClockKind.EXPEDITED_APPEAL, ClockKind.REOPENING}
_NOT_FAR = 300
"""Characters."""


def limits_alike(said: Said, last: Limit | None) -> Iterator[Limit]:
    """The limit told last, for what the sentence says has the same.

    Where the sentence tells a limit itself, what has the same stands behind the words for that.
    """
    text = said.sentence.text
    same = _SAME.search(text) if "same" in text or "identical" in text else None
    if same is None or last is None or last.kind not in _TOLD or _NOT_SO.search(text):
        return
    base = said.sentence.start_char
    if base - last.end > _NOT_FAR:
        return
    own = bool(durations(text[: same.start()]) or printed_days(text))
    kinds = {last.kind}
    for act in said.here:
        if act.entry.kind in _TOLD - kinds and (not own or act.start >= base + same.end()):
            kinds.add(act.entry.kind)
            place = min(base + same.start(), act.start), max(base + same.end(), act.end)
            confidence = last.confidence * 0.8
            yield replace(
                last, kind=act.entry.kind, party=act.entry.for_, start=place[0], end=place[1], rule=act.entry.id,
                confidence=confidence,
            )  # fmt: skip
