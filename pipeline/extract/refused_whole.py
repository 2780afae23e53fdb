"""A bill that a sentence refuses whole, without its sum: "the full charge is denied", "we pay nothing on it"."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.extract.candidates import Candidate
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.sentences import sentences_of
from pipeline.language.zones import Zone

_BILL = r"(?:charges?|bills?|claim|invoice|amount|vials?|services?|treatment|procedure|visit|infusion|injections?)"
_THIS = r"(?:the|this|your|that|these)"
_REFUSED = r"(?:denied|disallowed|refused|rejected|not (?:payable|paid|covered|allowed))"
_IS = r"(?:is|was|are|were|has been|have been)\s+(?:therefore |hereby )?"
_PAY = r"(?:pay|allow|cover|reimburse)"
_PAID = r"(?:paid|payable|allowed|covered|reimbursed)"
_WHOLE = re.compile(
    "|".join(
        (
            # The full charge is denied; so the whole 412.00 is denied
            rf"\b(?:whole|entire|full|total)\s+(?:\w+ )?(?:{_BILL}|\$?[\d,]+(?:\.\d\d)?)\s+{_IS}{_REFUSED}\b",
            # Whole $412.00 denied
            rf"\b(?:whole|entire|full)\s+\$[\d,]+(?:\.\d\d)?\s+{_REFUSED}\b",
            # We denied this claim in full
            rf"\b(?:den(?:y|ied)|disallowed|refused|rejected) {_THIS} (?:\w+ )?{_BILL}(?: of \$[\d,]+(?:\.\d\d)?)? "
            r"(?:in full|in (?:its|their) entirety|as a whole|entirely|outright)\b",
            # This claim is denied in full, in its entirety
            rf"\b{_BILL}\s+{_IS}{_REFUSED} (?:in full|in (?:its|their) entirety|as a whole|entirely|outright)\b",
            # We pay nothing on this vial, none of the crown charge
            rf"\bwe (?:can |will |could |shall )?(?:therefore )?{_PAY} "
            rf"(?:nothing (?:for|on|of|toward)|none of|no part of) {_THIS} (?:\w+ ){{0,2}}{_BILL}\b",
            # None of the charge can be paid; nothing is payable on this claim
            rf"\b(?:none|no part) of {_THIS} (?:\w+ )?{_BILL} (?:is|was|can be|could be) {_PAID}\b",
            rf"\bnothing (?:is|was|can be|could be) {_PAID} (?:on|for|toward) {_THIS} (?:\w+ )?{_BILL}\b",
            # We made no payment on this claim
            rf"\b(?:we (?:have |therefore )?ma[dk]e no payment|no payment (?:is|was|can be) made) (?:on|for|toward)"
            rf" {_THIS} (?:\w+ )?{_BILL}\b",
        )
    ),
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:if|unless|until|yet|may|might|would|pending|wait\w*|deductible|discount\w*|copay\w*|coinsurance|remain\w*"
    r"|rest|balance|another|other|earlier|previous\w*|last (?:year|month|week|time)|provider (?:write|discount)\w*)\b"
    r"|\bpaid (?:\w+ ){0,2}(?:\$|the whole|in full)",
    re.IGNORECASE,
)
"""What makes the sentence one of a condition, of a share, of what is still open or of another bill."""
_GENERAL = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS, Zone.CRITERIA, Zone.SIGNATURE})
_SUPPORT = 0.6


def refused_whole(reading: Reading, billed: Iterable[Candidate]) -> Iterator[Candidate]:
    """The letter's one bill as what was denied, where a sentence refuses it whole; the place is that of the sum."""
    bills = {one.value: one for one in reversed(list(billed)) if float(one.value)}
    if len(bills) != 1:
        return
    (bill,) = bills.values()
    starts = [line.start for line in reading.lines]
    for sentence in sentences_of(reading.doc):
        hit = _WHOLE.search(sentence.text)
        if hit is None or _OTHERWISE.search(sentence.text):
            continue
        base = sentence.start_char
        place, _ = content_span(reading.prose, base + hit.start(), base + hit.end())
        if reading.lines[max(0, bisect_right(starts, place) - 1)].zone not in _GENERAL:
            yield replace(bill, support=_SUPPORT, rule="field.denied_amount.whole")
            return
