"""Diagnoses, symptoms, signs and test results that a statement names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.charts.ages import age_facts
from pipeline.charts.clinical import DENIED, UNLESS, Subject
from pipeline.charts.context import context_at
from pipeline.charts.quantities import NUMBER, number_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Context, Fact, FactKind

_ICD = re.compile(r"(?<![\w.-])(?P<code>[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|G35|I10|K11\.7)(?![\w.]*\w)")
# "- R32 - Unspecified urinary incontinence": a category of three characters, where a list of codes has it
_CATEGORY = re.compile(r"^[\s*-]*(?P<code>[A-TV-Z]\d[0-9A-Z])(?=\s*[-\u2013:]\s*[A-Z][a-z])")
_PVR = re.compile(
    r"\b(?:post-?\s?void(?:ing)?|PVR|residual(?: urine| volume)?|(?:bladder )?scan(?:ned)?)\b[^.;\d]{0,40}"
    r"(?P<v>\d{1,4})\s*(?:mL|cc)\b",
    re.IGNORECASE,
)
_OF_THE_BLADDER = {"overactive_bladder", "neurogenic_bladder"}
_VOIDS = re.compile(
    rf"(?:\bvoid\w*\s+(?:about\s+|~\s*)?)?(?<![\d/.-])(?P<v>{NUMBER})(?:\s*(?:-|to)\s*{NUMBER})?\s*"
    r"(?:daytime )?(?:voids|urinations|(?<=\d)x|times)\s*(?:(?:/|per|a|each|in an?|in the|during the|by)\s*day\b"
    r"|(?:/|per|in|over)\s*24\s*-?h(?:ours?|rs?)?\b)",
    re.IGNORECASE,
)
_ONSET = re.compile(
    r"\b(?:since|onset|began|started|beginning|first noticed|from)\b[^.;\d]{0,20}"
    r"\b(?:age|aged|(?:s?he|they|I|pt) (?:was|were))"
    r"\s*(?:of\s*|about\s*)?(?P<v>\d{1,2})\b",
    re.IGNORECASE,
)
# "pain 8/10", "rated 7-9 out of 10", "severity 8 (0-10)", "NRS 8"
_PAIN = re.compile(
    r"\b(?:pain|severity|intensity|intense|headaches?|HAs?|migraines?|attacks?|episodes?|rated|rates?|VAS|NRS|peaks?|average)\b"
    r"[^.;\d]{0,40}(?<![\d/.-])(?P<v>\d{1,2})(?:\s*(?:-|to)\s*(?P<v2>\d{1,2}))?"
    r"\s*(?:/|out of|on a scale of)\s*10\b(?!\s+(?:days|pages|visits|sessions|months|weeks|attacks|patients))"
    r"|\b(?:NRS|VAS)\s*(?:pain)?\s*(?:score)?\s*(?:of|:|=)?\s*(?P<v3>\d{1,2})\b(?!\s*(?:/|-)\s*\d)",
    re.IGNORECASE,
)
# "GMFCS II", "GMFCS level 3": how a child with cerebral palsy moves about
_MOTOR_LEVEL = re.compile(
    r"\bGMFCS\s*(?:level|grade|class)?\s*[:=]?\s*(?P<v>IV|I{1,3}|V|[1-5])(?![\w/-])", re.IGNORECASE
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_WORST_PAIN = 10
_EARLY_ONSET = 25
"""Years; primary hyperhidrosis begins before."""
_EXAMINED = (
    # "EHL 4/5 L", "strength 2/5 bilateral"; full strength is no finding
    (
        re.compile(
            r"\b(?:strength|power|motor|MRC|EHL|dorsiflex\w*|plantarflex\w*|quad\w*|delt\w*"
            r"|biceps|triceps|grip|hip flex\w*|iliopsoas|TA"
            r"|[LRB]?[UL]E|finger \w+|wrist \w+|knee \w+"
            r"|elbow \w+)\b[^.;/\d]{0,40}(?<![\d/.])(?P<v>[0-4])[+-]?\s*/\s*5(?![\d/])",
            re.IGNORECASE,
        ),
        "muscle_strength",
        "of 5",
    ),
    # "PROM left elbow extension -20"
    (
        re.compile(r"\b[AP]?ROM\b[^.;\d]{0,50}?(?P<v>-?\d{1,3})(?![\d/%])\s*(?:deg\w*|\u00b0)?", re.IGNORECASE),
        "range_of_motion",
        "degree",
    ),
    (
        re.compile(r"\bgrip\b(?:\s+strength)?[^.;\d]{0,20}(?P<v>\d{1,3}(?:\.\d)?)\s*(?:kg|lbs?)\b", re.IGNORECASE),
        "grip_strength",
        "kg",
    ),
)
"""What an examination tells in numbers."""
_MANY_VOIDS = 8
"""So many voids a day or more are frequency."""


def named_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Everything a statement names, each with its context."""
    therapies: set[tuple[str | None, Context | None]] = set()
    for statement in statements:
        yield from _diagnoses(source, statement)
        for fact in _findings(source, statement):
            # A therapy is told once a document; that it came back in each sentence makes it no other one.
            if fact.kind is not FactKind.PROCEDURE:
                yield fact
            elif (fact.name, fact.context) not in therapies:
                therapies.add((fact.name, fact.context))
                yield fact
        yield from _numbers(source, statement)


