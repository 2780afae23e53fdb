"""An electronic remittance as letters: one a claim, and one a payment that something is to be said about."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.extract.remittance.remitted import letter_of
from pipeline.knowledge import Knowledge
from pipeline.values.letter import KEPT_BACK, ClaimEntry, Finding, Letter, ReviewNote, ServiceLine, UnassignedPage
from pipeline.values.remittance import ClaimAct, KeptBack, Payment, Remittance, RemittedClaim
from pipeline.values.vocabulary import Addressee, LetterKind, ServiceTiming, Unassigned


def remitted_letters(
    found: Remittance, document_id: str, *, known: Knowledge
) -> tuple[tuple[Letter, ...], tuple[UnassignedPage, ...]]:
    """The letters of a remittance and the pages that are none: a claim is a page, and after them each payment is."""
    payers = [_payer_id(payment, known) for payment in found.payments]
    decided = _decided_anew(found)
    letters = [
        letter_of(
            claim, found.payments[claim.payment], document_id=document_id, payer_id=payers[claim.payment], known=known,
            followed=bool(_names(claim) & decided),
        )
        for claim in found.claims
    ]  # fmt: skip
    unassigned = []
    for place, payment in enumerate(found.payments):
        page = len(found.claims) + place + 1
        own = [claim for claim in found.claims if claim.payment == place]
        taken = tuple(_taken_back(payment, known))
        notes = tuple(_payment_notes(payment, taken, own, known))
        if notes:
            claims = tuple(_claims_of(taken, own, page=page))
            letters.append(
                _of_payment(payment, document_id, page=page, payer_id=payers[place], notes=notes, claims=claims)
            )
        else:
            unassigned.append(UnassignedPage(number=page, why=Unassigned.ENCLOSURE))
    return tuple(letters), tuple(unassigned)


def _payer_id(payment: Payment, known: Knowledge) -> str | None:
    """The payer of the knowledge that the name means, where it means just one."""
    ids = [payer.id for payer in known.payers if payment.payer.name and payer.matches(payment.payer.name)]
    return ids[0] if len(ids) == 1 else None


def _decided_anew(found: Remittance) -> frozenset[str]:
    return frozenset(name for claim in found.claims if claim.act is ClaimAct.DECIDED for name in _names(claim))


def _names(claim: RemittedClaim) -> set[str]:
    """The numbers by which a reversal and the new decision know each other."""
    told = (claim.account_number, claim.claim_number, claim.earlier_number)
    return {number for number in told if number and number.strip("0")}


def _taken_back(payment: Payment, known: Knowledge) -> Iterator[KeptBack]:
    """What the payment recovers of earlier ones; a code that is not known is never taken for harmless."""
    codes = known.codes.remittance.kept_back
    for kept in payment.kept_back:
        code = codes.get(kept.code)
        if kept.amount is not None and Decimal(kept.amount) > 0 and (code is None or code.takes_back):
            yield kept


def _payment_notes(
    payment: Payment, taken: Sequence[KeptBack], claims: Sequence[RemittedClaim], known: Knowledge
) -> Iterator[ReviewNote]:
    codes = known.codes.remittance.kept_back
    for kept in taken:
        code = codes.get(kept.code)
        meaning = code.meaning if code is not None else "a reason that is not known"
        about = f", about {kept.reference}" if kept.reference else ""
        yield ReviewNote(field="claim_number", why=f"{kept.amount} was kept back ({kept.code}: {meaning}){about}")
    if not _balances(payment, claims):
        yield ReviewNote(field="billed_amount", why="the payment is not the sum of its claims less what was kept back")


def _claims_of(taken: Sequence[KeptBack], claims: Sequence[RemittedClaim], *, page: int) -> Iterator[ClaimEntry]:
    """What was taken back, claim by claim: a payment below nothing. Whose it is says a claim of the same payment.

    References are the payer's own; most begin with the number of the claim, some go on with our account number.
    """
    by_name = {name: claim for claim in claims for name in _names(claim)}
    for kept in taken:
        words = (kept.reference or "").split()
        claim = next((by_name[word] for word in words if word in by_name), None)
        person = claim.patient if claim is not None and claim.patient.name else None
        yield ClaimEntry(
            claim_number=claim.claim_number if claim is not None else next(iter(words), None),
            patient_account_number=claim.account_number if claim is not None else None,
            member_id=person.number if person is not None else None,
            member_name=person.name if person is not None else None,
            lines=(ServiceLine(paid=f"{-Decimal(kept.amount or 0):.2f}", page=page),),
        )


def _balances(payment: Payment, claims: Sequence[RemittedClaim]) -> bool:
    amounts = [payment.amount, *(claim.paid for claim in claims), *(kept.amount for kept in payment.kept_back)]
    if None in amounts:
        return False
    paid = sum((Decimal(claim.paid or 0) for claim in claims), Decimal(0))
    kept = sum((Decimal(one.amount or 0) for one in payment.kept_back), Decimal(0))
    return Decimal(payment.amount or 0) == paid - kept


def _of_payment(
    payment: Payment, document_id: str, *, page: int, payer_id: str | None, notes: tuple[ReviewNote, ...],
    claims: tuple[ClaimEntry, ...],
) -> Letter:  # fmt: skip
    """The payment as a letter: a demand where it takes money back (``claims``), else only something to look at."""

    def said(value: str | None) -> Finding | None:
        if not value:
            return None
        first = payment.said.split("\n")[0]
        return Finding(value=value, text=first, page=page, boxes=(), confidence=1.0, rule="x12.835", sure=True)

    return Letter(
        letter_id=f"{document_id}-{page}",
        pages=(page,),
        kind=LetterKind.OVERPAYMENT_DEMAND if claims else LetterKind.REMITTANCE,
        kind_confidence=1.0,
        subtype=KEPT_BACK,
        addressee=Addressee.PROVIDER,
        service_timing=ServiceTiming.POST_PAYMENT,
        payer=said(payment.payer.name),
        payer_id=payer_id,
        letter_date=said(min(payment.days, default=None)),
        reference_number=said(payment.trace),
        provider_name=said(payment.payee.name),
        provider_npi=said(payment.payee.number),
        tin=said(payment.tin),
        claims=claims,
        needs_review=notes,
    )
