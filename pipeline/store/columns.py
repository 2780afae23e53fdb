"""What of a task or a letter people filter, sort and search by, taken from its JSON. Pure: migrations use it too."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.values.task import Task, TaskState
from pipeline.values.vocabulary import IN_WORDS

NO_DUE = "9999-99-99"
"""Sorts a task without a date after every date."""
FINISHED = (TaskState.CLOSED.value, TaskState.WRITTEN_OFF.value)
_IN_HAND = frozenset(
    state.value
    for state in (
        TaskState.NEEDS_REVIEW, TaskState.NEEDS_EVIDENCE, TaskState.READY_TO_SEND, TaskState.P2P_SCHEDULED,
        TaskState.SENT, TaskState.AWAITING_DECISION,
    )
)  # fmt: skip
_TOLD = frozenset(
    state.value
    for state in (
        TaskState.AWAITING_DECISION, TaskState.OVERTURNED, TaskState.PARTIALLY_OVERTURNED, TaskState.UPHELD,
        TaskState.AWAITING_PAYMENT, TaskState.CLOSED,
    )
)  # fmt: skip
"""What a letter of the payer tells; it goes before what a person said while still at work."""
_SHORT, _LONG = 200, 1000


def task_columns(
    content: Mapping[str, Any], *, person_state: str, assignee: str, said_over: str = ""
) -> dict[str, Any]:
    """The columns of a task's line in the worklist; money in cents, a missing text empty.

    A level that a letter upheld is finished: the next one has a task of its own.
    """
    stage = stage_of(person_state, content["state"], said_over)
    reasons = list(dict.fromkeys(reason["category"] for reason in content["denial_reasons"]))
    number = content["claim_number"] or content["reference_number"]
    texts = (
        content["payer"], content["member_name"], content["member_id"], content["claim_number"],
        content["reference_number"], content["service"], assignee, *reasons,
        *(IN_WORDS[reason] for reason in reasons if reason in IN_WORDS), content["action"],
    )  # fmt: skip
    return {
        "due": content["due"] or NO_DUE,
        "priority": content["priority"],
        "weight": content.get("weight"),
        "finished": stage in FINISHED or stage == content["state"] == TaskState.UPHELD.value,
        "stage": stage,
        "action": content["action"],
        "payer": _cut(content["payer"]),
        "member_name": _cut(content["member_name"]),
        "claim": _cut(number),
        "service": _cut(content["service"]),
        "reasons": " ".join(reasons)[:_LONG],
        "cents": _cents(content["amount_at_risk"]),
        "missing": sum(need["missing"] is not None for need in content["requirements"]),
        "assignee": assignee,
        "waiting_on": _cut(content["waiting_on"]),
        "received": content["received_at"][:10],
        "next_touch": (content["next_touch_on"] or "")[:10],
        "location": _cut(content.get("location")),
        "search": "\n".join(text for text in texts if text).replace("_", " ").casefold()[:_LONG],
    }


def stage_of(person_state: str, computed: str, said_over: str) -> str:
    """Where a task stands: what a person said, unless a letter has told since of what the person still had in hand.

    ``said_over`` is the state that was worked out when the person spoke.
    """
    told = computed in _TOLD and computed != said_over
    return computed if not person_state or (person_state in _IN_HAND and told) else person_state


def place_of(tasks: Iterable[Task]) -> str:
    """The one of our locations that the tasks of a case are of; empty where that is not known."""
    return _cut(next((task.location for task in tasks), None))


def letter_columns(content: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a letter's line in the reviewers' queue, from the letter as decided."""
    return {
        "kind": content["kind"],
        "payer": _cut(_value(content["payer"])),
        "member_name": _cut(_value(content["member_name"])),
        "notes": len(content["needs_review"]),
    }


def words_of(text: str) -> Sequence[str]:
    """The words that a search looks for, as they stand in the ``search`` column."""
    return text.casefold().replace("_", " ").split()[:8]


def _value(found: Mapping[str, Any] | None) -> str | None:
    return found["value"] if found else None


def _cut(text: str | None) -> str:
    return (text or "")[:_SHORT]


def _cents(amount: str | None) -> int | None:
    try:
        return int(Decimal(amount) * 100) if amount else None
    except InvalidOperation:
        return None
