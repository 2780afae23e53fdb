"""What a letter is, to whom it is written and whether the service was already given."""

from dataclasses import dataclass

from pipeline.extract.codes import Codes
from pipeline.language import Language, Reading
from pipeline.values.letter import Addressee, ClaimEntry, LetterKind, Reason, ServiceTiming
from pipeline.values.practice import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The letter's kind with its confidence; ``denies`` says whether reasons in it are reasons of a denial."""

    kind: LetterKind
    confidence: float
    subtype: str | None = None
    addressee: Addressee = Addressee.UNKNOWN
    timing: ServiceTiming = ServiceTiming.UNKNOWN
    denies: bool = False


def decide_kind(
    reading: Reading,
    language: Language,
    *,
    reasons: tuple[Reason, ...],
    codes: Codes,
    claims: tuple[ClaimEntry, ...],
    practice: Practice,
) -> Kind:
    """The kind that the letter's own words support best."""
    return Kind(kind=LetterKind.OTHER, confidence=0.0)
