"""Results of laboratory tests, measurements and studies, told beside their names: "A1c 7.1%", "head CT was normal"."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.dates import dates_in
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Study
from pipeline.values.chart import Context, Fact, FactKind

_DAY = r"(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}/\d{4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d)"
_LEAD = (
    r"(?:[\s:=,\u2013-]|\([^)\d]{0,24}\)|\b(?:today|now|was|is|were|level|result|score|of|at|on|from|in|urine|serum"
    r"|qual(?:itative)?|calc(?:ulated)?|direct|fasting|random|room air|RA|rest(?:ing)?"
    rf"|currently|current|titer|test|screen|ab|abs|antibody|antibodies|{_DAY})\b)*"
)
_UNITS = (
    r"%|mL/cmH2O|cmH2O|mg/L|g/L|ug/L|ng/L|mg/dL|g/dL|ng/mL|pg/mL|mm/h\w*|mIU/L|IU/mL|IU/L|U/mL|U/L|nmol/L|mL/min\S*|kg/m\S*|kg|lbs?|pounds|/uL|/h(?:r|our)?"
    r"|events/h\w*|mL\b|m\b"
)
_NUMBER = re.compile(
    rf"{_LEAD}(?P<sign>[<>\u2264\u2265]=?)?\s*(?P<v>-?\d{{1,5}}(?:\.\d+)?)(?P<per>\s*/\s*\d{{2,3}})?\s*(?P<u>{_UNITS})?"
    r"(?![\d/.]*\d)"
    r"(?!\s*(?:mg\b|mcg|IU\b|times|x\b|visits?|weeks?|wks?|months?|mos?\b|years?|yrs?|days?|-\s*\d))",
    re.IGNORECASE,
)
_WORD = (
    r"negative|neg|positive|pos|normal|abnormal|unremarkable|non-?reactive|reactive|not detected|undetectable|detected"
    r"|elevated|no growth|wnl|within normal limits"
)
_JUDGED = re.compile(rf"{_LEAD}(?P<w>{_WORD})\b(?!\s+(?:in|for|is)\b)", re.IGNORECASE)
_JUDGED_AHEAD = re.compile(rf"\b(?P<w>{_WORD})\s+(?:for\s+)?$", re.IGNORECASE)
_ACUITY = re.compile(
    r"[\s:=,]*(?:\([^)\d]{0,24}\)|cc\b|sc\b|is\b|of\b|today\b|\s)*"
    r"(?P<w>20/\d{2,3}(?:\s*(?:O[DSU])?[\s,;]+20/\d{2,3}(?:\s*O[DSU])?)?)(?!\d)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"[^.;:]{0,50}?(?:\b(?:showed|shows|showing|demonstrat\w+|reveal\w+|with|was|were|is|read as)\b|:|\s-\s)\s*"
    r"(?P<w>[^\n]{3,})",
    re.IGNORECASE,
)
_SAID_AT_ONCE = re.compile(
    rf"{_LEAD}(?P<w>(?:negative|normal|abnormal|unremarkable|clear|benign|wnl|within normal limits"
    rf"|stable)\b[^\n;]*)",
    re.IGNORECASE,
)
"""A result right behind the study and its day: "MRI brain 12/2025 unremarkable"."""
_SHOWN = re.compile(r"\b(?:show\w*|demonstrat\w+|reveal\w+|read as)\b|:|\s-\s", re.IGNORECASE)
# Behind "was" or "with" stands as often what was done: ordered, denied, contrast.
_RESULT = re.compile(
    r"(?:\w+\s+){0,2}(?:normal|abnormal|negative|positive|unremarkable|clear|stable|benign|consistent|notable|significant)\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:order\w*|request\w*|schedul\w*|pending|awaiting|await|needs?|recommend\w*|consider\w*|obtain|declin\w*|denied|deny"
    r"|refus\w*|not (?:done|performed|obtained|available|needed|indicated)|repeat|if|guid\w+|required|deferred"
    r"|no prior|approv\w*|auth\w*)\b",
    re.IGNORECASE,
)
_LONGEST = 90
"""So long a result in words may be, in characters."""
_OF_NO_PATIENT = {"criteria", "family", "plan"}
_NO_RESULTS = {"ev.pa_form", "ev.policy", "ev.literature", "ev.denial_letter", "ev.pa_letter", "ev.consent"}


def study_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """The results that the statements tell, and the conclusions of a report of imaging."""
    ordered = tuple(statements)
    if source.evidence_type in _NO_RESULTS:
        return
    title = next((h.key for s in ordered[:6] for h in s.of(Subject.STUDY) if _is_report(source, h)), None)
    for statement in ordered:
        if statement.boxed is not None or statement.section in _OF_NO_PATIENT:
            continue
        if source.evidence_type == "ev.imaging" and title is not None and statement.section == "assessment":
            if _is_conclusion(statement):
                yield _fact(source, statement, title, said=_NUMBERED.sub("", statement.text).strip(" .")[:_LONGEST])
            continue
        yield from _told(source, statement)


def _is_conclusion(statement: Statement) -> bool:
    """Whether a statement under the impression says what was found; who dictated it and the page are none."""
    return not (_UNDONE.search(statement.text) or _NOT_FOUND.match(statement.text))


_NUMBERED = re.compile(r"^\W*(?:\d{1,2}[.)])?\s*|^impression\s*:\s*", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"\W*(?:page \d|(?:dictated|signed|electronically|read|interpreted|reported|reviewed|transcribed|cc)\b"
    r"|comparison|[\w.-]+\W*$"
    r"|.{0,60},?\s(?:MD|DO|PA-C|NP)\b)",
    re.IGNORECASE,
)


_AIMED = re.compile(r"\b(?:goal|target|ideal|desired)\s+$", re.IGNORECASE)


def _is_report(source: Source, hit: Hit) -> bool:
    return source.clinical.studies[hit.key].report


def _told(source: Source, statement: Statement) -> Iterator[Fact]:
    hits: list[Hit] = []
    scales = statement.of(Subject.SCALE)  # "DAS28-CRP 5.3"
    for hit in sorted(statement.of(Subject.STUDY), key=lambda h: (h.start, h.start - h.end)):
        inside = any(s.start <= hit.start and hit.end <= s.end for s in scales)
        aimed = _AIMED.search(statement.text[: hit.start])
        if not inside and not aimed and (not hits or hit.start >= hits[-1].end):
            hits.append(hit)
    for number, hit in enumerate(hits):
        until = hits[number + 1].start if number + 1 < len(hits) else len(statement.text)
        rest = statement.text[hit.end : until]
        study = source.clinical.studies[hit.key]
        context = context_at(
            statement, hit.start, hit.end, clinical=source.clinical, leave=frozenset({Context.NEGATED})
        )
        fact = (
            _reported(source, statement, hit, rest, context)
            if study.report
            else _measured(source, statement, hit, rest, study, context)
        )
        if fact is not None:
            yield fact


def _measured(
    source: Source, statement: Statement, hit: Hit, rest: str, study: Study, context: Context | None
) -> Fact | None:
    m = _NUMBER.match(rest) if study.low is not None else None
    if m is not None and study.low is not None and study.high is not None and study.low <= float(m["v"]) <= study.high:
        if study.needs_unit and not m["u"]:
            return None
        day = _day(statement, hit, rest[: m.start("v")])
        if context is Context.HISTORICAL and day is not None and hit.start < m.start("v") + hit.end:
            context = None  # "prior LDL 10/2025: 171": a result of another day is that day's
        value, sign = float(m["v"]), (m["sign"] or "")[:1]
        return fact_at(
            source, statement, FactKind.TEST_RESULT, confidence=0.85, name=hit.key, context=context,
            dated=not _YEAR.search(rest[: m.start("v")]), value=None if sign in {"<", "\u2264"} else value,
            value_high=None if sign in {">", "\u2265"} else value,
            unit=m["u"] or study.unit, date=day,
        )  # fmt: skip
    said = _ACUITY.match(rest) if hit.key == "visual_acuity" else _JUDGED.match(rest)
    if said is None and hit.key != "visual_acuity":
        said = _JUDGED_AHEAD.search(statement.text[: hit.start])
    if said is None:
        return None
    lead = rest[: said.start("w")] if said.re is not _JUDGED_AHEAD else ""
    return _fact(
        source, statement, hit.key, said=said["w"], context=context, day=_day(statement, hit, lead),
        dated=not _YEAR.search(lead),
    )  # fmt: skip


def _reported(source: Source, statement: Statement, hit: Hit, rest: str, context: Context | None) -> Fact | None:
    """What a study showed; that it was ordered, or done, is no result."""
    m = _REPORTED.match(rest) or _SAID_AT_ONCE.match(rest)
    if m is None:
        return None
    if _UNDONE.search(m[0]) or _UNDONE.search(statement.text[max(0, hit.start - 24) : hit.start]):
        return None
    if not (_SHOWN.search(rest[: m.start("w")]) or _RESULT.match(m["w"])):
        return None
    if any(h.start >= hit.end for h in _results(source, statement)):
        return None  # the finding itself is told by its name
    lead = rest[: m.start("w")]
    return _fact(
        source, statement, hit.key, said=m["w"].strip(" .")[:_LONGEST], context=context,
        day=_day(statement, hit, lead), dated=not _YEAR.search(lead),
    )  # fmt: skip


def _results(source: Source, statement: Statement) -> Iterator[Hit]:
    """The findings of a statement that are results of tests."""
    for hit in statement.of(Subject.FINDING):
        if source.clinical.findings[hit.key.split("/")[0]].kind is FactKind.TEST_RESULT:
            yield hit


def _fact(
    source: Source, statement: Statement, name: str, *, said: str, context: Context | None = None,
    day: str | None = None, dated: bool = True,
) -> Fact:  # fmt: skip
    return fact_at(
        source, statement, FactKind.TEST_RESULT, confidence=0.8, name=name, reason=said, context=context, date=day,
        dated=dated,
    )  # fmt: skip


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
"""A result of some year has no day, and is none of the document's own."""


def _day(statement: Statement, hit: Hit, lead: str) -> str | None:
    """The day between a study and its result, else the one before both: "LABS 8/5/26: ..."."""
    for words in (lead, statement.text[: hit.start]):
        found = [d.iso for d in dates_in(words) if len(d.iso) >= len("2026-08")]
        if found:
            return found[-1]
    return None
