"""A task moved and given away in one form: as one act, or not at all; and nothing written where nothing changes."""

from types import SimpleNamespace

import pytest

from pipeline import store
from pipeline.review.tasks import Tasks
from pipeline.values.task import TaskState
from tests.store.test_counted_anew import Scene, one_reason
from tests.store.test_store import NOW, TODAY


def of_desk(data):
    scene = Scene(data)

    def follow_up(task_id, said, *, by, version):
        return store.follow_up(
            task_id, said, by=by, work_out=one_reason, today=TODAY, now=NOW, version=version
        )  # fmt: skip

    desk = SimpleNamespace(
        today=lambda: TODAY, clock=SimpleNamespace(now=lambda: NOW), follow_up=follow_up,
        working=SimpleNamespace(load=lambda: None),
    )  # fmt: skip
    return scene.task, Tasks(desk, letters=None, patients=None)


def stands(task_id):
    task, version = store.one_task(task_id)
    return task.assignee or "", version, [act.act.value for act in task.follow_ups]


def rows():
    return store.audit_rows(subject="", start=0, most=500)[1]


def test_a_task_that_is_sent_and_given_away_is_both_or_neither(data, monkeypatch):
    task_id, tasks = of_desk(data)
    before = stands(task_id)

    def refuse(*_, **__):
        raise store.Conflict

    sent = {"by": "dana", "version": before[1], "state": TaskState.SENT, "assignee": "lee", "reason": "by fax"}
    with monkeypatch.context() as broken, pytest.raises(store.Conflict):
        broken.setattr(store, "change_task", refuse)
        tasks.change(task_id, **sent)
    assert stands(task_id) == before, "it was not sent either"
    version = tasks.change(task_id, **sent)
    assert store.one_task(task_id)[1] == version
    assert [said.kind for said in store.remarks(case_id=store.one_task(task_id)[0].case_id)][:2] == ["assigned", "sent"]


def test_a_change_of_nothing_writes_nothing_and_says_the_version_that_was_read(data):
    task_id, tasks = of_desk(data)
    before, audited = stands(task_id), rows()
    assert tasks.change(task_id, by="dana", version=before[1], state=None, assignee=None, reason="") == before[1]
    assert (stands(task_id), rows()) == (before, audited)


def test_a_task_that_only_goes_out_is_written_down_once(data):
    task_id, tasks = of_desk(data)
    audited = rows()
    tasks.change(task_id, by="dana", version=stands(task_id)[1], state=TaskState.SENT, assignee=None, reason="by fax")
    assert rows() == audited + 1, "no row says that it was assigned"
