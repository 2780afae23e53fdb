"""A letter and what was found in it: the shapes of the contract, sections 2 and 3.

Every finding carries its place, its rule and the candidates that lost. A compound finding (a reason, a citation ...)
is a finding with more keys. Field names that are Python keywords end in an underscore here and lose it in JSON.
"""

from dataclasses import dataclass

from pipeline.errors import ProblemCode
from pipeline.values.text import Box, Method
from pipeline.values.vocabulary import (
    Addressee,
    Anchor,
    Category,
    Channel,
    CitationKind,
    CitationRole,
    ClockBasis,
    ClockKind,
    DocumentStatus,
    LetterKind,
    Party,
    Purpose,
    ServiceTiming,
    TimeUnit,
    Unassigned,
)

__all__ = [
    "Addressee",
    "Adjustment",
    "Anchor",
    "Authorization",
    "CarcCode",
    "Category",
    "Channel",
    "Citation",
    "CitationKind",
    "CitationRole",
    "ClaimEntry",
    "Clock",
    "ClockBasis",
    "ClockKind",
    "Contact",
    "Document",
    "DocumentStatus",
    "Finding",
    "Letter",
    "LetterKind",
    "NoticeDefect",
    "PageSummary",
    "Party",
    "Problem",
    "Purpose",
    "Reason",
    "Rejected",
    "Request",
    "ReviewNote",
    "ServiceLine",
    "ServiceTiming",
    "TimeUnit",
    "Unassigned",
    "UnassignedPage",
    "UnmetCriterion",
    "value_of",
]


