"""Totals of money, by role: behind a label, in the totals row of a table, in a sentence that says what was billed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate, backing, choose
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.refused_whole import refused_whole
from pipeline.extract.shapes import money
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.sentences import sentences_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding

AMOUNT = r"(?:USD|US)?\s*\$\s?[\d,]*\d(?:\.\d{2})?|(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{2}"
_SUM_LIKE = re.compile(r"\$|\.\d\d")
"""What every amount has."""
_DOLLARS = r"(?:USD|US)?\s*\$\s?[\d,]*\d(?:\.\d{2})?"
_BILLED = (
    re.compile(
        rf"\b(?:billed|billing|charged)\s+(?:you\s+)?(?:at|for|in the amount of|a total of|as)\s+(?P<money>{AMOUNT})"
    ),
    re.compile(rf"\b(?:billed|charged) (?:by|from) [^.;$]{{3,60}}? (?:for|at) (?P<money>{AMOUNT})"),
    re.compile(
        r"\bfor (?:which|whom) (?:he|she|it|they|you|the \w+) (?:asks?|asked|billed|charged|bills|charges) "
        rf"(?P<money>{AMOUNT})"
    ),
    re.compile(rf"\b[Bb]illed(?: amount)?: (?P<money>{AMOUNT})"),
    re.compile(rf"(?P<money>{AMOUNT})\s+(?:was\s+|were\s+)?(?:billed|charged)\b"),
    re.compile(
        rf"\b(?:claim|charges?|bill)\s+(?:in the amount of|of|totall?ing|for)\s+(?P<money>{AMOUNT})", re.IGNORECASE
    ),
    re.compile(rf"\b[Yy]ou (?:were|have been) (?:charged|billed) (?P<money>{AMOUNT})(?=[.,;])"),
    re.compile(rf"\bout of\s+(?P<money>{AMOUNT})\s+billed"),
    re.compile(rf"\b(?:your|the|a) (?:receipts?|invoice)\b[^.;$]{{0,60}}?\b(?:for|of) (?P<money>{AMOUNT})"),
)
_DENIED = (
    re.compile(
        rf"\bcharges? for (?:those|these|the denied|the excess)\b[^.$]{{0,40}}?\b(?:is|was|are)\s+(?P<money>{AMOUNT})"
    ),
    re.compile(
        r"\b(?:amount|sum|total|charges?) (?:that (?:was|were|is|are) )?"
        r"(?:not (?:paid|payable|approved|covered|allowed)|denied|disallowed|refused)"
        rf"(?: (?:is|was|comes to|amounts to))?\s?:?\s(?P<money>{AMOUNT})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:days?|services?|visits?|units?|lines?|part|charges?|stay)\b[^.;$]{0,24}?"
        r"\b(?:in dispute|at issue|denied|not (?:approved|covered|paid|certified))\b[^.;$]{0,24}?"
        rf"\b(?:amounts? to|comes? to|totals?|is|are) (?P<money>{AMOUNT}) (?:out )?of (?:the )?\$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:amount|charge|sum|total) of (?P<money>{AMOUNT}) (?:is|was|has been) (?:denied|disallowed|refused)\b"
    ),
    re.compile(
        rf"\b(?:we (?:denied|disallowed)|not paid|denied amount of|disallowed)\s+(?P<money>{AMOUNT})", re.IGNORECASE
    ),
)
_BESIDE_REFUSAL = (
    re.compile(
        rf"(?P<money>{AMOUNT})[\s*_]*[-–—,:(]{{1,2}}[\s*_]*(?:was |were |is |are )?"
        r"(?:denied|not paid|not payable|not covered|disallowed)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:denied|not paid|disallowed)(?: in full| entirely)?[\s*_]*[-–—,:(]{{1,2}}[\s*_]*(?P<money>{AMOUNT})",
        re.IGNORECASE,
    ),
)
"""A sum with no more than a mark between it and the word that refuses it: "charge 80.00 - not paid"."""
_REFUSED = r"(?:denied|disallowed|refused|rejected|not (?:be )?(?:payable|paid|covered|allowed|reimbursed|eligible))"
_OUT_OF_BOUNDS = re.compile(
    r"\b(?:first|above|over|up to|more than|exceed\w*|beyond|under|below|least|limit of|maximum of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"\s(?:or|and) (?:more|less|above|over|greater|higher|up)\b", re.IGNORECASE)
"""Behind a sum that bounds others: "if the amount in dispute is $50.00 or more"."""
_BOUND = re.compile(
    r"\b(?:each|every|per|a|any) (?:\w+ )?(?:year|month|visit|day|lifetime)\b|\bdeductible\b", re.IGNORECASE
)
"""A rule of the plan, which names a sum that nobody billed: "above $1,500.00 a year"."""
_MORE = re.compile(rf"{_DOLLARS}[^.$]{{0,60}}\band\s+(?=\$)", re.IGNORECASE)
_BETWEEN = r"(?P<between>[^$.;:]{0,60}?)[\s,]+"
_IS = r"(?:is|was|are|were|has been|have been|will be|can(?:not| not)? be|remains?)\s+(?:therefore |also |then )?"
_CANNOT = r"(?:cannot|can not|could not|will not|won't|can't) be (?:paid|covered|allowed|reimbursed)\b"
_DO_NOT_PAY = (
    r"\b(?:(?:will|can|could|did|do)(?: not|n't)|cannot) (?:pay|cover|allow|reimburse)(?: you| for)?(?P<between>)"
    r"(?: (?:the|a|an|this))?(?: \w+){0,3}? (?:charge of |bill of |amount of )?"
)
_DENY = (
    r"\b(?:den(?:y|ies|ying|ied)|(?:refus|declin)(?:e|es|ed|ing) (?:to pay|payment (?:of|for)))(?P<between>)"
    r"(?: the| a)?(?: whole| full| entire)?(?: charge of| amount of)? "
)
_TOLD_REFUSED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<money>{_DOLLARS}){_BETWEEN}{_IS}(?<!can be ){_REFUSED}\b",
        rf"(?P<money>{_DOLLARS}){_BETWEEN}{_CANNOT}",
        rf"{_DO_NOT_PAY}(?P<money>{_DOLLARS})",
        rf"{_DENY}(?P<money>{_DOLLARS})",
        r"\b(?:no part|none|nothing) of (?:the |this |these |your )?(?P<between>)"
        r"(?:(?:charges?|bill|claim) (?:of |for )?)?"
        rf"(?P<money>{_DOLLARS})[^.$]{{0,40}}?\b(?:can|will|could|may|is|was|are|were|has been) "
        r"(?:be )?(?:paid|payable|covered|allowed|reimbursed)\b",
    )
)
"""A sum that a sentence says will not be paid; believed where the letter tells of one such sum."""
_OF_A_BILL = (
    re.compile(
        rf"\b(?:claims?|bills?|account|invoice|charges?)\b(?P<between>[^$;]{{0,120}}?)[\s(*_]*(?P<money>{_DOLLARS})",
        re.IGNORECASE,
    ),
)
"""The first sum behind a word for a bill, where nothing between says what else it is."""
_ANOTHER_SUM = re.compile(
    r"\b(?:paid|pays?|payments?|allow\w*|ow(?:e|es|ed|ing)|copay\w*|co-pay\w*|coinsurance|deductible|limit\w*|maximum|refund\w*|over\w+|share"
    r"|responsib\w+|balance|penalt\w+|fee schedule|rate|more than|up to|over|denied|not covered|write|adjust\w*"
    r"|save[ds]?|involved|at stake|discount\w*|line|lines|interest|fees?|waived)\b|\.\s",
    re.IGNORECASE,
)
_IN_PROSE = 0.72
_OF_A_BILL_TOLD = 0.6
_ONLY = 0.55
_SUM = re.compile(_DOLLARS)
_NOT_OF_A_SERVICE = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS, Zone.CRITERIA, Zone.SIGNATURE})
_OF_A_SERVICE = re.compile(r"\b(?:code|cpt|hcpcs|proc(?:edure)?)\b[\s:#.]*(?:\d{5}|[A-V]\d{4})\b", re.IGNORECASE)
_NUMBER_OF_RECORD = re.compile(r"\d{1,7}(?:\.\d{1,2})?")
_LEAD = re.compile(r"(?:[\s*_:$(|.]|USD|US|(?:CHG|AMT|charges?|amount)\b)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Totals of the letter; decimal strings."""

    billed_amount: Finding | None = None
    denied_amount: Finding | None = None
    patient_responsibility: Finding | None = None


