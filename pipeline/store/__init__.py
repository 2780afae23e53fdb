"""The database and the kept bytes: plain functions in front of Django's ORM, which nothing outside touches.

``configure`` first, once a process; Django's models can only be imported after it, so the functions that use them are
looked up when they are first asked for. Every function that changes something is one transaction; ``StoreBusy`` where
the database is locked, full or away, and then the same call may be made again.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.store.blobs import Blobs
from pipeline.store.door import Conflict, LeaseLost, StoreBusy, hang_up
from pipeline.store.setup import DATABASE, alone, configure
from pipeline.store.shapes import Decided, Left, Saved, StoredLetter
from pipeline.store.states import Act, State

if TYPE_CHECKING:
    from pipeline.store.backup import back_up as back_up
    from pipeline.store.batches import (
        end_batch as end_batch,
    )
    from pipeline.store.batches import (
        inbox_of as inbox_of,
    )
    from pipeline.store.batches import (
        known_inboxes as known_inboxes,
    )
    from pipeline.store.batches import (
        left_in as left_in,
    )
    from pipeline.store.batches import (
        start_batch as start_batch,
    )
    from pipeline.store.leases import (
        claim as claim,
    )
    from pipeline.store.leases import (
        dead_owners as dead_owners,
    )
    from pipeline.store.leases import (
        held as held,
    )
    from pipeline.store.leases import (
        owner as owner,
    )
    from pipeline.store.leases import (
        queued as queued,
    )
    from pipeline.store.leases import (
        release as release,
    )
    from pipeline.store.leases import (
        renew as renew,
    )
    from pipeline.store.leases import (
        take_back as take_back,
    )
    from pipeline.store.ledger import Ledger as Ledger
    from pipeline.store.looking import (
        counts as counts,
    )
    from pipeline.store.looking import (
        document_states as document_states,
    )
    from pipeline.store.looking import (
        documents as documents,
    )
    from pipeline.store.looking import (
        file_name as file_name,
    )
    from pipeline.store.looking import (
        stale_cases as stale_cases,
    )
    from pipeline.store.looking import (
        task_version as task_version,
    )
    from pipeline.store.looking import (
        tasks as tasks,
    )
    from pipeline.store.people import (
        change_task as change_task,
    )
    from pipeline.store.people import (
        decide as decide,
    )
    from pipeline.store.people import (
        decisions as decisions,
    )
    from pipeline.store.people import (
        reprocess as reprocess,
    )
    from pipeline.store.people import (
        retry as retry,
    )
    from pipeline.store.restoring import restore as restore
    from pipeline.store.saving import rework as rework
    from pipeline.store.saving import save as save

__all__ = [
    "DATABASE", "Act", "Blobs", "Conflict", "Decided", "LeaseLost", "Left", "Saved", "State", "StoreBusy",
    "StoredLetter", "alone", "configure", "hang_up",
]  # fmt: skip

_WITH_MODELS = ("backup", "batches", "leases", "ledger", "looking", "people", "restoring", "saving")


def __getattr__(name: str) -> Any:
    """The function ``name`` of one of the modules that use the models."""
    if not name.startswith("_"):
        for module in _WITH_MODELS:
            found = getattr(import_module(f"pipeline.store.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(name)
