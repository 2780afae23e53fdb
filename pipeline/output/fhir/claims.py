"""A payer's decision on a claim or a request as ClaimResponse.

The service lines stand under ``addItem``: the claim as it was sent is not ours to number. Adjustment codes keep X12's
systems, so that a receiver knows them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from pipeline.output.fhir.parts import (
    Resource,
    coded,
    filled,
    identifier,
    instant,
    money,
    named,
    period,
    resource,
    text,
)
from pipeline.values.letter import Adjustment, ClaimEntry, Letter, ServiceLine, value_of
from pipeline.values.vocabulary import ServiceTiming

_ADJUDICATION = "http://terminology.hl7.org/CodeSystem/adjudication"
_CLAIM_TYPE = "http://terminology.hl7.org/CodeSystem/claim-type"
_CPT = "http://www.ama-assn.org/go/cpt"
_HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
_GROUP = "https://x12.org/codes/claim-adjustment-group-codes"
_CARC = "https://x12.org/codes/claim-adjustment-reason-codes"
_BEFORE = (ServiceTiming.PRE_SERVICE, ServiceTiming.CONCURRENT)


def response_key(letter: Letter, claim_number: str | None) -> str:
    """What tells a letter's answer to one claim from its answers to others."""
    return f"{letter.letter_id}/{claim_number or ''}"


def claim_responses(letter: Letter, *, today: date) -> Iterator[tuple[str, Resource]]:
    """The decisions of a letter with their keys, one a claim."""
    entries = letter.claims or (ClaimEntry(claim_number=value_of(letter.claim_number)),)
    alone = len(entries) == 1
    for entry in entries:
        number = entry.claim_number or (value_of(letter.claim_number) if alone else None)
        key = response_key(letter, number)
        yield key, resource("ClaimResponse", key, _content(letter, entry, number=number, alone=alone, today=today))


def _content(letter: Letter, entry: ClaimEntry, *, number: str | None, alone: bool, today: date) -> Resource:
    before = letter.service_timing in _BEFORE
    name = entry.member_name or value_of(letter.member_name)
    member = entry.member_id or value_of(letter.member_id)
    account = entry.patient_account_number or (value_of(letter.patient_account_number) if alone else None)
    notes = _notes(letter, entry, alone=alone)
    return {
        "identifier": identifier("payer-claim-control-number", number),
        "status": "active",
        "type": coded(_CLAIM_TYPE, "professional"),
        "use": "preauthorization" if before else "claim",
        "patient": named(name, system="member-id", value=member),
        # The day of the decision; where the letter has none, the day this resource was made.
        "created": value_of(letter.letter_date) or instant(today),
        "insurer": named(value_of(letter.payer)),
        "requestor": named(value_of(letter.provider_name), system="npi", value=value_of(letter.provider_npi))
        if letter.provider_name or letter.provider_npi else {},
        "request": {"identifier": account_id[0]} if (account_id := identifier("patient-account", account)) else {},
        "outcome": "complete",
        "disposition": letter.kind.value.replace("_", " "),
        "preAuthRef": letter.authorizations[0].number if before and letter.authorizations else None,
        "addItem": [_item(line) for line in entry.lines],
        "total": _totals(letter) if alone else [],
        "processNote": [
            {"number": place, "type": "display", "text": words} for place, words in enumerate(notes, start=1)
        ],
    }  # fmt: skip


def _notes(letter: Letter, entry: ClaimEntry, *, alone: bool) -> list[str]:
    """The reasons in words and the remark codes; those of the whole letter where it has one claim."""
    remarks = list(chain.from_iterable(line.rarc for line in entry.lines))
    if alone:
        remarks += [found.value for found in letter.rarc if found.value]
        reasons = [f"{reason.category.value.replace('_', ' ')}: {reason.text}" for reason in letter.denial_reasons]
    else:
        reasons = []
    return list(dict.fromkeys([*reasons, *(f"remark code {code}" for code in remarks)]))


def _totals(letter: Letter) -> list[Resource]:
    told = ((coded(_ADJUDICATION, "submitted"), letter.billed_amount), (text("denied"), letter.denied_amount))
    return [{"category": category, "amount": money(value_of(found))} for category, found in told if value_of(found)]


def _item(line: ServiceLine) -> Resource:
    days = [day for day in (line.from_, line.to) if day]
    return filled(
        {
            "productOrService": _service(line.code),
            "modifier": [text(modifier) for modifier in line.modifiers],
            "servicedDate": days[0] if len(set(days)) == 1 else None,
            "servicedPeriod": period(days) if len(set(days)) > 1 else {},
            "quantity": {"value": float(line.units)} if line.units and _is_number(line.units) else {},
            "net": money(line.billed),
            "adjudication": _adjudication(line),
        }
    )


def _adjudication(line: ServiceLine) -> list[Resource]:
    amounts: Sequence[tuple[str, str | None]] = (
        ("submitted", line.billed), ("eligible", line.allowed), ("benefit", line.paid),
    )  # fmt: skip
    told = [{"category": coded(_ADJUDICATION, code), "amount": money(amount)} for code, amount in amounts if amount]
    adjusted = [_adjusted(adjustment) for adjustment in line.adjustments]
    return [*told, *adjusted] or [{"category": text("no amount was stated")}]


def _adjusted(adjustment: Adjustment) -> Resource:
    category = coded(_GROUP, adjustment.group) if adjustment.group else text("adjustment")
    return filled({"category": category, "reason": coded(_CARC, adjustment.carc), "amount": money(adjustment.amount)})


def _service(code: str | None) -> Resource:
    if not code:
        return text("not stated")
    if re.fullmatch(r"\d{4}[0-9AFTU]", code):
        return coded(_CPT, code)
    return coded(_HCPCS, code) if re.fullmatch(r"[A-V]\d{4}", code) else text(code)


def _is_number(words: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", words) is not None
