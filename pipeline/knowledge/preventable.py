"""Schema of ``models/preventable.yaml``: reasons that can be prevented before billing, and how."""

from pipeline.knowledge.entry import Entry
from pipeline.knowledge.load import load_entries


class Preventable(Entry):
    """A reason of the contract (its id), and what prevents it."""

    by: str


def load_preventable() -> dict[str, str]:
    """What prevents a reason, by the reason's id. Raises ``UsageError`` naming the entry that is wrong."""
    return {entry.id: entry.by for entry in load_entries("preventable.yaml", Preventable)}
