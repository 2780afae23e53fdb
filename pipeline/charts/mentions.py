"""Medicines of a statement, those together that share what is said of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.charts.clinical import Subject
from pipeline.charts.statements import Hit, Statement

JOINED = re.compile(r"\s*(?:,|and|or|/|&|,\s*and|,\s*or|plus|\(|\)|\+)*\s*", re.IGNORECASE)
"""What joins medicines to a list."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One or several medicines that share what is said of them: ``first`` to ``last`` in the statement, then words."""

    drugs: tuple[tuple[str, str], ...]
    first: int
    last: int
    until: int


def mentions_of(statement: Statement) -> list[Mention]:
    """The medicines that a statement names, in order."""
    hits = _outermost(statement.of(Subject.DRUG))
    groups: list[list[Hit]] = []
    for hit in hits:
        gap = statement.text[groups[-1][-1].end : hit.start] if groups else None
        if gap is not None and JOINED.fullmatch(gap) and not _goes_on_alone(statement, gap, hit, groups[0][0]):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    mentions = []
    for number, group in enumerate(groups):
        until = groups[number + 1][0].start if number + 1 < len(groups) else len(statement.text)
        drugs: dict[str, tuple[str, str]] = {}
        for hit in group:
            drug_class, drug = hit.key.split("/", 1)
            drugs.setdefault(hit.key, (drug_class, drug))
        named = [pair for pair in drugs.values() if pair[1]]
        mentions.append(Mention(tuple(named or drugs.values()), group[0].start, group[-1].end, until))
    return mentions


_GOES_ON = re.compile(
    r"\s+(?:\(?(?:is |now )?(?:ongoing|current(?:ly)?|continues|continuing|continued|still)\b)", re.IGNORECASE
)
_OWN_VERB = re.compile(r"\s+(?:was|is|has|had|cannot|can't|could|caused|gave)\b", re.IGNORECASE)
"""Behind one medicine, of which alone it is said: "no response to verapamil or nadolol, and valproate is barred"."""
_ENDED = frozenset({"failure", "tried", "stopped", "intolerance"})


def _goes_on_alone(statement: Statement, gap: str, hit: Hit, first: Hit) -> bool:
    """Whether the last medicine of a list of ended ones goes on: "Failed: gabapentin, amitriptyline ongoing"."""
    if re.search(r",|\bwhile\b", gap) and _OWN_VERB.match(statement.text, hit.end):
        return any(h.key in _ENDED and h.end <= first.start for h in statement.of(Subject.OUTCOME))
    led = any(h.key in _ENDED and h.end <= first.start for h in statement.of(Subject.OUTCOME))
    return led and not re.search(r"\b(?:and|or)\b|[/&+(]", gap) and _GOES_ON.match(statement.text, hit.end) is not None


def _outermost(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:  # sorted by place, the longer first
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept
