"""What the queue holds: requirements, steps and tasks (contract, section 5)."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.values.evidence import EvidenceTable, Proof
from pipeline.values.letter import Channel, Citation, Clock, Contact, Reason, UnmetCriterion


class Action(StrEnum):
    """What is to be done about a letter."""

    APPEAL = "appeal"
    SECOND_LEVEL_APPEAL = "second_level_appeal"
    EXTERNAL_REVIEW = "external_review"
    EXPEDITED_APPEAL = "expedited_appeal"
    FAIR_HEARING = "fair_hearing"
    PEER_TO_PEER = "peer_to_peer"
    RECONSIDERATION = "reconsideration"
    PROVIDER_DISPUTE = "provider_dispute"
    REOPENING = "reopening"
    CORRECTED_CLAIM = "corrected_claim"
    RESUBMIT_WITH_RECORDS = "resubmit_with_records"
    RETRO_AUTHORIZATION = "retro_authorization"
    STEP_EXCEPTION = "step_exception"
    AMEND_AUTHORIZATION = "amend_authorization"
    OBTAIN_STANDING = "obtain_standing"
    VERIFY_ELIGIBILITY = "verify_eligibility"
    BILL_OTHER_PAYER = "bill_other_payer"
    BILL_SECONDARY = "bill_secondary"
    BILL_PATIENT = "bill_patient"
    WRITE_OFF = "write_off"
    DISPUTE_RECOUPMENT = "dispute_recoupment"
    REFUND = "refund"
    RETURN_MISDIRECTED = "return_misdirected"
    FORWARD = "forward"
    CONFIRM_DEADLINE = "confirm_deadline"
    WATCH_PAYMENT = "watch_payment"
    SCHEDULE_SERVICE = "schedule_service"
    NONE = "none"


class TaskState(StrEnum):
    """Where a task stands."""

    NEEDS_REVIEW = "needs_review"
    NEEDS_EVIDENCE = "needs_evidence"
    READY_TO_SEND = "ready_to_send"
    P2P_SCHEDULED = "p2p_scheduled"
    SENT = "sent"
    AWAITING_DECISION = "awaiting_decision"
    OVERTURNED = "overturned"
    PARTIALLY_OVERTURNED = "partially_overturned"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    AWAITING_PAYMENT = "awaiting_payment"
    WRITTEN_OFF = "written_off"
    CLOSED = "closed"


class Status(StrEnum):
    """How a requirement stands against what is on file. ``unknown``: nothing on file says; it is never ``met``."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    STALE = "stale"
    POST_DATED = "post_dated"
    CONFLICT = "conflict"
    NOT_APPLICABLE = "not_applicable"


