"""CSV files of a chart: headache diaries by calendar month, medication lists."""

import calendar
import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from pipeline.charts.clinical import Clinical
from pipeline.charts.dates import days_between
from pipeline.errors import DocumentError, ProblemCode
from pipeline.knowledge.drugs import drug_phrases
from pipeline.values.chart import Context, Fact, FactKind, Outcome

_YES = {"yes", "y", "1", "true", "x"}
_NO = {"no", "n", "0", "false", "", "none", "-"}


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its column names in lower case, and its rows with their line number and their text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, str, dict[str, str]], ...]


def table_of(data: bytes) -> Table:
    """The table of a CSV file.

    Raises:
        DocumentError: ``corrupt`` where it is no table of text, ``empty`` where it has no rows.
    """
    try:
        content = data.decode("utf-8-sig")
        raw = list(csv.reader(io.StringIO(content)))
    except (UnicodeDecodeError, csv.Error):
        raise DocumentError(ProblemCode.CORRUPT) from None
    raw = [row for row in raw if any(cell.strip() for cell in row)]
    if len(raw) < 2:
        raise DocumentError(ProblemCode.EMPTY)
    columns = tuple(c.strip().casefold() for c in raw[0])
    rows = [
        (n, ",".join(row), dict(zip(columns, (c.strip() for c in row), strict=False)))
        for n, row in enumerate(raw[1:], start=2)
    ]
    return Table(columns, tuple(rows))


def kind_of_table(table: Table) -> str | None:
    """The kind of document that the columns show."""
    names = " ".join(table.columns)
    if re.search(r"headache|migraine", names) and "date" in names:
        return "ev.headache_diary"
    if re.search(r"leak|void|volume", names):
        return "ev.bladder_diary"
    if re.search(r"\b(?:days.?supply|fill.?date|quantity|ndc)\b", names):
        return "ev.rx_fills"
    if re.search(r"drug|medication|medicine", names):
        return "ev.med_history"
    return None


def table_facts(table: Table, *, file_name: str, clinical: Clinical) -> tuple[str | None, list[Fact]]:
    """The last date of the table and its facts."""
    kind = kind_of_table(table)
    if kind == "ev.headache_diary":
        return _diary(table, file_name)
    if kind == "ev.med_history":
        return None, _medicines(table, file_name, clinical)
    days = [d for _, _, row in table.rows for d in [_day(next((v for k, v in row.items() if "date" in k), ""))] if d]
    return (max(days).isoformat() if days else None), []


def _day(words: str) -> date | None:
    m = re.fullmatch(r"(?:(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)/(\d\d?)/(\d{4}))", words.strip())
    if m is None:
        return None
    year, month, day = (m[1], m[2], m[3]) if m[1] else (m[6], m[4], m[5])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _yes(words: str) -> bool | None:
    plain = words.strip().casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    return float(plain) > 0 if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None


def _diary(table: Table, file_name: str) -> tuple[str | None, list[Fact]]:
    """One count a calendar month; a month with days left out is ``incomplete`` and proves nothing."""
    head = next(
        (c for c in table.columns if c in {"headache", "headache_day", "ha", "migraine_or_headache"}), None
    ) or next((c for c in table.columns if "headache" in c and "hour" not in c), None)
    mig = next((c for c in table.columns if "migraine" in c), None)
    hours = next((c for c in table.columns if re.search(r"hour|duration", c)), None)
    acute = next((c for c in table.columns if re.search(r"acute|rescue|medic|triptan", c)), None)
    dated = next((c for c in table.columns if "date" in c), "date")
    months: dict[tuple[int, int], dict[date, tuple[str, dict[str, str]]]] = defaultdict(dict)
    for _, text, row in table.rows:
        if (day := _day(row.get(dated, ""))) is not None:
            months[(day.year, day.month)][day] = (text, row)
    if not months:
        return None, []
    facts: list[Fact] = []
    last = max(max(days) for days in months.values()).isoformat()
    for (year, month), days in sorted(months.items()):
        rows = [row for _, row in days.values()]
        answers = [_yes(row.get(head, "")) if head and row.get(head, "").strip() else None for row in rows]
        whole = len(days) == calendar.monthrange(year, month)[1] and None not in answers
        context = None if whole else Context.INCOMPLETE
        end = max(days).isoformat()
        said = f"{min(days).isoformat()} to {end}: "
        if head:
            count = sum(a is True for a in answers)
            facts.append(
                _count(
                    FactKind.HEADACHE_DAYS,
                    count,
                    f"{said}{count} headache days in {len(days)} days",
                    day=end,
                    recorded=last,
                    context=context,
                    file_name=file_name,
                )
            )
        if mig and mig != head:
            count = sum(_yes(row.get(mig, "")) is True for row in rows)
            facts.append(
                _count(
                    FactKind.MIGRAINE_DAYS,
                    count,
                    f"{said}{count} migraine days in {len(days)} days",
                    day=end,
                    recorded=last,
                    context=context,
                    file_name=file_name,
                )
            )
        if head and hours:
            lengths = [
                float(row[hours])
                for row, a in zip(rows, answers, strict=True)
                if a
                and not (acute and row.get(acute, "").strip())
                and re.fullmatch(r"\d+(?:\.\d+)?", row.get(hours, ""))
            ]
            if lengths:
                middle = float(median(lengths))
                facts.append(
                    Fact(kind=FactKind.HEADACHE_HOURS, value=middle, value_high=middle, unit="hour/day", name="untreated" if acute else None,  # noqa: E501
                         context=context, date=end, recorded=last, file_name=file_name, page=1, text=f"{said}median {middle:g} hours on untreated headache days", confidence=0.9)  # noqa: E501
                )  # fmt: skip
    return last, facts


