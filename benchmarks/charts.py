"""How right the verdicts over patient folders are: ``python -m benchmarks.charts [CHARTS GOLD]``.

Each gold file ``<folder>.json`` names payer, indication, phase and day, the verdicts by criterion and the kind of each
document. Prints verdicts right, false "met", document kinds right, and F1 of facts on documents of other styles.
"""

import json
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.chart import clinical
from pipeline.charts import ChartFile, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.policies import Phase, load_policies
from pipeline.match.criteria import readiness
from pipeline.match.filed import filed
from pipeline.read import Tesseract, read
from pipeline.shelf import files_in, listed_patients
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
    return counts, wrong


def main() -> int:
    """Measure and print."""
    charts, gold = (Path(a) for a in sys.argv[1:3]) if len(sys.argv) > 2 else (ROOT / "charts", ROOT / "chart_gold")
    start = time.monotonic()
    counts, wrong = measured(charts, gold)
    sys.stdout.write("".join(f"  {line}\n" for line in wrong))
    sys.stdout.write(
        f"verdicts right {counts['right']} of {counts['verdicts']}"
        f" ({counts['right'] / max(counts['verdicts'], 1):.1%}), "
        f"false met {counts['false_met']}, "
        f"document kinds right {counts['kinds_right']} of {counts['documents']}, {time.monotonic() - start:.1f} s\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
