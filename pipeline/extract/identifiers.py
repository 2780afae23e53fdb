"""Identifiers by their role: what a label says they are, and nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.candidates import SUPPORT, Candidate, choose
from pipeline.extract.labels import How, Labelled
from pipeline.extract.shapes import Found, identifier, luhn, npi, tin
from pipeline.language import Reading
from pipeline.values.letter import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """Identifiers of the letter by role, as printed without inner spaces."""

    member_id: Finding | None = None
    group_number: Finding | None = None
    patient_account_number: Finding | None = None
    claim_number: Finding | None = None
    reference_number: Finding | None = None
    provider_npi: Finding | None = None
    tin: Finding | None = None


def find_identifiers(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> Identifiers:
    """The identifiers the letter prints."""
    found = {name: _candidates(reading, labels.get(name, ()), name) for name in Identifiers.__dataclass_fields__}
    claims = found["claim_number"]
    several = len({re.sub(r"\W", "", c.value).casefold() for c in claims if c.support >= SUPPORT[How.BELOW]}) > 1
    return Identifiers(
        member_id=choose(reading, found["member_id"]),
        group_number=choose(reading, found["group_number"]),
        patient_account_number=choose(reading, found["patient_account_number"]),
        # Several claims: the scalar would be wrong for all but one of them.
        claim_number=None if several else choose(reading, claims),
        reference_number=choose(reading, found["reference_number"]),
        provider_npi=choose(reading, found["provider_npi"]),
        tin=choose(reading, found["tin"]),
    )


def _candidates(reading: Reading, labels: Sequence[Labelled], name: str) -> list[Candidate]:
    out = []
    for label in labels:
        text = reading.text.content[label.start : label.end]
        value = _value(text, name)
        if label.how is How.INLINE and "auth" in label.label and label.weak:
            continue  # running text speaks of an authorization that was given; the request's own number has a label
        if value is None or (label.weak and not _telling(value, label)):
            continue
        support = SUPPORT[label.how] - (0.06 if label.weak else 0.0)
        if name == "reference_number" and re.search(r"auth|cert", label.label):
            support -= 0.05  # a number of the request says more than that of an authorization
        if name == "provider_npi" and not luhn(value[0]):
            support -= 0.08
        out.append(
            Candidate(
                value=value[0], start=label.start + value[1], end=label.start + value[2], support=support,
                rule=f"field.{name}.{label.how.name.casefold()}",
            )
        )  # fmt: skip
    return out


def _value(text: str, name: str) -> Found | None:
    if name == "provider_npi":
        return npi(text[:24])
    return tin(text) if name == "tin" else identifier(text)


def _telling(value: Found, label: Labelled) -> bool:
    """Whether a weak label's value cannot be an ordinary word or an amount."""
    if label.how in {How.COLON, How.NEXT_CELL}:
        return True
    digits = sum(ch.isdigit() for ch in value[0])
    return digits >= 4 and not re.match(r"(?:19|20)\d\d$", value[0])
