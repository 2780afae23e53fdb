"""After a toxin was given: units, waste, vials, authorization, codes, package and diagnosis against each other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.knowledge.policies import Diagnoses
from pipeline.knowledge.service_rules import ServiceRules, Toxin
from pipeline.match.proofs import Case, proof_of, weigh
from pipeline.match.weights import Weight
from pipeline.values.chart import Fact, FactKind
from pipeline.values.letter import Letter, ServiceLine
from pipeline.values.task import Missing, Owner, Requirement, RequirementSource, Status

_RULES = RequirementSource(policy="Units, codes and packages (Medicare and label rules)", verified=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was given on the day, as the record says it; waste None where it does not say."""

    units: float
    wasted: float | None
    fact: Fact


def service_requirements(
    letter: Letter, case: Case, *, rules: ServiceRules, diagnoses: Diagnoses | None
) -> tuple[Requirement, ...]:
    """The checks that the letter's claim lines and the record of the day allow; none before the service."""
    toxin = _toxin(letter, rules)
    if not case.given or toxin is None:
        return ()
    lines = [line for claim in letter.claims for line in claim.lines if line.code]
    given = _given(case, toxin)
    return tuple(
        one
        for one in (
            _vials(given, toxin),
            _billed(given, toxin, lines),
            _modifiers(toxin, lines),
            _authorized(given, letter, case),
            _pairs([found.value for found in letter.procedure_codes if found.value], lines, rules),
            _package(given, toxin, lines),
            _diagnosis(letter, diagnoses),
        )
        if one is not None
    )


def _toxin(letter: Letter, rules: ServiceRules) -> Toxin | None:
    codes = {found.value for found in letter.procedure_codes}
    found = [toxin for toxin in rules.toxins if toxin.code in codes]
    return found[0] if len(found) == 1 else None


def _given(case: Case, toxin: Toxin) -> Given | None:
    for w in weigh(case, [FactKind.PROCEDURE], ages=False):
        fact = w.fact
        if w.weight is Weight.PLAIN and w.day == case.day and fact.units and fact.drug in (None, toxin.drug):
            return Given(units=fact.units, wasted=fact.wasted, fact=fact)
    return None


def _answer(
    criterion_id: str, statement: str, status: Status, why: str, *, facts: Iterable[Fact] = (), missing: Missing | None
) -> Requirement:
    return Requirement(
        criterion_id=criterion_id,
        statement=statement,
        source=_RULES,
        phase="both",
        status=status,
        why=why,
        evidence=tuple(proof_of(fact) for fact in facts),
        missing=None if status in (Status.MET, Status.NOT_APPLICABLE) else missing,
    )


_RECORD = Missing(
    evidence_type="ev.procedure_note",
    what="the signed injection record of the day, with units given and units discarded",
    where_to_find="the chart, procedure note of the date of service; the drug log for the vial",
    owner=Owner.CLINIC_NURSE,
    turnaround_days=1,
)
_CLAIM = Missing(
    evidence_type="ev.claim_copy",
    what="a corrected claim whose units, modifiers, codes and package agree with the record",
    where_to_find="the practice management system; the injection record of the day",
    owner=Owner.BILLER,
    turnaround_days=1,
)
_LETTER = Missing(
    evidence_type="ev.pa_letter",
    what="the authorization that covers the day and the units given and discarded",
    where_to_find="the payer's portal; ask for the authorization to be amended where it is short",
    owner=Owner.PA_COORDINATOR,
    turnaround_days=2,
)


