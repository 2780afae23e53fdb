"""Which policy applies: the one the letter cites, else the payer's, else the general profile. Each says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipeline.knowledge.entry import Verified
from pipeline.knowledge.policies import Criterion, Phase, Policy, PolicyKnowledge
from pipeline.values.letter import Letter
from pipeline.values.task import RequirementSource
from pipeline.values.vocabulary import CitationKind

_POLICIES = {CitationKind.PAYER_POLICY, CitationKind.LCD, CitationKind.GUIDELINE, CitationKind.NCD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A criterion and whose rule it is."""

    criterion: Criterion
    source: RequirementSource


def policy_for(
    letter: Letter, *, known: PolicyKnowledge, day: date, drug: str | None = "botulinum_toxin"
) -> Policy | None:
    """The policy by citation, else by payer; None where neither names one. ``day`` is the date of service, or today.

    Of the editions of one number the one that the letter cites, else the one in force on the day.
    """
    cited = [(c.number, c.edition) for c in letter.policy_citations if c.kind in _POLICIES and c.number]
    found = [
        p for p in known.policies if p.drug == drug and any(_same(number, n) for number, _ in cited for n in p.numbers)
    ]
    editions = {edition for _, edition in cited if edition}
    found = [p for p in found if p.edition in editions] or found
    if found:
        return next((p for p in found if _in_force(p, day)), found[0])
    names = [f.value for f in (letter.payer, letter.delegate) if f is not None and f.value]
    return policy_of(names, known=known, day=day, drug=drug)


def policy_of(
    payers: Iterable[str], *, known: PolicyKnowledge, day: date, drug: str | None = "botulinum_toxin"
) -> Policy | None:
    """The policy of a payer by its name, the longest name first."""
    plain = [" ".join(re.findall(r"[a-z0-9]+", name.casefold())) for name in payers]
    fits = [
        (len(name), policy.id, policy)
        for policy in known.policies
        for name in policy.payers
        if policy.drug == drug
        and _in_force(policy, day)
        and any(re.search(rf"\b{re.escape(name)}\b", p) for p in plain)
    ]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def _same(one: str, other: str) -> bool:
    first, second = (re.sub(r"[^a-z0-9]", "", text.casefold()) for text in (one, other))
    return bool(first) and (first == second or first.removeprefix("cpb") == second.removeprefix("cpb"))


def _in_force(policy: Policy, day: date) -> bool:
    begun = policy.effective_from is None or policy.effective_from <= day
    return begun and (policy.effective_to is None or day <= policy.effective_to)


def asked_by(
    policy: Policy | None, *, indication: str, phase: Phase, payer: str | None, known: PolicyKnowledge
) -> tuple[Asked, ...]:
    """The criteria of the payer, then those of the general profile that it does not hold, each with its source."""
    own = policy.criteria.get(indication, ()) if policy is not None else ()
    asked: dict[str, Asked] = {}
    for criterion_id in own:
        criterion = known.criteria[criterion_id]
        if policy is not None and criterion.phase in (phase, Phase.BOTH):
            asked.setdefault(criterion.stem, Asked(criterion=criterion, source=_source(policy, criterion, payer)))
    if policy is None or not policy.complete:
        for criterion_id in known.general.criteria.get(indication, ()):
            criterion = known.criteria[criterion_id]
            if criterion.phase in (phase, Phase.BOTH):
                general = RequirementSource(
                    payer=payer, policy=known.general.title, verified=False, variant=criterion.id
                )
                asked.setdefault(criterion.stem, Asked(criterion=criterion, source=general))
    return tuple(asked.values())


def _source(policy: Policy, criterion: Criterion, payer: str | None) -> RequirementSource:
    primary = criterion.verified is Verified.PRIMARY and policy.verified is Verified.PRIMARY
    return RequirementSource(
        payer=payer or (policy.payers[0] if policy.payers else None),
        policy=policy.numbers[0] if policy.numbers else policy.title,
        edition=policy.edition,
        effective=policy.effective_from.isoformat() if policy.effective_from else None,
        verified=primary,
        variant=criterion.id,
    )
