"""Gives every line of a letter its zone: where it stands, the heading above it, and what its sentences say."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from pipeline.knowledge import Knowledge
from pipeline.knowledge.zones import After, ZoneEntry
from pipeline.language.after_closing import CLOSING, GREETING, after_closing
from pipeline.language.matchers import Subject
from pipeline.language.phrases import PhraseMatcher
from pipeline.language.prose import content_span, is_titled
from pipeline.language.reading import Line, Reading
from pipeline.language.sentences import Sentence, sentences_of
from pipeline.language.words import words_of
from pipeline.language.zones import Zone

_DATE_LINE = re.compile(
    r"\W*(?:[A-Za-z ]{0,22}:?\s*)?(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
    r"|\d{4}-\d\d-\d\d)\W*"
)
_LABEL = re.compile(
    r"[\W_]*(?:re|subject|[A-Z#][\w/&#.'\u2019() -]{1,38})\s*[:#]\s*\S?"
    r"|[A-Z#][\w/&#' -]{1,30}\s?\.{3,}\s?\S",
    re.IGNORECASE,
)
"""``Case no.: 12``, ``CASE ...... 12``."""
_PLACE = re.compile(
    r"\b[A-Z]{2}\s+\d{5}(?:-?\d{4})?\b|\bP\.?\s?O\.?\s?Box\b|^\W*\d+\s+\S+.*\b(?:St|Ave|Rd|Blvd|Lane|Ln|Dr|Way"
    r"|Suite|Street|Avenue|Road|Drive)\b",
    re.I,
)
_FOOTER = re.compile(
    r"\W*(?:page\s*#?:?\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*of\s*\d+|form [\w-]+ .*|.*\bnot a real letter\b.*"
    r"|\(?\d{1,3}\)?)\W*",
    re.IGNORECASE,
)
FAX_HEADER = re.compile(
    r"\W*(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2}[ .]\d{1,2}[ .,]+\d{4})\s+\d{1,2}:\d\d.*|.*\b(?:from"
    r"|to)\s*:.*\bp(?:age|g)?[. ]*\d+\s*(?:/|of)\s*\d+\W*$",
    re.IGNORECASE,
)
_MONEY_OR_CODE = re.compile(
    r"^(?:\$?[\d,]+\.\d\d|\$?0|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,4}|[A-Z]\d{4}|[A-Z]{2}-?\d{1,3}|-)$"
)
_NUMBERED = re.compile(
    r"^\W*(?:(?:attachment|exhibit|appendix|annex|enclosure|part|section|step)\s+)?(?:\d{1,2}|[A-H]|[IVX]{1,4})?[.):\u2013-]?\W*(?!\w)",
    re.IGNORECASE,
)
"""What may stand before a heading."""
_STOP = re.compile(r"[a-z)][.!] [A-Z]")
_SMALL_WORDS = 8
_LEAD = 24
"""No more characters stand before it."""
_PARTED = re.compile(r"\W*$|\s*[:;.,\u2013-]")
_OVERRIDES: Mapping[Zone, frozenset[Zone]] = {
    Zone.BOILERPLATE: frozenset(Zone) - {Zone.LETTERHEAD},
    Zone.RIGHTS: frozenset(Zone) - {Zone.BOILERPLATE, Zone.LETTERHEAD, Zone.TABLE},
    Zone.DETERMINATION: frozenset({Zone.BODY, Zone.REFERENCE, Zone.GREETING, Zone.ADDRESS, Zone.RATIONALE}),
    Zone.RATIONALE: frozenset({Zone.BODY, Zone.DETERMINATION}),
    Zone.REQUEST: frozenset({Zone.BODY, Zone.RATIONALE, Zone.CRITERIA, Zone.DETERMINATION}),
    Zone.CONTACTS: frozenset(
        {Zone.BODY, Zone.RATIONALE, Zone.CRITERIA, Zone.DETERMINATION, Zone.REQUEST, Zone.SIGNATURE}
    ),
}
"""What a sentence of a zone may change: boilerplate stays boilerplate, rights are never read as reasons."""
_TOLD = frozenset({Zone.RIGHTS, Zone.DETERMINATION})
_OFFERS = frozenset({"may", "can", "must", "if", "within", "right", "please", "deadline", "should", "will"})
"""A sentence of a remedy without one of these tells of one that was used: after the peer-to-peer it is denied."""
_COMPLAINS = frozenset({"grievance", "grievances", "complaint", "complaints"})
"""Who may be complained to, where a paragraph speaks of civil rights; the decision is not what it is about."""
_SHORT = 60
_HEADING_WORDS = 12
_FEW = 2
_HEAD = frozenset({Zone.LETTERHEAD, Zone.ADDRESS})
_NUMBERS = frozenset({Zone.ADDRESS, Zone.REFERENCE})
_NARROW_LINES, _NARROW_WORDS = 5, 6
"""Over so many lines a sentence of a column ends, and with so many words it begins."""
_OF_DESKS = frozenset({Zone.RIGHTS, Zone.CONTACTS, Zone.REQUEST})
_DESK = re.compile(
    r"\b(?:departments?|dept|units?|offices?|divisions?|teams?|cent(?:er|re)|desk|services|section|bureau|operations)\b",
    re.IGNORECASE,
)
_RANK = (Zone.BOILERPLATE, Zone.RIGHTS, Zone.DETERMINATION, Zone.REQUEST, Zone.RATIONALE, Zone.CONTACTS)


@dataclass(frozen=True, slots=True)
class Opening:
    """A heading of a line; ``alone`` is False where the line goes on after it (``Reason for denial: ...``)."""

    zone: Zone
    alone: bool
    aside: bool = False
    """Whether it heads one section among others, so that the next line like a heading ends it."""


def zoned(reading: Reading, *, knowledge: Knowledge, matchers: Mapping[Subject, PhraseMatcher]) -> Reading:
    """The reading with the zone of every line and of every sentence set."""
    zones = {entry.id: entry.zone for entry in knowledge.zones}
    entries = {entry.id: entry for entry in knowledge.zones}
    openings, parts = _openings(reading, matchers[Subject.ZONE_HEADING], entries)
    lines = after_closing(_by_place(reading.lines, openings), headings=openings, parts=parts)
    starts = reading.starts
    final = [line.zone for line in lines]
    sentences: dict[int, Zone] = {}
    words = words_of(reading.doc)
    carried: Zone | None = None
    in_list = False
    for sentence, said in _said(reading.doc, matchers[Subject.ZONE_SENTENCE], zones):
        text = sentence.text.strip()
        if not text:
            carried = carried if in_list else None
            continue
        start, end = content_span(reading.prose, sentence.start_char, sentence.end_char)
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 2)) - 1
        stands, heads = lines[first].zone, first in openings and openings[first].alone
        if said >= _TOLD and _OFFERS.isdisjoint(words[sentence.start : sentence.end]):
            said -= {Zone.RIGHTS}
        if carried is Zone.BOILERPLATE and not _COMPLAINS.isdisjoint(words[sentence.start : sentence.end]):
            said -= {Zone.RIGHTS}
        chosen = stands if heads else _shown(stands, said=said, carried=carried)
        # An offer that ends in a colon goes on in the short lines under it, an address or a list of numbers.
        in_list = text.endswith(":") or (carried is not None and len(text) < _SHORT and "\n" in sentence.text)
        moved = chosen in (Zone.RIGHTS, Zone.BOILERPLATE) and chosen is not stands
        carried = chosen if moved and (in_list or "\n" not in sentence.text) else None
        sentences[sentence.start] = chosen
        if chosen is not stands and first not in openings:
            final[first : last + 1] = [chosen] * (last + 1 - first)
    done = tuple(line.in_zone(zone) for line, zone in zip(lines, final, strict=True))
    return replace(reading, lines=done, sentence_zones=sentences)


def _shown(stands: Zone, *, said: frozenset[Zone], carried: Zone | None) -> Zone:
    """The zone of a sentence that stands in one, says some and follows a paragraph's earlier sentence in another."""
    for zone in _RANK:
        if zone in said and stands in _OVERRIDES[zone]:
            return zone
    return carried if carried and stands in _OVERRIDES[carried] else stands


