"""Patients from keys: a folder of documents each, and the gold verdicts and facts that follow from the key alone.

A key names the illness, the payer, how each criterion stands (shown where it is not named), and what is odd about the
chart: unsigned, of somebody else, old, or later than the day it is weighed against.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from sample_letters.generator import media, pdf
from sample_letters.generator.blocks import Draft, Para
from sample_letters.generator.pdf import SYNTHETIC

TODAY = date(2026, 6, 1)
_BORN = date(1980, 3, 14)
_FIRST = ("Ottilie", "Barnaby", "Cosima", "Dorian", "Elspeth", "Florian", "Gwendolyn", "Hamish", "Isidora", "Jasper")
_LAST = ("Penhallow", "Quickthorn", "Ravensworth", "Silverdale", "Tanglewood", "Underhill", "Vexley", "Wrenfield")
_NOTE = {
    0: ("OFFICE VISIT - {specialty}", "Patient: {name}   DOB: {born:%m/%d/%Y}", "Date: {day:%m/%d/%Y}", "HPI: "),
    1: ("{specialty} CONSULTATION", "Pt: {last}, {first}    DOB {born:%m/%d/%Y}", "DOS: {day:%m/%d/%y}", "History: "),
    2: (
        "{specialty} CLINIC NOTE",
        "Name: {name} | D.O.B. {born:%m-%d-%Y}",
        "Visit date: {day:%B} {day.day}, {day:%Y}",
        "Subjective: ",
    ),
}
_KIND = {0: "ev.visit_note", 1: "ev.hp", 2: "ev.visit_note"}
_SIGNED = {
    0: "Electronically signed by {clinician} on {day:%m/%d/%Y}",
    1: "/s/ {clinician} {day:%m/%d/%y}",
    2: "Signed electronically: {clinician}, {day:%m/%d/%Y}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a patient's chart is made from; ``states`` names the criteria that are not simply shown.

    ``verdicts`` are those of a payer that asks more than the words of the bank say.
    """

    id: str
    of: str
    payer: str
    phase: str = "initial"
    wording: int = 0
    states: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    twist: str | None = None
    look: str = "text"
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The documents of a patient by file name, and the gold."""

    key: Key
    first: str
    last: str
    documents: dict[str, bytes]
    gold: dict[str, Any]


def bank() -> dict[str, Any]:
    """The words of charts, and under ``facts`` what each sentence says."""
    words = Path(__file__).parent / "words"
    found: dict[str, Any] = yaml.safe_load((words / "patients.yaml").read_text())
    return found | {"facts": yaml.safe_load((words / "patient_facts.yaml").read_text())}


def folders(seed: int) -> list[Folder]:
    """Every patient of the bank; the same seed gives the same bytes."""
    words = bank()
    return [_folder(Key(**raw), words, seed, number) for number, raw in enumerate(words["patients"])]


def write(out: Path, gold: Path, seed: int) -> list[tuple[str, str, str, str, str, str]]:
    """Write folders and gold; the rows for ``patients.csv``."""
    rows = []
    gold.mkdir(parents=True, exist_ok=True)
    for one in folders(seed):
        (out / one.key.id).mkdir(parents=True, exist_ok=True)
        for name, data in one.documents.items():
            (out / one.key.id / name).write_bytes(data)
        (gold / f"{one.key.id}.json").write_text(json.dumps(one.gold, indent=1, sort_keys=True) + "\n")
        number = one.key.id[1:]
        rows.append((one.key.id, one.last, one.first, _BORN.isoformat(), f"M{number}7700", f"MRN{number}"))
    return rows


def _folder(key: Key, words: dict[str, Any], seed: int, number: int) -> Folder:
    first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
    rng = Random(f"{seed} {key.id}")  # noqa: S311 - reproducible samples, no secret
    day = TODAY - timedelta(days={"old": 430, "late": -20}.get(key.twist or "", 25))
    whose = ("Zebulon", "Otherby") if key.twist == "misfiled" else (first, last)
    lines = [SYNTHETIC, *_head(key, words, day, whose), "", _body(key, words), ""]
    if key.twist != "unsigned":
        lines.append(_SIGNED[key.wording].format(clinician="Maxime Thornbury, MD", day=day))
    documents = dict([_printed("note", "\n".join(lines) + "\n", key.look, rng, day)])
    if key.gap:
        documents.update([_injection(key, TODAY - timedelta(days=key.gap), (first, last))])
    return Folder(key=key, first=first, last=last, documents=documents, gold=_gold(key, words, documents))


def _head(key: Key, words: dict[str, Any], day: date, whose: tuple[str, str]) -> list[str]:
    specialty = words["specialty"][key.of][0]
    fill = {
        "specialty": specialty, "name": " ".join(whose), "first": whose[0], "last": whose[1], "born": _BORN, "day": day,
    }  # fmt: skip
    return [line.format(**fill) for line in _NOTE[key.wording][:3]]


def _body(key: Key, words: dict[str, Any]) -> str:
    return "\n".join([_NOTE[key.wording][3] + "Seen today.", *_sentences(key, words)])


def _sentences(key: Key, words: dict[str, Any]) -> list[str]:
    """The sentences of every criterion by its state; an unknown one is not spoken of."""
    said = []
    sentences = dict(words["sentences"][key.of])
    if key.phase == "continuation":
        kept = ("cm.dx", "cm.combo.cgrp", "cm.scale", "cm.cap")
        sentences = words["renewal"]["response"] | {k: v for k, v in sentences.items() if k in kept}
    for criterion, ways in sentences.items():
        state = key.states.get(criterion, key.states.get(ways.get("with", ""), "met"))
        if state in ways:
            said.append(ways[state][key.wording % len(ways[state])])
    return said


def _printed(name: str, text: str, look: str, rng: Random, day: date) -> tuple[str, bytes]:
    if look == "text":
        return f"{name}.txt", text.encode()
    draft = Draft(
        sender="Stonebridge Fen Specialty Clinic", sender_address=(), date=("Printed", f"{day:%m/%d/%Y}"), address=(),
        title=text.split("\n")[1], reference=(), salutation=None,
        body=tuple(Para(line) for line in text.split("\n")[2:] if line.strip()), closing=(),
    )  # fmt: skip
    pages = media.pages_of(pdf.to_pdf(draft, "serif"), 200)
    if look == "scan":
        return f"{name}.pdf", media.scan(pages, rng)
    return f"{name}.tif", media.fax(pages, f"{day:%m/%d/%Y} 09:15  FROM 555-0144", rng)


_INJECTED = "Botox 200 unit vial. Total injected 155 units, 31 sites. Discarded 45 units."


def _injection(key: Key, day: date, whose: tuple[str, str]) -> tuple[str, bytes]:
    lines = (
        SYNTHETIC, "PROCEDURE NOTE: chemodenervation", f"Patient: {' '.join(whose)}   DOB: {_BORN:%m/%d/%Y}",
        f"Date of procedure: {day:%m/%d/%Y}", "",
        _INJECTED,
        f"Electronically signed by Maxime Thornbury, MD on {day:%m/%d/%Y}", "",
    )  # fmt: skip
    return "procedure-note.txt", "\n".join(lines).encode()


_WORTHLESS = {"unsigned": "unknown", "misfiled": "unknown", "late": "post_dated"}
_FRESH = ("hdays", "months", "hours", "mdays", "scale", "combo", "cap", "moh")
"""What goes stale; trials, diagnosis and specialty hold longer."""


def _gold(key: Key, words: dict[str, Any], documents: dict[str, bytes]) -> dict[str, Any]:
    verdicts = {words["age"][key.of]: "met"}
    controlled = dict(words["sentences"][key.of])
    if key.phase == "continuation":
        controlled = {"cm.combo.cgrp": {}, "cm.scale": {}, "cm.cap": {}, "cm.cont": {}, "cm.interval": {}}
    for criterion, ways in controlled.items():
        state = key.states.get(criterion, key.states.get(ways.get("with", ""), "met"))
        if ways.get("with") and state == "not_met":
            state = "unknown"  # a count that is too low is not said to have lasted
        verdicts[criterion] = _twisted(criterion, state, key.twist)
    specialist = words["specialty"][key.of][1]
    if specialist and key.phase == "initial":
        verdicts[specialist] = _twisted(specialist, "met", key.twist)
    kinds = {name: "ev.procedure_note" if name.startswith("procedure") else _KIND[key.wording] for name in documents}
    return {
        "as_of": TODAY.isoformat(), "documents": kinds, "indication": key.of, "payer": key.payer, "phase": key.phase,
        "verdicts": verdicts | key.verdicts, "facts": {name: _facts(name, key, words) for name in documents},
    }  # fmt: skip


def _facts(name: str, key: Key, words: dict[str, Any]) -> list[dict[str, Any]]:
    """What a document says, sentence by sentence; of somebody else where it is misfiled."""
    if name.startswith("procedure"):
        day = TODAY - timedelta(days=key.gap)
        return [fact | {"date": day.isoformat()} for fact in words["facts"][_INJECTED]]
    told = [fact for sentence in _sentences(key, words) for fact in words["facts"][sentence]]
    told.append({"kind": "specialty", "name": words["specialty"][key.of][2]})
    if key.twist == "misfiled":
        told = [{"context": "another_person"} | fact for fact in told]
    return [*{json.dumps(fact, sort_keys=True): fact for fact in told}.values()]


def _twisted(criterion: str, state: str, twist: str | None) -> str:
    if state == "unknown" or twist is None:
        return state
    if twist == "old":
        return "stale" if criterion.split(".")[1] in _FRESH else state
    return _WORTHLESS[twist]
