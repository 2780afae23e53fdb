"""Which letters are about the same request or claim: sure ties join them, weak ones are only proposed.

A tie is sure where payer, person and a number agree, where claim number, member number and day of service agree
whatever the payer is called (a remittance names it in another way than a letterhead), or where one letter is a copy of
another. A number alone never ties: payers share numbers. Letters that contradict each other (two members, two claims)
are never joined by the way of a third.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import combinations

from pipeline.values.casework import CasePart

NEAR = 12
"""Bits of 64 in which fingerprints of the same page differ at most, scanned or faxed; of other pages about half do."""


def keys_of(part: CasePart) -> tuple[str, ...]:
    """What a part shares with those it may be joined with, hashed; the same key is looked up, the rest compared."""
    return _hashed(_sure(part))


def _sure(part: CasePart) -> list[str]:
    own = [] if part.by_hand else [*_number_keys(part), *_claim_keys(part), *_mail_keys(part)]
    return [f"home|{part.home}", *own]


def weak_keys_of(part: CasePart) -> tuple[str, ...]:
    """What a part shares with those it is proposed to belong with."""
    if part.by_hand:
        return ()
    numbers = [f"number|{number}|{who}" for number in part.numbers for who in _people(part)]
    days = [f"day|{part.payer}|{day}|{who}" for day in part.services for who in _people(part) if part.payer]
    claims = [f"claim|{part.payer}|{part.claim}"] if part.payer and part.claim else []
    return _hashed([*numbers, *days, *claims])


def grouped(parts: Sequence[CasePart]) -> tuple[tuple[int, ...], ...]:
    """The parts as cases, by their places; the same whatever their order."""
    places = sorted(range(len(parts)), key=lambda place: _order(parts[place]))
    case = {place: {place} for place in places}
    pairs = _pairs(parts, places)
    for tied in (_same_home, _same_number, _same_claim, _copy):
        for one, other in pairs:
            if case[one] is case[other] or not tied(parts[one], parts[other]):
                continue
            if tied is _same_home or not _contradict(parts, case[one], case[other]):
                whole = case[one] | case[other]
                case.update(dict.fromkeys(whole, whole))
    return tuple(tuple(sorted(members)) for members in {id(group): group for group in case.values()}.values())


def _pairs(parts: Sequence[CasePart], places: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs that share a key, in the order of ``places``; no others can be tied, and of many letters few do."""
    sharing: dict[str, list[int]] = {}
    for rank, place in enumerate(places):
        for key in set(_sure(parts[place])):
            sharing.setdefault(key, []).append(rank)
    found = {pair for ranks in sharing.values() for pair in combinations(ranks, 2)}
    return [(places[one], places[other]) for one, other in sorted(found)]


def id_of(parts: Iterable[CasePart]) -> str:
    """The id of a case: the home of its earliest letter that was not put there by hand."""
    return min(parts, key=lambda part: (part.by_hand, *_order(part))).home


def doubt(one: CasePart, other: CasePart) -> str | None:
    """Why two parts of different cases may belong together, in words; None where nothing says so."""
    shared = set(one.numbers) & set(other.numbers)
    if shared and _known(one, other):
        if _contradicting(one, other):
            return "it has the same number and a like patient, but another member or claim number"
        return "it has the same number and patient, but the payer is named differently"
    if set(one.services) & set(other.services) and one.payer == other.payer and _known(one, other):
        return None if _contradicting(one, other) else "it is of the same payer, patient and date of service"
    if one.claim and one.claim == other.claim and one.payer and one.payer == other.payer and _nameless(one, other):
        return "it names the same claim of the same payer, and does not say whose it is"
    return None


def _nameless(one: CasePart, other: CasePart) -> bool:
    """Whether one of two says of no person whose it is, as a payment that keeps money back."""
    return not _people(one) or not _people(other)


def near(one: str, other: str) -> bool:
    """Whether two fingerprints are of the same page."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= NEAR


def _same_home(one: CasePart, other: CasePart) -> bool:
    return one.home == other.home


def _same_number(one: CasePart, other: CasePart) -> bool:
    if one.by_hand or other.by_hand:
        return False
    return bool(one.payer) and one.payer == other.payer and bool(set(one.numbers) & set(other.numbers)) and _known(
        one, other
    )  # fmt: skip


def _same_claim(one: CasePart, other: CasePart) -> bool:
    """The same claim of the same member on days that meet, whatever the payer is called."""
    if one.by_hand or other.by_hand or not one.claim or one.claim != other.claim:
        return False
    return bool(one.member) and one.member == other.member and _days_meet(one, other)


def _days_meet(one: CasePart, other: CasePart) -> bool:
    if not one.services or not other.services:
        return False
    return max(min(one.services), min(other.services)) <= min(max(one.services), max(other.services))


def _copy(one: CasePart, other: CasePart) -> bool:
    """The same page come twice: where the numbers of one were not read, its day, person, words and service tell."""
    if one.by_hand or other.by_hand or not one.written or one.written != other.written or one.kind != other.kind:
        return False
    if not one.payer or one.payer != other.payer or not _known(one, other) or not near(one.print, other.print):
        return False
    unread = not one.numbers or not other.numbers
    return unread and one.services == other.services


def _known(one: CasePart, other: CasePart) -> bool:
    return bool(set(_people(one)) & set(_people(other)))


def _people(part: CasePart) -> list[str]:
    return [who for who in (part.member and f"m:{part.member}", part.name and f"n:{part.name}") if who]


def _contradict(parts: Sequence[CasePart], one: set[int], other: set[int]) -> bool:
    return any(_contradicting(parts[a], parts[b]) for a in one for b in other)


def _contradicting(one: CasePart, other: CasePart) -> bool:
    return any(a and b and a != b for a, b in ((one.member, other.member), (one.claim, other.claim)))


def _number_keys(part: CasePart) -> list[str]:
    if not part.payer:
        return []
    return [f"tie|{part.payer}|{number}|{who}" for number in part.numbers for who in _people(part)]


def _claim_keys(part: CasePart) -> list[str]:
    return [f"claim|{part.claim}|{part.member}"] if part.claim and part.member and part.services else []


def _mail_keys(part: CasePart) -> list[str]:
    if not (part.payer and part.written and part.print):
        return []
    return [f"mail|{part.payer}|{part.written}|{part.kind}|{who}" for who in _people(part)]


def _order(part: CasePart) -> tuple[str, str, int]:
    return part.written or "9999", part.home, -1 if part.claim_index is None else part.claim_index


def _hashed(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hashlib.sha256(key.encode()).hexdigest()[:32] for key in keys))
