"""Medicines in a chart: tried, taken now, ordered, or not to be given. A name in passing is none of these."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.charts.clinical import Subject
from pipeline.charts.context import contexts_at
from pipeline.charts.dates import Period, period_in
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.charts.trial_words import because, dose_in, is_negated, side_effect, words_of
from pipeline.values.chart import Context, Fact, FactKind, Outcome

_JOINED = re.compile(r"\s*(?:,|and|or|/|&|,\s*and|,\s*or|plus|\(|\)|\+)*\s*", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|to treat|treating|indication:?|used for|against|in)\s+(?:\w+[\s-]){0,3}$", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:inject|administ|given|received|treatment number)\w*", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*]|\d{1,2}[.)])\s")
_ENDING = re.compile(
    r"(?:stopped|discontinued|d/c|failed|ineffective|not (?:effective|tolerated)|partial|minimal|no (?!\w+ (?:from|of|to) )"  # noqa: E501
    r"|caused|could not|did not (?:help|tolerate)|unable to tolerate|it |this )",
    re.IGNORECASE,
)
_STRONG = {"failure", "intolerance", "contraindicated", "stopped"}
_PAST_LEAVES = frozenset({Context.HISTORICAL})
_NOT_TAKEN = {Context.FAMILY, Context.ANOTHER_PERSON}


@dataclass(frozen=True, slots=True)
class Mention:
    """One or several medicines that share what is said of them: ``first`` to ``last`` in the statement, then words."""

    drugs: tuple[tuple[str, str], ...]
    first: int
    last: int
    until: int


def drug_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Trials, current medicines, orders and contraindications."""
    for statement in _with_what_follows(source, tuple(statements)):
        for mention in _mentions(statement):
            for drug_class, drug in mention.drugs:
                fact = _fact(source, statement, mention, drug_class=drug_class, drug=drug)
                if fact is not None:
                    yield fact


