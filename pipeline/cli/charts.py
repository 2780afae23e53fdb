"""The commands that look at a patient's documents: ``chart``, ``match``, ``readiness`` and ``evidence``.

They store nothing.
"""

import csv
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import AsOf, Data, Json
from pipeline.cli.opening import day_of, print_json
from pipeline.cli.packet import write_request
from pipeline.ending import Exit
from pipeline.errors import UsageError
from pipeline.settings import load

if TYPE_CHECKING:
    from pipeline.charts import Clinical
    from pipeline.knowledge.policies import PolicyKnowledge
    from pipeline.values.chart import Chart, Patient
    from pipeline.values.letter import Letter
    from pipeline.values.limits import Limits
    from pipeline.values.task import Requirement, RequirementSource

Folder = Annotated[Path, typer.Option("--chart", metavar="DIR", help="The patient's folder.")]

_PATIENTS = "patients.csv"


def chart(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Clinical documents, or the patient's folder.")
    ],
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Read one patient's clinical documents into dated facts; store nothing."""
    day_of(as_of)
    found = _chart(_files(files), limits=load({}, os.environ, data=data).limits, patient=None)
    if as_json:
        print_json(found)
    else:
        _show_chart(found)
    return _read_whole(found)


def match(
    letter: Annotated[Path, typer.Option("--letter", metavar="FILE", help="The payer's letter.")],
    folder: Folder,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """One letter against one patient's folder: which criteria are shown, and what is missing."""
    today = day_of(as_of)
    settings = load({}, os.environ, data=data)
    from pipeline.cli.reading import read_files
    from pipeline.match import filed
    from pipeline.match.criteria import matched

    files = _files([folder])
    document = read_files([letter], settings=settings, practice_path=None)[0]
    if document.problem is not None:
        raise UsageError(f"letter {letter}", why=document.problem.message, advice=document.problem.advice)
    one = _decision(document.letters, letter)
    patient = _whose(one, _listed(folder))
    found = _chart(files, limits=settings.limits, patient=patient)
    from pipeline.knowledge import load_knowledge
    from pipeline.knowledge.policies import load_policies

    born = patient.date_of_birth if patient is not None else None
    knowledge = load_knowledge()
    requirements = matched(
        one, filed(found, knowledge.evidence), knowledge=knowledge, policies=load_policies(), as_of=today, born=born
    )
    return _told(requirements, as_json=as_json)


def readiness(
    folder: Folder,
    payer: Annotated[str, typer.Option("--payer", metavar="NAME", help="The payer that will be asked.")],
    indication: Annotated[str, typer.Option("--indication", metavar="ID", help="The illness, as chronic_migraine.")],
    phase: Annotated[str, typer.Option("--phase", metavar="PHASE", help="initial or continuation.")] = "initial",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write the draft request with its exhibits there.")
    ] = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Before a prior authorization is asked for: the payer's criteria against what is on file."""
    today = day_of(as_of)
    from pipeline.knowledge import load_knowledge
    from pipeline.knowledge.policies import Phase, load_policies
    from pipeline.match import filed
    from pipeline.match.criteria import readiness as weighed

    policies = load_policies()
    illness = _known(indication, policies)
    if phase not in (Phase.INITIAL.value, Phase.CONTINUATION.value):
        raise UsageError(f"--phase {phase}", why="there is no such phase", advice="Choose initial or continuation.")
    patient = _listed(folder)
    settings = load({}, os.environ, data=data)
    found = _chart(_files([folder]), limits=settings.limits, patient=patient)
    born = patient.date_of_birth if patient is not None else None
    knowledge = load_knowledge()
    requirements = weighed(
        filed(found, knowledge.evidence), payer=payer, indication=illness, phase=Phase(phase), knowledge=knowledge,
        policies=policies, as_of=today, born=born,
    )  # fmt: skip
    if out is not None:
        write_request(
            folder, found, patient=patient, requirements=requirements, payer=payer, illness=illness, phase=phase,
            out=out, settings=settings, today=today,
        )  # fmt: skip
    return _told(requirements, as_json=as_json)


def evidence(
    folder: Folder,
    indication: Annotated[str, typer.Option("--indication", metavar="ID", help="The illness, as chronic_migraine.")],
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the table there as CSV.")
    ] = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Symptoms, treatments tried and scores that the chart plainly shows, each with its place; CSV on stdout."""
    today = day_of(as_of)
    from pipeline.knowledge import load_knowledge
    from pipeline.knowledge.clinical import load_clinical_knowledge
    from pipeline.knowledge.policies import load_policies
    from pipeline.match import evidence_table, filed
    from pipeline.output import evidence_csv, write_evidence

    illness = _known(indication, load_policies())
    found = _chart(_files([folder]), limits=load({}, os.environ, data=data).limits, patient=_listed(folder))
    table = evidence_table(
        filed(found, load_knowledge().evidence), indication=illness, clinical=load_clinical_knowledge(), day=today
    )
    if csv_file is not None:
        try:
            write_evidence(table, csv_file)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise UsageError(f"--csv {csv_file}", why=why, advice="Name a file that you may write.") from None
    if as_json:
        print_json(table)
    elif csv_file is None:
        sys.stdout.write(evidence_csv(table))
    return _read_whole(found)


def _read_whole(found: "Chart") -> Exit:
    """Done where there was a document and each could be read; else a person must look at the folder."""
    whole = bool(found.documents) and not any(document.problem for document in found.documents)
    return Exit.DONE if whole else Exit.NEEDS_A_PERSON


def _known(indication: str, policies: "PolicyKnowledge") -> str:
    """The id of an illness under any of its names; raises ``UsageError`` where none is meant."""
    from pipeline.match.criteria import named_indication

    known = sorted(policies.general.criteria)
    if (named := named_indication(indication)) not in known:
        raise UsageError(
            f"--indication {indication}", why="it is not known", advice=f"Choose one of {', '.join(known)}."
        )
    return named


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files named, a folder standing for the files in it; hidden files are left out."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(f for f in path.iterdir() if f.is_file() and not f.name.startswith("."))
            documents = [f for f in inside if f.name != _PATIENTS]
            if not documents:
                below = ", only folders: name one patient's" if any(f.is_dir() for f in path.iterdir()) else ""
                print(f"chart {path}: no document is in it{below}", file=sys.stderr)
            files.extend(documents)
        elif path.is_file():
            files.append(path)
        else:
            raise UsageError(f"chart {path}", why="it is not there", advice="Name clinical documents or their folder.")
    return files


def _chart(files: Sequence[Path], *, limits: "Limits", patient: "Patient | None") -> "Chart":
    from pipeline.charts import ChartFile, read_chart
    from pipeline.errors import DocumentError, ProblemCode
    from pipeline.read import Tesseract, read
    from pipeline.values.text import Text

    engine: list[Tesseract] = []

    def reader(content: bytes) -> Text:
        if len(content) > limits.max_bytes:
            raise DocumentError(ProblemCode.TOO_LARGE)
        if not engine:
            engine.append(Tesseract(seconds=limits.seconds))
        return read(content, ocr=engine[0], limits=limits)

    named = [ChartFile(name=path.name, data=path.read_bytes()) for path in files]
    return read_chart(named, clinical=_clinical(), reader=reader, patient=patient)


def _clinical() -> "Clinical":
    from pipeline.charts import load_clinical
    from pipeline.knowledge import load_knowledge
    from pipeline.knowledge.clinical import load_clinical_knowledge
    from pipeline.language import load_language

    return load_clinical(load_language(load_knowledge()), load_clinical_knowledge())


def _listed(folder: Path) -> "Patient | None":
    """Whose folder it is by the ``patients.csv`` beside it; None where it is not listed, or under several names."""
    from pipeline.values.chart import Patient

    path = folder.resolve().parent / _PATIENTS
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row.get("folder") or "").strip() == folder.resolve().name]
    people = {(r.get("last_name", ""), r.get("first_name", ""), r.get("birth_date", "")) for r in rows}
    if len(people) != 1:
        return None
    last, first, born = people.pop()
    ids = tuple(i for r in rows if (i := (r.get("member_id") or "").strip()))
    return Patient(name=f"{first} {last}".strip() or None, date_of_birth=_iso(born), member_ids=ids)


def _iso(words: str) -> str | None:
    try:
        return date.fromisoformat(words.strip()).isoformat()
    except ValueError:
        return None


def _decision(letters: Sequence["Letter"], path: Path) -> "Letter":
    """The letter of the file that decides something, else its first."""
    if not letters:
        raise UsageError(f"letter {path}", why="no letter is in it", advice="Name the payer's letter.")
    return next((one for one in letters if one.denial_reasons), letters[0])


def _whose(letter: "Letter", listed: "Patient | None") -> "Patient | None":
    """Whom the documents must name: the letter's patient; the list fills in what the letter does not say.

    Where the letter's member number is not one of the listed patient's, the list is of somebody else.
    """
    from pipeline.values.chart import Patient

    name, born, member = (
        f.value if f is not None else None for f in (letter.member_name, letter.date_of_birth, letter.member_id)
    )
    ids = (member,) if member else ()
    if listed is None or (member and listed.member_ids and member not in listed.member_ids and not name):
        return Patient(name=name, date_of_birth=born, member_ids=ids) if name or born or ids else listed
    return Patient(
        name=name or listed.name, date_of_birth=born or listed.date_of_birth, member_ids=(*ids, *listed.member_ids)
    )


def _told(requirements: Sequence["Requirement"], *, as_json: bool) -> int:
    if as_json:
        print_json(requirements)
    else:
        whose: str | None = None
        for one in requirements:
            if (said := _whose_rule(one.source)) != whose:
                whose = said
                print(f"\n{whose}" if one is not requirements[0] else whose)
            print(f"{one.status.value.replace('_', ' '):12} {one.criterion_id:18} {one.statement}")
            print(f"{'':31} {one.why}")
            if one.missing is not None:
                print(f"{'':31} get: {one.missing.what} ({one.missing.owner.value.replace('_', ' ')})")
            if one.earliest is not None:
                print(f"{'':31} earliest: {one.earliest}, by waiting alone")
        if waits := [one.earliest for one in requirements if one.earliest is not None]:
            print(f"What only waits is met on {max(waits)} at the earliest.")
        if not requirements:
            print("The illness is not certain, so no policy was applied.", file=sys.stderr)
    settled = bool(requirements) and all(one.missing is None for one in requirements)
    return Exit.DONE if settled else Exit.NEEDS_A_PERSON


def _whose_rule(source: "RequirementSource") -> str:
    """The policy that asks, once above all that it asks: whose, which edition, and whether anybody read it."""
    if source.policy is None:
        return "The letter asks:"
    edition = f", edition {source.edition}" if source.edition else ""
    read = "" if source.verified else " (compare with the policy itself: not verified)"
    payer = f"{source.payer}: " if source.payer else ""
    return f"{payer}{source.policy}{edition}{read}"


def _show_chart(found: "Chart") -> None:
    for document in found.documents:
        said = (
            document.problem.message
            if document.problem
            else f"{document.evidence_type or 'unknown kind'}, {document.date or 'no date'}"
        )
        print(f"{document.file_name}: {said}")
        for fact in found.facts:
            if fact.file_name == document.file_name:
                print(f"  {fact.kind.value:16} {fact.context.value if fact.context else 'plain':15} {fact.text[:90]}")
