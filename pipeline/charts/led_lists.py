"""What the words over a list of medicines say of each: "Failed: gabapentin; topiramate 50 mg" tells of both.

Only an item that tells no more than how it was taken is told of by its lead; what has words of its own is not.
"""

import re
from collections.abc import Mapping, Sequence

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.context import context_at
from pipeline.charts.statements import Hit, Statement
from pipeline.values.chart import Context, Outcome

_OUTCOMES = {
    "failure": Outcome.FAILURE,
    "intolerance": Outcome.INTOLERANCE,
    "contraindicated": Outcome.CONTRAINDICATED,
}
_SPOILT = frozenset({"ongoing", "plain", "benefit", "unjudged"})
"""Outcomes that in a lead leave open what became of its medicines: "failed or current"."""
_OPEN = re.compile(r"\b(?:or|if|any|whether|may|not yet|must|should)\b|/|\?", re.IGNORECASE)
"""Words of a lead that leave it open: "failed or not tolerated", "any failed"."""
_SEVERAL_WORDS = re.compile(r"\btried (?:and|&|/) failed\b|\bfailed (?:and|&) tried\b", re.IGNORECASE)
_TAKEN = re.compile(
    r"\b(?:mg|mcg|g|mL|units?|U|bid|tid|qid|qd|qhs|hs|qam|qpm|qday|po|iv|im|sq|sc|q\d*[hdwm]\w*|prn|daily|nightly|weekly|monthly"
    r"|once|twice|times|a|per|day|night|week|month|at|bedtime|ER|XR|XL|LA|SR|CR|DR|EC|ODT|HFA|tabs?|caps?|puffs?|x|for|from|to|and|or"
    r"|until|through|thru|in|since|on|up|max|of|titrated|dose|about|days?|wks?|weeks?|mos?|months?|yrs?|years?|each|tried|trial"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|early|late|mid|then)\b",
    re.IGNORECASE,
)
"""Words of how and when a medicine was taken."""
_WORD = re.compile(r"[A-Za-z]{2,}|\?")


def led_outcomes(statements: Sequence[Statement], whole: str, clinical: Clinical) -> Mapping[int, Outcome]:
    """What its lead says of each item of a list, by the place of the item in the document's prose ``whole``."""
    found: dict[int, Outcome] = {}
    lead: tuple[str, Outcome] | None = None  # the heading, and what it says
    chain: Outcome | None = None  # what leads the items that semicolons part
    heading = ""
    for number, statement in enumerate(statements):
        if statement.heading != heading:
            heading, lead = statement.heading, None
            told = _said_by(statement, 0, _end_of_heading(statement), clinical) if heading else None
            lead = (heading, told) if told is not None else None
        drugs = statement.of(Subject.DRUG)
        if not drugs:
            chain = None
            continue
        joined = number > 0 and _is_joined(whole, statements[number - 1], statement)
        item = _is_item(statement, drugs)
        of_heading = lead[1] if lead is not None and not statement.text.startswith(heading) else None
        told = (chain if joined else None) or of_heading
        if item and told is not None and statement.boxed is None:
            found[statement.start] = told
        if joined and chain is not None and item:
            continue
        chain = _said_by(statement, 0, drugs[0].start, clinical) if _is_plain(statement.text[drugs[-1].end :]) else None
    return found


def _is_joined(whole: str, before: Statement, statement: Statement) -> bool:
    return whole[before.start + len(before.text) : statement.start].strip() == ";"


def _end_of_heading(statement: Statement) -> int:
    place = statement.text.find(statement.heading)
    return place + len(statement.heading) if place >= 0 else 0


def _said_by(statement: Statement, start: int, end: int, clinical: Clinical) -> Outcome | None:
    """The one outcome that the words of a lead tell; None where they tell several, or leave it open."""
    words = _SEVERAL_WORDS.sub("failed", statement.text[start:end])
    hits = [h for h in statement.of(Subject.OUTCOME) if start <= h.start and h.end <= end]
    keys = {h.key for h in hits}
    told = keys & _OUTCOMES.keys()
    if len(told) != 1 or keys & _SPOILT or _OPEN.search(words) or statement.boxed is not None:
        return None
    hit: Hit = next(h for h in hits if h.key in told)
    leave = frozenset({Context.HISTORICAL})
    if context_at(statement, hit.start, hit.end, clinical=clinical, leave=leave) is not None:
        return None
    return _OUTCOMES[hit.key]


def _is_item(statement: Statement, drugs: Sequence[Hit]) -> bool:
    """Whether a statement is a medicine with no more than how it was taken."""
    return _is_plain(statement.text[: drugs[0].start]) and _is_plain(statement.text[drugs[-1].end :])


def _is_plain(words: str) -> bool:
    return _WORD.search(_TAKEN.sub(" ", words)) is None
