"""The day of a letter where no label tells it: a date line, a day on top or at the end, or told by a sentence."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.candidates import Candidate
from pipeline.extract.grid import aligned
from pipeline.extract.labels.labelled import Labelled
from pipeline.extract.labels.words import LabelPattern
from pipeline.extract.shapes import Found, dates
from pipeline.knowledge import Knowledge
from pipeline.knowledge.roles import SOMETHING_ELSE
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import Cell, Line, zone_of
from pipeline.language.sentences import sentences_of
from pipeline.language.zones import Zone

TOP_LINES, _FIRST_LINES, _HEAD_LINES = 30, 4, 10
_CELLS_OF_A_ROW = 4
"""A line of so many cells is a row of a table."""
_CELLS_OF_A_PAIR = 2
_OF_NOTICE = 0.86
_NOTICE_OF = re.compile(
    r"(?<!your )(?<!our )(?<!earlier )(?<!first )(?<!the )(?<!a )\b(?:notice|letter|message|statement)"
    r" (?:of|dated|sent|mailed|from)[\s:*_]*$",
    re.IGNORECASE,
)
_RUNNING = 60
_WORDS_OF_A_HEADING = 6
OTHER_DATES = frozenset(
    {"request_received_date", "decision_date", "date_of_birth", "dates_of_service", "other", "authorizations"}
)
_STAMP = re.compile(r"\brec(?:eiv|'?v)e?d\b", re.IGNORECASE)
_FAX_HEADER = re.compile(r"\b(?:fax|page|pg|p\.(?!\s?o\b))\b.*\d|\bfrom:.*\bto:|\d{1,2}:\d{2}", re.IGNORECASE)
_TIME = re.compile(r"\d:\d\d|\bpage\b|\bfrom\b", re.IGNORECASE)
_IN_COLUMN = 0.15
STANDS_FOR, _GUESSED_ON_TOP, _BESIDE_OUTCOME = 0.7, 0.6, 0.8
_LABEL_END = re.compile(r":|\s{2,}|\.{3,}")
_SMALL_WORDS = re.compile(r"(?:\b(?:of|on|from|made|is|was|the)\b|[\s:.,*_|–-])+$")
_TOLD = 0.55
_WE_DID = re.compile(
    r"(?:\b(?:we|our|this|the (?:plan|board|reviewer|committee))\b[^.;:]{0,60})?"
    r"\b(?:decided|denied|declined|determined|issued|mailed|dated|signed|decision|determination|notice)(?:\s+(?:this|it|here))?$",
    re.IGNORECASE,
)
_DATED = re.compile(r"^(?P<of>.*)\b(?:dated|dtd)\W*$", re.IGNORECASE | re.DOTALL)
_THIS_LETTER = re.compile(
    r"\b(?:(?:this|the)\s+(?:\w+\s+)?)?(?:letter|notice|report|statement|determination|decision)(?:\s+is)?,?\s*$",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"\b(?:your|you|earlier|first|previous|prior|original|initial|appeal\w*|claim|bill|payment|remittance|remit)\b",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(r"\b(?:your|earlier|previous|prior|original)\s+\w+$", re.IGNORECASE)
"""Whose paper it is that a day is said of: "your notice"."""
_PORTAL = re.compile(r"\b(?:from|portal|view\w*|download\w*|access\w*|login|www|https?)\b|\d:\d\d", re.IGNORECASE)
_PAYMENT = re.compile(r"(?:check|payment|paid|eft|remit(?:tance)?) date|date paid|paid on")
_PAID_ON = re.compile(
    r"(?<!previously )(?<!originally )\b(?:paid|payment|check|eft|remit(?:tance)?)(?: (?:date|on|of|issued))?[\s:]*$",
    re.IGNORECASE,
)
_DAY_OF = re.compile(r"\b(?:date|day|when|on)\b", re.IGNORECASE)
_DEAR = re.compile(r"\s*dear\b", re.IGNORECASE)
_FAX = re.compile(r"\bfax\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_ALONE = re.compile(r"[\s,.*_]*(?:(?:[-–—|/(]|via\b|by\b)[^\d]{0,40})?$", re.IGNORECASE)
_FIELD = re.compile(r"\W*[A-Z][A-Za-z#./()' -]{3,40}:\s*\S")
"""A label with its value, whole in its cell: what stands beside it is not of its row."""
_ONE_NUMBER = re.compile(r"[\s#.]+(?!\d{1,2}/)[A-Z0-9-]*\d[A-Z0-9-]{3,}")
_IN_LETTERHEAD = re.compile(
    r"\b(?:fax|phone|tel(?:ephone)?|box|suite|toll[- ]free|call)\b.*\d|\b[A-Z]{2},? \d{5}\b|^\W*\d+ [A-Z]\w+ \w+",
    re.IGNORECASE,
)
"""A number or an address of the sender: a day beside it may be that of the letter."""
_UNFINISHED = re.compile(
    r"(?:\b(?:[a-z]{1,3}|from|dated?|since|until|through|before|after|between|starting|beginning|ending)|,|-)$"
)
_DOT_BEFORE = re.compile(r"\s[·•|*–—]\s*$")
_DOT_BEHIND = re.compile(r"\s*[·•|*–—]\s")
_TOWN = re.compile(r"(?:[A-Z][a-z]+\.?[ -]){0,2}[A-Z][a-z]+(?:, [A-Z]{2})?,")
"""A town before the day: "Providence, March 3, 2026"."""


def dates_another(before: str) -> bool:
    """Whether the words before a day end with "dated", said of anything but this letter."""
    said = _DATED.search(before)
    return said is not None and bool(said["of"].strip(" *_")) and not _THIS_LETTER.search(said["of"])


def beside_outcome(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The day behind an outcome that fills its cell: "Denied, 05/07/2026"."""
    for line in reading.lines:
        for cell in line.cells:
            hit = next(dates(cell.text), None)
            said = _LABEL_END.split(cell.text[: hit[1]])[-1] if hit else ""
            if hit and knowledge.outcome_words.outcome(re.sub(r"[\s,(–-]+(?:on)?\s*$", "", said)):
                yield Candidate(
                    value=hit[0], start=cell.start + hit[1], end=cell.start + hit[2], support=_BESIDE_OUTCOME,
                    rule="field.decision_date.outcome",
                )  # fmt: skip


