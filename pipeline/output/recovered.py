"""What came back of a denied claim: payments after the denial, less what the payer took back of them later.

A reversal in one remittance and the money kept back for it in a later one are the same money: of the two, the greater
sum counts, and never more than was paid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.plan.timeline import paid
from pipeline.values.letter import KEPT_BACK, Letter
from pipeline.values.task import Task
from pipeline.values.vocabulary import LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Money on a day: above nothing paid to us, below it taken back."""

    letter_id: str
    day: str
    amount: Decimal


def moved(task: Task, closers: Iterable[Letter], of_case: Iterable[Letter]) -> tuple[Moved, ...]:
    """What the remittances that closed a task paid, and what letters of its case took back on a later day."""
    paying = [one for letter in closers if (one := _moved(letter, task)).amount > 0]
    if not paying:
        return ()
    first = min(one.day for one in paying)
    later = [(letter, _moved(letter, task)) for letter in of_case]
    taken = [(letter, one) for letter, one in later if one.amount < 0 and one.day > first]
    reversed_ = [one for letter, one in taken if letter.subtype != KEPT_BACK]
    kept = [one for letter, one in taken if letter.subtype == KEPT_BACK]
    return tuple(_no_more_than_paid([*paying, *min(reversed_, kept, key=_sum)]))


def _sum(found: Sequence[Moved]) -> Decimal:
    return sum((one.amount for one in found), Decimal(0))


def _no_more_than_paid(found: Iterable[Moved]) -> Iterable[Moved]:
    held = Decimal(0)
    for one in sorted(found, key=lambda one: (one.day, -one.amount, one.letter_id)):
        amount = max(one.amount, -held)
        held += amount
        if amount:
            yield replace(one, amount=amount)


def _moved(letter: Letter, task: Task) -> Moved:
    """What a remittance moves on the task's claim; of one with several claims, on that of the task's number alone."""
    day = letter.letter_date.value or "" if letter.letter_date else ""
    own = letter.claims
    if len(own) > 1:
        own = tuple(one for one in own if one.claim_number and one.claim_number == task.claim_number)
    counts = letter.kind is LetterKind.REMITTANCE or letter.subtype == KEPT_BACK
    amount = paid(replace(letter, claims=own)) if counts else Decimal(0)
    return Moved(letter_id=letter.letter_id, day=day, amount=amount)