def _diagnoses(source: Source, statement: Statement) -> Iterator[Fact]:
    # An item of a plan that bears a code is a diagnosis, whatever else the plan intends.
    coded_in = replace(statement, section=None) if statement.section == "plan" else statement
    codes = [*_ICD.finditer(statement.text), *_CATEGORY.finditer(statement.text)]
    for m in codes:
        if re.fullmatch(r"[A-Z]\d\d\.\d[CF]", m["code"]):
            continue  # a temperature
        yield fact_at(
            source, statement, FactKind.DIAGNOSIS, confidence=0.95, code=m["code"], name=_illness_of(m["code"], source),
            context=context_at(coded_in, m.start(), m.end(), clinical=source.clinical),
        )  # fmt: skip
    seen: set[str] = set()
    if source.headache and statement.section == "assessment" and not codes:
        for m in _CHRONIC.finditer(statement.text):
            seen.add("chronic_migraine")
            yield fact_at(
                source, statement, FactKind.DIAGNOSIS, confidence=0.8, name="chronic_migraine",
                context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
            )  # fmt: skip
            break
    coded = {_illness_of(m["code"], source) for m in codes}
    taken = [(hit.start, hit.end) for hit in statement.of(Subject.SCALE)]  # "Hyperhidrosis Disease Severity Scale"
    for hit in sorted(statement.of(Subject.ILLNESS), key=lambda h: h.start - h.end):
        inside = any(a <= hit.start and hit.end <= b for a, b in taken)
        taken.append((hit.start, hit.end))
        if inside or not source.clinical.illnesses[hit.key].diagnosed or hit.key in seen or hit.key in coded:
            continue
        context = context_at(statement, hit.start, hit.end, clinical=source.clinical)
        if statement.section == "plan" or _FOR.search(statement.text[: hit.start]):
            continue  # what something is for, not what was found
        seen.add(hit.key)
        yield fact_at(source, statement, FactKind.DIAGNOSIS, confidence=0.85, name=hit.key, context=context)


