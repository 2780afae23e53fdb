"""The recipe of a chart: each document read, known for what it is, and its facts with their context."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.charts.authorizations import authorization_facts
from pipeline.charts.cells import labelled
from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.context import context_at
from pipeline.charts.counts import count_facts
from pipeline.charts.daily_counts import daily_counts
from pipeline.charts.dates import dates_in
from pipeline.charts.day_marks import marked_days
from pipeline.charts.diaries import diary_facts
from pipeline.charts.fhir import bundle_chart
from pipeline.charts.grids import Grid, grids_of, year_over
from pipeline.charts.heading import Heading, heading_of, same_patient, whose
from pipeline.charts.hours import hour_facts
from pipeline.charts.injected_parts import part_facts
from pipeline.charts.kind_by_parts import kind_by_parts
from pipeline.charts.layout_kinds import kind_by_layout
from pipeline.charts.measured_moves import moved_facts
from pipeline.charts.medicine_rows import fill_facts, grouped_fills, is_questionnaire, titled
from pipeline.charts.muscle_tables import Injected, injected_in
from pipeline.charts.named import named_facts
from pipeline.charts.procedures import procedure_facts
from pipeline.charts.responses import response_facts
from pipeline.charts.rows import Sheet, Table
from pipeline.charts.scores import score_facts
from pipeline.charts.source import Source
from pipeline.charts.statements import Statement, statements_of
from pipeline.charts.studies import study_facts
from pipeline.charts.tables import day_of_table, kind_of_table, table_facts, table_of
from pipeline.charts.taken_back import without_what_is_taken_back
from pipeline.charts.timeline_facts import timeline_facts
from pipeline.charts.timelines import timelines_of
from pipeline.charts.times import Clock
from pipeline.charts.trials import drug_facts
from pipeline.errors import EXPLANATIONS, DocumentError, ProblemCode
from pipeline.language.prose import prose_index
from pipeline.language.reading import Reading
from pipeline.values.chart import Chart, ChartDocument, Context, Fact, FactKind, Patient
from pipeline.values.letter import Problem
from pipeline.values.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFile:
    """A file of a patient folder."""

    name: str
    data: bytes


def read_chart(
    files: Sequence[ChartFile],
    *,
    clinical: Clinical,
    reader: Callable[[bytes], Text],
    patient: Patient | None = None,
) -> Chart:
    """The documents and facts of one patient's files. ``reader`` makes text of bytes, or raises ``DocumentError``.

    Without ``patient``, whoever most documents name is taken for the patient. A file that cannot be read is a document
    with its problem.
    """
    parts = [part for file in files for part in read_document(file, clinical=clinical, reader=reader)]
    return joined(parts, patient=patient)


def joined(parts: Sequence[tuple[ChartDocument, tuple[Fact, ...]]], *, patient: Patient | None) -> Chart:
    """One chart of the documents: whose each is, and what was copied forward."""
    whose = patient or named_in([document for document, _ in parts])
    documents = tuple(
        replace(d, patient_matches=same_patient(_identity(d), whose)) if d.problem is None else d for d, _ in parts
    )
    facts: list[Fact] = []
    for document, (_, own) in zip(documents, parts, strict=True):
        stranger = document.patient_matches is False
        facts.extend(replace(f, context=Context.ANOTHER_PERSON) if stranger and f.context is None else f for f in own)
    return Chart(documents=documents, facts=_copied(facts))


def read_document(
    file: ChartFile, *, clinical: Clinical, reader: Callable[[bytes], Text]
) -> list[tuple[ChartDocument, tuple[Fact, ...]]]:
    """The document of a file and its facts, before it is known whose chart it stands in.

    A FHIR Bundle is several: itself, and each document that is attached to it.
    """
    try:
        lower = file.name.casefold()
        if lower.endswith(".csv"):
            return [_table(file, clinical)]
        if lower.endswith(".json"):
            attached = partial(_attached, clinical=clinical, reader=reader)
            return bundle_chart(_json(file.data), file_name=file.name, clinical=clinical, attached=attached)
        return [text_chart(reader(file.data), file_name=file.name, clinical=clinical)]
    except DocumentError as problem:
        message, advice = EXPLANATIONS[problem.code]
        broken = ChartDocument(file_name=file.name, problem=Problem(code=problem.code, message=message, advice=advice))
        return [(broken, ())]


def _attached(
    data: bytes, name: str, *, clinical: Clinical, reader: Callable[[bytes], Text]
) -> tuple[ChartDocument, tuple[Fact, ...]]:
    """A document inside another file; where it cannot be read, a document with its problem."""
    return read_document(ChartFile(name=name, data=data), clinical=clinical, reader=reader)[0]


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise DocumentError(ProblemCode.CORRUPT) from None


def _table(file: ChartFile, clinical: Clinical) -> tuple[ChartDocument, tuple[Fact, ...]]:
    table = table_of(file.data, clinical)
    day = day_of_table(table)
    facts = table_facts(table, Sheet(file_name=file.name, recorded=day, clinical=clinical))
    name, born, member = whose(table.above)
    document = ChartDocument(
        file_name=file.name, evidence_type=kind_of_table(table), date=day, pages=(1,),
        patient_name=name, date_of_birth=born, member_id=member,
    )  # fmt: skip
    return document, tuple(facts)


def text_chart(text: Text, *, file_name: str, clinical: Clinical) -> tuple[ChartDocument, tuple[Fact, ...]]:
    """One document of running text with its facts."""
    content = _LED_LABEL.sub(_without_dots, _LEADERS.sub(_without_dots, _DICTATED.sub(" ", text.content)))
    reading = clinical.language.reading(replace(text, content=content), signs=_SIGNS)
    statements = without_what_is_taken_back(statements_of(reading, clinical))
    topics = frozenset(hit.key for statement in statements for hit in statement.of(Subject.TOPIC))
    pairs = labelled(reading.lines[:_HEAD_LINES])
    heading = heading_of(statements, clinical=clinical, file_name=file_name, labelled=pairs)
    grids = [grid for grid in grids_of(reading, clinical) if not is_questionnaire(grid.table, clinical)]
    clock = Clock(year=year_over(reading), until=heading.date)
    taken = [(g.start, g.end) for g in grids]
    timelines = timelines_of(reading, clinical, clock=clock, taken=taken)
    marked = _marked(reading, heading, grids)
    if heading.evidence_type is None:
        kind = kind_by_layout(reading, statements, grids=grids, timelines=timelines, marked=marked)
        heading = replace(heading, evidence_type=kind)
    toxin = _toxin(statements)
    statements = _outside(statements, reading, [*taken, *((t.start, t.end) for t in timelines)])
    source = Source(
        file_name=file_name,
        reading=reading,
        clinical=clinical,
        recorded=heading.date,
        evidence_type=heading.evidence_type,
        headache=_is_of_headache(statements, clinical),
        topics=topics,
    )
    document = ChartDocument(
        file_name=file_name,
        evidence_type=heading.evidence_type,
        date=heading.date,
        pages=tuple(page.number for page in text.pages),
        author=heading.author,
        author_specialty=heading.specialty,
        signed=heading.signed,
        patient_name=heading.patient_name,
        date_of_birth=heading.date_of_birth,
        member_id=heading.member_id,
    )
    if heading.evidence_type in {"ev.denial_letter", "ev.policy", "ev.literature"}:
        return document, ()  # speaks of what is asked, not of what is
    tried = heading.evidence_type == "ev.failed_trial" or any(
        "tried" in titled(line.text, clinical) for line in reading.lines[:_TITLE_LINES]
    )
    sheet = Sheet(file_name=file_name, recorded=heading.date, clinical=clinical, of_the_past=tried)
    body, added = _addendum(statements)
    injected = injected_in([grid.table for grid in grids])
    facts = [fact for grid in grids for fact in table_facts(grid.table, sheet, toxin=toxin)]
    if heading.evidence_type == "ev.rx_fills" and not any("supply" in grid.table.columns for grid in grids):
        grouped = grouped_fills(reading, clinical)
        facts += fill_facts(grouped, sheet) if grouped else ()
    facts += diary_facts(marked, sheet) if marked else ()
    facts += [fact for timeline in timelines for fact in timeline_facts(timeline, sheet, toxin=toxin)]
    facts.extend(_said(source, body, injected))
    if heading.evidence_type != "ev.pa_form":
        facts.extend(authorization_facts(source, statements, [grid.table for grid in grids], sheet))
    facts.extend(
        replace(fact, context=fact.context or Context.UNDATED_ADDENDUM)
        for fact in (_said(source, added, None) if added else ())
    )
    facts.extend(part_facts(source, body, [grid.table for grid in grids], sheet))
    if heading.evidence_type is None:
        heading = replace(heading, evidence_type=kind_by_parts(heading, statements, facts))
        document = replace(document, evidence_type=heading.evidence_type)
    of_another = heading.author is not None and _NO_PRESCRIBER.search(heading.author)
    if (
        heading.specialty is not None
        and not of_another
        and (heading.author or heading.evidence_type in _BY_A_CLINICIAN)
    ):
        facts.append(_specialty(document, heading.specialty))
    return document, tuple(facts)


_SIGNS = {
    **dict.fromkeys("\u2192\u21d2\u279c\u2794\u27a1", "->"),
    **dict.fromkeys("\u2191\u2b06\u21d1", " up "),
    **dict.fromkeys("\u2193\u2b07\u21d3", " down "),
    "\u2265": ">=", "\u2264": "<=", "\u00d7": "x",
}  # fmt: skip
"""What signs say in a note: "22 \u2192 9", "\u2191BP"."""
_HEAD_LINES = 40
_TITLE_LINES = 2
_ACHES = re.compile(r"head\s?ache|migraine", re.IGNORECASE)


def _marked(reading: Reading, heading: Heading, grids: Sequence[Grid]) -> Table | None:
    """The diary with a mark a day that a document is, where no table of it is one."""
    is_diary = heading.evidence_type in {"ev.headache_diary", None} and _ACHES.search(reading.text.content)
    return marked_days(reading) if is_diary and not any("headache" in g.table.columns for g in grids) else None


_BY_A_CLINICIAN = frozenset(
    {"ev.visit_note", "ev.hp", "ev.procedure_note", "ev.lmn", "ev.response_record", "ev.failed_trial"}
)
"""Kinds whose letterhead tells the specialty of whoever wrote them; on a laboratory's sheet it is nobody's."""
_NO_PRESCRIBER = re.compile(r"\b(?:PharmD|Pharm\.D|RPh|CPhT|RN|LPN|CMA)\b")
"""Who writes for others: the specialty on their sheet is a prescriber's."""
# Transcription services part headings and sentences by a comma: "MEDICATIONS:,  None.,ALLERGIES:,".
_DICTATED = re.compile(r"(?<=[.:;]),(?=\s*[A-Z\d])")
# "How many days had ANY headache? ....... 16": dots that lead to a form's number
_LEADERS = re.compile(r"[ \t]*\.{4,}[ \t]*(?=\d{1,3}\b)")
# "date............ 4/27/2026": dots that lead to what a label announces
_LED_LABEL = re.compile(
    r"(?:(?<=patient)|(?<=member)|(?<=name)|(?<=date)|(?<=dob)|(?<=dx)|(?<=diagnosis))[ \t]*\.{4,}[ \t]*(?=\S)",
    re.IGNORECASE,
)


