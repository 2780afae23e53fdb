"""An electronic remittance (X12 835) as it was read: what a payer paid, adjusted and kept back, claim by claim.

Money as decimal strings, days ISO, codes and numbers as sent; what was not sent is None. ``said`` are the segments that
a thing was read from, verbatim, one a line.
"""

from dataclasses import dataclass
from enum import StrEnum


class ClaimAct(StrEnum):
    """What a claim of a remittance is about."""

    DECIDED = "decided"
    REVERSED = "reversed"
    """An earlier payment is taken back; amounts are negative."""
    FORESEEN = "foreseen"
    """A predetermination: nothing was billed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """An adjustment of a claim or a line: group, reason code, amount and, of units, quantity."""

    group: str
    code: str
    amount: str | None
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittedLine:
    """A service line; ``days`` are both ends of its service. ``policies`` are the rules that the payer names for it."""

    code: str | None
    modifiers: tuple[str, ...] = ()
    revenue_code: str | None = None
    ndc: str | None = None
    billed: str | None = None
    paid: str | None = None
    allowed: str | None = None
    units: str | None = None
    days: tuple[str, ...] = ()
    adjusted: tuple[Adjusted, ...] = ()
    remarks: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittedPerson:
    """A person or firm of a claim with the number it is known by."""

    name: str | None = None
    number: str | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemittedClaim:
    """One claim payment (a CLP with what follows). ``status`` is CLP02, ``claim_number`` the payer's control number.

    ``earlier_number`` is the number of the claim that this one takes the place of. ``days`` are those of the whole
    claim; ``page`` counts the claims of the file from 1.
    """

    page: int
    status: str
    act: ClaimAct
    account_number: str | None = None
    claim_number: str | None = None
    earlier_number: str | None = None
    billed: str | None = None
    paid: str | None = None
    patient_share: str | None = None
    plan_code: str | None = None
    patient: RemittedPerson = RemittedPerson()
    subscriber: RemittedPerson = RemittedPerson()
    corrected: RemittedPerson = RemittedPerson()
    rendering: RemittedPerson = RemittedPerson()
    group_number: str | None = None
    authorization: str | None = None
    days: tuple[str, ...] = ()
    adjusted: tuple[Adjusted, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: tuple[RemittedLine, ...] = ()
    payment: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """A provider-level adjustment (PLB): positive takes money off the payment; ``reference`` often names a claim."""

    code: str
    reference: str | None
    amount: str | None
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One remittance (ST to SE): who pays whom, when, how much; ``days`` are those of payment and of production."""

    payer: RemittedPerson
    payee: RemittedPerson
    tin: str | None
    amount: str | None
    trace: str | None
    days: tuple[str, ...]
    kept_back: tuple[KeptBack, ...] = ()
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remittance:
    """What a file holds: its payments and, of all of them in order, the claims."""

    payments: tuple[Payment, ...]
    claims: tuple[RemittedClaim, ...]
