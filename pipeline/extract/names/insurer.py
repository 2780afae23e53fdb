"""Whether a name is that of an insurer, and the name without the desk behind it."""

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.names.letterhead import may_be_name
from pipeline.extract.shapes import DATE
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading

_WHOSE_DESK = re.compile(
    r"provider|member|customer|medical|clinical|utilization|services?|review|and|\W+", re.IGNORECASE
)
"""What may stand before the word of a desk: "Provider Correspondence", "Utilization & Case Management"."""

_TOP = 8
_MARKS = " #*_>"
_SAID_OF_IT = re.compile(r",\s+(?:an?|the|your)\s[^,]{3,60}$|\s+\([^()]{3,50}\)$")
"""What a line says of the name that it begins with: ", a Medicare health plan", "(Ohio Medicaid managed care)"."""
_SUPPORT = 0.72


def is_payer(text: str, knowledge: Knowledge) -> bool:
    """Whether a name is that of a known insurer or carries words of one."""
    return knowledge.payer_words.matches(text) or knowledge.payer_names.found_in(text)


def names_insurer(text: str, knowledge: Knowledge) -> bool:
    """Whether a cell can be the name of an insurer and is no desk, no practice and no kind of plan."""
    words: NameKnowledge = knowledge.name_words
    return (
        may_be_name(text, words)
        and is_payer(text, knowledge)
        and not words.unit.found_in(text)
        and not words.practice.found_in(text)
        and not words.plan_kind.covers(text)
    )


def without_desk(text: str, knowledge: Knowledge) -> str:
    """An insurer's name without the desk that stands behind it: "ELM HEALTH PLAN PROVIDER CORRESPONDENCE UNIT"."""
    words = knowledge.name_words
    if not words.unit.found_in(text) or "," in text:
        return text
    rest, cut = text, text
    for last in reversed(text.split(" ")[1:]):
        if not (words.unit.covers(last) or words.title.covers(last) or _WHOSE_DESK.fullmatch(last)):
            break
        rest = rest.removesuffix(last).rstrip(" -–—")
        cut = rest if names_insurer(rest, knowledge) else cut
    return cut


def beside_other_words(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Insurers near the top in a line with something else: a day, a title, their own desk, what is said of them."""
    for line in reading.lines[:_TOP]:
        for cell in line.cells[:2]:
            text = cell.text.strip(_MARKS)
            name = _alone(text, knowledge)
            if name and name != text and names_insurer(name, knowledge) and len(name.split()) > 1:
                start = cell.start + cell.text.index(name)
                yield Candidate(
                    value=name, start=start, end=start + len(name), support=_SUPPORT, rule="field.payer.known_on_top"
                )


def _alone(text: str, knowledge: Knowledge) -> str:
    """A line without the words that are no part of a name that stands in it."""
    words = knowledge.name_words
    if day := DATE.search(text):
        text = text[: day.start()] if not text[day.end() :].strip(" .") else text
    name, colon, rest = text.partition(": ")
    text = name if colon and words.title.found_in(rest) else text
    text = text.rstrip(" ,-–—|")
    desk, comma, rest = text.partition(", ")
    if comma and words.unit.found_in(desk) and _is_desk(desk, knowledge):
        text = rest
    while (said := _SAID_OF_IT.search(text)) is not None:
        text = text[: said.start()]
    return text


def _is_desk(text: str, knowledge: Knowledge) -> bool:
    return all(knowledge.name_words.unit.covers(word) or _WHOSE_DESK.fullmatch(word) for word in text.split())
