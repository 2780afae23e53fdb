"""Segments of an 835 put where they belong: payments, their claims, the service lines of a claim.

The order is that of the guide (005010X221): payment, payer and payee; then for each claim its CLP with adjustments,
names, dates and amounts, and for each service line an SVC with its own; at the end what the payer keeps back (PLB).
What a segment means depends on the group it stands in, so they are grouped first and read after (``build``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.x12.build import claim_of, payment_of
from pipeline.read.x12.segments import Segment
from pipeline.values.remittance import Payment, Remittance, RemittedClaim

_TRANSACTION = "835"
_MOST_LINES = 2_000
"""Of one claim; the guide allows 999."""
_SUMMARIES = frozenset({"LX", "TS2", "TS3"})
"""They stand between claims and belong to none."""

Group = list[Segment]


@dataclass(slots=True)
class _Claim:
    head: Group
    lines: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class _Transaction:
    """One ST to SE while its segments are put in their places; ``place`` is where the next one goes."""

    head: Group = field(default_factory=list)
    claims: list[_Claim] = field(default_factory=list)
    kept_back: Group = field(default_factory=list)
    place: Group | None = None

    def take(self, segment: Segment) -> None:
        """Put a segment where it belongs."""
        if segment.name == "CLP":
            self.claims.append(_Claim(head=[]))
            self.place = self.claims[-1].head
        elif segment.name == "SVC" and self.claims:
            if len(self.claims[-1].lines) >= _MOST_LINES:
                raise DocumentError(ProblemCode.TOO_LARGE)
            self.claims[-1].lines.append([])
            self.place = self.claims[-1].lines[-1]
        elif segment.name == "PLB":
            self.place = self.kept_back
        elif segment.name in _SUMMARIES:
            self.place = []
        elif self.place is None:
            self.place = self.head
        self.place.append(segment)


def folded(segments: Iterable[Segment], *, most: int) -> Remittance:
    """The remittance that the segments say.

    Raises ``DocumentError``: unsupported_type, too_many_pages (more claims than ``most``), empty.
    """
    payments: list[Payment] = []
    claims: list[RemittedClaim] = []
    current: _Transaction | None = None
    for segment in segments:
        if segment.name == "ST":
            current = _Transaction() if segment.at(1) == _TRANSACTION else None
        elif segment.name == "SE" and current is not None:
            claims += [
                claim_of(one.head, one.lines, page=page, payment=len(payments))
                for page, one in enumerate(current.claims, start=len(claims) + 1)
            ]
            payments.append(payment_of(current.head, current.kept_back))
            current = None
        elif current is not None:
            current.take(segment)
            if len(claims) + len(current.claims) > most:
                raise DocumentError(ProblemCode.TOO_MANY_PAGES)
    if not payments:
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    if not claims and not any(payment.kept_back for payment in payments):
        raise DocumentError(ProblemCode.EMPTY)
    return Remittance(payments=tuple(payments), claims=tuple(claims))
