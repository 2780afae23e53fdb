"""A group of segments read as what it says: a payment, a claim, a service line.

Segments and codes that are not known are passed over; an amount or a day that is none is None, never a guess.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from pipeline.read.x12.segments import Segment
from pipeline.values.remittance import (
    Adjusted,
    ClaimAct,
    KeptBack,
    Payment,
    RemittedClaim,
    RemittedLine,
    RemittedPerson,
)

_ACTS = {"22": ClaimAct.REVERSED, "25": ClaimAct.FORESEEN}
_AMOUNT = re.compile(r"-?\d{0,15}(?:\.\d{1,4})?")
_NOBODY = RemittedPerson()
_SERVICE_DAYS = ("472", "150", "151")
_CLAIM_DAYS = ("232", "233")
_PRODUCED = "405"
_MOST_CODES = 30
"""Codes that one claim or line keeps of each kind; the guide allows fewer."""


def payment_of(head: Sequence[Segment], kept_back: Sequence[Segment]) -> Payment:
    """A payment by what stands before its claims and after them."""
    pays, trace = _first(head, "BPR"), _first(head, "TRN")
    days = [_day(pays.at(16))] if pays else []
    days += [_day(s.at(2)) for s in head if s.name == "DTM" and s.at(1) == _PRODUCED]
    parties = {s.at(1): s for s in reversed(head) if s.name == "N1"}
    refs = _references(head)
    payee = parties.get("PE")
    return Payment(
        payer=_party(parties.get("PR")),
        payee=_party(payee),
        tin=refs.get("TJ") or (payee.at(4) or None if payee and payee.at(3) == "FI" else None),
        amount=_amount(pays.at(2)) if pays else None,
        trace=(trace.at(2) or None) if trace else None,
        days=tuple(day for day in days if day),
        kept_back=tuple(one for s in kept_back if s.name == "PLB" for one in _kept_back(s)),
        said=_said([*head, *kept_back]),
    )


def claim_of(head: Sequence[Segment], lines: Sequence[Sequence[Segment]], *, page: int, payment: int) -> RemittedClaim:
    """A claim by its CLP and what follows it; ``payment`` is the place of its payment in the file."""
    clp, refs = head[0], _references(head)
    people = {s.at(1): _person(s) for s in reversed(head) if s.name == "NM1"}
    status = clp.at(2).upper()
    days = [day for s in head if s.name == "DTM" and s.at(1) in _CLAIM_DAYS for day in _days(s.at(2))]
    return RemittedClaim(
        page=page,
        status=status,
        act=_ACTS.get(status, ClaimAct.DECIDED),
        account_number=clp.at(1) or None,
        claim_number=clp.at(7) or None,
        earlier_number=refs.get("F8"),
        billed=_amount(clp.at(3)),
        paid=_amount(clp.at(4)),
        patient_share=_amount(clp.at(5)),
        plan_code=clp.at(6) or None,
        patient=people.get("QC", _NOBODY),
        subscriber=people.get("IL", _NOBODY),
        corrected=people.get("74", _NOBODY),
        rendering=people.get("82", _NOBODY),
        group_number=refs.get("1L"),
        authorization=refs.get("G1"),
        days=_ends(days),
        adjusted=_adjusted(head),
        remarks=tuple(dict.fromkeys(_claim_remarks(head)))[:_MOST_CODES],
        lines=tuple(_line_of(group) for group in lines),
        payment=payment,
        said=_said([*head, *(segment for group in lines for segment in group)]),
    )


def _line_of(group: Sequence[Segment]) -> RemittedLine:
    svc = group[0]
    kind, *service = svc.parts(1)
    code, *modifiers = service or [""]
    days = [day for s in group if s.name == "DTM" and s.at(1) in _SERVICE_DAYS for day in _days(s.at(2))]
    allowed = next((_amount(s.at(2)) for s in group if s.name == "AMT" and s.at(1) == "B6"), None)
    is_drug = kind == "N4"
    return RemittedLine(
        code=None if is_drug or not code else code.upper(),
        modifiers=tuple(modifier.upper() for modifier in modifiers[:4] if modifier),
        revenue_code=(code if kind == "NU" else svc.at(4)) or None,
        ndc=code if is_drug else None,
        billed=_amount(svc.at(2)),
        paid=_amount(svc.at(3)),
        allowed=allowed,
        units=_plain(svc.at(5)),
        days=_ends(days),
        adjusted=_adjusted(group),
        remarks=tuple(dict.fromkeys(s.at(2).upper() for s in group if s.name == "LQ" and s.at(1) == "HE" and s.at(2)))[
            :_MOST_CODES
        ],
        policies=tuple(s.at(2) for s in group if s.name == "REF" and s.at(1) == "0K" and s.at(2))[:_MOST_CODES],
        said=_said(group),
    )


def _adjusted(group: Iterable[Segment]) -> tuple[Adjusted, ...]:
    """Every CAS of a group: a group code, then up to six triples of reason, amount and quantity."""
    return tuple(
        Adjusted(group=s.at(1).upper(), code=_bare(s.at(place)), amount=_amount(s.at(place + 1)), said=s.said)
        for s in group if s.name == "CAS" for place in range(2, 20, 3) if s.at(place)
    )  # fmt: skip


def _bare(code: str) -> str:
    """A reason code without the zeros that some payers put before it.

    >>> _bare("045"), _bare("b7")
    ('45', 'B7')
    """
    return code.upper().lstrip("0") or code


def _claim_remarks(head: Iterable[Segment]) -> Iterator[str]:
    for segment in head:
        places: Sequence[int] = {"MOA": range(3, 8), "MIA": (5, 20, 21, 22, 23)}.get(segment.name, ())
        yield from (code.upper() for place in places if (code := segment.at(place)))


def _kept_back(segment: Segment) -> Iterator[KeptBack]:
    """The pairs of a PLB: a code with its reference, and an amount."""
    for place in range(3, 15, 2):
        if segment.at(place):
            code, *reference = segment.parts(place)
            yield KeptBack(
                code=code.upper(), reference=(reference[0] or None) if reference else None,
                amount=_amount(segment.at(place + 1)), said=segment.said,
            )  # fmt: skip


def _party(segment: Segment | None) -> RemittedPerson:
    if segment is None:
        return _NOBODY
    npi = segment.at(4) if segment.at(3) == "XX" else ""
    return RemittedPerson(name=segment.at(2) or None, number=npi or None, said=segment.said)


def _person(segment: Segment) -> RemittedPerson:
    """A name in the order it is spoken, with its number: of the patient the member number, of a provider the NPI."""
    words = [segment.at(place) for place in (4, 5, 3, 7)]
    return RemittedPerson(
        name=" ".join(word for word in words if word) or None, number=segment.at(9) or None, said=segment.said
    )


def _references(group: Iterable[Segment]) -> dict[str, str]:
    return {s.at(1): s.at(2) for s in reversed(list(group)) if s.name == "REF" and s.at(2)}


def _first(group: Iterable[Segment], name: str) -> Segment | None:
    return next((s for s in group if s.name == name), None)


def _amount(text: str) -> str | None:
    """Money as a decimal string with cents; a number as sent without a point is whole dollars.

    >>> _amount("-12.5"), _amount("1,000"), _amount("")
    ('-12.50', None, None)
    """
    if not _AMOUNT.fullmatch(text) or not any(sign.isdigit() for sign in text):
        return None
    return f"{Decimal(text):.2f}"


def _plain(text: str) -> str | None:
    """A number of units as letters print it: no point where nothing follows."""
    if not _AMOUNT.fullmatch(text) or not any(sign.isdigit() for sign in text):
        return None
    return f"{Decimal(text).normalize():f}"


def _day(text: str) -> str | None:
    """A day written CCYYMMDD.

    >>> _day("20260105"), _day("20261305")
    ('2026-01-05', None)
    """
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat() if len(text) == 8 else None
    except ValueError:
        return None


def _days(text: str) -> list[str]:
    """A day, or both ends of a range written CCYYMMDD-CCYYMMDD."""
    return [day for part in text.split("-")[:2] if (day := _day(part))]


def _ends(days: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({min(days), max(days)})) if days else ()


def _said(group: Iterable[Segment]) -> str:
    return "\n".join(segment.said for segment in group)
