"""What the law asks of a notice and the letter does not say: an argument for the appeal, never more.

Asserted only where nothing can excuse it: every page is there and well read, the law that governs is known, the notice
goes to the member, and it is no remittance. A wrong accusation costs more than a missed one.
"""

from pipeline.knowledge import Knowledge
from pipeline.plan.track import track_of
from pipeline.values.letter import Addressee, Letter, NoticeDefect
from pipeline.values.text import Text
from pipeline.values.vocabulary import LetterKind

_NOTICES = frozenset({LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL})
_READ_WELL = 0.9
_WHOLE = 0.9
"""From this probability on the letter's pages are taken to be all of its own."""


def notice_defects(letter: Letter, text: Text, *, knowledge: Knowledge) -> tuple[NoticeDefect, ...]:
    """The elements that are missing, each with its law; none where the letter may not be judged."""
    if letter.kind not in _NOTICES or letter.addressee not in (Addressee.MEMBER, Addressee.BOTH):
        return ()
    if letter.boundary_confidence < _WHOLE or any(note.field == "pages" for note in letter.needs_review):
        return ()
    if any(page.quality < _READ_WELL for page in text.pages):
        return ()
    track = track_of(letter, knowledge=knowledge)
    said = " ".join(text.content.casefold().split())
    return tuple(
        NoticeDefect(code=element.id, rule=element.cite[track], message=f"The notice {element.message}.")
        for element in knowledge.notices
        if track in element.tracks
        and not any(phrase in said for phrase in element.phrases)
        and not any(getattr(letter, name) for name in element.findings)
    )