def _without_dots(m: re.Match[str]) -> str:
    """Dots that lead to a number, as a colon or, behind a question, as the blank that an answer follows."""
    asked = m.string[: m.start()].endswith("?")
    return " " * len(m[0]) if asked else ":" + " " * (len(m[0]) - 1)


def _said(source: Source, statements: tuple[Statement, ...], injected: Injected | None) -> Iterator[Fact]:
    """Every fact that running text states; ``injected`` is what a table of muscles adds up to."""
    yield from drug_facts(source, statements)
    yield from count_facts(source, statements)
    yield from hour_facts(source, statements)
    yield from score_facts(source, statements)
    named = named_facts(source, statements)
    # A form lists what could be ordered, a questionnaire what is asked; what stands on them is no finding.
    # The "11 M" of a diary is no man of eleven.
    without = {"ev.order": _FINDINGS, "ev.scores": _FINDINGS, "ev.headache_diary": _AGE}.get(
        source.evidence_type or "", frozenset[FactKind]()
    )
    yield from (f for f in (*named, *daily_counts(source, statements)) if f.kind not in without)
    yield from study_facts(source, statements)
    yield from response_facts(source, statements)
    yield from moved_facts(source, statements)
    yield from procedure_facts(source, statements, injected=injected)


def _is_of_headache(statements: Sequence[Statement], clinical: Clinical) -> bool:
    """Whether a document names headache and no other illness that is counted in days or episodes."""
    named = {
        hit.key
        for statement in statements
        for hit in statement.of(Subject.ILLNESS)
        if hit.key in _HEADACHES or context_at(statement, hit.start, hit.end, clinical=clinical) is None
    }
    return bool(named & _HEADACHES) and not named & _OTHERWISE_COUNTED


