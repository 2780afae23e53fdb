"""What every page counts over all files or tasks: shown again for some seconds, unless this process changed something.

Nobody has to say that something changed: the store tells how much was (``store.changes``; decision 0070).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline import store
from pipeline.desk import Desk
from pipeline.store import Within
from pipeline.values.task import StatusCounts

_COUNTS_SECONDS = 5.0
_CHOICES_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was counted, when, and after how many changes."""

    at: float
    changes: int
    value: Any


class Counted:
    """The counts, each for who sees some locations (``within``). Safe to use from several threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: dict[tuple[str, Within], _Kept] = {}

    def status(self) -> StatusCounts:
        """The conservation law, over all files."""
        counts: StatusCounts = self._lately("status", None, _COUNTS_SECONDS, self._desk.status)
        return counts

    def sums(self, *, within: Within = None) -> store.Sums:
        """The sums over tasks."""
        today = self._desk.today()
        sums: store.Sums = self._lately(
            "sums", within, _COUNTS_SECONDS, lambda: store.sums(today=today, within=within)
        )  # fmt: skip
        return sums

    def left_to_check(self, *, within: Within = None) -> int:
        """How many letters nobody checked yet."""
        left: int = self._lately("left", within, _COUNTS_SECONDS, lambda: store.left_to_check(within=within))
        return left

    def set_aside(self, *, within: Within = None) -> int:
        """How many files could not be read; such a file has no location."""
        if within is not None and store.NOWHERE not in within:
            return 0
        count: int = self._lately("set aside", None, _COUNTS_SECONDS, store.set_aside_count)
        return count

    def payers(self, *, within: Within = None) -> tuple[str, ...]:
        """The payers to choose from, the most frequent first."""
        payers: tuple[str, ...] = self._lately(
            "payers", within, _CHOICES_SECONDS, lambda: store.choices("payer", within=within)
        )  # fmt: skip
        return payers

    def locations(self) -> tuple[str, ...]:
        """Our locations by name: those of ``practice.yaml`` and those that cases are of."""
        ours = (place.name for place in self._desk.working.practice.places)
        known: tuple[str, ...] = self._lately("locations", None, _CHOICES_SECONDS, store.known_locations)
        return tuple(sorted({*ours, *known}))

    def _lately(self, name: str, within: Within, seconds: float, count: Callable[[], Any]) -> Any:
        changes, now = store.changes(), time.monotonic()  # before counting: a change meanwhile is counted next time
        kept = self._kept.get((name, within))
        if kept is None or kept.changes != changes or now - kept.at >= seconds:
            kept = self._kept[name, within] = _Kept(at=now, changes=changes, value=count())
        return kept.value
