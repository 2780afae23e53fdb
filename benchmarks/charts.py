"""How right the verdicts over patient folders are: ``python -m benchmarks.charts [CHARTS GOLD]``.

Each gold file ``<folder>.json`` names payer, indication, phase and day, the verdicts by criterion, the kind of each
document and its facts. Prints verdicts right, false "met", document kinds right, and precision, recall and F1 of facts.
"""

import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.facts import compared, f1
from pipeline.chart import clinical
from pipeline.charts import ChartFile, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.policies import Phase, load_policies
from pipeline.match.criteria import readiness
from pipeline.match.filed import filed
from pipeline.read import Tesseract, read
from pipeline.shelf import files_in, listed_patients
from pipeline.values.chart import Chart
from pipeline.values.contract import to_json
from pipeline.values.limits import Limits

ROOT = Path(__file__).parents[1] / "sample_letters"


def measured(charts: Path, gold: Path) -> tuple[Counter[str], list[str]]:
    """Counts over all folders that have gold, and a line for each verdict or kind that is wrong."""
    limits = Limits()
    engine = Tesseract(seconds=limits.seconds)
    listed = listed_patients(charts)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for file in sorted(gold.glob("*.json")):
        answer: dict[str, Any] = json.loads(file.read_text())
        files = [ChartFile(name=p.name, data=p.read_bytes()) for p in files_in(charts / file.stem)]
        patient = listed.get(file.stem)
        chart = read_chart(
            files, clinical=clinical(), reader=lambda data: read(data, ocr=engine, limits=limits), patient=patient
        )
        found = readiness(
            filed(chart, load_knowledge().evidence), payer=answer["payer"], indication=answer["indication"],
            phase=Phase(answer["phase"]),
            knowledge=load_knowledge(), policies=load_policies(), as_of=date.fromisoformat(answer["as_of"]),
            born=patient.date_of_birth if patient else None,
        )  # fmt: skip
        by_id = {r.criterion_id: r for r in found}
        for criterion, wanted in answer["verdicts"].items():
            if criterion not in by_id:
                continue  # a policy known in full does not ask it
            got = by_id[criterion].status.value
            counts.update(verdicts=1, right=got == wanted, false_met=got == "met" != wanted)
            if got != wanted:
                wrong.append(f"{file.stem} {criterion}: {got}, not {wanted}: {by_id[criterion].why}")
        for document in chart.documents:
            kind = answer["documents"].get(document.file_name)
            counts.update(documents=1, kinds_right=document.evidence_type == kind)
            if document.evidence_type != kind:
                wrong.append(f"{file.stem} {document.file_name}: {document.evidence_type}, not {kind}")
        wrong.extend(f"{file.stem} {line}" for line in _facts(chart, answer["facts"], counts))
    return counts, wrong


def _facts(chart: Chart, gold: dict[str, list[dict[str, Any]]], counts: Counter[str]) -> list[str]:
    """Count the facts of each document of a chart against its gold; a line for each that is missed or too many."""
    lines = []
    for name, wanted in gold.items():
        facts = [to_json(fact) for fact in chart.facts if fact.file_name == name]
        told = compared(facts, wanted)
        counts.update(found=told.found, missed=len(told.missed), extra=len(told.extra))
        lines += [f"{name}: missed {want}" for want in told.missed]
        lines += [f"{name}: too many {fact['kind']} {fact.get('name') or fact.get('drug')}" for fact in told.extra]
    return lines


def main() -> int:
    """Measure and print."""
    charts, gold = (Path(a) for a in sys.argv[1:3]) if len(sys.argv) > 2 else (ROOT / "charts", ROOT / "chart_gold")
    start = time.monotonic()
    counts, wrong = measured(charts, gold)
    precision, recall, both = f1(counts["found"], counts["missed"], counts["extra"])
    sys.stdout.write("".join(f"  {line}\n" for line in wrong))
    sys.stdout.write(
        f"verdicts right {counts['right']} of {counts['verdicts']}"
        f" ({counts['right'] / max(counts['verdicts'], 1):.1%}), "
        f"false met {counts['false_met']}, "
        f"document kinds right {counts['kinds_right']} of {counts['documents']}, "
        f"facts {counts['found']} of {counts['found'] + counts['missed']}, {counts['extra']} too many, "
        f"precision {precision:.3f} recall {recall:.3f} F1 {both:.3f}, {time.monotonic() - start:.1f} s\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