def find_amounts(
    reading: Reading,
    labels: Mapping[str, Sequence[Labelled]],
    *,
    totals: Sequence[tuple[str, Candidate]] = (),
    rows: Collection[int] = (),
) -> Amounts:
    """The totals the letter states.

    ``totals`` are those that the tables of service lines yield, by field; ``rows`` the numbers of the lines that are
    service lines: what they print is no total.
    """
    from_tables = {name: [c for field, c in totals if field == name] for name, _ in totals}
    billed = [*labelled_amounts(reading, labels, "billed_amount", rows=rows), *from_tables.get("billed_amount", ())]
    denied = [*labelled_amounts(reading, labels, "denied_amount", rows=rows), *from_tables.get("denied_amount", ())]
    billed += [*_in_prose(reading, _BILLED, rule="field.billed_amount.prose"), *_of_a_bill(reading)]
    if not billed and not denied:
        billed += _only_sum(reading)
    refused = [*denied, *_refused(reading, denied, rows=rows)]
    if not refused and not rows:
        refused += refused_whole(reading, billed)
    return Amounts(
        billed_amount=choose(reading, billed),
        denied_amount=choose(reading, refused),
        patient_responsibility=choose(
            reading, list(labelled_amounts(reading, labels, "patient_responsibility", rows=rows))
        ),
    )


