"""A clinical document laid open: its statements, each with its section and the words found in it."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.charts.boxes import Item, box_items
from pipeline.charts.breaks import breaks_of
from pipeline.charts.clauses import cuts_in
from pipeline.charts.clinical import DENIED, Clinical, Subject
from pipeline.charts.copied import quotations
from pipeline.charts.frames import Word, frames_met
from pipeline.charts.tick_columns import answered_items, tick_items
from pipeline.language.prose import content_span, is_titled, prose_index
from pipeline.language.reading import Reading, boxes_at, page_at, word_confidence
from pipeline.values.chart import Context
from pipeline.values.text import Box, Text


class Hit(NamedTuple):
    """A phrase found: its key, its characters in the statement, its tokens in the document; or a frame that was met."""

    key: str
    start: int
    end: int
    first: int
    last: int
    framed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence or a line of a list. ``start`` is its offset in the prose; ``heading`` the words it stands under.

    ``boxed`` is the context that a form's box gives it: what stands beside an empty box is only printed.
    """

    text: str
    start: int
    section: str | None
    heading: str
    hits: Mapping[Subject, tuple[Hit, ...]]
    boxed: Context | None = None

    def of(self, subject: Subject) -> tuple[Hit, ...]:
        """The hits of a subject, in order of place."""
        return self.hits.get(subject, ())


class Place(NamedTuple):
    """Where words stand, and how well they were read."""

    page: int
    text: str
    boxes: tuple[Box, ...]
    confidence: float


_LABEL = re.compile(r"^[\s\-*#]*(?:\d{1,2}[.)]\s*)?([A-Z][\w/&,'()<>=\u2264\u2265+ -]{0,70}?)\s*:(?!\d)[\s,]*")
_RUN_IN = (
    re.compile(r"([A-Z][A-Z&/]+(?: RX| MEDS)?|Exam|Assessment|Impression)\s+(?=[A-Z\d+-]|[a-z]+[A-Z]? )"),
    re.compile(r"([A-Za-z][A-Za-z/&]*(?: [A-Za-z]+)?)(?:\s+[-\u2013\u2014]{1,2}\s+(?=\S)|\s*:\s*)"),
)
"""A heading with no colon behind it, or none of its own: "HPI AD since childhood", "Meds - aspirin"."""
_MARKED = re.compile(r"\s*(#{1,6})\s")
_SOAP = re.compile(r"([SOAP])[.)](?=\s+[A-Z])\s*")
_SOAP_LETTERS = 3
_SOAP_SECTIONS = {"S": "present", "O": "present", "A": "assessment", "P": "plan"}
_BULLET = re.compile(r"^\s*(?:[-*]|\d{1,2}[.)])\s")
_NEW = re.compile(
    r"\b(?:today|interval|updates?|new|current|this) ?(?:visit|history|note|hpi|events)?\b", re.IGNORECASE
)
"""What ends a copied note: a heading of today's own."""
_TODAY = re.compile(r"today\b|interval\b|updates?\b|addendum\b", re.IGNORECASE)
"""A label that ends it, though no section has that name."""
_COPY_ENDS = re.compile(
    r"\W*end (?:of )?(?:the )?(?:imported|copied|carried|pulled|prior|previous|old)\b", re.IGNORECASE
)
_HEADING = 60
"""Characters at the beginning of a statement that may be its heading."""
_SIGNATURE = re.compile(r"\b(?:electronically )?signed\b|\bsignature\b", re.IGNORECASE)


