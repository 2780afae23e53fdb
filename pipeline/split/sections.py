"""Letters of a plain-text file that follow each other on one page: where a later one begins.

A text or Markdown file marks the pages of a letter with form feeds, if at all; exports and test files put one letter
after another without. A heading that counts them tells most surely ("LETTER 2 OF 3"); else a letter begins anew where a
rule, a closing, the first line of the letter or the label it begins with comes again, and what follows has a day of its
own as letters have, and the numbers or the day are others. Claims and services of one letter have no such day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.language import Language
from pipeline.split.pages import Facts, facts_of
from pipeline.split.parts import part_of
from pipeline.values.text import Text

_COUNTED = re.compile(
    r"(?P<noun>(?:(?:sample|example|test|demo|denial|appeal|approval|decision|fixture)\s+){0,2}"
    r"(?:letter|notice|document|doc|message|fax|sample|example|fixture|denial|file))\s*(?:no\.?|number|#|:|-|_)?\s*"
    r"(?P<number>\d{1,2}|[A-Z]|one|two|three|four|five|six)\b"
    r"(?P<of>\s*(?:of|/)\s*\d{1,2}\b)?(?P<rest>.*)$",
    re.IGNORECASE,
)
"""A heading that counts letters. Claims, lines, services, levels and reasons are counted within one."""
_NUMBERS = {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six"), start=1)}
_FRAME = " \t-=*_~#>+|[](){}<8✂—–•·"
"""What frames a heading or draws a line."""
_RULE = re.compile(
    r"\s*(?:[-=*_~#+—–─═•· ]{3,}|<hr\s*/?>|[-=*_~ ]*(?:8<|>8|✂|cut here|tear here|next letter"
    r"|end of (?:letter|notice|message|document)[\w ]{0,6})[-=*_~8<> ✂]*)\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"^\W*(?:sincerely|respectfully|(?:kind |best )?regards|yours truly|thank you)\b", re.IGNORECASE)
_FORWARDED = re.compile(
    r"(?:original|forwarded) message|^\W*on .{5,60}\bwrote:|^\W*begin forwarded|\bsubject:\s*(?:re|fwd?):",
    re.IGNORECASE | re.MULTILINE,
)
"""Mail that goes on below an answer is one message's history, no letters in a row."""
_LABEL = re.compile(r"^[\W_]*([A-Za-z][A-Za-z /#.]{1,34}?)\W{0,3}:")
_WORD = re.compile(r"\w")
_LONGEST_HEADING = 90
_HEAD_LINES = 14
_OPENS = re.compile(r"^\W*(?:dear\s+\S|to whom it may concern)", re.IGNORECASE)
_SIGNED = 8
"""Lines that a signature, copies and enclosures take up after a closing."""
_LABELS, _VALUES, _FEWEST_WORDS, _FEWEST_LINES = 3, 2, 12, 3
_COUNTED_SURE, _ANEW_SURE = 0.95, 0.75


class _Line(NamedTuple):
    """A line that says something or is a rule; ``gap``: how many blank lines there are before it."""

    start: int
    text: str
    gap: int


class Section(NamedTuple):
    """A letter by its place in the content, and how sure it is that it begins there."""

    start: int
    sure: float


