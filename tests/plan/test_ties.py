"""Which letters are one case, whatever the order they come in; all people and numbers are invented."""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pytest

from pipeline.case import cases_of
from pipeline.plan.threads import folded
from pipeline.plan.ties import doubt, grouped, id_of, keys_of, near, weak_keys_of
from pipeline.values.casework import CasePart
from pipeline.values.letter import OUTDONE, RIVAL, Letter, Rejected
from tests.plan.letters import a_letter, found

PRE: dict[str, Any] = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-77120"}


def part(letter_id: str, **more: Any) -> CasePart:
    (shown,) = cases_of(a_letter(letter_id, **more))
    return shown


def also(value: str, *others: str, why: str = OUTDONE) -> Any:
    """A finding with other numbers of its kind that the letter prints."""
    kept = found(value)
    assert kept is not None
    losers = tuple(Rejected(value=other, text=other, page=1, why=why) for other in others)
    return type(kept)(value=value, text=value, page=1, boxes=(), confidence=0.9, rule="test", rejected=losers)


def cases(parts: Sequence[CasePart]) -> set[frozenset[str]]:
    return {frozenset(parts[place].written + parts[place].kind for place in group) for group in grouped(parts)}


def test_an_appeals_own_number_ties_the_letters_behind_the_denial_in_any_order() -> None:
    denial = part("a-1", **PRE)
    upheld = part(
        "b-1",
        kind="appeal_upheld",
        letter_date="2026-06-01",
        **PRE | {"reference_number": also("APL-5511", "REF-77120")},
    )
    review = part(
        "c-1", kind="appeal_overturned", reasons=(), letter_date="2026-09-01",
        **PRE | {"reference_number": also("IRO-99812", "APL-5511", why=RIVAL)},
    )  # fmt: skip
    assert len({denial.home, upheld.home, review.home}) == 3
    for order in permutations((denial, upheld, review)):
        assert cases(order) == {
            frozenset({"2026-03-01denial", "2026-06-01appeal_upheld", "2026-09-01appeal_overturned"})
        }
        assert id_of(order) == denial.home


@pytest.mark.parametrize(
    "other",
    [
        {"payer": "Another Payer"},
        {"member_id": "W999999999"},
        {"member_id": None, "member_name": "ROE, RICHARD"},
        {"claim_number": "CLM-0002"},
        {"member_id": None, "member_name": None, "dates_of_service": ("2026-01-05",)},
    ],
)
def test_what_shares_less_than_payer_number_and_person_stays_apart(other: dict[str, Any]) -> None:
    one = part("a-1", dates_of_service=("2026-01-05",))
    assert len(grouped([one, part("b-1", letter_date="2026-03-02", **other)])) == 2


def test_a_person_is_the_same_by_name_where_the_members_number_is_missing() -> None:
    one, other = part("a-1"), part("b-1", member_id=None, letter_date="2026-03-09")
    assert one.home != other.home
    assert len(grouped([one, other])) == 1


def test_two_members_are_never_joined_by_the_way_of_a_third_letter() -> None:
    one, two = part("a-1"), part("b-1", member_id="W999999999", letter_date="2026-03-02")
    nameless = part("c-1", member_id=None, letter_date="2026-03-03")
    for order in permutations((one, two, nameless)):
        groups = {frozenset(order[place].home for place in group) for group in grouped(order)}
        assert not any({one.home, two.home} <= group for group in groups)
        assert len(groups) == 2


def test_an_authorization_that_two_claims_name_makes_them_no_case() -> None:
    first = part("a-1", reference_number="AUTH-55001")
    second = part("b-1", claim_number="CLM-0002", reference_number="AUTH-55001")
    assert len(grouped([first, second])) == 2


def test_numbers_of_a_scan_are_compared_without_the_signs_it_mixes_up() -> None:
    assert folded("CLM-O0l5") == folded("clm 0015")
    assert part("a-1", claim_number="CLM-0015").home == part("b-1", claim_number="CLM-OO1S").home


def test_a_copy_whose_numbers_were_not_read_joins_its_letter_and_another_letter_of_the_day_does_not() -> None:
    day = ("2026-01-05",)
    first = part("a-1", fingerprint="ffff0000ffff0000", dates_of_service=day)
    unread: dict[str, Any] = {"claim_number": None, "reference_number": None}
    copy = part("b-1", fingerprint="ffff0000ffff0007", dates_of_service=day, **unread)
    other_day = part("c-1", fingerprint="ffff0000ffff0003", dates_of_service=("2026-02-09",), **unread)
    other_page = part("d-1", fingerprint="0f0f0f0f12345678", dates_of_service=day, **unread)
    groups = grouped([first, copy, other_day, other_page])
    assert sorted(map(len, groups)) == [1, 1, 2]
    assert (0, 1) in groups


def test_what_a_person_put_into_a_case_stays_there() -> None:
    one, stranger = part("a-1"), part("b-1", claim_number="CLM-0002")
    put = CasePart(home=one.home, by_hand=True)
    assert set(grouped([one, stranger, put])) == {(0, 2), (1,)}
    assert id_of([put, one]) == one.home
    apart = CasePart(home="case-own", by_hand=True)
    assert len(grouped([one, apart])) == 2


def test_keys_are_shared_by_what_can_be_joined_and_tell_nothing() -> None:
    one, other = part("a-1"), part("b-1", letter_date="2026-04-01")
    assert set(keys_of(one)) & set(keys_of(other))
    stranger = part("c-1", payer="Another Payer")
    assert not set(keys_of(one)) & set(keys_of(stranger))
    assert set(weak_keys_of(one)) & set(weak_keys_of(stranger))
    assert not any("W123456789" in key or "DOE" in key for key in (*keys_of(one), *weak_keys_of(one)))


def test_doubts_are_told_in_words() -> None:
    one = part("a-1")
    assert "payer is named differently" in (doubt(one, part("b-1", payer="Another Payer")) or "")
    assert "another member" in (doubt(one, part("b-1", member_id="W999999999")) or "")
    day = {"dates_of_service": ("2026-01-05",)}
    follow = part("b-1", kind="appeal_upheld", **PRE | {"reference_number": "APL-5511"}, **day)
    assert "date of service" in (doubt(part("a-1", **day), follow) or "")
    assert doubt(part("a-1", **day), part("b-1", claim_number="CLM-0002", **day)) is None


def test_other_mail_has_no_case_but_our_own_appeal_has() -> None:
    assert cases_of(a_letter(kind="other")) == ()
    (ours,) = cases_of(a_letter(kind="other", subtype="own_outgoing", letter_date="2026-04-01"))
    assert len(grouped([part("a-1"), ours])) == 1


@pytest.mark.parametrize(("one", "other", "same"), [("ff", "fe", True), ("", "fe", False), ("0", "ffffffff", False)])
def test_fingerprints_are_near_in_few_bits(one: str, other: str, same: bool) -> None:
    assert near(one, other) is same


def test_a_letter_of_two_claims_shows_two_cases() -> None:
    letter: Letter = a_letter(claim_number=None)
    assert len(cases_of(letter)) == 1