def on_top(reading: Reading, knowledge: Knowledge, *, printed: bool = False) -> Iterator[Candidate]:
    """A day near the top that no label and no word makes anything else, where the letter has no date line.

    ``printed``: the day on which a paper says it was printed, where it names no other; none that a portal's page gives.
    """
    roles = knowledge.date_roles
    words = roles.printed if printed else roles.letter
    for line in reading.lines[:TOP_LINES]:
        posted = words.opens(line.text) and not _FAX.search(line.text)  # with its hour, as on a page of messages
        if (_FAX_HEADER.search(line.text) and not posted) or _STAMP.search(line.text):
            continue
        if _PORTAL.search(line.text) if printed else roles.printed.found_in(line.text):
            continue
        for cell in line.cells:
            hit = next(dates(cell.text), None)
            if hit and hit[1] > _RUNNING:
                continue  # far into a sentence
            before = _SMALL_WORDS.sub("", cell.text[: hit[1]]) if hit else ""
            if dates_another(before) or _ANOTHERS.search(before):
                continue
            on_head = line.number < _FIRST_LINES and len(line.cells) < _CELLS_OF_A_ROW
            heads = on_head and not printed and hit and not cell.text[hit[2] :].strip(" *_")
            heads = bool(heads and _may_head(before, knowledge)) or (on_head and not printed and _parted(cell, hit))
            if hit and (words.last_in(before) == len(before) or heads):
                yield Candidate(
                    value=hit[0], start=cell.start + hit[1], end=cell.start + hit[2], support=_GUESSED_ON_TOP,
                    rule="field.letter_date.top",
                )  # fmt: skip


