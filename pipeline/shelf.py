"""The patients' charts: folders whose files changed are read anew and kept; letters are linked to them.

``CHARTS/<patient folder>/*`` with an optional ``CHARTS/patients.csv`` (contract, section 5). Reading goes through a
``ChartReader``, one child process a document; nothing here changes a file of the charts folder.
"""

import csv
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from pipeline import store
from pipeline.errors import UsageError
from pipeline.match import Link, folder_of
from pipeline.sandbox import ChartReader
from pipeline.values.chart import ChartDocument, Fact, OnFile, Patient, PatientFolder
from pipeline.values.letter import Letter

PATIENTS = "patients.csv"
_CHARTS_AT_HAND = 64


class Shelf:
    """The charts that are kept, and which letter belongs to which."""

    def __init__(self) -> None:
        self._folders: tuple[PatientFolder, ...] | None = None
        self._unsettled: dict[str, str] = {}
        self._chart = lru_cache(maxsize=_CHARTS_AT_HAND)(store.chart_of)

    def on_file(self, letter: Letter) -> OnFile | None:
        """The chart of a letter's patient; None where none is linked for certain."""
        folder = self.link(letter).folder
        return OnFile(folder=folder, chart=self._chart(folder.name)) if folder is not None else None

    def folder(self, name: object) -> OnFile | None:
        """The chart of a folder that a person named; None where they said that there is none, or it is gone."""
        found = next((folder for folder in self.folders() if folder.name == name), None)
        return OnFile(folder=found, chart=self._chart(found.name)) if found is not None else None

    def folders(self) -> tuple[PatientFolder, ...]:
        """Every patient folder that is kept."""
        found = self._folders
        if found is None:
            found = self._folders = store.patient_folders()
        return found

    def forget(self) -> None:
        """Look into the store again: another process may have read charts since."""
        self._folders = None
        self._chart.cache_clear()

    def link(self, letter: Letter) -> Link:
        """Which folder a letter belongs to, and why."""
        return folder_of(letter, self.folders())

    def changed(self, root: Path) -> tuple[str, ...]:
        """The folders whose files, or whose rows in ``patients.csv``, are not those read last; also those gone.

        Raises:
            UsageError: ``root`` is no folder that may be read.
        """
        there, known = _prints(root), store.chart_prints()
        return tuple(sorted(name for name in there.keys() | known.keys() if there.get(name) != known.get(name)))

    def refresh(self, root: Path, names: tuple[str, ...], *, reader: ChartReader, now: datetime) -> tuple[str, ...]:
        """Read these folders anew and keep them; the cases whose tasks that may change, to be worked out anew.

        Only ``settle`` after that writes down what was read: a reading that was cut short before is done again, and as
        nobody knows any more whom its folders named, every open case follows it.
        """
        # Here and not above: it brings spaCy, which is half of the start of every command and a third of its memory.
        from pipeline.charts import joined, named_in

        listed = listed_patients(root)
        prints = _prints(root)
        touched: set[str] = set()
        cut_short = store.charts_unsettled()
        before = {folder.name: folder.patient for folder in store.patient_folders()}
        for name in names:
            after = None
            if name in prints:
                parts = [part for path in files_in(root / name) for part in _parts(reader, path)]
                chart = joined(parts, patient=listed.get(name))
                after = listed.get(name) or named_in([d for d in chart.documents if d.patient_matches])
                folder = PatientFolder(name=name, patient=after)
                store.keep_chart(folder, chart, fingerprint=store.UNSETTLED, now=now)
            touched |= _words(before.get(name)) | _words(after)
        store.retire_charts([name for name in names if name not in prints])
        self._unsettled = {name: prints[name] for name in names if name in prints}
        self._folders = None
        self._chart.cache_clear()
        return store.open_cases() if cut_short else store.cases_naming(touched)

    def settle(self) -> None:
        """The cases follow what ``refresh`` read last."""
        store.settle_charts(self._unsettled)
        self._unsettled = {}


def _parts(reader: ChartReader, path: Path) -> list[tuple[ChartDocument, tuple[Fact, ...]]]:
    """The document of a file, and those attached to it, each with its facts."""
    chart = reader.chart(path, file_name=path.name)
    return [(d, tuple(f for f in chart.facts if f.file_name == d.file_name)) for d in chart.documents]


def _words(patient: Patient | None) -> set[str]:
    """The words by which cases of a patient are found: the family name and the member ids."""
    if patient is None:
        return set()
    name = (patient.name or "").replace(",", " , ").split()
    family = name[name.index(",") - 1] if "," in name[1:] else name[-1] if name else ""
    return {word for word in (family, *patient.member_ids) if len(word) > 1}


def files_in(folder: Path) -> list[Path]:
    """The documents of a patient's folder; hidden files are left out."""
    return sorted(f for f in folder.iterdir() if f.is_file() and not f.name.startswith(".") and f.name != PATIENTS)


def _prints(root: Path) -> Mapping[str, str]:
    """A fingerprint of every folder: names, sizes and times of its files, and its rows of ``patients.csv``."""
    try:
        folders = sorted(f for f in root.iterdir() if f.is_dir() and not f.name.startswith("."))
    except OSError:
        raise UsageError(
            f"charts {root}", why="it is no folder that may be read", advice="Name the folder of the patients' folders."
        ) from None
    listed = listed_patients(root)
    found = {}
    for folder in folders:
        digest = hashlib.sha256(repr(listed.get(folder.name)).encode())
        for path in files_in(folder):
            seen = path.stat()
            digest.update(f"{path.name}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode())
        found[folder.name] = digest.hexdigest()
    return found


def listed_patients(root: Path) -> dict[str, Patient]:
    """The patients of ``patients.csv`` by folder; a folder that stands there under several names is left out."""
    path = root / PATIENTS
    if not path.is_file():
        return {}
    rows: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault((row.get("folder") or "").strip(), []).append(row)
    found = {}
    for folder, own in rows.items():
        people = {tuple((row.get(k) or "").strip() for k in ("last_name", "first_name", "birth_date")) for row in own}
        if folder and len(people) == 1:
            last, first, born = people.pop()
            ids = tuple(number for row in own if (number := (row.get("member_id") or "").strip()))
            found[folder] = Patient(name=f"{first} {last}".strip() or None, date_of_birth=_iso(born), member_ids=ids)
    return found


def _iso(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None
