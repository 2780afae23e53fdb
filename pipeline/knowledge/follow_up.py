"""Schema of ``models/follow_up.yaml``: what follows once something was sent to a payer."""

from pydantic import Field

from pipeline.knowledge.clocks import Track
from pipeline.knowledge.entry import Entry, Strict
from pipeline.knowledge.load import load_record
from pipeline.values.letter import Channel
from pipeline.values.task import Action


class Reminder(Entry):
    """When to ask whether what was sent has arrived: business days after sending. No ``channels``: any other way."""

    channels: tuple[Channel, ...] = ()
    arrives_after: int = Field(gt=0, le=30)


class LateAnswer(Entry):
    """What a payer that lets its time pass has brought upon itself; empty ``tracks`` or ``states`` mean any."""

    tracks: tuple[Track, ...] = ()
    states: tuple[str, ...] = ()
    actions: tuple[Action, ...] = Field(min_length=1)
    do: str = Field(min_length=15)
    cite: str = Field(min_length=3)


class FollowUpRules(Strict):
    """All of ``models/follow_up.yaml``. ``status_before``: calendar days before the payer's last day."""

    reminders: tuple[Reminder, ...] = Field(min_length=1)
    status_before: int = Field(gt=0, le=60)
    late: tuple[LateAnswer, ...]

    def arrives_after(self, channel: Channel | None) -> int:
        """Business days until the payer must have what went by ``channel``."""
        named = [rule for rule in self.reminders if channel in rule.channels]
        return (named or [rule for rule in self.reminders if not rule.channels])[0].arrives_after


def load_follow_up() -> FollowUpRules:
    """The file, checked. Raises ``UsageError`` naming what is wrong."""
    return load_record("follow_up.yaml", FollowUpRules)
