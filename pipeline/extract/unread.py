"""Numbers of a scan that nobody read: a missing one looks like one that the letter does not have, unless it is said."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.extract.identifiers import Identifiers
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.shapes import DATE
from pipeline.language import Reading
from pipeline.language.reading import Line, page_at
from pipeline.language.zones import Zone
from pipeline.values.letter import ReviewNote
from pipeline.values.text import Method

_NAMES = {
    "member_id": "member number",
    "claim_number": "claim number",
    "reference_number": "reference number",
    "group_number": "group number",
    "patient_account_number": "account number",
    "provider_npi": "NPI",
}
_READ_BADLY = 0.9
"""Quality of a page below which labels are lost too: clean scans stay above it, half of the standard faxes do not."""
_HARDLY_READ = 0.5
"""Confidence of a word that may be any."""
_EVERY_LETTER = "member_id"
"""Nearly every letter about a patient prints it, so that a scan without it has most likely lost it."""


def _is_firm(reading: Reading, label: Labelled) -> bool:
    """Whether a label of a scanned page is this field's own and stands where a value must follow."""
    own = not (label.weak or label.guessed or label.qualified) and label.how is not How.INLINE
    return own and page_at(reading.text, label.start).method is not Method.TEXT


def _unexplained(reading: Reading, labels: Mapping[str, Sequence[Labelled]], identifiers: Identifiers) -> Iterator[str]:
    """Numbers of scanned pages that no label announces: those that stand by themselves, any in the reference block."""
    announced = [(one.start, one.end) for ones in labels.values() for one in ones]
    known = {one.value for name in _NAMES if (one := getattr(identifiers, name)) is not None}
    greeting = next((line.number for line in reading.lines if _GREETING.match(line.text)), 0)
    for line in reading.lines:
        # A letterhead such as "Appeals and Grievances" looks like the heading of the rights, down to the greeting.
        if (line.zone in _NO_PLACE and line.number > greeting) or page_at(
            reading.text, line.start
        ).method is Method.TEXT:
            continue
        for start, text in _places(line):
            hit = _NUMBER.fullmatch(text.strip(_SIGNS))
            inside = any(first < start + len(text) and end > start for first, end in announced)
            if hit and not inside and hit[0] not in known and not DATE.fullmatch(hit[0]):
                yield hit[0]


def _places(line: Line) -> Iterator[tuple[int, str]]:
    """Where a number may stand in a line: its cells, and the words of its cells in the reference block."""
    for cell in line.cells:
        if line.zone is Zone.REFERENCE:
            yield from ((cell.start + word.start(), word[0]) for word in re.finditer(r"\S+", cell.text))
        else:
            yield cell.start, cell.text


def _is_lost(reading: Reading) -> bool:
    """Whether a word in a scan's reference block was hardly read, as under a pen: it may be a label with its number."""
    lines = [(line.start, line.end) for line in reading.lines if line.zone is Zone.REFERENCE]
    return any(
        word.confidence < _HARDLY_READ
        and any(first <= word.start < last for first, last in lines)
        and _WORD.fullmatch(reading.text.content[word.start : word.end])
        for page in reading.text.pages
        if page.method is not Method.TEXT
        for word in page.words
    )


_WORD = re.compile(r"(?:\W*[A-Za-z]){3,}\W*")
"""Letters alone: a number that was hardly read is there, and so are sums and codes."""
_NUMBER = re.compile(r"(?!(?:1-)?\d{3}-\d{3}-\d{4}$)(?=(?:[A-Z-]*\d){5})[A-Z0-9][A-Z0-9-]{5,}[A-Z0-9]")
_GREETING = re.compile(r"\W*(?:dear|to whom it may)\b", re.IGNORECASE)
_SIGNS = " |[](){}_~'\"“”‘’.,:;*"
_NO_PLACE = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS, Zone.CRITERIA})


def unread(
    reading: Reading, labels: Mapping[str, Sequence[Labelled]], identifiers: Identifiers, *, given: Collection[str]
) -> Iterator[ReviewNote]:
    """What a person must look for on the page, a note a number; ``given`` are the authorizations that were read."""
    orphan = next(_unexplained(reading, labels, identifiers), None)
    scanned = [page for page in reading.text.pages if page.method is not Method.TEXT and page.words]
    badly = any(page.quality < _READ_BADLY for page in scanned) or _is_lost(reading)
    for name in (name for name in _NAMES if getattr(identifiers, name) is None):
        if any(_is_firm(reading, label) for label in labels.get(name, ())):
            why = f"the label of the {_NAMES[name]} is there, but no number was read beside it"
        elif orphan:
            why = f"no label was read for {orphan}; it may be the {_NAMES[name]}"
        elif badly:
            why = f"print was read badly; the {_NAMES[name]}, if there is one, must be looked up"
        elif scanned and name == _EVERY_LETTER:
            why = "no member number was read on this scan; most letters have one"
        else:
            continue
        yield ReviewNote(field=name, why=why)
    if orphan and not given:
        why = f"no label was read for {orphan}; it may be the number of an authorization"
        yield ReviewNote(field="authorizations", why=why)