def _openings(
    reading: Reading, matcher: PhraseMatcher, entries: Mapping[str, ZoneEntry]
) -> tuple[dict[int, Opening], dict[int, After]]:
    """Line number -> the zone that its heading opens, and -> what it begins if it stands after the signature.

    A heading begins its line, behind a number or "Attachment B -", and stands alone or before a colon.
    """
    found: dict[int, Opening] = {}
    parts: dict[int, After] = {}
    starts = reading.starts
    length: dict[int, int] = {}
    for entry, span in matcher(reading.doc):
        start, end = content_span(reading.prose, span.start_char, span.end_char)
        number = bisect_right(starts, start) - 1
        line = reading.lines[number]
        before, after = line.text[: start - line.start], line.text[end - line.start :]
        if end > line.end or not _begins(reading, span) or re.search(r"\w", _NUMBERED.sub("", before)):
            continue
        part = entries[entry].after
        if part is not None:
            if _PARTED.match(after) and parts.get(number) is not After.EXHIBIT:
                parts[number] = part
            continue
        if length.get(number, 0) >= len(span):
            continue
        rest = after.strip(" \t*_#=?:-!.)(")
        labelled = bool(re.match(r"[\s*_]*[:?]", after))
        alone = not rest or (is_titled(line.text) and len(rest) <= 0.6 * len(span.text))
        if alone or (labelled and len(span) > 1 and is_titled(span.text)):
            found[number] = Opening(entries[entry].zone, alone, aside=entries[entry].aside)
            length[number] = len(span)
    return found, parts


