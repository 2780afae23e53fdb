"""A claim of an electronic remittance as a letter: what the payer decided, with the segment each value was read from.

Nothing is guessed: values are sent as such, so they are sure, and only the reasons that codes stand for are weighed as
in any letter. Each claim is a letter and a page of its own, so that it joins the case of its claim by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.reasons import coded_reasons
from pipeline.extract.remittance.refused import adjustments, doubts, refusals, refused_whole
from pipeline.knowledge import Knowledge
from pipeline.knowledge.codes import CodeKnowledge
from pipeline.values.letter import (
    ELECTRONIC,
    FORESEEN,
    OUTDONE,
    REVERSAL,
    Adjustment,
    Authorization,
    CarcCode,
    Citation,
    ClaimEntry,
    Finding,
    Letter,
    Reason,
    Rejected,
    Request,
    ServiceLine,
)
from pipeline.values.remittance import Adjusted, ClaimAct, Payment, RemittedClaim, RemittedLine, RemittedPerson
from pipeline.values.vocabulary import Addressee, CitationKind, LetterKind, ServiceTiming

_RULE = "x12.835"
_EVIDENCE_CONFIDENCE = 0.85
_PAID, _DENIED, _PARTIAL = "paid", "denied", "partial"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decision:
    """What a claim decides: its lines (one for the whole where none were sent), what refuses on each, and why."""

    lines: tuple[RemittedLine, ...]
    refusals: tuple[tuple[Adjusted, ...], ...]
    of_claim: tuple[Adjusted, ...]
    carc: tuple[CarcCode, ...]
    rarc: tuple[Finding, ...]
    reasons: tuple[Reason, ...]

    @property
    def refused(self) -> tuple[Adjusted, ...]:
        """Every adjustment that refuses."""
        return (*self.of_claim, *(one for found in self.refusals for one in found))


def letter_of(
    claim: RemittedClaim, payment: Payment, *, document_id: str, payer_id: str | None, known: Knowledge, followed: bool
) -> Letter:
    """The letter of a claim; ``followed``: a reversed claim is decided anew in the same file."""
    page, codes = claim.page, known.codes
    decision = _decided(claim, codes)
    refused, reasons = decision.refused, decision.reasons
    notes = doubts(claim, reasons, refused, followed=followed, known=codes)
    unsaid = claim.act is ClaimAct.DECIDED and not reasons and refused_whole(claim, refused, codes)
    person = claim.patient if claim.patient.name else claim.subscriber
    plain = Letter(
        letter_id=f"{document_id}-{page}",
        pages=(page,),
        kind=LetterKind.DENIAL if unsaid else LetterKind.REMITTANCE,
        kind_confidence=1.0,
        subtype={ClaimAct.REVERSED: REVERSAL, ClaimAct.FORESEEN: FORESEEN}.get(claim.act, ELECTRONIC),
        addressee=Addressee.PROVIDER,
        service_timing=ServiceTiming.PRE_SERVICE if claim.act is ClaimAct.FORESEEN else ServiceTiming.POST_SERVICE,
        payer=_said(payment.payer.name, payment.payer.said, page),
        payer_id=payer_id,
        letter_date=_said(min(payment.days, default=None), payment.said, page),
        member_name=_said(person.name, person.said, page),
        member_id=_member(claim, page),
        patient_account_number=_said(claim.account_number, claim.said, page),
        claim_number=_number(claim, page),
        dates_of_service=tuple(_finding(day, said, page) for day, said in _service_days(claim).items()),
        billed_amount=_said(claim.billed, claim.said, page),
        claims=(_entry(claim, decision),),
        needs_review=notes,
    )
    # Most claims of a file are paid. They are kept to be found by what ties them to a case; nobody works on them.
    return _in_full(plain, claim, payment, decision, codes) if refused or notes else plain


def _in_full(
    plain: Letter, claim: RemittedClaim, payment: Payment, decision: _Decision, codes: CodeKnowledge
) -> Letter:
    """The letter of a claim that refuses something or is asked about, with all that was sent of it."""
    page, refused = claim.page, decision.refused
    denied = _sum(refused) if claim.act is ClaimAct.DECIDED else None
    return replace(
        plain,
        plan_type=_said(codes.remittance.plan_types.get(claim.plan_code or ""), claim.said, page),
        group_number=_said(claim.group_number, claim.said, page),
        provider_name=_first("name", claim.rendering, payment.payee, page),
        provider_npi=_first("number", claim.rendering, payment.payee, page),
        tin=_said(payment.tin, payment.said, page),
        denied_amount=_said(denied, refused[0].said, page) if denied else None,
        patient_responsibility=_said(claim.patient_share, claim.said, page),
        procedure_codes=tuple(_finding(code, said, page) for code, said in _services(claim).items()),
        modifiers=tuple(_finding(modifier, said, page) for modifier, said in _modifiers(claim).items()),
        carc=decision.carc,
        rarc=decision.rarc,
        authorizations=_authorizations(claim),
        denial_reasons=tuple(_tied(reason, claim, decision.refusals) for reason in decision.reasons),
        policy_citations=tuple(_policies(claim)),
        requested_evidence=tuple(_requests(decision.rarc, codes)) if refused else (),
    )


def _decided(claim: RemittedClaim, codes: CodeKnowledge) -> _Decision:
    page = claim.page
    each = {(one.group, one.code): one for one in reversed(adjustments(claim))}
    carc = tuple(_carc(one, page) for one in reversed(each.values()))
    rarc = tuple(_finding(code, said, page) for code, said in _remarks(claim).items())
    of_claim = refusals(claim, claim.adjusted, codes)
    on_lines = tuple(refusals(claim, line.adjusted, codes) for line in claim.lines)
    denying = {(one.group, one.code) for found in (of_claim, *on_lines) for one in found}
    reasons: tuple[Reason, ...] = ()
    if denying and claim.act is ClaimAct.DECIDED:
        reasons = coded_reasons([one for one in carc if (one.group or "", one.value) in denying], rarc, known=codes)
    return _Decision(
        lines=claim.lines or (_whole(claim),), refusals=on_lines or ((),), of_claim=of_claim, carc=carc, rarc=rarc,
        reasons=reasons,
    )  # fmt: skip


def _whole(claim: RemittedClaim) -> RemittedLine:
    """A claim without service lines as one line, so that its amounts and codes stand where others do."""
    return RemittedLine(
        code=None, billed=claim.billed, paid=claim.paid, days=claim.days, adjusted=claim.adjusted,
        remarks=claim.remarks, said=claim.said,
    )  # fmt: skip


def _entry(claim: RemittedClaim, decision: _Decision) -> ClaimEntry:
    of_whole = bool(decision.of_claim) and not claim.lines
    return ClaimEntry(
        claim_number=claim.claim_number,
        patient_account_number=claim.account_number,
        member_id=claim.patient.number or claim.subscriber.number,
        member_name=claim.patient.name or claim.subscriber.name,
        lines=tuple(
            _line(line, page=claim.page, refused=bool(found) or of_whole)
            for line, found in zip(decision.lines, decision.refusals, strict=True)
        ),
    )


def _line(line: RemittedLine, *, page: int, refused: bool) -> ServiceLine:
    paid = line.paid is not None and Decimal(line.paid) > 0
    return ServiceLine(
        from_=line.days[0] if line.days else None,
        to=line.days[-1] if line.days else None,
        code=line.code or line.revenue_code,
        modifiers=line.modifiers,
        units=line.units,
        ndc=line.ndc,
        billed=line.billed,
        allowed=line.allowed,
        paid=line.paid,
        adjustments=tuple(Adjustment(group=a.group or None, carc=a.code, amount=a.amount) for a in line.adjusted),
        rarc=line.remarks,
        outcome=(_PARTIAL if paid else _DENIED) if refused else _PAID if paid else None,
        page=page,
    )


def _tied(reason: Reason, claim: RemittedClaim, refusals: Sequence[Sequence[Adjusted]]) -> Reason:
    """A reason with the lines whose adjustments give it; of the claim as a whole, none."""
    code = reason.rule.removeprefix("code.")
    lines = tuple(
        place for place, found in enumerate(refusals)
        if any(one.code == code for one in found) or (claim.lines and code in claim.lines[place].remarks)
    )  # fmt: skip
    return replace(reason, lines=lines)


def _number(claim: RemittedClaim, page: int) -> Finding | None:
    """The payer's control number; one that this claim takes the place of stands beside it and ties as well."""
    found = _said(claim.claim_number, claim.said, page)
    if found is None or not claim.earlier_number or claim.earlier_number == claim.claim_number:
        return found
    earlier = Rejected(value=claim.earlier_number, text=_from(claim.earlier_number, claim.said), page=page, why=OUTDONE)
    return replace(found, rejected=(earlier,))


