"""Dates by their role: what a label or their place says, never the latest on the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.candidates import SUPPORT, Candidate, backing, choose
from pipeline.extract.grid import aligned
from pipeline.extract.label_words import LabelPattern
from pipeline.extract.labels import How, Labelled
from pipeline.extract.shapes import Found, dates, days_of_month
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import Cell, Line, finding
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding

_TOP_LINES = 30
_RUNNING = 60
_OTHER_DATES = frozenset(
    {"request_received_date", "decision_date", "date_of_birth", "dates_of_service", "other", "authorizations"}
)
_DECISION_WORDS = ("determin", "decision", "denial")
_STAMP = re.compile(r"\brec(?:eiv|'?v)e?d\b", re.IGNORECASE)
_FAX_HEADER = re.compile(r"\b(?:fax|page|pg|p\.)\b.*\d|\bfrom:.*\bto:|\d{1,2}:\d{2}", re.IGNORECASE)
_RANGE = re.compile(r"^\s*(?:-|–|—|to|thru|through|and|until|/|,|&)\s*$", re.IGNORECASE)
_GIVEN_ON = re.compile(
    r"\b(?:performed|provided|rendered|furnished|given|delivered|administered|done|treated"
    r"|[Ss]ervices? (?:you received|by [^.;]{3,60}?,|on|dated)|date of service(?: of)?"
    r"|visit (?:of|on)|surgery (?:of|on)|treatment (?:of [a-z ]{3,30} )?on)"
    r"(?:,)?\s+(?:to (?:you|the (?:member|patient)) )?(?:on |from |between )?(?=[A-Z]|\d)"
)
_EVENT = re.compile(
    r"\b(?:services?|care|visit|stay|admission|treatments?|procedure|surgery|infusions?|injections?|scan|therapy|session"
    r"|tests?|imaging|units?|had|performed|given|provided|rendered|treated|furnished|administered|claim (?:for|from))\b"
    r"[^.;:]{0,90}?(?:\bon|\bof|\bfrom|\bbetween|,)\s+(?=[A-Z0-9])",
)
_BILLED = re.compile(r"\b(?:claim|bill(?:ed|s|ing)?|charged?|charges|paid|pay|payment)\b", re.IGNORECASE)
_OF_THE_PAYER = re.compile(
    r"\b(?:request(?:ed)?|asked|den(?:y|ied)|decision|letter|notice|approv\w+|authoriz\w+|appeal\w*|submitted|until"
    r"|called|policy|effective|mailed|wrote|received (?:the|your|a|this)|we received|will|before|after|since"
    r"|ran out)\b",
    re.IGNORECASE,
)
"""Words that make a day something else than the day of the service that was billed."""
_TOLD_LOOSELY = 0.7
_TOLD = 0.75
_IN_COLUMN = 0.15
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_ALONE = re.compile(r"[\s,.*_]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Dates of the letter by role, ISO."""

    letter_date: Finding | None = None
    received_date: Finding | None = None
    request_received_date: Finding | None = None
    decision_date: Finding | None = None
    date_of_birth: Finding | None = None
    dates_of_service: tuple[Finding, ...] = ()


def find_dates(
    reading: Reading,
    labels: Mapping[str, Sequence[Labelled]],
    *,
    known: LabelPattern,
    days: Sequence[tuple[str, int, int]] = (),
) -> Dates:
    """The dates the letter states; ``days`` are the days of service of its tables: ISO date, start, end."""
    labels = {name: _own(reading, hits) for name, hits in labels.items()}
    claimed = _claimed(reading, labels)
    placed = [c for c in _placed(reading, known) if c.start not in claimed]
    letter = [*_labelled(reading, labels, "letter_date"), *placed]
    return Dates(
        letter_date=choose(reading, letter),
        received_date=choose(reading, list(_stamped(reading))),
        request_received_date=choose(reading, _labelled(reading, labels, "request_received_date")),
        decision_date=choose(reading, _labelled(reading, labels, "decision_date")),
        date_of_birth=choose(reading, _labelled(reading, labels, "date_of_birth")),
        dates_of_service=_service(reading, labels.get("dates_of_service", ()), days=days),
    )


