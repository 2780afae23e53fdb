"""Who works on which document: a lease with a fencing number. Whoever's number is not the current one saves nothing.

A lease runs out by the clock. That of a worker on this machine whose process died is taken back at once: the process
held a lock on a file named as its owner id, and the kernel drops the lock with the process, whatever killed it.
"""

import contextlib
import fcntl
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from pipeline.errors import ProblemCode
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import StoreBusy, hang_up, reading, transacted, transacted_aside
from pipeline.store.states import Act, State

LEASE = timedelta(seconds=90)
_HEARTBEAT_SECONDS = 15.0
ATTEMPTS = 3
INTERRUPTIONS = 25
"""A document in hand when the whole batch was killed is seldom to blame; one that is there so often is."""


@contextlib.contextmanager
def owner(data: Path) -> Iterator[str]:
    """An owner id for leases of this process; others can tell that it lives. Its file is swept by the next."""
    folder = data / "tmp" / "owners"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = uuid.uuid4().hex
    fresh = folder / f"new-{name}"
    with fresh.open("x") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh.rename(folder / name)  # under its name only when locked: no lock would mean dead
        yield name


def dead_owners(data: Path) -> list[Path]:
    """The lock files of owners whose process is gone."""
    dead = []
    for path in sorted((data / "tmp" / "owners").glob("[0-9a-f]*")):
        with contextlib.suppress(OSError), path.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            dead.append(path)
    return dead


@reading
def queued() -> tuple[str, ...]:
    """The documents that wait, oldest first; those that were in hand when something died come last."""
    rows = models.Document.objects.filter(state=State.QUEUED.value)
    return tuple(rows.order_by("attempts", "interruptions", "created", "pk").values_list("pk", flat=True))


@transacted
def claim(document_id: str, *, owner_id: str, now: datetime) -> int | None:
    """Take a queued document, or one whose lease ran out; the fencing number, or None where there is nothing to take.

    One that the same owner has counts as queued: the caller knows that nobody there works on it any more.

    A document whose third claim ended badly is quarantined as ``crashed`` instead.
    """
    document = models.Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        return None
    lapsed = document.state == State.WORKING and (
        document.lease_owner == owner_id or document.lease_until is None or document.lease_until <= now
    )
    if document.state != State.QUEUED and not lapsed:
        return None
    if _worn_out(document):
        _quarantine(document, now=now)
        return None
    document.state = State.WORKING.value
    document.fence += 1
    document.attempts += 1
    document.lease_owner = owner_id
    document.lease_until = now + LEASE
    document.save()
    note(Act.CLAIMED, document_id, at=now, code=str(document.fence))
    return document.fence


@transacted_aside
def renew(document_id: str, token: int, *, now: datetime) -> bool:
    """Let a lease run for its full time from now on; False where it is lost."""
    mine = models.Document.objects.filter(pk=document_id, fence=token, state=State.WORKING.value)
    return mine.update(lease_until=now + LEASE) == 1


@contextlib.contextmanager
def held(document_id: str, token: int, *, now: Callable[[], datetime]) -> Iterator[None]:
    """Keeps a lease from running out inside the block, however long its document waits for a free child process."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(_HEARTBEAT_SECONDS):
            with contextlib.suppress(StoreBusy):
                renew(document_id, token, now=now())
        hang_up()

    thread = threading.Thread(target=beat, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@transacted
def release(document_id: str, token: int, *, now: datetime, blame: bool) -> None:
    """Put a document back into the queue; nothing where the lease is lost. ``blame``: the attempt counts."""
    document = _held(document_id, token)
    if document is None:
        return
    _requeue(document, blame=blame)
    note(Act.RELEASED, document_id, at=now, code="failed" if blame else "stopped")
    if _worn_out(document):
        _quarantine(document, now=now)


@transacted
def take_back(dead: frozenset[str], *, now: datetime, killed: bool = True) -> int:
    """Queue again what dead owners, or owners whose lease ran out, had in hand; how many.

    ``killed``: the dead ones did not end by themselves, which is counted.
    """
    working = models.Document.objects.select_for_update().filter(state=State.WORKING.value)
    count = 0
    for document in working.order_by("pk"):
        over = document.lease_owner in dead
        if not over and document.lease_until is not None and document.lease_until > now:
            continue
        document.interruptions += int(over and killed)
        _requeue(document, blame=not over)
        note(Act.LEASE_TAKEN_BACK, document.pk, at=now, code="owner_gone" if over else "lapsed")
        if _worn_out(document):
            _quarantine(document, now=now)
        count += 1
    return count


def _held(document_id: str, token: int) -> models.Document | None:
    rows = models.Document.objects.select_for_update()
    return rows.filter(pk=document_id, fence=token, state=State.WORKING.value).first()


def _requeue(document: models.Document, *, blame: bool) -> None:
    document.state = State.QUEUED.value
    document.lease_owner = ""
    document.lease_until = None
    document.attempts = max(0, document.attempts - (0 if blame else 1))
    document.save()


def _worn_out(document: models.Document) -> bool:
    return document.attempts >= ATTEMPTS or document.interruptions >= INTERRUPTIONS


def _quarantine(document: models.Document, *, now: datetime) -> None:
    document.state = State.QUARANTINED.value
    document.problem = ProblemCode.CRASHED.value
    document.lease_owner = ""
    document.lease_until = None
    document.save()
    models.Outcome.objects.create(document=document, at=now, state=document.state, problem=document.problem)
    note(Act.QUARANTINED, document.pk, at=now, code=document.problem)