def paid(reading: Reading, others: Sequence[Labelled]) -> Iterator[Candidate]:
    """The day of the check or payment with which a remittance comes, where it bears no other."""
    for label in others:
        first = first_date(reading, label) if _PAYMENT.fullmatch(label.label) else None
        if first is not None:
            yield Candidate(
                value=first[0], start=label.start + first[1], end=label.start + first[2], support=_TOLD,
                rule="field.letter_date.payment",
            )  # fmt: skip
    for line in reading.lines[:_FIRST_LINES]:
        for cell in line.cells if len(line.cells) < _CELLS_OF_A_ROW else ():
            for value, start, end in dates(cell.text):
                if _PAID_ON.search(cell.text[:start]):
                    yield Candidate(
                        value=value, start=cell.start + start, end=cell.start + end, support=_TOLD,
                        rule="field.letter_date.payment",
                    )  # fmt: skip


def _parted(cell: Cell, hit: Found | None) -> bool:
    """Whether a day is one of the pieces of a line that dots or strokes part: "Elm Health · April 9, 2026 · for"."""
    if hit is None:
        return False
    return bool(_DOT_BEFORE.search(cell.text[: hit[1]]) and _DOT_BEHIND.match(cell.text, hit[2]))


def _may_head(before: str, knowledge: Knowledge) -> bool:
    """Whether nothing stands before a day on top, or no more than a paper's heading: "Claim result - 5/3/26"."""
    if not before:
        return True
    other = knowledge.date_roles.something_else.last_in(before) == len(before)
    short = len(before.split()) <= _WORDS_OF_A_HEADING and not any(ch.isdigit() for ch in before)
    return short and not other and knowledge.name_words.title.found_in(before)


