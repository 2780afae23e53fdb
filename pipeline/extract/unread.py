"""Numbers of a scan that nobody read: a missing one looks like one that the letter does not have, unless it is said."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.contacts.reach import impossible_numbers
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.unexplained import unexplained
from pipeline.language import Reading
from pipeline.language.reading import page_at
from pipeline.language.zones import Zone
from pipeline.values.letter import Letter, LetterKind, ReviewNote
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
_GRANTS = frozenset({LetterKind.APPROVAL, LetterKind.APPEAL_OVERTURNED})
_EVERY_LETTER = "member_id"
"""Nearly every letter about a patient prints it, so that a scan without it has most likely lost it."""


def _is_firm(reading: Reading, label: Labelled) -> bool:
    """Whether a label of a scanned page is this field's own and stands where a value must follow."""
    own = not (label.weak or label.guessed or label.qualified) and label.how is not How.INLINE
    return own and page_at(reading.text, label.start).method is not Method.TEXT


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


def unread(reading: Reading, labels: Mapping[str, Sequence[Labelled]], letter: Letter) -> Iterator[ReviewNote]:
    """What a person must look for on the page, a note a number that ``letter`` does not have."""
    orphan = next(unexplained(reading, labels, letter), None)
    scanned = [page for page in reading.text.pages if page.method is not Method.TEXT and page.words]
    badly = any(page.quality < _READ_BADLY for page in scanned) or _is_lost(reading)
    for name in (name for name in _NAMES if getattr(letter, name) is None):
        if any(_is_firm(reading, label) for label in labels.get(name, ())):
            why = f"the label of the {_NAMES[name]} is there, but no number was read beside it"
        elif orphan:
            why = f"no label was read for {orphan.value}; it may be the {_NAMES[name]}"
        elif badly:
            why = f"print was read badly; the {_NAMES[name]}, if there is one, must be looked up"
        elif scanned and name == _EVERY_LETTER:
            why = "no member number was read on this scan; most letters have one"
        else:
            continue
        yield ReviewNote(field=name, why=why)
    seen = (page for page in reading.text.pages if page.method is not Method.TEXT)
    for number in impossible_numbers("\n".join(reading.text.content[page.start : page.end] for page in seen)):
        why = f"{number} cannot be a telephone number, for no area code begins with 0; look it up on the page"
        yield ReviewNote(field="contacts", why=why)
    if letter.authorizations:
        return
    if orphan and (orphan.in_prose or letter.kind in _GRANTS):
        why = f"no label was read for {orphan.value}; it may be the number of an authorization"
        yield ReviewNote(field="authorizations", why=why)
    elif scanned and (_breaks_off(reading) or (letter.kind in _GRANTS and _is_spoken_of(reading))):
        why = "the letter speaks of an authorization, and print behind that was hardly read; it may be its number"
        yield ReviewNote(field="authorizations", why=why)


def _breaks_off(reading: Reading) -> bool:
    """Whether a sentence of a scan ends where the number of an authorization must follow: a pen or a stamp hides it."""
    hits = _ANNOUNCED.finditer(reading.text.content)
    return any(page_at(reading.text, hit.start()).method is not Method.TEXT for hit in hits)


def _is_spoken_of(reading: Reading) -> bool:
    """Whether a scan has print that was hardly read behind a word that speaks of an authorization."""
    content = reading.text.content
    return any(
        _SPOKEN_OF.match(content[word.start : word.end])
        and any(
            one.confidence < _HARDLY_READ and _SIGNS.search(content[one.start : one.end])
            for one in page.words[number + 1 : number + 1 + _BEHIND]
        )
        for page in reading.text.pages
        if page.method is not Method.TEXT
        for number, word in enumerate(page.words)
    )


_SPOKEN_OF = re.compile(r"\W*(?:authori[zs]|approv|certif)", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\b(?:(?i:authori[zs]ed|approved|certified) under"
    r"|(?i:authori[zs]ation|approval|certification)(?: number| no\.?)? is)"
    r"[.,;:]?(?=\s*$|\s*\n\s*\n|\s*\n[A-Z][a-z]|\s[^a-z\s]{6,}(?:\s|$))"
)
"""What announces a number, before the end of a paragraph or a line, or before what is no word."""
_SIGNS = re.compile(r"(?:\W*\w){3}")
_BEHIND = 3
"""Words behind such a word, of which one may be the number."""
