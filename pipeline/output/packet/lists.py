"""What a template may repeat for every thing of a list: reasons, criteria, papers, rights, claim lines ..."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.match.indications import criterion_of, drugs_of, indications_of
from pipeline.output.packet import history
from pipeline.output.packet.fields import claim_of, page_in
from pipeline.output.packet.items import Brief, Item, bare, is_passage, proofs_parts
from pipeline.output.packet.parts import Parts, day, money, of_finding, quoted, value, words
from pipeline.values.letter import Letter, Reason, ServiceLine
from pipeline.values.packet import Matter, Source, SourceKind
from pipeline.values.task import Action, Missing, Owner, Requirement, Status
from pipeline.values.vocabulary import Category

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN = (Status.MET,)
_ASKED = "the letter asks for: "
_OF_TRIALS = frozenset({"ev.failed_trial", "ev.med_history"})
"""Kinds of evidence that tell of earlier treatments."""
_ANSWERED_BY_AUTHORITY = (Category.EXPERIMENTAL, Category.OFF_LABEL_DX)
"""Reasons about what is known of a treatment, which no chart answers."""


def _required(one: Requirement) -> Source:
    whose = " ".join(part for part in (one.source.policy, one.source.edition) if part)
    return Source(kind=SourceKind.REQUIREMENT, ref=one.criterion_id, text=one.statement, value=whose or None)


def _point(one: Requirement, brief: Brief, *, a_document: int = 9) -> Item:
    """A requirement as an item: what is asked, and what shows it or what is missing."""
    source = _required(one)
    item: Item = {"statement": value(_capital(one.statement), source)}
    if one.status in _SHOWN and (shown := proofs_parts(one.evidence, brief, a_document=a_document)):
        item["proofs"] = shown
    elif one.status in _SHOWN and not one.evidence:  # the letter or the claim itself shows it: an age, a modifier
        item["proofs"] = value(_ISO.sub(lambda m: day(m[0]), _capital(one.why)), source)
    elif one.missing is not None:
        item |= {"missing": _wanted(one.missing), "owner": words(_WHO.get(one.missing.owner, "office"))}
    else:
        owner = Owner.CODER if _of_claim(one) else Owner.CLINICIAN
        item |= {"missing": words(one.why), "owner": words(_WHO[owner])}
    return item


def _of_claim(one: Requirement) -> bool:
    """Whether it is about how a claim is billed, not about the patient."""
    return one.criterion_id.startswith("svc.")


_WHO = {
    Owner.CLINICIAN: "clinician", Owner.CLINIC_NURSE: "clinic nurse", Owner.FRONT_DESK: "front desk",
    Owner.BILLER: "biller", Owner.CODER: "coder", Owner.PA_COORDINATOR: "authorization coordinator",
}  # fmt: skip
"""Who is asked in a gap for evidence of an owner; what others hold the office asks them for."""


def _wanted(missing: Missing) -> Parts:
    return words(f"{missing.what}. Where: {missing.where_to_find}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _criteria(brief: Brief) -> list[Requirement]:
    asked = [r for r in brief.matter.requirements if not r.criterion_id.startswith(("reason.", "request."))]
    return [r for r in asked if r.status is not Status.NOT_APPLICABLE]


def is_own(one: Requirement, brief: Brief) -> bool:
    """Whether a criterion is the payer's own, or is what the letter gives as its reason: it must be answered."""
    if _of_claim(one):
        return False
    return one.source.policy != brief.policies.general.title or one.criterion_id in _named(brief)


def _named(brief: Brief) -> set[str]:
    letter = brief.matter.letter
    if letter is None:
        return set()
    return {c for r in letter.denial_reasons if (c := criterion_of(r, letter, knowledge=brief.knowledge)) is not None}


def _own_criteria(brief: Brief) -> list[Item]:
    """The payer's own criteria; one that stands against us as a reason, and is open, is asked for there already."""
    named = _named(brief)
    own = [one for one in _criteria(brief) if is_own(one, brief)]
    return [_point(one, brief) for one in own if one.status is Status.MET or one.criterion_id not in named]


def _further_points(brief: Brief) -> list[Item]:
    """What is asked by others than this payer, as far as it is shown: it may be said, and is never missed."""
    points = [
        _point(one, brief, a_document=1)
        for one in _criteria(brief)
        if not (is_own(one, brief) or _of_claim(one)) and one.status is Status.MET
    ]
    return [item for item in points if "proofs" in item]


def _billing_points(brief: Brief) -> list[Item]:
    """How units, codes and packages of the claim agree with the record."""
    return [_point(one, brief) for one in _criteria(brief) if _of_claim(one)]


def _billing_shown(brief: Brief) -> list[Item]:
    """The same as far as the record shows it: all else is for the coder, and nothing that a payer is told."""
    points = [_point(one, brief) for one in _criteria(brief) if _of_claim(one) and one.evidence]
    return [item for item in points if "proofs" in item]


