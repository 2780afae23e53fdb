"""Draws the answer key of a letter from its spec and a seeded random source."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from pipeline.values.letter import Addressee, Anchor, Category, CitationKind, CitationRole, LetterKind, ServiceTiming
from sample_letters.generator import people, rights
from sample_letters.generator.answer import Answer, Ask, Auth, Case, Cited, Limit, Line, Payer, Reason
from sample_letters.generator.bank import payers, reasons, words
from sample_letters.generator.houses import form, houses
from sample_letters.generator.spec import Spec, usable

_FIRST_DAY = date(2026, 8, 3)
_UNIT_PRICE = {"J0585": 1100}
_PROCEDURE_PRICE = 38500
_MISPRINTED = 0.3
_NO_GROUP = ("original_medicare", "medicaid", "part_d")


def draw(spec: Spec, rng: Random) -> Answer:
    """The answer key of one letter."""
    case = draw_case(spec, rng)
    said = _reasons(spec, case, rng)
    limits = rights.limits(
        rng, words("limits"), spec.kind, case, frozenset(r.category.value for r in said), by_date=spec.by_date
    )
    mode = _mode(spec)
    asks, scored = _asks(said, rng)
    auths = (Auth(number=_auth(case)),) if any(_auth(case) in r.text for r in said) else ()
    total = sum(line.billed for line in case.lines) or None
    return Answer(
        kind=spec.kind,
        case=_with_lines(spec, case, said),
        received=_received(spec, case, limits),
        addressee=Addressee.PROVIDER if spec.when == "claim" else rng.choice([Addressee.MEMBER, Addressee.PROVIDER]),
        timing={"pa": ServiceTiming.PRE_SERVICE, "claim": ServiceTiming.POST_SERVICE}.get(
            mode, ServiceTiming.POST_PAYMENT
        ),
        subtype=None,
        reasons=said,
        citations=_citations(spec, case, rng),
        limits=limits,
        reaches=rights.reaches(rng, spec.kind, case, limits),
        asks=asks,
        auths=auths,
        billed=total,
        denied=_denied(spec, case, total),
        printed_codes=spec.when == "claim" or rng.random() < 0.7,
        omit=frozenset() if scored else frozenset({"requested_evidence"}),
    )


def draw_case(spec: Spec, rng: Random) -> Case:
    """Who, what and when."""
    payer, about = payers()[spec.payer], words("indications")[spec.indication]
    name, home, birth = people.patient(rng)
    clinic = people.clinic(rng)
    day = _FIRST_DAY + timedelta(days=rng.randrange(108))
    day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
    day = day.replace(day=min(day.day, 28))
    units = about["units"][-1] if "quantity_limit" in spec.categories else rng.choice(about["units"])
    claim = spec.when == "claim"
    service_day = day - timedelta(
        days=rng.randrange(430, 500) if "timely_filing" in spec.categories else rng.randrange(20, 70)
    )
    return Case(
        payer=payer,
        letter_date=day,
        patient=name,
        birth=birth,
        patient_address=home,
        member_id=people.number(rng, payer.member_id),
        provider=clinic.clinician,
        npi=_printed_npi(spec, clinic.npi, rng),
        tin=clinic.tin,
        practice=clinic.name,
        practice_address=clinic.address,
        hcpcs=about["hcpcs"] or "",
        cpt=about["cpt"],
        service=rng.choice(about["service"]).format(units=units),
        drug=rng.choice(about["drug"]),
        diagnosis=rng.choice(about["diagnosis"]),
        units=units,
        allowed_units=min(about["cap"], max(units - 45, 50)),
        days=_days(spec, service_day),
        group=people.number(rng, rng.choice(["######", "G-#####", "00####-0##"]))
        if payer.line not in _NO_GROUP and rng.random() < 0.5
        else None,
        claim=people.number(rng, rng.choice(["26#########", "CLM-2026-######", "E########00"])) if claim else None,
        reference=people.number(rng, rng.choice(["PA-2026-#####", "A########", "REF#######"]))
        if not claim or spec.kind in (LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL)
        else None,
        account=people.number(rng, "PT-######") if claim and rng.random() < 0.5 else None,
        lines=_lines(about, units, service_day, rng, addon="bundling" in spec.categories) if claim else (),
    )


def _printed_npi(spec: Spec, npi: str, rng: Random) -> str:
    """The NPI as the payer prints it: houses that tell it in a sentence now and then misprint its check digit."""
    if not spec.house or houses()[spec.house].labels["npi"] or rng.random() > _MISPRINTED:
        return npi
    return npi[:-1] + str((int(npi[-1]) + 1) % 10)


def _days(spec: Spec, day: date) -> tuple[date, ...]:
    if spec.when != "claim":
        return ()
    return (day, day + timedelta(days=3)) if spec.indication == "inpatient" else (day,)


def _lines(about: dict[str, Any], units: int, day: date, rng: Random, *, addon: bool) -> tuple[Line, ...]:
    lines = [
        Line(day=day, code=about["cpt"], modifiers=(), units=1, billed=_PROCEDURE_PRICE + rng.randrange(0, 9000, 25))
    ]
    if addon:
        lines.append(Line(day=day, code=about["addon"], modifiers=(), units=1, billed=rng.randrange(8000, 15000, 25)))
    if about["hcpcs"]:
        modifiers = rng.choice([("JZ",), ()])
        lines.insert(
            0, Line(day=day, code=about["hcpcs"], modifiers=modifiers, units=units, billed=units * _UNIT_PRICE["J0585"])
        )
    return tuple(lines)


def _received(spec: Spec, case: Case, limits: tuple[Limit, ...]) -> date | None:
    """The day of the fax header, or of our stamp; no stamp where a limit runs from receipt, which would move it."""
    if spec.medium in ("fax", "fax_low"):
        return case.letter_date
    from_receipt = any(limit.anchor is Anchor.RECEIPT for limit in limits)
    return case.letter_date + timedelta(days=4) if spec.stamped and not from_receipt else None


def _with_lines(spec: Spec, case: Case, said: tuple[Reason, ...]) -> Case:
    """The case, its lines denied with the codes of the reasons, or paid where the money is asked back."""
    if not case.lines:
        return case
    carc = tuple(("CO", c) for r in said for c in r.carc)
    rarc = tuple(c for r in said for c in r.rarc)
    bare = any(r.subcategory == "jw_jz" for r in said)
    demanded = spec.kind is LetterKind.OVERPAYMENT_DEMAND
    lines = tuple(
        replace(x, carc=carc, rarc=rarc, modifiers=() if bare else x.modifiers, paid=x.billed if demanded else 0)
        for x in case.lines
    )
    return replace(case, lines=lines)


def _mode(spec: Spec) -> str:
    special = {LetterKind.DISMISSAL: "dismissal", LetterKind.OVERPAYMENT_DEMAND: "overpayment"}
    return special.get(spec.kind, spec.when)


def _reasons(spec: Spec, case: Case, rng: Random) -> tuple[Reason, ...]:
    out = []
    for category in spec.categories:
        fitting = [
            r for r in reasons() if r["category"] == category and usable(r, _mode(spec), spec.phase, spec.indication)
        ]
        if not fitting:
            raise ValueError(f"{spec.name}: no wording of {category} fits")
        out.append(_say(rng.choice(fitting), spec, case, rng))
    return tuple(out)


def _say(row: dict[str, Any], spec: Spec, case: Case, rng: Random) -> Reason:
    about = words("indications")[spec.indication]
    house = houses()[spec.house] if spec.house else None
    said = form(rng, row["category"], house.side) if house else rng.choice(row["say"])
    text = said.format(
        drug=case.drug,
        generic="onabotulinumtoxinA",
        service=case.service,
        patient="the patient",
        hcpcs=case.hcpcs,
        cpt=case.cpt,
        dx=case.diagnosis,
        units=case.units,
        cap=case.allowed_units,
        gap=rng.randrange(58, 80),
        auth=_auth(case),
        auth_units=case.allowed_units,
        addon=about["addon"],
        late=rng.randrange(190, 420),
        window=rng.choice([90, 180]),
        visits=rng.choice([20, 30]),
    )
    return Reason(
        category=Category(row["category"]),
        text=text[0].upper() + text[1:],
        subcategory=row.get("subcategory"),
        asks=tuple(row["asks"]),
        carc=tuple(row["carc"]),
        rarc=tuple(row["rarc"]),
    )


def _auth(case: Case) -> str:
    return f"AU{case.npi[-5:]}{case.birth.day:02d}"


def _asks(said: tuple[Reason, ...], rng: Random) -> tuple[tuple[Ask, ...], bool]:
    """What is asked for, and whether it may be scored: what a reason only implies is a matter of reading."""
    types = list(dict.fromkeys(t for r in said for t in r.asks))
    if not types:
        return (), True
    if rng.random() < 0.35:
        return (), False
    return tuple(Ask(evidence_type=t, text=rng.choice(words("asks")[t])) for t in types), True


def _denied(spec: Spec, case: Case, total: int | None) -> int | None:
    if spec.kind is LetterKind.PARTIAL_DENIAL and len(case.lines) > 1:
        return case.lines[-1].billed
    return total if spec.kind in (LetterKind.DENIAL, LetterKind.APPEAL_UPHELD) else None


def policy(payer: Payer) -> Cited:
    """The payer's botulinum policy as a citation."""
    p = payer.policy
    return Cited(
        kind=CitationKind(p.get("kind") or "payer_policy"),
        number=p["number"],
        printed=str(p["printed"]),
        role=CitationRole.BASIS,
        edition=p.get("edition"),
        issuer=p.get("issuer") or payer.name,
        title=p.get("title"),
    )


