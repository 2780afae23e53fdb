"""Counts of California's independent medical reviews as the small table ``models/odds/california.yaml``.

    python -m pipeline.evaluation.odds FILE.csv > models/odds/california.yaml

FILE is the open data of the California Department of Managed Health Care, one determination a row, 2001 to 2016,
semicolons between. Only counts leave it: by kind of denial, kind and treatment, kind and diagnosis, and Botox apart.
"""

import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import yaml

LEAST = 30
"""Reviews a cell needs to be kept: below, the bounds say nothing."""
_Z = 1.959964
_KINDS = {
    "Medical Necessity": ("medical_necessity", ["medical_necessity", "criteria_not_met", "level_of_care"]),
    "Experimental/Investigational": ("experimental", ["experimental"]),
}
_SOURCE = "California Department of Managed Health Care, independent medical reviews 2001-2016 (open data)"
_BOTOX = ["J0585"]
_CHAPTERS = {
    "Cancer": ["C"],
    "Cardiac/Circulatory": ["I"],
    "Central Nervous System/ Neuromuscular": ["G"],
    "Digestive System/ Gastrointestinal": ["K"],
    "Endocrine/ Metabolic": ["E"],
    "Genitourinary/ Kidney": ["N"],
    "Mental": ["F"],
    "Orthopedic/ Musculoskeletal": ["M"],
    "Respiratory System": ["J"],
    "Skin": ["L"],
}
"""Diagnosis categories that are chapters of ICD-10-CM, by its first letter; the others cannot be told from a letter."""
_LABEL_YEAR = 2011
"""The first whole year in which chronic migraine stood on the label of Botox (October 2010)."""


def wilson(won: int, cases: int) -> tuple[float, float]:
    """The bounds of the share ``won / cases`` with 95 % confidence (Wilson 1927).

    >>> [round(bound, 3) for bound in wilson(182, 334)]
    [0.491, 0.598]
    """
    share, spread = won / cases, _Z * _Z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / cases + spread / (4 * cases)) / (1 + spread)
    return middle - half, middle + half


def entries(rows: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The entries of the table, the widest first."""
    rows = rows.assign(won=rows["Determination"].str.startswith("Overturned"), year=rows["Report Year"].astype(int))
    for kind, (name, categories) in _KINDS.items():
        of_kind = rows[rows["Type"] == kind]
        cue: dict[str, object] = {"categories": categories}
        yield _entry(f"imr.{name}", f"reviews of denials as {kind.casefold()}", of_kind, cue)
        for column, key in (("Treatment Category", "treatment"), ("Diagnosis Category", "diagnosis")):
            for value, cell in of_kind.groupby(column):
                group = str(value)
                if not group or len(cell) < LEAST:
                    continue
                narrower: dict[str, object] = {"group": f"{key}: {group}"}
                if key == "diagnosis" and group in _CHAPTERS:
                    narrower = {"diagnoses": _CHAPTERS[group]}
                told = f"reviews of denials as {kind.casefold()}, {key} {group}"
                yield _entry(f"imr.{name}.{key}.{_slug(group)}", told, cell, cue | narrower)
        botox = of_kind[of_kind["Treatment Sub Category"] == "Botox Injection"]
        told = f"reviews of Botox denied as {kind.casefold()}"
        yield _entry(f"imr.{name}.botox", told, botox, cue | {"drugs": _BOTOX})
        since = botox[botox["year"] >= _LABEL_YEAR]
        if len(since) >= LEAST:
            told = f"{told}, since migraine is on the label"
            yield _entry(f"imr.{name}.botox.labelled", told, since, cue | {"drugs": _BOTOX})


def _entry(name: str, told: str, cell: pd.DataFrame, cue: Mapping[str, object]) -> dict[str, object]:
    cases, won = len(cell), int(cell["won"].sum())
    low, high = wilson(won, cases)
    return {
        "id": name, "meaning": told, "source": _SOURCE, "verified": "primary", "actions": ["external_review"],
        **cue, "years": f"{cell['year'].min()}-{cell['year'].max()}", "cases": cases, "overturned": won,
        "share": round(won / cases, 4), "low": round(low, 4), "high": round(high, 4),
    }  # fmt: skip


def _slug(text: str) -> str:
    return "_".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def main(path: Path) -> None:
    """Print the table."""
    rows = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
    print("# Made by `python -m pipeline.evaluation.odds FILE.csv`: counts of California's medical reviews.")
    for entry in entries(rows):
        print("- " + yaml.safe_dump(entry, default_flow_style=True, width=10_000, sort_keys=False).strip())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
