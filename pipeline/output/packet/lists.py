"""What a template may repeat for every thing of a list: reasons, criteria, papers, rights, claim lines ..."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.knowledge import Knowledge
from pipeline.knowledge.letters import Authority, LetterKnowledge
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.match.indications import criterion_of, drugs_of, indications_of
from pipeline.output.packet.exhibits import Places, document_title
from pipeline.output.packet.fields import claim_of
from pipeline.output.packet.parts import (
    Parts,
    day,
    joined,
    money,
    of_document,
    of_fact,
    of_finding,
    of_proof,
    quoted,
    value,
    words,
)
from pipeline.values.chart import ChartDocument
from pipeline.values.letter import Letter, Reason, ServiceLine
from pipeline.values.packet import Matter, Source, SourceKind
from pipeline.values.task import Proof, Requirement, Status

Item = dict[str, Parts]

_SHOWN = (Status.MET,)
_MOST_PROOFS = 3
"""So many passages are quoted for one point; the rest stands in the same exhibits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the lists are made from: the matter, all knowledge, and where proof stands in the packet."""

    matter: Matter
    knowledge: Knowledge
    letters: LetterKnowledge
    policies: PolicyKnowledge
    places: Places

    def documents(self) -> dict[str, ChartDocument]:
        """The documents of the chart by file name."""
        chart = self.matter.on_file.chart if self.matter.on_file is not None else None
        return {document.file_name: document for document in chart.documents} if chart is not None else {}


def proof_parts(proof: Proof, desk: Desk) -> Parts:
    """``Visit note of October 18, 2026: “...” (Exhibit B, page 1)``; nothing where the chart holds it no more."""
    document = desk.documents().get(proof.file_name)
    if document is None or desk.matter.on_file is None:
        return ()
    named = of_document(document, document_title(document, desk.letters.rules))
    title = value(named.text, named)
    if proof.text == document.evidence_type:  # the document as a whole is the proof
        return (*title, *_at(named, desk))
    source = of_proof(proof, desk.matter.on_file.chart.facts)
    return () if source is None else (*title, *words(": "), *quoted(source.text, source), *_at(source, desk))


def _at(source: Source, desk: Desk) -> Parts:
    pointer = desk.places.of_source(source)
    return (*words(" ("), *pointer, *words(")")) if pointer else ()


def proofs_parts(proofs: Iterable[Proof], desk: Desk) -> Parts:
    """Several proofs in a row, each once; nothing where none is left."""
    each = dict.fromkeys(parts for proof in proofs if (parts := proof_parts(proof, desk)))
    return joined(list(each)[:_MOST_PROOFS], between="; ", last="; ")


def _required(one: Requirement) -> Source:
    whose = " ".join(part for part in (one.source.policy, one.source.edition) if part)
    return Source(kind=SourceKind.REQUIREMENT, ref=one.criterion_id, text=one.statement, value=whose or None)


def _point(one: Requirement, desk: Desk) -> Item:
    """A requirement as an item: what is asked, and what shows it or what is missing."""
    source = _required(one)
    item: Item = {"statement": value(_capital(one.statement), source)}
    if one.status in _SHOWN and (shown := proofs_parts(one.evidence, desk)):
        item["proofs"] = shown
    elif one.missing is not None:
        item["missing"] = words(f"{one.missing.what}; {one.missing.where_to_find}")
    else:
        item["missing"] = words(one.why)
    return item


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _criteria(desk: Desk) -> list[Requirement]:
    asked = [r for r in desk.matter.requirements if not r.criterion_id.startswith(("reason.", "request."))]
    return [r for r in asked if r.status is not Status.NOT_APPLICABLE]


def is_own(one: Requirement, desk: Desk) -> bool:
    """Whether a criterion is the payer's own, or is what the letter gives as its reason: it must be answered."""
    if one.criterion_id.startswith("svc."):
        return False
    return one.source.policy != desk.policies.general.title or one.criterion_id in _named(desk)


