"""The patient as the name beside a number that a label calls the member's: before it, or alone in the line above."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.candidates import Candidate
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.shapes import identifier, person
from pipeline.knowledge import Knowledge
from pipeline.language import Reading
from pipeline.language.reading import Line, line_at
from pipeline.language.zones import Zone

# What parts a name from its number's label; a word of the plan may stand before the label: "Roe, ESH member 4471".
_PARTED = re.compile(r"\s*(?:,|\(|/|;|\s[-–—|]\s|\t|\s{2,})\s*(?:[\w'’.#&-]+\s+){0,2}$")
_WORDS = re.compile(r"[\w'’.,-]+")
_MOST_WORDS, _FEWEST_WORDS, _REACH = 5, 2, 90
_IN_ONE_LINE, _ABOVE, _TOLD, _LEFT_OVER = 0.84, 0.8, 0.76, 0.62
_ELSEWHERE = frozenset({Zone.SIGNATURE, Zone.BOILERPLATE, Zone.CONTACTS})
_HEAD = 40
_LABEL_AND_VALUE = 2
_NOT_THE_PATIENT = re.compile(
    r"\b(?:by|before|judge|presiding|officer|from|cc|copy|attn|attention|manager|nurse|analyst|examiner|author|secretary|staff|desk|agent|holder|spouse|mother|father)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\W*(?:to|for|re|about)\b\s*:?[\s*_]+(?:the\s+)?", re.IGNORECASE)
_PARENTS = re.compile(
    r"\W*(?:to\b\s*:?\s*)?(?:the\s+)?(?:parents?|guardians?|family)(?:\s*(?:/|or|and)\s*guardians?)?\s+of\s*:?\s+",
    re.IGNORECASE,
)


def beside_number(reading: Reading, labels: Sequence[Labelled], knowledge: Knowledge) -> Iterator[Candidate]:
    """The persons whose name stands beside a number of a member, never an insurer, a practice or a clinician."""
    for label in labels:
        if label.how not in {How.INLINE, How.COLON} or label.line.zone in _ELSEWHERE:
            continue
        if identifier(reading.text.content[label.start : label.end]) is None:
            continue
        before = reading.text.content[label.line.start : label.start]
        name_ends = before.casefold().rfind(label.label)
        if name_ends < 0:
            continue  # the label is in another line than its value
        if before[:name_ends].strip():
            yield from _before(reading, label, before[:name_ends], knowledge)
        else:
            yield from _above(reading, label.line, knowledge)


def _before(reading: Reading, label: Labelled, text: str, knowledge: Knowledge) -> Iterator[Candidate]:
    """The name that ends right before the label, with as many words as a name can have."""
    parted = _PARTED.search(text, max(0, len(text) - _REACH))
    if parted is None:
        return
    text = text[: parted.start()]
    for hit in list(_WORDS.finditer(text))[-_MOST_WORDS:]:
        if found := _patient(text[hit.start() :], knowledge):
            start = label.line.start + hit.start() + found[1]
            yield _candidate(found[0], start, support=_IN_ONE_LINE)
            return


def above_numbers(reading: Reading, places: Sequence[int], knowledge: Knowledge) -> Iterator[Candidate]:
    """The persons alone in the line above a number of theirs that begins at one of the places."""
    for place in places:
        yield from _above(reading, line_at(reading, place), knowledge)


def of_whom(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The child to whose parents a line of the head is addressed: "To the parents of Jane Doe"."""
    for line in reading.lines[:_HEAD]:
        for cell in line.cells:
            hit = _PARENTS.match(cell.text)
            if hit and (found := _patient(cell.text[hit.end() :], knowledge)):
                yield _candidate(found[0], cell.start + hit.end() + found[1], support=_IN_ONE_LINE)


def only_person(
    reading: Reading, names: Sequence[Labelled], ids: Sequence[Labelled], knowledge: Knowledge
) -> Iterator[Candidate]:
    """The one person of the block behind a label that no word tells.

    More speaks for it where the letter names that person further on, or in a row beside that of the member's id.
    """
    found: dict[str, tuple[Labelled, tuple[str, int, int]]] = {}
    for label in names:
        named = _patient(reading.text.content[label.start : label.end], knowledge)
        if named is None or _NOT_THE_PATIENT.search(label.label):
            continue
        if set(label.label.split()) & set(named[0].casefold().split()):
            continue  # "Branch: Elm Branch"
        if not knowledge.name_words.practice.found_in(label.label):
            found.setdefault(named[0], (label, named))
    if len(found) != 1:
        return
    (label, named), place = next(iter(found.values())), {one.line.number for one in ids}
    number = label.line.number
    again = any(
        named[0] in line.text.replace("\t", " ") for line in reading.lines[number + 1 :] if line.zone not in _ELSEWHERE
    )
    told = again or bool(place & {number - 1, number + 1})
    yield _candidate(named[0], label.start + named[1], support=_TOLD if told else _LEFT_OVER, rule="untold")


def _above(reading: Reading, line: Line, knowledge: Knowledge) -> Iterator[Candidate]:
    """The name alone in the line above the number, perhaps behind "To", in the head of the letter."""
    above = reading.lines[line.number - 1] if 0 < line.number < _HEAD else None
    if above is None or not above.cells or above.page != line.page:
        return
    to = _TO.match(above.text)
    if len(above.cells) != 1 and not (
        to and len(above.cells) == _LABEL_AND_VALUE and above.cells[1].start >= above.start + to.end()
    ):
        return
    cell = above.cells[-1]
    skip = to.end() if to and len(above.cells) == 1 else 0
    if found := _patient(cell.text[skip:], knowledge):
        yield _candidate(found[0], cell.start + skip + found[1], support=_ABOVE)


def _patient(text: str, knowledge: Knowledge) -> tuple[str, int, int] | None:
    """The person whose name is all of a text, where nothing in it speaks of anybody but a patient."""
    words = knowledge.name_words
    found = person(text, words)
    if found is None or text[found[2] :].strip(" ,.*_") or len(found[0].split()) < _FEWEST_WORDS:
        return None
    others = (words.credential, words.practice, words.vendor, words.title)
    return None if any(other.found_in(text) for other in others) else found


def _candidate(value: str, start: int, *, support: float, rule: str = "beside_number") -> Candidate:
    return Candidate(
        value=value, start=start, end=start + len(value), support=support, rule=f"field.member_name.{rule}"
    )