def told_day(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The day on which a sentence says the payer decided or wrote, and a day alone under the closing or at the end."""
    for sentence in sentences_of(reading.doc):
        zone = zone_of(reading, sentence)
        for value, start, end in dates(sentence.text) if zone is not Zone.BOILERPLATE else ():
            before = _SMALL_WORDS.sub("", sentence.text[:start])
            below = zone is Zone.SIGNATURE or not reading.prose.text[sentence.end_char :].strip()
            alone = below and not before and _ALONE.match(sentence.text[end:])
            told = _WE_DID.search(before) and not _YOURS.search(before)
            if alone or (told and not dates_another(before)):
                base = sentence.start_char
                first, last = content_span(reading.prose, base + start, base + end)
                yield Candidate(
                    value=value, start=first, end=last, support=_TOLD, rule="field.letter_date.told"
                )  # fmt: skip


def placed(reading: Reading, knowledge: Knowledge, known: LabelPattern) -> Iterator[Candidate]:
    """A date that stands alone in its cell above the salutation: the date line, the first rather than later ones."""
    support = 0.94
    for line in reading.lines[: TOP_LINES * 2]:
        if _DEAR.match(line.text) or line.number > TOP_LINES:
            return
        for cell in line.cells:
            hit = next(dates(cell.text), None)
            beside = [c.text for c in line.cells if c is not cell]
            if any(
                re.search(r"\d|[:.]\s*$", text) and not (_IN_LETTERHEAD.search(text) or _is_field(text, known))
                for text in beside
            ) or _beside_its_label(reading, line, cell, known, knowledge):
                continue  # a row of a table, or the value of a label
            if _goes_on_from(reading, line):
                continue  # the end of a sentence that a wrap left alone
            before = cell.text[: hit[1]].strip(" *_") if hit else ""
            placed = not before or _TOWN.fullmatch(before)
            if hit and placed and _ALONE.match(cell.text[hit[2] :]):
                headed = any(_IN_LETTERHEAD.search(text) for text in beside) and not _TIME.search(line.text)
                stamped = (_FAX_HEADER.search(line.text) and not headed) or _STAMP.search(line.text)
                yield Candidate(
                    value=hit[0], start=cell.start + hit[1], end=cell.start + hit[2],
                    support=support - (_IN_COLUMN if _in_column(reading, line, cell) else 0.0),
                    rule="field.letter_date.date_line",
                    against="it stands in a fax header or a received stamp" if stamped else None,
                )  # fmt: skip
                support -= 0.0 if stamped else 0.08


def _is_field(text: str, known: LabelPattern) -> bool:
    """Whether a cell is a label with its value: "Case: 4471", "File 4471-B"."""
    label = known.pattern.match(text)
    return bool(_FIELD.match(text) or (label and _ONE_NUMBER.fullmatch(text[label.end() :])))


def _beside_its_label(reading: Reading, line: Line, cell: Cell, known: LabelPattern, knowledge: Knowledge) -> bool:
    """Whether a cell of the line is the label of another date, which does not stand below that label."""
    elsewhere = next(role for role in knowledge.label_roles if role.id == SOMETHING_ELSE)
    for other in line.cells:
        hit = known.whole(other.text) if other is not cell else None
        if hit is None and other is not cell and _DAY_OF.search(other.text) and elsewhere.meant_by(other.text):
            return True  # "Date of injury"
        if hit is not None and any(a.field in OTHER_DATES for a in known.announced(hit)):
            below = aligned(reading, line, other, next_only=True)
            return below is None or next(dates(below.text), None) is None
    return False


def first_date(reading: Reading, label: Labelled) -> Found | None:
    """The date at the very start of a label's value; a weekday may stand before it."""
    text = reading.text.content[label.start : label.end]
    bare = label.recorded or label.label.endswith("date")
    first = next(dates(text), None) or (_without_marks(text) if bare else None)
    return None if first is None or _WEEKDAY.sub("", text[: first[1]]).strip(" *_:(,.") else first


def _without_marks(text: str) -> Found | None:
    """The day of a record, a segment or a remittance: ``20260320``."""
    hit = re.match(r"\s*(20\d\d)(\d\d)(\d\d)(?!\w)", text)
    return next(((day, hit.start(1), hit.end()) for day, _, _ in dates("-".join(hit.groups()))), None) if hit else None


def _in_column(reading: Reading, line: Line, cell: Cell) -> bool:
    """Whether a cell stands under one of the same column, beside what may be labels: a table of values."""
    above = reading.lines[line.number - 1] if line.number else None
    if above is None or len(line.cells) < _CELLS_OF_A_PAIR or cell is line.cells[0]:
        return False
    ruled = "|" in line.text and "|" in above.text and len(above.cells) == len(line.cells)
    return ruled or any(abs(c.left - cell.left) < 1 for c in above.cells[1:])


def of_notice(reading: Reading) -> Iterator[Candidate]:
    """The day near the top of which a paper says that it is the notice: "Elm Health, Dover. Notice of 9 April 2026"."""
    for line in reading.lines[:_HEAD_LINES]:
        for value, start, end in dates(line.text):
            if _NOTICE_OF.search(line.text[:start]):
                yield Candidate(
                    value=value, start=line.start + start, end=line.start + end, support=_OF_NOTICE,
                    rule="field.letter_date.of_notice",
                )  # fmt: skip


def _goes_on_from(reading: Reading, line: Line) -> bool:
    """Whether the line above is running text that this line goes on from: its last word is a small one."""
    above = reading.lines[line.number - 1] if line.number else None
    if above is None or len(above.cells) != 1 or len(above.text.strip()) <= _RUNNING:
        return False
    return bool(_UNFINISHED.search(above.text.rstrip()) or line.text.rstrip().endswith("."))
