"""Names by their role: insurer, vendor, patient, provider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.labels.labelled import Labelled
from pipeline.extract.names.member import find_member
from pipeline.extract.names.payer import find_payer
from pipeline.extract.names.provider import find_provider
from pipeline.language import Language, Reading
from pipeline.values.letter import ClaimEntry, Finding
from pipeline.values.practice import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of the letter by role."""

    payer: Finding | None = None
    payer_id: str | None = None
    delegate: Finding | None = None
    member_name: Finding | None = None
    provider_name: Finding | None = None


def find_names(
    reading: Reading,
    language: Language,
    *,
    labels: Mapping[str, Sequence[Labelled]],
    practice: Practice,
    claims: Sequence[ClaimEntry] = (),
) -> Names:
    """The names the letter prints."""
    knowledge = language.knowledge
    payers = find_payer(reading, knowledge, labels=labels, practice=practice)
    member = find_member(reading, knowledge, labels=labels, claims=claims)
    return Names(
        payer=payers.payer,
        payer_id=payers.payer_id,
        delegate=payers.delegate,
        member_name=member,
        provider_name=find_provider(reading, knowledge, labels=labels, payer=payers.payer, member=member),
    )