_HEADACHES = {"chronic_migraine", "episodic_migraine", "migraine", "other_headache"}
_OTHERWISE_COUNTED = {"overactive_bladder", "neurogenic_bladder", "hyperhidrosis", "seizure"}
_FINDINGS = frozenset({FactKind.SYMPTOM, FactKind.EXAM_FINDING, FactKind.TEST_RESULT})
_AGE = frozenset({FactKind.AGE})
_ADDENDUM = re.compile(r"[\W_]*(?:late )?(?:addendum|amendment|late entry)\b", re.IGNORECASE)


def _addendum(statements: tuple[Statement, ...]) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """The statements of the document itself, and those of an addendum that carries no date."""
    for number, statement in enumerate(statements):
        if _ADDENDUM.match(statement.text):
            rest = statements[number:]
            dated = any(len(d.iso) == 10 for s in (rest[0], rest[-1]) for d in dates_in(s.text))
            return (statements, ()) if dated else (statements[:number], rest)
    return statements, ()


def _toxin(statements: Sequence[Statement]) -> str | None:
    """The one toxin that a document names; of several the one that its label calls its product, else None."""
    hits = [(s, h) for s in statements for h in s.of(Subject.DRUG) if h.key.startswith("botulinum_toxin/")]
    labelled = {h.key.split("/")[1] for s, h in hits if _PRODUCT.search(s.text, 0, h.start)} - {""}
    named = {h.key.split("/")[1] for _, h in hits} - {""}
    if len(labelled) == 1:
        return labelled.pop()
    return named.pop() if len(named) == 1 else None


