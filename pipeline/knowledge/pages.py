"""What a page of a document is that begins no letter of a payer."""

from enum import StrEnum

from pipeline.knowledge.entry import Entry, Exemplified


class PageRole(StrEnum):
    """The part a page plays in a document."""

    FAX_COVER = "fax_cover"
    SEPARATOR = "separator"
    BLANK = "blank"
    ENCLOSURE = "enclosure"
    ATTACHMENT = "attachment"
    INSERT = "insert"
    OUTGOING = "outgoing"


class PageCue(Exemplified):
    """Phrases in the first lines of such a page, and the labels of its form, the one first that it never lacks."""

    page: PageRole
    phrases: tuple[str, ...]
    labels: tuple[str, ...] = ()


class BoundarySign(Entry):
    """A sign that a page begins a letter (positive) or goes on with one (negative); ``weight`` is log-odds.

    The entry ``bias`` is the log-odds of a page without any sign.
    """

    weight: float
