"""A provider number whose label a scan has spoilt: found by its shape and its check digit."""

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.grid import aligned
from pipeline.extract.shapes import Found, luhn
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Reading
from pipeline.language.reading import line_at, page_at
from pipeline.language.zones import Zone
from pipeline.values.text import Method

_NUMBER = re.compile(r"(?<![\w.-])[12]\d{9}(?![\w-])")
_NO_PLACE = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS})
_SUPPORT = 0.6
"""One number in ten passes by chance: it is shown, and never sure."""
_LABEL_ENDS = Seldom(r"\w.*\bNPI\b(?:\s*(?:no\.?|number|#))?[\s:#]*$", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?P<number>[12]\d{9})(?![\w-])")
_WRAPPED = 0.76
_LOST = re.compile(r"[\s|>:]*(?<![\w.-])(?P<rest>[02-9]\d{8})(?![\w-])")


def first_digit_lost(text: str) -> Found | None:
    """An NPI behind its label whose first digit, a thin 1, was lost beside a rule: its check digit must bear it out.

    >>> first_digit_lost("234567893")
    ('1234567893', 0, 9)
    """
    hit = _LOST.match(text)
    if hit is None or not luhn(f"1{hit['rest']}"):
        return None
    return f"1{hit['rest']}", hit.start("rest"), hit.end("rest")


def wrapped_npi(reading: Reading) -> Iterator[Candidate]:
    """An NPI alone at the start of the cell under one that ends with its label: "Dr. Roe, NPI", "1234567893"."""
    for line in reading.lines:
        for cell in line.cells if line.zone not in _NO_PLACE else ():
            row = aligned(reading, line, cell, next_only=True) if _LABEL_ENDS.search(cell.text) else None
            hit = _BEGINS.match(row.text) if row else None
            if row and hit:
                start, end = row.start + hit.start("number"), row.start + hit.end("number")
                yield Candidate(
                    value=hit["number"], start=start, end=end, support=_WRAPPED, rule="field.provider_npi.wrapped"
                )


def unlabelled_npi(reading: Reading) -> Candidate | None:
    """The only number of a page read by OCR that can be an NPI, where no label is left to say so."""
    content = reading.text.content
    able: dict[str, re.Match[str]] = {}
    for hit in _NUMBER.finditer(content):
        scanned = page_at(reading.text, hit.start()).method is not Method.TEXT
        if scanned and luhn(hit[0]) and line_at(reading, hit.start()).zone not in _NO_PLACE:
            able.setdefault(hit[0], hit)
    if len(able) != 1:
        return None
    value, hit = able.popitem()
    return Candidate(
        value=value, start=hit.start(), end=hit.end(), support=_SUPPORT, rule="field.provider_npi.check_digit"
    )
