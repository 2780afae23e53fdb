"""The evidence table as rows for people: one line a row, with the document, page and words it rests on."""

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.output.cells import guarded
from pipeline.values.evidence import EvidenceTable, Proof, TreatmentRow

COLUMNS: dict[str, str] = {
    "part": "symptom, treatment or score.",
    "aspect": "Of a symptom: frequency, severity, duration, daily_life, feature or response.",
    "what": "The symptom, the medicine by its generic name, or the scale.",
    "value": "The amount in words, or the score.",
    "date": "Day that it speaks of; empty where an earlier time is not dated.",
    "earlier": "yes where it tells of a time before, as a baseline does.",
    "dose": "Dose as written.",
    "start": "When it was begun, as far as it is written.",
    "stop": "When it ended, as far as it is written.",
    "duration_days": "For how many days it was taken.",
    "indication": "What it was taken for, where that is said.",
    "outcome": "failure, intolerance, contraindicated, ongoing or unknown.",
    "side_effect": "What it did, where it was not tolerated.",
    "reason": "Why it ended, in the words of the chart.",
    "acute_only": "yes for a medicine of the attack, which is no preventive trial.",
    "lacks": "Fields of a complete trial that the chart does not say.",
    "document": "File that says so.",
    "page": "Page of the file.",
    "words": "The words there.",
    "also": "Further places that say the same.",
}
"""The columns, in order, each with its meaning."""


def evidence(table: EvidenceTable) -> pd.DataFrame:
    """One line a row of the table; symptoms, then treatments, then scores; columns of ``COLUMNS``."""
    rows: list[dict[str, Any]] = [
        {
            "part": "symptom", "aspect": row.aspect.value, "what": row.what, "value": row.value, "date": row.date,
            "earlier": _yes(row.earlier), **_place(row.proofs),
        }
        for row in table.symptoms
    ]  # fmt: skip
    rows.extend(_treatment(row) for row in table.treatments)
    rows.extend(
        {
            "part": "score", "what": row.scale, "value": f"{row.value:g}", "date": row.date,
            "earlier": _yes(row.earlier), **_place(row.proofs),
        }
        for row in table.scores
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)


def evidence_csv(table: EvidenceTable) -> str:
    """The table as CSV, all cells quoted, none of which a spreadsheet would run."""
    text: str = guarded(evidence(table)).to_csv(index=False, quoting=1)
    return text


def write_evidence(table: EvidenceTable, path: Path) -> None:
    """The table as a CSV file, private to its owner (mode 0600). Raises ``OSError`` where it cannot be written."""
    path.touch(mode=0o600)
    path.write_text(evidence_csv(table), encoding="utf-8")


def _treatment(row: TreatmentRow) -> dict[str, Any]:
    return {
        "part": "treatment", "what": row.what, "dose": row.dose, "start": row.start, "stop": row.stop,
        "duration_days": str(row.duration_days) if row.duration_days is not None else None,
        "indication": row.indication, "outcome": row.outcome.value, "side_effect": row.side_effect,
        "reason": row.reason, "acute_only": _yes(row.acute_only), "lacks": ", ".join(row.lacks), **_place(row.proofs),
    }  # fmt: skip


def _place(proofs: tuple[Proof, ...]) -> dict[str, Any]:
    first, *others = proofs
    also = "; ".join(dict.fromkeys(f"{p.file_name} p. {p.page}" for p in others))
    return {"document": first.file_name, "page": str(first.page), "words": first.text, "also": also}


def _yes(said: bool) -> str:
    return "yes" if said else ""
