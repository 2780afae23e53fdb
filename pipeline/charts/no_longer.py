"""Medicines of a list of what is taken that the same document says were stopped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.charts.dates import dates_in
from pipeline.charts.source import Source
from pipeline.values.chart import Context, Fact, FactKind


def no_longer(source: Source, found: Sequence[Fact]) -> Iterator[Fact]:
    """The facts, where a list of what is taken is past for what the document says was stopped.

    A later dose, a restart or a day before this year's visit leaves the list as it stands.
    """
    ended = {
        f.drug for f in found
        if f.kind is FactKind.DRUG_TRIAL and f.context is None and f.drug and _STOPPED.search(f.text)
        and not _TAKEN_UP.search(f.text) and not _is_of_before(f, source.recorded)
    }  # fmt: skip
    for fact in found:
        listed = fact.kind is FactKind.CURRENT_DRUG and fact.context is None and fact.drug in ended
        told = listed and not _STILL.search(fact.text)
        yield replace(fact, context=Context.HISTORICAL) if told else fact


def _is_of_before(fact: Fact, recorded: str | None) -> bool:
    """Whether what was stopped was stopped in an earlier year than the document's."""
    year = (fact.stop or fact.start or "")[:4] or max((d.iso[:4] for d in dates_in(fact.text)), default="")
    return bool(recorded and year and year < recorded[:4])


_STOPPED = re.compile(
    r"\b(?:stopped|discontinued|d/c'?e?d|dc'?d|no longer (?:takes|taking|on|using)|came off"
    r"|taken off)\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    r"\b(?:restart\w*|resum\w*|re-?start\w*|re-?challenge\w*|again|back on|not (?:stopped"
    r"|discontinued)|if|should|will|plan\w*|briefly|then (?:re|started))\b"
    r"|\b(?:19|20)[01]\d\b|\byears? ago\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:restarted|resumed|continue[sd]?|still|remains on|since|now|refill\w*|started)\b", re.IGNORECASE
)