def _vials(given: Given | None, toxin: Toxin) -> Requirement:
    statement = "units given and discarded together are whole vials"
    if given is None or given.wasted is None:
        why = (
            "no record of the day says what was given"
            if given is None
            else "the record does not say what was discarded"
        )
        whole = given is not None and _whole(given.units, toxin)
        if given is not None and whole:
            why = f"{given.units:g} units given are whole vials; nothing discarded is recorded"
            return _answer("svc.vials", statement, Status.MET, f"{why}.", facts=(given.fact,), missing=None)
        facts = () if given is None else (given.fact,)
        return _answer("svc.vials", statement, Status.UNKNOWN, f"{why}.", facts=facts, missing=_RECORD)
    total = given.units + given.wasted
    status = Status.MET if _whole(total, toxin) else Status.NOT_MET
    why = f"{given.units:g} given and {given.wasted:g} discarded are {total:g} units"
    return _answer("svc.vials", statement, status, f"{why}.", facts=(given.fact,), missing=_RECORD)


def _whole(total: float, toxin: Toxin) -> bool:
    """Whether so many units are some number of whole vials."""
    reached = {0}
    while reached and max(reached) < total:
        reached = {r + vial for r in reached for vial in toxin.vials if r + vial <= total} - {0}
        if total in reached:
            return True
    return total in reached and total > 0


def _billed(given: Given | None, toxin: Toxin, lines: list[ServiceLine]) -> Requirement | None:
    """The units billed, waste on a line of its own, against the record."""
    mine = [line for line in lines if line.code == toxin.code and line.units]
    if not mine:
        return None
    statement = "units billed are the units given, and the discarded ones stand on the JW line"
    if given is None:
        why = "no record of the day says what was given."
        return _answer("svc.units", statement, Status.UNKNOWN, why, missing=_RECORD)
    dose = sum(_units(line) for line in mine if "JW" not in line.modifiers) * toxin.billing
    waste = sum(_units(line) for line in mine if "JW" in line.modifiers) * toxin.billing
    agrees = dose == given.units and waste == (given.wasted or 0)
    why = f"billed {dose:g} and {waste:g} discarded; recorded {given.units:g} and {given.wasted or 0:g}."
    status = Status.MET if agrees else Status.NOT_MET
    return _answer("svc.units", statement, status, why, facts=(given.fact,), missing=_CLAIM)


def _units(line: ServiceLine) -> float:
    return float(re.sub(r"[^\d.]", "", line.units or "") or 0)


def _modifiers(toxin: Toxin, lines: list[ServiceLine]) -> Requirement | None:
    mine = [line for line in lines if line.code == toxin.code]
    if not mine:
        return None
    used = {m for line in mine for m in line.modifiers} & {"JW", "JZ"}
    statement = "one of JW (discarded) and JZ (nothing discarded) stands on the drug, never both"
    if len(used) == 1:
        return _answer("svc.jw_jz", statement, Status.MET, f"{used.pop()} is on the claim.", missing=None)
    why = "JW and JZ both stand on the claim." if used else "neither JW nor JZ is on the lines that the letter shows."
    return _answer("svc.jw_jz", statement, Status.NOT_MET if used else Status.UNKNOWN, why, missing=_CLAIM)


def _authorized(given: Given | None, letter: Letter, case: Case) -> Requirement | None:
    """The authorized units against what was given and discarded; the dates against the day."""
    found: list[tuple[float | None, str | None, str | None, Fact | None]] = [
        (w.fact.units, w.fact.from_, w.fact.to, w.fact)
        for w in weigh(case, [FactKind.AUTHORIZATION], ages=False)
        if w.weight is Weight.PLAIN
    ]
    found += [(float(a.units) if a.units else None, a.from_, a.to, None) for a in letter.authorizations]
    if not found:
        return None
    statement = "an authorization covers the day and the units given and discarded"
    day = case.day.isoformat()
    covering = [a for a in found if (a[1] or day) <= day <= (a[2] or day) and a[1] and a[2]]
    facts = tuple(a[3] for a in covering or found if a[3] is not None)
    if not covering:
        dated = [a for a in found if a[1] and a[2]]
        status = Status.NOT_MET if len(dated) == len(found) else Status.UNKNOWN
        return _answer("svc.authorized", statement, status, f"none covers {day}.", facts=facts, missing=_LETTER)
    units = max((a[0] for a in covering if a[0] is not None), default=None)
    if given is None or units is None:
        why = "the units are not recorded on both sides."
        return _answer("svc.authorized", statement, Status.UNKNOWN, why, facts=facts, missing=_LETTER)
    needed = given.units + (given.wasted or 0)
    why = f"{units:g} units authorized; {given.units:g} given and {given.wasted or 0:g} discarded."
    status = Status.MET if units >= needed else Status.NOT_MET
    return _answer("svc.authorized", statement, status, why, facts=(*facts, given.fact), missing=_LETTER)


def _pairs(codes: list[str], lines: list[ServiceLine], rules: ServiceRules) -> Requirement | None:
    if not lines:
        return None
    billed = [line.code for line in lines if line.code]
    wrong = [f"{a} with {b}" for a, b in rules.exclusive if a in billed and b in billed]
    wrong += [f"{code} twice" for code in rules.once if billed.count(code) > 1]
    wrong += [f"{line.code} with modifier 50" for line in lines if line.code in rules.once and "50" in line.modifiers]
    if not wrong and not {*billed, *codes} & {code for pair in rules.exclusive for code in pair}:
        return None
    statement = "no procedure codes that exclude each other are billed for one session"
    why = f"{'; '.join(wrong)}." if wrong else "the lines that the letter shows hold none."
    return _answer("svc.pairs", statement, Status.NOT_MET if wrong else Status.MET, why, missing=_CLAIM)


def eleven_digits(ndc: str) -> str:
    """Labeler and product of a package code in the 5-4 form that claims use.

    >>> eleven_digits("0023-3921-02")
    '00023-3921'
    """
    parts = ndc.split("-")
    if len(parts) == 3:
        return f"{parts[0]:0>5}-{parts[1]:0>4}"
    digits = re.sub(r"\D", "", ndc)
    return f"{digits[:5]}-{digits[5:9]}" if len(digits) == 11 else ""


def _package(given: Given | None, toxin: Toxin, lines: list[ServiceLine]) -> Requirement | None:
    said = [line.ndc for line in lines if line.ndc] + ([given.fact.number] if given and given.fact.number else [])
    codes = {code for ndc in said if ndc and (code := eleven_digits(ndc))}
    if not codes:
        return None
    statement = "the package (NDC) is one of the medical product"
    facts = (given.fact,) if given is not None and given.fact.number else ()
    for code in sorted(codes):
        if code in toxin.cosmetic:
            return _answer(
                "svc.ndc", statement, Status.NOT_MET, f"{code} is a cosmetic package.", facts=facts, missing=_CLAIM
            )
    unknown = sorted(code for code in codes if code not in toxin.packages)
    why = f"{', '.join(unknown)} is not on our list." if unknown else f"{', '.join(sorted(codes))}."
    return _answer("svc.ndc", statement, Status.UNKNOWN if unknown else Status.MET, why, facts=facts, missing=_CLAIM)


def _diagnosis(letter: Letter, diagnoses: Diagnoses | None) -> Requirement | None:
    codes = [found.value for found in letter.diagnosis_codes if found.value]
    if diagnoses is None or not codes:
        return None
    statement = "the diagnosis billed is on the covered list"
    covered = [code for code in codes if code.startswith(diagnoses.covered)]
    refused = [code for code in codes if diagnoses.not_covered and code.startswith(diagnoses.not_covered)]
    missing = Missing(
        evidence_type="ev.visit_note",
        what="the note that states the diagnosis; coder and clinician decide what it supports",
        where_to_find="the chart, assessment of the visit; the claim's diagnosis lines",
        owner=Owner.CODER,
        turnaround_days=1,
    )
    if covered:
        return _answer("svc.diagnosis", statement, Status.MET, f"{', '.join(covered)} is covered.", missing=None)
    why = f"{', '.join(refused or codes)} is {'named as not covered' if refused else 'on neither list'}."
    status = Status.NOT_MET if refused else Status.UNKNOWN
    return _answer("svc.diagnosis", statement, status, why, missing=missing)