def statements_of(reading: Reading, clinical: Clinical) -> tuple[Statement, ...]:
    """The statements of a document, in order."""
    hits = {subject: _hits(reading, clinical, subject) for subject in Subject}
    found: list[Statement] = []
    section: str | None = None
    heading = ""
    only_paragraph = False
    known = _heads(reading, hits[Subject.SECTION])
    marked = _marked_headings(reading)
    copied_level = 0
    boxes = [*box_items(reading), *tick_items(reading), *answered_items(reading)]
    ends = {place for item in boxes for place in (item.start, item.end)}
    breaks = [*breaks_of(reading), *_medicine_lines(reading, hits[Subject.DRUG])]
    copied = {h.start for h in hits[Subject.SECTION] if h.key == _COPIED}
    told = [h.start for subject in _TOLD for h in hits[subject]] if copied else []
    quoted = quotations(reading.prose.text, copied, told=told)
    quoted_until = 0
    pieces = _pieces(reading, known, [*breaks, *quoted], ends=ends | set(quoted.values()))
    heads = {start for start, _ in known}
    soap = _soap_letters(pieces, reading)
    rows = {prose_index(reading.prose, line.start) for line in reading.lines if len(line.cells) > 2}
    for start, end, opens_line, after_blank in pieces:
        text = reading.prose.text[start:end]
        ended = 0 < quoted_until <= start
        if ended or (only_paragraph and after_blank):
            section, heading, only_paragraph = None, "", False
        quoted_until = 0 if ended else quoted_until
        mine = _framed(text, {s: _inside(hits[s], start, end) for s in Subject}, clinical)
        label = (_SOAP if start in soap else _LABEL).match(text)
        plain = opens_line and not _BULLET.match(text) and not mine[Subject.DRUG] and start not in rows
        title = text if plain and is_titled(text) and not label else None
        short = text if plain and not label and start in heads else None  # "PLAN", "Current meds"
        if opens_line and not label and not title and not short:
            label = _run_in(text, mine[Subject.SECTION])
        named = _section(label[1] if label else title or short, mine[Subject.SECTION], label)
        named = _SOAP_SECTIONS[text[0]] if start in soap else named
        if named == "plan" and label and _PLAN.fullmatch(label[1]) and _is_insurer(text[label.end() :], clinical):
            named = None
        if label and any(
            h.end <= label.end(1) and not h.key.startswith("botulinum_toxin/") for h in mine[Subject.DRUG]
        ):
            named = None  # "Vesicare not tried: cognitive impairment"
        if start in quoted:
            quoted_until = quoted[start]
        if start in quoted or (not label and opens_line and _says_copied(text, start, copied)):
            named = _COPIED
        kept = section == _COPIED and not only_paragraph and not _SIGNATURE.search(text)
        if kept and 0 < marked.get(start, 0) <= copied_level:
            kept, section, heading = False, None, text  # a heading of no less weight than that of the copy ends it
        if kept and (_COPY_ENDS.match(text) or (label and _TODAY.match(label[1]))):
            section, heading = None, ""
        elif kept and not ((named or title) and _NEW.search(text[:_HEADING])):
            pass  # the headings of the old note under the words that say it was copied
        elif named is not None:
            copied_level = marked.get(start, 0)
            section, heading = named, (label[1] if label else text)
            only_paragraph = bool(label) and bool(text[label.end() :].strip() if label else "")
        elif (title or (label and not text[label.end() :].strip() and not _BULLET.match(text))) and opens_line:
            section, heading, only_paragraph = None, text, False
        elif _SIGNATURE.search(text):
            section, heading = None, ""
        boxed = _boxed(boxes, start, end)
        found.append(Statement(text=text, start=start, section=section, heading=heading, hits=mine, boxed=boxed))
    return tuple(found)


_TOLD = (Subject.DRUG, Subject.SCALE, Subject.FINDING, Subject.OUTCOME, Subject.ILLNESS)
_PLAN = re.compile(r"(?:health |insurance )?plan(?: name)?", re.IGNORECASE)


def _is_insurer(words: str, clinical: Clinical) -> bool:
    """Whether the words behind "Plan:" name an insurer."""
    name = words.strip().split("  ")[0]
    return name[:1].isupper() and len(name.split()) <= _NAME_WORDS and clinical.words.of_a_plan.found_in(name)


_NAME_WORDS = 8


def _run_in(text: str, sections: tuple[Hit, ...]) -> re.Match[str] | None:
    """A heading that its own text follows on the line without a colon, or in small letters: a known one, no other."""
    found = (pattern.match(text) for pattern in _RUN_IN)
    return next((m for m in found if m and any((h.start, h.end) == m.span(1) for h in sections)), None)


