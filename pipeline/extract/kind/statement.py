"""Whether a document is a payment statement: by its title, by how many of its marks it has, or by its columns."""

import re

from pipeline.extract.kind.signs import Signs
from pipeline.language import Reading
from pipeline.language.zones import Zone
from pipeline.values.letter import LetterKind

# The columns or keys of payments in one line: ``code,billed,allowed,paid``, ``{"charge": 210.00, "allowed": 130.00``.
_COLUMN = re.compile(
    r"(?:^|[,|;\t{\"]|\s{2})\W{0,3}(?:amount |amt |total )?"
    r"(billed|charged?|allowed|paid|adj(?:ustment)?|not covered|deductible|co-?pay|co-?ins(?:urance)?|carc"
    r"|patient resp\w*)(?: amount| amt)?\W{0,3}(?=$|[,|;\t:\"]|\s{2})",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\d\.\d\d\b")
_SAME, _COLUMNS = 4, 3
"""Letters by which two names of a column are the same, and how many columns make a table of payments."""
_MARKS, _OUTWEIGHING = 6, 8


def is_statement(reading: Reading, signs: Signs, *, told: int = 0) -> bool:
    """Whether it is one; ``told`` times it says that something is denied, which a title or many marks outweigh."""
    marks = signs.marks.get("remittance", 0)
    titled = bool(signs.titles.get(LetterKind.REMITTANCE))
    if told and not titled:
        return marks >= _OUTWEIGHING
    rows = sum(line.zone is Zone.TABLE for line in reading.lines)
    return marks >= _MARKS or (titled and (marks >= 2 or rows >= 2)) or _has_columns(reading)


def _has_columns(reading: Reading) -> bool:
    return any(
        len({name.casefold()[:_SAME] for name in _COLUMN.findall(line.text)}) >= _COLUMNS for line in reading.lines
    )