def _member(claim: RemittedClaim, page: int) -> Finding | None:
    """The number of the patient's coverage as the claim had it; the payer's correction stands beside it."""
    person = claim.patient if claim.patient.number else claim.subscriber
    found = _said(person.number, person.said, page)
    corrected = claim.corrected
    if found is None or not corrected.number or corrected.number == person.number:
        return found
    better = Rejected(value=corrected.number, text=corrected.said, page=page, why="the payer's own correction")
    return replace(found, rejected=(better,))


def _authorizations(claim: RemittedClaim) -> tuple[Authorization, ...]:
    if not claim.authorization:
        return ()
    base = _finding(claim.authorization, claim.said, claim.page)
    return (
        Authorization(
            value=base.value, text=base.text, page=base.page, boxes=(), confidence=1.0, rule=_RULE, sure=True,
            number=claim.authorization,
        ),
    )  # fmt: skip


def _policies(claim: RemittedClaim) -> Iterator[Citation]:
    """The rules that the payer names for a line (REF 0K); which kind each is, is not sent."""
    told = {number: line.said for line in claim.lines for number in line.policies}
    for number, said in told.items():
        yield Citation(
            value=number, text=_from(number, said), page=claim.page, boxes=(), confidence=1.0, rule=_RULE,
            kind=CitationKind.PAYER_POLICY, number=number,
        )  # fmt: skip


