"""Pages -> letters: where each letter begins and ends, how sure that is, and which pages belong to none."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.knowledge.pages import PageRole
from pipeline.language import Language
from pipeline.split.missing import missing_pages
from pipeline.split.pages import Facts, facts_of
from pipeline.split.parts import part_of
from pipeline.split.sections import sections_of
from pipeline.split.signs import signs_of
from pipeline.split.weigh import begins, weights_of
from pipeline.values.letter import ReviewNote, Unassigned, UnassignedPage
from pipeline.values.text import Text

__all__ = ["Part", "Parts", "Split", "split", "split_by_hand"]

Parts = Sequence[Sequence[int]]
"""The page numbers of each letter, as a person divided a document."""

_BOUNDARY = 0.5
_UNSURE = 0.8
_NO_LETTER = {
    PageRole.BLANK: Unassigned.BLANK,
    PageRole.FAX_COVER: Unassigned.FAX_COVER,
    PageRole.SEPARATOR: Unassigned.SEPARATOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A letter of a document, with only its own pages.

    ``confidence`` is the probability of the least sure of its boundaries: that it begins where it does, that each next
    page is its own, and that the letter after it begins where that does. ``notes`` tell a person what is not as it
    should be: an unsure boundary, a page that is missing.
    """

    text: Text
    confidence: float
    notes: tuple[ReviewNote, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Every page is in exactly one letter or unassigned."""

    letters: tuple[Part, ...]
    unassigned: tuple[UnassignedPage, ...]


@dataclass(slots=True)
class _Group:
    """The pages of a letter so far, and how likely each decision about them is right."""

    pages: list[Facts]
    sure: list[float] = field(default_factory=list)


def split(text: Text, language: Language) -> Split:
    """The letters of a document, each with only its own pages."""
    every = [facts_of(text, page, language) for page in text.pages]
    if len(every) == 1:
        return _single(text, every[0], language)
    unassigned = {f.page.number: why for f in every if (why := _without_letter(f))}
    groups, enclosed = _grouped([f for f in every if f.page.number not in unassigned], every, language)
    unassigned |= dict.fromkeys(enclosed, Unassigned.ENCLOSURE)
    if not groups:
        # A document of covers and blanks only is shown as what it is, so that a person sees it.
        shown = [f for f in every if f.role is not PageRole.BLANK]
        groups = [_Group(shown)] if shown else []
        unassigned = {n: why for n, why in unassigned.items() if why is Unassigned.BLANK}
    letters = tuple(part for group in groups for part in _sections(_part(text, group), language))
    return Split(letters, tuple(UnassignedPage(number=n, why=why) for n, why in sorted(unassigned.items())))


def split_by_hand(text: Text, parts: Parts, language: Language) -> Split:
    """The letters of a document as a person divided it; pages left out belong to none.

    Numbers of pages that are not there are passed over, and a page that is named twice stays where it is first named.
    """
    facts = {page.number: facts_of(text, page, language) for page in text.pages}
    placed: set[int] = set()
    groups = []
    for part in parts:
        numbers = [n for n in dict.fromkeys(part) if n in facts and n not in placed]
        placed.update(numbers)
        if numbers:
            groups.append(_Group([facts[n] for n in numbers]))
    left = ((n, _without_letter(f) or Unassigned.ENCLOSURE) for n, f in sorted(facts.items()) if n not in placed)
    letters = tuple(_part(text, group) for group in sorted(groups, key=lambda group: group.pages[0].page.number))
    return Split(letters, tuple(UnassignedPage(number=n, why=why) for n, why in left))


def _single(text: Text, facts: Facts, language: Language) -> Split:
    if facts.role is PageRole.BLANK and not any(c.isalnum() for c in text.content):
        return Split((), (UnassignedPage(number=facts.page.number, why=Unassigned.BLANK),))
    return Split(_sections(_part(text, _Group([facts])), language), ())


def _sections(part: Part, language: Language) -> tuple[Part, ...]:
    """A letter, or those that follow each other on its pages; what is said of its pages is said of each."""
    found = sections_of(part.text, language)
    if len(found) == 1:
        return (part,)
    return tuple(
        Part(text=text, confidence=min(sure, part.confidence), notes=(*part.notes, *_shared(sure)))
        for text, sure in found
    )


def _shared(sure: float) -> tuple[ReviewNote, ...]:
    if sure >= _UNSURE:
        return ()
    return (ReviewNote(field="pages", why="another letter seems to stand on the same page; look where each begins"),)


def _without_letter(facts: Facts) -> Unassigned | None:
    if facts.unreadable:
        return Unassigned.UNREADABLE
    return _NO_LETTER.get(facts.role) if facts.role else None


def _grouped(pages: list[Facts], every: list[Facts], language: Language) -> tuple[list[_Group], list[int]]:
    """The letters, and the numbers of the records that were fed between them."""
    weights = weights_of(language)
    parting = {f.page.number for f in every if f.role in (PageRole.SEPARATOR, PageRole.FAX_COVER)}
    groups: list[_Group] = []
    enclosed: list[int] = []
    before = 0
    for facts in pages:
        parted = any(before < n < facts.page.number for n in parting)
        before = facts.page.number
        if not groups:
            groups.append(_Group([facts]))
            continue
        letter = groups[-1]
        chance = begins(signs_of(facts, letter.pages, parted=parted), weights)
        record = facts.role in (PageRole.ENCLOSURE, PageRole.ATTACHMENT)
        if record and not _belongs(facts, letter.pages):
            enclosed.append(facts.page.number)
        elif not record and chance >= _BOUNDARY:
            letter.sure.append(chance)
            groups.append(_Group([facts], [chance]))
        else:
            letter.pages.append(facts)
            letter.sure.append(1 - chance)
    return groups, enclosed


def _belongs(facts: Facts, letter: list[Facts]) -> bool:
    """Whether a record is of the letter before it: the numbering goes on, it came with our appeal, or is spoken of."""
    last = letter[-1].count
    counted = facts.count is not None and last is not None and facts.count.number == last.number + 1
    # An attachment that has its own greeting is another letter, shown with this one.
    told = facts.role is PageRole.ATTACHMENT and not facts.salutation and any(_names(f, facts) for f in letter)
    return counted or letter[0].role is PageRole.OUTGOING or told


def _names(page: Facts, attached: Facts) -> bool:
    """Whether a page names the attachment that another begins with: "see Attachment 1"."""
    title = attached.attachments[0] if attached.attachments else None
    return title is not None and attached.first_line.startswith(title) and title in page.attachments


def _part(text: Text, group: _Group) -> Part:
    confidence = round(min(group.sure, default=1.0), 2)
    notes = [ReviewNote(field="pages", why=why) for why in missing_pages([f.count for f in group.pages])]
    if confidence < _UNSURE:
        why = "it is not certain that the letter begins and ends at these pages"
        notes.append(ReviewNote(field="pages", why=why))
    return Part(text=part_of(text, [f.page for f in group.pages]), confidence=confidence, notes=tuple(notes))
