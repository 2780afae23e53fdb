"""Dates by their role: what a label or their place says, never the latest on the page."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate, backing, choose
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.words import label_pattern
from pipeline.extract.letter_day import (
    OTHER_DATES,
    STANDS_FOR,
    TOP_LINES,
    beside_outcome,
    dates_another,
    first_date,
    of_notice,
    on_top,
    paid,
    placed,
    told_day,
)
from pipeline.extract.service_days import service_days
from pipeline.extract.shapes import Found, dates
from pipeline.knowledge import Knowledge
from pipeline.language import Reading
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding

_FAX, _HOUR = re.compile(r"\bfax\b", re.IGNORECASE), re.compile(r"\d{1,2}:\d{2}")
_DECISION_WORDS = ("determin", "decision", "denial")
_SAID_OF_ANY_DAY = frozenset({"dated", "dtd"})
_FORWARDED = re.compile(r"^\W*(?:forwarded|original|begin forwarded) message\W*$", re.IGNORECASE | re.MULTILINE)
_RECEIVED = re.compile(r"[\s*|]*rec(?:eiv|'?v)e?d\b[\s:|]*(?:[A-Z]{3,9}\.?\s*)?[\w\s,./-]{6,24}[\s*|]*", re.IGNORECASE)


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
    knowledge: Knowledge,
    days: Sequence[Found] = (),
    procedures: Collection[str] = (),
) -> Dates:
    """The dates the letter states.

    ``days`` are the days of service of its tables: ISO date, start, end; ``procedures`` the codes of its services.
    """
    known = label_pattern(knowledge.fields)
    labels = _beside_service({name: _own(reading, hits) for name, hits in labels.items()})
    labels = _when_of_letter(labels)
    claimed = _claimed(reading, labels)
    on_line = [c for c in placed(reading, knowledge, known) if c.start not in claimed]
    decided = [*_labelled(reading, labels, "decision_date"), *beside_outcome(reading, knowledge)]
    labelled = _labelled(reading, labels, "letter_date")
    letter = [*(_against_forwarded(reading, labelled)), *on_line, *of_notice(reading)]
    letter = _against_earlier(letter, choose(reading, decided))
    if not any(c.against is None for c in letter):
        letter += [replace(c, support=STANDS_FOR, rule="field.letter_date.decision") for c in decided]
        letter += [c for c in on_top(reading, knowledge) if c.start not in claimed]
        letter += list(told_day(reading, knowledge)) if not letter else []
        letter += list(on_top(reading, knowledge, printed=True)) if not letter else []
        letter += list(paid(reading, labels.get("other", ()))) if not letter else []
    of_claim = bool(days or labels.get("claim_number") or labels.get("billed_amount"))
    return Dates(
        letter_date=choose(reading, letter),
        received_date=choose(reading, list(_stamped(reading))),
        request_received_date=choose(reading, _labelled(reading, labels, "request_received_date")),
        decision_date=choose(reading, decided),
        date_of_birth=choose(reading, _labelled(reading, labels, "date_of_birth")),
        dates_of_service=service_days(
            reading,
            labels.get("dates_of_service", ()),
            days=days,
            roles=knowledge.date_roles,
            of_claim=of_claim,
            procedures=procedures,
        ),
    )


def _when_of_letter(labels: dict[str, list[Labelled]]) -> dict[str, list[Labelled]]:
    """The labels, a bare "When" made that of the letter where another label tells the service's day."""
    days = labels.get("dates_of_service", [])
    bare = [x for x in days if x.guessed and x.label == "when"]
    told = any(not x.guessed and x.how is not How.INLINE for x in days)
    if not (bare and told) or labels.get("letter_date"):
        return labels
    return {**labels, "letter_date": bare, "dates_of_service": [x for x in days if x not in bare]}


def _beside_service(labels: Mapping[str, list[Labelled]]) -> dict[str, list[Labelled]]:
    """The labels, a bare "Date" in the line beside one of the service made that of the service."""
    services = {x.line.number for x in labels.get("service_description", ()) if x.how is not How.INLINE}
    letter = labels.get("letter_date", [])
    given = [
        x
        for x in letter
        if x.label == "date"
        and (
            (x.how is How.NEXT_CELL and services & _neighbours(x.line.number))
            or (x.how is How.INLINE and not x.opens and x.line.number in services)
        )
    ]
    if not given:
        return dict(labels)
    rest = [x for x in letter if x not in given]
    return {**labels, "letter_date": rest, "dates_of_service": [*labels.get("dates_of_service", ()), *given]}


