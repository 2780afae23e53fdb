"""The command ``denials packet``: a task's draft letter, evidence and exhibits as files."""

import getpass
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import AsOf, Charts, Data, Json
from pipeline.cli.opening import day_of, opened, print_json
from pipeline.ending import Exit

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from pipeline.values.chart import Chart, Patient
    from pipeline.values.packet import Packed
    from pipeline.values.task import Requirement


def packet(
    task_id: Annotated[str, typer.Argument(metavar="TASK_ID", help="The task, as `denials tasks` lists it.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the files.")],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Another kind of letter than the task's action sends.")
    ] = None,
    charts: Charts = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Write the draft letter of a task with its evidence and exhibits, keep it with the case, print the files' paths.

    Exit 1: it is written, but a gap is open and it is not ready to be sent.
    """
    today = day_of(as_of)
    settings = opened({"charts": charts}, data)
    from pipeline.batch import desk_of
    from pipeline.packing import pack
    from pipeline.sandbox import Sandbox

    by = getpass.getuser()
    temp = settings.data / "tmp"
    with (
        desk_of(settings, today=today) as desk,
        Sandbox(limits=settings.limits, temp=temp, jobs=1, entry="pipeline.viewing") as drawer,
    ):
        packed = pack(desk, task_id, out=out, drawer=drawer, charts=settings.charts, kind=kind)
        desk.keep_papers(task_id, [Path(path) for path in packed.files], kind=packed.kind, by=by)
    if as_json:
        print_json(packed)
    else:
        for path in packed.files:
            print(path)
        _tell(packed)
    return Exit.DONE if packed.ready else Exit.NEEDS_A_PERSON


def _tell(packed: "Packed") -> None:
    for gap in packed.gaps:
        print(f"open: {gap}", file=sys.stderr)
    for note in packed.notes:
        print(f"note: {note}", file=sys.stderr)


def write_request(
    folder: Path, chart: "Chart", *, patient: "Patient | None", requirements: Sequence["Requirement"], payer: str,
    illness: str, phase: str, out: Path, settings: "Settings", today: date,
) -> None:  # fmt: skip
    """The prior-authorization request of ``denials readiness --out``; paths and gaps go to stderr."""
    from pipeline.charts import named_in
    from pipeline.knowledge import load_knowledge
    from pipeline.knowledge.clinical import load_clinical_knowledge
    from pipeline.knowledge.practice import load_practice
    from pipeline.match import evidence_table, filed
    from pipeline.packing import FORMS, pack_request
    from pipeline.sandbox import Sandbox
    from pipeline.values.chart import OnFile, PatientFolder
    from pipeline.values.packet import Matter
    from pipeline.values.practice import Practice

    whose = patient or named_in([document for document in chart.documents if document.patient_matches])
    matter = Matter(
        practice=load_practice(settings.practice_file) if settings.practice_file else Practice(),
        on_file=OnFile(folder=PatientFolder(name=folder.resolve().name, patient=whose), chart=chart),
        asked=tuple(requirements), payer=payer, indication=illness, phase=phase,
        evidence=evidence_table(
            filed(chart, load_knowledge().evidence), indication=illness, clinical=load_clinical_knowledge(), day=today
        ),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as temp, Sandbox(
        limits=settings.limits, temp=Path(temp) / "children", jobs=1, entry="pipeline.viewing"
    ) as drawer:  # fmt: skip
        packed = pack_request(
            matter, folder=folder, out=out, drawer=drawer, temp=Path(temp), forms=settings.data / FORMS
        )
    for path in packed.files:
        print(path, file=sys.stderr)
    _tell(packed)
