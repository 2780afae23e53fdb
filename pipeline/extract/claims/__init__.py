"""Claims and their service lines, where the letter prints them as a table."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.extract.candidates import Candidate, same_value
from pipeline.extract.claims.lines import Row, Span, read_row, remarks_of, totals_of
from pipeline.extract.claims.table import Column, Heading, heading_at
from pipeline.extract.grid import columns
from pipeline.extract.identifiers import credible_identifier
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.shapes import identifier, person
from pipeline.language import Language, Reading
from pipeline.language.reading import Line
from pipeline.values.letter import ClaimEntry

_IDENTITY = ("claim_number", "patient_account_number", "member_id", "member_name")
_DEPTH = 30
_TABLE_SUPPORT, _SUM_SUPPORT, _ALL_REFUSED_SUPPORT = 0.9, 0.8, 0.78
_LIST_LINE = re.compile(r"^\s*(?:line\s*)?\d{0,2}\s*[A-Z]?\d{4}", re.IGNORECASE)
# A list of lines without a heading: its one amount is the charge.
_NO_HEADING = Heading(columns=(Column(id="billed", label="", left=0.0, right=0.0),), last=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTables:
    """What the tables say: the claims, candidates for totals by field, days of service, and unlabelled ids.

    ``rows`` are the numbers of the lines that hold service lines. ``owed`` are the indexes of the service lines,
    over all claims, of which the patient shall pay something.
    """

    claims: tuple[ClaimEntry, ...] = ()
    totals: tuple[tuple[str, Candidate], ...] = ()
    days: tuple[Span, ...] = ()
    identifiers: tuple[tuple[str, Candidate], ...] = ()
    rows: frozenset[int] = frozenset()
    owed: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Claim:
    """A claim while its rows are read."""

    identity: dict[str, str]
    rows: list[Row] = field(default_factory=list)


def find_claims(reading: Reading, language: Language, labels: Mapping[str, Sequence[Labelled]]) -> ClaimTables:
    """The claims of the letter that have lines, in order of place, and what their tables say of the whole letter."""
    announced = _announced(labels, language)
    totals: list[dict[str, Span]] = []
    claims: list[_Claim] = []
    heading: Heading | None = None
    begun, last_row = 0, 0
    for line in reading.lines:
        inside = heading is not None and line.number <= heading.last
        found = heading_at(reading, line, language.knowledge.claim_columns) if line.cells and not inside else None
        if found is not None:
            heading, begun = found, line.number
            last_row = last_row if claims else 0
        if heading is None or line.number <= heading.last or line.number > max(begun, last_row) + _DEPTH:
            continue
        row = read_row(reading, line, heading)
        if row is not None and _is_row(reading, line):
            identity = _identity(announced, after=last_row if claims else -1, before=line.number)
            _add(claims, row, identity)
            last_row = line.number
        elif claims and (more := remarks_of(line)):
            claims[-1].rows[-1] = _with_remarks(claims[-1].rows[-1], more)
        elif claims and (found_totals := totals_of(reading, line, heading)):
            totals.append(found_totals)
    if not claims:
        claims = _listed(reading, announced)
    rows = [row for claim in claims for row in claim.rows]
    return ClaimTables(
        claims=tuple(_entry(claim) for claim in claims),
        totals=tuple(_totals(claims, totals)),
        days=tuple(day for row in rows for day in row.dates),
        identifiers=tuple(_under_name(reading, labels)),
        rows=frozenset(row.number for row in rows),
        owed=frozenset(place for place, row in enumerate(rows) if _patient_owes(row)),
    )


def _patient_owes(row: Row) -> bool:
    span = dict(row.amounts).get("patient")
    return span is not None and Decimal(span[0]) > 0


def _is_row(reading: Reading, line: Line) -> bool:
    """Whether a line is set as a row of a table and not as running text."""
    words = re.findall(r"\b[a-z]{3,}\b", line.text)
    return len(columns(reading, line)) >= 3 or (len(words) <= 3 and not line.text.rstrip().endswith("."))


def _add(claims: list[_Claim], row: Row, identity: dict[str, str]) -> None:
    """The row to its claim: a new one where the rows before it are followed by the identity of another claim."""
    if claims and not _differs(claims[-1].identity, identity):
        claims[-1].rows.append(row)
        return
    claims.append(_Claim(identity, [row]))


def _differs(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether an identity is another claim's: its number decides, else the patient's."""
    for name in ("claim_number", "member_id", "member_name", "patient_account_number"):
        if name in one and name in other:
            return same_value(one[name]) != same_value(other[name])
    return False


