"""The database and the kept bytes: plain functions in front of Django's ORM, which nothing outside touches.

``configure`` first, once a process; Django's models can only be imported after it, so the functions that use them are
looked up when they are first asked for. Every function that changes something is one transaction; ``StoreBusy`` where
the database is locked, full or away, and then the same call may be made again.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.store.blobs import Blobs
from pipeline.store.door import Conflict, LeaseLost, StoreBusy
from pipeline.store.setup import DATABASE, configure
from pipeline.store.shapes import Decided, Left, Registered, Saved, Stamp, StoredLetter
from pipeline.store.states import Act, State

if TYPE_CHECKING:
    from pipeline.store.intake import (
        count_known as count_known,
        count_left_for_space as count_left_for_space,
        end_batch as end_batch,
        gone as gone,
        inbox_of as inbox_of,
        known_inboxes as known_inboxes,
        left_in as left_in,
        moved as moved,
        moved_since as moved_since,
        refuse as refuse,
        register as register,
        start_batch as start_batch,
    )
    from pipeline.store.leases import (
        claim as claim,
        dead_owners as dead_owners,
        owner as owner,
        queued as queued,
        release as release,
        renew as renew,
        take_back as take_back,
    )
    from pipeline.store.looking import (
        counts as counts,
        documents as documents,
        file_name as file_name,
        stale_cases as stale_cases,
        states as states,
        task_version as task_version,
        tasks as tasks,
    )
    from pipeline.store.people import (
        change_task as change_task,
        decide as decide,
        decisions as decisions,
        reprocess as reprocess,
        retry as retry,
    )
    from pipeline.store.saving import rework as rework, save as save

__all__ = [
    "DATABASE", "Act", "Blobs", "Conflict", "Decided", "LeaseLost", "Left", "Registered", "Saved", "Stamp", "State",
    "StoreBusy", "StoredLetter", "configure",
]  # fmt: skip

_WITH_MODELS = ("intake", "leases", "looking", "people", "saving")


def __getattr__(name: str) -> Any:
    """The function ``name`` of one of the modules that use the models."""
    if not name.startswith("_"):
        for module in _WITH_MODELS:
            found = getattr(import_module(f"pipeline.store.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(name)
