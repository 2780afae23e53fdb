"""Which case a letter belongs to, and a letter of several claims laid out as one of them."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

from pipeline.values.casework import CasePart
from pipeline.values.letter import OUTDONE, RIVAL, ClaimEntry, Finding, Letter, Reason, value_of
from pipeline.values.task import FollowUp
from pipeline.values.vocabulary import Category, LetterKind
from pipeline.values.worklist import Listed

MAKES_WORK = frozenset(
    {
        LetterKind.DENIAL,
        LetterKind.PARTIAL_DENIAL,
        LetterKind.APPEAL_UPHELD,
        LetterKind.DISMISSAL,
        LetterKind.INFORMATION_REQUEST,
        LetterKind.OVERPAYMENT_DEMAND,
    }
)
"""Kinds that always carry a duty with a day. A remittance does when a line is denied; the other kinds never do."""

_JOINS = frozenset(
    {LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED, LetterKind.ACKNOWLEDGEMENT, LetterKind.REMITTANCE}
)
_NO_NAME = frozenset(
    {"inc", "incorporated", "llc", "corp", "corporation", "company", "co", "ltd", "the", "of", "and", "plan", "plans"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLetter:
    """A letter of a case, the day it reached us, and which of its claims is meant (None: the letter has one).

    ``doubts`` are cases that it may belong to as well, each with the reason in words. ``told_on`` is the day it has
    among the letters of its case where its own date is not that of the letter it is a copy of. ``follow_ups`` are what
    people wrote down of what they sent about it, oldest first. ``listed`` is what our own worklist says of its claim.
    """

    letter: Letter
    received: date
    claim_index: int | None = None
    doubts: tuple[tuple[str, str], ...] = ()
    told_on: date | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    listed: Listed | None = None


def denies(letter: Letter) -> bool:
    """Whether a payer refuses something here: by kind, or by a denied line of a remittance."""
    if letter.kind is LetterKind.REMITTANCE:
        return any(reason.category is not Category.NOT_A_DENIAL for reason in letter.denial_reasons)
    return letter.kind in MAKES_WORK


def cases_of(letter: Letter) -> tuple[CasePart, ...]:
    """What one letter shows of its cases: none, one, or one a claim.

    A case is payer and claim number and one more identity; else payer and reference number and identity; else the
    letter itself. Never a claim number alone: payers share numbers. A letter that makes no work joins a case only by
    its numbers; so does our own appeal that lies in the inbox.
    """
    indexes = range(len(letter.claims)) if len(letter.claims) > 1 else (None,)
    parts: dict[str, CasePart] = {}
    for index in indexes:
        part = narrowed(letter, claim_index=index)
        key = _key(part)
        if key is None and denies(part):
            key = f"letter:{letter.letter_id}:{index}"
        if key is not None and (denies(part) or part.kind in _JOINS or is_ours(part)):
            home = _case_id(key)
            parts.setdefault(home, _shown(part, home, index))
    return tuple(parts.values())


def is_ours(letter: Letter) -> bool:
    """Whether it is a letter that we sent."""
    return letter.subtype == "own_outgoing"


def _shown(letter: Letter, home: str, index: int | None) -> CasePart:
    claim = folded(value_of(letter.claim_number))
    found = [letter.claim_number, letter.reference_number]
    told = [value_of(one) for one in found]
    told += [r.value for one in found if one is not None for r in one.rejected if r.why in (RIVAL, OUTDONE)]
    if not claim:  # the authorization is the request itself; of a claim it may be shared by others
        told += [authorization.number for authorization in letter.authorizations]
    return CasePart(
        home=home,
        claim_index=index,
        written=value_of(letter.letter_date) or "",
        kind=letter.kind.value,
        payer=letter.payer_id or payer_key(value_of(letter.payer)),
        member=folded(value_of(letter.member_id)),
        name=_name(letter),
        claim=claim,
        numbers=tuple(sorted({number for one in told if _is_number(number := folded(one))} - _other_ids(letter))),
        services=tuple(sorted({day.value for day in letter.dates_of_service if day.value})),
        print=letter.fingerprint or "",
        works=denies(letter),
    )


def _other_ids(letter: Letter) -> set[str]:
    """Numbers of the letter that name the person, the group or us, and no request."""
    found = (
        letter.member_id, letter.group_number, letter.patient_account_number, letter.provider_npi, letter.tin,
        letter.date_of_birth,
    )  # fmt: skip
    return {folded(value_of(one)) for one in found}


def folded(number: str | None) -> str:
    """A number without punctuation, with the letters that a scan takes for digits made digits.

    >>> folded("clm-0O01")
    'C1M0001'
    """
    return re.sub(r"[^A-Z0-9]", "", (number or "").upper()).translate(_LOOKALIKES)


def _is_number(number: str) -> bool:
    return len(number) >= _LEAST and sum(sign.isdigit() for sign in number) >= _LEAST_DIGITS


_LOOKALIKES = str.maketrans("OQILSBZ", "0011582")
_LEAST, _LEAST_DIGITS = 5, 3


def own_case(letter: Letter) -> str:
    """The id of a case that this letter alone is in, as a person may wish."""
    return _case_id(f"apart:{letter.letter_id}")


def _case_id(key: str) -> str:
    return f"case-{hashlib.sha256(key.encode()).hexdigest()[:20]}"


def narrowed(letter: Letter, *, claim_index: int | None) -> Letter:
    """The letter as if it spoke of one claim only; unchanged where it does."""
    if claim_index is None or claim_index >= len(letter.claims):
        return _filled(letter, letter.claims[0]) if len(letter.claims) == 1 else letter
    entry = letter.claims[claim_index]
    first = sum(len(claim.lines) for claim in letter.claims[:claim_index])
    own = range(first, first + len(entry.lines))
    part = _filled(letter, entry, keep=False)
    codes = {line.code for line in entry.lines} - {None}
    carcs = {(adjustment.group, adjustment.carc) for line in entry.lines for adjustment in line.adjustments}
    rarcs = {code for line in entry.lines for code in line.rarc}
    days = {day for line in entry.lines for day in (line.from_, line.to)} - {None}
    return replace(
        part,
        claims=(entry,),
        denial_reasons=tuple(r for r in letter.denial_reasons if _is_of(r, own)),
        procedure_codes=tuple(f for f in letter.procedure_codes if not codes or f.value in codes),
        carc=tuple(f for f in letter.carc if not carcs or (f.group, f.value) in carcs),
        rarc=tuple(f for f in letter.rarc if not rarcs or f.value in rarcs),
        dates_of_service=tuple(f for f in letter.dates_of_service if not days or f.value in days),
        billed_amount=None,
        denied_amount=None,
        patient_responsibility=None,
    )


def payer_key(name: str | None) -> str:
    """A payer's name without case, punctuation and company form.

    >>> payer_key("The Aetna Life Insurance Company, Inc.")
    'aetna life insurance'
    """
    words = re.findall(r"[a-z0-9]+", (name or "").casefold())
    return " ".join(word for word in words if word not in _NO_NAME)


def _is_of(reason: Reason, own: range) -> bool:
    return not reason.lines or any(line in own for line in reason.lines)


def _filled(letter: Letter, entry: ClaimEntry, *, keep: bool = True) -> Letter:
    def pick(found: Finding | None, value: str | None) -> Finding | None:
        return found if value is None or (keep and found is not None) else _entry_finding(value, letter)

    return replace(
        letter,
        claim_number=pick(letter.claim_number, entry.claim_number),
        patient_account_number=pick(letter.patient_account_number, entry.patient_account_number),
        member_id=pick(letter.member_id, entry.member_id),
        member_name=pick(letter.member_name, entry.member_name),
    )


def _entry_finding(value: str, letter: Letter) -> Finding:
    return Finding(value=value, text=value, page=letter.pages[0], boxes=(), confidence=0.8, rule="claims.entry")


def _key(letter: Letter) -> str | None:
    payer = letter.payer_id or payer_key(value_of(letter.payer))
    identity = _identity(letter)
    if not payer or identity is None:
        return None
    for kind, found in (("claim", letter.claim_number), ("reference", letter.reference_number)):
        if number := folded(value_of(found)):
            return f"{payer}|{kind}:{number}|{identity}"
    return None


def _identity(letter: Letter) -> str | None:
    if member := folded(value_of(letter.member_id)):
        return f"member:{member}"
    if name := _name(letter):
        return f"name:{name}"
    if birth := value_of(letter.date_of_birth):
        return f"born:{birth}"
    days = sorted(found.value for found in letter.dates_of_service if found.value)
    return f"service:{days[0]}" if days else None


def _name(letter: Letter) -> str:
    return name_key(value_of(letter.member_name))


def name_key(name: str | None) -> str:
    """A person's name without case, order, initials and punctuation.

    >>> name_key("Sample, Pat Q.") == name_key("PAT SAMPLE")
    True
    """
    words = re.findall(r"\w+", (name or "").casefold())
    return " ".join(sorted(word for word in words if len(word) > 1))