def _with_what_follows(source: Source, statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """Statements with medicines, each with the sentences of its list item that say how it ended."""
    whole = source.reading.prose.text
    for number, statement in enumerate(statements):
        if not statement.of(Subject.DRUG):
            continue
        grown = statement
        for following in statements[number + 1 : number + 3]:
            end = grown.start + len(grown.text)
            same = "\n" not in whole[end : following.start] and (
                statement.section == "tried" or _ITEM.match(statement.text)
            )
            if not same or following.of(Subject.DRUG) or not _ENDING.match(following.text):
                break
            shift = following.start - grown.start
            hits = {
                subject: (
                    *grown.of(subject),
                    *(h._replace(start=h.start + shift, end=h.end + shift) for h in following.of(subject)),
                )
                for subject in Subject
            }
            grown = replace(grown, text=whole[grown.start : following.start + len(following.text)], hits=hits)
        yield grown


def _mentions(statement: Statement) -> list[Mention]:
    hits = _outermost(statement.of(Subject.DRUG))
    groups: list[list[Hit]] = []
    for hit in hits:
        gap = statement.text[groups[-1][-1].end : hit.start] if groups else None
        if gap is not None and _JOINED.fullmatch(gap):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    mentions = []
    for number, group in enumerate(groups):
        until = groups[number + 1][0].start if number + 1 < len(groups) else len(statement.text)
        drugs: dict[str, tuple[str, str]] = {}
        for hit in group:
            drug_class, drug = hit.key.split("/", 1)
            drugs.setdefault(hit.key, (drug_class, drug))
        named = [pair for pair in drugs.values() if pair[1]]
        mentions.append(Mention(tuple(named or drugs.values()), group[0].start, group[-1].end, until))
    return mentions


def _outermost(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in hits:  # sorted by place, the longer first
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return kept


def _fact(source: Source, statement: Statement, mention: Mention, *, drug_class: str, drug: str) -> Fact | None:
    contexts = contexts_at(statement, mention.first, mention.last, clinical=source.clinical)
    own = statement.text[mention.last : mention.until]
    before = _lead(statement, mention)
    cues = _outcome_cues(statement, mention)
    outcome, reason = _outcome(statement, mention, cues, section=statement.section)
    period = period_in(own)
    if period == Period():
        period = period_in(before) if len(_mentions(statement)) == 1 else period
    context = _context(contexts, statement, outcome=outcome, cues=cues)
    kind = _kind(
        statement,
        source,
        cues=cues,
        outcome=outcome,
        period=period,
        context=context,
        dose=dose_in(own),
        drug_class=drug_class,
    )
    if kind is None:
        return None
    if kind is FactKind.CURRENT_DRUG:
        outcome = Outcome.ONGOING
    complete = sum(x is not None for x in (dose_in(own), period.days, outcome))
    return fact_at(
        source,
        statement,
        kind,
        confidence=0.7 + 0.08 * complete,
        context=context,
        drug=drug or None,
        drug_class=drug_class,
        dose=dose_in(own),
        indication=_indication(statement, mention, source),
        start=period.start,
        stop=period.stop,
        duration_days=period.days,
        outcome=(outcome or Outcome.UNKNOWN) if kind is FactKind.DRUG_TRIAL else outcome,
        reason=reason,
    )


def _lead(statement: Statement, mention: Mention) -> str:
    return statement.text[max(0, mention.first - 60) : mention.first]


def _outcome_cues(statement: Statement, mention: Mention) -> dict[str, Hit]:
    """The cue of each outcome that speaks of this medicine: in its own words, else ahead of the whole list."""
    found: dict[str, Hit] = {}
    hits = statement.of(Subject.OUTCOME)
    for hit in hits:
        if hit.key == "side_effect" and re.search(r"\bfor\s+$", statement.text[: hit.start]) and "stopped" not in found:
            continue  # what it was taken for
        if mention.last <= hit.start and hit.end <= mention.until and not _leads_to_next(statement, hit, mention):
            found.setdefault(hit.key, hit)
    for hit in reversed(hits):
        clause = statement.text[hit.end : mention.first]
        if hit.end <= mention.first and not re.search(r";|\.\s|\bbut\b|\bthen\b|\bhowever\b", clause):
            strong_own = _STRONG & found.keys()
            if not (strong_own or (hit.key in _STRONG and _taken(statement, hit, mention))):
                found.setdefault(hit.key, hit)
    return found


def _leads_to_next(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether a cue belongs to the medicine that follows: "..., and failed propranolol"."""
    if mention.until == len(statement.text):
        return False
    gap = statement.text[hit.end : mention.until]
    return (
        len(gap.split()) <= 2
        and hit.key in {"failure", "tried", "contraindicated", "stopped", "ongoing"}
        and not re.search(r"[,;.)]", gap)
    )


def _taken(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether another medicine stands before the cue and owns it: "topiramate failed, propranolol ..."."""
    owners = [d for d in statement.of(Subject.DRUG) if d.end <= hit.start]
    return bool(owners) and bool(
        re.search(r"[,(]", statement.text[hit.end : mention.first])
        or len(statement.text[hit.end : mention.first].split()) > 3
    )


def _outcome(
    statement: Statement, mention: Mention, cues: dict[str, Hit], *, section: str | None
) -> tuple[Outcome | None, str | None]:
    stopped = "stopped" in cues or section == "tried" or "tried" in cues
    if "contraindicated" in cues:
        return Outcome.CONTRAINDICATED, because(statement, cues["contraindicated"], mention)
    if "intolerance" in cues and not is_negated(statement, cues["intolerance"]):
        return Outcome.INTOLERANCE, side_effect(statement, cues, "intolerance")
    if "failure" in cues:
        return Outcome.FAILURE, words_of(statement, cues["failure"], mention)
    if "side_effect" in cues and stopped and not is_negated(statement, cues["side_effect"]):
        return Outcome.INTOLERANCE, words_of(statement, cues["side_effect"], mention)
    if "stopped" in cues:
        return None, None
    if "ongoing" in cues:
        return Outcome.ONGOING, None
    return None, None


def _indication(statement: Statement, mention: Mention, source: Source) -> str | None:
    """What it was taken for, as the statement or its heading says."""
    own = [h for h in statement.of(Subject.ILLNESS) if mention.last <= h.start < mention.until]
    for hit in own:
        if (
            _FOR.search(statement.text[mention.last : hit.start])
            and "reduc" not in statement.text[mention.last : hit.start]
        ):
            return _illness(hit.key)
    lead = [h for h in statement.of(Subject.ILLNESS) if h.end <= mention.first]
    for hit in lead:
        if re.search(r"(?:for|prevent\w*|prophyla\w*)", statement.text[: mention.first], re.IGNORECASE):
            return _illness(hit.key)
    if re.search(r"\b(?:prevent|prophyla|migraine|headache)", statement.heading, re.IGNORECASE):
        return "migraine"
    return None


def _illness(key: str) -> str:
    return "migraine" if key in {"chronic_migraine", "episodic_migraine"} else key


def _context(
    contexts: tuple[Context, ...], statement: Statement, *, outcome: Outcome | None, cues: dict[str, Hit]
) -> Context | None:
    """The context that takes the fact's plainness away; what is past is what a trial is."""
    plain_outcome = outcome in {Outcome.FAILURE, Outcome.INTOLERANCE, Outcome.CONTRAINDICATED}
    for context in contexts:
        if context in _PAST_LEAVES:
            continue
        if context is Context.PLANNED and statement.section == "plan" and "ongoing" in cues and "tried" not in cues:
            continue
        if context is Context.NEGATED and plain_outcome and "tried" not in cues:
            return context
        return context
    return None


def _kind(
    statement: Statement, source: Source, *, cues: dict[str, Hit], outcome: Outcome | None, period: Period,
    context: Context | None, dose: str | None, drug_class: str,
) -> FactKind | None:  # fmt: skip
    if outcome is Outcome.CONTRAINDICATED or statement.section == "allergies":
        return FactKind.CONTRAINDICATION
    toxin = _GIVEN.search(statement.text) or (dose or "").endswith("units")
    if drug_class == "botulinum_toxin" and toxin and outcome in (None, Outcome.ONGOING):
        return None  # an injection is a procedure, an intended one an order
    if context in _NOT_TAKEN or context in (Context.NEGATED, Context.HYPOTHETICAL):
        return FactKind.DRUG_TRIAL
    if context is Context.PLANNED and outcome is None:
        return FactKind.ORDER
    if outcome in (Outcome.FAILURE, Outcome.INTOLERANCE) or "stopped" in cues:
        return FactKind.DRUG_TRIAL
    if outcome is Outcome.ONGOING or statement.section == "medications":
        return FactKind.CURRENT_DRUG
    if statement.section == "tried" or "tried" in cues or (period.stop and dose):
        return FactKind.DRUG_TRIAL
    if statement.section == "acute" and dose:
        return FactKind.CURRENT_DRUG
    return None