def _begins(reading: Reading, span: Span) -> bool:
    """Whether only signs stand between the beginning of the paragraph and the span."""
    before = reading.prose.text[max(0, span.start_char - _LEAD) : span.start_char]
    return not re.search(r"\w", _NUMBERED.sub("", before.rpartition("\n")[2]))


def _by_place(lines: tuple[Line, ...], openings: Mapping[int, Opening]) -> tuple[Line, ...]:
    repeated = _repeated(lines)
    zone, body, seen_date, out = Zone.LETTERHEAD, False, False, []
    aside = False
    for number, line in enumerate(lines):
        text = line.text.strip()
        here = zone
        opening = openings.get(number)
        if FAX_HEADER.match(text):
            here = Zone.BOILERPLATE
        elif not text or _FOOTER.fullmatch(text) or text in repeated:
            here = Zone.BOILERPLATE if text and body else zone
        elif opening and _opens(text, opening, zone, body=body):
            here = zone = opening.zone
            aside = opening.aside
            body = body or opening.zone is not Zone.REFERENCE
        elif aside and zone is Zone.BOILERPLATE and _looks_like_heading(lines, number):
            here = zone = Zone.BODY
        elif GREETING.match(text) and zone is not Zone.BOILERPLATE:
            here, zone, body = Zone.GREETING, Zone.BODY, True
        elif CLOSING.fullmatch(text):
            here = zone = Zone.SIGNATURE
            body = True
        elif _is_row(line):
            here = Zone.TABLE
        elif not body:
            here = zone = _front(text, line, zone, seen_date)
            if zone in _NUMBERS and _is_narrow(lines, number):
                here = zone = Zone.BODY
            body = zone is Zone.BODY
            seen_date = seen_date or bool(_DATE_LINE.fullmatch(text))
        out.append(line.in_zone(here))
    return tuple(out)


def _looks_like_heading(lines: tuple[Line, ...], number: int) -> bool:
    """Whether a short line without an end follows a line that ended, and stands over running text."""
    text, before = lines[number].text.strip(), lines[number - 1].text.strip()
    if before[-1:] not in ("", ".", "!", "?") or len(text.split()) > _HEADING_WORDS or len(text) > _SHORT:
        return False
    following = [line.text.strip() for line in lines[number + 1 : number + 3]]
    ends = text[-1].isalpha() or text[-1] in ":?"
    return text[0].isupper() and ends and any(len(one) > len(text) for one in following if one)


