"""What was sent, through the real store and the command line: proof kept, whatever comes or is read again after it."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import store
from pipeline.cli.commands import app
from pipeline.desk import Conflict, Desk, open_desk
from pipeline.errors import UsageError
from pipeline.store import Followed
from pipeline.values.letter import Channel, Letter
from pipeline.values.task import FollowUpAct, Task, TaskState
from tests.kept import Kept, as_bytes
from tests.plan.letters import KNOWLEDGE, a_letter, clock

TODAY = date(2026, 3, 20)
FAX = Followed(
    act=FollowUpAct.SENT, day=date(2026, 3, 16), channel=Channel.FAX, number="(888) 555-0132", proof="FX-20931"
)


@pytest.fixture
def desk(tmp_path: Path) -> Any:
    (tmp_path / "inbox").mkdir()
    with open_desk(
        tmp_path / "data", today=TODAY, reader=Kept(), knowledge=KNOWLEDGE, settle_seconds=0.0
    ) as opened:  # fmt: skip
        yield opened
    store.hang_up()


def take(desk: Desk, *told: Letter, received: date = date(2026, 3, 9)) -> None:
    inbox = desk.data.parent / "inbox"
    for letter in told:
        (inbox / f"{letter.letter_id}.txt").write_bytes(as_bytes(letter))
    batch_id = desk.start_batch(inbox, received=received)
    desk.take_in(batch_id)
    for document_id in desk.queued():
        assert desk.process(document_id, batch_id=batch_id) in ("done", "needs_review")
    desk.finish_batch(batch_id)


def denial(letter_id: str = "a-1", day: str = "2026-03-06", **more: Any) -> Letter:
    return a_letter(letter_id, letter_date=day, clocks=(clock("internal_appeal", 180),), **more)


def only(desk: Desk) -> Task:
    (task,) = desk.tasks(finished=True)
    return task


def test_a_sending_is_kept_with_its_proof_and_starts_the_payers_time(desk: Desk) -> None:
    take(desk, denial())
    before = only(desk)
    version = desk.follow_up(before.task_id, FAX, by="dana", version=0)
    task = only(desk)
    assert (task.state, task.waiting_on) == (TaskState.SENT, "payer")
    assert task.due is not None
    assert before.due is not None
    assert task.due < before.due
    (row,) = task.follow_ups
    assert (row.channel, row.number, row.proof, row.day, row.by) == (
        Channel.FAX, "8885550132", "FX-20931", "2026-03-16", "dana",
    )  # fmt: skip
    assert datetime.fromisoformat(row.at).tzinfo is not None
    (said,) = store.remarks(task_id=task.task_id)
    assert said.details == {
        "channel": "fax", "number": "8885550132", "proof": "FX-20931", "day": "2026-03-16",
        "from": before.state.value, "to": "sent",
    }  # fmt: skip
    with pytest.raises(Conflict):
        desk.follow_up(task.task_id, Followed(act=FollowUpAct.ARRIVED, day=TODAY), by="eve", version=version - 1)


def test_it_stays_with_its_letter_when_the_case_changes(desk: Desk) -> None:
    """A letter that comes late and is older gives the case another id, and the task with it."""
    take(desk, denial("b-1", "2026-03-06", reference_number="REF-1"))
    desk.follow_up(only(desk).task_id, FAX, by="dana")
    old = only(desk)
    take(desk, denial("a-1", "2026-03-02", reference_number="REF-1"))
    task = only(desk)
    assert task.case_id != old.case_id or len(task.letter_ids) == 2
    assert (task.state, [row.proof for row in task.follow_ups]) == (TaskState.SENT, ["FX-20931"])
    desk.reprocess()
    for document_id in desk.queued():
        desk.process(document_id)
    assert [row.proof for row in only(desk).follow_ups] == ["FX-20931"]


def test_a_letter_of_several_claims_has_a_sending_for_one_of_them(desk: Desk) -> None:
    from pipeline.values.letter import ClaimEntry

    claims = (ClaimEntry(claim_number="CLM-0001"), ClaimEntry(claim_number="CLM-0002"))
    take(desk, denial(claims=claims, claim_number=None))
    first, second = desk.tasks()
    desk.follow_up(first.task_id, FAX, by="dana")
    states = {task.task_id: task.state for task in desk.tasks()}
    assert states[first.task_id] is TaskState.SENT
    assert states[second.task_id] is second.state


def test_what_was_wrong_is_taken_back_and_stands_on_record(desk: Desk) -> None:
    take(desk, denial())
    before = only(desk)
    desk.follow_up(before.task_id, FAX, by="dana")
    desk.follow_up(before.task_id, Followed(act=FollowUpAct.TAKEN_BACK, day=TODAY, note="busy line"), by="lee")
    task = only(desk)
    assert (task.state, task.due, task.follow_ups) == (before.state, before.due, ())
    assert [said.kind for said in store.remarks(task_id=task.task_id)] == ["taken_back", "sent"]
    with pytest.raises(UsageError, match="no such thing"):
        desk.follow_up(before.task_id, Followed(act=FollowUpAct.TAKEN_BACK, day=TODAY), by="lee")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Followed(act=FollowUpAct.SENT, day=TODAY + timedelta(days=1)), "lies ahead"),
        (Followed(act=FollowUpAct.SENT, day=TODAY, channel=Channel.FAX, number="555-0132"), "ten digits"),
        (Followed(act=FollowUpAct.ARRIVED, day=TODAY), "does not become"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(desk: Desk, said: Followed, why: str) -> None:
    take(desk, denial())
    before = only(desk)
    with pytest.raises(UsageError, match=why):
        desk.follow_up(before.task_id, said, by="dana")
    assert only(desk) == before
    with pytest.raises(UsageError, match="no such task"):
        desk.follow_up("case-none-L1", FAX, by="dana")


def test_a_level_that_the_payer_upheld_is_sent_no_more(desk: Desk) -> None:
    take(desk, denial())
    desk.follow_up(only(desk).task_id, FAX, by="dana")
    upheld = a_letter("c-1", kind="appeal_upheld", letter_date="2026-03-18", clocks=(clock("second_level", 60),))
    take(desk, upheld, received=TODAY)
    first, second = sorted(desk.tasks(finished=True), key=lambda task: task.level)
    assert (first.state, len(first.follow_ups)) == (TaskState.UPHELD, 1)
    assert second.follow_ups == ()
    assert second.state is not TaskState.SENT
    with pytest.raises(UsageError, match="does not become"):
        desk.follow_up(first.task_id, FAX, by="dana")


def test_on_the_command_line(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    take(desk, denial())
    task_id, flags = only(desk).task_id, ["--data", str(desk.data), "--as-of", "2026-03-20"]

    def run(*words: str) -> str:
        assert app([*words, *flags], standalone_mode=False) == 0
        return capsys.readouterr().out

    told = run("sent", task_id, "--channel", "fax", "--number", "888-555-0132", "--proof", "FX-1", "--on", "2026-03-16")
    assert f"{task_id}: sent; look again by 2026-03-" in told
    run("arrived", task_id, "--reference", "C-9", "--by", "dana")
    run("remind", task_id, "--on", "2026-03-24", "--note", "call Ann")
    (task,) = json.loads(run("tasks", "--json", "--touch-within", "5"))
    assert (task["state"], task["next_touch_on"]) == ("awaiting_decision", "2026-03-24")
    assert [(row["act"], row["proof"]) for row in task["follow_ups"]] == [
        ("sent", "FX-1"),
        ("arrived", "C-9"),
        ("remind", ""),
    ]
    assert json.loads(run("tasks", "--json", "--touch-within", "1")) == []
    assert "needs evidence" in run("sent", task_id, "--undo")
    for words, why in ((["sent", task_id, "--channel", "pigeon"], "there is no such way"),
                       (["sent", "case-none"], "no such task")):  # fmt: skip
        with pytest.raises(UsageError, match=why):
            app([*words, *flags], standalone_mode=False)


def test_nothing_is_taken_back_from_a_task_of_before_sendings_were_kept(desk: Desk) -> None:
    take(desk, denial())
    task_id = only(desk).task_id
    from pipeline.store.models import Task as Row

    row = Row.objects.get(pk=task_id)
    content = json.loads(row.content)
    del content["follow_ups"]
    Row.objects.filter(pk=task_id).update(content=json.dumps(content))
    back = Followed(act=FollowUpAct.TAKEN_BACK, day=TODAY)
    with pytest.raises(UsageError, match="no such thing"):
        desk.follow_up(task_id, back, by="dana")
