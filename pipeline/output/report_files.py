"""Reports as files: a page to read and print, and a CSV file a table."""

import html
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.output.cells import guarded
from pipeline.output.outbox import deliver
from pipeline.output.reports import Report

_STYLE = (
    "body{font:14px/1.45 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "h2{margin:2rem 0 .25rem}p{margin:.25rem 0 .75rem;color:#444}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}td.n{text-align:right}"
    "td.n{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "@media print{body{margin:0}h2{break-after:avoid}tr{break-inside:avoid}}"
)


def write_reports(found: Sequence[Report], *, title: str, out: Path, today: date) -> list[Path]:
    """The page and the CSV files, in the folder ``out`` (made if missing). Raises ``UsageError`` where it cannot be."""

    def write(folder: Path) -> list[Path]:
        page = folder / f"denials-outcomes-{today:%Y-%m-%d}.html"
        page.write_text(page_of(found, title=title), encoding="utf-8")
        paths = [page]
        for report in found:
            name = re.sub(r"[^a-z0-9]+", "-", report.title.casefold()).strip("-")
            paths.append(folder / f"denials-{name}-{today:%Y-%m-%d}.csv")
            guarded(report.frame).to_csv(paths[-1], index=False, quoting=1)
        return paths

    return deliver(out, write)


def page_of(found: Sequence[Report], *, title: str) -> str:
    """The reports as one page that needs nothing else; every text in it is escaped."""
    parts = [f"<h1>{html.escape(title)}</h1>"]
    for report in found:
        parts += [f"<h2>{html.escape(report.title)}</h2>", f"<p>{html.escape(report.about)}</p>", _table(report)]
    body = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><main>\n{body}\n</main></body></html>\n'


def _table(report: Report) -> str:
    if report.frame.empty:
        return "<p>Nothing to count yet.</p>"
    longest = max([float(value) for value in report.frame[report.bar]] if report.bar else [], default=0.0)
    heads = "".join(f'<th scope="col">{html.escape(str(name))}</th>' for name in report.frame.columns)
    names = list(report.frame.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(value, longest=longest if name == report.bar else 0) for name, value in zip(names, row, strict=True)
        )
        + "</tr>"
        for row in report.frame.itertuples(index=False)
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: object, *, longest: float = 0) -> str:
    """A cell; a number of the column that is drawn has its bar behind it, ``longest`` of the full width."""
    if isinstance(value, str):
        return f"<td>{html.escape(value)}</td>"
    shown = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    share = 100 * max(0.0, float(str(value))) / longest if longest > 0 else 0.0
    drawn = (
        f' style="background:linear-gradient(to left,#cfd8e6 {share:.0f}%,transparent {share:.0f}%)"' if share else ""
    )
    return f'<td class="n"{drawn}>{shown}</td>'
