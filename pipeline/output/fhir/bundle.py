"""The bundle: every task with the letters that it rests on, what the payer decided there, and where it comes from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.output.fhir.claims import claim_responses, response_key
from pipeline.output.fhir.parts import (
    Resource,
    coded,
    filled,
    id_of,
    identifier,
    instant,
    named,
    reference,
    resource,
    text,
)
from pipeline.output.frames import missing_evidence
from pipeline.values.letter import Document, Letter, value_of
from pipeline.values.task import Task, TaskState

_STATUS: Mapping[TaskState, str] = {
    TaskState.NEEDS_REVIEW: "received",
    TaskState.NEEDS_EVIDENCE: "on-hold",
    TaskState.READY_TO_SEND: "ready",
    TaskState.UPHELD: "completed",
    TaskState.WRITTEN_OFF: "cancelled",
    TaskState.CLOSED: "completed",
}
"""R4's status of a task; where none is named the work goes on. Our own state stands under ``businessStatus``."""
_PRIORITY = ((80, "asap"), (50, "urgent"), (0, "routine"))
_PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
_OURS = "own_outgoing"
_TYPES = {"pdf": "application/pdf", "tif": "image/tiff", "tiff": "image/tiff", "png": "image/png", "jpg": "image/jpeg",
          "jpeg": "image/jpeg", "txt": "text/plain", "md": "text/markdown"}  # fmt: skip


def bundle(tasks: Sequence[Task], documents: Sequence[Document], *, today: date) -> Resource:
    """A collection of resources; the same input gives the same bundle on the same day."""
    held = {letter.letter_id: (letter, document) for document in documents for letter in document.letters}
    used = [letter_id for task in tasks for letter_id in (task.letter_id, *task.letter_ids) if letter_id in held]
    letters = [held[letter_id] for letter_id in dict.fromkeys(used)]
    found: list[Resource] = []
    responses: set[str] = set()
    for letter, document in letters:
        answers = dict(claim_responses(letter, today=today))
        responses |= answers.keys()
        found += answers.values()
        found.append(_document(letter, document, today=today))
        found.append(_communication(letter, sorted(answers)))
    for task in tasks:
        speaking = held[task.letter_id][0] if task.letter_id in held else None
        found.append(_task(task, speaking, responses))
        versions = held[task.letter_id][1].versions if task.letter_id in held else {}
        found.append(_provenance(task, [i for i in task.letter_ids if i in held], versions, today=today))
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": instant(today),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in found],
    }


def _task(task: Task, letter: Letter | None, responses: set[str]) -> Resource:
    focus = next(_focuses(task, letter, responses), None)
    reasons = "; ".join(dict.fromkeys(r.category.value.replace("_", " ") for r in task.denial_reasons))
    return resource("Task", task.task_id, {
        "identifier": identifier("task-id", task.task_id),
        "groupIdentifier": identifier("case-id", task.case_id)[0],
        "status": _STATUS.get(task.state, "in-progress"),
        "businessStatus": text(task.state.value.replace("_", " ")),
        "intent": "order",
        "priority": next(word for least, word in _PRIORITY if task.priority >= least),
        "code": text(task.action.value.replace("_", " ")),
        "description": task.due_why,
        "focus": reference("ClaimResponse", focus) if focus else None,
        "for": named(task.member_name, system="member-id", value=task.member_id),
        "authoredOn": task.received_at,
        "owner": {"display": task.assignee} if task.assignee else None,
        "reasonCode": text(reasons),
        "restriction": {"period": {"end": task.due}} if task.due else None,
        "note": [{"text": f"{step.order}. {step.do}" + (f" (by {step.by})" if step.by else "")} for step in task.steps],
        "input": [{"type": text("missing evidence"), "valueString": what} for what in missing_evidence(task)],
    })  # fmt: skip


def _focuses(task: Task, letter: Letter | None, responses: set[str]) -> Iterator[str]:
    """The decision that the task is about: that on its claim, else the letter's only one."""
    if letter is not None:
        numbers = (task.claim_number, value_of(letter.claim_number), None)
        yield from (key for number in numbers if (key := response_key(letter, number)) in responses)


def _document(letter: Letter, document: Document, *, today: date) -> Resource:
    kind = document.file_name.rpartition(".")[2].casefold()
    pages = ", ".join(str(page) for page in letter.pages)
    return resource("DocumentReference", letter.letter_id, {
        "masterIdentifier": identifier("letter-id", letter.letter_id)[0],
        "identifier": identifier("document-sha256", document.document_id),
        "status": "current",
        "type": text(letter.kind.value.replace("_", " ")),
        "subject": named(value_of(letter.member_name), system="member-id", value=value_of(letter.member_id)),
        "date": instant(today),
        "description": f"pages {pages} of the document",
        "content": [{"attachment": filled({
            "contentType": _TYPES.get(kind),
            "title": document.file_name or None,
            "creation": value_of(letter.letter_date),
        }) or {"title": "letter"}}],
    })  # fmt: skip


def _communication(letter: Letter, answers: Sequence[str]) -> Resource:
    ours = letter.subtype == _OURS
    return resource("Communication", letter.letter_id, {
        "identifier": identifier("letter-id", letter.letter_id),
        "status": "completed",
        "category": [text(letter.kind.value.replace("_", " "))],
        "subject": named(value_of(letter.member_name), system="member-id", value=value_of(letter.member_id)),
        "about": [reference("ClaimResponse", key) for key in answers],
        "sent": value_of(letter.letter_date),
        "received": value_of(letter.received_date),
        "sender": None if ours else named(value_of(letter.payer)),
        "payload": [{"contentReference": reference("DocumentReference", letter.letter_id)}],
    })  # fmt: skip


def _provenance(task: Task, letter_ids: Sequence[str], versions: Mapping[str, str], *, today: date) -> Resource:
    made_by = ", ".join(f"{name} {number}" for name, number in sorted(versions.items())) or "denials"
    return resource("Provenance", task.task_id, {
        "target": [reference("Task", task.task_id)],
        "recorded": instant(today),
        "activity": text("worked out from the letters of the case"),
        "agent": [{"type": coded(_PARTICIPANT, "assembler"), "who": {"display": made_by}}],
        "entity": [{"role": "source", "what": reference("DocumentReference", one)} for one in letter_ids],
    })  # fmt: skip


__all__ = ["bundle", "id_of"]
