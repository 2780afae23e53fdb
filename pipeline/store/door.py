"""Every call into the database goes through here: foreign errors become ours, without their text.

A database's message can quote a row; ours names what to do.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from pipeline.errors import DenialsError

P = ParamSpec("P")
R = TypeVar("R")


class StoreBusy(DenialsError):
    """The database was locked, full or away for longer than it is waited for; the same call may work in a moment."""

    exit_code = 3


class LeaseLost(Exception):
    """The document was given to somebody else meanwhile; what was worked out for it is dropped."""


class Conflict(Exception):
    """Somebody else changed it since it was read."""


_counting = threading.Lock()
_changes = 0


def changes() -> int:
    """How much this process has changed so far. What was counted is true while this stays, but for other processes."""
    return _changes


def changed() -> None:
    """Have everything counted anew. ``transacted`` says so by itself; this is for files, which no transaction holds."""
    global _changes
    with _counting:
        _changes += 1


def transacted(call: Callable[P, R]) -> Callable[P, R]:
    """``call`` as one transaction, committed on disk when it returns; from then on what it changed is counted anew.

    Raises ``StoreBusy`` where the database cannot.
    """

    @wraps(call)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with _translated(), transaction.atomic():
            transaction.on_commit(changed)
            return call(*args, **kwargs)

    return wrapper


@contextmanager
def together() -> Iterator[None]:
    """Several ``transacted`` calls as one: all of them are kept, or none where one raises. Raises ``StoreBusy``."""
    with _translated(), transaction.atomic():
        yield


def transacted_aside(call: Callable[P, R]) -> Callable[P, R]:
    """As ``transacted``, of what no count is over: a look, a lease that runs on, filters that somebody keeps."""

    @wraps(call)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with _translated(), transaction.atomic():
            return call(*args, **kwargs)

    return wrapper


def reading(call: Callable[P, R]) -> Callable[P, R]:
    """``call`` without a transaction of its own: it takes no write lock. For single questions."""

    @wraps(call)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with _translated():
            return call(*args, **kwargs)

    return wrapper


@contextmanager
def _translated() -> Iterator[None]:
    """The database's errors as ours, over a connection that is fit for use."""
    try:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        yield
    except (OperationalError, InterfaceError) as error:
        raise busy(error) from None
    except DatabaseError as error:
        raise RuntimeError(f"database refused: {type(error).__name__}") from None


def hang_up() -> None:
    """Close this thread's connection; for a thread that ends."""
    connection.close()


def busy(error: Exception) -> StoreBusy:
    """The database's error as ours, without its text."""
    full = "full" in str(error)
    return StoreBusy(
        "the database",
        why="its disk is full" if full else f"it did not answer in time ({type(error).__name__})",
        advice="Free space on the disk of the data folder." if full else "Run the command again in a moment.",
    )
