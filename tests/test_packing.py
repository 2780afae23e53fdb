"""A task of the store becomes a packet: a letter and a patient's folder in, files out, nothing of others in them."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from pipeline.batch import desk_of, open_batch, run_direct
from pipeline.cli.forms import form
from pipeline.ending import Exit
from pipeline.errors import UsageError
from pipeline.packing import pack
from pipeline.sandbox import Sandbox
from pipeline.settings import Settings, load
from pipeline.values.packet import Packed
from tests.output.payer_form.forms import drawn_form

SAMPLES = Path(__file__).parents[1] / "sample_letters"
DAY = date(2026, 11, 20)
HEAD = "Patient: Ximena Silverton   DOB: 06/23/1975\nDate: 11/01/2026\n\n"
SIGNED = "\nElectronically signed by Ida Nightingale, MD on 11/01/2026\n"
ADDED = {
    "therapy.txt": f"PSYCHOTHERAPY NOTE\nProgress note\n{HEAD}HPI: overactive bladder. Trospium 20 mg, 2024-01-01 to 2024-04-01, stopped: no effect.\n{SIGNED}",  # noqa: E501
    "other.txt": f"Progress note\nPatient: Anselm Thornbury   DOB: 01/02/1950\nDate: 11/01/2026\n\nHPI: overactive bladder. Solifenacin 5 mg, 2024-01-01 to 2024-06-01, no effect.\n{SIGNED}",  # noqa: E501
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store with one letter, linked to a folder in which two documents must not be used."""
    root = tmp_path_factory.mktemp("packing")
    (root / "inbox").mkdir()
    shutil.copy(SAMPLES / "letters" / "bladder-step-text.txt", root / "inbox")
    shutil.copytree(SAMPLES / "charts" / "p003", root / "charts" / "p003")
    shutil.copy(SAMPLES / "charts" / "patients.csv", root / "charts")
    for name, text in ADDED.items():
        (root / "charts" / "p003" / name).write_text(text)
    found = load({"inbox": root / "inbox", "charts": root / "charts", "jobs": "1"}, {}, data=root / "data")
    with open_batch(found, today=DAY, received=DAY) as batch:
        run_direct(batch, jobs=1)
    return found


def packed_into(out: Path, settings: Settings, *, charts: Path | None, task_id: str | None = None) -> Packed:
    with (
        desk_of(settings, today=DAY) as desk,
        Sandbox(limits=settings.limits, temp=settings.data / "tmp", jobs=1, entry="pipeline.viewing") as drawer,
    ):
        return pack(desk, task_id or desk.tasks()[0].task_id, out=out, drawer=drawer, charts=charts)


def text_of(path: str) -> str:
    with pdfium.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.slow
def test_a_task_becomes_a_packet_that_holds_its_proof_and_nothing_else(settings, tmp_path):
    first = packed_into(tmp_path / "one", settings, charts=settings.charts)
    again = packed_into(tmp_path / "two", settings, charts=settings.charts)
    assert [Path(p).read_bytes() for p in first.files] == [Path(p).read_bytes() for p in again.files]
    assert first.kind == "first_appeal"
    assert not first.ready
    assert [e.file_name for e in first.exhibits] == [None, "urology-note.txt"]
    assert any("therapy.txt" in note for note in first.notes)
    assert first.contact is not None
    said = "".join(text_of(path) for path in first.files if path.endswith(".pdf"))
    assert "Oxybutynin ER 10 mg" in said
    assert "Exhibit B, page 1 of 1" in said
    for stranger in ("Trospium", "trospium", "Solifenacin", "solifenacin", "Thornbury", "PSYCHOTHERAPY"):
        assert stranger not in said
    told = json.loads(Path(next(path for path in first.files if path.endswith(".json"))).read_text())
    assert all(s["sources"] for block in told["blocks"] for s in block["sentences"] if s["states"])
    with pikepdf.open(next(path for path in first.files if path.endswith("packet.pdf"))) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.slow
