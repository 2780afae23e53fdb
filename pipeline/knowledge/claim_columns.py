"""Headings of the columns in which letters print the service lines of a claim."""

import re
from functools import cache

from pipeline.knowledge.alternatives import alternatives, first_signs
from pipeline.knowledge.entry import Exemplified


class ClaimColumn(Exemplified):
    """The headings of one column; ``id`` is what stands in it."""

    labels: tuple[str, ...]

    def heads(self, text: str) -> bool:
        """Whether a text is one of the headings and nothing else."""
        return any(name == self.id for name, _, _ in headings(text, (self,))) and not re.search(
            r"[A-Za-z]", _compiled((self,))[0].sub("", text)
        )


def headings(text: str, columns: tuple[ClaimColumn, ...]) -> list[tuple[str, int, int]]:
    """Every heading in a text: column id, start and end; longer headings win over shorter ones."""
    pattern, owners = _compiled(columns)
    return [(owners[_key(m.group())], m.start(), m.end()) for m in pattern.finditer(text)]


def _key(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold().rstrip(".")


@cache
def _compiled(columns: tuple[ClaimColumn, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all headings, and whose each is."""
    owners = {_key(label): column.id for column in columns for label in column.labels}
    spelled = sorted({label for column in columns for label in column.labels}, key=len, reverse=True)
    parts = (
        (signs := first_signs(label), r"\s?".join(map(re.escape, label[len(signs) :].split(" ")))) for label in spelled
    )
    return re.compile(rf"(?<![A-Za-z0-9]){alternatives(parts)}(?![A-Za-z0-9])\.?", re.IGNORECASE), owners