def _soap_letters(pieces: list[tuple[int, int, bool, bool]], reading: Reading) -> frozenset[int]:
    """The places of "S. ... O. ... A. ... P. ..." where a note has at least three of these letters before lines."""
    found = {
        start: reading.prose.text[start]
        for start, end, opens, _ in pieces
        if opens and _SOAP.match(reading.prose.text, start, end)
    }
    return frozenset(found if len(set(found.values())) >= _SOAP_LETTERS else ())


def _framed(text: str, hits: dict[Subject, tuple[Hit, ...]], clinical: Clinical) -> Mapping[Subject, tuple[Hit, ...]]:
    """The hits of a statement with those of frames; what a phrase knows already stays as it is."""
    words = [Word(h.key, h.start, h.end, h.first, h.last) for h in hits[Subject.IDEA]]
    added: dict[Subject, list[Hit]] = {Subject.OUTCOME: [], Subject.FINDING: []}
    for met in frames_met(text, words, clinical.knowledge.frames) if words else ():
        sort, key = met.gives.split("/", 1)
        subject = Subject(sort)
        if not any(h.key.removesuffix(DENIED) == key for h in hits[subject]):
            denied = DENIED if met.denied and subject is Subject.FINDING else ""
            added[subject].append(Hit(key + denied, met.start, met.end, met.first, met.last, framed=True))
    return hits | {s: tuple(sorted((*hits[s], *more), key=lambda h: (h.start, -h.end))) for s, more in added.items()}


def _boxed(boxes: list[Item], start: int, end: int) -> Context | None:
    """What the box in whose item a piece stands says of it."""
    return next((item.context for item in boxes if item.start <= start < item.end and end <= item.end + 1), None)


def place_of(reading: Reading, start: int, end: int) -> Place:
    """The place of prose characters on the page."""
    first, last = content_span(reading.prose, start, end)
    text: Text = reading.text
    return Place(
        page=page_at(text, first).number,
        text=" ".join(text.content[first:last].split()),
        boxes=boxes_at(text, first, last),
        confidence=word_confidence(text, first, last),
    )


def _hits(reading: Reading, clinical: Clinical, subject: Subject) -> list[Hit]:
    spans = clinical.matchers[subject](reading.doc)
    found = [Hit(key, s.start_char, s.end_char, s.start, s.end) for key, s in spans]
    if subject is Subject.DRUG:
        for token in reading.doc:
            key = clinical.misspelled.drug(token.text)
            if key is not None and not any(h.first <= token.i < h.last for h in found):
                found.append(Hit(key, token.idx, token.idx + len(token), token.i, token.i + 1))
        found.sort(key=lambda h: (h.start, -h.end))
    return found


def _inside(hits: list[Hit], start: int, end: int) -> tuple[Hit, ...]:
    return tuple(h._replace(start=h.start - start, end=h.end - start) for h in hits if start <= h.start < h.end <= end)


def _heads(reading: Reading, sections: list[Hit]) -> list[tuple[int, int]]:
    """The prose spans of lines that are headings of known sections: they end what stands before them."""
    found = []
    copied = {h.start for h in sections if h.key == _COPIED}
    for line in reading.lines:
        start, end = prose_index(reading.prose, line.start), prose_index(reading.prose, line.end)
        if _says_copied(line.text, start, copied):
            found.append((start, end))
            continue
        start += len(reading.prose.text[start:end]) - len(reading.prose.text[start:end].lstrip())
        text = line.text.strip(" *#_=-:")
        if not text or len(text) > 60:
            continue
        written = is_titled(text) or text.isupper() or line.text.rstrip(" *").endswith(":")
        whole = text[0].isupper() and len(text.split()) <= _HEADING_WORDS  # "Current meds"
        if not (written or whole):
            continue
        longest = max((h.end - h.start for h in sections if start <= h.start and h.end <= end), default=0)
        if longest >= (0.6 if written else 1.0) * len(text):
            found.append((start, end))
    return found


def _marked_headings(reading: Reading) -> dict[int, int]:
    """The prose places of lines that are marked as headings ("## Plan"), with their level."""
    found = {}
    for line in reading.lines:
        if m := _MARKED.match(line.text):
            start, end = prose_index(reading.prose, line.start), prose_index(reading.prose, line.end)
            found[start + len(reading.prose.text[start:end]) - len(reading.prose.text[start:end].lstrip())] = len(m[1])
    return found


