"""How much money a level is about."""

from decimal import Decimal, InvalidOperation

from pipeline.knowledge.routes import CodeEffect
from pipeline.plan.situation import Situation, words
from pipeline.values.letter import ClaimEntry


def at_risk(situation: Situation) -> tuple[str | None, str | None]:
    """Amount and what it rests on: "denied" where the letter or its lines say, else "billed", else nothing."""
    letter = situation.letter
    lines = letter.claims[0] if len(letter.claims) == 1 else None
    for amount, basis in (
        (money(words(letter.denied_amount)), "denied"),
        (_denied(lines, situation), "denied"),
        (money(words(letter.billed_amount)), "billed"),
        (_billed(lines), "billed"),
    ):
        if amount is not None and amount > 0:
            return f"{amount:.2f}", basis
    return None, None


def money(text: str | None) -> Decimal | None:
    """A decimal string as a number; None where it is none."""
    try:
        amount = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None


def _denied(entry: ClaimEntry | None, situation: Situation) -> Decimal | None:
    """Adjustments that refuse payment: not the contractual write-off, not the patient's share."""
    rules = situation.knowledge.routes.codes
    harmless = {(r.group, r.code) for r in rules if r.effect is CodeEffect.NOTHING_DENIED}
    found = [
        amount
        for line in (entry.lines if entry is not None else ())
        for adjustment in line.adjustments
        if (adjustment.group, adjustment.carc) not in harmless and (amount := money(adjustment.amount)) is not None
    ]
    return sum(found, Decimal(0)) if found else None


def _billed(entry: ClaimEntry | None) -> Decimal | None:
    found = [money(line.billed) for line in (entry.lines if entry is not None else ())]
    # A total with a line missing would be wrong, so it is not given.
    return sum((a for a in found if a is not None), Decimal(0)) if found and None not in found else None
