"""The gold answers of a letter in the shape of the contract, section 4."""

from typing import Any

from pipeline.values.letter import CitationRole
from sample_letters.generator.answer import Answer, Cited, Limit

_PLAN_TYPE = {
    "marketplace": "marketplace",
    "medicare_advantage": "medicare_advantage",
    "part_d": "part_d",
    "medicaid": "medicaid",
    "original_medicare": "original_medicare",
    "fehb": "fehb",
}

KEYS = frozenset(
    {
        "addressee",
        "service_timing",
        "payer",
        "delegate",
        "plan_type",
        "funding",
        "letter_date",
        "received_date",
        "member_name",
        "member_id",
    }
    | {"group_number", "patient_account_number", "claim_number", "reference_number", "provider_name", "provider_npi"}
    | {
        "service_description",
        "dates_of_service",
        "billed_amount",
        "denied_amount",
        "patient_responsibility",
        "procedure_codes",
    }
    | {
        "diagnosis_codes",
        "modifiers",
        "carc",
        "rarc",
        "authorizations",
        "denial_reasons",
        "policy_citations",
        "requested_evidence",
    }
    | {"clocks", "contacts"}
)


def letter_gold(answer: Answer, pages: list[int]) -> dict[str, Any]:
    """One letter's bare values; keys in ``answer.omit`` are left out and so not scored."""
    case = answer.case
    codes = answer.printed_codes
    asked = [c for c in (case.hcpcs, case.cpt) if c and (codes or _named(answer, c))]
    service_codes = [line.code for line in case.lines] or asked
    gold: dict[str, Any] = {
        "pages": pages,
        "kind": answer.kind.value,
        "addressee": answer.addressee.value,
        "service_timing": answer.timing.value,
        "payer": case.payer.name,
        "delegate": case.payer.delegate,
        "plan_type": "commercial" if case.payer.funding == "self_funded" else _PLAN_TYPE.get(case.payer.line),
        "funding": case.payer.funding,
        "letter_date": case.letter_date.isoformat(),
        "received_date": answer.received.isoformat() if answer.received else None,
        "member_name": case.patient,
        "member_id": case.member_id,
        "group_number": case.group,
        "patient_account_number": case.account,
        "claim_number": case.claim,
        "reference_number": case.reference,
        "provider_name": case.provider,
        "provider_npi": case.npi,
        "service_description": case.service,
        "dates_of_service": [d.isoformat() for d in case.days],
        "billed_amount": _money(answer.billed),
        "denied_amount": _money(answer.denied),
        "patient_responsibility": _money(answer.owed),
        "procedure_codes": service_codes,
        "diagnosis_codes": [case.diagnosis] if codes or _named(answer, case.diagnosis) else [],
        "modifiers": sorted({m for line in case.lines for m in line.modifiers}),
        "carc": sorted({c for line in case.lines for _, c in line.carc}),
        "rarc": sorted({c for line in case.lines for c in line.rarc}),
        "authorizations": [{"number": a.number} for a in answer.auths],
        "denial_reasons": list(dict.fromkeys(r.category.value for r in answer.reasons)),
        "policy_citations": [_cited(c) for c in answer.citations],
        "requested_evidence": [{"evidence_type": a.evidence_type, "text": a.text} for a in answer.asks],
        "clocks": [_clock(limit) for limit in answer.limits],
        "contacts": [
            {"purpose": r.purpose.value, "channel": r.channel.value, "value": r.value} for r in answer.reaches
        ],
    }
    if answer.subtype:
        gold["subtype"] = answer.subtype
    return {k: None if k in answer.nulls else v for k, v in gold.items() if k not in answer.omit}


def _named(answer: Answer, code: str) -> bool:
    return any(code in r.text for r in answer.reasons)


def _money(cents: int | None) -> str | None:
    return None if cents is None else f"{cents / 100:.2f}"


def _cited(c: Cited) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": c.kind.value, "number": c.number, "role": c.role.value}
    if c.edition:
        out["edition"] = c.edition
    if c.title:
        out["title"] = c.title
    if c.issuer and c.role is CitationRole.BASIS:
        out["issuer"] = c.issuer
    return out


def _clock(limit: Limit) -> dict[str, Any]:
    return {
        "kind": limit.kind.value,
        "for": limit.party.value,
        "amount": limit.amount,
        "unit": limit.unit.value if limit.unit else None,
        "anchor": limit.anchor.value,
        "due": limit.due.isoformat() if limit.due else None,
        "basis": "stated" if limit.amount is not None else "stated_date",
    }


def unscored(keep: frozenset[str]) -> frozenset[str]:
    """Every key of a gold letter but ``keep``."""
    return KEYS - keep
