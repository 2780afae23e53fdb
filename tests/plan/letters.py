"""Letters as extraction leaves them, made of a few words; all people and numbers are invented."""

from datetime import date
from typing import Any

from pipeline.case import CaseLetter, cases_of, work_out
from pipeline.knowledge import load_knowledge
from pipeline.values.letter import CarcCode, Citation, Clock, Contact, Finding, Letter, Reason, Request
from pipeline.values.practice import Practice
from pipeline.values.task import Task
from pipeline.values.vocabulary import (
    Anchor,
    Category,
    Channel,
    CitationKind,
    CitationRole,
    ClockBasis,
    ClockKind,
    LetterKind,
    Party,
    Purpose,
    ServiceTiming,
    TimeUnit,
)

KNOWLEDGE = load_knowledge()
_PLACE: dict[str, Any] = {"text": "as printed", "page": 1, "boxes": (), "confidence": 0.9, "rule": "test"}
_DAY = date(2026, 3, 1)


_PLAIN = {"kind", "service_timing", "subtype", "payer_id", "fingerprint", "addressee"}


def found(value: str | None) -> Finding | None:
    return None if value is None else Finding(value=value, **_PLACE)


def reason(category: str, **more: Any) -> Reason:
    return Reason(value=category, category=Category(category), **more, **_PLACE)


def clock(
    kind: str,
    amount: int | None = None,
    unit: str = "day",
    *,
    party: str = "either",
    anchor: str = "letter_date",
    due: str | None = None,
) -> Clock:
    basis = ClockBasis.STATED if amount is not None else ClockBasis.STATED_DATE
    return Clock(
        value=due,
        kind=ClockKind(kind),
        for_=Party(party),
        amount=amount,
        unit=TimeUnit(unit) if amount is not None else None,
        anchor=Anchor(anchor),
        due=due,
        basis=basis,
        working="",
        **_PLACE,
    )


def contact(purpose: str, channel: str, value: str, *, party: str = "either") -> Contact:
    return Contact(purpose=Purpose(purpose), channel=Channel(channel), value=value, for_=Party(party), **_PLACE)


def request(evidence_type: str, criterion_id: str | None = None) -> Request:
    return Request(value="please send it", evidence_type=evidence_type, criterion_id=criterion_id, **_PLACE)


def citation(kind: str, number: str, *, edition: str | None = None, role: str = "basis") -> Citation:
    return Citation(
        value=number, kind=CitationKind(kind), number=number, edition=edition, role=CitationRole(role), **_PLACE
    )


def carc(code: str, group: str | None = "CO") -> CarcCode:
    return CarcCode(value=code, group=group, **_PLACE)


def a_letter(letter_id: str = "a-1", *, reasons: tuple[str, ...] = ("medical_necessity",), **more: Any) -> Letter:
    """A denial of a claim after the service; ``more`` overrides, plain strings become findings."""
    values: dict[str, Any] = {
        "kind": LetterKind.DENIAL,
        "service_timing": ServiceTiming.POST_SERVICE,
        "payer": "Example Health Plan",
        "letter_date": "2026-03-01",
        "member_name": "DOE, JANE",
        "member_id": "W123456789",
        "claim_number": "CLM-0001",
        "denial_reasons": tuple(reason(category) for category in reasons),
    }
    values |= more
    lists = {"dates_of_service", "procedure_codes", "diagnosis_codes", "rarc"}
    for key, value in values.items():
        if key in lists:
            values[key] = tuple(found(item) for item in value)
        elif isinstance(value, str) and key not in {
            "kind",
            "service_timing",
            "subtype",
            "payer_id",
            "fingerprint",
            "addressee",
        }:
            values[key] = found(value)
    values["kind"], values["service_timing"] = LetterKind(values["kind"]), ServiceTiming(values["service_timing"])
    return Letter(letter_id=letter_id, pages=(1,), kind_confidence=0.9, **values)


def tasks_of(
    *letters: Letter, today: date = _DAY, received: date = date(2026, 3, 4), practice: Practice | None = None
) -> tuple[Task, ...]:
    """The tasks of the first case of the letters."""
    first = cases_of(letters[0])[0]
    return work_out(
        [CaseLetter(letter=letter, received=received, claim_index=first.claim_index) for letter in letters],
        case_id=first.home,
        today=today,
        knowledge=KNOWLEDGE,
        practice=practice or Practice(),
    )


def the_task(*letters: Letter, **more: Any) -> Task:
    """The only task of the letters."""
    (task,) = tasks_of(*letters, **more)
    return task
