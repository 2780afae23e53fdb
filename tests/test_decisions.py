"""Decisions through the desk: tasks, cases and the document's state follow at once, and outlive every re-run."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline import store
from pipeline.desk import Conflict
from pipeline.values.chart import Chart, Patient, PatientFolder
from pipeline.values.decision import APART, CASE, LETTER, PAGES, PATIENT, Act
from tests.test_desk import DAY, Reader, batch, desk_at, drop


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inbox").mkdir()
    yield tmp_path
    store.hang_up()


class Rereading(Reader):
    """Reads ``wrong`` for the claim number from the second time on; keeps how it was told to divide a document."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong = None
        self.parts = []

    def run(self, path, *, parts=None, **keys):
        self.parts.append(parts)
        document = super().run(path, **keys)
        if self.wrong is None:
            return document
        (letter,) = document.letters
        return replace(
            document, letters=(replace(letter, claim_number=replace(letter.claim_number, value=self.wrong)),)
        )


def read_again(desk, place):
    batch_id = desk.start_batch(place / "inbox", received=DAY)
    return [desk.process(document_id, batch_id=batch_id) for document_id in desk.reprocess()]


def test_a_corrected_number_moves_the_letter_to_its_case_and_back_again(place):
    drop(place, a="CLM1", b="CLM2")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        first, second = desk.tasks()
        moved = desk.decide(second.letter_id, field="claim_number", value=first.claim_number, by="dana", machine="CLM2")
        (task,) = desk.tasks()
        assert task.case_id == first.case_id
        desk.decide(second.letter_id, field="claim_number", value=None, by="dana", act=Act.UNDO, undoes=moved)
        assert {t.case_id for t in desk.tasks()} == {first.case_id, second.case_id}


def test_work_that_somebody_has_in_hand_is_not_lost_when_its_letter_moves(place):
    drop(place, a="CLM1", b="CLM2")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        first, second = desk.tasks()
        desk.change_task(second.task_id, by="lee", version=0, assignee="Lee")
        desk.decide(second.letter_id, field="claim_number", value=first.claim_number, by="dana")
        assert [(t.task_id, t.assignee) for t in desk.tasks()] == [(first.task_id, "Lee")]  # with its letter, not twice


def test_a_decision_outlives_a_re_reading_and_a_different_one_is_told(place):
    reader = Rereading()
    drop(place, a="CLM1")
    with desk_at(place, reader) as desk:
        batch(desk, place)
        (task,) = desk.tasks()
        desk.decide(task.letter_id, field="claim_number", value="CLM1", by="dana", act=Act.CONFIRM, machine="CLM1")
        assert read_again(desk, place) == ["done"]
        reader.wrong = "CLM9"
        assert read_again(desk, place) == ["needs_review"]
        (letter,) = desk.documents()[0].letters
        assert (letter.claim_number.value, [n.field for n in letter.needs_review]) == ("CLM1", ["claim_number"])
        assert [t.claim_number for t in desk.tasks()] == ["CLM1"]
    with desk_at(place) as desk:
        assert [t.claim_number for t in desk.tasks()] == ["CLM1"], "after a restart"


def test_an_accepted_letter_needs_no_review_and_the_counts_follow(place):
    drop(place, a="CLM1 unsure")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        assert desk.status().needs_review == 1
        (document,) = desk.documents()
        (letter,) = document.letters
        notes = [{"field": note.field, "why": note.why} for note in letter.needs_review]
        number = desk.decide(letter.letter_id, field=LETTER, value=True, by="dana", act=Act.ACCEPT, machine=notes)
        status = desk.status()
        assert (status.needs_review, status.done, status.balanced) == (0, 1, True)
        desk.decide(letter.letter_id, field=LETTER, value=None, by="dana", act=Act.UNDO, undoes=number)
        assert desk.status().needs_review == 1


def test_the_received_day_a_person_reads_off_the_stamp_counts(place):
    drop(place, a="CLM1")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        (task,) = desk.tasks()
        assert task.received_at == DAY.isoformat()
        early = (DAY - timedelta(days=9)).isoformat()
        desk.decide(task.letter_id, field="received_date", value=early, by="dana")
        assert [t.received_at for t in desk.tasks()] == [early]


def test_a_letter_is_put_apart_and_into_another_case_by_hand(place):
    drop(place, a="CLM1", b="CLM1 again")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        (task,) = desk.tasks()
        assert len(task.letter_ids) == 2
        desk.decide(task.letter_ids[1], field=CASE, value=APART, by="dana")
        tasks = desk.tasks()
        assert sorted(len(t.letter_ids) for t in tasks) == [1, 1]
        desk.decide(task.letter_ids[1], field=CASE, value=task.case_id, by="dana")
        assert [len(t.letter_ids) for t in desk.tasks()] == [2]


def test_a_document_divided_by_hand_is_read_so_from_then_on(place):
    reader = Rereading()
    drop(place, a="CLM1")
    with desk_at(place, reader) as desk:
        batch(desk, place)
        document_id = desk.documents()[0].document_id
        desk.decide(document_id, field=PAGES, value=[[1], [2, 3]], by="dana")
        read_again(desk, place)
        read_again(desk, place)
    assert reader.parts == [None, [[1], [2, 3]], [[1], [2, 3]]]


def test_the_second_of_two_people_is_told(place):
    drop(place, a="CLM1")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        letter_id = desk.tasks()[0].letter_id
        desk.decide(letter_id, field="member_id", value="A", by="dana", version=0)
        with pytest.raises(Conflict):
            desk.decide(letter_id, field="member_id", value="B", by="lee", version=0)
        assert [t.member_id for t in desk.tasks()] == ["A"]


def test_a_document_is_checked_when_each_of_its_letters_is(place):
    drop(place, a="CLM1", b="CLM2")
    with desk_at(place, Reader()) as desk:
        batch(desk, place)
        assert desk.checked() == frozenset()
        letter_id = desk.tasks()[0].letter_id
        desk.decide(letter_id, field="member_id", value="M7", by="dana", act=Act.SET, machine="M1")
        desk.decide(letter_id, field=LETTER, value=True, by="dana", act=Act.ACCEPT, machine=[])
        (document_id,) = desk.checked()
        assert letter_id.startswith(document_id)
        (letter,) = next(d.letters for d in desk.documents() if d.document_id == document_id)
        assert letter.member_id.value == "M7", "what is exported is what the person said"


def test_a_letter_is_linked_to_a_patient_folder_by_hand_and_to_none(place):
    drop(place, a="CLM1")
    folder = PatientFolder(name="p1", patient=Patient(member_ids=("OTHER",)))
    with desk_at(place, Reader()) as desk:
        store.keep_chart(folder, Chart(documents=(), facts=()), fingerprint="f", now=desk.clock.now())
        batch(desk, place)
        (letter,) = desk.documents()[0].letters
        seen = []
        desk.working.shelf.folder = lambda name: seen.append(name)
        desk.decide(letter.letter_id, field=PATIENT, value="p1", by="dana")
        desk.decide(letter.letter_id, field=PATIENT, value=None, by="dana")
        assert set(seen) == {"p1", None}
