"""How much money a level is about."""

from decimal import Decimal, InvalidOperation

from pipeline.knowledge.routes import CodeEffect
from pipeline.plan.situation import Situation
from pipeline.plan.timeline import Stage
from pipeline.values.letter import Adjustment, ClaimEntry, ServiceLine, value_of


def at_risk(situation: Situation) -> tuple[str | None, str | None]:
    """Amount and what it rests on.

    Of a demand what it asks back ("demanded") or has taken already ("taken_back"): what was billed says nothing of it.
    Else "expected_allowed" where our contract prices every line or our own list says what is expected, else "denied"
    where the letter or its lines say so, else "billed", else "listed" where our own list has the charge, else nothing.
    """
    letter = situation.letter
    lines = letter.claims[0] if len(letter.claims) == 1 else None
    listed = situation.level.listed
    demand = ((money(value_of(letter.demanded_amount)), "demanded"), (_taken_back(lines), "taken_back"))
    told = (
        (_expected(lines, situation), "expected_allowed"),
        (money(listed.expected), "expected_allowed"),
        (money(value_of(letter.denied_amount)), "denied"),
        (_denied(lines, situation), "denied"),
        (money(value_of(letter.billed_amount)), "billed"),
        (_billed(lines), "billed"),
        (money(listed.billed), "listed"),
    )
    for amount, basis in demand if situation.level.stage is Stage.DEMAND else told:
        if amount is not None and amount > 0:
            return f"{amount:.2f}", basis
    return None, None


def below_limit(situation: Situation, amount: str | None) -> str | None:
    """Our write-off limit with this payer where the amount is below it: a decision for the person in charge."""
    limit = situation.contract.write_off_below if situation.contract is not None else None
    at_stake, least = money(amount), money(limit)
    return limit if at_stake is not None and least is not None and at_stake < least else None


def money(text: str | None) -> Decimal | None:
    """A decimal string as a number; None where it is none."""
    try:
        amount = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return amount if amount is not None and amount.is_finite() else None


def _expected(entry: ClaimEntry | None, situation: Situation) -> Decimal | None:
    """What our contract pays for the refused lines, unit by unit; None unless each has code, units and price."""
    prices = situation.contract.expected_allowed if situation.contract is not None else {}
    found: list[Decimal] = []
    for line in entry.lines if entry is not None else ():
        if not _refusals(line, situation):
            continue
        price, units = money(prices.get(line.code or "")), money(line.units)
        if price is None or units is None:
            return None
        found.append(price * units)
    return sum(found, Decimal(0)) if found else None


def _denied(entry: ClaimEntry | None, situation: Situation) -> Decimal | None:
    """Adjustments that refuse payment: not the contractual write-off, not the patient's share."""
    lines = entry.lines if entry is not None else ()
    amounts = [money(adjustment.amount) for line in lines for adjustment in _refusals(line, situation)]
    found = [amount for amount in amounts if amount is not None]
    return sum(found, Decimal(0)) if found else None


def _taken_back(entry: ClaimEntry | None) -> Decimal | None:
    """What lines take back of earlier payments: they pay less than nothing."""
    paid = [money(line.paid) for line in (entry.lines if entry is not None else ())]
    found = [-amount for amount in paid if amount is not None and amount < 0]
    return sum(found, Decimal(0)) if found else None


def _refusals(line: ServiceLine, situation: Situation) -> list[Adjustment]:
    rules = situation.knowledge.routes.codes
    harmless = {(r.group, r.code) for r in rules if r.effect is CodeEffect.NOTHING_DENIED}
    return [adjustment for adjustment in line.adjustments if (adjustment.group, adjustment.carc) not in harmless]


def _billed(entry: ClaimEntry | None) -> Decimal | None:
    found = [money(line.billed) for line in (entry.lines if entry is not None else ())]
    # A total with a line missing would be wrong, so it is not given.
    return sum((a for a in found if a is not None), Decimal(0)) if found and None not in found else None