def test_a_payers_form_goes_on_top_once_somebody_looked_it_through(settings, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    (tmp_path / "Step form.pdf").write_bytes(drawn_form())
    payer = packed_into(tmp_path / "none", settings, charts=None)
    with pikepdf.open(next(path for path in payer.files if path.endswith("packet.pdf"))) as pdf:
        before = len(pdf.pages)
    fits = {"payers": ["Ironwood"], "letters": ["first_appeal"], "data": settings.data}
    try:
        assert form("add", str(tmp_path / "Step form.pdf"), **fits) == Exit.NEEDS_A_PERSON
        assert "{member_name}" in capsys.readouterr().out
        asked = packed_into(tmp_path / "asked", settings, charts=None)
        assert any("form Step form and confirm them" in gap for gap in asked.gaps)
        assert form("confirm", "Step form", sets=["f4=", "f6={member_id}"], data=settings.data) == Exit.DONE
        assert form("list", data=settings.data) == Exit.DONE
        made = packed_into(tmp_path / "made", settings, charts=None)
        again = packed_into(tmp_path / "again", settings, charts=None)
        with pytest.raises(UsageError, match="nothing fills"):
            form("confirm", "Step form", sets=["f4={nobody}"], data=settings.data)
        with pytest.raises(UsageError, match="the form has none such"):
            form("confirm", "Step form", sets=["zz={payer}"], data=settings.data)
    finally:
        form("remove", "Step form", data=settings.data)
    assert not any("confirm them" in gap for gap in made.gaps)
    assert "the payer's form demands: Signature of the member (demanded)" in made.gaps
    assert [Path(p).read_bytes() for p in made.files] == [Path(p).read_bytes() for p in again.files]
    packet = next(path for path in made.files if path.endswith("packet.pdf"))
    with pikepdf.open(packet) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][:2] == ["Cover", "The payer's form"]
        assert len(pdf.pages) == before + 1
        assert pdf.check_pdf_syntax() == []
    with pdfium.PdfDocument(packet) as pdf:
        page = pdf[1].get_textpage().get_text_range()
    assert "Provider appeal form" in page
    assert "Ximena" in page
    with pikepdf.open(next(path for path in made.files if path.endswith("-form.pdf"))) as pdf:
        values = {one.fully_qualified_name: one.value_as_string for one in pdf.acroform.fields}
    assert (values["f4"], values["f6"]) == ("", values["f2"])
    told = json.loads(Path(next(path for path in made.files if path.endswith(".json"))).read_text())
    block = next(one for one in told["blocks"] if one["block"] == "payer_form")
    assert any(one["states"] and one["sources"] for one in block["sentences"])


@pytest.mark.slow
def test_documents_that_are_not_at_hand_or_changed_are_open_gaps(settings, tmp_path):
    without = packed_into(tmp_path / "one", settings, charts=None)
    assert any("the folder of charts is not named" in gap for gap in without.gaps)
    changed = tmp_path / "charts"
    shutil.copytree(settings.charts, changed)
    (changed / "p003" / "new.txt").write_text("new")
    told = packed_into(tmp_path / "two", settings, charts=changed)
    assert any("changed since it was read" in gap for gap in told.gaps)
    with pytest.raises(UsageError, match="it is not there"):
        packed_into(tmp_path / "three", settings, charts=None, task_id="case-0-L1")


@pytest.mark.slow
def test_a_request_before_any_letter_takes_its_criteria_from_readiness(settings, tmp_path):
    arguments = ["readiness", "--chart", settings.charts / "p003", "--payer", "Aetna", "--out", tmp_path / "out"]
    more = ["--indication", "overactive_bladder", "--data", settings.data, "--as-of", str(DAY), "--json"]
    done = subprocess.run([sys.executable, "-m", "pipeline", *arguments, *more], capture_output=True, text=True)
    asked = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "out" / "prior-authorization-sources.json").read_text())
    said = [s["text"] for block in told["blocks"] for s in block["sentences"]]
    for one in asked:
        shown = any(f"{one['statement'][:1].upper()}{one['statement'][1:]}" == text for text in said)
        assert shown or one["status"] != "met", one["criterion_id"]
    assert [e["file_name"] for e in told["exhibits"]] == ["urology-note.txt"]
    assert any("units for each treatment" in gap for gap in told["gaps"])
