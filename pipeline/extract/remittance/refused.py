"""What a claim of a remittance refuses, and what about it a person must look at.

An adjustment refuses when its code stands for a reason of denial. It does not where it is contractual, the patient's
share, or repeats what an earlier payer decided. A code that is not listed, or says too little, is never taken for no
denial: the claim is then called refused, or asked about.
"""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.knowledge.codes import CodeKnowledge
from pipeline.values.letter import Reason, ReviewNote
from pipeline.values.remittance import Adjusted, ClaimAct, RemittedClaim
from pipeline.values.vocabulary import Category


def adjustments(claim: RemittedClaim) -> list[Adjusted]:
    """Every adjustment of a claim, those of the whole first."""
    return [*claim.adjusted, *(one for line in claim.lines for one in line.adjusted)]


def refusals(claim: RemittedClaim, adjusted: Sequence[Adjusted], codes: CodeKnowledge) -> tuple[Adjusted, ...]:
    """The adjustments that refuse: not contractual, not the patient's share, not an earlier payer's decision."""
    status = codes.remittance.claim_status.get(claim.status)
    after_other = status is not None and status.after_other
    return tuple(
        one for one in adjusted
        if not (after_other and one.code in codes.remittance.carried_along)
        and _category(one, codes) not in (None, Category.NOT_A_DENIAL)
        and (one.amount is None or Decimal(one.amount) > 0)
    )  # fmt: skip


def refused_whole(claim: RemittedClaim, refused: Sequence[Adjusted], codes: CodeKnowledge) -> bool:
    """Whether the claim was refused though no code of it says why."""
    return claim.status == codes.remittance.denied or bool(_unknown(claim, codes) and not _pays(claim) and not refused)


def doubts(
    claim: RemittedClaim, reasons: Sequence[Reason], refused: Sequence[Adjusted], *, followed: bool,
    known: CodeKnowledge,
) -> tuple[ReviewNote, ...]:  # fmt: skip
    """What a person must look at in a claim; ``followed``: a reversed claim is decided anew in the same file."""
    notes = []
    status = known.remittance.claim_status.get(claim.status)
    unknown = ", ".join(_unknown(claim, known))
    if claim.act is ClaimAct.REVERSED and not followed:
        notes.append(("kind", "the payer takes an earlier payment back and this file does not decide the claim anew"))
    if status is None:
        notes.append(("kind", f"the claim has the status {claim.status[:8] or 'none'}, which is not known"))
    elif status.not_theirs:
        notes.append(("payer", "the payer says that the claim is not its own and has passed it on"))
    if claim.act is ClaimAct.DECIDED and not reasons and refused_whole(claim, refused, known):
        notes.append(("denial_reasons", f"the claim was refused, and no known code says why ({unknown or 'none'})"))
    elif unknown:
        notes.append(("carc", f"an adjustment by a code that is not listed ({unknown})"))
    if claim.act is ClaimAct.DECIDED and not refused and (silent := _silent(claim, known)):
        notes.append(("denial_reasons", f"nothing was paid and the codes say too little alone ({', '.join(silent)})"))
    if not _adds_up(claim):
        notes.append(("billed_amount", "what was billed less the adjustments is not what was paid"))
    return tuple(ReviewNote(field=field, why=why) for field, why in notes)


def _adds_up(claim: RemittedClaim) -> bool:
    """The guide's own balance: charge less every adjustment of claim and lines is the payment."""
    if claim.billed is None or claim.paid is None:
        return False
    every = adjustments(claim)
    taken = sum((Decimal(one.amount) for one in every if one.amount), Decimal(0))
    return Decimal(claim.billed) - taken == Decimal(claim.paid)


def _category(one: Adjusted, codes: CodeKnowledge) -> Category | None:
    entry = codes.carc.codes.get(one.code)
    return entry.category if entry is not None else None


def _unknown(claim: RemittedClaim, codes: CodeKnowledge) -> list[str]:
    every = adjustments(claim)
    return sorted({one.code for one in every} - codes.carc.codes.keys())


def _silent(claim: RemittedClaim, codes: CodeKnowledge) -> list[str]:
    """The codes of a claim without payment that may or may not refuse it."""
    every = adjustments(claim)
    known = {one.code for one in every if one.code in codes.carc.codes and _category(one, codes) is None}
    billed = claim.billed is not None and Decimal(claim.billed) > 0
    return sorted(known) if billed and not _pays(claim) else []


def _pays(claim: RemittedClaim) -> bool:
    return claim.paid is not None and Decimal(claim.paid) > 0
