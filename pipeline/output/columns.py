"""The columns of the sheets, each with its kind and its meaning: the data dictionary that goes with every export."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds; it decides the type in a workbook and in Parquet."""

    TEXT = "text"
    ID = "id"
    """An identifier: text, with its zeros, never a number."""
    MONEY = "US dollars"
    DAY = "date"
    NUMBER = "number"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and what it means."""

    name: str
    kind: Kind
    meaning: str


def _columns(*given: tuple[str, Kind, str]) -> tuple[Column, ...]:
    return tuple(Column(name=name, kind=kind, meaning=meaning) for name, kind, meaning in given)


WORKLIST = _columns(
    ("due", Kind.DAY, "Day by which the task must be done; earliest safe date."),
    ("days_left", Kind.NUMBER, "Calendar days from the export's day to 'due'; negative when overdue."),
    ("due_why", Kind.TEXT, "How 'due' was counted, in words."),
    ("priority", Kind.NUMBER, "0 to 100; the worklist is ordered by due, then this."),
    ("priority_why", Kind.TEXT, "What made the priority."),
    ("action", Kind.TEXT, "What to do."),
    ("state", Kind.TEXT, "Where the task stands."),
    ("payer", Kind.TEXT, "The insurer that decided."),
    ("member_name", Kind.TEXT, "The patient, as printed."),
    ("member_id", Kind.ID, "The id of the patient's coverage, as printed."),
    ("claim_number", Kind.ID, "The payer's claim number, as printed."),
    ("reference_number", Kind.ID, "The payer's number of the request, case or appeal, as printed."),
    ("service", Kind.TEXT, "The service, as printed."),
    ("amount_at_risk", Kind.MONEY, "Money at stake."),
    ("amount_basis", Kind.TEXT, "Which amount of the letter that is."),
    ("reasons", Kind.TEXT, "Why the payer denied: categories of the contract."),
    ("policies", Kind.TEXT, "The rules that the letter cites."),
    ("missing", Kind.TEXT, "Evidence that is not on file."),
    ("steps", Kind.TEXT, "What to do, in order, with days."),
    ("received_at", Kind.DAY, "Day the letter came in."),
    ("assignee", Kind.TEXT, "Who works on it."),
    ("account_number", Kind.ID, "Our number of the patient's account, of our own list or of the letter."),
    ("billing_payer_id", Kind.ID, "The payer's number in our billing system, of our own list."),
    ("patient_folder", Kind.ID, "The patient's folder, of our own list."),
    ("location", Kind.TEXT, "Our location that it belongs to; empty where that is not known."),
    ("task_id", Kind.ID, "The task's id; stays the same after every run."),
    ("case_id", Kind.ID, "The case's id."),
    ("letter_ids", Kind.ID, "The letters of the task."),
)
REQUIREMENTS = _columns(
    ("task_id", Kind.ID, "The task it belongs to."),
    ("criterion_id", Kind.ID, "The criterion."),
    ("statement", Kind.TEXT, "What must be shown."),
    ("status", Kind.TEXT, "How it stands: unknown means that nothing on file says."),
    ("why", Kind.TEXT, "Why it stands so."),
    ("missing", Kind.TEXT, "What is to be got."),
    ("where_to_find", Kind.TEXT, "Where that usually is."),
    ("owner", Kind.TEXT, "Who can get it."),
)
FINDINGS = _columns(
    ("letter_id", Kind.ID, "The letter."),
    ("field", Kind.TEXT, "Which value of the letter."),
    ("value", Kind.ID, "The value, normalised."),
    ("text", Kind.ID, "The words of the page."),
    ("page", Kind.NUMBER, "The page it stands on."),
    ("confidence", Kind.NUMBER, "0 to 1."),
    ("sure", Kind.YES_NO, "Whether it may be accepted unseen."),
    ("rule", Kind.TEXT, "The rule that found it."),
)
SHEETS = {"worklist": WORKLIST, "requirements": REQUIREMENTS, "findings": FINDINGS}
"""The sheets of an export, in order."""
