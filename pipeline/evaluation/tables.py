"""A report as a table for people and as JSON for programs."""

from typing import Any

import pandas as pd

from pipeline.evaluation.bands import BANDS, Reliability, Share
from pipeline.evaluation.compare import FIELDS
from pipeline.evaluation.score import Report


def as_json(report: Report) -> dict[str, Any]:
    """The report with the keys that the contract's comparison prints."""
    scored = report.scored
    by_source = {name: counts.f1 for name, counts in sorted(report.sources.items())}
    return {
        "files": report.files,
        "letters": report.letters,
        "micro_f1": report.total.f1,
        "micro_p": report.total.precision,
        "micro_r": report.total.recall,
        "macro_f1": round(sum(c.f1 for c in scored.values()) / max(1, len(scored)), 3),
        "mean_by_source": round(sum(by_source.values()) / max(1, len(by_source)), 3),
        "exact_letters": report.exact_letters,
        "boundaries": report.boundaries,
        "sure": list(report.sure),
        "danger": {danger.value: count for danger, count in report.danger.items()},
        "fields": {f: {"n": c.gold, "p": c.precision, "r": c.recall, "f1": c.f1} for f, c in scored.items()},
        "sources": by_source,
        "classes": {name: counts.f1 for name, counts in sorted(report.classes.items())},
        "reliability": {name: _reliability(one) for name, one in sorted(report.reliability.items())},
    }


def _reliability(one: Reliability) -> dict[str, Any]:
    return {
        "bands": {
            name: {band: [share.right, share.every] for band, share in bands.items()}
            for name, bands in one.bands.items()
        },
        "settled": [one.settled.right, one.settled.every],
        "settled_right": [one.settled_right.right, one.settled_right.every],
    }


def as_text(report: Report) -> str:
    """A table by field, then by source, then the dangerous errors."""
    summary = as_json(report)
    fields = pd.DataFrame.from_dict(summary["fields"], orient="index")
    fields.columns = pd.Index(["gold", "precision", "recall", "F1"])
    sources = pd.Series(summary["sources"], name="F1").to_frame()
    danger = summary["danger"] or {"none": 0}
    right, marked = report.sure
    lines = [
        fields.to_string(float_format=lambda x: f"{x:.3f}"),
        "",
        f"all fields: F1 {summary['micro_f1']:.3f} "
        f"(precision {summary['micro_p']:.3f}, recall {summary['micro_r']:.3f}); "
        f"mean of fields {summary['macro_f1']:.3f}; mean of sources {summary['mean_by_source']:.3f}",
        f"letters: {summary['letters']} in {summary['files']} files; boundaries right {summary['boundaries']}; "
        f"every field right {summary['exact_letters']}; marked sure and right {right} of {marked}",
        "dangerous: " + ", ".join(f"{name} {count}" for name, count in danger.items()),
        "",
        sources.to_string(float_format=lambda x: f"{x:.3f}"),
        *(line for name, one in sorted(report.reliability.items()) for line in _bands_as_text(name, report, one)),
    ]
    return "\n".join(lines)


def _bands_as_text(page_class: str, report: Report, one: Reliability) -> list[str]:
    """Of the answers on a class of pages: how many of each band are right."""
    rows = {name: [_share(one.bands[name].get(band)) for band in BANDS] for name in FIELDS if name in one.bands}
    total = one.overall().values()
    rows["all fields"] = [_share(share) for share in total]
    rows["observed"] = [_rate(share.precision) for share in total]
    rows["predicted"] = [_rate(share.predicted) for share in total]
    sure, right = one.settled, one.settled_right
    return [
        "",
        f"{page_class} pages: F1 {report.classes[page_class].f1:.3f}; right answers of all answers by band",
        pd.DataFrame.from_dict(rows, orient="index", columns=list(BANDS)).to_string(),
        f"letters whose every scalar is sure: {sure.right} of {sure.every}; all of them right in {right.right}",
    ]


def _rate(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.3f}"


def _share(share: Share | None) -> str:
    return f"{share.right}/{share.every}" if share and share.every else "-"
