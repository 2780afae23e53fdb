"""Questions that a letter asks for its reader, and whose time the answer tells.

``How long do I have? 180 days.``, and where it is asked whether something may be done: ``May I appeal? Yes, by May 1.``
"""

import re
from enum import Enum, auto

_ASKED = re.compile(r"\?\W*$")
_TIME = re.compile(
    r"\b(?:how (?:long|soon|fast|quickly|much time|many (?:\w+ )?(?:days|months))|(?:by|until|till) when"
    r"|(?:by|until) (?:what|which) (?:day|date)|when|(?:deadline|time limit|last day|due date|time ?frame))\b",
    re.IGNORECASE,
)
_READERS = re.compile(
    r"\b(?:by|until|till) when\W*$"
    r"|\b(?:must|have to|need to|should|due|deadline|last day|limit|too late"
    r"|(?:do|does|did|will|can|may) (?:i|one|my \w+|the (?:member|provider|patient|doctor)) (?:have|get|file|ask|appeal"
    r"|request|send|do)|(?:do|can|may) you (?:have|get|file|ask|appeal|request))\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\W*(?:Q(?:uestion)?\W+)?(?:and )?(?:"
    r"(?:(?:by|until|till) (?:when|what (?:day|date))|how (?:long|much time|many days)|when)"
    r"(?: (?:do|does|must|should|may|can|will) (?:i|we|you|one|the \w+|my \w+))?"
    r"(?: (?:have|get|file|ask|send|do|answer|act))?(?: (?:it|this|that|them|so))?(?: in| by)?"
    r"(?: to (?:do|ask|file|send)(?: (?:it|this|that|so))?)?(?: left)?"
    r"|what is (?:the|my|your|our) (?:deadline|time limit|last day|due date|time ?frame))\W*",
    re.IGNORECASE,
)
"""``Until when?``: it has no object of its own, so that what was spoken of before is meant."""
_PAYERS = re.compile(
    r"\b(?:answer|decide|decision|reply|respond|hear|know|learn|be told|take|notified"
    r"|(?:will|do|does|must|should) (?:we|it|they|the (?:plan|review|appeal)))\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\W*(?:Q(?:uestion)?\W+)?(?:can|may|could) (?:i|my|we|our|you|someone|somebody|the)\b", re.IGNORECASE
)
_YES = re.compile(r"\W*(?:A(?:nswer)?\W+)?yes\b", re.IGNORECASE)
_LONGEST_ANSWER = 16
_OF_A_THING = re.compile(
    r"\b(?:good|valid|approv(?:al|ed)|authoriz\w+|coverage|treatment|therapy|stay|wait for|next)\b", re.IGNORECASE
)
"""``How long is the approval good for?``: no time in which somebody has to act."""


class Whose(Enum):
    """Whose time is asked after: that in which the reader acts, that in which the payer does, or no such time.

    ``ALLOWED``: it is asked whether the reader may act.
    """

    READERS = auto()
    ALLOWED = auto()
    PAYERS = auto()
    NOBODYS = auto()


def time_asked(text: str) -> Whose | None:
    """Whose time a sentence asks after; None: it asks for no time."""
    if not _ASKED.search(text):
        return None
    if not _TIME.search(text):
        return Whose.ALLOWED if _WHETHER.match(text) else None
    if _OF_A_THING.search(text):
        return Whose.NOBODYS
    if _READERS.search(text):
        return Whose.READERS
    return Whose.PAYERS if _PAYERS.search(text) else Whose.NOBODYS


def is_bare(text: str) -> bool:
    """Whether a question names nothing of its own that is to be done."""
    return _BARE.fullmatch(text.rstrip()) is not None


def tells_time(text: str, asked: Whose | None) -> bool:
    """Whether a sentence is so short an answer to what was asked that a time in it is the one asked after."""
    if asked is None or asked is Whose.NOBODYS or len(text.split()) > _LONGEST_ANSWER:
        return False
    return asked is not Whose.ALLOWED or bool(_YES.match(text))