def _reasons(brief: Brief) -> list[Item]:
    matter = brief.matter
    letters = [one for one in (matter.letter, *matter.earlier) if one is not None]
    reasons = matter.task.denial_reasons if matter.task is not None else ()
    return [
        _reason(reason, letter, brief)
        for reason in reasons
        if (letter := next((one for one in letters if reason in one.denial_reasons), None)) is not None
    ]


def _reason(reason: Reason, letter: Letter, brief: Brief) -> Item:
    source = of_finding(letter.letter_id, "denial_reasons", reason)
    item: Item = {"quote": quoted(reason.text, source), "page": value(str(page_in(letter, reason.page)), source)}
    if pointer := brief.places.of_letter(letter, reason.page, source):
        item["exhibit"] = pointer
    answers = _answers(reason, letter, brief)
    if answers:
        item["statement"] = value(answers[0].statement, _required(answers[0]))
    if not any(one.status is Status.MET for one in answers):
        answers = [*answers, *_shown_trials(answers, brief)]
    proofs = [p for one in answers if one.status is Status.MET for p in one.evidence]
    shown = proofs_parts([p for p in proofs if is_passage(p, brief)], brief)
    missing = [one.missing for one in answers if one.missing is not None]
    if shown:
        item["proofs"] = shown
    if whole := proofs_parts([p for p in proofs if not is_passage(p, brief)], brief):
        item["documents"] = whole
    if reason.category in _ANSWERED_BY_AUTHORITY and (speaks := _authorities(brief)):
        item["authority"] = (*speaks[0]["says"], *words(" ("), *speaks[0]["cite"], *words(")"))
    if _is_asked_for(reason, brief):
        item["request"] = words("This letter asks for just that")
    elif missing:
        item |= {"missing": _wanted(missing[0]), "owner": words(_WHO.get(missing[0].owner, "office"))}
    return item


def _is_asked_for(reason: Reason, brief: Brief) -> bool:
    """Whether a reason is that there is no authorization, and the letter is the request for one."""
    task = brief.matter.task
    return reason.category is Category.NO_PRIOR_AUTH and task is not None and task.action is Action.RETRO_AUTHORIZATION


def _answers(reason: Reason, letter: Letter, brief: Brief) -> list[Requirement]:
    """The requirements that answer a reason: the criterion it is about, then what evidence answers its kind."""
    stem = f"reason.{reason.category.value}"
    criterion = criterion_of(reason, letter, knowledge=brief.knowledge)
    return [
        r for r in brief.matter.requirements
        if r.criterion_id in (criterion, stem) or r.criterion_id.startswith(f"{stem}.")
    ]  # fmt: skip


def _shown_trials(answers: Sequence[Requirement], brief: Brief) -> list[Requirement]:
    """Criteria about earlier treatments that are met, where just a record of those is what an answer wants."""
    wanted = {one.missing.evidence_type for one in answers if one.missing is not None}
    table = brief.matter.evidence
    if table is None or wanted.isdisjoint(_OF_TRIALS):
        return []
    trials = {proof for row in table.treatments for proof in row.proofs}
    met = [one for one in _criteria(brief) if one.status is Status.MET and one.evidence]
    return [one for one in met if trials.issuperset(one.evidence)]


def _requests(brief: Brief) -> list[Item]:
    """What the payer asks for; a sentence that is answered as its reason is no second request."""
    asked = [r for r in brief.matter.requirements if r.criterion_id.startswith("request.")]
    told = [replace(r, statement=r.statement.removeprefix(_ASKED)) for r in asked]
    task = brief.matter.task
    answered = [bare(reason.text) for reason in task.denial_reasons] if task is not None else []
    return [
        _point(one, brief) for one in told
        if one.status is not Status.NOT_APPLICABLE and not any(bare(one.statement) in reason for reason in answered)
    ]  # fmt: skip


def _authorities(brief: Brief) -> list[Item]:
    """Label, guidelines and studies for the illness and, where one names a product, for just that product."""
    letter = brief.matter.letter
    if letter is not None:
        known = {one.id for one in indications_of(letter, knowledge=brief.knowledge)}
        known = known if len(known) == 1 and drugs_of(letter, knowledge=brief.knowledge) else set()
        codes = {found.value for found in letter.procedure_codes}
    else:
        known, codes = {brief.matter.indication or ""}, set()
    if brief.matter.evidence is not None:
        known |= {brief.matter.evidence.indication}
    fit = [
        a for a in brief.letters.authorities
        if not known.isdisjoint(a.indications) and (not a.codes or not codes.isdisjoint(a.codes))
    ]  # fmt: skip
    return [{"says": _known(a.id, a.says), "cite": _known(a.id, a.cite)} for a in fit]


