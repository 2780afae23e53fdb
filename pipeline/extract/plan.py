"""Plan type and funding, from cues.

Only what the letter says: that it names ERISA does not show who funds the plan, and a list of programmes in a form or a
condition ("if your plan is self-funded") shows nothing.
"""

from collections import defaultdict
from dataclasses import dataclass

from pipeline.knowledge.plans import PlanCue
from pipeline.language import Language, Reading, Span
from pipeline.language.matchers import Subject
from pipeline.language.reading import content_of, finding, rejected, zone_of
from pipeline.language.sentences import sentence_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding

_ENOUGH = 3
_SUPPOSED = frozenset({"if", "whether", "unless", "when"})
_MANY = frozenset({"plans", "members", "enrollees", "customers", "products", "policies", "recipients", "beneficiaries"})
_IN_GENERAL = frozenset({"our", "all", "some", "other", "most", "many", "different", "certain", "various", "for"})
_NEAR = 3
_PLAN_RANK = (
    "part_d",
    "medicare_advantage",
    "fehb",
    "tricare",
    "medicaid",
    "marketplace",
    "workers_comp",
    "original_medicare",
    "commercial",
)
"""Where two are shown, the narrower programme: a drug plan's notice also names Medicare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What kind of coverage the letter shows; None where it does not say."""

    plan_type: Finding | None = None
    funding: Finding | None = None


def find_plan(reading: Reading, language: Language) -> Plan:
    """Plan type and funding as far as the letter says."""
    cues = {c.id: c for c in language.knowledge.plan_cues}
    taken_back: dict[int, set[str]] = defaultdict(set)
    for name, span in language.matchers[Subject.PLAN_UNLESS](reading.doc):
        taken_back[sentence_of(span).start].add(name)
    shown: dict[str, list[tuple[PlanCue, Span]]] = defaultdict(list)
    for name, span in language.matchers[Subject.PLAN_CUE](reading.doc):
        if (
            name not in taken_back[sentence_of(span).start]
            and not _supposed(span)
            and not _of_many(span)
            and zone_of(reading, span) is not Zone.BOILERPLATE
        ):
            shown[cues[name].field].append((cues[name], span))
    return Plan(plan_type=_decided(reading, shown["plan_type"]), funding=_decided(reading, shown["funding"]))


def _supposed(span: Span) -> bool:
    """Whether a condition stands before the span in its sentence."""
    before = span.doc[sentence_of(span).start : span.start]
    return any(token.lower_ in _SUPPOSED for token in before)


def _of_many(span: Span) -> bool:
    """Whether a span speaks of plans or people in general: "members of our Medicaid plans", "all Medicaid members"."""
    doc = span.doc
    end = span.end if doc[span.end - 1].lower_ in _MANY else span.end + 1
    if end > len(doc) or doc[end - 1].lower_ not in _MANY:
        return False
    said = end < len(doc) and doc[end].is_alpha and doc[end].is_lower  # "members may", no heading
    before = doc[max(0, span.start - _NEAR) : span.start]
    return (said and span.start == sentence_of(span).start) or any(one.lower_ in _IN_GENERAL for one in before)


def _decided(reading: Reading, hits: list[tuple[PlanCue, Span]]) -> Finding | None:
    weights: dict[str, int] = defaultdict(int)
    for cue in {cue.id: cue for cue, _ in hits}.values():
        weights[cue.value] += cue.weight
    enough = [value for value, weight in weights.items() if weight >= _ENOUGH]
    if not enough:
        return None
    best = min(enough, key=lambda v: (_PLAN_RANK.index(v) if v in _PLAN_RANK else 0, v))
    cue, span = next((c, s) for c, s in hits if c.value == best)
    others = [(c, s) for c, s in hits if c.value in enough and c.value != best]
    return finding(
        reading,
        content_of(reading, span),
        value=best,
        rule=cue.id,
        confidence=0.7 if others else 0.95,
        rejected=tuple(
            rejected(
                reading, content_of(reading, s), value=c.value, why="the letter shows another programme more closely"
            )
            for c, s in others[:3]
        ),
    )
