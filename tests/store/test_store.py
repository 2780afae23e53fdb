"""Leases, saving, tasks, decisions, audit and the law, each on SQLite and on PostgreSQL."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import store
from pipeline.errors import EXPLANATIONS, ProblemCode, UsageError
from pipeline.values.casework import CasePart
from pipeline.values.letter import Document, DocumentStatus, Letter, LetterKind, Problem, ReviewNote
from pipeline.values.task import Action, Task, TaskState

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TODAY = NOW.date()
LEASE = timedelta(seconds=90)


@dataclass(frozen=True)
class File:
    path: str
    size: int = 3
    mtime_ns: int = 1
    inode: int = 2**64 - 1


@dataclass(frozen=True)
class Kept:
    temp: Path
    sha256: str


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def one_case(letter, said):
    return (CasePart(home="case-1"),)


class Office:
    """A store with a batch open."""

    def __init__(self, data: Path, *, received: date = TODAY) -> None:
        self.data = data
        self.blobs = store.Blobs(data / "store")
        self.batch = store.start_batch(data.parent / "inbox", received=received, now=NOW)
        self.ledger = store.Ledger(self.batch, blobs=self.blobs, now=lambda: NOW)

    def take(self, text: str, *, path: str = "a.pdf", moved: bool = False) -> str:
        temp = self.data / "tmp" / f"intake-{sha(text + path)[:8]}"
        temp.write_text(text)
        self.ledger.keep(File(path=path), Kept(temp=temp, sha256=sha(text)), moved=moved)
        return sha(text)

    def claim(self, document_id: str, *, owner: str = "a", now: datetime = NOW) -> int | None:
        return store.claim(document_id, owner_id=owner, now=now)

    def save(self, document: Document, token: int, *, cases=None, work_out=None, today: date = TODAY) -> store.Saved:
        return store.save(
            document, token=token, batch_id=self.batch, cases_of=cases or one_case,
            work_out=work_out or one_task, today=today, now=NOW,
        )  # fmt: skip

    def decide(self, said: store.Decided, *, case: str = "case-1", work_out=None, version: int | None = None) -> int:
        return store.decide(
            said, cases_of=lambda letter, said: (CasePart(home=case),), work_out=work_out or one_task,
            lay=lambda letter, said: letter, today=TODAY, now=NOW, version=version,
        )  # fmt: skip

    def done(self, text: str, **keys: object) -> store.Saved:
        document_id = self.take(text, path=f"{text[:40]}.pdf")
        return self.save(document(document_id), self.claim(document_id), **keys)


@pytest.fixture
def office(data):
    return Office(data)


def letter(document_id: str, *, page: int = 1, notes: tuple[ReviewNote, ...] = ()) -> Letter:
    return Letter(
        letter_id=f"{document_id}-{page}", pages=(page,), kind=LetterKind.DENIAL, kind_confidence=1, needs_review=notes
    )


def document(document_id: str, *letters: Letter, problem: ProblemCode | None = None) -> Document:
    if problem:
        message, advice = EXPLANATIONS[problem]
        return Document(
            file_name="x", document_id=document_id, status=DocumentStatus.QUARANTINED,
            problem=Problem(code=problem, message=message, advice=advice), versions={"pipeline": "0"},
        )  # fmt: skip
    return Document(
        file_name="x", document_id=document_id, status=DocumentStatus.READ, versions={"pipeline": "0"},
        letters=letters or (letter(document_id),),
    )  # fmt: skip


def task(case_id: str, *, level: int = 1, letters=(), due="2026-12-01", priority=50, key="", **keys) -> Task:
    values = {
        "task_id": f"{case_id}-L{level}{key}", "case_id": case_id, "letter_ids": tuple(letters),
        "letter_id": letters[0] if letters else "", "member_name": None, "received_at": "2026-11-24",
        "action": Action.APPEAL, "level": level, "state": TaskState.NEEDS_EVIDENCE, "priority": priority,
        "priority_why": "", "due": due, "due_at": None, "due_why": "", "clocks": (), "track": "erisa",
        "filer": "provider", "standing": (), "payer": None, "member_id": None, "claim_number": None,
        "reference_number": None, "service": None, "amount_at_risk": None, "amount_basis": None,
        "patient_billing_hold": False, "denial_reasons": (), "policy_citations": (), "requirements": (), "steps": (),
        "next_touch_on": None, "waiting_on": None, **keys,
    }  # fmt: skip
    return Task(**values)


def one_task(case_id, letters):
    return (task(case_id, letters=tuple(held.letter.letter_id for held in letters)),)


def test_a_document_is_claimed_by_one_and_saved_once(office):
    document_id = office.take("abc")
    assert store.queued() == (document_id,)
    token = office.claim(document_id)
    assert office.claim(document_id, owner="b") is None
    saved = office.save(document(document_id), token)
    assert (saved.state, saved.tasks_created, saved.letters) == (store.State.DONE, 1, 1)
    with pytest.raises(store.LeaseLost):
        office.save(document(document_id), token)
    assert len(store.tasks()) == 1


def test_a_stolen_lease_makes_the_late_save_fail(office):
    document_id = office.take("abc")
    late = office.claim(document_id)
    after = NOW + LEASE + timedelta(seconds=1)
    current = office.claim(document_id, owner="b", now=after)
    assert current > late
    assert not store.renew(document_id, late, now=after)
    with pytest.raises(store.LeaseLost):
        office.save(document(document_id), late)
    assert store.tasks() == ()
    assert office.save(document(document_id), current).tasks_created == 1


def test_a_renewed_lease_holds(office):
    document_id = office.take("abc")
    token = office.claim(document_id)
    assert store.renew(document_id, token, now=NOW + 0.9 * LEASE)
    assert office.claim(document_id, owner="b", now=NOW + 1.5 * LEASE) is None
    assert office.claim(document_id, owner="b", now=NOW + 2 * LEASE)


def test_the_third_bad_end_is_quarantine_and_retry_brings_it_back(office):
    document_id = office.take("abc")
    for _ in range(3):
        store.release(document_id, office.claim(document_id), now=NOW, blame=True)
    assert store.queued() == ()
    assert store.document_states()[document_id] == (store.State.QUARANTINED, "crashed")
    assert store.counts(office.blobs, in_inbox=0).balanced
    store.retry(document_id, now=NOW)
    assert store.queued() == (document_id,)
    with pytest.raises(UsageError):
        store.retry(document_id, now=NOW)


def test_a_lapsed_lease_counts_and_a_killed_owner_hardly(office):
    document_id = office.take("abc")
    for _ in range(10):
        office.claim(document_id, owner="dead")
        assert store.take_back(frozenset({"dead"}), now=NOW) == 1
    assert store.queued() == (document_id,)
    for lapse in range(1, 4):
        office.claim(document_id, owner="slow", now=NOW)
        assert store.take_back(frozenset(), now=NOW) == 0
        assert store.take_back(frozenset(), now=NOW + 2 * LEASE) == 1, lapse
    assert store.document_states()[document_id] == (store.State.QUARANTINED, "crashed")


def test_saving_again_changes_nothing(office):
    document_id = office.done("abc").document_id
    store.reprocess(letters=None, since=None, now=NOW)
    saved = office.save(document(document_id), office.claim(document_id))
    assert (saved.tasks_created, saved.tasks_updated, saved.tasks_removed) == (0, 0, 0)


def test_letters_of_one_case_meet_in_it_with_the_day_each_was_received(office, data):
    first = office.done("first").document_id
    later = Office(data, received=date(2026, 11, 26))
    seen = []

    def work_out(case_id, letters):
        seen.extend((held.letter.letter_id, held.received) for held in letters)
        return one_task(case_id, letters)

    second = later.done("second", work_out=work_out).document_id
    later.take("first", path="again.pdf")
    assert sorted(seen) == sorted([(f"{first}-1", TODAY), (f"{second}-1", date(2026, 11, 26))])
    assert len(store.tasks()) == 1
    assert len(store.tasks()[0].letter_ids) == 2


def test_what_a_person_owns_survives_an_update(office):
    document_id = office.done("abc").document_id
    task_id = store.tasks()[0].task_id
    store.change_task(task_id, by="dana", now=NOW, version=0, state=TaskState.SENT, assignee="Dana")
    with pytest.raises(store.Conflict):
        store.change_task(task_id, by="eve", now=NOW, version=0, state=TaskState.CLOSED)
    store.reprocess(letters=[f"{document_id}-1"], since=None, now=NOW)
    saved = office.save(
        document(document_id), office.claim(document_id), work_out=lambda case_id, _: (task(case_id, due="2026-11-30"),)
    )
    assert saved.tasks_updated == 1
    (now,) = store.tasks()
    assert (now.state, now.assignee, now.due) == (TaskState.SENT, "Dana", "2026-11-30")


def test_an_untouched_task_that_is_not_produced_any_more_goes(office):
    document_id = office.done("abc").document_id
    store.reprocess(letters=None, since=None, now=NOW)
    saved = office.save(document(document_id), office.claim(document_id), work_out=lambda case_id, _: ())
    assert saved.tasks_removed == 1
    assert store.tasks() == ()


def test_a_touched_task_that_is_not_produced_any_more_stays(office):
    document_id = office.done("abc").document_id
    store.change_task("case-1-L1", by="dana", now=NOW, version=0, assignee="Dana")
    store.reprocess(letters=None, since=None, now=NOW)
    office.save(document(document_id), office.claim(document_id), work_out=lambda case_id, _: ())
    assert [t.assignee for t in store.tasks()] == ["Dana"]


def test_a_letter_that_joins_another_case_takes_what_a_person_said_along(office):
    document_id = office.done("abc").document_id
    store.change_task("case-1-L1", by="dana", now=NOW, version=0, assignee="Dana")
    store.reprocess(letters=None, since=None, now=NOW)
    office.save(document(document_id), office.claim(document_id), cases=lambda letter, said: (CasePart(home="case-2"),))
    assert [(t.task_id, t.assignee) for t in store.tasks()] == [("case-2-L1", "Dana")]


def test_a_re_extraction_that_fails_loses_nothing(office):
    document_id = office.done("abc").document_id
    store.reprocess(letters=None, since=None, now=NOW)
    saved = office.save(document(document_id, problem=ProblemCode.TOO_SLOW), office.claim(document_id))
    assert saved.state is store.State.DONE
    assert len(store.tasks()) == 1
    assert store.documents()[0].letters


def test_reprocess_chooses_by_letter_and_by_day(office, data):
    old = office.done("old").document_id
    late = Office(data, received=date(2026, 12, 1)).done("late").document_id
    with pytest.raises(UsageError):
        store.reprocess(letters=["0" * 64], since=None, now=NOW)
    assert store.reprocess(letters=None, since=date(2026, 12, 1), now=NOW) == (late,)
    assert store.reprocess(letters=[f"{old}-1"], since=None, now=NOW) == (old,)


def test_tasks_come_by_due_then_priority_then_id(office):
    wanted = (
        task("case-1", key="d", due=None, priority=99),
        task("case-1", key="c", due="2026-12-02", priority=1),
        task("case-1", key="b", due="2026-12-02", priority=9),
        task("case-1", key="a", due="2026-12-02", priority=1),
        task("case-1", key="e", due="2026-11-02", priority=0),
        task("case-1", key="f", due="2026-11-01", state=TaskState.CLOSED),
    )
    office.done("abc", work_out=lambda case_id, letters: wanted)
    assert [t.task_id[-1] for t in store.tasks()] == ["e", "b", "a", "c", "d"]
    assert next(t.task_id[-1] for t in store.tasks(finished=True)) == "f"


def test_the_same_bytes_twice_are_one_document_with_two_receipts(office):
    office.take("abc", path="a.pdf")
    office.take("abc", path="b.pdf")
    summary = store.end_batch(office.batch, now=NOW)
    assert (summary.seen, summary.new, summary.duplicates) == (2, 1, 1)
    counts = store.counts(office.blobs, in_inbox=0)
    assert (counts.seen, counts.queued, counts.balanced) == (2, 2, True)
    assert len(store.queued()) == 1


@pytest.mark.parametrize("loss", ["blob", "receipt", "document"])
def test_the_law_notices_a_loss(office, loss):
    document_id = office.take("abc")
    office.take("other", path="b.pdf")
    assert store.counts(office.blobs, in_inbox=3).balanced
    from django.db import connection

    if loss == "blob":
        office.blobs.path(document_id).unlink()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM store_receipt WHERE document_id = %s", [document_id])
            if loss == "document":
                cursor.execute("DELETE FROM store_document WHERE document_id = %s", [document_id])
    counts = store.counts(office.blobs, in_inbox=3)
    assert not counts.balanced
    assert counts.seen == 5


def test_a_batch_sums_up_what_its_documents_did(office):
    office.done("one")
    bad = office.take("bad", path="bad.pdf")
    office.save(document(bad, problem=ProblemCode.ENCRYPTED), office.claim(bad))
    odd = office.take("odd", path="odd.pdf")
    note = ReviewNote(field="member_id", why="two candidates")
    office.save(document(odd, letter(odd, notes=(note,))), office.claim(odd), cases=lambda letter, said: ())
    office.ledger.refuse(File(path="link"), ProblemCode.UNSUPPORTED_TYPE)
    summary = store.end_batch(office.batch, now=NOW + timedelta(seconds=5))
    assert summary.problems == {"encrypted": 1, "unsupported_type": 1}
    assert (summary.seen, summary.new, summary.letters, summary.tasks_created) == (4, 4, 2, 1)
    assert (summary.needs_review, summary.quarantined, summary.seconds) == (1, 2, 5.0)
    assert store.counts(office.blobs, in_inbox=0).balanced


@pytest.mark.parametrize("table", ["store_audit", "store_decision"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_audit_and_decisions_cannot_be_changed(office, table, change):
    from django.db import DatabaseError, connection

    document_id = office.done("abc").document_id
    office.decide(
        store.Decided(letter_id=f"{document_id}-1", field="member_id", value="M2", by="dana", at=NOW, reason="typo")
    )
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(change.format(table))
    connection.close()
    assert [d.value for d in store.decisions(f"{document_id}-1")] == ["M2"]


def test_decisions_outlive_a_re_extraction(office):
    document_id = office.done("abc").document_id
    said = store.Decided(letter_id=f"{document_id}-1", field="due", value=None, by="dana", at=NOW, reason="unreadable")
    office.decide(said)
    store.reprocess(letters=None, since=None, now=NOW)
    office.save(document(document_id), office.claim(document_id))
    assert store.decisions(f"{document_id}-1") == (said,)


def test_a_new_day_works_out_stale_cases_once(office):
    office.done("abc")
    tomorrow = TODAY + timedelta(days=1)
    assert store.stale_cases(TODAY) == ()
    assert store.stale_cases(tomorrow) == ("case-1",)
    created, updated = store.rework(
        ["case-1"], work_out=lambda case_id, letters: (task(case_id, priority=60),), today=tomorrow, now=NOW
    )
    assert (created, updated) == (0, 1)
    assert store.stale_cases(tomorrow) == ()


def test_odd_characters_come_back(office):
    text = "\x00 \ud800 \u202e = \U0001f600"
    document_id = office.take("abc", path="caf\udce9\n\u202e=x.pdf")
    found = document(document_id, letter(document_id, notes=(ReviewNote(field="x", why=text),)))
    office.save(found, office.claim(document_id))
    (back,) = store.documents()
    assert back.letters[0].needs_review[0].why == text
    assert back.file_name == "caf\\xe9\n\u202e=x.pdf"
    (left,) = store.left_in(office.data.parent / "inbox")
    assert left.path == "caf\udce9\n\u202e=x.pdf"
    assert left.inode == 2**64 - 1