def _count(
    kind: FactKind, count: int, text: str, *, day: str, recorded: str, context: Context | None, file_name: str
) -> Fact:
    return Fact(
        kind=kind, value=float(count), value_high=float(count), unit="day/month", duration_days=30 if context is None else None, context=context,  # noqa: E501
        date=day, recorded=recorded, file_name=file_name, page=1, text=text, confidence=0.95,
    )  # fmt: skip


def _medicines(table: Table, file_name: str, clinical: Clinical) -> list[Fact]:
    """A medication list in columns; a row is a trial only where it says how it ended."""
    names = {
        n.casefold(): k
        for k, ns in drug_phrases(clinical.knowledge.drugs).items()
        for n in ns
        if "/" in k and k[-1] != "/"
    }
    column = {key: next((c for c in table.columns if re.search(pattern, c)), None) for key, pattern in {
        "drug": r"drug|medication|medicine", "dose": r"dose|strength", "start": r"start|from|begin", "stop": r"stop|end|to\b|until",  # noqa: E501
        "outcome": r"outcome|result|response", "reason": r"reason|side|comment", "for": r"indication|\bfor\b|diagnosis",
    }.items()}  # fmt: skip
    facts = []
    for _, text, row in table.rows:
        cell = {key: (row.get(c, "") if c else "") for key, c in column.items()}
        key = next(
            (names[w] for w in (cell["drug"].casefold(), cell["drug"].casefold().split(" ")[0]) if w in names), None
        )
        if key is None:
            continue
        start, stop = (d.isoformat() if (d := _day(cell[k])) else None for k in ("start", "stop"))
        outcome = _outcome(f"{cell['outcome']} {cell['reason']}")
        taken = outcome is None and stop is None
        facts.append(
            Fact(
                kind=FactKind.CURRENT_DRUG if taken else FactKind.DRUG_TRIAL, drug_class=key.split("/")[0], drug=key.split("/")[1],  # noqa: E501
                dose=cell["dose"] or None, indication="migraine" if re.search("migraine|headache", cell["for"], re.IGNORECASE) else (cell["for"].casefold() or None),  # noqa: E501
                start=start, stop=stop, duration_days=days_between(start, stop) if start and stop else None,
                outcome=Outcome.ONGOING if taken else (outcome or Outcome.UNKNOWN), reason=cell["reason"] or None,
                date=stop or start, file_name=file_name, page=1, text=text, confidence=0.9,
            )
        )  # fmt: skip
    return facts


def _outcome(words: str) -> Outcome | None:
    plain = words.casefold()
    if re.search(r"intoler|side effect|adverse", plain):
        return Outcome.INTOLERANCE
    if re.search(r"contraindic|allerg", plain):
        return Outcome.CONTRAINDICATED
    if re.search(r"fail|ineffect|no (?:benefit|effect|relief|response|improve)|inadequate|lack", plain):
        return Outcome.FAILURE
    return None
