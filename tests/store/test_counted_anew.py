"""What a page counts is counted anew after every act, by itself; not after one that was rolled back or is no change."""

import ast
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import store
from pipeline.errors import ProblemCode, UsageError
from pipeline.review import counted as module
from pipeline.review.counted import Counted
from pipeline.store import Act, Followed, RemarkKind
from pipeline.values import decision
from pipeline.values.task import FollowUpAct, TaskState
from tests.store.test_moves import SHARED
from tests.store.test_store import NOW, TODAY, Office, document, task

PIPELINE = Path(store.__file__).parents[1]


@dataclass
class Desk:
    """As much of a desk as is counted over."""

    blobs: store.Blobs
    working: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(practice=SimpleNamespace(places=()))
    )  # fmt: skip

    def today(self):
        return TODAY

    def status(self):
        return store.counts(self.blobs, in_inbox=0)


def one_reason(case_id, letters):
    return (task(case_id, letters=tuple(held.letter.letter_id for held in letters), **SHARED),)


class Scene:
    """A store with a letter, its task and a file that could not be read."""

    def __init__(self, data: Path) -> None:
        self.office = Office(data)
        saved = self.office.done("abc", work_out=one_reason)
        self.document, self.letter = saved.document_id, f"{saved.document_id}-1"
        self.bad = self.office.take("bad", path="bad.pdf")
        self.office.save(document(self.bad, problem=ProblemCode.UNREADABLE), self.office.claim(self.bad))
        (self.task,) = (task.task_id for task in store.tasks())
        self.counted = Counted(Desk(self.office.blobs))

    def told(self):
        counted = self.counted
        return (
            counted.status(), counted.sums(), counted.left_to_check(), counted.set_aside(), counted.payers(),
            counted.locations(),
        )  # fmt: skip

    def truth(self):
        fresh = Counted(self.counted._desk)
        return fresh.status(), fresh.sums(), fresh.left_to_check(), fresh.set_aside(), fresh.payers(), fresh.locations()

    def accept(self):
        said = store.Decided(
            letter_id=self.letter, field=decision.LETTER, value=True, by="dana", at=NOW, act=decision.Act.ACCEPT
        )
        return self.office.decide(said)

    def move(self, *, version=None, state=TaskState.CLOSED, reason="withdrawn"):
        return store.change_task(self.task, by="dana", now=NOW, version=version, state=state, reason=reason)

    def move_many(self):
        return store.move_many([self.task], state=TaskState.CLOSED, reason="withdrawn", by="dana", now=NOW)

    def send(self):
        said = Followed(act=FollowUpAct.SENT, day=TODAY, proof="receipt")
        return store.follow_up(self.task, said, by="dana", work_out=one_reason, today=TODAY, now=NOW)

    def take_back(self):
        return store.undo_moves(NOW, by="dana", now=NOW + timedelta(minutes=1))

    def remark(self):
        store.remark(self.task, kind=RemarkKind.NOTE, text="rang", by="dana", now=NOW)

    def remark_many(self):
        store.remark_many([self.task], kind=RemarkKind.NOTE, text="rang", by="dana", now=NOW, details={})


@pytest.fixture
def scene(data, monkeypatch):
    monkeypatch.setattr(module, "_COUNTS_SECONDS", 1e9)
    monkeypatch.setattr(module, "_CHOICES_SECONDS", 1e9)
    return Scene(data)


ACTS = {
    "a file taken in": lambda s: s.office.take("new", path="new.pdf"),
    "a file read": lambda s: s.office.done("other"),
    "a letter checked": lambda s: s.accept(),
    "a task moved": lambda s: s.move(),
    "tasks moved together": lambda s: s.move_many(),
    "tasks put back": lambda s: s.take_back(),
    "tasks assigned": lambda s: store.assign([s.task], by="dana", now=NOW, assignee="lee"),
    "a task sent": lambda s: s.send(),
    "a note": lambda s: s.remark(),
    "notes": lambda s: s.remark_many(),
    "a file tried again": lambda s: store.retry(s.bad, now=NOW),
    "a file read again": lambda s: store.reprocess(letters=[s.letter], since=None, now=NOW),
    "a person's locations": lambda s: store.narrow("lee", ["North"]),
    "the next day": lambda s: store.bring_to(TODAY + timedelta(days=1)),
}


@pytest.mark.parametrize("act", ACTS)
def test_after_an_act_everything_is_counted_anew(scene, act):
    primed = scene.told()
    assert scene.told()[0] is primed[0], "counted once, as nothing changed"
    ACTS[act](scene)
    told = scene.told()
    assert told[0] is not primed[0]
    assert told == scene.truth()


@pytest.mark.parametrize("act", ["a file taken in", "a file read", "a letter checked", "a task moved",
                                 "tasks moved together", "a file tried again"])  # fmt: skip
def test_an_act_that_counts_shows_at_once(scene, act):
    primed = scene.told()
    ACTS[act](scene)
    assert scene.told() != primed


def test_an_act_that_was_refused_or_rolled_back_leaves_the_counts(scene):
    from django.db import transaction

    primed, changes = scene.told(), store.changes()
    with pytest.raises(store.Conflict):
        scene.move(version=99)
    with pytest.raises(UsageError):
        store.retry(scene.document, now=NOW)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        scene.move()
        scene.remark()
        raise ZeroDivisionError
    assert store.changes() == changes
    assert all(now is before for now, before in zip(scene.told(), primed, strict=True))
    assert scene.told() == scene.truth()


def test_within_a_transaction_the_counts_stand_until_it_is_committed(scene):
    from django.db import transaction

    changes = store.changes()
    with transaction.atomic():
        scene.move()
        assert store.changes() == changes
    assert store.changes() > changes
    assert scene.told() == scene.truth()


def test_what_no_count_depends_on_leaves_the_counts(scene):
    primed, changes = scene.told(), store.changes()
    store.looked(scene.letter, by="dana", now=NOW, act=Act.VIEWED)
    store.save_view("dana", name="mine", query="state=ready")
    store.drop_view("dana", name="mine")
    store.renew(scene.document, 0, now=NOW)
    assert store.changes() == changes
    assert scene.told() == primed == scene.truth()


def decorated(name: str) -> set[str]:
    """The functions of the store under a decorator."""
    return {
        node.name
        for path in (PIPELINE / "store").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(one) == name for one in node.decorator_list)
    }


def test_the_list_of_what_no_count_depends_on_is_closed():
    assert decorated("transacted_aside") == {"looked", "save_view", "drop_view", "renew", "counts"}


def test_no_transaction_passes_by_the_door():
    """Accounts are no tasks, and a backup is of another database; all else is told to the counts by the door."""
    bare = {
        path.relative_to(PIPELINE).as_posix()
        for path in PIPELINE.rglob("*.py")
        if "transaction.atomic" in path.read_text() or "import atomic" in path.read_text()
    }
    accounts = {"web/second.py", "web/views/account.py", "web/views/people.py"}
    assert bare == {"store/door.py", "store/backup.py", *accounts}
