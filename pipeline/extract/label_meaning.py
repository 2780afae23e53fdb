"""Labels that nobody listed: what they may mean, from the role words in them.

A label such as "Person this is about" or "Letter generated" stands in no list. The words in it say of whom or of what
it speaks; the value's shape, which every field checks for itself, decides among what it may mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LABEL = re.compile(
    r"[\s*•\-–·>#_(\[|]*(?P<label>[A-Z][A-Za-z'’]*(?:[ /-]{1,2}[A-Za-z'’]+){0,6})\.?(?:\(s\))?"
    r"(?:\s*[:=]+|(?:\s?\.){3,}|\s[-–]\s|\s{2,})[\s.]*(?P<value>\S.*)"
)
_ALONE = re.compile(r"[\s*•\-–·>#_(\[|]*(?P<label>[A-Z][A-Za-z'’]*(?:[ /-]{1,2}[A-Za-z'’]+){0,6})[\s.:]*")
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:previous|prior|related|last|original|first|deadline|due|effective|expir\w+|until|check|payment|form|phone"
    r"|fax|page|appeals?|reviewer|reviewed|reviewing|director|advisor|injury|accident|signature|representative|address"
    r"|contact|rights|type|status|portal|specialty|relationship|questions?|how|why|if|call|adjuster)\b",
    re.IGNORECASE,
)
_PEOPLE = r"patient|member|enrollee|insured|beneficiary|claimant|employee|worker|recipient|participant|client"
_NUMBERED = re.compile(r"\b(?:ids?|i\.d|numbers?|nos?|card|identification|identifier|code)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A field, the words that show it, and those that show that the label speaks of something else."""

    field: str
    words: re.Pattern[str]
    unless: re.Pattern[str]


def _meaning(field: str, words: str, unless: str = r"\Z(?!\Z)") -> _Meaning:
    return _Meaning(
        field, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), re.compile(rf"\b(?:{unless})\b", re.IGNORECASE)
    )


_NAMES = (
    _meaning(
        "member_name",
        rf"{_PEOPLE}|dependent|dependant|person|individual|child",
        r"dates?|dob|birth|born|account|services?|plan|group|owes?|owed|share|pays?|responsibility|provider|doctor"
        r"|physician|line|policyholder|subscriber|employer|facility|amount|cost|liability|age|sex|gender|hospital",
    ),
    _meaning(
        "provider_name",
        r"provider|physician|prescriber|doctor|clinician|practitioner|facility|hospital|clinic|asked|rendered|treating"
        r"|attending|supplier|surgeon|therapist|requested by|ordered by",
        r"npi|tin|tax|dates?|services?|line|relations|network|our|plan|for|what|when|amount|paid|received|drug|treatment",
    ),
    _meaning(
        "payer", r"plan|insurer|payer|payor|carrier|underwriter|client|insurance company|coverage", r"dates?|year|kind"
    ),
)
_NUMBERS = (
    _meaning(
        "member_id",
        rf"{_PEOPLE}|subscriber|medicaid|medicare|coverage|plan|policy|certificate|cardholder|card",
        r"claim|case|group|account|reference|auth\w*|provider|request|npi|check|zip|medical policy|file",
    ),
    _meaning("group_number", r"group|employer group", r"provider|practice|medical|drg|code"),
    _meaning("claim_number", r"claim|icn|dcn|tcn", r"form|reference|case|provider|lines?|code|reason|remark"),
    _meaning(
        "reference_number", r"reference|case|request|tracking|ticket|review|determination", r"claim|provider|code"
    ),
)
_DAYS = (
    _meaning("date_of_birth", r"birth|born|birthday|dob|birthdate"),
    _meaning(
        "dates_of_service",
        r"services?|svc|visit|procedure|admission|admitted|discharged?|infusion|injection|performed|stay|surgery|rendered"
        r"|treatment|treated|given|encounter",
        r"received|requested|mailed|decided|notified",
    ),
    _meaning("request_received_date", r"received|receipt|came in|got", r"benefits?|by you|services?"),
    _meaning(
        "letter_date", r"letter|notice|mailed|printed|generated|sent|issued|written", r"birth|received|claim|decided"
    ),
    _meaning("decision_date", r"decided|decision|determination|processed|adjudicated|finalized", r"letter|notice"),
)
_SUMS = (
    _meaning("billed_amount", r"charged?|charges|billed|submitted|claimed", r"not|denied|allowed|paid|covered|owe"),
    _meaning(
        "denied_amount",
        r"denied|not (?:covered|payable|paid|allowed)|disallowed|ineligible|refused|amt denied",
        r"you|patient|member",
    ),
    _meaning(
        "patient_responsibility",
        rf"you (?:owe|pay|may owe)|(?:your|{_PEOPLE}) (?:owes?|share|pays|responsibility|liability|balance)",
    ),
)  # fmt: skip
_DATE = re.compile(r"[\s*_(]*(?:[A-Za-z]{3,9}\.?,?\s+)?(?:\d{1,2}[-/.]\d|\d{4}-\d|[A-Z][a-z]{2,8}\.? \d|\d{1,2} [A-Z])")
_MONEY = re.compile(r"[\s*_(]*-?\$?\s?[\d,]+\.\d\d\b|[\s*_(]*\$\s?\d")


@dataclass(frozen=True, slots=True)
class Meant:
    """A field that a label may announce; ``start`` is where its value begins in the text searched."""

    field: str
    label: str
    start: int


def meant(text: str) -> Iterator[Meant]:
    """What a label at the start of a cell may announce of the value behind it."""
    hit = _LABEL.match(text)
    if hit:
        yield from _fields(hit["label"], hit["value"], hit.start("value"))


def meant_beside(label: str, value: str) -> Iterator[Meant]:
    """What a cell that is a label alone may announce of the cell beside it."""
    hit = _ALONE.fullmatch(label)
    if hit:
        yield from _fields(hit["label"], value, 0)


def _fields(label: str, value: str, start: int) -> Iterator[Meant]:
    if _OF_SOMETHING_ELSE.search(label):
        return
    group = (
        _SUMS
        if _MONEY.match(value)
        else _DAYS
        if _DATE.match(value)
        else _NUMBERS
        if _NUMBERED.search(label)
        else _NAMES
    )
    for meaning in group:
        if meaning.words.search(label) and not meaning.unless.search(label):
            yield Meant(meaning.field, label.casefold(), start)
            return
