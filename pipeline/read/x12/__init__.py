"""Bytes of an X12 835 file to the remittance in it, and to pages for people: one a claim, then one a payment."""

from pipeline.read.plain import plain_pages
from pipeline.read.x12.fold import folded
from pipeline.read.x12.segments import segments
from pipeline.values.limits import Limits
from pipeline.values.remittance import Remittance
from pipeline.values.text import Text

__all__ = ["remittance", "remittance_pages"]


def remittance(data: bytes, *, limits: Limits) -> Remittance:
    """The remittance of an 835 file.

    Raises ``DocumentError``: unsupported_type for another transaction, incomplete where the file ends early, corrupt
    where its own counts or numbers do not agree, too_many_pages for more claims than the limit, empty without any.
    """
    return folded(segments(data), most=limits.max_claims)


def remittance_pages(found: Remittance) -> Text:
    """The pages of a remittance: the segments of a claim, one a line, and after the claims those of each payment."""
    pages = [*(claim.said for claim in found.claims), *(payment.said for payment in found.payments)]
    return plain_pages("\f".join(page.replace("\f", " ") for page in pages))
