"""Signs in a letter that a value is right, besides the place it was found at: what trust may be earned by.

Each is told from the letter as read and its text, never from the rule that found the value.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pipeline.extract.candidates import same_value
from pipeline.extract.shapes import luhn, money
from pipeline.knowledge.trust import Sign
from pipeline.values.letter import Finding, Letter
from pipeline.values.text import Text

_TOKEN = re.compile(r"[A-Za-z0-9](?:[\w.*/-]*[A-Za-z0-9*])?")
_SUM = re.compile(r"\$?\s?\d[\d,]*\.\d\d\b")
_NAMES = ("member_name", "provider_name", "payer")
_NUMBERS = ("member_id", "group_number", "claim_number", "reference_number", "provider_npi")
_OTHER_NUMBERS = (*_NUMBERS, "patient_account_number", "tin")
_SUMS = ("billed_amount", "denied_amount")
_FEWEST = 5
"""Digits of a number that is like no other by chance."""


def signs_of(letter: Letter, text: Text, *, field: str) -> frozenset[Sign]:
    """The signs that speak for the value of a scalar field of the letter."""
    found = getattr(letter, field)
    if not isinstance(found, Finding) or found.value is None:
        return frozenset()
    alone = set() if found.rejected else {Sign.ALONE}
    kind = next((rule for names, rule in _RULES if field in names), None)
    return frozenset({*alone, *(kind(letter, text, field, found.value) if kind else ())})


def _of_name(letter: Letter, text: Text, field: str, value: str) -> Iterator[Sign]:
    if text.content.casefold().count(value.casefold()) > 1:
        yield Sign.AGAIN


def _of_number(letter: Letter, text: Text, field: str, value: str) -> Iterator[Sign]:
    own = same_value(value)
    if sum(same_value(token) == own for token in _TOKEN.findall(text.content)) > 1:
        yield Sign.AGAIN
    others = (getattr(letter, name) for name in _OTHER_NUMBERS if name != field)
    apart = all(other is None or same_value(other.value or "") != own for other in others)
    checked = luhn(value) if field == "provider_npi" else sum(ch.isdigit() for ch in value) >= _FEWEST
    if apart and checked:
        yield Sign.FITS


def _of_sum(letter: Letter, text: Text, field: str, value: str) -> Iterator[Sign]:
    printed = [amount[0] for hit in _SUM.finditer(text.content) if (amount := money(hit.group()))]
    if printed.count(value) > 1:
        yield Sign.AGAIN
    billed, denied = letter.billed_amount, letter.denied_amount
    if billed and denied and Decimal(denied.value or 0) <= Decimal(billed.value or 0):
        yield Sign.FITS


_RULES: tuple[tuple[tuple[str, ...], Callable[[Letter, Text, str, str], Iterator[Sign]]], ...] = (
    (_NAMES, _of_name),
    (_NUMBERS, _of_number),
    (_SUMS, _of_sum),
)
