"""What a person typed or picked, brought to the form of the contract; a message in words where it cannot be.

>>> scalar("letter_date", "3/5/2026")
'2026-03-05'
>>> scalar("denied_amount", "$1,284")
'1284.00'
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.knowledge.calendar import due_date, working
from pipeline.overlay import LISTS
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import (
    CarcCode,
    Citation,
    Clock,
    Contact,
    Finding,
    Letter,
    Reason,
    Request,
)
from pipeline.values.vocabulary import (
    Anchor,
    Category,
    Channel,
    CitationKind,
    CitationRole,
    ClockBasis,
    ClockKind,
    Party,
    Purpose,
    TimeUnit,
)

_DAYS = frozenset({"letter_date", "received_date", "request_received_date", "decision_date", "date_of_birth"})
_MONEY = frozenset({"billed_amount", "denied_amount", "patient_responsibility", "demanded_amount"})
_SPACELESS = frozenset(
    {"member_id", "group_number", "patient_account_number", "claim_number", "reference_number", "tin"}
)
_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%B %d %Y")
_LONGEST = 500
_ENTRY_FIELDS = frozenset({"procedure_codes", "diagnosis_codes", "modifiers", "rarc"})


class Mistyped(Exception):
    """What is wrong with an input, in words."""


def kind_of(name: str) -> str:
    """How a field is typed: ``date``, ``money`` or ``text``."""
    return "date" if name in _DAYS else "money" if name in _MONEY else "text"


def scalar(name: str, text: str) -> str:
    """The value of a single field. Raises ``Mistyped``."""
    clean = " ".join(text.replace("\x00", "").split())
    if not clean:
        raise Mistyped("Nothing is written. Say “not in the letter” if it is not there.")
    if len(clean) > _LONGEST:
        raise Mistyped("This is too long for a value.")
    if name in _DAYS:
        return day(clean)
    if name in _MONEY:
        return money(clean)
    if name == "provider_npi":
        digits = re.sub(r"\D", "", clean)
        if len(digits) != 10:
            raise Mistyped("An NPI has ten digits.")
        return digits
    return clean.replace(" ", "") if name in _SPACELESS else clean


def day(text: str) -> str:
    """A day as ISO, from the ways it is written here; a month stands before a day. Raises ``Mistyped``."""
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip().rstrip("."), form).date().isoformat()
        except ValueError:
            continue
    raise Mistyped("This is no day. Write it as 2026-03-05 or 3/5/2026.")


def money(text: str) -> str:
    """An amount with two decimals. Raises ``Mistyped``."""
    try:
        amount = Decimal(re.sub(r"[\s$,]", "", text))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > Decimal(10) ** 10:
        raise Mistyped("This is no amount. Write it as 1284.00.")
    return f"{amount:.2f}"


def entry(name: str, typed: Mapping[str, str], letter: Letter) -> dict[str, Any]:
    """A new entry of a list field, as the contract's JSON. Raises ``Mistyped``."""
    text = " ".join(typed.get("value", "").replace("\x00", "").split())[:_LONGEST]
    place: dict[str, Any] = {
        "text": text, "page": letter.pages[0], "boxes": (), "confidence": 1.0, "rule": "person.set", "sure": True,
    }  # fmt: skip
    try:
        made = _made(name, text, typed, letter, place)
    except ValueError:
        raise Mistyped("Choose one of the list.") from None
    known: dict[str, Any] = to_json(from_json(LISTS[name], to_json(made)))
    return known


