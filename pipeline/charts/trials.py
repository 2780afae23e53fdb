"""Medicines in a chart: tried, taken now, ordered, or not to be given. A name in passing is none of these."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.context import contexts_at
from pipeline.charts.dates import Period, period_in
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.charts.trial_words import DOSE, because, dose_in, is_negated, side_effect, words_of
from pipeline.values.chart import Context, Fact, FactKind, Outcome

_JOINED = re.compile(r"\s*(?:,|and|or|/|&|,\s*and|,\s*or|plus|\(|\)|\+)*\s*", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for|to treat|treating|indication:?|used for|against|in)\s+(?:\w+[\s-]){0,3}$", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*]|\d{1,2}[.)])\s")
_ENDING = re.compile(
    r"(?:stopped|discontinued|d/c|failed|ineffective|not (?:effective|tolerated)|partial|minimal|less than|under|only|<|no (?!\w+ (?:from|of|to) )"  # noqa: E501
    r"|caused|could not|did not (?:help|tolerate)|unable to tolerate|it |this )",
    re.IGNORECASE,
)
# A sentence that goes on about the medicine of the one before: "She took it for 11 weeks and quit because of ..."
_GOES_ON = re.compile(
    r"(?:(?:she|he|they|pt|patient|the patient|we|but|and|then|which|however,?|unfortunately,?)\s+)*"
    r"(?:(?:was|were|had|has|only|also|then|eventually|subsequently|could|did|couldn't|didn't|never)\s+)*"
    r"(?:(?:took|tolerated|helped|gave|provided|reduced|improved|stopped|quit|discontinued|used|tried|continued|remained|not|stayed|experienced|developed|noticed|noted|reported|felt)\b"
    r"|it\b|this\b|that\b|no\b|minimal|less than|only|<|d/c|ineffective|partial|side effects?|adverse|stopped"
    r"|discontinued"
    r"|failed|caused|duration|dates?|outcome|result|reason|response|max\w* dose)",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:^|[\s(])(?:on|takes?|taking|uses?|using)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OF_ALL = re.compile(r"\s*(?:\([^)]{0,60}\))?\s*(?:,\s*)?(?:were|have|both|all|neither|each|none)\b", re.IGNORECASE)
"""What is said of all the medicines before it: "propranolol 80 mg and topiramate 100 mg were ineffective"."""
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
    """Statements with medicines, each with the sentences after it that say what became of them."""
    whole = source.reading.prose.text
    for number, statement in enumerate(statements):
        if not statement.of(Subject.DRUG):
            continue
        grown = statement
        for following in statements[number + 1 : number + 4]:
            if not _is_continued(whole, grown, following):
                break
            grown = _grown(whole, grown, following)
        yield grown


def _is_continued(whole: str, statement: Statement, following: Statement) -> bool:
    """Whether the next statement stands in the same paragraph and speaks of the last medicine named, and of none."""
    between = whole[statement.start + len(statement.text) : following.start]
    if "\n" in between or following.of(Subject.DRUG):
        return False
    listed = statement.section == "tried" or _ITEM.match(statement.text)
    if listed and _ENDING.match(following.text):
        return True
    says = {h.key for h in following.of(Subject.OUTCOME)} - {"tried", "benefit"}
    if between.strip() == ";" and says & {"failure", "intolerance", "side_effect", "stopped"}:
        return True
    return bool(says or period_in(following.text).days) and bool(_GOES_ON.match(following.text))


def _grown(whole: str, statement: Statement, following: Statement) -> Statement:
    shift = following.start - statement.start
    hits = {
        subject: (
            *statement.of(subject),
            *(h._replace(start=h.start + shift, end=h.end + shift) for h in following.of(subject)),
        )
        for subject in Subject
    }
    return replace(statement, text=whole[statement.start : following.start + len(following.text)], hits=hits)


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
    cues = _outcome_cues(statement, mention, source.clinical)
    period = _period(statement, mention)
    ended = statement.section == "tried" or period.days is not None or period.stop is not None
    outcome, reason = _outcome(statement, mention, cues, ended=ended)
    context = _context(contexts, statement, outcome=outcome, cues=cues)
    kind = _kind(
        statement,
        source,
        cues=cues,
        outcome=outcome,
        period=period,
        context=context,
        own=own,
        drug_class=drug_class,
        named=bool(drug),
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


def _period(statement: Statement, mention: Mention) -> Period:
    """When it was taken: what its own words say, and, where it is the only one, what stands before it."""
    own = period_in(statement.text[mention.last : mention.until])
    if len(_mentions(statement)) > 1 or (own.start and own.stop):
        return own
    whole = period_in(statement.text[max(0, mention.first - 60) : mention.until])
    return whole if (whole.start, whole.stop, whole.days) != (None, None, None) else own


def _outcome_cues(statement: Statement, mention: Mention, clinical: Clinical) -> dict[str, Hit]:
    """The cue of each outcome that speaks of this medicine.

    What stands between it and the next medicine is its own; what leads the whole list, or stands right before it, is
    said of it too, but yields to an outcome of its own.
    """
    found: dict[str, Hit] = {}
    said = _meant(statement, clinical)
    held = [h for h in said if h.key == "ongoing"]
    # "despite current therapy with": it goes on
    hits = [h for h in said if h.key != "failure" or not any(o.start <= h.start and h.end < o.end for o in held)]
    keys = {hit.key for hit in hits}
    for hit in hits:
        if hit.key == "side_effect" and re.search(r"\bfor\s+$", statement.text[: hit.start]) and "stopped" not in found:
            continue  # what it was taken for
        if hit.key == "intolerance" and not statement.text[mention.last : hit.start].strip() and "stopped" not in keys:
            continue  # "propranolol side effects" are a subject to speak of
        if mention.last <= hit.start and hit.end <= mention.until and not _leads_to_next(statement, hit, mention):
            found.setdefault(hit.key, hit)
    shared = _shared_from(statement, mention) if not found else None
    for hit in hits if shared is not None else ():
        if shared is not None and hit.start >= shared:
            found.setdefault(hit.key, hit)
    told = {"failure", "intolerance", "side_effect", "contraindicated"} & found.keys()
    for hit in reversed(hits):
        if hit.end > mention.first or not _leads(statement, hit, mention):
            continue
        yields = {"failure": told, "side_effect": told, "contraindicated": told, "intolerance": told - {"side_effect"}}
        found.setdefault("tried" if yields.get(hit.key) else hit.key, hit)
    return found


def _meant(statement: Statement, clinical: Clinical) -> tuple[Hit, ...]:
    """The cues of outcomes that are said of what was: not inside words that mean nothing, nor in a clause of "if"."""
    said = statement.of(Subject.OUTCOME)
    void = [h for h in said if h.key == _VOID]
    return tuple(
        h
        for h in said
        if not any(h is not v and v.start < h.end <= v.end for v in void) and not _is_supposed(statement, h, clinical)
    )


def _is_supposed(statement: Statement, hit: Hit, clinical: Clinical) -> bool:
    """Whether an ending is only thought of: "and, if it brings no reduction, an antibody"."""
    return hit.key in _ENDINGS and clinical.words.supposed.found_in(_clause_before(statement.text, hit.start))


def _clause_before(text: str, place: int) -> str:
    """The words of the clause that stand before ``place``."""
    return _CLAUSE_ENDS.split(text[:place])[-1]


_VOID = "plain"
"""The outcome whose words only look like another's: "no change in dose"."""
_ENDINGS = frozenset({"failure", "intolerance", "side_effect", "stopped", "harm"})
_CLAUSE_ENDS = re.compile(r"[,;:.()]\s|\b(?:but|then)\b", re.IGNORECASE)