def _says_copied(line: str, start: int, copied: Set[int]) -> bool:
    """Whether a short line, in brackets or not, begins with words that say that what follows is an old note's.

    ``copied`` is where such words begin in the prose, ``start`` where the line does.
    """
    lead = len(line) - len(line.lstrip(" \t[<({*#_=~-"))
    return len(line.split()) <= _HEADING_WORDS_COPIED and start + lead in copied


def _medicine_lines(reading: Reading, drugs: list[Hit]) -> list[int]:
    """The prose places of lines that begin with a medicine below another such line, or below a heading: its entries."""
    named = {h.start for h in drugs}
    found = []
    before, begun_before = None, False
    for line in reading.lines:
        start = prose_index(reading.prose, line.start)
        begun = start in named
        heading = before is not None and is_titled(before.strip()) and len(before.split()) <= _HEADING_WORDS
        if begun and before is not None and (begun_before or heading) and not _LEADS_ON.search(before):
            found.append(start)
        before, begun_before = line.text, begun
    return found


_HEADING_WORDS = 4
_HEADING_WORDS_COPIED = 12
_COPIED = "copied"
_LEADS_ON = re.compile(r"(?:[,(/&+-]|\b(?:and|or|with|to|of|on|for|from))\s*$", re.IGNORECASE)


def _pieces(
    reading: Reading, heads: list[tuple[int, int]], breaks: list[int], *, ends: Set[int]
) -> list[tuple[int, int, bool, bool]]:
    """Start, end, whether it opens a line, and whether a blank line stands before it; ``ends`` cut and open nothing."""
    pieces = []
    opening = {start for start, _ in heads} | set(breaks)
    cutting = {*(e for span in heads for e in span), *breaks, *ends}
    whole = reading.prose.text
    for sentence in reading.doc.sents:
        place = sentence.start_char
        inside = range(place + 1, place + len(sentence.text))
        inner = sorted(e - place for e in cutting if e in inside)
        cuts = sorted(
            [
                *cuts_in(sentence.text),
                *((e, e) for e in inner),
                (len(sentence.text), len(sentence.text)),
            ]
        )
        begin = 0
        for cut, following in cuts:
            piece = sentence.text[begin:cut]
            start = place + begin + len(piece) - len(piece.lstrip(" ,\n\t"))
            end = place + begin + len(piece.rstrip())
            if start < end:
                before = whole[max(0, start - 40) : start]
                lead = before.rstrip(" \t")
                opens = not lead or lead.endswith("\n") or start in opening
                pieces.append((start, end, opens, bool(re.search(r"\n\s*\n\s*$", before))))
            begin = following
    return _answered(pieces, whole)


def _answered(pieces: list[tuple[int, int, bool, bool]], whole: str) -> list[tuple[int, int, bool, bool]]:
    """The pieces with an item joined to its number, and a form's answer to its question: "How many a month?   22"."""
    found: list[tuple[int, int, bool, bool]] = []
    for piece in pieces:
        start, end, _, _ = piece
        beside = bool(found) and "\n" not in whole[found[-1][1] : start]
        asked = beside and whole[found[-1][1] - 1] == "?" and _ANSWER.match(whole, start, end)
        if asked or (beside and _NUMBER.fullmatch(whole, found[-1][0], found[-1][1])):
            found[-1] = (found[-1][0], end, *found[-1][2:])
        else:
            found.append(piece)
    return found


_NUMBER = re.compile(r"\d{1,2}[.)]")
_ANSWER = re.compile(r"(?:about\s+|~\s*)?\d|(?:yes|no|y|n)\b", re.IGNORECASE)


def _section(label: str | None, hits: tuple[Hit, ...], match: re.Match[str] | None) -> str | None:
    """The section that a heading opens: the longest phrase that makes up most of its words."""
    if not label:
        return None
    offset = match.start(1) if match else 0
    if any(h.key == _COPIED and h.start == offset for h in hits):
        return _COPIED  # however long the words go on about where it was copied from
    inside = [h for h in hits if h.start >= offset and h.end <= offset + len(label)]
    best = max(inside, key=lambda h: h.end - h.start, default=None)
    if best is None or (best.end - best.start) < 0.4 * len(label.strip()):
        return None
    return best.key