def _known(entry: str, text: str) -> Parts:
    return value(text, Source(kind=SourceKind.KNOWLEDGE, ref=entry, text=text))


def _defects(brief: Brief) -> list[Item]:
    letter = brief.matter.letter
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


def _rights(brief: Brief) -> list[Item]:
    """What the law of the level gives to whoever files: nothing where the law is not known."""
    task = brief.matter.task
    if task is None:
        return []
    fit = [
        right
        for right in brief.letters.rights
        if task.track in right.tracks
        and right.filer in (None, task.filer)
        and (not right.standing or has_standing(brief.matter))
        and (not right.actions or task.action in right.actions)
    ]
    return [{"says": _known(right.id, right.says), "cite": _known(right.id, right.cite)} for right in fit]


def _papers(brief: Brief) -> list[Item]:
    """Papers of standing that are not on file."""
    task = brief.matter.task
    return [{"needs": words(paper.needs)} for paper in (task.standing if task else ()) if not paper.have]


def _lines(brief: Brief) -> list[Item]:
    """The lines of the claim as the letter prints them; of a letter of several claims those of the one in hand."""
    letter = brief.matter.letter
    if letter is None:
        return []
    chosen = claim_of(brief.matter)
    claims = [chosen[1]] if chosen is not None else list(letter.claims)[:1]
    return [_line(line, letter) for claim in claims for line in claim.lines]


def _authorizations(brief: Brief) -> list[Item]:
    """The authorizations that the letter speaks of, as it names them."""
    letter = brief.matter.letter
    found = []
    for one in letter.authorizations if letter is not None else ():
        source = of_finding(letter.letter_id if letter else "", "authorizations", one)
        said = {
            "number": one.number, "codes": ", ".join(one.codes), "units": str(one.units) if one.units else None,
            "from": one.from_ and day(one.from_), "to": one.to and day(one.to),
        }  # fmt: skip
        found.append({name: value(shown, source) for name, shown in said.items() if shown})
    return [item for item in found if item]


def _line(line: ServiceLine, letter: Letter) -> Item:
    said = {
        "from": line.from_ and day(line.from_), "code": line.code, "modifiers": ", ".join(line.modifiers),
        "units": line.units, "ndc": line.ndc, "billed": line.billed and money(line.billed),
        "denied_for": ", ".join(f"{a.group or ''} {a.carc}".strip() for a in line.adjustments),
        "rarc": ", ".join(line.rarc),
    }  # fmt: skip
    text = " ".join(str(v) for v in said.values() if v)
    source = Source(
        kind=SourceKind.FINDING, ref=f"{letter.letter_id}#claims", text=text, value=line.from_, page=line.page,
        boxes=line.boxes,
    )  # fmt: skip
    return {name: value(shown, source) for name, shown in said.items() if shown}


LISTS: Mapping[str, Callable[[Brief], Sequence[Item]]] = {
    "reasons": _reasons,
    "requests": _requests,
    "criteria": _own_criteria,
    "further_points": _further_points,
    "billing_points": _billing_points,
    "billing_shown": _billing_shown,
    "authorities": _authorities,
    "defects": _defects,
    "rights": _rights,
    "papers": _papers,
    "lines": _lines,
    "authorizations": _authorizations,
    "trials": history.trials,
    "treatments": history.treatments,
    "daily_life": history.daily_life,
    "symptoms": history.symptoms,
    "scores": history.scores,
}
"""Every list that a template may repeat; ``ITEMS`` names what the things of each say."""

ITEMS: Mapping[str, frozenset[str]] = {
    "reasons": frozenset(
        {"quote", "page", "exhibit", "statement", "proofs", "documents", "authority", "request", "missing", "owner"}
    ),
    "requests": frozenset({"statement", "proofs", "missing", "owner"}),
    "criteria": frozenset({"statement", "proofs", "missing", "owner"}),
    "further_points": frozenset({"statement", "proofs"}),
    "billing_points": frozenset({"statement", "proofs", "missing", "owner"}),
    "billing_shown": frozenset({"statement", "proofs"}),
    "authorities": frozenset({"says", "cite"}),
    "defects": frozenset({"lacks", "rule"}),
    "rights": frozenset({"says", "cite"}),
    "papers": frozenset({"needs"}),
    "lines": frozenset({"from", "code", "modifiers", "units", "ndc", "billed", "denied_for", "rarc"}),
    "authorizations": frozenset({"number", "codes", "units", "from", "to"}),
    "trials": frozenset({"what", "dose", "period", "duration", "outcome", "why", "exhibit"}),
    "treatments": frozenset({"what", "dose", "period", "duration", "outcome", "why", "exhibit"}),
    "daily_life": frozenset({"proofs"}),
    "symptoms": frozenset({"what", "proofs"}),
    "scores": frozenset({"what", "score", "date", "exhibit"}),
}