def _shared_from(statement: Statement, mention: Mention) -> int | None:
    """Where what is said of a whole list begins: behind its last medicine, with only doses between them."""
    mentions = _mentions(statement)
    place = next(n for n, m in enumerate(mentions) if m.first == mention.first)
    rest = mentions[place + 1 :]
    for one, following in pairwise([mention, *rest]):
        between = DOSE.sub("", statement.text[one.last : following.first])
        if not _JOINED.fullmatch(_UP_TO.sub("", between)):
            return None
    if not rest or len(rest[-1].drugs) > 1:
        return None
    last = rest[-1].last
    tail = DOSE.sub(lambda m: " " * len(m[0]), statement.text[last:])
    found = _OF_ALL.match(tail)
    return last if found else None


_UP_TO = re.compile(r"\b(?:up to|to|at|daily|nightly|a day)\b", re.IGNORECASE)


def _leads(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether a cue before the medicine is said of it: it opens the list in which the medicine stands."""
    drugs = [d for d in statement.of(Subject.DRUG)]
    following = next((d for d in drugs if d.start >= hit.end), None)
    if following is None or (
        _is_bracketed(statement.text, hit.start) and ")" in statement.text[hit.end : mention.first]
    ):
        return False
    gap = statement.text[hit.end : following.start]
    if any(d.end <= hit.start for d in drugs) and (len(gap.split()) > 2 or re.search(r"[,(]", gap)):
        return False  # it ends what is said of the medicine before it
    between = statement.text[hit.end : mention.first]
    if _LIST_ENDS.search(between):
        return False
    told = [
        h for h in statement.of(Subject.OUTCOME)
        if following.start < h.start < mention.first and h.key != "tried" and not _is_bracketed(statement.text, h.start)
    ]  # fmt: skip
    return following.start >= mention.first or not any(not _leads_to_drug(statement, h, mention) for h in told)


_LIST_ENDS = re.compile(r";|\.\s|\b(?:but|however|now|currently|while|whereas|although)\b", re.IGNORECASE)


def _is_bracketed(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)


def _leads_to_drug(statement: Statement, hit: Hit, mention: Mention) -> bool:
    return hit.end <= mention.first and len(statement.text[hit.end : mention.first].split()) <= 2


def _leads_to_next(statement: Statement, hit: Hit, mention: Mention) -> bool:
    """Whether a cue belongs to the medicine that follows: "..., and failed propranolol"."""
    if mention.until == len(statement.text):
        return False
    gap = statement.text[hit.end : mention.until]
    return (
        len(gap.split()) <= 2
        and hit.key in {"failure", "tried", "contraindicated", "stopped", "ongoing"}
        and not re.search(r"[,;.)]|^\s*(?:and|or|then)\b", gap)
    )


def _outcome(
    statement: Statement, mention: Mention, cues: dict[str, Hit], *, ended: bool
) -> tuple[Outcome | None, str | None]:
    """The outcome and its reason; ``ended``: it stands under what was tried, or for a time."""
    stopped = ended or bool({"stopped", "tried"} & cues.keys())
    if "unjudged" in cues and "stopped" not in cues:
        return (Outcome.ONGOING if "ongoing" in cues else None), None
    if "contraindicated" in cues:
        return Outcome.CONTRAINDICATED, because(statement, cues["contraindicated"], mention)
    if "intolerance" in cues and not is_negated(statement, cues["intolerance"]):
        return Outcome.INTOLERANCE, side_effect(statement, cues, "intolerance")
    kept = "ongoing" in cues and not {"stopped", "failure"} & cues.keys()
    harmed = "side_effect" in cues and stopped and not kept and not is_negated(statement, cues["side_effect"])
    if harmed and ("failure" not in cues or cues["failure"].end <= mention.first):
        return Outcome.INTOLERANCE, words_of(statement, cues["side_effect"], mention)
    if "harm" in cues and stopped and not kept and "failure" not in cues:
        return Outcome.INTOLERANCE, words_of(statement, cues["harm"], mention)
    if "failure" in cues:
        return Outcome.FAILURE, words_of(statement, cues["failure"], mention)
    if "stopped" in cues:
        return None, because(statement, cues["stopped"], mention)
    if "ongoing" in cues or _ON.search(statement.text[: mention.first]):
        return Outcome.ONGOING, None
    return None, None


def _indication(statement: Statement, mention: Mention, source: Source) -> str | None:
    """What it was taken for, as the statement or its heading says."""
    own = [h for h in statement.of(Subject.ILLNESS) if mention.last <= h.start < mention.until]
    for hit in own:
        gap = statement.text[mention.last : hit.start]
        bracketed = re.search(r"\(\s*$", gap) or re.match(
            r"\s*(?:ppx|prophyla|prevent)", statement.text[hit.end :], re.IGNORECASE
        )
        if (bracketed or _FOR.search(gap)) and "reduc" not in gap:
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
    context: Context | None, own: str, drug_class: str, named: bool,
) -> FactKind | None:  # fmt: skip
    dose = dose_in(own)
    if outcome is Outcome.CONTRAINDICATED or statement.section == "allergies":
        return FactKind.CONTRAINDICATION
    toxin = source.clinical.words.toxin_given.found_in(statement.text) or (dose or "").endswith("units")
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
    if source.clinical.classes[drug_class].acute_only or source.clinical.words.for_attacks.found_in(own):
        if not dose and not named:
            return None  # "a documented NSAID trial"
        return FactKind.CURRENT_DRUG if "tried" in cues or dose or statement.section in {"tried", "acute"} else None
    if statement.section == "tried" or "tried" in cues or (period.stop and dose):
        return FactKind.DRUG_TRIAL
    if statement.section == "acute" and dose:
        return FactKind.CURRENT_DRUG
    return None
