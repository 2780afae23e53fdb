"""Charts folders in a batch: tasks carry the criteria, a new document changes them, the last gap closed makes ready."""

import contextlib
import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline import store
from pipeline.batch import open_batch, run_direct
from pipeline.desk import open_desk
from pipeline.errors import UsageError
from pipeline.settings import load
from pipeline.shelf import listed_patients
from pipeline.values.chart import Chart
from pipeline.values.task import Status, Task, TaskState

SAMPLES = Path(__file__).parents[1] / "sample_letters"
DAY = date(2026, 11, 20)
HEAD = "Patient: Ximena Silverton   DOB: 06/23/1975\nDate: 11/01/2026\n\n"
SIGNED = "\nElectronically signed by Ida Nightingale, MD on 11/01/2026\n"
GAPS = {
    "consult.txt": f"UROLOGY CONSULTATION\n{HEAD}HPI: OAB, referred by Dr. Lee. Impression: OAB.\n{SIGNED}",
    "lmn.txt": f"LETTER OF MEDICAL NECESSITY\n{HEAD}Dear reviewer, I request Botox for my patient, medically necessary.\n{SIGNED}",  # noqa: E501
}


def ran(tmp_path: Path) -> Task:
    settings = load(
        {"inbox": tmp_path / "inbox", "charts": tmp_path / "charts", "jobs": "1"}, {}, data=tmp_path / "data"
    )
    with open_batch(settings, today=DAY, received=DAY) as batch:
        run_direct(batch, jobs=1)
        (task,) = batch.desk.tasks()
    return task


@pytest.mark.slow
def test_a_new_document_updates_the_task_and_the_last_gap_makes_it_ready(tmp_path):
    (tmp_path / "inbox").mkdir()
    shutil.copytree(SAMPLES / "charts", tmp_path / "charts")
    shutil.copy(SAMPLES / "letters" / "bladder-step-text.txt", tmp_path / "inbox")
    first = ran(tmp_path)
    by_id = {r.criterion_id: r for r in first.requirements}
    assert by_id["oab.trial"].status is Status.MET
    assert by_id["oab.trial"].evidence[0].file_name == "urology-note.txt"
    assert first.state is TaskState.NEEDS_EVIDENCE
    assert {r.missing.evidence_type for r in first.requirements if r.missing} == {"ev.hp", "ev.lmn"}
    for name, text in GAPS.items():
        (tmp_path / "charts" / "p003" / name).write_text(text)
    second = ran(tmp_path)
    assert [r.criterion_id for r in second.requirements if r.missing] == []
    assert second.state is TaskState.READY_TO_SEND


def test_only_what_changed_is_read_again_and_what_is_gone_is_forgotten(tmp_path):
    root = tmp_path / "charts"
    (root / "p1").mkdir(parents=True)
    (root / "p1" / "a.csv").write_text("date,headache\n2026-01-01,yes\n")
    with open_desk(tmp_path / "data", today=DAY) as desk:
        shelf = desk.working.shelf
        assert shelf.changed(root) == ("p1",)
        assert shelf.changed(root) == ("p1",)  # nothing was kept yet
        (root / "p1" / "a.csv").unlink()
        (root / "p1").rmdir()
        assert shelf.changed(root) == ()
        with pytest.raises(UsageError):
            shelf.changed(tmp_path / "nowhere")


def test_a_folder_listed_under_two_people_belongs_to_nobody(tmp_path):
    (tmp_path / "patients.csv").write_text(
        "folder,last_name,first_name,birth_date,member_id,mrn\n"
        "p1,Example,Ann,1980-01-01,W1,1\np1,Example,Ann,1980-01-01,W2,1\n"
        "p2,Other,Zoe,1990-01-01,W3,2\np2,Another,Zoe,1990-01-01,W4,2\n"
    )
    found = listed_patients(tmp_path)
    assert found.keys() == {"p1"}
    assert found["p1"].member_ids == ("W1", "W2")


class Charts:
    """A reader that finds nothing in any file."""

    def chart(self, path: Path, *, file_name: str) -> Chart:
        return Chart(documents=(), facts=())


def reading(desk, root: Path, charts: Charts) -> list[str]:
    """The cases that follow the folders."""
    cases: list[str] = []
    desk.rework = cases.extend
    desk.read_charts(root, reader=lambda: contextlib.nullcontext(charts))
    return cases


def test_charts_whose_cases_did_not_follow_are_read_again(tmp_path, monkeypatch):
    root = tmp_path / "charts"
    for name in ("p1", "p2"):
        (root / name).mkdir(parents=True)
        (root / name / "a.txt").write_text("x")
    with open_desk(tmp_path / "data", today=DAY) as desk:
        monkeypatch.setattr(store, "open_cases", lambda: ("every-open-case",), raising=False)

        def killed(_: object) -> None:
            raise KeyboardInterrupt

        desk.rework = killed
        with pytest.raises(KeyboardInterrupt):
            desk.read_charts(root, reader=lambda: contextlib.nullcontext(Charts()))
        assert desk.working.shelf.changed(root) == ("p1", "p2"), "read, and no case follows it yet"
        assert reading(desk, root, Charts()) == ["every-open-case"]
        assert desk.working.shelf.changed(root) == ()
        shutil.rmtree(root / "p2")
        desk.rework = killed
        with pytest.raises(KeyboardInterrupt):
            desk.read_charts(root, reader=lambda: contextlib.nullcontext(Charts()))
        assert [folder.name for folder in desk.working.shelf.folders()] == ["p1"], "what is gone is linked to nothing"
        assert reading(desk, root, Charts()) == ["every-open-case"]
        assert desk.working.shelf.changed(root) == ()


def test_a_practice_of_many_patients_can_be_asked_about_at_once(tmp_path):
    with open_desk(tmp_path / "data", today=DAY):
        assert store.cases_naming({f"patient{number}" for number in range(5000)}) == ()
