"""Draws the time limits and contacts of a letter from the payer's line of business and the letter's kind."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from pipeline.values.letter import Anchor, Channel, ClockKind, LetterKind, Party, Purpose, TimeUnit
from sample_letters.generator.answer import Case, Limit, Reach
from sample_letters.generator.counting import crosses_holiday, due, say_date, say_number
from sample_letters.generator.people import Phones

Bank = Mapping[str, Mapping[str, Sequence[str]]]

_UNITS = {
    TimeUnit.DAY: ("calendar days", "days"),
    TimeUnit.BUSINESS_DAY: ("business days", "business days"),
    TimeUnit.MONTH: ("months", "months"),
    TimeUnit.HOUR: ("hours", "hours"),
    TimeUnit.YEAR: ("year", "year"),
}
_FAST = ("fast_decision", ClockKind.PAYER_DECISION, 72, TimeUnit.HOUR, (Anchor.UNSTATED,))
Plan = tuple[str, ClockKind, int, TimeUnit, tuple[Anchor, ...]]
_ANY = (Anchor.RECEIPT, Anchor.LETTER_DATE, Anchor.UNSTATED)
_FROM_LETTER = (Anchor.LETTER_DATE,)
_FROM_RECEIPT = (Anchor.RECEIPT,)
_LATER = (Anchor.DECISION_DATE,)
_IA = "internal_appeal"

FIRST: dict[str, tuple[Plan, ...]] = {
    "commercial": (
        (_IA, ClockKind.INTERNAL_APPEAL, 180, TimeUnit.DAY, _ANY),
        _FAST,
        ("external_later", ClockKind.EXTERNAL_REVIEW, 4, TimeUnit.MONTH, _LATER),
    ),
    "marketplace": (
        (_IA, ClockKind.INTERNAL_APPEAL, 180, TimeUnit.DAY, (Anchor.RECEIPT, Anchor.LETTER_DATE)),
        _FAST,
        ("external_later", ClockKind.EXTERNAL_REVIEW, 4, TimeUnit.MONTH, _LATER),
    ),
    "medicare_advantage": (
        (_IA, ClockKind.INTERNAL_APPEAL, 65, TimeUnit.DAY, _FROM_LETTER),
        ("drug_decision", ClockKind.PAYER_DECISION, 7, TimeUnit.DAY, _FROM_RECEIPT),
        _FAST,
    ),
    "part_d": (
        (_IA, ClockKind.INTERNAL_APPEAL, 65, TimeUnit.DAY, _FROM_LETTER),
        ("drug_decision", ClockKind.PAYER_DECISION, 7, TimeUnit.DAY, _FROM_RECEIPT),
        _FAST,
    ),
    "medicaid": (
        (_IA, ClockKind.INTERNAL_APPEAL, 60, TimeUnit.DAY, _FROM_LETTER),
        ("continuation_of_benefits", ClockKind.CONTINUATION_OF_BENEFITS, 10, TimeUnit.DAY, _FROM_LETTER),
        _FAST,
        ("hearing_later", ClockKind.FAIR_HEARING, 120, TimeUnit.DAY, _LATER),
    ),
    "original_medicare": (("redetermination", ClockKind.INTERNAL_APPEAL, 120, TimeUnit.DAY, _FROM_RECEIPT),),
    "fehb": (("reconsider", ClockKind.INTERNAL_APPEAL, 6, TimeUnit.MONTH, _FROM_LETTER), _FAST),
}
NEXT: dict[str, tuple[Plan, ...]] = {
    "medicaid": (("fair_hearing", ClockKind.FAIR_HEARING, 120, TimeUnit.DAY, _FROM_LETTER),),
    "original_medicare": (("qic", ClockKind.SECOND_LEVEL, 180, TimeUnit.DAY, _FROM_RECEIPT),),
    "medicare_advantage": (("second_level", ClockKind.SECOND_LEVEL, 60, TimeUnit.DAY, _FROM_LETTER),),
    "part_d": (("second_level", ClockKind.SECOND_LEVEL, 60, TimeUnit.DAY, _FROM_LETTER),),
    "fehb": (("second_level", ClockKind.SECOND_LEVEL, 90, TimeUnit.DAY, _FROM_LETTER),),
}
_COMMERCIAL_NEXT: tuple[tuple[Plan, ...], ...] = (
    (("external_review", ClockKind.EXTERNAL_REVIEW, 4, TimeUnit.MONTH, _FROM_RECEIPT),),
    (("second_level", ClockKind.SECOND_LEVEL, 60, TimeUnit.DAY, (Anchor.RECEIPT, Anchor.LETTER_DATE)),),
)
_CORRECTABLE = {"coding_mismatch", "coding_modifier_ndc_units", "admin_missing_claim_data", "bundling", "auth_mismatch"}


def limits(
    rng: Random, bank: Bank, kind: LetterKind, case: Case, categories: frozenset[str], *, by_date: bool
) -> tuple[Limit, ...]:
    """The stated time limits of a letter; with ``by_date`` the appeal limit is a printed day."""
    plans = _plans(rng, kind, case, categories)
    out = [_limit(rng, bank, plan, case) for plan in plans]
    if by_date and out and out[0].kind is ClockKind.INTERNAL_APPEAL and out[0].due:
        out[0] = _by_date(rng, bank["internal_appeal"]["stated"], out[0].kind, out[0].due)
    return tuple(out)


def _plans(rng: Random, kind: LetterKind, case: Case, categories: frozenset[str]) -> list[Plan]:
    line = case.payer.line
    if kind is LetterKind.APPEAL_UPHELD:
        return list(NEXT.get(line) or rng.choice(_COMMERCIAL_NEXT))
    if kind is LetterKind.DISMISSAL:
        return [("dismissal_review", ClockKind.SECOND_LEVEL, rng.choice([60, 65]), TimeUnit.DAY, _FROM_LETTER)]
    if kind is LetterKind.OVERPAYMENT_DEMAND:
        return [
            (
                "overpayment_response",
                ClockKind.OVERPAYMENT_RESPONSE,
                rng.choice([30, 45, 60]),
                TimeUnit.DAY,
                _FROM_LETTER,
            ),
            ("recoupment_hold", ClockKind.RECOUPMENT_HOLD, 30, TimeUnit.DAY, _FROM_LETTER),
        ]
    if kind is LetterKind.INFORMATION_REQUEST:
        return [("records_due", ClockKind.RECORDS_DUE, rng.choice([14, 30, 45]), TimeUnit.DAY, _FROM_LETTER)]
    if case.claim is None:
        plans = list(FIRST[line])
        span = rng.choice([5, 7, 10, 14])
        if line in ("commercial", "marketplace") and not crosses_holiday(case.letter_date, span):
            plans.insert(
                1,
                (
                    "peer_to_peer",
                    ClockKind.PEER_TO_PEER,
                    span,
                    TimeUnit.BUSINESS_DAY,
                    (Anchor.LETTER_DATE, Anchor.UNSTATED),
                ),
            )
        return plans
    return _claim_plans(rng, line, categories)


def _claim_plans(rng: Random, line: str, categories: frozenset[str]) -> list[Plan]:
    plans: list[Plan] = []
    if "no_prior_auth" in categories:
        plans.append(
            ("retro_authorization", ClockKind.RETRO_AUTHORIZATION, rng.choice([10, 30]), TimeUnit.DAY, _FROM_LETTER)
        )
    if categories & _CORRECTABLE and line == "original_medicare":
        # Part B takes no corrected claims: a clerical error is reopened, an unprocessable claim is billed anew.
        if "admin_missing_claim_data" not in categories:
            plans.append(("reopening", ClockKind.REOPENING, 1, TimeUnit.YEAR, _FROM_LETTER))
    elif categories & _CORRECTABLE:
        anchors = (Anchor.LETTER_DATE, Anchor.DATE_OF_SERVICE)
        plans.append(("corrected_claim", ClockKind.CORRECTED_CLAIM, rng.choice([90, 180, 365]), TimeUnit.DAY, anchors))
    if "insufficient_documentation" in categories:
        plans.append(("records_due", ClockKind.RECORDS_DUE, rng.choice([30, 45]), TimeUnit.DAY, _FROM_LETTER))
    if "admin_missing_claim_data" in categories:
        return plans
    if line == "original_medicare":
        return [*plans, *FIRST[line]]
    if rng.random() < 0.4:
        plans.append(("reconsideration", ClockKind.RECONSIDERATION, rng.choice([60, 180]), TimeUnit.DAY, _FROM_LETTER))
    if rng.random() < 0.5:
        return [*plans, (_IA, ClockKind.INTERNAL_APPEAL, rng.choice([60, 90, 120, 180]), TimeUnit.DAY, _ANY)]
    dispute = (
        "provider_dispute",
        ClockKind.PROVIDER_DISPUTE,
        rng.choice([60, 90, 120, 180, 365]),
        TimeUnit.DAY,
        (Anchor.LETTER_DATE, Anchor.RECEIPT),
    )
    return [*plans, dispute]


def _limit(rng: Random, bank: Bank, plan: Plan, case: Case) -> Limit:
    key, kind, amount, unit, anchors = plan
    anchor = rng.choice(anchors)
    if kind is ClockKind.PAYER_DECISION or anchor is Anchor.DECISION_DATE:
        day = None
    else:
        start = case.days[-1] if anchor is Anchor.DATE_OF_SERVICE else case.letter_date
        day = due(start, amount, unit)
    text = rng.choice(bank[key][anchor.value]).format(n=say_number(rng, amount), unit=rng.choice(_UNITS[unit]))
    return Limit(kind=kind, party=_party(kind), amount=amount, unit=unit, anchor=anchor, due=day, text=text)


def _by_date(rng: Random, sentences: Sequence[str], kind: ClockKind, day: date) -> Limit:
    text = rng.choice(sentences).format(date=say_date(rng, day))
    return Limit(kind=kind, party=Party.EITHER, amount=None, unit=None, anchor=Anchor.UNSTATED, due=day, text=text)


def _party(kind: ClockKind) -> Party:
    if kind is ClockKind.PAYER_DECISION:
        return Party.PAYER
    if kind in (ClockKind.EXTERNAL_REVIEW, ClockKind.FAIR_HEARING, ClockKind.CONTINUATION_OF_BENEFITS):
        return Party.MEMBER
    own = (ClockKind.INTERNAL_APPEAL, ClockKind.SECOND_LEVEL, ClockKind.EXPEDITED_APPEAL)
    return Party.EITHER if kind in own else Party.PROVIDER


def reaches(rng: Random, kind: LetterKind, case: Case, limits_: Sequence[Limit]) -> tuple[Reach, ...]:
    """The contacts that go with the limits: each purpose has numbers of its own."""
    phones, out = Phones(rng), []
    kinds = {c.kind for c in limits_}

    def number(purpose: Purpose, channel: Channel) -> None:
        value = phones.draw()
        out.append(Reach(purpose=purpose, channel=channel, value=value, text=phones.printed(value)))

    if kinds & {ClockKind.INTERNAL_APPEAL, ClockKind.SECOND_LEVEL}:
        number(Purpose.APPEAL, Channel.FAX)
        out.append(_mail(case, Purpose.APPEAL))
    if ClockKind.PAYER_DECISION in kinds:
        number(Purpose.EXPEDITED_APPEAL, rng.choice([Channel.FAX, Channel.PHONE]))
    if ClockKind.PEER_TO_PEER in kinds:
        number(Purpose.PEER_TO_PEER, Channel.PHONE)
    if ClockKind.PROVIDER_DISPUTE in kinds:
        number(Purpose.PROVIDER_DISPUTE, Channel.FAX)
    if ClockKind.RECORDS_DUE in kinds:
        number(Purpose.RECORDS, Channel.FAX)
    if ClockKind.EXTERNAL_REVIEW in kinds and kind is LetterKind.APPEAL_UPHELD:
        number(Purpose.EXTERNAL_REVIEW, Channel.FAX)
    if case.payer.line == "commercial" and case.claim is None and not case.payer.funding and rng.random() < 0.5:
        number(Purpose.REGULATOR, Channel.PHONE)
    number(Purpose.MEMBER_SERVICES if case.claim is None else Purpose.PROVIDER_SERVICES, Channel.PHONE)
    return tuple(out)


def _mail(case: Case, purpose: Purpose) -> Reach:
    text = ", ".join([f"{case.payer.name} Appeals", *case.payer.address[-2:]])
    return Reach(purpose=purpose, channel=Channel.MAIL, value=text, text=text)
