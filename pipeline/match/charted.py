"""What a letter asks for, answered from the patient's chart: criteria point by point, documents by being on file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.knowledge.evidence import EvidenceType
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.match.criteria import matched
from pipeline.match.filed import Filed, document_fault, whole_date
from pipeline.match.indications import criterion_of
from pipeline.values.chart import ChartDocument, OnFile
from pipeline.values.evidence import Proof
from pipeline.values.letter import Letter
from pipeline.values.task import Requirement, Status

_LETTER_ITSELF = "ev.denial_letter"


def with_chart(
    asked: tuple[Requirement, ...],
    letter: Letter,
    on_file: OnFile,
    *,
    filed: Filed,
    knowledge: Knowledge,
    policies: PolicyKnowledge,
    as_of: date,
) -> tuple[Requirement, ...]:
    """The requirements of a letter against the chart: first those that it names, then the rest of the policy."""
    patient = on_file.folder.patient
    criteria = {
        one.criterion_id: one
        for one in matched(
            letter, filed, knowledge=knowledge, policies=policies, as_of=as_of, born=patient.date_of_birth
        )
    }
    kinds = {kind.id: kind for kind in knowledge.evidence}
    shown = {
        reason.category.value: criteria[criterion].statement
        for reason in letter.denial_reasons
        if (criterion := criterion_of(reason, letter, knowledge=knowledge)) in criteria
        and criteria[criterion].status is Status.MET
    }
    found: dict[str, Requirement] = {}
    for one in asked:
        answer = criteria.get(one.criterion_id) or _shown_otherwise(one, shown)
        answer = answer or _by_document(one, on_file, kinds, as_of)
        found.setdefault(one.criterion_id, answer)
    for criterion_id, one in criteria.items():
        found.setdefault(criterion_id, one)
    return tuple(found.values())


def _shown_otherwise(asked: Requirement, shown: Mapping[str, str]) -> Requirement | None:
    """Further evidence for a reason whose criterion is shown already: it may be added, and is not missing."""
    parts = asked.criterion_id.split(".", 2)
    if len(parts) < 3 or parts[0] != "reason" or parts[1] not in shown:
        return None
    why = f"Shown by other documents: {shown[parts[1]]}."
    return replace(asked, status=Status.NOT_APPLICABLE, why=why, missing=None)


def _by_document(asked: Requirement, on_file: OnFile, kinds: Mapping[str, EvidenceType], as_of: date) -> Requirement:
    """A requirement that a kind of document answers: met where a good one is on file, else why none is."""
    wanted = asked.missing.evidence_type if asked.missing is not None else None
    if wanted is None:
        return asked
    if wanted == _LETTER_ITSELF:
        return replace(asked, status=Status.MET, why="The payer's letter is on file.", missing=None)
    documents = [d for d in on_file.chart.documents if d.evidence_type == wanted and d.problem is None]
    faults: list[tuple[Status, str, ChartDocument]] = []
    for document in sorted(documents, key=lambda d: d.date or "", reverse=True):
        status, why = _state(document, kinds.get(wanted), as_of)
        if status is Status.MET:
            return replace(asked, status=status, why=f"On file: {why}", evidence=(_proof(document),), missing=None)
        faults.append((status, why, document))
    if not faults:
        return replace(asked, why=f"The folder {on_file.folder.name} holds no such document.")
    status, why, document = faults[0]
    return replace(asked, status=status, why=f"{document.file_name}: {why}.", evidence=(_proof(document),))


def _state(document: ChartDocument, kind: EvidenceType | None, as_of: date) -> tuple[Status, str]:
    if fault := document_fault(document):
        return Status.UNKNOWN, fault
    day = whole_date(document.date)
    if day is None:
        return Status.UNKNOWN, "it carries no date"
    limit = kind.stale_days if kind is not None else None
    if limit is not None and (as_of - day).days > limit:
        return Status.STALE, f"dated {day.isoformat()}, more than {limit} days old"
    return Status.MET, f"{document.file_name} of {day.isoformat()}."


def _proof(document: ChartDocument) -> Proof:
    title = document.evidence_type or "document"
    page = document.pages[0] if document.pages else 1
    return Proof(file_name=document.file_name, page=page, text=title, date=document.date)
