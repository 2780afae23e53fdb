"""In what sense something is said: negated, planned, of a relative, of long ago. One cue is enough."""

import re

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.dates import dates_in
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Reach
from pipeline.values.chart import Context

_ORDER = (
    Context.FAMILY,
    Context.ANOTHER_PERSON,
    Context.COPIED_FORWARD,
    Context.HYPOTHETICAL,
    Context.PLANNED,
    Context.NEGATED,
    Context.HISTORICAL,
)
# A relative who tells of the patient is no subject: "his wife reports that he cannot dress".
_ALSO = re.compile(r"^\s*,?\s*(?:also\s+|who\s+)?", re.IGNORECASE)
_ACCOMPANIED = re.compile(
    r"\b(?:with|per|accompanied by|from|obtained from|by|according to|here with|lives with)\s+(?:(?:the|her|his"
    r"|their|patient's|a)\s+)*$",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\s+(?:her|his|their|the|a|an)\s+(?:\w+\s+)?$", re.IGNORECASE)
_BY_SECTION = {
    "family": Context.FAMILY,
    "plan": Context.PLANNED,
    "criteria": Context.HYPOTHETICAL,
    "history": Context.HISTORICAL,
    "copied": Context.COPIED_FORWARD,
    "not_taken": Context.NEGATED,
}
# A new clause ends what a cue covers; a list does not.
_CLAUSE = re.compile(
    r";|\.\s|\b(?:but|however|although|except|though|whereas|because|despite)\b"
    r"|(?:,|\band)\s+(?:then\s+)?(?:I|we|she|he|they|patient|has|had|was|is|takes|took|failed|tried|stopped|now|currently|reports?|with)\b",
    re.IGNORECASE,
)


_LEADS_ON = re.compile(r"[,(]\s*$")
_GOES_ON = re.compile(r"\s+\w")
_SAME = re.compile(r"\s+(?:it|them|this|either)\b", re.IGNORECASE)
_WHO = re.compile(r"(?:[,;]|\band)\s+(?:I|we|s?he|they|patient)\b(?:\s+(?:has|have|had))?", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|and|though)\b", re.IGNORECASE)


def contexts_at(statement: Statement, start: int, end: int, *, clinical: Clinical) -> tuple[Context, ...]:
    """Every context of the statement's characters ``start`` to ``end``, the weightiest first."""
    cues = [
        cue
        for cue in statement.of(Subject.CONTEXT)
        if not _is_of_an_outcome(cue, statement, clinical)
        and not _is_informant(cue, statement, clinical)
        and _covers(cue, statement, start, end, clinical)
    ]
    found = {clinical.contexts[cue.key].context for cue in cues}
    if cues and {Context.PLANNED, Context.NEGATED} <= found:
        last = clinical.contexts[max(cues, key=lambda cue: cue.start).key]
        if last.context is Context.NEGATED and last.reach is Reach.BEFORE:
            found.discard(Context.PLANNED)  # "was offered; she has not taken it"
        if any(_denies(one, other, statement, clinical) for one in cues for other in cues):
            found.discard(Context.PLANNED)  # "never did start"
    if statement.boxed is not None:
        found.add(statement.boxed)
    if _ASKS.match(statement.text) and statement.text.rstrip().endswith("?"):
        found.add(Context.HYPOTHETICAL)
    by_section = _BY_SECTION.get(statement.section or "")
    if by_section is not None:
        found.add(by_section)
        if statement.section == "not_taken":
            found.discard(Context.PLANNED)  # ordered once, and never taken
    return tuple(context for context in _ORDER if context in found)


_ASKS = re.compile(
    r"\W*(?:(?:and|so|or|also)\s+)?(?:do|does|did|should|shall|can|could|may|might|will|would|is|are|am|was|were|has|have|had|what|when|why)\b",
    re.IGNORECASE,
)
"""How a question begins; with its answer behind it, it does not end with its mark."""


def _denies(one: Hit, other: Hit, statement: Statement, clinical: Clinical) -> bool:
    """Whether a cue that negates stands right before one that plans, and so denies the plan itself."""
    kinds = (clinical.contexts[one.key].context, clinical.contexts[other.key].context)
    gap = statement.text[one.end : other.start] if one.end <= other.start else None
    return kinds == (Context.NEGATED, Context.PLANNED) and gap is not None and len(gap.split()) <= 1


def context_at(
    statement: Statement, start: int, end: int, *, clinical: Clinical, leave: frozenset[Context] = frozenset()
) -> Context | None:
    """The weightiest context but for those of ``leave``; None for a plain statement."""
    return next((c for c in contexts_at(statement, start, end, clinical=clinical) if c not in leave), None)


def _is_of_an_outcome(cue: Hit, statement: Statement, clinical: Clinical) -> bool:
    """Whether the cue is part of a longer phrase: the "no" of "no benefit" negates the benefit and nothing else.

    Between the ideas of a frame anything may stand: only what denies is the frame's own.
    """
    negates = clinical.contexts[cue.key].context is Context.NEGATED
    return any(
        other.start <= cue.start
        and cue.end <= other.end
        and (other.end - other.start) > (cue.end - cue.start)
        and (negates or not other.framed)
        for subject in (Subject.OUTCOME, Subject.FINDING)
        for other in statement.of(subject)
    )


def _is_informant(cue: Hit, statement: Statement, clinical: Clinical) -> bool:
    """Whether a relative is named as one who tells, comes along or is looked after, not as the one it is about."""
    if clinical.contexts[cue.key].context is not Context.FAMILY:
        return False
    before, after = statement.text[: cue.start], statement.text[cue.end :]
    if _tells_of_self(before, after):
        return False
    return bool(
        clinical.words.informant.pattern.match(_ALSO.sub("", after)) or _ACCOMPANIED.search(before)
    ) or _is_cared_for(before, clinical)


_POSSESSED = re.compile(r"\b(his|her)\s+$", re.IGNORECASE)
_SELF = re.compile(
    r"\s+\w+(?:\s+(?:us|me))?\s+(?:that\s+)?(s?he)\s+(herself\s+|himself\s+)?(?:also\s+)?"
    r"(?:takes?|took|uses?|used|is on|was on|gets?|tried|has (?:been|had|taken|tried))\b",
    re.IGNORECASE,
)


def _tells_of_self(before: str, after: str) -> bool:
    """Whether a relative tells of a medicine of their own: "his mother reports that she takes it".

    Whose relative it is tells the sex of the patient. Where both are of one sex ("her mother says she takes"), the
    patient is meant, unless it says "she herself".
    """
    told = _SELF.match(after)
    if told is None:
        return False
    whose = _POSSESSED.search(before)
    patient = {"his": "he", "her": "she"}[whose[1].lower()] if whose else None
    if re.search(rf"\b(?:{patient}|pt|patient)\b", after[told.end() :], re.IGNORECASE):
        return False  # "his wife says she has been told that he takes"
    return told[2] is not None or patient not in (None, told[1].lower())


def _is_cared_for(before: str, clinical: Clinical) -> bool:
    """Whether the words right before a relative are of the care for them: "looking after her son"."""
    lead = _WHOSE.sub("", before)
    return lead != before and any(m.end() == len(lead) for m in clinical.words.cared_for.pattern.finditer(lead))


def _covers(cue: Hit, statement: Statement, start: int, end: int, clinical: Clinical) -> bool:
    entry = clinical.contexts[cue.key]
    if entry.reach is Reach.SENTENCE:
        return True
    if statement.text[cue.start : cue.end] == "?" and statement.text[: cue.start][-1:].isalnum():
        return False  # a form's question, with its answer behind it; "?migraine" questions
    if entry.reach is Reach.AFTER:
        gap = statement.text[cue.end : start]
        ahead = cue.end <= start
    else:
        gap = statement.text[end : cue.start]
        ahead = end <= cue.start
        if entry.context is Context.HISTORICAL and _LEADS_ON.search(gap) and _GOES_ON.match(statement.text, cue.end):
            return False  # "20 days, previously 25", "spasms, initially of one lid"
        if _REFUSES.match(statement.text[cue.start : cue.end]):
            return ahead and _is_refused(cue, statement, start, end, clinical)
        if entry.context is Context.NEGATED and not any(
            h.start >= end for h in statement.of(Subject.DRUG) if h.end <= cue.start
        ):
            gap = _BUT.sub(" ", gap)  # "was considered but never started"
            if _SAME.match(statement.text, cue.end):
                gap = _WHO.sub(", ", gap)  # "Aimovig: the plan refused it, she has never taken it"
    return ahead and len(gap.split()) <= entry.within and not _CLAUSE.search(gap)


_REFUSES = re.compile(r"(?:pt|patient|s?he|they)\s+(?:refuse|decline|said no)", re.IGNORECASE)
_NO_OTHER = re.compile(r"\s*(?:it|this|them|both|for now|at this time|today)?\s*(?:[.,;)]|$)", re.IGNORECASE)
_OFFERED = re.compile(
    r"\s*(?:was|were|has been|had been)\s+(?:\w+ly\s+)?(?:offered|recommended|suggested|advised"
    r"|prescribed|discussed)\b",
    re.I,
)
"""What says of the medicine itself that it was offered: "diazepam was offered and she refused it"."""
_HELD = re.compile(r"\bheld\b", re.IGNORECASE)


def _is_refused(cue: Hit, statement: Statement, start: int, end: int, clinical: Clinical) -> bool:
    """Whether the patient's refusal is of what was offered or held here, and not of something else named with it."""
    gap = statement.text[end : cue.start]
    if not _NO_OTHER.match(statement.text, cue.end) or len(gap.split()) > clinical.contexts[cue.key].within:
        return False
    offers = [h for h in statement.of(Subject.CONTEXT) if clinical.contexts[h.key].context is Context.PLANNED]
    if any(end <= h.start < cue.start for h in offers) and not _OFFERED.match(gap):
        return False  # "takes baclofen; surgery was offered, she declined"
    return bool(_HELD.search(gap) or _OFFERED.match(gap)) or any(h.end <= start for h in offers)


_SINCE = re.compile(
    r"\b(?:since|from|onset(?: in)?|began(?: in)?|started(?: in)?)\s*"
    r"(?:(?:the|early|late|mid|spring|summer|autumn|fall|winter|about|around|at least|of)[\s-]*){0,3}$",
    re.IGNORECASE,
)


def long_ago(recorded: str | None, text: str) -> Context | None:
    """Historical where the statement dates its count in an earlier year than the document's."""
    for written in dates_in(text):
        lead = text[max(0, written.start - 32) : written.start]
        if recorded and written.iso[:4] < recorded[:4] and not _SINCE.search(lead):
            return Context.HISTORICAL
    return None