def _named(desk: Desk) -> set[str]:
    letter = desk.matter.letter
    if letter is None:
        return set()
    return {c for r in letter.denial_reasons if (c := criterion_of(r, letter, knowledge=desk.knowledge)) is not None}


def _own_criteria(desk: Desk) -> list[Item]:
    return [_point(one, desk) for one in _criteria(desk) if is_own(one, desk)]


def _further_points(desk: Desk) -> list[Item]:
    """What is asked by others than this payer, as far as it is shown: it may be said, and is never missed."""
    points = [_point(one, desk) for one in _criteria(desk) if not is_own(one, desk) and one.status is Status.MET]
    return [item for item in points if "proofs" in item]


def _billing_points(desk: Desk) -> list[Item]:
    """How units, codes and packages of the claim agree with the record."""
    return [_point(one, desk) for one in _criteria(desk) if one.criterion_id.startswith("svc.")]


def _reasons(desk: Desk) -> list[Item]:
    matter = desk.matter
    letters = [one for one in (matter.letter, *matter.earlier) if one is not None]
    reasons = matter.task.denial_reasons if matter.task is not None else ()
    return [
        _reason(reason, letter, desk)
        for reason in reasons
        if (letter := next((one for one in letters if reason in one.denial_reasons), None)) is not None
    ]


def _reason(reason: Reason, letter: Letter, desk: Desk) -> Item:
    source = of_finding(letter.letter_id, "denial_reasons", reason)
    item: Item = {"quote": quoted(reason.text, source), "page": value(str(reason.page), source)}
    if pointer := desk.places.of_letter(letter, reason.page, source):
        item["exhibit"] = pointer
    answers = _answers(reason, letter, desk)
    if answers:
        item["statement"] = value(answers[0].statement, _required(answers[0]))
    shown = proofs_parts([p for one in answers if one.status is Status.MET for p in one.evidence], desk)
    missing = [one.missing for one in answers if one.missing is not None]
    if shown:
        item["proofs"] = shown
    elif missing:
        item["missing"] = words(f"{missing[0].what}; {missing[0].where_to_find}")
    return item


def _answers(reason: Reason, letter: Letter, desk: Desk) -> list[Requirement]:
    """The requirements that answer a reason: the criterion it is about, then what evidence answers its kind."""
    stem = f"reason.{reason.category.value}"
    criterion = criterion_of(reason, letter, knowledge=desk.knowledge)
    return [
        r for r in desk.matter.requirements
        if r.criterion_id in (criterion, stem) or r.criterion_id.startswith(f"{stem}.")
    ]  # fmt: skip


def _requests(desk: Desk) -> list[Item]:
    asked = [r for r in desk.matter.requirements if r.criterion_id.startswith("request.")]
    return [_point(one, desk) for one in asked if one.status is not Status.NOT_APPLICABLE]


def _authorities(desk: Desk) -> list[Item]:
    """Label, guidelines and studies for the illness and, where one names a product, for just that product."""
    letter = desk.matter.letter
    if letter is not None:
        known = {one.id for one in indications_of(letter, knowledge=desk.knowledge)}
        known = known if len(known) == 1 and drugs_of(letter, knowledge=desk.knowledge) else set()
        codes = {found.value for found in letter.procedure_codes}
    else:
        known, codes = {desk.matter.indication}, set()
    table = desk.matter.task.evidence_table if desk.matter.task is not None else None
    if table is not None:
        known |= {table.indication}
    fit = [
        a for a in desk.letters.authorities
        if not known.isdisjoint(a.indications) and (not a.codes or not codes.isdisjoint(a.codes))
    ]  # fmt: skip
    return [{"says": _known(a.id, a.says), "cite": _known(a.id, a.cite)} for a in fit]


def _known(entry: str, text: str) -> Parts:
    return value(text, Source(kind=SourceKind.KNOWLEDGE, ref=entry, text=text))