def _refused(reading: Reading, denied: Sequence[Candidate], *, rows: Collection[int]) -> list[Candidate]:
    """The sums that sentences say were refused; where none does, the only one that stands beside a refusal."""
    told = list(_in_prose(reading, _DENIED, rule="field.denied_amount.prose"))
    if denied or told or rows:
        return told
    told = list(_in_prose(reading, _TOLD_REFUSED, rule="field.denied_amount.told"))
    if told:
        return told if len({one.value for one in told}) == 1 and float(told[0].value) else []
    beside = [
        replace(c, support=_ONLY)
        for c in _in_prose(reading, _BESIDE_REFUSAL, rule="field.denied_amount.beside")
        if float(c.value)
    ]
    return beside if len(beside) == 1 else []


def labelled_amounts(
    reading: Reading, labels: Mapping[str, Sequence[Labelled]], name: str, *, rows: Collection[int]
) -> Iterator[Candidate]:
    """The sums behind the labels of a field; a service line's own is none."""
    hits = labels.get(name, ())
    of_services = {hit.line.number for hit in hits if _OF_A_SERVICE.search(hit.line.text)}
    for label in hits:
        if len(of_services) > 1 and label.line.number in of_services:
            continue  # each of several lines with a code has a sum of its own
        text = reading.text.content[label.start : label.end]
        amount = _plain_number(text) if label.recorded else None
        amount = amount or money(text)
        lead = _LEAD.match(text)
        if amount is None or amount[1] > (lead.end() if lead else 0):
            continue
        if _OR_MORE.match(reading.text.content, label.start + amount[2]):
            continue
        if not (label.recorded or "$" in text or "." in text):
            continue
        if label.line.number in rows or (label.how is How.BELOW and rows and len(label.line.cells) > 2):
            continue  # a service line, or the column of one
        total = 0.02 if "total" in label.label else 0.0
        yield Candidate(
            value=amount[0], start=label.start + amount[1], end=label.start + amount[2],
            support=min(0.99, backing(label) + total - (0.15 if label.how is How.BELOW else 0.0)),
            rule=f"field.{name}.{label.how.name.casefold()}",
        )  # fmt: skip


def _plain_number(text: str) -> tuple[str, int, int] | None:
    """A sum as records print it, with one decimal or none: ``890.0``, ``1240``."""
    hit = _NUMBER_OF_RECORD.fullmatch(text.strip())
    return (f"{float(text):.2f}", 0, len(text)) if hit else None


def _of_a_bill(reading: Reading) -> Iterator[Candidate]:
    """The sums that sentences give for a bill without a word like "billed": "the bill came to $80.00"."""
    for one in _in_prose(reading, _OF_A_BILL, rule="field.billed_amount.bill"):
        if float(one.value):
            yield replace(one, support=_OF_A_BILL_TOLD)


def _only_sum(reading: Reading) -> list[Candidate]:
    """The one sum that a letter prints, where nothing in its line makes it anything but the price of the service."""
    found: dict[str, Candidate] = {}
    for line in reading.lines:
        for hit in _SUM.finditer(line.text) if line.zone not in _NOT_OF_A_SERVICE else ():
            amount = money(hit.group())
            if amount is not None and (not float(amount[0]) or _OR_MORE.match(line.text, hit.end())):
                continue
            if amount is None or _ANOTHER_SUM.search(line.text):
                return []
            start, end = line.start + hit.start(), line.start + hit.end()
            rule = "field.billed_amount.only_sum"
            found.setdefault(amount[0], Candidate(value=amount[0], start=start, end=end, support=_ONLY, rule=rule))
    return list(found.values()) if len(found) == 1 else []


def _is_bound(text: str, place: int) -> bool:
    """Whether a sum is what the plan's rule names, or only the first of several."""
    return bool(_BOUND.search(text) or _OUT_OF_BOUNDS.search(text[:place]) or _MORE.match(text, place))


def _in_prose(reading: Reading, patterns: Sequence[re.Pattern[str]], *, rule: str) -> Iterator[Candidate]:
    for sentence in sentences_of(reading.doc):
        for pattern in patterns if _SUM_LIKE.search(sentence.text) else ():
            for hit in pattern.finditer(sentence.text):
                amount = money(hit["money"])
                if _OR_MORE.match(sentence.text, hit.end("money")):
                    continue
                if patterns is _TOLD_REFUSED and _is_bound(sentence.text, hit.start("money")):
                    continue
                if amount is None or _ANOTHER_SUM.search(hit.groupdict().get("between") or ""):
                    continue
                base = sentence.start_char
                start, end = content_span(reading.prose, base + hit.start("money"), base + hit.end("money"))
                yield Candidate(value=amount[0], start=start, end=end, support=_IN_PROSE, rule=rule)