RIVAL = "another value is as well supported"
"""Why a candidate lost that stood as well as the winner: a person must look."""
ELECTRONIC, REVERSAL, FORESEEN, KEPT_BACK = (
    "electronic_remittance", "reversal", "predetermination", "provider_adjustment",
)  # fmt: skip
SENT_AS_DATA = frozenset({ELECTRONIC, REVERSAL, FORESEEN, KEPT_BACK})
"""The subtypes of what an electronic remittance holds: its values were sent, not read off a page."""
OUTDONE = "another place supports its value better"
"""Why a candidate lost that may be right as well, as one of several numbers of its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate that lost, and why, in words."""

    value: str | None
    text: str
    page: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A value, verbatim text and place it was read from, and the rule that found it.

    ``value`` is normalised as the contract says; ``boxes`` has one box a line; ``sure``: it may be accepted unseen.
    """

    value: str | None
    text: str
    page: int
    boxes: tuple[Box, ...]
    confidence: float
    rule: str
    sure: bool = False
    rejected: tuple[Rejected, ...] = ()


def value_of(found: Finding | None) -> str | None:
    """The value of a finding; None where nothing was found, or nothing that has a value."""
    return found.value if found is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarcCode(Finding):
    """A claim adjustment reason code; ``value`` is the number alone, ``group`` is CO, PR, OA, PI, CR or None."""

    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization(Finding):
    """A prior authorization the letter speaks of; ``value`` is its number."""

    number: str | None
    units: int | None = None
    visits: int | None = None
    from_: str | None = None
    to: str | None = None
    codes: tuple[str, ...] = ()
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Finding):
    """A denial reason; ``lines`` index the service lines it is tied to, over all claims of the letter in order."""

    category: Category
    subcategory: str | None = None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Finding):
    """A rule the letter cites; ``number`` is without edition; ``value`` is the canonical string."""

    kind: CitationKind
    issuer: str | None = None
    number: str | None = None
    edition: str | None = None
    section: str | None = None
    title: str | None = None
    role: CitationRole = CitationRole.BASIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Finding):
    """Something the payer asks for or says was missing; ``evidence_type`` is an id of models/evidence.yaml."""

    evidence_type: str
    criterion_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetCriterion(Finding):
    """A criterion that the payer calls not met or not shown; ``value`` says it, ``text`` is where the letter does.

    ``mark`` is how the letter counts it ("B.2"); ``category`` the denial reason it belongs to. Any of ``evidence`` (ids
    of models/evidence.yaml) would satisfy it. ``criterion_id``: the payer's criterion in our knowledge, where one fits;
    known only beside a case.
    """

    category: Category
    mark: str | None = None
    evidence: tuple[str, ...] = ()
    criterion_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Finding):
    """A time limit. Dates are ISO; ``due`` is the earliest safe date, ``due_latest`` the outer legal one if it differs.

    ``working`` says in plain words how ``due`` was reached. ``runs_from``: the letter's words for the day that the
    limit runs from, where they name no day that is known.
    """

    kind: ClockKind
    for_: Party
    amount: int | None
    unit: TimeUnit | None
    anchor: Anchor
    due: str | None
    due_at: str | None = None
    due_latest: str | None = None
    basis: ClockBasis
    rule_cite: str | None = None
    working: str
    runs_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Finding):
    """A number or address by its role; ``value`` is ten digits, an address on one line, a URL or an e-mail address."""

    purpose: Purpose
    channel: Channel
    for_: Party = Party.EITHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A claim adjustment of a service line; ``amount`` is a decimal string."""

    group: str | None
    carc: str
    amount: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLine:
    """A service line of a claim as the letter prints it; money as decimal strings, dates ISO."""

    from_: str | None = None
    to: str | None = None
    code: str | None = None
    modifiers: tuple[str, ...] = ()
    units: str | None = None
    ndc: str | None = None
    billed: str | None = None
    allowed: str | None = None
    paid: str | None = None
    adjustments: tuple[Adjustment, ...] = ()
    rarc: tuple[str, ...] = ()
    outcome: str | None = None
    page: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """One claim of a letter that concerns one or several."""

    claim_number: str | None = None
    patient_account_number: str | None = None
    member_id: str | None = None
    member_name: str | None = None
    lines: tuple[ServiceLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDefect:
    """A content the law asks of the notice and that is not there."""

    code: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewNote:
    """A field a person should look at, and why, in words."""

    field: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter with everything found in it (contract, section 3).

    ``boundary_confidence`` is the probability that it has just these pages: 1.0 where the file held nothing else.
    ``fingerprint`` is nearly the same for every scan, fax and print of one letter.
    """

    letter_id: str
    pages: tuple[int, ...]
    kind: LetterKind
    kind_confidence: float
    boundary_confidence: float = 1.0
    subtype: str | None = None
    addressee: Addressee = Addressee.UNKNOWN
    service_timing: ServiceTiming = ServiceTiming.UNKNOWN
    payer: Finding | None = None
    payer_id: str | None = None
    delegate: Finding | None = None
    plan_type: Finding | None = None
    funding: Finding | None = None
    letter_date: Finding | None = None
    received_date: Finding | None = None
    request_received_date: Finding | None = None
    decision_date: Finding | None = None
    member_name: Finding | None = None
    member_id: Finding | None = None
    date_of_birth: Finding | None = None
    group_number: Finding | None = None
    patient_account_number: Finding | None = None
    claim_number: Finding | None = None
    reference_number: Finding | None = None
    provider_name: Finding | None = None
    provider_npi: Finding | None = None
    tin: Finding | None = None
    service_description: Finding | None = None
    dates_of_service: tuple[Finding, ...] = ()
    billed_amount: Finding | None = None
    denied_amount: Finding | None = None
    patient_responsibility: Finding | None = None
    procedure_codes: tuple[Finding, ...] = ()
    diagnosis_codes: tuple[Finding, ...] = ()
    modifiers: tuple[Finding, ...] = ()
    carc: tuple[CarcCode, ...] = ()
    rarc: tuple[Finding, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    denial_reasons: tuple[Reason, ...] = ()
    policy_citations: tuple[Citation, ...] = ()
    requested_evidence: tuple[Request, ...] = ()
    clocks: tuple[Clock, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notice_defects: tuple[NoticeDefect, ...] = ()
    needs_review: tuple[ReviewNote, ...] = ()
    fingerprint: str | None = None
    demanded_amount: Finding | None = None
    unmet_criteria: tuple[UnmetCriterion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """A page as the contract shows it."""

    number: int
    method: Method
    width_pt: float | None
    height_pt: float | None
    rotation: int
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnassignedPage:
    """A page that belongs to no letter."""

    number: int
    why: Unassigned


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a document was quarantined, and what to do."""

    code: ProblemCode
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document inside a container: ``place`` counts from 1, ``name`` is as printed there.

    ``document_id`` is None where it could not be taken out, for ``problem``. ``document`` is what was read of it, where
    nothing is stored (``denials read``); in the store it is a document of its own.
    """

    place: int
    name: str
    document_id: str | None = None
    problem: Problem | None = None
    document: "Document | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file and the letters in it (contract, section 2). ``document_id`` is the SHA-256 of the bytes, in hex.

    A container (a mail, an archive) has ``members`` and neither pages nor letters of its own.
    """

    file_name: str
    document_id: str
    status: DocumentStatus
    problem: Problem | None = None
    pages: tuple[PageSummary, ...] = ()
    letters: tuple[Letter, ...] = ()
    unassigned_pages: tuple[UnassignedPage, ...] = ()
    members: tuple[Member, ...] = ()
    versions: dict[str, str]