# "Imp: CM.", "Dx: CM w/o aura"; not "14 cm"
_CHRONIC = re.compile(r"(?<!\d)(?<!\d )\bCM\b(?=\s*(?:[.,;()]|$|w/|with))")
"""Chronic migraine as headache clinics write it among their diagnoses."""
_FOR = re.compile(r"\b(?<!criteria )(?<!criterion )(?:for|to treat)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _illness_of(code: str, source: Source) -> str | None:
    fits = [(len(c), e.id) for e in source.clinical.knowledge.illnesses for c in e.codes if code.startswith(c)]
    return max(fits)[1] if fits else None


_AIMS = frozenset({Context.HYPOTHETICAL, Context.PLANNED})


def _findings(source: Source, statement: Statement) -> Iterator[Fact]:
    seen: set[tuple[str, Context | None]] = set()
    hits = statement.of(Subject.FINDING)
    elsewise = [h for h in hits if h.key.endswith(UNLESS)]
    for hit in hits:
        if hit.key.endswith(UNLESS):
            continue
        name = hit.key.removesuffix(DENIED)
        entry = source.clinical.findings[name]
        if entry.illnesses and source.topics and source.topics.isdisjoint(entry.illnesses):
            continue  # words that are said of other illnesses too, in a document that speaks of those
        if statement.text[hit.end :].strip() == ":" and not statement.text[: hit.start].strip(" -*#"):
            continue  # a label with nothing behind it
        if any(h.key == name + UNLESS and h.start <= hit.start and hit.end <= h.end for h in elsewise):
            continue
        done = statement.section == "plan" and source.clinical.words.accomplished.found_in(statement.text[: hit.end])
        leave = _AIMS if entry.aimed else frozenset({Context.PLANNED}) if done else frozenset[Context]()
        therapy = entry.kind is FactKind.PROCEDURE
        if therapy and (statement.text.startswith("Pt ", hit.start) or not _is_of_this_patient(statement)):
            continue
        leave = leave | {Context.HISTORICAL} if therapy else leave
        context = context_at(statement, hit.start, hit.end, clinical=source.clinical, leave=leave)
        if name != hit.key and context in (None, Context.NEGATED):
            context = Context.NEGATED
        if (
            statement.section == "review"
            and context is None
            and re.match(r"[^:]{0,50}:\s*negative", statement.text, re.IGNORECASE)
        ):
            context = Context.NEGATED
        if (name, context) in seen:
            continue
        seen.add((name, context))
        # A therapy has no day of its own where none is told; the document's is not it.
        yield fact_at(source, statement, entry.kind, confidence=0.8, name=name, context=context, dated=not therapy)


def _is_of_this_patient(statement: Statement) -> bool:
    """Whether a statement can tell of a therapy that was had: no box of a form, no criterion, nothing of relatives."""
    return (
        statement.boxed is None
        and statement.section not in {"criteria", "family"}
        and not _NOT_HAD.search(statement.text)
    )


# Asked for, thought of or turned down is not had, whatever the statement says besides.
_NOT_HAD = re.compile(
    r"\b(?:refer\w*|order\w*|request\w*|schedul\w*|recommend\w*|consider\w*|discuss\w*|declin\w*|refus\w*|never"
    r"|denied|den(?:y|ies)|if|may|might|could|would|should|eval(?:uate|uation)? for|candidate|pending|await\w*"
    r"|(?:do|does|did)(?:es)? not (?:allow|permit)|not (?:feasible|possible|available|practical|an option)|cannot"
    r"|can't|unable|no access|too far|infeasible|impractical"
    r"|plan\w*|will|offer\w*|options?|alternatives?"
    r"|review\w*|risks?|n/a|prior to|not (?:interested|covered|approved|candidate))\b|\?",
    re.IGNORECASE,
)


def _numbers(source: Source, statement: Statement) -> Iterator[Fact]:
    for m in _PVR.finditer(statement.text) if source.topics & _OF_THE_BLADDER else ():
        yield fact_at(
            source, statement, FactKind.TEST_RESULT, confidence=0.9, name="post_void_residual",
            value=float(m["v"]), value_high=float(m["v"]), unit="mL",
            context=context_at(statement, m.start(), m.start("v"), clinical=source.clinical),
        )  # fmt: skip
    for m in _PAIN.finditer(statement.text):
        low = float(m["v"] or m["v3"])
        high = float(m["v2"] or low)
        if low <= high <= _WORST_PAIN:
            yield fact_at(
                source, statement, FactKind.SYMPTOM, confidence=0.85, name="pain_severity", value=low, value_high=high,
                unit="of 10", context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
            )  # fmt: skip
    for m in _VOIDS.finditer(statement.text):
        if number_of(m["v"]) >= _MANY_VOIDS and re.search(r"void|urin", statement.text, re.IGNORECASE):
            yield fact_at(
                source, statement, FactKind.SYMPTOM, confidence=0.85, name="frequency",
                context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
            )  # fmt: skip
    for m in _ONSET.finditer(statement.text):
        if float(m["v"]) < _EARLY_ONSET:
            yield fact_at(
                source, statement, FactKind.SYMPTOM, confidence=0.85, name="sweating_onset",
                context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
            )  # fmt: skip
    for m in _MOTOR_LEVEL.finditer(statement.text):
        level = float(_ROMAN.get(m["v"].upper(), 0) or m["v"])
        yield fact_at(
            source, statement, FactKind.SCORE, confidence=0.85, name="GMFCS", value=level, value_high=level,
            context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
        )  # fmt: skip
    for pattern, name, unit in _EXAMINED:
        for m in pattern.finditer(statement.text):
            yield fact_at(
                source, statement, FactKind.EXAM_FINDING, confidence=0.8, name=name, value=float(m["v"]),
                value_high=float(m["v"]), unit=unit,
                context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
            )  # fmt: skip
    yield from age_facts(source, statement)