def _neighbours(number: int) -> set[int]:
    return {number - 1, number + 1}


def _labelled(reading: Reading, labels: Mapping[str, Sequence[Labelled]], name: str) -> list[Candidate]:
    out = []
    for label in labels.get(name, ()):
        first = first_date(reading, label)
        if first is None:
            continue
        support = backing(label)
        if name == "letter_date":
            if label.qualified and " " not in label.label:
                continue  # "Injury date", "Effective date"
            if label.how is How.BELOW and label.label == "date" and len(label.line.cells) > 2:
                continue  # a column of a table
            if label.how is How.INLINE and label.label in _SAID_OF_ANY_DAY and not _of_this_letter(reading, label):
                continue
            support -= 0.1 if _of_decision(label.label) else 0.0
            support += (0.08 if label.opens else -0.12) if label.how is How.INLINE else 0.0
            clear = label.line.number < TOP_LINES and (len(label.label.split()) > 1 or label.how is How.COLON)
            if not clear and label.line.zone in {Zone.BOILERPLATE, Zone.RIGHTS, Zone.TABLE, Zone.SIGNATURE}:
                support -= 0.3
        out.append(
            Candidate(
                value=first[0], start=label.start + first[1], end=label.start + first[2], support=support,
                rule=f"field.{name}.{label.how.name.casefold()}",
            )
        )  # fmt: skip
    return out


def _of_this_letter(reading: Reading, label: Labelled) -> bool:
    """Whether "dated" in running text follows a word for this letter, or opens its cell."""
    before = reading.text.content[label.line.start : label.start].casefold()
    return label.opens or not dates_another(before[: before.rfind(label.label) + len(label.label)])


def _against_earlier(found: Sequence[Candidate], decided: Finding | None) -> list[Candidate]:
    """The candidates, one under a heading with what is against it where it lies before the day of the decision."""
    why = "it lies before the day of the decision"
    told = decided.value if decided and decided.value else ""
    return [replace(c, against=why) if c.rule.endswith(".below") and c.value < told else c for c in found]


def _against_forwarded(reading: Reading, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those in the head of a mail that forwards the letter with what is against them."""
    begins = [hit.end() for hit in _FORWARDED.finditer(reading.text.content)]
    inner = begins[-1] if begins else 0
    why = "it is that of the message that forwards the letter"
    return [replace(c, against=why) if c.start < inner and any(x.start > inner for x in found) else c for c in found]


def _of_decision(label: str) -> bool:
    return any(word in label for word in _DECISION_WORDS) and "letter" not in label and "notice" not in label


def _own(reading: Reading, labels: Sequence[Labelled]) -> list[Labelled]:
    """The labels without the dates of the column beside, where another date stands right under the label."""
    dated = [label for label in labels if first_date(reading, label) is not None]
    below = {(label.line.number, label.label) for label in dated if label.how is How.BELOW}
    return [x for x in labels if x.how is not How.NEXT_CELL or (x.line.number, x.label) not in below]


def _claimed(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> set[int]:
    """Where the dates begin that labels announce as something else than the date of the letter."""
    others = [x for name in OTHER_DATES for x in labels.get(name, ()) if x.how is not How.INLINE]
    return {label.start + first[1] for label in others if (first := first_date(reading, label)) is not None}


def _stamped(reading: Reading) -> Iterator[Candidate]:
    """Our own received stamp, or the header line that a fax machine prints on the first line of a page."""
    for line in reading.lines:
        if line.zone is Zone.BOILERPLATE and _FAX.search(line.text) and _HOUR.search(line.text):
            rule, support = "field.received_date.fax_header", 0.9
        elif _RECEIVED.fullmatch(line.text) and len(line.text) < 40 and line.text.strip().isupper():
            rule, support = "field.received_date.stamp", 0.9
        else:
            continue
        for value, start, end in dates(line.text):
            yield Candidate(value=value, start=line.start + start, end=line.start + end, support=support, rule=rule)
            break
