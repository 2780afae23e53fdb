"""The insurer behind the name on top: a programme of a state, and the company that underwrites a plan."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.candidates import Candidate
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.names.insurer import names_insurer
from pipeline.extract.names.letterhead import NameLine, name_like, plain
from pipeline.knowledge import Knowledge
from pipeline.language import Reading

_TOP, _FIRST_ROWS = 8, 3
_OF_STATE = re.compile(
    r"(?P<plan>(?:state|commonwealth) of [a-z]+(?: [a-z]+)?(?:\s?[-–—,:|/]\s?| )"
    r"(?:department of [a-z ]{4,30}?(?:\s?[-–—,:|/]\s?| ))?(?:medical assistance|medicaid)(?: program| agency)?)\b",
    re.IGNORECASE,
)
_RUN = re.compile(r"\b(?:managed care|contractor|mco|administered by)\b", re.IGNORECASE)
_UNDERWRITTEN = re.compile(
    r"(?i:(?:fully )?(?:underwritten|insured|insurance (?:provided|underwritten|issued)|issued and underwritten)"
    r"(?: and (?:administered|issued))? by:?\s+(?:the )?)(?P<plan>[A-Z][\w&.,'’ -]{3,70}?)"
    r"(?=\s{2,}|\t|[.;(|]|,? (?:NAIC|an?|the|a member|which|through|and (?:is )?administered)\b|$)"
)
_TRADE = re.compile(r"\b(?:dental|vision|behavioral)(?: (?:of|care|network|benefits)\b.*)?$", re.IGNORECASE)
"""How the names of insurers for a part of care end, and those of practices too."""
_BESIDE = frozenset({How.COLON, How.NEXT_CELL, How.BELOW})
_A_GROUPS = re.compile(r"\b(?:plan|program|programme|students?|university|college|school|association|coverage)\b", re.I)
_STATES, _UNDERWRITES, _OF_TRADE = 0.97, 0.98, 0.72


def of_state(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """A state's own programme, named with the state: "State of Alder - Medical Assistance (fee for service)".

    Not where the head goes on with a plan that runs it.
    """
    for line in reading.lines[:_TOP]:
        below = reading.lines[line.number + 1 : line.number + 1 + _FIRST_ROWS]
        for cell in line.cells:
            hit = _OF_STATE.match(cell.text.lstrip(" *#_"))
            run = hit and (_RUN.search(cell.text) or any(names_insurer(one.text, knowledge) for one in below))
            if hit and not run:
                start = cell.start + cell.text.index(hit["plan"])
                yield _candidate(hit["plan"], start, support=_STATES, rule="field.payer.state_programme")


def underwriter(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The company that the head of a letter says insures the plan of a school or a group that it names above.

    A brand whose own company underwrites it ("Elm Health", "underwritten by Elm Life Insurance Company") stays the
    name: the two begin alike.
    """
    rows = [line for line in reading.lines[:_TOP] if line.cells][: _FIRST_ROWS + 1]
    for number, row in enumerate(rows):
        hit = _UNDERWRITTEN.search(row.text)
        if hit is None:
            continue
        above = row.text[: hit.start()] if hit.start() > _FIRST_ROWS else rows[number - 1].text if number else ""
        name = hit["plan"].rstrip(" ,.")
        words = knowledge.name_words
        if not name_like(name) or words.plan_kind.covers(name) or words.practice.covers(name):
            continue
        if _A_GROUPS.search(above) and above.split()[:1] != name.split()[:1]:
            start = row.start + hit.start("plan")
            yield _candidate(name, start, support=_UNDERWRITES, rule="field.payer.underwriter")


def of_a_trade(top: Sequence[NameLine], providers: Sequence[Labelled], reading: Reading) -> Iterator[Candidate]:
    """An insurer of teeth or eyes on top of a letter whose provider another line names: "BrightArc Dental"."""
    for line in top:
        own = plain(line.text)
        told = [plain(reading.text.content[one.start : one.end]) for one in providers if one.how in _BESIDE]
        if line.place == 0 and _TRADE.search(line.text) and told and not any(own in one or one in own for one in told):
            yield _candidate(line.text, line.start, support=_OF_TRADE, rule="field.payer.trade")


def _candidate(value: str, start: int, *, support: float, rule: str) -> Candidate:
    return Candidate(value=value, start=start, end=start + len(value), support=support, rule=rule)