_PRODUCT = re.compile(r"\b(?:product|toxin|agent|drug)\s*[:=#]\s*$", re.IGNORECASE)


def _outside(
    statements: tuple[Statement, ...], reading: Reading, tables: Sequence[tuple[int, int]]
) -> tuple[Statement, ...]:
    """The statements that are no rows of a table; ``tables`` are content spans."""
    if not tables:
        return statements
    places = [(prose_index(reading.prose, a), prose_index(reading.prose, b)) for a, b in tables]
    return tuple(s for s in statements if not any(a <= s.start < b for a, b in places))


def _specialty(document: ChartDocument, name: str) -> Fact:
    return Fact(
        kind=FactKind.SPECIALTY, name=name, date=document.date, recorded=document.date, file_name=document.file_name,
        page=document.pages[0] if document.pages else 1, text=document.author or name, confidence=0.8,
    )  # fmt: skip


def _identity(document: ChartDocument) -> Heading:
    return Heading(
        evidence_type=document.evidence_type, date=document.date, author=document.author,
        specialty=document.author_specialty, signed=document.signed, patient_name=document.patient_name,
        date_of_birth=document.date_of_birth, member_id=document.member_id,
    )  # fmt: skip


def named_in(documents: Sequence[ChartDocument]) -> Patient:
    """Whom most of the documents name, with the member ids in those that name nobody else."""
    names = Counter(d.patient_name for d in documents if d.patient_name)
    births = Counter(d.date_of_birth for d in documents if d.date_of_birth)
    name = names.most_common(1)[0][0] if names else None
    ids = dict.fromkeys(d.member_id for d in documents if d.member_id and d.patient_name in (None, name))
    return Patient(
        name=name,
        date_of_birth=births.most_common(1)[0][0] if births else None,
        member_ids=tuple(i for i in ids if i),
    )


def _copied(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Facts in words that an earlier document already held, to the letter, are copied forward and prove nothing new."""
    first: dict[str, str] = {}
    for fact in sorted(facts, key=lambda f: f.recorded or "9999"):
        if fact.recorded:
            first.setdefault(_key(fact), fact.recorded)
    return tuple(
        replace(f, context=Context.COPIED_FORWARD)
        if f.context is None and f.kind in _AGEING and f.recorded and len(f.text) >= 40 and first[_key(f)] < f.recorded
        else f
        for f in facts
    )


_AGEING = {FactKind.HEADACHE_DAYS, FactKind.MIGRAINE_DAYS, FactKind.HEADACHE_HOURS, FactKind.SCORE, FactKind.RESPONSE}


def _key(fact: Fact) -> str:
    return f"{fact.kind.value} {' '.join(fact.text.casefold().split())}"
