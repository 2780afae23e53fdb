"""Medicines in columns: lists of what was tried and taken, and what a pharmacy dispensed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline.charts.cells import row_cells
from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.dates import Period, dates_in, days_between, duration_in, period_in
from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.charts.trial_words import dose_in
from pipeline.knowledge.drugs import UNCLASSED
from pipeline.language.reading import Reading, boxes_at
from pipeline.values.chart import Context, Fact, FactKind, Outcome

_REFILL_GAP_DAYS = 45
"""Fills further apart than this after the supply ran out are two courses."""
_STILL_DAYS = 15


def medicine_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """The rows of a medication list; a row is a trial only where it says how or when it ended."""
    sections = {key for line in table.above for key in titled(line, sheet.clinical)}
    if sections & _NOT_OF_NOW or "clock" in table.columns:
        return  # by the hour of the day it is told what was given, not what is taken
    for row in table.rows:
        found = drug_in(row.get("drug") or row.text, sheet.clinical)
        if found is None or found[0] == "botulinum_toxin":
            continue
        fact = _medicine(sheet, row, found)
        past = ("tried" in sections or sheet.of_the_past) and not _HELD_ON.search(row.text)
        if fact.kind is FactKind.CURRENT_DRUG and (past or _is_of_the_past(table, row)):
            fact = replace(fact, kind=FactKind.DRUG_TRIAL, outcome=Outcome.UNKNOWN)  # under "Discontinued"
        if found[0] != UNCLASSED:
            yield fact
        elif fact.kind is not FactKind.DRUG_TRIAL or fact.outcome in _TOLD:
            yield replace(fact, drug_class=None)


def _is_of_the_past(table: Table, row: Row) -> bool:
    """Whether a row says for how long it was taken and what came of it, and nothing of its being taken still."""
    timed = any(row.get(column) for column in _TIMES & set(table.columns))
    return timed and bool(row.get("outcome")) and not _STILL.search(row.text)


_HELD_ON = re.compile(r"\b(?:ongoing|current\w*|continu\w+|still|active|present|now)\b", re.IGNORECASE)
_TIMES = {"duration", "period"}
_STILL = re.compile(
    r"\b(?:active|tak(?:es|ing)|current\w*|continu\w*|ongoing|now|present|still|help\w*|good|well|effective|stable|works?"
    r"|yes|daily|control\w*|since|refill\w*|prn|as needed|benefit\w*|better|improv\w*|toler\w*)\b",
    re.IGNORECASE,
)
_TOLD = {Outcome.FAILURE, Outcome.INTOLERANCE}
_NOT_OF_NOW = {"family", "copied", "criteria", "not_taken", "plan"}
"""Sections under whose titles a list of medicines is none of what was or is taken."""


def is_questionnaire(table: Table, clinical: Clinical) -> bool:
    """Whether the items of a table are questions with points: its head "Item" is that of no medicine."""
    points = any(column.casefold().startswith(("point", "score")) for column in table.columns)
    return points and "drug" in table.columns and not any(drug_in(row.get("drug"), clinical) for row in table.rows)


def titled(line: str, clinical: Clinical) -> Iterator[str]:
    """The sections that a title over a table names, where that makes up most of it."""
    for key, span in clinical.matchers[Subject.SECTION](clinical.language.nlp(line)):
        if len(span.text) >= _MOST * len(line):
            yield key


_MOST = 0.4


def drug_in(words: str, clinical: Clinical) -> tuple[str, str] | None:
    """Class and generic name of the one medicine that the words name."""
    hits = [key for key, _ in clinical.matchers[Subject.DRUG](clinical.language.nlp(words)) if not key.endswith("/")]
    hits = hits or [key for word in words.split() if (key := clinical.misspelled.drug(word)) is not None]
    if not hits:
        return None
    drug_class, drug = hits[0].split("/", 1)
    return drug_class, drug


def _medicine(sheet: Sheet, row: Row, found: tuple[str, str]) -> Fact:
    answers, said = _answered(row)
    said = " ; ".join(part for part in (said or ("" if answers else _rest(row)), *_no_times(row)) if part)
    cues = cues_in(f"{said} ; {row.get('stop')}", sheet.clinical) | answers
    period = _period(row)
    goes_on = _GOES_ON.fullmatch(row.get("stop").strip()) is not None
    outcome = None if goes_on and not cues & {"failure", "intolerance", "contraindicated"} else _outcome(cues)
    context = _context(said, sheet.clinical)
    acute = sheet.clinical.classes[found[0]].acute_only
    taken = (outcome is None or (acute and "ongoing" in cues)) and period.stop is None and "stopped" not in cues
    kind = FactKind.CURRENT_DRUG if taken and context is None else FactKind.DRUG_TRIAL
    if outcome is Outcome.CONTRAINDICATED and not _ALLOWED.search(said):
        kind, context = FactKind.CONTRAINDICATION, None  # whether or not it was ever given
    elif context is not Context.PLANNED and _WITHHELD.search(said) and sheet.clinical.words.bars.found_in(said):
        kind, context, outcome = FactKind.CONTRAINDICATION, None, Outcome.CONTRAINDICATED
    if context is Context.PLANNED:
        kind = FactKind.ORDER
    return row_fact(
        sheet, row, kind, context=context, drug_class=found[0], drug=found[1],
        dose=dose_in(row.get("dose") or row.get("drug")) or row.get("dose") or None,
        indication=_indication(row.get("for"), sheet.clinical), start=period.start, stop=period.stop,
        duration_days=period.days, reason=row.get("reason") or (said if outcome else None) or None,
        outcome=None if context else Outcome.ONGOING if kind is FactKind.CURRENT_DRUG else outcome or Outcome.UNKNOWN,
        date=_whole(period.stop) or sheet.recorded,
    )  # fmt: skip


def _answered(row: Row) -> tuple[set[str], str]:
    """What a row answers in a word below the heads that ask it, and what it says of the outcome in words of its own.

    "None" below "Response" is a failure; below "Side effects" it is nothing.
    """
    little, barred = _LITTLE.fullmatch(row.get("outcome")), _BARELY.match(row.get("tolerated"))
    answers = {cue for cue, told in (("failure", little), ("intolerance", barred)) if told}
    words = [row.get("outcome"), row.get("reason")]
    return answers, " ; ".join(w for w in words if w and not _LITTLE.fullmatch(w) and not _YES.fullmatch(w))


_LITTLE = re.compile(
    r"\W*(?:no|n|none|nope|nil|nothing|zero|0 ?%?|not (?:much|really|at all|well)|(?:a |very )?little|poor(?:ly)?"
    r"|minimal(?:ly)?|slight(?:ly)?|marginal(?:ly)?|partial(?:ly)?|modest)\W*",
    re.IGNORECASE,
)
"""Cells that answer by themselves that it did not work, or could not be taken."""
_BARELY = re.compile(r"\W*(?:no|n|not|poor(?:ly)?)\b", re.IGNORECASE)
_YES = re.compile(r"\W*(?:yes|y|ok|fine)\W*", re.IGNORECASE)

# That it was not tried is a choice; that it was not given, for an illness, a judgement.
_WITHHELD = re.compile(
    r"^\W*(?:(?:not|never) (?:given|prescribed|used|started)|withheld|avoid(?:ed)?)\b"
    r"(?!.*\b(?:cost|cover\w*|denied|denies|prefer\w*|wish\w*|declin\w*|refus\w*|controlled|resolved|without|fear\w*)\b)",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"\b(?:no|not|without)\s+(?:\w+\s+)?contraindicat", re.IGNORECASE)


_GOES_ON = re.compile(
    r"(?:ongoing|current(?:ly)?|present|continu\w+|still(?: taking)?|active|to date|now)", re.IGNORECASE
)


_SPAN_OF_TIME = re.compile(
    r"\s*(?:-|(?:[\d/.'\u2013\u2014-]+|\b(?:days?|d|wks?|weeks?|w|mos?|months?|m|yrs?|years?|y|to|now|present|ongoing|x|about|jan|feb|mar|apr|may"
    r"|jun|jul|aug|sept?|oct|nov|dec)\b\.?)[\s,-]*)+",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]{2,}")


def _no_times(row: Row) -> Iterator[str]:
    """Words in the columns of time that tell no time: "not used - high lipids" right behind the medicine."""
    for column in ("start", "stop", "period", "duration"):
        words = row.get(column)
        if len(words.split()) > 1 and not dates_in(words) and not re.search(r"\d", words):
            yield words
        elif (rest := _SPAN_OF_TIME.match(words)) is not None and _WORDS.search(words, rest.end()):
            yield words[rest.end() :]  # "4 mo BP 82/50, syncope": two heads that stood too near to be told apart


def _rest(row: Row) -> str:
    """The cells under heads that are not known."""
    known = {"drug", "dose", "start", "stop", "period", "duration", "for", "class"}
    return " ; ".join(text for column, text in row.cells.items() if column not in known)


def cues_in(words: str, clinical: Clinical) -> set[str]:
    """The outcome cues that the words hold."""
    return {key for key, _ in clinical.matchers[Subject.OUTCOME](clinical.language.nlp(words))}


def _outcome(cues: set[str]) -> Outcome | None:
    if "contraindicated" in cues:
        return Outcome.CONTRAINDICATED
    if "intolerance" in cues or ("side_effect" in cues and "failure" not in cues):
        return Outcome.INTOLERANCE
    return Outcome.FAILURE if "failure" in cues else None


def _context(said: str, clinical: Clinical) -> Context | None:
    """A row that says that the medicine was not taken, or is yet to be."""
    cues = {clinical.contexts[key].id for key, _ in clinical.matchers[Subject.CONTEXT](clinical.language.nlp(said))}
    if "negated_behind" in cues:
        return Context.NEGATED
    if clinical.words.not_begun.pattern.fullmatch(said.strip(" ;.")):
        return Context.PLANNED
    return Context.PLANNED if cues & {"planned_behind"} else None


_ENDED = re.compile(
    r"\b(?:d/c'?e?d?|dc'?d|stopped|discontinued|ended)\W{0,3}(?P<when>\d{1,2}/\d{1,2}/(?:20)?\d\d"
    r"|\d{1,2}/20\d\d|20\d\d(?:-\d\d){0,2})\b",
    re.I,
)
"""A status that says when it ended: "D/C 10/2025"."""


def _period(row: Row) -> Period:
    start, stop = (next((d.iso for d in dates_in(row.get(c))), None) for c in ("start", "stop"))
    whole = period_in(row.get("period")) if row.get("period") else Period()
    ended = _ENDED.search(row.get("outcome"))
    start, stop = start or whole.start, stop or whole.stop or (dates_in(ended["when"])[0].iso if ended else None)
    days = duration_in(row.get("duration")) or whole.days
    return Period(start, stop, days if days is not None or not (start and stop) else days_between(start, stop))


def _indication(words: str, clinical: Clinical) -> str | None:
    keys = [key for key, _ in clinical.matchers[Subject.ILLNESS](clinical.language.nlp(words))]
    if not keys:
        return words.casefold() or None
    return "migraine" if keys[0] in {"chronic_migraine", "episodic_migraine"} else keys[0]


def _whole(iso: str | None) -> str | None:
    return iso if iso and len(iso) >= 7 else None


def fill_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """What a pharmacy dispensed, one fact a course: when it began and for how many days, never how it ended.

    Of a medicine taken by the attack, or of no class that is known, only that it is taken now.
    """
    fills: dict[tuple[str, str], list[tuple[date, int, Row]]] = defaultdict(list)
    for row in table.rows:
        found = drug_in(row.get("drug"), sheet.clinical)
        if sheet.clinical.words.not_dispensed.found_in(row.text):
            continue
        day, supply = row.day("fill"), row.get("supply").split(" ")[0]
        if found is not None and day is not None and supply.isdigit():
            fills[found].append((day, int(supply), row))
    for found, rows in fills.items():
        courses = list(_courses(sorted(rows, key=lambda fill: fill[0])))
        if found[0] != UNCLASSED and not sheet.clinical.classes[found[0]].acute_only:
            yield from (_course(sheet, found, course) for course in courses)
        elif (fact := _course(sheet, found, courses[-1])).kind is FactKind.CURRENT_DRUG:
            unclassed = found[0] == UNCLASSED
            yield replace(fact, drug_class=None if unclassed else found[0], start=None, duration_days=None)


def grouped_fills(reading: Reading, clinical: Clinical) -> Table | None:
    """The fills of a profile that names each medicine once, over the days on which it was dispensed."""
    rows: list[Row] = []
    medicine: str | None = None
    for line in reading.lines:
        cells = row_cells(line)
        days = dates_in(cells[0].text) if cells else []
        if not days:
            named = bool(cells) and drug_in(cells[0].text, clinical) is not None
            medicine = cells[0].text if named else medicine if not cells else None
        elif medicine is not None and (m := _SUPPLY.search(line.text)) is not None:
            boxes = boxes_at(reading.text, line.start, line.end)
            text = f"{medicine}: {' '.join(line.text.split())}"
            told = {"drug": medicine, "fill": days[0].iso, "supply": m["n"] or m["n2"]}
            rows.append(Row(text=text, cells=told, page=line.page, boxes=boxes))
    return Table(("drug", "fill", "supply"), tuple(rows)) if rows else None


_SUPPLY = re.compile(
    r"\b(?P<n>\d{1,3})\s*(?:days?|ds)\b|\b(?:days?'?(?: supply)?|ds|supply)\s*[:=]?\s*(?P<n2>\d{1,3})\b", re.IGNORECASE
)


def _courses(fills: list[tuple[date, int, Row]]) -> Iterator[list[tuple[date, int, Row]]]:
    course: list[tuple[date, int, Row]] = []
    for fill in fills:
        if course and (fill[0] - course[-1][0]).days > course[-1][1] + _REFILL_GAP_DAYS:
            yield course
            course = []
        course.append(fill)
    yield course


def _course(sheet: Sheet, found: tuple[str, str], course: list[tuple[date, int, Row]]) -> Fact:
    first, (last, supply, row) = course[0][0], course[-1]
    end = last + timedelta(days=supply)
    days = min((end - first).days, sum(fill[1] for fill in course))
    still = sheet.recorded is not None and len(sheet.recorded) == 10
    still = still and end + timedelta(days=_STILL_DAYS) >= date.fromisoformat(str(sheet.recorded))
    return row_fact(
        sheet, row, FactKind.CURRENT_DRUG if still else FactKind.DRUG_TRIAL, drug_class=found[0], drug=found[1],
        dose=dose_in(row.get("dose") or row.get("drug")), start=first.isoformat(),
        stop=None if still else end.isoformat(), duration_days=days, name="fills",
        outcome=Outcome.ONGOING if still else Outcome.UNKNOWN, date=last.isoformat(),
    )  # fmt: skip
