"""The closed lists of the store: where a document stands, and what the audit can say."""

from enum import StrEnum


class State(StrEnum):
    """Where a document stands; each document is in exactly one state."""

    QUEUED = "queued"
    WORKING = "working"
    NEEDS_REVIEW = "needs_review"
    DONE = "done"
    QUARANTINED = "quarantined"
    PURGED = "purged"
    """Forgotten by rule: its bytes and all that was read of it are gone; id and hash stay. It counts as done."""


class Act(StrEnum):
    """What an audit row records."""

    ADDED = "added"
    TAKEN_IN = "taken_in"
    REFUSED = "refused"
    CLAIMED = "claimed"
    RELEASED = "released"
    LEASE_TAKEN_BACK = "lease_taken_back"
    SAVED = "saved"
    KEPT_EARLIER_RESULT = "kept_earlier_result"
    QUARANTINED = "quarantined"
    RETRIED = "retried"
    REPROCESS = "reprocess"
    TASK_CREATED = "task_created"
    TASK_UPDATED = "task_updated"
    TASK_REMOVED = "task_removed"
    TASK_ORPHANED = "task_orphaned"
    TASK_CHANGED = "task_changed"
    DECIDED = "decided"
    VIEWED = "viewed"
    DOWNLOADED = "downloaded"
    REMARKED = "remarked"
    PAPERS_KEPT = "papers_kept"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    PERSON_CHANGED = "person_changed"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    WORKLIST_READ = "worklist_read"
    PURGED = "purged"


SYSTEM = "system"
"""Who acts where no person does."""


class RemarkKind(StrEnum):
    """What a person wrote on a task."""

    NOTE = "note"
    CALL = "call"
    STATE = "state"
    ASSIGNED = "assigned"
    SENT = "sent"
    ARRIVED = "arrived"
    REMIND = "remind"
    TAKEN_BACK = "taken_back"
    FILLED = "filled"
    """A clinician's words for what was open in the letter; ``details`` name the gap."""
    SIGNED = "signed"
    """A clinician signed the letter; ``details`` hold the name and the hashes of what was signed."""
    PAPER = "paper"
    """A document was added to the patient's folder; the text is its name."""
