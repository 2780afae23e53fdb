"""Schema of ``models/task_moves.yaml``: the moves between the states of a task, who or what makes them, and why."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from pydantic import Field

from pipeline.errors import UsageError
from pipeline.knowledge.entry import Entry
from pipeline.knowledge.load import load_entries
from pipeline.values.task import TaskState


class Mover(StrEnum):
    """What makes a move: a person's word, a letter of the payer, or work on what is there (charts, decisions)."""

    PERSON = "person"
    LETTER = "letter"
    WORK = "work"


class Move(Entry):
    """A move from any of ``from`` to any of ``to``; ``asks_reason``: a person must say why."""

    by: Mover
    from_: tuple[TaskState, ...] = Field(alias="from", min_length=1)
    to: tuple[TaskState, ...] = Field(min_length=1)
    asks_reason: bool = False

    def leads(self, before: TaskState, after: TaskState) -> bool:
        """Whether the move leads from ``before`` to ``after``."""
        return before is not after and before in self.from_ and after in self.to


@cache
def load_moves() -> tuple[Move, ...]:
    """The whole table.

    Raises:
        UsageError: two moves of a person lead from one state to the same other one, so that it is not clear which.
    """
    moves = load_entries("task_moves.yaml", Move)
    taken: dict[tuple[TaskState, TaskState], str] = {}
    for move in moves:
        for pair in _pairs(move) if move.by is Mover.PERSON else ():
            if pair in taken:
                why = f"it and {taken[pair]} both lead from {pair[0].value} to {pair[1].value}"
                raise UsageError(f"knowledge in models/task_moves.yaml ({move.id})", why=why, advice="Mend the entry.")
            taken[pair] = move.id
    return moves


def move_of(before: TaskState, after: TaskState, *, by: Mover = Mover.PERSON) -> Move | None:
    """The move that leads from one state to another; None where there is none."""
    return next((move for move in load_moves() if move.by is by and move.leads(before, after)), None)


def moves_from(before: TaskState) -> tuple[TaskState, ...]:
    """The states that a person may move a task to, in the order of the states."""
    return tuple(after for after in TaskState if move_of(before, after) is not None)


def _pairs(move: Move) -> Iterator[tuple[TaskState, TaskState]]:
    yield from ((before, after) for before in move.from_ for after in move.to if before is not after)
