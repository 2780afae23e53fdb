"""A clinician's signature in a task's letter: who stands for what it says, and when.

A signature stands for one content. It ends by itself when the letter would say or enclose something else: what it
stood for is kept beside it as two hashes, of the whole draft and of what the task states. The first takes a packet to
compare, the second is at hand on every page.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.store import RemarkKind, Said
from pipeline.values.contract import to_json
from pipeline.values.task import Task

_STATED = (
    "action", "level", "payer", "member_name", "member_id", "claim_number", "reference_number", "service",
    "denial_reasons", "policy_citations", "requirements", "evidence_table", "letter_ids", "send_to", "argument",
)  # fmt: skip
"""What a letter says of a task; its days, its state and who works on it are not in the letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """``name`` is how the clinician signs, ``by`` the account; ``holds``: nothing changed that it stands for."""

    name: str
    by: str
    at: datetime
    holds: bool


def signature_of(task: Task, said: Iterable[Said], *, content: str | None = None) -> Signature | None:
    """The last signature under a task's letter; None where there is none.

    ``said`` is what was written on the case, the newest first; ``content`` the hash of the draft, where it is at hand.
    """
    for row in said:
        if row.kind == RemarkKind.SIGNED and row.task_id == task.task_id:
            holds = row.details["stated"] == stated_of(task) and content in (None, row.details["content"])
            return Signature(name=row.details["name"], by=row.by, at=row.at, holds=holds)
    return None


def stated_of(task: Task) -> str:
    """The SHA-256 over what a task states."""
    stated = to_json(task)
    return hashlib.sha256(json.dumps([stated[key] for key in _STATED], sort_keys=True).encode()).hexdigest()