def _requests(rarc: Iterable[Finding], codes: CodeKnowledge) -> Iterator[Request]:
    asked: dict[str, Finding] = {}
    for found in rarc:
        entry = codes.rarc.codes.get(found.value or "")
        if entry is not None and entry.evidence is not None:
            asked.setdefault(entry.evidence, found)
    for evidence, found in asked.items():
        yield Request(
            value=None, text=found.text, page=found.page, boxes=(), confidence=_EVIDENCE_CONFIDENCE,
            rule=f"code.{found.value}", evidence_type=evidence,
        )  # fmt: skip


def _remarks(claim: RemittedClaim) -> dict[str, str]:
    """Every remark code with the segments it stands in."""
    told = dict.fromkeys(claim.remarks, claim.said)
    for line in claim.lines:
        for code in line.remarks:
            told.setdefault(code, line.said)
    return told


def _service_days(claim: RemittedClaim) -> dict[str, str]:
    """Both ends of the service: of the lines, else of the claim."""
    told = {day: line.said for line in claim.lines for day in line.days}
    ends = {min(told), max(told)} if told else set()
    return {day: told[day] for day in sorted(ends)} if ends else dict.fromkeys(claim.days, claim.said)


def _services(claim: RemittedClaim) -> dict[str, str]:
    """Every procedure code with the segments of its first line."""
    return {line.code: line.said for line in reversed(claim.lines) if line.code}


def _modifiers(claim: RemittedClaim) -> dict[str, str]:
    return {modifier: line.said for line in reversed(claim.lines) for modifier in line.modifiers}


def _sum(adjusted: Iterable[Adjusted]) -> str | None:
    amounts = [Decimal(one.amount) for one in adjusted if one.amount]
    return f"{sum(amounts, Decimal(0)):.2f}" if amounts else None


def _first(name: str, who: RemittedPerson, instead: RemittedPerson, page: int) -> Finding | None:
    """The name or number of somebody, else of somebody else."""
    return _said(getattr(who, name), who.said, page) or _said(getattr(instead, name), instead.said, page)


def _carc(one: Adjusted, page: int) -> CarcCode:
    return CarcCode(
        value=one.code, text=one.said, page=page, boxes=(), confidence=1.0, rule=_RULE, sure=True,
        group=one.group or None,
    )  # fmt: skip


def _said(value: str | None, said: str, page: int) -> Finding | None:
    return _finding(value, said, page) if value else None


def _finding(value: str, said: str, page: int) -> Finding:
    return Finding(value=value, text=_from(value, said), page=page, boxes=(), confidence=1.0, rule=_RULE, sure=True)


def _from(value: str, said: str) -> str:
    """Of the segments that a thing was read from the one that has the value as it is sent; else the first."""
    lines = said.split("\n")
    sent = (value, value.replace("-", ""), value.rstrip("0").rstrip("."))
    return next((line for form in sent for line in lines if form in line), lines[0])
