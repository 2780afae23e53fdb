"""Signs in a letter that a value is right, besides the place it was found at: what trust may be earned by.

Each is told from the letter as read and its text, never from the rule that found the value.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from pipeline.extract.candidates import same_value
from pipeline.extract.shapes import dates, luhn, money
from pipeline.knowledge.trust import Sign
from pipeline.values.letter import Finding, Letter
from pipeline.values.text import Text

_TOKEN = re.compile(r"[A-Za-z0-9](?:[\w.*/-]*[A-Za-z0-9*])?")
_SUM = re.compile(r"\$?\s?\d[\d,]*\.\d\d\b")
_WORD = re.compile(r"[a-zà-ÿ][a-zà-ÿ'’-]{2,}")
_GREETING = re.compile(
    r"^\W*(?:dear|hello|hi|good (?:day|morning)|greetings)\b(?P<who>[^\n]{2,80})", re.IGNORECASE | re.MULTILINE
)
_DID = (
    r"(?:asked|asks|requested|requests|ordered|orders|prescribed|prescribes|submitted|sent|billed|performed|rendered|provided"
    r"|gave|given|furnished|administered|treated|wants|referred)"
)
_ASKS = re.compile(rf",?\s+(?:has\s+|had\s+)?{_DID}\b", re.IGNORECASE)
_BY = re.compile(
    rf"\b(?:{_DID}|request|claim|bill|order|prescription|services?|care|treatment|visit|referral)\b"
    r"(?P<between>[^.;:]{0,80}?)\b(?:by|from|of|with)\s+(?:the\s+|your\s+|Dr\.?\s+)*$",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r"\b(?:review\w*|decid\w*|decision|determin\w*|den(?:y|ied|ial)|appeal\w*|consider\w*|evaluat\w*|look\w*|read|sign\w*"
    r"|director|uph[eo]ld)\b",
    re.IGNORECASE,
)
"""Words of those who judge a request, whose name stands behind "by" as well."""
_BEFORE = 140
_NAMES = ("member_name", "provider_name", "payer")
_NUMBERS = ("member_id", "group_number", "claim_number", "reference_number", "provider_npi")
_OTHER_NUMBERS = (*_NUMBERS, "patient_account_number", "tin")
_SUMS = ("billed_amount", "denied_amount")
_FEWEST = 5


def signs_of(letter: Letter, text: Text, *, field: str) -> frozenset[Sign]:
    """The signs that speak for the value of a scalar field of the letter."""
    found = getattr(letter, field)
    if not isinstance(found, Finding) or found.value is None:
        return frozenset()
    out = {Sign.ALONE} if not found.rejected else set()
    kind = next((rule for names, rule in _RULES.items() if field in names), None)
    return frozenset({*out, *(kind(letter, text, field, found, found.value) if kind else ())})


def _of_name(letter: Letter, text: Text, field: str, found: Finding, value: str) -> Iterator[Sign]:
    content, name = text.content.casefold(), value.casefold()
    if content.count(name) > 1:
        yield Sign.AGAIN
    if field == "provider_name" and _acted(text.content, value):
        yield Sign.ACTED
    hit = _GREETING.search(text.content)
    if hit and set(_WORD.findall(hit["who"].casefold())) & set(_WORD.findall(name)):
        yield Sign.GREETED


def _acted(content: str, name: str) -> bool:
    """Whether a sentence says of a name that its bearer asked for something, or that something was given by it."""
    words = [re.escape(word) for word in name.split()]
    for hit in re.finditer(r"[\s,]+".join(words), content, re.IGNORECASE):
        behind = _ASKS.match(content, hit.end())
        before = _BY.search(content, max(0, hit.start() - _BEFORE), hit.start())
        if behind or (before and not _JUDGED.search(before["between"])):
            return True
    return False


def _of_number(letter: Letter, text: Text, field: str, found: Finding, value: str) -> Iterator[Sign]:
    own = same_value(value)
    if sum(same_value(token) == own for token in _TOKEN.findall(text.content)) > 1:
        yield Sign.AGAIN
    others = (getattr(letter, name) for name in _OTHER_NUMBERS if name != field)
    apart = all(other is None or same_value(other.value or "") != own for other in others)
    checked = luhn(value) if field == "provider_npi" else sum(ch.isdigit() for ch in value) >= _FEWEST
    if apart and checked:
        yield Sign.FITS


def _of_date(letter: Letter, text: Text, field: str, found: Finding, value: str) -> Iterator[Sign]:
    printed = [day for day, _, _ in dates(text.content)]
    if printed.count(value) > 1:
        yield Sign.AGAIN
    limits = {day for clock in letter.clocks for day in (clock.due, clock.due_latest) if day}
    before = (letter.request_received_date, letter.decision_date, letter.date_of_birth)
    if all(one is None or (one.value or "") <= value for one in before) and all(day >= value for day in limits):
        yield Sign.FITS
    if all(day <= value or day in limits for day in printed):
        yield Sign.LAST


def _of_sum(letter: Letter, text: Text, field: str, found: Finding, value: str) -> Iterator[Sign]:
    printed = [amount[0] for hit in _SUM.finditer(text.content) if (amount := money(hit.group()))]
    if printed.count(value) > 1:
        yield Sign.AGAIN
    billed, denied = letter.billed_amount, letter.denied_amount
    if billed and denied and Decimal(denied.value or 0) <= Decimal(billed.value or 0):
        yield Sign.FITS
    if printed and max(Decimal(one) for one in printed) == Decimal(value):
        yield Sign.LAST


_RULES: Mapping[tuple[str, ...], Callable[[Letter, Text, str, Finding, str], Iterator[Sign]]] = {
    _NAMES: _of_name,
    _NUMBERS: _of_number,
    ("letter_date",): _of_date,
    _SUMS: _of_sum,
}
