"""Labels that nobody listed: what they may mean, from the role words in them.

A label such as "Person this is about" or "Letter generated" stands in no list. The words in it say of whom or of what
it speaks (``models/label_roles.yaml``); the value's shape, which every field checks for itself, decides among what it
may mean.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.knowledge.roles import SOMETHING_ELSE, LabelRole, Sort

UNTOLD = {Sort.NAME: "untold_name", Sort.NUMBER: "untold_number"}
"""What a label announces that no word tells: a name or a number of somebody or something."""
_WORDS = r"(?P<label>[A-Z][A-Za-z'’.]*(?:[ /-]{1,2}[A-Za-z'’.]+){0,6}?)(?:\((?:s|es)\))?"
_LABEL = re.compile(
    rf"[\s*•\-–·>#_(\[|]*{_WORDS}\.?(?:\s*[:=]+|(?:\s?\.){{3,}}\s?:?|\s[-–—]\s|\s{{2,}}|\s(?=`|\*\*[A-Z\d]))[\s.*_`]*(?P<value>\S.*)"
)
_KEY = re.compile(r"[\s{,]*[\"']?(?P<label>[a-z]+(?:_[a-z]+){1,4})[\"']?\s*:\s*[\"']?(?P<value>[^\"'\s{\[][^\"'{\[]*)")
"""A key of a record: ``performed_by: Elm Endoscopy``."""
_ALONE = re.compile(rf"[\s*•\-–·>#_(\[|]*{_WORDS}[\s.:*_]*")
_KEY_ALONE = re.compile(r"[a-z]+(?:_[a-z]+){1,4}")
_NUMBERED = re.compile(r"\b(?:ids?|i\.d|numbers?|nos?|card|identification|identifier|code|key)\b|#", re.IGNORECASE)
_DATE = re.compile(
    r"[\s*_(]*(?:[A-Za-z]{3,9}\.?,?\s+)?"
    r"(?:\d{1,2}[-/.]\d{1,2}[-/.]\d|\d{1,2}/\d{1,2}\b|\d{4}[-/]\d\d?[-/]\d|[A-Z][a-z]{2,8}\.? \d|\d{1,2} [A-Z][a-z]{2})"
)
_NUMBER = re.compile(r"[\s#*_`]*(?=(?:[A-Z/ -]*\d){3})[A-Z0-9]+(?:[ /-][A-Z0-9]+)*[\s*_|`]*$")
_MONEY = re.compile(r"[\s*_(]*-?\$?\s?[\d,]+\.\d\d\b|[\s*_(]*\$\s?\d")


@dataclass(frozen=True, slots=True)
class Meant:
    """A field that a label may announce; ``start`` is where its value begins in the text searched."""

    field: str
    label: str
    start: int


def meant(text: str, roles: Sequence[LabelRole]) -> Iterator[Meant]:
    """What a label at the start of a cell may announce of the value behind it."""
    hit = _LABEL.match(text) or _KEY.match(text)
    if hit:
        yield from _fields(hit["label"].replace("_", " "), hit["value"], hit.start("value"), roles)


def meant_beside(label: str, value: str, roles: Sequence[LabelRole]) -> Iterator[Meant]:
    """What a cell that is a label alone may announce of the cell beside it."""
    if _KEY_ALONE.fullmatch(label.strip()):
        label = label.strip().replace("_", " ").capitalize()
    hit = _ALONE.fullmatch(label)
    if hit:
        yield from _fields(hit["label"], value, 0, roles)


def _fields(label: str, value: str, start: int, roles: Sequence[LabelRole]) -> Iterator[Meant]:
    if any(role.id == SOMETHING_ELSE and role.meant_by(label) for role in roles):
        return
    sort = sort_of(value)
    if sort is Sort.NAME and _NUMBERED.search(label):
        sort = Sort.NUMBER
    for role in roles:
        if role.sort is sort and role.meant_by(label):
            yield Meant(role.id, label.casefold(), start)
            return
    if sort in UNTOLD and roles and not any(role.sort is sort and role.spoken_of_in(label) for role in roles):
        yield Meant(UNTOLD[sort], label.casefold(), start)


def sort_of(value: str) -> Sort:
    """The sort of role that a value asks for by its shape."""
    if _MONEY.match(value):
        return Sort.SUM
    if _DATE.match(value):
        return Sort.DATE
    return Sort.NUMBER if _NUMBER.match(value) else Sort.NAME
