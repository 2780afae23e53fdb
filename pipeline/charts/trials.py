"""Medicines in a chart: tried, taken now, ordered, or not to be given. A name in passing is none of these."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.charts.barred import barred_by
from pipeline.charts.clinical import Subject
from pipeline.charts.context import contexts_at
from pipeline.charts.continued import with_what_follows
from pipeline.charts.dates import Period, period_in, with_years
from pipeline.charts.endings import is_not_barred, outcome_cues, outcome_of, tells_harm
from pipeline.charts.led_lists import led_outcomes
from pipeline.charts.likewise import as_before, is_likewise, stands_near
from pipeline.charts.mentions import Mention, mentions_of
from pipeline.charts.no_longer import no_longer
from pipeline.charts.proposals import is_thought_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.charts.trial_words import dose_in
from pipeline.knowledge.drugs import UNCLASSED
from pipeline.values.chart import Context, Fact, FactKind, Outcome

_FOR = re.compile(r"\b(?:for|to treat|treating|indication:?|used for|against|in)\s+(?:\w+[\s-]){0,3}$", re.IGNORECASE)

_GIVEN_THERE = re.compile(r"^.{0,30}\b(?:IV|IM|intravenous\w*|intramuscular\w*)\b")
_PAST_LEAVES = frozenset({Context.HISTORICAL})

_NOT_TAKEN = {Context.FAMILY, Context.ANOTHER_PERSON}


def drug_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Trials, current medicines, orders and contraindications."""
    ordered = tuple(statements)
    found: list[Fact] = []
    led = led_outcomes(ordered, source.reading.prose.text, source.clinical)
    before: tuple[Fact | None, int] = (None, 0)  # what was said of the last medicine, and where it was named
    for statement in with_what_follows(source, ordered):
        for mention in mentions_of(statement):
            told = None
            for drug_class, drug in mention.drugs:
                fact = _fact(source, statement, mention, drug_class=drug_class, drug=drug, led=led.get(statement.start))
                fact = _as_before(source, statement, mention, drug=(drug_class, drug), own=fact, before=before) or fact
                if fact is not None:
                    found.append(fact)
                    if _is_still_taken(source, statement, mention, fact):
                        found.append(replace(fact, kind=FactKind.CURRENT_DRUG, outcome=Outcome.ONGOING, reason=None))
                told = fact
            before = (
                told,
                statement.start + (mention.until if mention.until < len(statement.text) else len(statement.text)),
            )
    yield from no_longer(source, found)


def _as_before(
    source: Source,
    statement: Statement,
    mention: Mention,
    *,
    drug: tuple[str, str],
    own: Fact | None,
    before: tuple[Fact | None, int],
) -> Fact | None:
    """What is said of a medicine by what was said of the one before it; None where it has an ending of its own."""
    fact, place = before
    if fact is None or not is_likewise(statement, mention) or (own is not None and own.outcome in _ENDED):
        return None
    if (
        own is not None
        and own.context not in (None, fact.context)
        and not _NOR.search(statement.text, 0, mention.first)
    ):
        return None
    near = stands_near(source.reading.prose.text, place, statement.start + mention.first)
    return as_before(source, statement, mention, drug=drug, before=fact) if near else None


_ENDED = {Outcome.FAILURE, Outcome.INTOLERANCE, Outcome.CONTRAINDICATED}
_NOR = re.compile(r"\b(?:nor|neither)\s+(?:did|was|were|has|had)\s+$", re.IGNORECASE)
"""Right before a medicine: what is denied is what was denied of the one before."""


def _is_still_taken(source: Source, statement: Statement, mention: Mention, fact: Fact) -> bool:
    """Whether a medicine that does not do enough is taken still: "Meds: baclofen TID (ongoing, partial relief)"."""
    if fact.kind is not FactKind.DRUG_TRIAL or fact.outcome is not Outcome.FAILURE or fact.context is not None:
        return False
    cues = outcome_cues(statement, mention, source.clinical)
    own = statement.text[mention.last : mention.until]
    ended = "stopped" in cues or fact.stop is not None or statement.section == "tried" or not _PARTLY.search(own)
    return not ended and ("ongoing" in cues or statement.section == "medications")


_NEVER = re.compile(r"\s*[-:=\u2013\u2014(,.]+\s*never\s*(?:[.,;)]|$)", re.IGNORECASE)
"""Behind a medicine of a list: "Trihexyphenidyl - never;"."""
_PARTLY = re.compile(
    r"\b(?:partial\w*|some|a (?:little|bit)|modest\w*|minimal\w*|limited|insufficient\w*|inadequate\w*|slight\w*)\b",
    re.IGNORECASE,
)


