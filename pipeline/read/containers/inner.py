"""What is found inside a container, and the bounds of taking it out."""

import re
import unicodedata
from dataclasses import dataclass

from pipeline.errors import DocumentError, ProblemCode
from pipeline.values.limits import Limits

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A document inside a container. ``name`` is for people and never a path.

    Exactly one of ``data`` and ``problem`` is there: what cannot be taken out is said with its code.
    """

    name: str
    data: bytes | None = None
    problem: ProblemCode | None = None


class Budget:
    """How much may still be taken out of one container."""

    def __init__(self, limits: Limits) -> None:
        self._members, self._bytes = limits.max_members, limits.max_unpacked_bytes

    @property
    def bytes_left(self) -> int:
        """So many more bytes may be unpacked."""
        return self._bytes

    def spend(self, size: int) -> None:
        """One more member of ``size`` bytes. Raises ``DocumentError``: too_large, for too many members too."""
        self._members -= 1
        self._bytes -= size
        if self._members < 0 or self._bytes < 0:
            raise DocumentError(ProblemCode.TOO_LARGE)


def shown_name(name: str | None, *, otherwise: str) -> str:
    r"""A member's name as it may be shown: the last part, without control and direction characters, bounded.

    >>> shown_name("../../etc/pass\x00wd", otherwise="file")
    'passwd'
    >>> shown_name("a\\b\u202efdp.exe", otherwise="file")
    'bfdp.exe'
    """
    last = re.split(r"[/\\]", (name or "").rstrip("/\\"))[-1]
    plain = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}).strip()
    return plain[:_LONGEST_NAME] if plain.strip(".") else otherwise