def _announced(labels: Mapping[str, Sequence[Labelled]], language: Language) -> list[tuple[int, str, str]]:
    """The parts of claims' identities that labels announce: line number, field, value."""
    out = []
    for name in _IDENTITY:
        for label in labels.get(name, ()):
            text = label.line.text[max(0, label.start - label.line.start) : label.end - label.line.start]
            found = person(text, language.knowledge.name_words) if name == "member_name" else identifier(text)
            if found and (name == "member_name" or credible_identifier(label, found)):
                out.append((label.line.number, name, found[0]))
    return out


def _identity(announced: Sequence[tuple[int, str, str]], *, after: int, before: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, name, value in announced:
        if after < number <= before:
            found.setdefault(name, value)
    return found


def _with_remarks(row: Row, more: tuple[str, ...]) -> Row:
    return replace(row, line=replace(row.line, rarc=tuple(dict.fromkeys((*row.line.rarc, *more)))))


def _entry(claim: _Claim) -> ClaimEntry:
    return ClaimEntry(
        claim_number=claim.identity.get("claim_number"),
        patient_account_number=claim.identity.get("patient_account_number"),
        member_id=claim.identity.get("member_id"),
        member_name=claim.identity.get("member_name"),
        lines=tuple(row.line for row in claim.rows),
    )


def _listed(reading: Reading, announced: Sequence[tuple[int, str, str]]) -> list[_Claim]:
    """Lines of a claim that are listed without a heading: a code, one amount, and an adjustment or a refusal."""
    claim = _Claim(_identity(announced, after=-1, before=len(reading.lines)))
    for line in reading.lines:
        if not _LIST_LINE.match(line.text):
            continue
        row = read_row(reading, line, _NO_HEADING)
        if row is None or len(row.amounts) != 1 or not _is_row(reading, line):
            continue
        if row.line.adjustments or row.line.outcome:
            claim.rows.append(row)
    return [claim] if claim.rows else []


def _totals(claims: Sequence[_Claim], printed: Sequence[Mapping[str, Span]]) -> Iterator[tuple[str, Candidate]]:
    """Candidates for the letter's totals: a row of totals, else the sum of all lines of a single claim."""
    rows = [row for claim in claims for row in claim.rows]
    if not rows:
        return
    for name, span in _printed_totals(claims, printed):
        if not Decimal(span[0]):
            continue
        yield name, _candidate(span, support=_TABLE_SUPPORT, rule=f"claims.{name}.total")
    if len(claims) == 1 and not printed:
        for name in ("billed", "denied"):
            if summed := _sum(rows, name):
                yield f"{name}_amount", _candidate(summed, support=_SUM_SUPPORT, rule=f"claims.{name}_amount.sum")
    if all(row.refused for row in rows) and (len(claims) == 1 or len(printed) == 1):
        whole = next((t["billed"] for t in reversed(printed) if "billed" in t), None) or _sum(rows, "billed")
        if whole:
            yield (
                "denied_amount",
                _candidate(whole, support=_ALL_REFUSED_SUPPORT, rule="claims.denied_amount.all_lines"),
            )


def _candidate(span: Span, *, support: float, rule: str) -> Candidate:
    return Candidate(value=span[0], start=span[1], end=span[2], support=support, rule=rule)


def _printed_totals(claims: Sequence[_Claim], printed: Sequence[Mapping[str, Span]]) -> Iterator[tuple[str, Span]]:
    """The totals row of the letter's one claim, or the one row that several share."""
    if not printed or (len(claims) > 1 and len(printed) > 1):
        return
    for name in ("billed", "denied"):
        if span := printed[0].get(name):
            yield f"{name}_amount", span


def _sum(rows: Sequence[Row], name: str) -> Span | None:
    """The sum of a column over all rows, at the place of its last amount; None where a row has none."""
    spans = [dict(row.amounts).get(name) for row in rows]
    if any(span is None for span in spans):
        return None
    whole = [span for span in spans if span is not None]
    total = sum((Decimal(span[0]) for span in whole), Decimal(0))
    return (str(total), whole[-1][1], whole[-1][2]) if total else None


def _under_name(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> Iterator[tuple[str, Candidate]]:
    """The insured's id of a remittance: alone in the line between the patient's name and the claim's numbers."""
    named = [label.line.number for label in labels.get("member_name", ()) if label.how is How.COLON]
    numbered = {label.line.number for label in labels.get("claim_number", ())}
    for number in named:
        lines = reading.lines[number + 1 : number + 3]
        if len(lines) < 2 or lines[1].number not in numbered or len(lines[0].cells) != 1:
            continue
        cell = lines[0].cells[0]
        value = identifier(cell.text)
        if value and value[2] == len(cell.text):
            yield (
                "member_id",
                _candidate((value[0], cell.start, cell.end), support=0.8, rule="field.member_id.under_name"),
            )
