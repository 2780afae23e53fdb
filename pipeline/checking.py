"""What a person must look at in a letter: the state of every field, in reading order, and why it is asked. Pure.

A field is *flagged* when a person has to say something about it before the letter can be called checked: a review note
stands on it, a rule fails, it is missing where it may not be, or a value that names the case, the money or the day was
read in a way that may not be accepted unseen. Entries of lists are never accepted unseen: they are all shown open, with
their words, and flagged where one was read with little confidence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.overlay import LISTS, SCALARS, by_person
from pipeline.values.decision import Decided, standing
from pipeline.values.letter import Clock, Finding, Letter
from pipeline.values.vocabulary import ClockKind, LetterKind


class FieldState(StrEnum):
    """How far a value can be relied on; shown as word and sign, never as colour alone."""

    SURE = "sure"
    CHECK = "check"
    MISSING = "missing"
    FAILED = "rule failed"
    BY_PERSON = "by you"
    NOT_SAID = "not in the letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a letter as the desk shows it; ``found`` holds nothing, one value, or the entries."""

    name: str
    state: FieldState
    found: tuple[Finding, ...]
    flagged: bool
    asked: tuple[str, ...]
    """Why a person is asked, in words."""
    why: tuple[str, ...]
    """Where the value comes from: the rule and its confidence, or who said it when."""
    said: Decided | None
    plain: str | None = None
    """The value of a field without a place: kind, addressee ..."""

    @property
    def is_list(self) -> bool:
        """Whether the field holds any number of entries."""
        return self.name in LISTS

    @property
    def value(self) -> str:
        """The value as text; of entries, all of them."""
        return self.plain or ", ".join(found.value or found.text for found in self.found)


ORDER: Mapping[str, tuple[str, ...]] = {
    "What it is": ("kind", "addressee", "service_timing"),
    "Who decided": ("payer", "delegate", "plan_type", "funding"),
    "Days": ("letter_date", "received_date", "decision_date", "request_received_date"),
    "Patient": ("member_name", "member_id", "date_of_birth", "group_number", "patient_account_number"),
    "Claim": ("claim_number", "reference_number", "provider_name", "provider_npi", "tin"),
    "Why and under which rule": ("denial_reasons", "policy_citations", "carc", "rarc", "requested_evidence"),
    "Until when": ("clocks",),
    "Where to": ("contacts",),
    "Service and money": (
        "service_description", "dates_of_service", "procedure_codes", "diagnosis_codes", "modifiers",
        "billed_amount", "denied_amount", "patient_responsibility", "demanded_amount", "authorizations",
    ),
}  # fmt: skip
"""The fields by section, in the order in which a letter is read."""

_ASKS = frozenset(
    {LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL,
     LetterKind.INFORMATION_REQUEST, LetterKind.OVERPAYMENT_DEMAND}
)  # fmt: skip
_DENIES = _ASKS - {LetterKind.INFORMATION_REQUEST, LetterKind.OVERPAYMENT_DEMAND}
_NEEDED = ("payer", "letter_date", "member_name")
_DECIDING = frozenset(
    {"payer", "letter_date", "received_date", "member_name", "member_id", "claim_number", "reference_number",
     "denied_amount", "decision_date"}
)  # fmt: skip
"""What names the case, the money or the day: never accepted unseen unless it is sure."""
_DOUBTFUL = 0.7
"""An entry read with less confidence than this is asked about by itself."""


def fields_of(letter: Letter, said: Iterable[Decided], *, today: date) -> tuple[Field, ...]:
    """Every field of a letter with decisions laid over it, in reading order."""
    decided = standing(said)
    failed = _failed(letter, today)
    names = [name for part in ORDER.values() for name in part]
    if letter.kind is not LetterKind.OVERPAYMENT_DEMAND:
        names.remove("demanded_amount")
    return tuple(_field(letter, name, decided.get(name), failed.get(name, ())) for name in names)


def whole_letter_notes(letter: Letter) -> tuple[str, ...]:
    """What is to be looked at and belongs to no field: its pages, its claims, what it is beside its kind."""
    named = {name for part in ORDER.values() for name in part}
    return tuple(dict.fromkeys(note.why for note in letter.needs_review if note.field not in named))


