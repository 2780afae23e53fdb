"""Which row of our own worklist is about the claim of a letter: two identities must agree, and none may differ.

One identity names the claim (its number, our account number, a day of service), the other the person (member number,
name, birth date): a claim number that a payer shares with another, or two patients of one name, bring nothing together.
"""

import hashlib
from collections.abc import Iterable

from pipeline.plan.threads import folded, name_key
from pipeline.values.letter import Letter, value_of
from pipeline.values.worklist import Listed, ListedClaim

_SAME = ("account_number", "payer_id", "billed", "expected", "folder", "location")


def keys_of_row(row: ListedClaim) -> tuple[str, ...]:
    """By what a row is found, hashed; none where it names no claim or no person."""
    claims = _claims(row.claim_number, row.account_number, row.days)
    return _keys(claims, _people(row.member_id, row.member_name, row.date_of_birth))


def keys_of_letter(letter: Letter) -> tuple[str, ...]:
    """By what the row of a letter's claim is looked up."""
    days = [found.value for found in letter.dates_of_service if found.value]
    return _keys(
        _claims(value_of(letter.claim_number), value_of(letter.patient_account_number), days),
        _people(value_of(letter.member_id), value_of(letter.member_name), value_of(letter.date_of_birth)),
    )


def listed_for(letter: Letter, rows: Iterable[ListedClaim]) -> Listed | None:
    """What the rows found by the letter's keys say of its claim; a value in which they differ is not known."""
    fitting = [row for row in rows if not _differs(letter, row)]
    if not fitting:
        return None
    told = {name: {value for row in fitting if (value := getattr(row, name)) is not None} for name in _SAME}
    return Listed(**{name: values.pop() if len(values) == 1 else None for name, values in told.items()})


def _differs(letter: Letter, row: ListedClaim) -> bool:
    """Whether letter and row name another claim, member or birth date."""
    return any(
        one and other and one != other
        for one, other in (
            (folded(value_of(letter.claim_number)), folded(row.claim_number)),
            (folded(value_of(letter.member_id)), folded(row.member_id)),
            (value_of(letter.date_of_birth), row.date_of_birth),
        )
    )


def _claims(claim: str | None, account: str | None, days: Iterable[str]) -> list[str]:
    numbers = (("c", folded(claim)), ("a", folded(account)))
    return [*(f"{kind}:{number}" for kind, number in numbers if number), *(f"d:{day}" for day in days)]


def _people(member: str | None, name: str | None, born: str | None) -> list[str]:
    told = (("m", folded(member)), ("n", name_key(name)), ("b", born or ""))
    return [f"{kind}:{value}" for kind, value in told if value]


def _keys(claims: list[str], people: list[str]) -> tuple[str, ...]:
    """Every claim with every person, but a day with a birth date alone: two patients may share both."""
    pairs = [(c, p) for c in claims for p in people if not (c.startswith("d:") and p.startswith("b:"))]
    return tuple(dict.fromkeys(hashlib.sha256(f"{c}|{p}".encode()).hexdigest()[:32] for c, p in pairs))