def _fact(
    source: Source, statement: Statement, mention: Mention, *, drug_class: str, drug: str, led: Outcome | None
) -> Fact | None:
    contexts = contexts_at(statement, mention.first, mention.last, clinical=source.clinical)
    own = statement.text[mention.last : mention.until]
    cues = outcome_cues(statement, mention, source.clinical)
    period = _period(statement, mention, source.recorded)
    ended = statement.section == "tried" or period.days is not None or period.stop is not None
    ended = ended or tells_harm(statement, mention, cues, source.clinical)
    outcome, reason = outcome_of(statement, mention, cues, ended=ended)
    if outcome is None and not cues:
        outcome = led
    barred = barred_by(statement, mention, source.clinical)
    if barred is not None:
        outcome, reason = Outcome.CONTRAINDICATED, barred
    if _NEVER.match(own):
        contexts = (*contexts, Context.NEGATED)
    context = _context(contexts, statement, outcome=outcome, cues=cues)
    kind = _kind(
        statement,
        source,
        cues=cues,
        outcome=outcome,
        period=period,
        context=context,
        own=own,
        lead=statement.text[: mention.first],
        drug_class=drug_class,
        named=bool(drug),
    )
    if kind is None or (drug_class == UNCLASSED and not _is_told_of(kind, outcome)):
        return None
    if kind is FactKind.CURRENT_DRUG:
        outcome = Outcome.ONGOING
    complete = sum(x is not None for x in (dose_in(own), period.days, outcome))
    return fact_at(
        source,
        statement,
        kind,
        confidence=0.7 + 0.08 * complete,
        context=context,
        drug=drug or None,
        drug_class=drug_class if drug_class != UNCLASSED else None,
        dose=dose_in(own),
        indication=_indication(statement, mention, source),
        start=period.start,
        stop=period.stop,
        duration_days=period.days if outcome is not Outcome.CONTRAINDICATED else None,
        outcome=(outcome or Outcome.UNKNOWN) if kind is FactKind.DRUG_TRIAL else outcome,
        reason=reason,
    )


