"""The audit: a row for each thing done, in the transaction that does it. Ids and codes, never a text of a letter."""

from datetime import datetime

from pipeline.store import models
from pipeline.store.states import SYSTEM, Act


def note(act: Act, subject: str, *, at: datetime, who: str = SYSTEM, code: str = "") -> None:
    """Add a row about ``subject``, the id of a document, letter, task or batch."""
    models.Audit.objects.create(at=at, who=who, act=act.value, subject=subject, code=code)
