"""Denial reasons and requests become requirements: what must be shown, and who can bring it."""

from dataclasses import replace

from pipeline.knowledge import Knowledge
from pipeline.knowledge.evidence import EvidenceType
from pipeline.match.indications import criterion_of, indications_of
from pipeline.values.letter import Letter, Reason, Request
from pipeline.values.task import Missing, Requirement, RequirementSource, Status
from pipeline.values.vocabulary import Category, CitationKind, CitationRole

NOTHING_LINKED = "No patient folder is linked, so nothing on file says."

_POLICY_KINDS = (
    CitationKind.PAYER_POLICY,
    CitationKind.LCD,
    CitationKind.NCD,
    CitationKind.GUIDELINE,
    CitationKind.MANUAL,
    CitationKind.PLAN_DOCUMENT,
)


def requirements_of(letters: tuple[Letter, ...], *, knowledge: Knowledge) -> tuple[Requirement, ...]:
    """The requirements of the letters of one level, each once, the letter that speaks for them first.

    First one for each denial reason, then what the letters ask for, then the further evidence that answers the reasons.
    All are ``unknown``: without a chart nothing is met.
    """
    found: dict[str, Requirement] = {}
    for letter in letters:
        for requirement in (
            *_reasons(letter, knowledge),
            *_requests(letter, knowledge),
            *_further(letter, knowledge),
        ):
            _add(found, requirement)
    return tuple(found.values())


def _add(found: dict[str, Requirement], new: Requirement) -> None:
    """Keep one requirement a criterion, and one a kind of evidence unless a named criterion asks for it."""
    if new.criterion_id in found:
        return
    named = not new.criterion_id.startswith(("reason.", "request."))
    evidence = new.missing.evidence_type if new.missing is not None else None
    same = next((r for r in found.values() if r.missing is not None and r.missing.evidence_type == evidence), None)
    if same is None or named or new.criterion_id.count(".") == 1:
        found[new.criterion_id] = new
    elif new.criterion_id.startswith("request.") and not same.why.startswith("The letter"):
        found[same.criterion_id] = replace(same, why=f"The letter asks for it. {same.why}")


def _reasons(letter: Letter, knowledge: Knowledge) -> list[Requirement]:
    return [
        _requirement(
            criterion_of(reason, letter, knowledge=knowledge) or f"reason.{reason.category.value}",
            letter,
            statement=knowledge.routes.remedy(reason.category).statement,
            evidence=_evidence(reason, letter, knowledge)[:1],
        )
        for reason in letter.denial_reasons
        if reason.category is not Category.NOT_A_DENIAL
    ]


def _requests(letter: Letter, knowledge: Knowledge) -> list[Requirement]:
    known = {kind.id: kind for kind in knowledge.evidence}
    return [
        _requirement(
            request.criterion_id or f"request.{request.evidence_type}",
            letter,
            statement=_asked(request, known.get(request.evidence_type)),
            evidence=[known[request.evidence_type]] if request.evidence_type in known else [],
            why=f"The letter asks for it. {NOTHING_LINKED}",
        )
        for request in letter.requested_evidence
    ]


def _further(letter: Letter, knowledge: Knowledge) -> list[Requirement]:
    return [
        _requirement(
            f"reason.{reason.category.value}.{kind.id}",
            letter,
            statement=knowledge.routes.remedy(reason.category).statement,
            evidence=[kind],
        )
        for reason in letter.denial_reasons
        for kind in _evidence(reason, letter, knowledge)[1:]
    ]


def _asked(request: Request, kind: EvidenceType | None) -> str:
    words = " ".join((request.value or request.text).split())
    return f"the letter asks for: {words}" if words else f"the letter asks for: {kind.meaning if kind else 'evidence'}"


def _evidence(reason: Reason, letter: Letter, knowledge: Knowledge) -> list[EvidenceType]:
    """The evidence that answers a reason, without what belongs to another illness."""
    known = {kind.id: kind for kind in knowledge.evidence}
    illnesses = {indication.id for indication in indications_of(letter, knowledge=knowledge)}
    return [
        known[need.type]
        for need in knowledge.routes.remedy(reason.category).evidence
        if not need.indications or not illnesses.isdisjoint(need.indications)
    ]


def _requirement(
    criterion_id: str, letter: Letter, *, statement: str, evidence: list[EvidenceType], why: str = NOTHING_LINKED
) -> Requirement:
    return Requirement(
        criterion_id=criterion_id,
        statement=statement,
        source=_source(letter),
        phase=_phase(letter),
        status=Status.UNKNOWN,
        why=why,
        missing=_missing(evidence[0]) if evidence else None,
    )


def _missing(kind: EvidenceType) -> Missing:
    return Missing(
        evidence_type=kind.id,
        what=kind.meaning,
        where_to_find=kind.where_to_find,
        owner=kind.owner,
        turnaround_days=kind.turnaround_days,
    )


def _source(letter: Letter) -> RequirementSource:
    """The policy that the letter itself rests on; never verified, because only the letter's word is known."""
    payer = letter.payer.value if letter.payer is not None else None
    basis = [c for c in letter.policy_citations if c.role is CitationRole.BASIS and c.kind in _POLICY_KINDS]
    if not basis:
        return RequirementSource(payer=payer)
    cited = min(basis, key=lambda c: _POLICY_KINDS.index(c.kind))
    return RequirementSource(payer=payer, policy=cited.number or cited.title or cited.value, edition=cited.edition)


def _phase(letter: Letter) -> str:
    renewal = any(reason.category is Category.CONTINUATION_NO_BENEFIT for reason in letter.denial_reasons)
    return "continuation" if renewal else "both"