def _labelled(reading: Reading, labels: Mapping[str, Sequence[Labelled]], name: str) -> list[Candidate]:
    out = []
    for label in labels.get(name, ()):
        first = _first_date(reading, label)
        if first is None:
            continue
        support = backing(label)
        if name == "letter_date":
            if label.qualified and " " not in label.label:
                continue  # "Injury date", "Effective date"
            if label.how is How.BELOW and label.label == "date" and len(label.line.cells) > 2:
                continue  # a column of a table
            support -= 0.1 if _of_decision(label.label) else 0.0
            support += (0.08 if label.opens else -0.12) if label.how is How.INLINE else 0.0
            clear = label.line.number < _TOP_LINES and (len(label.label.split()) > 1 or label.how is How.COLON)
            if not clear and label.line.zone in {Zone.BOILERPLATE, Zone.RIGHTS, Zone.TABLE, Zone.SIGNATURE}:
                support -= 0.3
        out.append(
            Candidate(
                value=first[0], start=label.start + first[1], end=label.start + first[2], support=support,
                rule=f"field.{name}.{label.how.name.casefold()}",
            )
        )  # fmt: skip
    return out


def _of_decision(label: str) -> bool:
    return any(word in label for word in _DECISION_WORDS) and "letter" not in label and "notice" not in label


def _placed(reading: Reading, known: LabelPattern) -> Iterator[Candidate]:
    """A date that stands alone in its cell above the salutation: the date line, the first rather than later ones."""
    support = 0.94
    for line in reading.lines[: _TOP_LINES * 2]:
        if re.match(r"\s*dear\b", line.text, re.IGNORECASE) or line.number > _TOP_LINES:
            return
        for cell in line.cells:
            hit = next(dates(cell.text), None)
            beside = [c.text for c in line.cells if c is not cell]
            if any(re.search(r"\d|[:.]\s*$", text) for text in beside) or _beside_its_label(reading, line, cell, known):
                continue  # a row of a table, or the value of a label
            if _goes_on_from(reading, line):
                continue  # the end of a sentence that a wrap left alone
            if hit and not cell.text[: hit[1]].strip(" *_") and _ALONE.match(cell.text[hit[2] :]):
                stamped = _FAX_HEADER.search(line.text) or _STAMP.search(line.text)
                yield Candidate(
                    value=hit[0], start=cell.start + hit[1], end=cell.start + hit[2],
                    support=support - (_IN_COLUMN if _in_column(reading, line, cell) else 0.0),
                    rule="field.letter_date.date_line",
                    against="it stands in a fax header or a received stamp" if stamped else None,
                )  # fmt: skip
                support -= 0.0 if stamped else 0.08


def _beside_its_label(reading: Reading, line: Line, cell: Cell, known: LabelPattern) -> bool:
    """Whether a cell of the line is the label of another date, which does not stand below that label."""
    for other in line.cells:
        hit = known.whole(other.text) if other is not cell else None
        if hit is not None and any(a.field in _OTHER_DATES for a in known.announced(hit)):
            below = aligned(reading, line, other, next_only=True)
            return below is None or next(dates(below.text), None) is None
    return False


def _own(reading: Reading, labels: Sequence[Labelled]) -> list[Labelled]:
    """The labels without the dates of the column beside, where another date stands right under the label."""
    dated = [label for label in labels if _first_date(reading, label) is not None]
    below = {(label.line.number, label.label) for label in dated if label.how is How.BELOW}
    return [x for x in labels if x.how is not How.NEXT_CELL or (x.line.number, x.label) not in below]


def _first_date(reading: Reading, label: Labelled) -> Found | None:
    """The date at the very start of a label's value; a weekday may stand before it."""
    text = reading.text.content[label.start : label.end]
    first = next(dates(text), None)
    return None if first is None or _WEEKDAY.sub("", text[: first[1]]).strip(" *_:(,.") else first


