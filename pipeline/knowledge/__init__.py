"""What the pipeline knows, loaded from ``models/`` into frozen objects.

One field a subject, one module a subject's schema.
"""

from dataclasses import dataclass
from functools import cache

KNOWLEDGE_VERSION = "2026.11.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything of ``models/``, and the version that results carry."""

    version: str


@cache
def load_knowledge() -> Knowledge:
    """Read all of ``models/`` once.

    Raises:
        UsageError: naming the file and the entry that is wrong.
    """
    return Knowledge(version=KNOWLEDGE_VERSION)