_NOT_ORDERED = re.compile(
    r"\s*(?:eval\w*|consult\w*|candida\w*|referral|discussion|was (?:only )?(?:discussed|mentioned)"
    r"|(?:is )?off[- ]label|(?:is |was )?not (?:asked for|requested|ordered|needed))\b",
    re.IGNORECASE,
)
"""Behind a medicine in a plan: it is to be thought over, or not asked for."""
_SPOKEN_OF = re.compile(r"\b(?:discussed|mentioned|talked about|asked about|went over)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a medicine in a plan: it was spoken of."""


def _is_told_of(kind: FactKind, outcome: Outcome | None) -> bool:
    """Whether a medicine of no class is worth a fact: taken, ordered or barred, or it is said how a trial ended."""
    return (
        kind in {FactKind.CURRENT_DRUG, FactKind.ORDER}
        or (kind is FactKind.DRUG_TRIAL and outcome in _TOLD)
        or outcome is Outcome.CONTRAINDICATED
    )


_TOLD = {Outcome.FAILURE, Outcome.INTOLERANCE}


def _period(statement: Statement, mention: Mention, recorded: str | None) -> Period:
    """When it was taken: what its own words say, and, where it is the only one, what stands before it."""
    own = period_in(with_years(statement.text[mention.last : mention.until], recorded))
    if len(mentions_of(statement)) > 1 or (own.start and own.stop):
        return own
    whole = period_in(with_years(statement.text[max(0, mention.first - 60) : mention.until], recorded))
    return whole if (whole.start, whole.stop, whole.days) != (None, None, None) else own


def _indication(statement: Statement, mention: Mention, source: Source) -> str | None:
    """What it was taken for, as the statement or its heading says."""
    own = [h for h in statement.of(Subject.ILLNESS) if mention.last <= h.start < mention.until]
    for hit in own:
        gap = statement.text[mention.last : hit.start]
        bracketed = re.search(r"\(\s*$", gap) or re.match(
            r"\s*(?:ppx|prophyla|prevent)", statement.text[hit.end :], re.IGNORECASE
        )
        if (bracketed or _FOR.search(gap)) and "reduc" not in gap:
            return _illness(hit.key)
    lead = [h for h in statement.of(Subject.ILLNESS) if h.end <= mention.first]
    for hit in lead:
        if re.search(r"(?:for|prevent\w*|prophyla\w*)", statement.text[: mention.first], re.IGNORECASE):
            return _illness(hit.key)
    if re.search(r"\b(?:prevent|prophyla|migraine|headache)", statement.heading, re.IGNORECASE):
        return "migraine"
    return None


def _illness(key: str) -> str:
    return "migraine" if key in {"chronic_migraine", "episodic_migraine"} else key


def _context(
    contexts: tuple[Context, ...], statement: Statement, *, outcome: Outcome | None, cues: dict[str, Hit]
) -> Context | None:
    """The context that takes the fact's plainness away; what is past is what a trial is."""
    plain_outcome = outcome in {Outcome.FAILURE, Outcome.INTOLERANCE, Outcome.CONTRAINDICATED}
    for context in contexts:
        if context in _PAST_LEAVES or (context is Context.NEGATED and _is_not_given(statement, outcome, cues)):
            continue
        if context is Context.PLANNED and statement.section == "plan" and "ongoing" in cues and "tried" not in cues:
            continue
        if context is Context.PLANNED and outcome is Outcome.CONTRAINDICATED and _NOT_OFFERED.search(statement.text):
            continue
        if context is Context.NEGATED and plain_outcome and "tried" not in cues:
            return context
        return context
    return None


_NOT_OFFERED = re.compile(
    r"\b(?:not|never)\s+(?:been\s+)?offered\b|\b(?:rejected|decided against|ruled out)\b", re.IGNORECASE
)


def _is_not_given(statement: Statement, outcome: Outcome | None, cues: dict[str, Hit]) -> bool:
    """Whether what is negated is that it was given, which is what a contraindication comes to."""
    if outcome is not Outcome.CONTRAINDICATED:
        return False
    said = cues.get("contraindicated")
    return said is None or (not is_not_barred(statement, said) and bool(_NOT_GIVEN.search(statement.text)))


# "not given: asthma, contraindicated"; not "is not contraindicated"
_NOT_GIVEN = re.compile(
    r"\b(?:not|never)\s+(?:been\s+)?(?:given|used|tried|started|taken|prescribed|offered)\b|\bn/a\b", re.IGNORECASE
)


def _kind(
    statement: Statement, source: Source, *, cues: dict[str, Hit], outcome: Outcome | None, period: Period,
    context: Context | None, own: str, lead: str, drug_class: str, named: bool,
) -> FactKind | None:  # fmt: skip
    dose = dose_in(own)
    if outcome is Outcome.CONTRAINDICATED or statement.section == "allergies":
        return FactKind.CONTRAINDICATION
    toxin = source.clinical.words.toxin_given.found_in(statement.text) or (dose or "").endswith("units")
    if drug_class == "botulinum_toxin" and toxin and outcome in (None, Outcome.ONGOING):
        return None  # an injection is a procedure, an intended one an order
    if context in _NOT_TAKEN or context in (Context.NEGATED, Context.HYPOTHETICAL):
        return FactKind.DRUG_TRIAL
    if context is Context.PLANNED and outcome is None:
        thought = _NOT_ORDERED.match(own) or _SPOKEN_OF.search(lead) or is_thought_of(lead, own)
        return None if thought else FactKind.ORDER
    if outcome in (Outcome.FAILURE, Outcome.INTOLERANCE) or "stopped" in cues:
        return FactKind.DRUG_TRIAL
    if outcome is Outcome.ONGOING or statement.section == "medications":
        return FactKind.CURRENT_DRUG
    if source.clinical.classes[drug_class].acute_only or source.clinical.words.for_attacks.found_in(own):
        if _GIVEN_THERE.search(own):
            return None  # an emergency department's infusion
        if not dose and not named:
            return None  # "a documented NSAID trial"
        return FactKind.CURRENT_DRUG if "tried" in cues or dose or statement.section in {"tried", "acute"} else None
    if statement.section == "tried" or "tried" in cues or (period.stop and dose):
        return FactKind.DRUG_TRIAL
    if statement.section == "acute" and dose:
        return FactKind.CURRENT_DRUG
    taken = context is None and statement.section in {None, "present", "assessment"} and _TAKEN_SO.match(own)
    told = [h for h in statement.of(Subject.OUTCOME) if not re.search(r"\bfor\s+$", statement.text[: h.start])]
    if taken and not cues and not told and period == Period():
        return FactKind.CURRENT_DRUG
    return None


_TAKEN_SO = re.compile(
    r"\s*(?:(?:XR|ER|XL|LA|SR|CR|DR|\d[\d.,/]*(?:\s*(?:mg|mcg|g|units?|mL|drops?|gtts?|puffs?|tabs?|caps?))?)\s+){0,3}(?:PO\s+)?"
    r"(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?d|qhs|q\s?hs|qam|qpm|q\d{1,2}h|daily|nightly|at bedtime|weekly|prn"
    r"|as needed)\b\.?"
    r"(?=\s*(?:[.,;)]|for\b(?! \d)))",
    re.IGNORECASE,
)
"""How a medicine is taken, said of it in a word: "Restasis BID"."""
