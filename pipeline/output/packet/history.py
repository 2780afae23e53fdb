"""The evidence table as lists for a template: treatments, daily life, course of the illness, scores over time.

A row whose proof the chart holds no more is left out; a field that the record does not say stays empty.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.output.packet.items import Brief, Item, proof_parts, proofs_parts
from pipeline.output.packet.parts import Parts, day, joined, of_proof, value, words
from pipeline.values.chart import Outcome
from pipeline.values.evidence import Aspect, Proof, ScoreRow, SymptomRow, TreatmentRow
from pipeline.values.packet import Source, SourceKind

_ENDED = (Outcome.FAILURE, Outcome.INTOLERANCE, Outcome.CONTRAINDICATED)
_OUTCOMES = {
    Outcome.FAILURE: "no sufficient effect",
    Outcome.INTOLERANCE: "not tolerated",
    Outcome.CONTRAINDICATED: "contraindicated",
    Outcome.ONGOING: "ongoing",
}
_COURSE = (Aspect.FREQUENCY, Aspect.SEVERITY, Aspect.DURATION, Aspect.FEATURE, Aspect.RESPONSE)


def trials(brief: Brief) -> list[Item]:
    """What was tried and ended, or may not be given; medicines of the attack are no trial."""
    table = brief.matter.evidence
    rows = table.treatments if table is not None else ()
    found = [_treatment(row, brief) for row in rows if row.outcome in _ENDED and not row.acute_only]
    return [item for item in found if item]


def treatments(brief: Brief) -> list[Item]:
    """Treatments whose end the record does not tell, earlier injections and those of the attack among them."""
    table = brief.matter.evidence
    rows = table.treatments if table is not None else ()
    found = [_treatment(row, brief) for row in rows if row.outcome not in _ENDED or row.acute_only]
    return [item for item in found if item]


def daily_life(brief: Brief) -> list[Item]:
    """What the illness does to daily life, in the words of the record alone."""
    table = brief.matter.evidence
    rows = table.symptoms if table is not None else ()
    passages = dict.fromkeys(proof for row in rows if row.aspect is Aspect.DAILY_LIFE for proof in row.proofs)
    return [{"proofs": shown} for proof in passages if (shown := proof_parts(proof, brief))]


def symptoms(brief: Brief) -> list[Item]:
    """How often, how strong, how long, with what features, and what treatment did."""
    table = brief.matter.evidence
    rows = table.symptoms if table is not None else ()
    each: dict[str, list[SymptomRow]] = {}
    for row in rows:
        if row.aspect in _COURSE:
            each.setdefault(row.what, []).append(row)
    found = [item for same in each.values() if (item := _symptom(same, brief))]
    by_words: dict[Parts, list[Parts]] = {}
    for item in found:  # one passage often tells of several things
        by_words.setdefault(item["proofs"], []).append(item["what"])
    return [{"what": _capital(joined(whats)), "proofs": proofs} for proofs, whats in by_words.items()]


def _capital(parts: Parts) -> Parts:
    first, *rest = parts
    return (replace(first, text=first.text[:1].upper() + first.text[1:]), *rest)


def scores(brief: Brief) -> list[Item]:
    """Scales with their values by day."""
    table = brief.matter.evidence
    rows = table.scores if table is not None else ()
    return [item for row in rows if (item := _score(row, brief))]


def _sources(proofs: Sequence[Proof], brief: Brief) -> tuple[Source, ...]:
    facts = brief.matter.on_file.chart.facts if brief.matter.on_file is not None else ()
    return tuple(source for proof in proofs if (source := of_proof(proof, facts)) is not None)


def _treatment(row: TreatmentRow, brief: Brief) -> Item:
    sources = _sources(row.proofs, brief)
    if not sources:
        return {}
    item: Item = {"what": value(row.what, *sources), "exhibit": _where(sources, brief)}
    if row.outcome in _OUTCOMES:
        item["outcome"] = value(_OUTCOMES[row.outcome], *sources)
    if row.dose:
        item["dose"] = value(row.dose, *sources)
    if period := _period(row, sources):
        item["period"] = period
    if row.duration_days:
        item["duration"] = value(f"{row.duration_days} days", *sources)
    if why := row.side_effect or row.reason:
        item["why"] = value(why, *sources)
    return {name: parts for name, parts in item.items() if parts}


def _period(row: TreatmentRow, sources: Sequence[Source]) -> Parts:
    if row.start and row.stop:
        return (*value(day(row.start), *sources), *words(" to "), *value(day(row.stop), *sources))
    return value(day(row.start), *sources) if row.start else ()


def _symptom(rows: Sequence[SymptomRow], brief: Brief) -> Item:
    """What is said of one symptom at any time; each passage has the day of its document before it."""
    shown = proofs_parts((proof for row in rows for proof in row.proofs), brief)
    if not shown:
        return {}
    row = rows[0]
    return {
        "what": value(row.what, Source(kind=SourceKind.KNOWLEDGE, ref=f"aspect.{row.aspect.value}", text=row.what)),
        "proofs": shown,
    }


def _score(row: ScoreRow, brief: Brief) -> Item:
    sources = _sources(row.proofs, brief)
    if not sources:
        return {}
    item: Item = {
        "what": value(row.scale, *sources),
        "score": value(f"{row.value:g}", *sources),
        "exhibit": _where(sources, brief),
    }
    if row.date is None and row.earlier:
        item["date"] = words("an earlier time")
    if row.date:
        item["date"] = value(day(row.date), *sources)
    return {name: parts for name, parts in item.items() if parts}


def _where(sources: Sequence[Source], brief: Brief) -> Parts:
    """Every place that says so, each once."""
    found = {pointer[0].text: pointer for source in sources if (pointer := brief.places.of_source(source))}
    return joined(list(found.values()), between="; ", last="; ")
