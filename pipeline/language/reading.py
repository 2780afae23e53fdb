"""A letter laid open: its lines and cells, its prose, its sentences and zones, and the way back to the page."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from pipeline.knowledge.needed import Quick, SqueezedPieces, squeezed
from pipeline.language.prose import Prose, content_span
from pipeline.language.sentences import Sentence, sentence_of, sentences_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding, Rejected
from pipeline.values.text import Box, Page, Text, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A run of words of one line without a column gap. ``start`` and ``end`` are offsets into ``Text.content``.

    ``left`` and ``right`` are where it stands across the page: points where the page has geometry, else characters.
    """

    start: int
    end: int
    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the letter, in cells from left to right; an empty line has none."""

    number: int
    start: int
    end: int
    page: int
    text: str
    cells: tuple[Cell, ...]
    zone: Zone

    def in_zone(self, zone: Zone) -> "Line":
        """The line with this zone."""
        if zone is self.zone:
            return self
        return Line(
            number=self.number, start=self.start, end=self.end, page=self.page, text=self.text, cells=self.cells,
            zone=zone,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A letter laid open. ``doc`` is the spaCy document of ``prose.text``, one paragraph a line, with sentences set.

    ``starts`` are the offsets at which the lines begin.
    ``sentence_zones`` is the zone of each sentence, by the index of its first token: finer than that of a line,
    in which one sentence may end and another begin.
    """

    text: Text
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    prose: Prose
    doc: Doc
    sentence_zones: Mapping[int, Zone] = field(default_factory=dict)


_LETTERS, _PIECES = "letters", "squeezed_sentences"
_FEW_PAGES = 6
"""So many are asked one after the other, for that is quicker."""
_QUOTED = re.compile(r"\s{0,3}(?:>[ ]?)+(?=[ ]{0,3}\S|$)")
"""The marks before a line that is quoted in a message or in Markdown."""
_GAP = re.compile(r"\t+| {3,}|\s*[│║|┃]\s*")
_CRUMBS = re.compile(r"\s+[>›»]\s+(?=\S)")
"""Between the steps of the way to a page: ``Portal > Messages > Elm Health``."""


def cells_of(line: str, start: int, words: tuple[Word, ...]) -> tuple[Cell, ...]:
    """The cells of one line of content that begins at offset ``start``; ``words`` are those of its page."""
    cells = []
    quoted = _QUOTED.match(line)
    place = quoted.end() if quoted else 0
    gaps = list(_GAP.finditer(line, place))
    if (
        not gaps
        and (">" in line or "›" in line or "»" in line)
        and len(crumbs := list(_CRUMBS.finditer(line, place))) > 1
    ):
        gaps = crumbs
    for gap in [*gaps, None]:
        upto = gap.start() if gap else len(line)
        piece = line[place:upto]
        if piece.strip(" \t─═┌┐└┘├┤┬┴┼╔╗╚╝╠╣"):
            lead = len(piece) - len(piece.lstrip())
            first, last = start + place + lead, start + place + len(piece.rstrip())
            left, right = _across(first, last, line_start=start, words=words)
            cells.append(Cell(start=first, end=last, text=piece.strip(), left=left, right=right))
        place = gap.end() if gap else upto
    return tuple(cells)


def _across(first: int, last: int, *, line_start: int, words: tuple[Word, ...]) -> tuple[float, float]:
    inside = [w.box for w in words if w.start < last and w.end > first]
    if not inside:
        return float(first - line_start), float(last - line_start)
    return min(b.x0 for b in inside), max(b.x1 for b in inside)


def line_at(reading: Reading, offset: int) -> Line:
    """The line that holds a content offset."""
    return reading.lines[max(0, bisect_right(reading.starts, offset) - 1)]


def zone_of(reading: Reading, span: Span | Sentence) -> Zone:
    """The zone of the sentence in which a prose span begins."""
    if found := reading.sentence_zones.get(sentence_of(span).start):
        return found
    start, _ = content_span(reading.prose, span.start_char, span.end_char)
    return line_at(reading, start).zone


def letters_of(reading: Reading) -> str:
    """The letters and digits of the prose, squeezed together; worked out once."""
    letters: str | None = reading.doc.user_data.get(_LETTERS)
    if letters is None:
        letters = reading.doc.user_data[_LETTERS] = squeezed(reading.prose.text)
    return letters


def possible_in(reading: Reading, patterns: Iterable[Quick]) -> Iterator[tuple[Sentence, re.Pattern[str]]]:
    """The sentences of the prose, each with every pattern that may match in it, in order of place."""
    pieces: SqueezedPieces | None = reading.doc.user_data.get(_PIECES)
    if pieces is None:
        pieces = reading.doc.user_data[_PIECES] = SqueezedPieces(one.text for one in sentences_of(reading.doc))
    every, sentences = list(patterns), sentences_of(reading.doc)
    for number, at in sorted((number, at) for at, one in enumerate(every) for number in pieces.possible(one)):
        yield sentences[number], every[at].pattern


def page_at(text: Text, offset: int) -> Page:
    """The page that holds a content offset."""
    pages = text.pages
    if len(pages) > _FEW_PAGES:
        return pages[max(0, bisect_right(pages, offset, key=lambda page: page.start) - 1)]
    for page in reversed(pages):
        if page.start <= offset:
            return page
    return pages[0]


def words_at(text: Text, start: int, end: int) -> list[Word]:
    """The words that a content span touches, in order."""
    found: list[Word] = []
    for page in text.pages:
        if page.start < end and page.end > start:
            first = bisect_right(page.words, start, key=lambda word: word.end)
            found.extend(page.words[first : bisect_left(page.words, end, key=lambda word: word.start)])
    return found


def boxes_at(text: Text, start: int, end: int) -> tuple[Box, ...]:
    """One box a line of the words that ``start`` to ``end`` touches; empty where the page has no geometry."""
    words = words_at(text, start, end)
    rows: list[list[Word]] = []
    for word in words:
        if rows and "\n" not in text.content[rows[-1][-1].end : word.start]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(
        Box(
            min(w.box.x0 for w in row),
            min(w.box.top for w in row),
            max(w.box.x1 for w in row),
            max(w.box.bottom for w in row),
        )
        for row in rows
    )


def word_confidence(text: Text, start: int, end: int) -> float:
    """The lowest confidence of the words touched, 1.0 where the page has no words of its own."""
    return min((w.confidence for w in words_at(text, start, end)), default=1.0)


def finding(
    reading: Reading,
    span: tuple[int, int],
    *,
    value: str | None,
    rule: str,
    confidence: float,
    sure: bool = False,
    rejected: tuple[Rejected, ...] = (),
) -> Finding:
    """A finding on the content span ``(start, end)``; its confidence is never above that of the words it rests on."""
    start, end = span
    text = reading.text
    return Finding(
        value=value,
        text=text.content[start:end],
        page=page_at(text, start).number,
        boxes=boxes_at(text, start, end),
        confidence=round(min(confidence, word_confidence(text, start, end)), 3),
        rule=rule,
        sure=sure,
        rejected=rejected,
    )


def rejected(reading: Reading, span: tuple[int, int], *, value: str | None, why: str) -> Rejected:
    """A candidate that lost, at its place."""
    start, end = span
    return Rejected(
        value=value, text=reading.text.content[start:end], page=page_at(reading.text, start).number, why=why
    )


def content_of(reading: Reading, span: Span) -> tuple[int, int]:
    """The content span of a span of the spaCy document."""
    return content_span(reading.prose, span.start_char, span.end_char)
