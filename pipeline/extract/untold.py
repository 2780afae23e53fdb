"""What stands behind labels that no word tells, in a block of labels that are known: told by what is missing there.

A block of labels and values names patient, numbers and provider. Where the patient has no label that is known, and one
value of the block is a person's name, that is the patient; where the number of the case has none, and one number of the
block is left, it is that. Neither is ever certain by its place alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.extract.candidates import Candidate, same_value
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.meaning import UNTOLD
from pipeline.extract.shapes import identifier
from pipeline.knowledge.roles import Sort
from pipeline.language import Reading
from pipeline.language.zones import Zone

_OF_A_BLOCK = (
    "member_id", "member_name", "date_of_birth", "group_number", "claim_number", "reference_number", "provider_npi",
    "provider_name", "patient_account_number", "service_description", "dates_of_service",
)  # fmt: skip
_REACH, _FEWEST_AROUND = 4, 2
_NUMBER_LABEL = re.compile(r"(?:\bnumber|\bno\b\.?|\bid|#)\W*$", re.IGNORECASE)
_ANOTHER_THING = re.compile(
    r"\b(?:accounts?|acct|employers?|providers?|tax|licen[sc]e|polic(?:y|ies)|plan|vendor|payee|batch|voucher|invoice|serial"
    r"|zip|dea|sequence|seq|orders?|rx|prescription|ndc|lot|mrn|records?|chart|room|bed|station|suite|box|bin|pcn|taxonomy)\b",
    re.IGNORECASE,
)
"""Words of a label that make its number that of something else than the case."""
_FEWEST_DIGITS = 5
_SUPPORT = 0.6
_ELSEWHERE = frozenset({Zone.SIGNATURE, Zone.CONTACTS, Zone.BOILERPLATE, Zone.RIGHTS})


def untold_names(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> Iterator[Labelled]:
    """The names of the block behind labels that no word tells."""
    yield from _in_block(reading, labels, UNTOLD[Sort.NAME])


def untold_number(
    reading: Reading, labels: Mapping[str, Sequence[Labelled]], *, known: Collection[str]
) -> Iterator[Candidate]:
    """The one number of the block that is nobody's, as that of the case; ``known`` are the numbers that were read."""
    others = {same_value(value) for value in known}
    found: dict[str, Candidate] = {}
    for label in _in_block(reading, labels, UNTOLD[Sort.NUMBER]):
        value = identifier(reading.text.content[label.start : label.end])
        if value is None or not _NUMBER_LABEL.search(label.label) or same_value(value[0]) in others:
            continue
        if _ANOTHER_THING.search(label.label):
            continue
        if sum(ch.isdigit() for ch in value[0]) < _FEWEST_DIGITS:
            continue
        found.setdefault(
            same_value(value[0]),
            Candidate(
                value=value[0], start=label.start + value[1], end=label.start + value[2], support=_SUPPORT,
                rule="field.reference_number.untold",
            ),
        )  # fmt: skip
    if len(found) == 1:
        yield from found.values()


def _in_block(reading: Reading, labels: Mapping[str, Sequence[Labelled]], name: str) -> Iterator[Labelled]:
    """What labels that no word tells announce, with labels around that are known."""
    placed = {
        label.line.number
        for field in _OF_A_BLOCK
        for label in labels.get(field, ())
        if label.how is not How.INLINE and label.line.zone not in _ELSEWHERE
    }
    for label in labels.get(name, ()):
        near = range(label.line.number - _REACH, label.line.number + _REACH + 1)
        if label.line.zone not in _ELSEWHERE and sum(n in placed for n in near) >= _FEWEST_AROUND:
            yield label