class Owner(StrEnum):
    """Who can get a piece of evidence."""

    CLINICIAN = "clinician"
    CLINIC_NURSE = "clinic_nurse"
    FRONT_DESK = "front_desk"
    BILLER = "biller"
    CODER = "coder"
    PA_COORDINATOR = "pa_coordinator"
    PATIENT = "patient"
    PHARMACY = "pharmacy"
    PAYER = "payer"
    OTHER_PRACTICE = "other_practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementSource:
    """Whose rule a requirement is; ``verified`` is True only where a primary source was read."""

    payer: str | None = None
    policy: str | None = None
    edition: str | None = None
    effective: str | None = None
    verified: bool = False
    variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Evidence that is not on file, where to find it and who can get it; turnaround in working days."""

    evidence_type: str
    what: str
    where_to_find: str
    owner: Owner
    turnaround_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """Something that must be shown, and how it stands.

    ``earliest`` is the ISO day on which it can be met by waiting alone (an interval, the length of a trial under way).
    """

    criterion_id: str
    statement: str
    source: RequirementSource
    phase: str
    status: Status
    why: str
    evidence: tuple[Proof, ...] = ()
    missing: Missing | None = None
    earliest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A paper that gives the right to file, and whether it is on file."""

    needs: str
    have: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, by an ISO date."""

    order: int
    do: str
    by: str | None
    channel: Channel | None = None
    contact: str | None = None


class Direction(StrEnum):
    """Whether a letter came to us or went out from us."""

    RECEIVED = "received"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A letter of a task's case on its time line; ``day`` is its own date, else the day it came."""

    letter_id: str
    kind: str
    direction: Direction
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Another case that may be the same, and why, for a person to decide."""

    case_id: str
    why: str


class FollowUpAct(StrEnum):
    """What a person did after the work on a task was done."""

    SENT = "sent"
    """It went out to the payer."""
    ARRIVED = "arrived"
    """The payer says that it has it."""
    REMIND = "remind"
    """The task is to be looked at again on a day."""
    TAKEN_BACK = "taken_back"
    """The follow-up numbered ``undoes`` was wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A row of what was done about a letter of ours with the payer; rows are added and never changed.

    ``day`` (ISO) is the day it went out or arrived, or the day to look again; ``at`` the moment it was written down.
    ``number`` is the fax number, address or portal that was used, ``proof`` the confirmation, trace or certified-mail
    number; both are empty where nobody said. ``letter_id`` is the letter that the work answers, with ``claim_index``
    where that letter has several claims, so that it stays with its work whatever becomes of the task's id.
    """

    act: FollowUpAct
    letter_id: str
    claim_index: int | None = None
    action: Action | None = None
    channel: Channel | None = None
    number: str = ""
    proof: str = ""
    day: str
    by: str
    at: str
    note: str = ""
    undoes: int | None = None
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work of the queue, with its deadline and the proof. Money as decimal strings, dates ISO.

    ``evidence_table`` is None where no chart is linked for certain, or the illness is not certain. ``send_to`` is the
    letter's contact for the action; None where it names none, or two that differ. ``account_number``,
    ``billing_payer_id`` and ``patient_folder`` are ours: of our own worklist, the first also of the letter. ``weight``
    are the points of ``priority`` that no day changes, None where the day has no part in it. Until ``holds_until`` a
    new day changes nothing but what ``plan.seen`` lays on. ``location`` is the one of ours that it belongs to, None
    where that is not known, ``location_why`` what says so. ``unmet_criteria`` are those that the letters name, each
    tied to the payer's criterion where one fits.
    """

    task_id: str
    case_id: str
    letter_id: str
    letter_ids: tuple[str, ...]
    member_name: str | None
    received_at: str
    action: Action
    level: int
    state: TaskState
    priority: int
    priority_why: str
    due: str | None
    due_at: str | None
    due_why: str
    clocks: tuple[Clock, ...]
    track: str
    filer: str
    standing: tuple[Standing, ...]
    payer: str | None
    member_id: str | None
    claim_number: str | None
    reference_number: str | None
    service: str | None
    amount_at_risk: str | None
    amount_basis: str | None
    patient_billing_hold: bool
    denial_reasons: tuple[Reason, ...]
    policy_citations: tuple[Citation, ...]
    requirements: tuple[Requirement, ...]
    steps: tuple[Step, ...]
    next_touch_on: str | None
    waiting_on: str | None
    assignee: str | None = None
    letters: tuple[Mail, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    argument: str | None = None
    evidence_table: EvidenceTable | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    send_to: Contact | None = None
    account_number: str | None = None
    billing_payer_id: str | None = None
    patient_folder: str | None = None
    weight: int | None = None
    weight_why: str = ""
    holds_until: str | None = None
    location: str | None = None
    location_why: str = ""
    unmet_criteria: tuple[UnmetCriterion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """Counts of one batch. ``seen`` counts the files this batch looked at, duplicates too; ``problems`` by code."""

    seen: int
    new: int
    duplicates: int
    letters: int
    tasks_created: int
    tasks_updated: int
    needs_review: int
    quarantined: int
    seconds: float
    pages: int
    ocr_pages: int
    problems: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCounts:
    """The conservation law: ``seen`` = queued + working + needs_review + done + quarantined + in_inbox."""

    seen: int
    queued: int
    working: int
    needs_review: int
    done: int
    quarantined: int
    in_inbox: int
    balanced: bool