def _made(name: str, text: str, typed: Mapping[str, str], letter: Letter, place: dict[str, Any]) -> Finding:
    match name:
        case "denial_reasons":
            category = Category(typed.get("category", ""))
            return Reason(value=category.value, category=category, **place)
        case "contacts":
            _needs(text, "Write the number or the address.")
            channel = Channel(typed.get("channel", ""))
            return Contact(
                value=_reached(text, channel), purpose=Purpose(typed.get("purpose", "")), channel=channel, **place
            )
        case "policy_citations":
            _needs(text, "Write the number or the title of the rule.")
            kind = CitationKind(typed.get("kind", ""))
            number = text if any(c.isdigit() for c in text) else None
            return Citation(
                value=text, kind=kind, number=number, title=None if number else text, role=CitationRole.BASIS, **place
            )
        case "clocks":
            return _clock(typed, letter, place)
        case "requested_evidence":
            return Request(value=text or typed.get("evidence_type", ""), evidence_type=typed["evidence_type"], **place)
        case "carc":
            digits = re.fullmatch(r"(?:(CO|PR|OA|PI|CR)[\s-]*)?([A-Z]?\d{1,3})", text.upper())
            if digits is None:
                raise Mistyped("Write the code as CO-50 or 50.")
            return CarcCode(value=digits[2], group=digits[1], **place)
        case "dates_of_service":
            return Finding(value=day(text), **place)
        case _ if name in _ENTRY_FIELDS:
            _needs(text, "Write the code.")
            return Finding(value=text.upper().replace(" ", ""), **place)
        case _:
            raise Mistyped("This list is corrected in the letter’s text alone.")


def _needs(text: str, message: str) -> None:
    if not text:
        raise Mistyped(message)


def _reached(text: str, channel: Channel) -> str:
    if channel not in (Channel.FAX, Channel.PHONE):
        return text
    digits = re.sub(r"\D", "", text)
    digits = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(digits) != 10:
        raise Mistyped("A fax or phone number has ten digits.")
    return digits


def _clock(typed: Mapping[str, str], letter: Letter, place: dict[str, Any]) -> Clock:
    kind = ClockKind(typed.get("kind", ""))
    if typed.get("due"):
        due = day(typed["due"])
        return Clock(
            value=due, kind=kind, for_=Party.EITHER, amount=None, unit=None, anchor=Anchor.UNSTATED, due=due,
            basis=ClockBasis.STATED_DATE, working=f"the day {due} as a person read it", **place,
        )  # fmt: skip
    if not typed.get("amount", "").isdigit() or not 0 < int(typed["amount"]) <= 3650:
        raise Mistyped("Write how many days, or the day itself.")
    return counted(
        Clock(
            value=None, kind=kind, for_=Party.EITHER, amount=int(typed["amount"]), unit=TimeUnit(typed["unit"]),
            anchor=Anchor(typed["anchor"]), due=None, basis=ClockBasis.STATED, working="", **place,
        ),
        letter,
    )  # fmt: skip


def counted(clock: Clock, letter: Letter) -> Clock:
    """The clock with its day counted from its anchor, where the letter says that day; without a day otherwise."""
    start = _anchored(clock.anchor, letter)
    if clock.amount is None or clock.unit is None or start is None:
        return _with(clock, due=None, told="the day it runs from is not in the letter")
    due = due_date(start, amount=clock.amount, unit=clock.unit).isoformat()
    return _with(clock, due=due, told=working(start, amount=clock.amount, unit=clock.unit, anchor=clock.anchor))


def _with(clock: Clock, *, due: str | None, told: str) -> Clock:

    return replace(clock, due=due, value=due, working=told)


def _anchored(anchor: Anchor, letter: Letter) -> date | None:
    days = {
        Anchor.LETTER_DATE: letter.letter_date, Anchor.UNSTATED: letter.letter_date,
        Anchor.RECEIPT: letter.received_date or letter.letter_date, Anchor.DECISION_DATE: letter.decision_date,
        Anchor.REQUEST_DATE: letter.request_received_date, Anchor.REMITTANCE_DATE: letter.letter_date,
        Anchor.DATE_OF_SERVICE: min(letter.dates_of_service, key=lambda f: f.value or "9", default=None),
    }  # fmt: skip
    found = days.get(anchor)
    try:
        return date.fromisoformat(found.value) if found is not None and found.value else None
    except ValueError:
        return None