def sections_of(text: Text, language: Language) -> list[tuple[Text, float]]:
    """The letters that follow each other in the text of one, each with the probability of its boundaries."""
    if not text.pages or any(page.width_pt is not None for page in text.pages):
        return [(text, 1.0)]
    begun = _begun(text, language)
    if not begun:
        return [(text, 1.0)]
    starts = [text.pages[0].start, *(section.start for section in begun)]
    ends = [*starts[1:], text.pages[-1].end]
    sure = [1.0, *(section.sure for section in begun), 1.0]
    return [
        (_between(text, start, end), min(sure[place], sure[place + 1]))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _between(text: Text, start: int, end: int) -> Text:
    """The text from one place to another as a document of its own, page numbers as they were."""
    pages = [
        replace(page, start=max(page.start, start), end=min(page.end, end))
        for page in text.pages
        if _WORD.search(text.content[max(page.start, start) : min(page.end, end)])
    ]
    return part_of(text, pages)


def _begun(text: Text, language: Language) -> list[Section]:
    lines = list(_lines(text.content))
    return _counted(text, lines, language) or list(_anew(text, lines, language))


def _lines(content: str) -> Iterator[_Line]:
    start = gap = 0
    for line in re.split("[\n\f]", content):
        if _WORD.search(line) or _RULE.fullmatch(line):
            yield _Line(start, line, gap)
            gap = 0
        else:
            gap += 1
        start += len(line) + 1


def _counted(text: Text, lines: Sequence[_Line], language: Language) -> list[Section]:
    """The letters after the first that headings count: the same noun, one number after the other."""
    headings: dict[str, list[tuple[int, int]]] = {}
    for place, line in enumerate(lines):
        if len(line.text) <= _LONGEST_HEADING and (found := _COUNTED.match(line.text.strip(_FRAME))):
            noun = " ".join(found["noun"].casefold().split())
            headings.setdefault(noun, []).append((place, _number(found["number"])))
    for found_here in headings.values():
        numbers = [number for _, number in found_here]
        if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            continue
        places = [place for place, _ in found_here]
        ends = [*places[1:], len(lines)]
        if all(_is_letter(text, lines[a:b], language) for a, b in zip(places, ends, strict=True)):
            return [Section(lines[place].start, _COUNTED_SURE) for place in places[1:]]
    return []


def _number(told: str) -> int:
    if told.isdigit():
        return int(told)
    return _NUMBERS.get(told.casefold()) or ord(told.upper()) - ord("A") + 1


def _is_letter(text: Text, lines: Sequence[_Line], language: Language) -> bool:
    """Whether the lines have what a letter has: a day or a greeting or labels, a number or a greeting, and words."""
    facts = _facts(text, lines, language)
    own = bool(facts.own_day or facts.salutation) or len(facts.labels) >= _LABELS
    return own and bool(facts.identifiers or facts.head_numbers or facts.salutation) and _words(lines) >= _FEWEST_WORDS


def _anew(text: Text, lines: Sequence[_Line], language: Language) -> Iterator[Section]:
    """The letters after the first that begin like a letter where one may end."""
    if _FORWARDED.search(text.content):
        return
    begins = 0
    for place in _places(lines):
        if place > begins and _begins(text, lines[begins:place], lines[place:], language):
            yield Section(lines[place].start, _ANEW_SURE)
            begins = place


def _places(lines: Sequence[_Line]) -> Iterator[int]:
    """Where a letter may begin: under a rule, where what the file begins with comes again, under a signature.

    A rule right below its line underlines a heading.
    What was signed ends at the widest blank before the next day; the letterhead of the next letter follows it.
    """
    first = next((line.text for line in lines if not _RULE.fullmatch(line.text)), "")
    label = _label(first)
    strong = [
        place
        for place, line in enumerate(lines)
        if place and not _RULE.fullmatch(line.text)
        and ((lines[place - 1].gap and _RULE.fullmatch(lines[place - 1].text)) or _plain(line.text) == _plain(first)
             or (label and _label(line.text) == label))
    ]  # fmt: skip
    signed = []
    for place, line in enumerate(lines):
        if _CLOSING.match(line.text):
            under = range(place + 2, min(place + _SIGNED, len(lines)))
            if not any(place < other <= place + _SIGNED for other in strong):
                blocks = [n for n in under if lines[n].gap]
                signed += [max(blocks, key=lambda n: (lines[n].gap, -n))] if blocks else []
    return iter(sorted({*strong, *signed}))


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return _plain(found.group(1)) if found else ""


def _begins(text: Text, before: Sequence[_Line], after: Sequence[_Line], language: Language) -> bool:
    """Whether the lines after a place are another letter than those before it."""
    if _words(before) < _FEWEST_WORDS or _words(after) < _FEWEST_WORDS:
        return False
    here, letter = _facts(text, after[:_HEAD_LINES], language), _facts(text, before, language)
    if not here.own_day or not letter.own_day:
        return False
    shared = (here.identifiers | here.head_numbers) & (letter.identifiers | letter.numbers)
    other = bool(here.head_numbers or here.identifiers) and not shared
    fresh = (here.identifiers | here.head_numbers) - (letter.identifiers | letter.numbers)
    entitled = bool(fresh) and _entitled_anew(before, after, language)
    if not (other or entitled) and here.own_day == letter.own_day:
        return False
    own, theirs = _labelled(after[:_HEAD_LINES]), _labelled(before[:_HEAD_LINES])
    same = own.keys() & theirs.keys()
    anew = len(same) >= _LABELS and sum(own[label] != theirs[label] for label in same) >= _VALUES
    if any(_OPENS.match(line.text) for line in after[:_HEAD_LINES]):
        return True
    # After a letter that greeted, what does not greet is its claims, services or enclosures, each with its day.
    if any(_OPENS.match(line.text) for line in before):
        return False
    return anew or entitled or (other and here.letterhead == letter.letterhead)


def _entitled_anew(before: Sequence[_Line], after: Sequence[_Line], language: Language) -> bool:
    """Whether the first line comes again, as it was, over another title: "Notice of approval", "Notice of denial"."""
    if min(len(before), len(after)) < _FEWEST_LINES or not after[0].gap:
        return False
    title = language.knowledge.name_words.title
    (first, one), (again, other) = ([line.text for line in lines[:2]] for lines in (before, after))
    titles = title.found_in(one) and title.found_in(other) and _plain(one) != _plain(other)
    return _plain(first) == _plain(again) and titles


def _labelled(lines: Sequence[_Line]) -> dict[str, str]:
    """The labels that lines begin with, each with what follows it."""
    found = (_LABEL.match(line.text) for line in lines)
    return {_plain(label.group(1)): _plain(label.string[label.end() :]) for label in found if label}


def _facts(text: Text, lines: Sequence[_Line], language: Language) -> Facts:
    """What the lines show, as if they were a page."""
    start, end = lines[0].start, lines[-1].start + len(lines[-1].text)
    return facts_of(text, replace(text.pages[0], start=start, end=end), language)


def _plain(line: str) -> str:
    return "".join(c for c in line.casefold() if c.isalnum())


def _words(lines: Sequence[_Line]) -> int:
    return sum(len(line.text.split()) for line in lines if not _RULE.fullmatch(line.text))
