"""The table of moves, walked: what it allows a person does, what it does not is refused, through the real store."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.knowledge.moves import Mover, load_moves, move_of, moves_from
from pipeline.values.casework import CasePart
from pipeline.values.letter import Reason
from pipeline.values.task import TaskState
from pipeline.values.vocabulary import Category
from tests.store.test_store import office, task  # noqa: F401 - the fixture is found by its name

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


def _many(office, **facts: object) -> list[str]:  # noqa: F811
    """Two tasks of one payer that share a reason, and one of another payer."""
    for name, payer in (("a", "Payer A"), ("b", "Payer A"), ("c", "Payer B")):
        office.done(
            name, cases=lambda letter, said, name=name: (CasePart(home=f"case-{name}"),),
            work_out=lambda case_id, letters, payer=payer: (task(case_id, payer=payer, **facts),),
        )  # fmt: skip
    return [one.task_id for one in sorted(store.tasks(), key=lambda one: one.task_id)]


SHARED = {"denial_reasons": (Reason(
    value="timely_filing", category=Category.TIMELY_FILING, text="late", page=1, boxes=(), confidence=1.0, rule="x",
),)}  # fmt: skip


def test_tasks_of_one_payer_and_reason_are_moved_together_and_put_back(office) -> None:  # noqa: F811
    first, second, other = _many(office, **SHARED)
    with pytest.raises(UsageError, match="2 payers"):
        store.move_many([first, other], state=TaskState.CLOSED, reason="paid", by="dana", now=NOW)
    with pytest.raises(UsageError, match="nobody said why"):
        store.move_many([first, second], state=TaskState.CLOSED, reason=" ", by="dana", now=NOW)
    with pytest.raises(UsageError, match="own day"):
        store.move_many([first, second], state=TaskState.SENT, reason="faxed", by="dana", now=NOW)
    before = store.tasks(finished=True)
    done = store.move_many([first, second], state=TaskState.CLOSED, reason="patient paid", by="dana", now=NOW)
    assert (done.moved, done.stayed) == (2, 0)
    assert {one.task_id for one in store.tasks()} == {other}
    said = store.remarks(task_id=first)
    assert [(row.text, row.details["to"]) for row in said] == [("patient paid", "closed")]
    with pytest.raises(UsageError, match="10 minutes"):
        store.undo_moves(NOW, by="dana", now=NOW + timedelta(minutes=11))
    assert store.undo_moves(NOW, by="lee", now=NOW) == 0, "another's moves are another's"
    assert store.undo_moves(NOW, by="dana", now=NOW + timedelta(minutes=1)) == 2
    assert store.tasks(finished=True) == before
    assert store.undo_moves(NOW, by="dana", now=NOW + timedelta(minutes=2)) == 0, "once"
    assert store.broken_at() is None


def test_what_was_touched_since_or_cannot_move_stays(office) -> None:  # noqa: F811
    first, second, _ = _many(office, **SHARED)
    store.change_task(second, by="lee", now=NOW, version=None, state=TaskState.CLOSED, reason="paid")
    done = store.move_many([first, second], state=TaskState.P2P_SCHEDULED, reason="a talk", by="dana", now=NOW)
    assert (done.moved, done.stayed) == (1, 1)
    assert "does not become" in done.why[0]
    store.change_task(first, by="lee", now=NOW, version=None, assignee="lee")
    assert store.undo_moves(NOW, by="dana", now=NOW) == 0
    assert {one.state for one in store.tasks() if one.task_id == first} == {TaskState.P2P_SCHEDULED}


def test_tasks_that_share_no_reason_are_not_moved_together(office) -> None:  # noqa: F811
    first, second, _ = _many(office, denial_reasons=())
    with pytest.raises(UsageError, match="share no reason"):
        store.move_many([first, second], state=TaskState.CLOSED, reason="paid", by="dana", now=NOW)