def _opens(text: str, opening: Opening, zone: Zone, *, body: bool) -> bool:
    """Whether a heading opens a part of the letter: it is no desk of the sender, and no label above the text."""
    if _is_sender(text, opening, zone) or (zone is Zone.BOILERPLATE and not opening.alone):
        return False
    return body or not _is_label(text, opening)


def _is_sender(text: str, opening: Opening, zone: Zone) -> bool:
    """Whether a line of the letterhead names a desk of the sender: "Grievance and Appeals Department"."""
    return zone in _HEAD and opening.zone in _OF_DESKS and bool(_DESK.search(text))


def _is_label(text: str, opening: Opening) -> bool:
    """Whether a heading of a desk is the label of a name: "Independent Review Organization: Alder IRO, Inc."."""
    named = sum(word.islower() for word in text.partition(":")[2].split()) < _FEW
    return opening.zone in _OF_DESKS and not opening.alone and len(text) < _SHORT and named and text[-1] not in ":?!,"


def _front(text: str, line: Line, zone: Zone, seen_date: bool) -> Zone:
    """The zone of a line above the body: letterhead, then address, then the block of numbers."""
    if _DATE_LINE.fullmatch(text):
        return Zone.ADDRESS if zone is Zone.LETTERHEAD else zone
    if _PLACE.search(text):
        return zone if zone is Zone.LETTERHEAD else Zone.ADDRESS
    phone = re.search(r"\b(?:phone|fax|tel|www|http)", text, re.IGNORECASE)
    if (_LABEL.match(text) or len(line.cells) > 1) and not phone:
        return Zone.REFERENCE
    if zone is Zone.LETTERHEAD and not seen_date:
        prose_like = len(text) >= 60 and (text[-1] in ".,;" or _runs_on(text)) and not text.istitle()
        return Zone.BODY if prose_like else Zone.LETTERHEAD
    if len(text) >= 60 and not is_titled(text):
        return Zone.BODY
    return zone


def _runs_on(text: str) -> bool:
    """Whether a line is running text: many words in small letters, and a sentence that ends in it."""
    return _STOP.search(text) is not None and sum(word.islower() for word in text.split()) >= _SMALL_WORDS


def _is_narrow(lines: tuple[Line, ...], number: int) -> bool:
    """Whether running text begins in a line too short to tell by its length: a sentence over lines of a column."""
    if len(lines[number].cells) != 1 or _LABEL.match(lines[number].text):
        return False
    first, *more = [line.text.strip() for line in lines[number : number + _NARROW_LINES]]
    words = first.split()
    if not first[:1].isupper() or len(words) < _NARROW_WORDS or sum(word.islower() for word in words) * 2 < len(words):
        return False
    for text in more:
        if not text or (text is more[0] and not text[0].islower()):
            return False
        if text.endswith(".") or _STOP.search(text):
            return True
    return False


def _repeated(lines: tuple[Line, ...]) -> frozenset[str]:
    """Lines that stand on several pages, as heads and feet do."""
    pages = {(line.page, line.text.strip()) for line in lines if len(line.text.strip()) > 3}
    counts = Counter(text for _, text in pages)
    total = len({line.page for line in lines})
    return frozenset(
        text for text, count in counts.items() if count > 1 and count >= total - 1 and not text.endswith(":")
    )


def _is_row(line: Line) -> bool:
    cells = [c.text for c in line.cells]
    return (len(cells) >= 3 and sum(bool(_MONEY_OR_CODE.match(c)) for c in cells) >= 2) or len(cells) >= 5


def _said(doc: Doc, matcher: PhraseMatcher, zones: Mapping[str, Zone]) -> Iterator[tuple[Sentence, frozenset[Zone]]]:
    hits = sorted((span.start, zones[entry]) for entry, span in matcher(doc))
    place = 0
    for sentence in sentences_of(doc):
        said = set()
        while place < len(hits) and hits[place][0] < sentence.end:
            said.add(hits[place][1])
            place += 1
        yield sentence, frozenset(said)