def _field(letter: Letter, name: str, said: Decided | None, failed: tuple[str, ...]) -> Field:
    held = getattr(letter, name)
    notes = tuple(note.why for note in letter.needs_review if note.field == name)
    if name in SCALARS:
        found: tuple[Finding, ...] = () if held is None else (held,)
    else:
        found = held if name in LISTS else ()
    plain = None if name in SCALARS or name in LISTS else str(held)
    state = _state(letter, name, found, said, failed, bool(notes))
    flagged = bool(notes or (failed and said is None) or (said is None and _asked(letter, name, found, state)))
    asked = tuple(dict.fromkeys((*notes, *failed)))
    return Field(
        name=name, state=state, found=found, flagged=flagged, asked=asked, why=_told(found, said), said=said,
        plain=plain,
    )  # fmt: skip


def _state(
    letter: Letter, name: str, found: tuple[Finding, ...], said: Decided | None, failed: tuple[str, ...], noted: bool
) -> FieldState:
    if said is not None and not noted:
        return FieldState.BY_PERSON
    if failed:
        return FieldState.FAILED
    if name not in SCALARS and name not in LISTS:
        unsure = noted or (name == "kind" and letter.kind_confidence < _DOUBTFUL)
        return FieldState.CHECK if unsure else FieldState.SURE
    if not found:
        return FieldState.MISSING if noted or _needed(letter, name) else FieldState.NOT_SAID
    return FieldState.SURE if all(one.sure or by_person(one) for one in found) and not noted else FieldState.CHECK


def _asked(letter: Letter, name: str, found: tuple[Finding, ...], state: FieldState) -> bool:
    if letter.kind not in _ASKS and letter.kind is not LetterKind.REMITTANCE:
        return state is FieldState.CHECK and name == "kind"
    if state is FieldState.MISSING:
        return True
    if name in LISTS:
        return any(one.confidence < _DOUBTFUL for one in found)
    return state is FieldState.CHECK and (name in _DECIDING or name == "kind")


def _needed(letter: Letter, name: str) -> bool:
    """What a letter that asks something of us may not lack; of a letter about several claims each claim has its own."""
    if letter.kind not in _ASKS or len(letter.claims) > 1:
        return False
    if name == "claim_number":
        return letter.reference_number is None and letter.member_id is None
    return name in _NEEDED or (name == "denial_reasons" and letter.kind in _DENIES)


def _told(found: tuple[Finding, ...], said: Decided | None) -> tuple[str, ...]:
    if said is not None:
        return (f"{said.by} on {said.at:%Y-%m-%d %H:%M}" + (f": {said.reason}" if said.reason else ""),)
    return tuple(dict.fromkeys(f"rule {one.rule}, confidence {one.confidence:.0%}" for one in found))


def _failed(letter: Letter, today: date) -> dict[str, tuple[str, ...]]:
    """Values that cannot be right beside each other."""
    found: dict[str, tuple[str, ...]] = {}
    written, born = _day(letter.letter_date), _day(letter.date_of_birth)
    received = _day(letter.received_date)
    if written and written > today.isoformat():
        found["letter_date"] = ("the letter is dated in the future",)
    if written and received and received < written:
        found["received_date"] = ("it was received before it was written",)
    if written and born and born > written:
        found["date_of_birth"] = ("the patient would be born after the letter",)
    billed, denied = _amount(letter.billed_amount), _amount(letter.denied_amount)
    if billed is not None and denied is not None and denied > billed:
        found["denied_amount"] = ("more is denied than was billed",)
    early = [clock for clock in letter.clocks if _too_early(clock, written)]
    if early:
        found["clocks"] = ("a time limit ends before the date of the letter",)
    return found


def _too_early(clock: Clock, written: str | None) -> bool:
    return bool(written and clock.due and clock.kind is not ClockKind.PAYER_DECISION and clock.due < written)


def _day(found: Finding | None) -> str | None:
    try:
        return date.fromisoformat(found.value).isoformat() if found is not None and found.value else None
    except ValueError:
        return None


def _amount(found: Finding | None) -> float | None:
    try:
        return float(found.value) if found is not None and found.value else None
    except ValueError:
        return None