def _claimed(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> set[int]:
    """Where the dates begin that labels announce as something else than the date of the letter."""
    others = [x for name in _OTHER_DATES for x in labels.get(name, ()) if x.how is not How.INLINE]
    return {label.start + first[1] for label in others if (first := _first_date(reading, label)) is not None}


def _in_column(reading: Reading, line: Line, cell: Cell) -> bool:
    """Whether a cell stands under one of the same column, beside what may be labels: a table of values."""
    above = reading.lines[line.number - 1] if line.number else None
    return len(line.cells) > 1 and above is not None and any(abs(c.left - cell.left) < 1 for c in above.cells[1:])


def _goes_on_from(reading: Reading, line: Line) -> bool:
    """Whether the line above is running text that this line goes on from."""
    above = reading.lines[line.number - 1] if line.number else None
    return above is not None and len(above.cells) == 1 and len(above.text.strip()) > _RUNNING


def _stamped(reading: Reading) -> Iterator[Candidate]:
    """Our own received stamp, or the header line that a fax machine prints on the first line of a page."""
    for line in reading.lines:
        if (
            line.zone is Zone.BOILERPLATE
            and re.search(r"\bfax\b", line.text, re.IGNORECASE)
            and re.search(r"\d{1,2}:\d{2}", line.text)
        ):
            rule, support = "field.received_date.fax_header", 0.9
        elif (
            re.fullmatch(
                r"[\s*|]*rec(?:eiv|'?v)e?d\b[\s:|]*(?:[A-Z]{3,9}\.?\s*)?[\w\s,./-]{6,24}[\s*|]*",
                line.text,
                re.IGNORECASE,
            )
            and len(line.text) < 40
            and line.text.strip().isupper()
        ):
            rule, support = "field.received_date.stamp", 0.9
        else:
            continue
        for value, start, end in dates(line.text):
            yield Candidate(value=value, start=line.start + start, end=line.start + end, support=support, rule=rule)
            break


def _service(
    reading: Reading, labels: Sequence[Labelled], *, days: Sequence[tuple[str, int, int]]
) -> tuple[Finding, ...]:
    """Each date of service once, in order of place; both ends of a range. Labels first, then tables, then prose."""
    return _service_labelled(reading, labels) or _service_listed(reading, days) or _service_told(reading)


def _service_listed(reading: Reading, days: Sequence[tuple[str, int, int]]) -> tuple[Finding, ...]:
    first = {iso: (start, end) for iso, start, end in reversed(days)}
    return tuple(
        finding(
            reading, place, value=iso, rule="field.dates_of_service.table", confidence=SUPPORT[How.BELOW], sure=True
        )
        for iso, place in sorted(first.items(), key=lambda item: item[1])
    )


def _service_told(reading: Reading) -> tuple[Finding, ...]:
    """The day that a sentence says the service was given on, or its range."""
    for sentence in reading.doc.sents:
        for told in _GIVEN_ON.finditer(sentence.text):
            base = sentence.start_char + told.end()
            text = reading.prose.text[base : sentence.end_char]
            found = days_of_month(text) or _run_of_dates(text)
            if found:
                return tuple(
                    finding(
                        reading, content_span(reading.prose, base + start, base + end), value=iso,
                        rule="field.dates_of_service.prose", confidence=_TOLD,
                    )
                    for iso, start, end in {f[0]: f for f in found}.values()
                )  # fmt: skip
    return _service_billed(reading)


def _service_billed(reading: Reading) -> tuple[Finding, ...]:
    """The day, or both ends of a range, of each service that a sentence about a claim or a charge speaks of."""
    spans: dict[str, tuple[int, int]] = {}
    for sentence in reading.doc.sents:
        if not _BILLED.search(sentence.text):
            continue
        for value, start, end in dates(sentence.text):
            leads = [m for m in _EVENT.finditer(sentence.text) if m.end() == start]
            if not leads or _OF_THE_PAYER.search(sentence.text[leads[-1].start() : start]):
                continue
            base = sentence.start_char
            for iso, first, last in _run_of_dates(sentence.text[start:]) or [(value, 0, end - start)]:
                spans.setdefault(iso, content_span(reading.prose, base + start + first, base + start + last))
    return tuple(
        finding(reading, span, value=iso, rule="field.dates_of_service.billed", confidence=_TOLD_LOOSELY)
        for iso, span in spans.items()
    )


def _run_of_dates(text: str) -> list[Found]:
    """The dates at the start of ``text`` that a range or list joins."""
    found: list[Found] = []
    place = 0
    for value, start, end in dates(text):
        between = text[place:start]
        if (place == 0 and between.strip(" *_:(|")) or (place and not _RANGE.match(between)):
            break
        found.append((value, start, end))
        place = end
    return found


def _service_labelled(reading: Reading, labels: Sequence[Labelled]) -> tuple[Finding, ...]:
    spans: dict[str, tuple[int, int, Labelled]] = {}
    for label in labels:
        text = reading.text.content[label.start : label.end]
        for value, start, end in days_of_month(text) or _run_of_dates(text):
            spans.setdefault(value, (label.start + start, label.start + end, label))
    ordered = sorted(spans.items(), key=lambda item: item[1][0])
    return tuple(
        finding(
            reading, (start, end), value=value, rule=f"field.dates_of_service.{label.how.name.casefold()}",
            confidence=backing(label), sure=label.how in {How.COLON, How.NEXT_CELL} and not label.guessed,
        )
        for value, (start, end, label) in ordered
    )  # fmt: skip