def _defects(desk: Desk) -> list[Item]:
    letter = desk.matter.letter
    found = []
    for defect in letter.notice_defects if letter is not None else ():
        source = Source(
            kind=SourceKind.FINDING, ref=f"{letter.letter_id if letter else ''}#notice_defects",
            text=f"{defect.message} {defect.rule}", value=defect.code,
        )  # fmt: skip
        told = defect.message.removeprefix("The notice ").rstrip(".")
        found.append({"lacks": value(told, source), "rule": value(defect.rule, source)})
    return found


def has_standing(matter: Matter) -> bool:
    """Whether every paper that gives the right to file is on file."""
    return matter.task is not None and all(paper.have for paper in matter.task.standing)


def _rights(desk: Desk) -> list[Item]:
    """What the law of the level gives to whoever files: nothing where the law is not known."""
    task = desk.matter.task
    if task is None:
        return []
    fit = [
        right
        for right in desk.letters.rights
        if task.track in right.tracks
        and right.filer in (None, task.filer)
        and (not right.standing or has_standing(desk.matter))
        and (not right.actions or task.action in right.actions)
    ]
    return [{"says": _known(right.id, right.says), "cite": _known(right.id, right.cite)} for right in fit]


def _papers(desk: Desk) -> list[Item]:
    """Papers of standing that are not on file."""
    task = desk.matter.task
    return [{"needs": words(paper.needs)} for paper in (task.standing if task else ()) if not paper.have]


def _lines(desk: Desk) -> list[Item]:
    """The lines of the claim as the letter prints them; of a letter of several claims those of the one in hand."""
    letter = desk.matter.letter
    if letter is None:
        return []
    chosen = claim_of(desk.matter)
    claims = [chosen[1]] if chosen is not None else list(letter.claims)[:1]
    return [_line(line, letter) for claim in claims for line in claim.lines]


def _line(line: ServiceLine, letter: Letter) -> Item:
    said = {
        "from": line.from_ and day(line.from_), "code": line.code, "modifiers": ", ".join(line.modifiers),
        "units": line.units, "ndc": line.ndc, "billed": line.billed and money(line.billed),
        "denied_for": ", ".join(f"{a.group or ''} {a.carc}".strip() for a in line.adjustments), "rarc": ", ".join(line.rarc),
    }  # fmt: skip
    text = " ".join(str(v) for v in said.values() if v)
    source = Source(
        kind=SourceKind.FINDING, ref=f"{letter.letter_id}#claims", text=text, value=line.from_, page=line.page,
        boxes=line.boxes,
    )  # fmt: skip
    return {name: value(shown, source) for name, shown in said.items() if shown}


LISTS: Mapping[str, Callable[[Desk], Sequence[Item]]] = {
    "reasons": _reasons,
    "requests": _requests,
    "criteria": _own_criteria,
    "further_points": _further_points,
    "billing_points": _billing_points,
    "authorities": _authorities,
    "defects": _defects,
    "rights": _rights,
    "papers": _papers,
    "lines": _lines,
}
"""Every list that a template may repeat; ``ITEMS`` names what the things of each say."""

ITEMS: Mapping[str, frozenset[str]] = {
    "reasons": frozenset({"quote", "page", "exhibit", "statement", "proofs", "missing"}),
    "requests": frozenset({"statement", "proofs", "missing"}),
    "criteria": frozenset({"statement", "proofs", "missing"}),
    "further_points": frozenset({"statement", "proofs"}),
    "billing_points": frozenset({"statement", "proofs", "missing"}),
    "authorities": frozenset({"says", "cite"}),
    "defects": frozenset({"lacks", "rule"}),
    "rights": frozenset({"says", "cite"}),
    "papers": frozenset({"needs"}),
    "lines": frozenset({"from", "code", "modifiers", "units", "ndc", "billed", "denied_for", "rarc"}),
}
