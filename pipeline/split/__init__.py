"""Pages -> letters: where each letter begins and ends, and which pages belong to none."""

from dataclasses import dataclass

from pipeline.knowledge.pages import PageRole
from pipeline.language import Language
from pipeline.split.pages import Facts, facts_of
from pipeline.split.parts import part_of
from pipeline.values.letter import Unassigned, UnassignedPage
from pipeline.values.text import Text

__all__ = ["Split", "split"]

_BOUNDARY = 4
"""Weight from which a page begins a letter. When unsure, pages stay together: a torn letter loses its deadline."""
_NO_LETTER = {
    PageRole.BLANK: Unassigned.BLANK,
    PageRole.FAX_COVER: Unassigned.FAX_COVER,
    PageRole.SEPARATOR: Unassigned.SEPARATOR,
}


@dataclass(frozen=True, slots=True)
class Split:
    """Every page is in exactly one letter or unassigned."""

    letters: tuple[Text, ...]
    unassigned: tuple[UnassignedPage, ...]


def split(text: Text, language: Language) -> Split:
    """The letters of a document, each with only its own pages."""
    if len(text.pages) == 1:
        return _single(text, language)
    every = [facts_of(text, page, language) for page in text.pages]
    unassigned = {f.page.number: why for f in every if (why := _without_letter(f))}
    groups: list[list[Facts]] = []
    parted = False
    for facts in every:
        if facts.page.number in unassigned:
            parted = parted or facts.role in (PageRole.SEPARATOR, PageRole.FAX_COVER)
        elif not groups or _begins(facts, groups[-1], parted=parted):
            groups.append([facts])
            parted = False
        elif facts.role is PageRole.ENCLOSURE and not _belongs(facts, groups[-1]):
            unassigned[facts.page.number] = Unassigned.ENCLOSURE
        else:
            groups[-1].append(facts)
    if not groups:
        # A document of covers and blanks only is shown as what it is, so that a person sees it.
        groups = (
            [[f for f in every if f.role is not PageRole.BLANK]]
            if any(f.role is not PageRole.BLANK for f in every)
            else []
        )
        unassigned = {n: why for n, why in unassigned.items() if why is Unassigned.BLANK}
    letters = tuple(part_of(text, [f.page for f in group]) for group in groups)
    return Split(letters, tuple(UnassignedPage(number=n, why=why) for n, why in sorted(unassigned.items())))


def _single(text: Text, language: Language) -> Split:
    facts = facts_of(text, text.pages[0], language)
    if facts.role is PageRole.BLANK and not any(c.isalnum() for c in text.content):
        return Split((), (UnassignedPage(number=facts.page.number, why=Unassigned.BLANK),))
    return Split((text,), ())


def _without_letter(facts: Facts) -> Unassigned | None:
    if facts.unreadable:
        return Unassigned.UNREADABLE
    return _NO_LETTER.get(facts.role) if facts.role else None


def _belongs(facts: Facts, letter: list[Facts]) -> bool:
    """Whether a record is a page of the letter before it: the numbering goes on, or it came with our appeal."""
    last = letter[-1].number_printed
    counted = facts.number_printed is not None and last is not None and facts.number_printed == last + 1
    return counted or letter[0].role is PageRole.OUTGOING


def _begins(facts: Facts, letter: list[Facts], *, parted: bool) -> bool:
    """Whether a page begins a letter of its own after ``letter``."""
    known = frozenset[str]().union(*(f.identifiers for f in letter))
    if letter[0].role is PageRole.OUTGOING and not parted and (facts.identifiers & known or not facts.identifiers):
        # The denial that our own appeal answers is its exhibit, not a new letter; it names the same case.
        return False
    if facts.role is PageRole.ENCLOSURE:
        return False
    weight = 5 * parted + _weight(facts, letter)
    starts = facts.salutation or facts.titled or bool(facts.dates) or facts.number_printed == 1
    return starts and weight >= _BOUNDARY


def _weight(facts: Facts, letter: list[Facts]) -> int:
    first, last = letter[0], letter[-1]
    same_head = facts.letterhead == first.letterhead
    known = frozenset[str]().union(*(f.identifiers for f in letter))
    weight = 2 * bool(facts.dates) + 3 * facts.salutation + facts.addressed + facts.titled + last.closing
    weight += 0 if same_head else 1
    if facts.number_printed == 1:
        weight += 3
    elif facts.number_printed:
        weight -= 5
    if facts.identifiers and known:
        weight += -2 if facts.identifiers & known else 2
    if same_head and facts.dates & first.dates and not facts.salutation:
        weight -= 2
    if facts.goes_on or not (facts.dates or facts.salutation or facts.addressed):
        weight -= 3
    if facts.role is PageRole.INSERT:
        weight -= 5
    return weight
