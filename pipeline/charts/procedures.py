"""Injections given, intended and authorized: units, sites, waste, day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.dates import Written, dates_in
from pipeline.charts.injection_days import EARLIER, UNITS, WHOLE_DAY, day_by_day, day_of_service, is_by_part, number_in
from pipeline.charts.muscle_tables import Injected
from pipeline.charts.proposals import is_thought_of
from pipeline.charts.rows import Sheet, row_fact
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.values.chart import Context, Fact, FactKind

_SUM = re.compile(
    r"\W*(?:sum|(?:grand )?total)(?:\s+(?:units|dose|U))?\s*[:=]?\s*(?P<n>\d{2,4})\s*(?:units?|U)?\W*", re.IGNORECASE
)
"""A line that is the sum of an injection record."""
_NDC = re.compile(r"\b(?:NDC\s*(?:#|no\.?|number)?\s*:?\s*)?(?P<ndc>\d{4,5}-\d{3,4}-\d{1,2})(?![\d-])", re.IGNORECASE)
_SITES = re.compile(r"(?P<n>\d{1,2})\s*(?:injection\s+)?sites?\b", re.IGNORECASE)
_SITES_HEAD = re.compile(r"\bsites\b[^\n]*\btotal\b", re.IGNORECASE)
_SUM_ROW = re.compile(r"\W*total\W+(?P<n>\d{1,2})\s+\d{2,3}\b", re.IGNORECASE)
"""The last row of a table of muscles: sites, then units."""
_WASTE = re.compile(
    r"\b(?:discard\w*|wast\w*)\b[^.;\d\n]{0,25}(?P<n>\d{1,3})\s*(?:units?|U)\b|(?P<n2>\d{1,3})\s*(?:units?|U)\b[^.;\d\n]{0,12}\b(?:discard|wast)\w*|\b(?:discarded|wasted?|waste|JW)\s*[:\t\n=x-]?\s*(?P<n3>\d{1,3})\b(?!\s*(?:mL|cc|sites?))",
    re.IGNORECASE,
)
_VIAL = re.compile(
    r"\d+[\s-]*(?:units?|U)[\s-]*(?:single-dose\s+)?vials?|\d+[\s-]*(?:units?|U)\s*x\s*\d+\s*vials?|vials?[^.;]{0,20}\d+\s*(?:units?|U)\b(?:\s*x\s*\d+)?",
    re.IGNORECASE,
)
_PACKAGE = re.compile(
    r"\bproduct(?: used)?\s*[:=-]\s*[^\n.;\d]{0,40}\d{2,3}\s*(?:U\b|units?\b)"
    r"(?=[^\n.;]{0,6}\b(?:lot|SDV|vials?|exp|NDC)\b)",
    re.IGNORECASE,
)
"""The size of what was opened: "Product: BOTOX 200U  Lot C1"."""
_TOTAL = re.compile(r"\b(?:total|sum|given|administered|injected|dose)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:baseline|headaches?|migraines?|HIT-?6|MIDAS|since|onset|expires|exp|valid"
    r"|DOB)\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def procedure_facts(
    source: Source, statements: Sequence[Statement], *, injected: Injected | None = None
) -> Iterator[Fact]:
    """The one injection that a procedure note records, or the injections and orders that a note speaks of.

    ``injected`` is what its table of muscles adds up to.
    """
    if source.evidence_type == "ev.procedure_note" or (source.evidence_type == "ev.mar" and _is_of_toxin(statements)):
        yield from _recorded(source, statements, injected)
        return
    if source.evidence_type in {"ev.pa_form", "ev.sp_dispense"}:
        yield from _requested(source, statements)
        if source.evidence_type == "ev.sp_dispense":
            yield from _earlier_ones(source, statements, _one_toxin(statements), day=source.recorded)
        return
    if source.evidence_type != "ev.pa_letter":
        spoken = [*_spoken_of(source, statements)]
        given = any(f.kind is FactKind.PROCEDURE and f.units is not None and f.context is None for f in spoken)
        # A heading or a vial that names the toxin is no injection beside the one that was told with its units.
        yield from (
            f
            for f in spoken
            if not (given and f.kind is FactKind.PROCEDURE and f.units is None and not _DATED.search(f.text))
        )


def _one_toxin(statements: Sequence[Statement]) -> str | None:
    """The one toxin that is named; None of several."""
    named = {
        h.key.split("/")[1] for s in statements for h in s.of(Subject.DRUG) if h.key.startswith("botulinum_toxin/")
    }
    return (named - {""}).pop() if len(named - {""}) == 1 else None


def _is_of_toxin(statements: Sequence[Statement]) -> bool:
    """Whether a toxin is the one medicine that a record of administration names."""
    return {h.key.split("/")[0] for s in statements for h in s.of(Subject.DRUG)} == {"botulinum_toxin"}


def _recorded(source: Source, statements: Sequence[Statement], injected: Injected | None) -> Iterator[Fact]:
    """A procedure note as one fact, at the statement or the table that gives the units."""
    total, at = None, None
    day = None
    for statement in statements:
        labelled = source.clinical.words.treatment_day.pattern.search(statement.text)
        if day is None and labelled and not EARLIER.search(statement.text[: labelled.end()]):
            day = next((d.iso for d in dates_in(statement.text) if d.start >= labelled.end()), None)
    for number, statement in enumerate(statements):
        amount = _amount(statement)
        if amount is None or statement.section == "plan" or _is_thought_of(source, statement):
            continue
        lead = statements[number - 1].text if number else ""
        weighty = bool(_TOTAL.search(statement.text) or _TOTAL.search(lead)) and "discard" not in lead.casefold()
        if at is None or (weighty and (total is None or amount > total or not _TOTAL.search(at.text))):
            total, at = amount, statement
    if at is None and injected is None:
        return
    toxin = next(
        (
            h.key.split("/")[1]
            for s in statements
            for h in s.of(Subject.DRUG)
            if h.key.startswith("botulinum") and h.key[-1] != "/"
        ),
        None,
    )
    of_toxin = any(h.key.startswith("botulinum") for s in statements for h in s.of(Subject.DRUG))
    whole = "\n".join(s.text for s in statements)
    package, wasted = _NDC.search(whole), _wasted(whole)
    shared: dict[str, Any] = {
        "drug": toxin, "drug_class": "botulinum_toxin" if of_toxin else None,
        "number": package["ndc"] if package else None, "date": day,
    }  # fmt: skip
    if injected is not None and (at is None or total != injected.units):
        yield row_fact(
            Sheet(file_name=source.file_name, recorded=source.recorded, clinical=source.clinical), injected.row,
            FactKind.PROCEDURE, confidence=injected.confidence, units=injected.units, **shared,
            sites=injected.sites or _sites_told(whole), wasted=wasted if injected.wasted is None else injected.wasted,
        )  # fmt: skip
    elif at is not None:
        sites = _sites_told(at.text) or _sites_told(whole) or (injected.sites if injected else None)
        if sites is None and _SITES_HEAD.search(whole) and (summed := _SUM_ROW.match(at.text)):
            sites = int(summed["n"])
        context = context_at(
            at, 0, len(at.text), clinical=source.clinical, leave=frozenset({Context.HISTORICAL, Context.NEGATED})
        )
        yield fact_at(
            source,
            at,
            FactKind.PROCEDURE,
            confidence=0.9,
            context=context,
            units=total,
            sites=sites,
            wasted=wasted,
            **shared,
        )
    yield from _earlier_ones(source, statements, toxin, day=day or source.recorded)


def _earlier_ones(
    source: Source, statements: Iterable[Statement], toxin: str | None, *, day: str | None
) -> Iterator[Fact]:
    """Injections of earlier days that a note speaks of: "last tx 03/10/2026", "injections of 7 August 2025"."""
    for statement in statements:
        others = any(not h.key.startswith("botulinum_toxin/") for h in statement.of(Subject.DRUG))
        if others or _OTHER_CARE.search(statement.text) or _CALLED_OFF.search(statement.text):
            continue
        for written in dates_in(statement.text):
            lead, rest = statement.text[: written.start], statement.text[written.end :]
            last = EARLIER.search(lead) and _GIVEN_THEN.search(statement.text)
            if len(written.iso) < WHOLE_DAY or not (last or _OF_A_DAY.search(lead) or _DAY_OF.match(rest)):
                continue
            if not last and (day is None or written.iso >= day):
                continue
            context = context_at(
                statement, written.start, written.end, clinical=source.clinical, leave=frozenset({Context.HISTORICAL})
            )
            yield fact_at(
                source, statement, FactKind.PROCEDURE, confidence=0.8, drug=toxin, units=_amount(statement),
                drug_class="botulinum_toxin" if toxin else None, date=written.iso, context=context,
            )  # fmt: skip


_OTHER_CARE = re.compile(
    r"\b(?:PT|OT|physio\w*|physical|occupational|therapy|dental|block|ESI|epidural|steroid|infusion|phototherapy|UVB|vaccin\w*|surgery"
    r"|acupuncture|chiro\w*|massage|needling|RFA|radiofrequency|trigger|counsel\w*|CBT"
    r"|biofeedback|dialysis|chemo\w*|radiation|laser|botox cosmetic|filler)\b",
    re.IGNORECASE,
)
"""Care that has treatments and sessions of its own."""
_NOT_DONE = (
    r"cancel\w*|called off|put off|postpon\w*|resched\w*|no[ -]?show"
    r"|missed (?:\w+ )?(?:appointment|injection|treatment|dose|tx|botox)|declin\w*|refus\w*"
    r"|not (?:given|done|performed|injected)"
)
_CALLED_OFF = re.compile(rf"\b(?:{_NOT_DONE})\b", re.IGNORECASE)
_OF_A_DAY = re.compile(
    r"\b(?:injections?|injected|treatments?|treated|sessions?|cycles?|rounds?|botox|toxin)\s+(?:were\s+|was\s+)?(?:given\s+)?(?:of|on|from)\s+$",
    re.IGNORECASE,
)
_DAY_OF = re.compile(
    r"\s*(?:botox\s+|toxin\s+)?(?:treatments?|injections?|sessions?|cycles?|rounds?|tx)\b(?!\s+(?:plan|scheduled|planned))",
    re.IGNORECASE,
)


def _sites_told(text: str) -> int | None:
    return max((int(m["n"]) for m in _SITES.finditer(text)), default=None)


def _wasted(text: str) -> float | None:
    """The units discarded; 0 where the note says that there were none."""
    if (m := _WASTE.search(text)) is not None:
        return float(m["n"] or m["n2"] or m["n3"])
    return 0.0 if _NONE_WASTED.search(text) else None


_NONE_WASTED = re.compile(
    r"\b(?:no|none|nothing|nil|zero)\b[^.;\d\n]{0,40}\b(?:wast|discard)|\b(?:waste[d]?|discarded)\s*[:=]?\s*(?:none|nil|zero|no)\b"
    r"|\bJZ\b",
    re.IGNORECASE,
)


def _is_thought_of(source: Source, statement: Statement) -> bool:
    """Whether the units of a statement are only thought of: "a 150-unit dose could be thought of later"."""
    m = UNITS.search(statement.text)
    context = context_at(statement, m.start(), m.end(), clinical=source.clinical) if m else None
    return context in (Context.HYPOTHETICAL, Context.PLANNED)


_GIVEN_THEN = re.compile(
    r"\b(?:treatment|tx|inject\w*|inj|shots?|round|cycle|procedure|session|botox|toxin|dose)\b", re.IGNORECASE
)


def _amount(statement: Statement) -> float | None:
    text = _WASTE.sub("", _VIAL.sub("", _PACKAGE.sub("", statement.text)))
    if (summed := _SUM.fullmatch(text)) is not None:
        return float(summed["n"])
    amounts = [number_in(m) for m in UNITS.finditer(text)]
    totals = [
        number_in(m)
        for m in UNITS.finditer(text)
        if re.search(r"\btot(?:al)?\b", text[max(0, m.start() - 60) : m.end() + 20], re.IGNORECASE)
    ]
    if not totals and len(amounts) > 1 and is_by_part(statement, text):
        return None  # "R gastroc 140 U, L gastroc 140 U": each is a part, and no injection by itself
    return max(totals or amounts, default=None)


def _requested(source: Source, statements: Sequence[Statement]) -> Iterator[Fact]:
    """The one order that a request form asks for or a pharmacy filled: its toxin and its units, in one line or two."""
    named = [
        h.key.split("/")[1]
        for s in statements for h in s.of(Subject.DRUG) if s.boxed is None and h.key.startswith("botulinum_toxin/")
    ]  # fmt: skip
    toxins = set(named) - {""}
    for statement in statements:
        beside = _BESIDE_CODE.search(statement.text)
        amount = float(beside["n"] or beside["n2"]) if beside is not None else _amount(statement)
        of_toxin = any(h.key.startswith("botulinum_toxin/") for h in statement.of(Subject.DRUG))
        if amount is None or len(toxins) != 1 or statement.boxed is not None or EARLIER.search(statement.text):
            continue
        if of_toxin or source.clinical.words.asked_for.found_in(statement.text):
            yield fact_at(
                source, statement, FactKind.ORDER, confidence=0.75, context=Context.PLANNED, drug=toxins.pop(),
                drug_class="botulinum_toxin", units=amount,
            )  # fmt: skip
            return


def _spoken_of(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    statements, words = tuple(statements), source.clinical.words
    named = {h.key for s in statements for h in s.of(Subject.DRUG) if h.key.startswith("botulinum_toxin/")}
    recent: str | None = None  # the toxin of the statement before
    service = day_of_service(statements)
    for number, statement in enumerate(statements):
        toxins = [h for h in statement.of(Subject.DRUG) if h.key.startswith("botulinum_toxin/")]
        toxin = next((h for h in toxins if h.key[-1] != "/"), toxins[0] if toxins else None)
        amount = _amount(statement)
        performed = bool(_PERFORMED.match(statement.text) or _PERFORMED.match(f"{statement.heading}:"))
        last = None if statement.of(Subject.DRUG) and not toxins else _LAST_ONE.search(statement.text)
        if toxin is None and last is not None and (recent or len(named) == 1):
            toxin = (
                Hit(recent or next(iter(named)), *last.span(), 0, 1) if dates_in(statement.text[last.end() :]) else None
            )
        elif toxin is None and amount is not None and len(named) == 1:
            m = UNITS.search(statement.text)
            if m is not None and (performed or _is_proposal(source, statement)):
                toxin = Hit(next(iter(named)), *m.span(), 0, 1)  # "continue 155 units": the one toxin of the document
        recent = toxin.key if toxin is not None else None
        days = [
            d for d in dates_in(statement.text) if len(d.iso) >= 7 and not _OF_ANOTHER.search(statement.text[: d.start])
        ]
        labelled = words.treatment_day.found_in(statement.text) or performed
        if toxin is None and len(named) == 1:
            yield from _earlier_ones(source, [statement], next(iter(named)).split("/")[1] or None, day=source.recorded)
        if toxin is None or not (amount is not None or labelled or days):
            continue
        done = bool(_DONE.search(statement.text)) and not _is_proposal(source, replace(statement, section=None))
        told_now = replace(statement, section=None) if done and statement.section == "plan" else statement
        context = context_at(
            told_now, toxin.start, toxin.end, clinical=source.clinical, leave=frozenset({Context.HISTORICAL})
        )
        ordered = source.evidence_type == "ev.order"
        given = words.treatment_done.found_in(statement.text)
        intended = (
            ordered
            or context is Context.PLANNED
            or _is_proposal(source, told_now)
            or (bool(_TO_BE_GIVEN.search(statement.text)) and not done and not _GIVEN.search(statement.text))
            or (words.ordered.found_in(statement.text) and not given and not labelled)
        )
        past = amount is not None and bool(days) and not intended and _is_past(source, statement, toxins, days)
        if not (intended or labelled or given or done or past):
            continue
        if not intended and _CALLED_OFF.search(statement.text):
            continue
        if intended and not ordered and is_thought_of(statement.text[: toxin.start], ""):
            continue
        if context is Context.PLANNED or intended:
            days = []
        elif not days and amount is not None and service is not None and (performed or given or done):
            days = [service]
        sites = _SITES.search(statement.text)
        beside = statements[number + 1] if number + 1 < len(statements) else None
        wasted = _wasted(statement.text)
        if wasted is None and beside is not None and not beside.of(Subject.DRUG):
            wasted = _wasted(beside.text)
        pairs: list[tuple[str | None, float | None]] = [*day_by_day(statement, days)]
        for day, units in pairs or [(d.iso, amount) for d in days] or [(None, amount)]:
            yield fact_at(
                source, statement, FactKind.ORDER if intended else FactKind.PROCEDURE, confidence=0.75,
                context=context if context is not None or not intended else Context.PLANNED,
                drug=toxin.key.split("/")[1] or None, drug_class="botulinum_toxin", units=units,
                sites=int(sites["n"]) if sites else None, date=day, wasted=None if intended or pairs else wasted,
                dated=intended or performed or done or bool(_TODAY.search(statement.text)),
            )  # fmt: skip


_DATED = re.compile(r"\d{1,2}[/-]\d{1,2}|(?:19|20)\d\d|[A-Z][a-z]{2,8}\.? \d{1,2}\b")
_BESIDE_CODE = re.compile(
    r"(?<![\d.,-])(?P<n>\d{2,3})\s+J058[5-8]\b|\bJ058[5-8]\b\s*(?:[x\u00d7*:]|units?:?"
    r"|qty:?)\s*(?P<n2>\d{2,3})\b",
    re.IGNORECASE,
)
"""Units in the cell beside the code of the toxin that they are of."""
_GIVEN = re.compile(r"\b(?:injected|given|administered|performed|received|underwent)\b", re.IGNORECASE)
_TO_BE_GIVEN = re.compile(
    r"\b(?:treatment|dosing|injection|dose)\s+(?:plan|regimen|protocol|proposal)\b(?!\s+(?:was"
    r"|completed|followed|of \d))"
    r"|\b(?:proposed|proposing|propose)\b(?!\s+by)|\bplan(?:ned)?\s*[:=]",
    re.IGNORECASE,
)
"""What says that units beside it are to be given: "treatment plan 155 units Botox"."""
_LAST_ONE = re.compile(
    r"\b(?:last|latest|most recent|prior|previous)\s+"
    r"(?:inj\w*|treatment|tx|cycle|round|session|toxin|shots?|\d{2,3}\s*(?:units?|U)\b)",
    re.IGNORECASE,
)


def _is_past(source: Source, statement: Statement, toxins: Sequence[Hit], days: Sequence[Written]) -> bool:
    """Whether a toxin, its units and days before the document's make an injection: "Botox 155 U 03/02/2026".

    Down to the last of the three stands nothing but words of injections: "Botox 155 units considered on 03/02/2026" is
    none.
    """
    text, recorded = statement.text, source.recorded
    if recorded is None or not all(day.iso < recorded[: len(day.iso)] for day in days) or _NOT_INJECTED.search(text):
        return False
    told = [(hit.start, hit.end) for hit in toxins] + [(day.start, day.end) for day in days]
    told += [m.span() for m in UNITS.finditer(text)]
    left = list(text[: max(end for _, end in told)])
    for start, end in told:
        left[start:end] = " " * (len(left[start:end]))
    return all(_OF_INJECTIONS.fullmatch(word) for word in _WORD.findall("".join(left)))


_WORD = re.compile(r"[A-Za-z][A-Za-z/'-]*")
_OF_INJECTIONS = re.compile(
    r"hpi|hx|history|on|since|of|in|at|x|with|the|her|his|and|then|was|were|is|most|recent|last|latest|prior|previous"
    r"|first|second|third|cycle|round|session|inj\w*|treat\w*|tx|dose|total|units?|u|sites?|received|got|had|given|s/p|im"
    r"|bilateral\w*|b/l|dates?|chemodenervation|underwent|performed|administered|done|completed|botulinum|toxin|a|to|from",
    re.IGNORECASE,
)
_NOT_INJECTED = re.compile(
    r"\b(?:auth\w*|approv\w*|denied|denial|PA|order\w*|request\w*|prescri\w*|Rx|ship\w*|dispens\w*|deliver\w*|fill\w*"
    rf"|received from|vials?|exp(?:ires?)?|lot|plan\w*|schedul\w*|quote\w*|bill\w*|claim\w*|{_NOT_DONE})\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\btoday\b|\bthis visit\b", re.IGNORECASE)
_DONE = re.compile(
    r"\btoday\b[^.;]{0,80}\b(?:wast\w*|discard\w*|sites|lot|tolerated|tol well|injected|given|done)\b"
    r"|\b(?:injected|given|done|administered|performed)\s+today\b",
    re.IGNORECASE,
)
"""What says, in a plan too, that it was given at the visit: "Botox #4 today 155 u/31 sites, 45 wasted"."""
_PERFORMED = re.compile(r"\W*(?:proc|procedure|injection|injected|inj)\b[\w ]{0,20}:", re.IGNORECASE)
"""A label under which a visit note tells the injection of the day."""


def _is_proposal(source: Source, statement: Statement) -> bool:
    """Whether the statement says what is to be given."""
    if statement.section == "plan":
        return True
    planned = context_at(statement, len(statement.text) - 1, len(statement.text), clinical=source.clinical)
    return planned is Context.PLANNED and statement.section in {"assessment", None, "present"}
