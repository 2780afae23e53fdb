"""How well charts are read that were written apart from the rules: ``python -m tests.charts.reading_of_others``."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks import facts as benchmark
from pipeline.charts import ChartFile, Clinical, load_clinical, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Chart
from pipeline.values.contract import to_json

DECIDING = frozenset({
    "drug_trial", "headache_days", "migraine_days", "headache_hours", "score", "diagnosis", "procedure", "response",
    "contraindication", "authorization",
})  # fmt: skip
"""Kinds of which a fact too many counts as wrong."""
FOLDERS = (Path(__file__).parent / "elsewhere", Path(__file__).parent / "apart", Path(__file__).parent / "sheets")


@cache
def clinical() -> Clinical:
    return load_clinical(load_language(load_knowledge()), load_clinical_knowledge())


@cache
def expected() -> dict[str, Any]:
    """The facts of every document, by its path."""
    return {
        str(folder / name): facts
        for folder in FOLDERS
        for name, facts in yaml.safe_load((folder / "facts.yaml").read_text()).items()
    }


def chart_of(name: str) -> Chart:
    file = ChartFile(name=Path(name).name, data=Path(name).read_bytes())
    return read_chart([file], clinical=clinical(), reader=lambda data: plain_pages(data.decode()))


def compared(name: str) -> tuple[int, list[str], list[str]]:
    """How many expected facts of a document were found, the words of those missed, and of those too many."""
    wanted = expected()[name]
    chart = chart_of(name)
    facts = [to_json(f) for f in chart.facts]
    document = to_json(chart.documents[0])
    missed = [
        f"document {k}: {document.get(k)!r}, not {v!r}" for k, v in wanted["document"].items() if document.get(k) != v
    ]
    found = len(wanted["document"]) - len(missed)
    told = benchmark.compared(facts, wanted["facts"], weighed=DECIDING)
    missed.extend(f"fact {want}" for want in told.missed)
    extra = [
        f"{f['kind']} {f.get('drug') or f.get('name') or f.get('code')} {f.get('value')}: {f['text'][:80]}"
        for f in told.extra
    ]
    return found + told.found, missed, extra


def main() -> None:
    total: Counter[str] = Counter()
    for name in expected():
        found, missed, extra = compared(name)
        total.update(found=found, missed=len(missed), extra=len(extra))
        print(f"{Path(name).name}: {found} found, {len(missed)} missed, {len(extra)} too many")
        for line in missed:
            print(f"    missed  {line}")
        for line in extra:
            print(f"    extra   {line}")
    precision, recall, both = benchmark.f1(total["found"], total["missed"], total["extra"])
    print(f"precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f}")


if __name__ == "__main__":
    main()