_CLINICAL = {
    "medical_necessity",
    "criteria_not_met",
    "step_therapy",
    "nonpreferred_product",
    "experimental",
    "off_label_dx",
    "quantity_limit",
    "continuation_no_benefit",
    "concurrent_therapy",
    "insufficient_documentation",
}
_PLAN_SECTIONS = (
    ("Section 4.2", "your Evidence of Coverage, Section 4.2"),
    ("Section 9.1", "the Certificate of Coverage, Section 9.1 (Exclusions)"),
    ("page 42", "the Summary Plan Description, page 42"),
    ("Chapter 4", "the Evidence of Coverage, Chapter 4"),
)


def _citations(spec: Spec, case: Case, rng: Random) -> tuple[Cited, ...]:
    out, found = [], set(spec.categories)
    botox = bool(case.hcpcs)
    if found & _CLINICAL and botox:
        out.append(policy(case.payer))
    if found & {"excluded_benefit", "cosmetic", "benefit_maximum"}:
        number, printed = rng.choice(_PLAN_SECTIONS)
        out.append(Cited(kind=CitationKind.PLAN_DOCUMENT, number=number, printed=printed, role=CitationRole.BASIS))
    if spec.law_extra:
        kind, number, printed = words("laws")["extra"][spec.law_extra]
        out.append(Cited(kind=CitationKind(kind), number=number, printed=printed, role=CitationRole.BASIS))
    if found & _CLINICAL and not botox:
        out.append(
            Cited(
                kind=CitationKind.GUIDELINE,
                number=None,
                title="InterQual 2026",
                printed="InterQual 2026 criteria",
                role=CitationRole.BASIS,
            )
        )
    if spec.laws:
        out.extend(_laws(case.payer, rng))
    return tuple(out)


def _laws(payer: Payer, rng: Random) -> list[Cited]:
    rows: dict[str, list[tuple[str, str, str]]] = words("laws")
    chosen = rows.get(payer.line) or rows["commercial"]
    if payer.line == "commercial":
        chosen = (
            rows["self_funded"]
            if payer.funding
            else rng.choice([rows["commercial"], rows["state"][:1], rows["state"][1:2], rows["state"][2:3]])
        )
    return [Cited(kind=CitationKind(k), number=n, printed=p, role=CitationRole.RIGHTS) for k, n, p in chosen]
