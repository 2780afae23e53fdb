"""Values as parts of a sentence: how a day, an amount, a number or a proof is written, with where it comes from.

>>> day("2026-10-05")
'October 5, 2026'
>>> telephone("5550100142")
'(555) 010-0142'
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from pipeline.values.chart import ChartDocument, Fact
from pipeline.values.evidence import Proof
from pipeline.values.letter import Finding
from pipeline.values.packet import Part, Role, Source, SourceKind

Parts = tuple[Part, ...]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_PHONE_DIGITS = 10
_OPENS_A_POINT = re.compile(r"(?:[-•*·\s]|\[[xX ]?\]\s|\(?\d{1,2}[.)]\s)+")
"""What opens a point of a list and is no word of it: a bullet, a ticked box, a number."""


def day(iso: str) -> str:
    """A day, month or year of the ISO form as it is written in a letter; what has another form stays as it is."""
    with suppress(ValueError):
        if len(iso) == len("2026-10"):
            month = date.fromisoformat(f"{iso}-01")
            return f"{_MONTHS[month.month - 1]} {month.year}"
        whole = date.fromisoformat(iso[:10])
        return f"{_MONTHS[whole.month - 1]} {whole.day}, {whole.year}"
    return iso


def short_day(iso: str) -> str:
    """A day as forms want it; what is no whole day stays as it is.

    >>> short_day("2026-10-05")
    '10/05/2026'
    """
    with suppress(ValueError):
        return f"{date.fromisoformat(iso):%m/%d/%Y}"
    return iso


def digits_of_day(iso: str) -> str:
    """A day as forms want it that have a cell for every digit: ``10052026``."""
    return short_day(iso).replace("/", "")


def as_in_a_field(parts: Parts) -> Parts:
    """A value as it is written into a field of a form: days short, all else as in a letter."""
    return tuple(replace(part, text=_short(part)) for part in parts)


def _short(part: Part) -> str:
    days = [s.value for s in part.sources if s.value and day(s.value) == part.text]
    return short_day(days[0]) if days else part.text


def money(amount: str) -> str:
    """An amount as printed in a letter.

    >>> money("1284.00")
    '$1,284.00'
    """
    whole, _, cents = amount.partition(".")
    return f"${int(whole):,}.{cents:0<2}" if whole.isdigit() and (cents.isdigit() or not cents) else amount


def telephone(digits: str) -> str:
    """A telephone or fax number with its area code; what has not ten digits stays as it is."""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == _PHONE_DIGITS and digits.isdigit() else digits


def words(text: str) -> Parts:
    """Words of ours, which state nothing."""
    return (Part(text=text),)


def value(text: str, *sources: Source) -> Parts:
    """What sources say, as it is written."""
    return (Part(text=text, role=Role.VALUE, sources=sources),)


def quoted(text: str, *sources: Source) -> Parts:
    """What stands in a document, word for word, without what opens a point of a list.

    >>> quoted("2. [X] The records were not received.")[0].text
    '“The records were not received.”'
    """
    plain = " ".join(text.split())
    opening = _OPENS_A_POINT.match(plain)
    return (Part(text=f"“{plain[opening.end() :] if opening else plain}”", role=Role.QUOTE, sources=sources),)


def joined(several: Sequence[Parts], *, between: str = ", ", last: str = " and ") -> Parts:
    """Several values in a row.

    >>> "".join(p.text for p in joined([words("a"), words("b"), words("c")]))
    'a, b and c'
    """
    out: list[Part] = []
    for place, parts in enumerate(several):
        if place:
            out.extend(words(last if place == len(several) - 1 else between))
        out.extend(parts)
    return tuple(out)


def of_finding(letter_id: str, field: str, finding: Finding) -> Source:
    """The source of a value that a letter states."""
    return Source(
        kind=SourceKind.FINDING, ref=f"{letter_id}#{field}", text=finding.text, value=finding.value, page=finding.page,
        boxes=finding.boxes,
    )  # fmt: skip


def of_fact(fact: Fact) -> Source:
    """The source of what a chart says."""
    return Source(
        kind=SourceKind.FACT, ref=fact.kind.value, text=fact.text, file_name=fact.file_name, page=fact.page,
        boxes=fact.boxes, value=fact.date or fact.recorded,
    )  # fmt: skip


def of_document(document: ChartDocument, title: str) -> Source:
    """The source of what is said of a document as a whole: what it is, and of which day."""
    return Source(
        kind=SourceKind.DOCUMENT, ref=document.evidence_type or "document", text=title, file_name=document.file_name,
        value=document.date, page=document.pages[0] if document.pages else 1,
    )  # fmt: skip


def of_proof(proof: Proof, facts: Iterable[Fact]) -> Source | None:
    """The fact of the chart that a proof points at; None where the chart holds it no more."""
    for fact in facts:
        if (fact.file_name, fact.page, fact.text) == (proof.file_name, proof.page, proof.text):
            return of_fact(fact)
    return None
