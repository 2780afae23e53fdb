"""The answer key of one letter: what is true of it, before a word is written."""

from dataclasses import dataclass
from datetime import date

from pipeline.values.letter import (
    Addressee,
    Anchor,
    Category,
    Channel,
    CitationKind,
    CitationRole,
    ClockKind,
    LetterKind,
    Party,
    Purpose,
    ServiceTiming,
    TimeUnit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Who decides; ``policy`` is the botulinum policy as ``{number, edition, kind, issuer, title, printed}``."""

    id: str
    name: str
    line: str
    address: tuple[str, ...]
    member_id: str
    policy: dict[str, str | None]
    plan_words: str | None = None
    funding: str | None = None
    delegate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A denial reason and the sentence that gives it."""

    category: Category
    text: str
    subcategory: str | None = None
    asks: tuple[str, ...] = ()
    carc: tuple[str, ...] = ()
    rarc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A rule the letter cites; ``printed`` stands in the letter."""

    kind: CitationKind
    number: str | None
    printed: str
    role: CitationRole
    edition: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit and the sentence that states it; ``due`` is the earliest safe day."""

    kind: ClockKind
    party: Party
    amount: int | None
    unit: TimeUnit | None
    anchor: Anchor
    due: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A number or address by its role; ``text`` is how the letter gives it."""

    purpose: Purpose
    channel: Channel
    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A document the payer asks for."""

    evidence_type: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Auth:
    """A prior authorization the letter speaks of."""

    number: str
    units: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A service line; money in cents. ``carc`` as (group, code)."""

    day: date
    code: str
    modifiers: tuple[str, ...]
    units: int
    billed: int
    paid: int = 0
    carc: tuple[tuple[str, str], ...] = ()
    rarc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Who, what and when: everything of a letter that is not wording."""

    payer: Payer
    letter_date: date
    patient: str
    member_id: str
    birth: date
    provider: str
    npi: str
    tin: str
    practice: str
    practice_address: tuple[str, ...]
    patient_address: tuple[str, ...]
    service: str
    drug: str
    hcpcs: str
    cpt: str
    diagnosis: str
    units: int
    allowed_units: int
    days: tuple[date, ...] = ()
    group: str | None = None
    claim: str | None = None
    reference: str | None = None
    account: str | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer key: the case and what the payer says about it.

    ``omit`` names gold keys that are left unscored, ``nulls`` those that differ between the claims of one letter.
    """

    kind: LetterKind
    case: Case
    addressee: Addressee
    timing: ServiceTiming
    subtype: str | None = None
    reasons: tuple[Reason, ...] = ()
    citations: tuple[Cited, ...] = ()
    limits: tuple[Limit, ...] = ()
    reaches: tuple[Reach, ...] = ()
    asks: tuple[Ask, ...] = ()
    auths: tuple[Auth, ...] = ()
    billed: int | None = None
    denied: int | None = None
    owed: int | None = None
    received: date | None = None
    printed_codes: bool = True
    omit: frozenset[str] = frozenset()
    nulls: frozenset[str] = frozenset()
