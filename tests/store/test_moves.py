"""The table of moves, walked: what it allows a person does, what it does not is refused, through the real store."""

from datetime import UTC, datetime
from itertools import product

import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.knowledge.moves import Mover, load_moves, move_of, moves_from
from pipeline.values.task import TaskState
from tests.store.test_store import office  # noqa: F401 - the fixture is found by its name

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ONCE = [s for s in TaskState if s not in (TaskState.CLOSED, TaskState.WRITTEN_OFF)]


def _stand(task_id: str, state: TaskState) -> None:
    from pipeline.store import models

    models.Task.objects.filter(pk=task_id).update(person_state=state.value, said_over="needs_evidence")


@pytest.mark.parametrize("database_url", [None])
def test_a_person_makes_the_moves_of_the_table_and_no_other(office) -> None:  # noqa: F811
    office.done("abc")
    (task,) = store.tasks()
    made = refused = 0
    for before, after in product(TaskState, TaskState):
        if before is after:
            continue
        _stand(task.task_id, before)
        move = move_of(before, after)
        if move is None:
            with pytest.raises(UsageError, match="does not become"):
                store.change_task(task.task_id, by="dana", now=NOW, version=None, state=after, reason="because")
            refused += 1
            continue
        if move.asks_reason:
            with pytest.raises(UsageError, match="nobody said why"):
                store.change_task(task.task_id, by="dana", now=NOW, version=None, state=after)
        store.change_task(task.task_id, by="dana", now=NOW, version=None, state=after, reason="because")
        (said,) = store.remarks(task_id=task.task_id, kind="state")[:1]
        assert (said.details, said.by, said.text) == ({"from": before.value, "to": after.value}, "dana", "because")
        made += 1
    assert made + refused == len(TaskState) * (len(TaskState) - 1)
    assert made == sum(len(moves_from(state)) for state in TaskState)


def test_no_state_is_a_trap_and_every_one_is_reached() -> None:
    moves = load_moves()
    ways = {state: {after for m in moves for after in m.to if m.leads(state, after)} for state in TaskState}
    assert all(ways[state] for state in TaskState)
    for goal in (TaskState.CLOSED, TaskState.NEEDS_REVIEW):
        near = {goal}
        while more := {state for state in TaskState if ways[state] & near} - near:
            near |= more
        assert near == set(TaskState)
    assert {after for m in moves for after in m.to} == set(TaskState)


def test_nothing_that_is_over_is_sent_or_reopened_without_a_reason() -> None:
    for over in (TaskState.CLOSED, TaskState.WRITTEN_OFF, TaskState.UPHELD):
        assert TaskState.SENT not in moves_from(over)
        for move in load_moves():
            if move.by is Mover.PERSON and over in move.from_:
                assert move.asks_reason
    for move in load_moves():
        if TaskState.WRITTEN_OFF in move.to:
            assert (move.by, move.asks_reason) == (Mover.PERSON, True)
