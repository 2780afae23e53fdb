"""Label -> value: in the same cell behind the label, in the next cell, in the cell below, or in running prose."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.extract.grid import across_gap, aligned, beneath_by_place, columns, stacked, under, under_label
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.misread import misread_before, misread_beside
from pipeline.extract.labels.records import Entry, Records, read_records
from pipeline.extract.labels.unlisted import OWN_LABEL, WIDE, misfits, unlisted
from pipeline.extract.labels.words import Announced, LabelPattern, ending_alone, ending_before, label_pattern
from pipeline.knowledge import Knowledge
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line, line_at, page_at
from pipeline.values.text import Method


@dataclass(frozen=True, slots=True)
class _Group:
    """Labels that share one value region, as in "Member ID / Group: 123 / 45"; ``end`` is where the last one ends."""

    hits: tuple[re.Match[str], ...]
    names: tuple[tuple[Announced, ...], ...]
    end: int
    following: int | None


_RECORDS = "records"
_SEPARATOR = re.compile(
    r"(?:\(s\))?(?:\s*\([A-Za-z. ]{2,14}\))?[\s*_\"]*"
    r"(?:\.?[:=]+|;(?=\s*[A-Z]{0,4}-?\d{3})|(?:\s?\.){2,}\s?[:>!]?|\s[-–—]\s)"
    r"[\s*_#:.>|\"“'‘’`]*"
)
_QUOTED = re.compile(r" {1,2}(?P<mark>`|\*\*)(?=[^`*\n]{2,40}(?P=mark))")
"""A value that is set off from its label by marks alone: "Claim `B-2026-0811`", "Group **KV-3**"."""
_ASIDE = re.compile(r"^\s*\([A-Za-z][A-Za-z. /-]{1,24}\)")
"""What a label says in brackets of itself: "Member ID (Medicaid)"."""
_OBJECT = re.compile(r"(?P<key>[A-Za-z][A-Za-z_]{2,30})[\"']?\s*[:=]\s*\{[^{}]*$")
"""The object of a record in which a key stands: ``"provider": {"name": ...``."""
_BOLD_ENDS = re.compile(r"(?:\*\*|__)[ ]+(?=\S)")
_BLANK = re.compile(r"(?:\(s\))?\.?\s*(?:\bis\b|\bof\b|\bwas\b|\bon\b)?[\s(#]*")
_START = re.compile(
    r"^(?:[il|;:.,\d]\s)?(?:(?:NM1|N1|REF|DTM|DTP|CLP|TRN|SVC|PER)(?:\*[A-Z0-9]{1,3}|\d\d)?\s+|\d{1,2}[a-d]?\.?\s+)?"
    r"[\s*•\-–·>#_(\[\"“'‘=~|!/\\}]*(?:re\s*:\s*)?(?:(?:to\s+the|your|our|the|this)\s+)?",
    re.IGNORECASE,
)
_STOP = re.compile(r"\s*(?:;|\||\s[·•](?=\s)|\*\*|`|_{3,}|\s{3,}|[\"']\s*[,}\]])")
_BEFORE = re.compile(
    r"(?:^|[;,|(/\[{•*·>:]|\s{2}|\s[–—-]{1,2}(?=\s)|\band\b|\bfor\b|\bthe\b|\byour\b|\bour\b|\bre\b)[\s*_\"-]*$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"(?:\s[/|·•]|;)\s*$")
"""A mark that parts the pieces of a line: "claim 77 / pt Jane Doe"."""
_SUBJECT = re.compile(r"\W*(?:re|subject|regarding)\b\W", re.IGNORECASE)
_PARTED_IN_SUBJECT = re.compile(r"(?:,|\s[-–—])\s+$")
"""The line of a subject, and marks that part its pieces too: "RE: Jane Doe, case 77451"."""
_QUALIFIER = re.compile(r"[\s*•\-–·>#_(\[\"“:]*(?P<words>[A-Z][A-Za-z&'’-]+(?:[ -][A-Za-z&'’-]+)?)[\s-]+$")
_JOIN = re.compile(r"\s*(?:/|&)\s*")
_PIECES = re.compile(r"\s+/\s+|\s+\|\s+|(?<=\d)/(?=\d{2}-)")
_JUNK = " :.#=*-|_—–~\"“”'`‘’>!°"


def labelled(reading: Reading, knowledge: Knowledge) -> Mapping[str, list[Labelled]]:
    """Every announced value of the letter by field, in order of place."""
    known, roles = label_pattern(knowledge.fields), knowledge.label_roles
    shapes = {field.id: field.shape for field in knowledge.fields}
    found: dict[str, list[Labelled]] = defaultdict(list)
    used: set[int] = set()
    for line in reading.lines:
        cells = columns(reading, line)
        for index, cell in enumerate(cells):
            if cell.start in used:
                continue
            over_lines = _label_over_lines(reading, line, cells, index=index, known=known)
            if over_lines:
                used.add(over_lines[1])
                hits: Iterator[Labelled] = iter(over_lines[0])
            else:
                hits = _in_cell(reading, line, cells, index=index, known=known)
            listed = list(hits)
            # Words before a label that no list has may be the rest of it, misread: "Meinber ID Number".
            if all(
                hit.how is How.INLINE
                or hit.qualified
                or misfits(reading.text.content[hit.start : hit.end], shapes[hit.field])
                for hit in listed
            ):
                listed += _misread(reading, line, cells, index=index, known=known) or unlisted(
                    reading, line, cells, index=index, known=known, roles=roles
                )
            for hit in listed:
                found[hit.field].append(hit)
        for hit in _over_the_wrap(reading, line, known=known):
            found[hit.field].append(hit)
    records = records_of(reading, knowledge)
    for name, all_of in found.items() if records.keyed or records.told else ():
        found[name] = [hit for hit in all_of if not records.tell_of(hit.start)]
    for one in records.entries:
        found[one.field].append(_of_record(reading, one))
    return {name: sorted(hits, key=lambda h: h.start) for name, hits in found.items()}


def records_of(reading: Reading, knowledge: Knowledge) -> Records:
    """The records that a letter prints, worked out once a letter."""
    kept: Records | None = reading.doc.user_data.get(_RECORDS)
    if kept is None:
        kept = read_records(reading.text.content, known=label_pattern(knowledge.fields), roles=knowledge.label_roles)
        reading.doc.user_data[_RECORDS] = kept
    return kept


def _of_record(reading: Reading, one: Entry) -> Labelled:
    return Labelled(
        field=one.field, label=one.label, weak=one.weak, how=How.COLON, start=one.start, end=one.end,
        line=line_at(reading, one.start), guessed=one.guessed, recorded=True,
    )  # fmt: skip


def _misread(
    reading: Reading, line: Line, cells: tuple[Cell, ...], *, index: int, known: LabelPattern
) -> list[Labelled]:
    """What a listed label announces that a scan misread beyond recognition of its letters one by one."""
    cell = cells[index]
    if page_at(reading.text, cell.start).method is Method.TEXT:
        return []
    out = [
        _guess(one.field, cell.text[:start].casefold(), How.COLON, (cell.start + start, cell.end), line)
        for one, start in misread_before(cell.text, known)
    ]
    right = next((c for c in cells[index + 1 :] if _telling(c.text)), None)
    if right:
        lead = len(right.text) - len(right.text.lstrip(_JUNK))
        span, label = (right.start + lead, right.end), cell.text.casefold()
        found = misread_beside(cell.text, right.text, known)
        out += [_guess(one.field, label, How.NEXT_CELL, span, line) for one in found]
    if not out and index == 0 and (below := next(under(reading, line, cell, single=right is None), None)):
        row, value = below
        found = misread_beside(cell.text, value.text, known)
        out = [_guess(one.field, cell.text.casefold(), How.BELOW, (value.start, value.end), row) for one in found]
    return out


def _guess(field: str, label: str, how: How, span: tuple[int, int], line: Line) -> Labelled:
    return Labelled(field=field, label=label, weak=False, how=how, start=span[0], end=span[1], line=line, guessed=True)


def _in_cell(
    reading: Reading, line: Line, cells: tuple[Cell, ...], *, index: int, known: LabelPattern
) -> Iterator[Labelled]:
    cell = cells[index]
    ends_at = -1
    for group in _groups(cell.text, known):
        before = cell.text[: group.hits[0].start()]
        opening = bool(_START.fullmatch(before))
        qualifier = _QUALIFIER.fullmatch(before)
        after = cell.text[group.end :]
        separator = _SEPARATOR.match(after) or _QUOTED.match(after) or (WIDE.match(after) if opening else None)
        if separator and (of_object := _of_object(group, before, known)):
            group = of_object
        if separator is None and before.endswith(("**", "__")):
            separator = _BOLD_ENDS.match(after)  # the label alone is set in bold
        placed = opening or _BEFORE.search(before) or ends_at == group.hits[0].start()
        if separator and (placed or qualifier):
            start = group.end + separator.end()
            following = _next_label(cell.text, start, known=known)
            ends_at = following if following is not None else -1
            end = _end(cell.text, start, following)
            if start < end:
                for hit in _spread(group, How.COLON, (cell.start + start, cell.start + end), line, reading=reading):
                    words = qualifier.group("words") if qualifier and not placed else ""
                    yield replace(hit, tail=end == len(cell.text), qualified=words)
                continue
        telling = qualifier is not None and (":" in after or len(cells) == 2)
        if (opening or telling) and not _ASIDE.sub("", after, count=1).strip(" :#.*_->!"):
            words = "" if opening or qualifier is None else qualifier.group("words")
            for hit in _beside(reading, line, cells, index=index, group=group, colon=":" in after, known=known):
                yield replace(hit, qualified=words)
        elif not separator:
            blank = _BLANK.match(after)
            start = group.end + (blank.end() if blank else 0)
            end = _end(cell.text, start, group.following if group.following and group.following > start else None)
            if start < end:
                span = (cell.start + start, cell.start + end)
                opens = opening or _PARTED.search(before) is not None or _is_piece_of_subject(line, before)
                yield from _spread(group, How.INLINE, span, line, reading=reading, opens=opens)
                if (
                    opens
                    and group.following is not None
                    and _NUMBER.fullmatch(cell.text[start : group.following].strip(_JUNK))
                ):
                    ends_at = group.following  # "Member no. 4471-02 Group: 9920"


def _is_piece_of_subject(line: Line, before: str) -> bool:
    return _PARTED_IN_SUBJECT.search(before) is not None and _SUBJECT.match(line.text) is not None


def _of_object(group: _Group, before: str, known: LabelPattern) -> _Group | None:
    """The labels of a key together with the object it stands in: ``"provider": {"name": ...`` is a provider's name."""
    inside = _OBJECT.search(before)
    if inside is None or len(group.hits) != 1:
        return None
    words = f"{inside['key'].replace('_', ' ')} {group.hits[0].group('label').replace('_', ' ')}"
    hit = known.whole(words)
    return replace(group, hits=(hit,), names=(known.announced(hit),)) if hit else None


def _groups(text: str, known: LabelPattern, *, since: int = 0) -> Iterator[_Group]:
    """The labels of a text from a place on; those joined by a slash stand together."""
    hits = known.pattern.finditer(text, since)
    following = next(hits, None)
    while following is not None:
        together = [following]
        while following := next(hits, None):
            if not _JOIN.fullmatch(text, together[-1].end(), following.start()):
                break
            together.append(following)
        yield _Group(
            tuple(together), tuple(map(known.announced, together)), together[-1].end(),
            following.start() if following else None,
        )  # fmt: skip


def _spread(
    group: _Group, how: How, span: tuple[int, int], line: Line, *, reading: Reading, opens: bool = False
) -> Iterator[Labelled]:
    """The value region to its labels: piece by piece where there are as many pieces as labels."""
    start, end = span
    text = reading.text.content[start:end]
    spans = [span] * len(group.hits)
    if len(group.hits) > 1:
        cuts = [m.span() for m in _PIECES.finditer(text)]
        if len(cuts) == len(group.hits) - 1:
            edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
            spans = [(start + a, start + b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    for hit, names, (first, last) in zip(group.hits, group.names, spans, strict=True):
        for name in names:
            yield Labelled(
                field=name.field, label=hit.group("label").casefold(), weak=name.weak, how=how, start=first, end=last,
                line=line, tail=how in {How.NEXT_CELL, How.BELOW}, opens=opens,
            )  # fmt: skip


def _next_label(text: str, start: int, *, known: LabelPattern) -> int | None:
    """Where the next label begins: one with a separator behind it, or one behind a wide blank."""
    for hit in known.pattern.finditer(text, start + 1):
        if _SEPARATOR.match(text[hit.end() :]) or text[: hit.start()].endswith("  "):
            return hit.start()
    return None


def _end(text: str, start: int, following: int | None) -> int:
    end = following if following is not None else len(text)
    stop = _STOP.search(text, start, end)
    end = stop.start() if stop else end
    return start + len(text[start:end].rstrip(" ,(*_-/|["))


def _beside(
    reading: Reading,
    line: Line,
    cells: tuple[Cell, ...],
    *,
    index: int,
    group: _Group,
    colon: bool,
    known: LabelPattern,
) -> Iterator[Labelled]:
    """The cell to the right, else those below, of a label that stands alone in its cell."""
    cell = cells[index]
    by_place = None if colon else beneath_by_place(reading, line, cells, index=index)
    if by_place and sum(known.whole(c.text) is not None for c in cells) >= _LABELS_OF_A_HEADING:
        yield from _spread(group, How.BELOW, (by_place[1].start, by_place[1].end), by_place[0], reading=reading)
        return
    pile = None if colon else stacked(reading, line, cells, cell=cell, known=known)
    if pile and not _stands_beside(cells[index + 1 :], pile[1], known):
        yield from _spread(group, How.BELOW, (pile[1].start, pile[1].end), pile[0], reading=reading)
        return
    beside = index + 1
    while beside < len(cells) and not _telling(cells[beside].text):
        beside += 1
    if beside < len(cells) and not known.whole(cells[beside].text):
        right = cells[beside]
        lead = ending_before(right.text) or len(right.text) - len(right.text.lstrip(_JUNK))
        yield from _spread(group, How.NEXT_CELL, (right.start + lead, right.end), line, reading=reading)
        # A column of labels and values beside running text looks the same: the value's shape decides.
        alone = colon or under_label(reading, line, cell, known=known)
        lower = None if alone else aligned(reading, line, cell, next_only=True)
        if lower and not known.whole(lower.text) and not ending_alone(lower.text):
            yield from _spread(group, How.BELOW, (lower.start, lower.end), line, reading=reading)
        return
    if not colon and len(cells) == 1 and len(cell.text) > _LONGEST_HEADING:
        return
    column = cells[index + 1] if beside > index + 1 else cell
    for row, found in under(reading, line, column, single=len(cells) == 1):
        if known.whole(found.text):
            return
        yield from _spread(group, How.BELOW, (found.start, found.end), row, reading=reading)
        if len(cells) == 1 or column is not cell:
            return


def _stands_beside(right: tuple[Cell, ...], below: Cell, known: LabelPattern) -> bool:
    """Whether a column that looks stacked has its values beside it: what is below has its own, or is no number."""
    if OWN_LABEL.match(below.text) or known.begins(below.text) or _NUMBERED_LABEL.search(below.text):
        return True
    return bool(right) and _NUMBER.fullmatch(right[0].text.strip(_JUNK)) is not None and not _DIGITS.search(below.text)


_NUMBER = re.compile(r"\S*\d(?:\S*[- ]?\d){3}\S*")
_NUMBERED_LABEL = re.compile(r"^[A-Za-z ]{3,30}\b(?:no|number|id)\b\.?:?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d\D?\d")
_LONGEST_HEADING = 40
_LABELS_OF_A_HEADING = 3
_LONGEST_GROUP = 120
"""Characters: no labels that stand together are longer."""


def _telling(text: str) -> bool:
    """Whether a cell holds more than the strokes a scan makes of a ruled table."""
    return sum(ch.isalnum() for ch in text) > 1


def _label_over_lines(
    reading: Reading, line: Line, cells: tuple[Cell, ...], *, index: int, known: LabelPattern
) -> tuple[list[Labelled], int] | None:
    """The values of a label that goes on in its column's next row ("Requesting / Provider:"), and where that starts."""
    cell = cells[index]
    if index + 1 >= len(cells) or ":" in cell.text or len(cell.text) > _LONGEST_HEADING:
        return None
    if not _telling(cell.text) or not _telling(cells[index + 1].text):
        return None
    below = aligned(reading, line, cell)
    if below is None or len(below.text) > _LONGEST_HEADING:
        return None
    if known.whole(cell.text) and (known.whole(below.text) or _NUMBER.fullmatch(cells[index + 1].text.strip(_JUNK))):
        return None
    words = f"{cell.text.strip(_JUNK)} {below.text.strip(_JUNK)}"
    hit = known.whole(words)
    right = cells[index + 1]
    if hit is None or known.whole(right.text):
        return None
    lead = len(right.text) - len(right.text.lstrip(_JUNK))
    group = _Group((hit,), (known.announced(hit),), hit.end(), None)
    span = (right.start + lead, right.end)
    return list(_spread(group, How.NEXT_CELL, span, line, reading=reading)), below.start


def _over_the_wrap(reading: Reading, line: Line, *, known: LabelPattern) -> Iterator[Labelled]:
    """Labels in running text that a line wrap splits, or parts from their value."""
    joined = across_gap(reading, line)
    if joined is None:
        return
    text, wrap = joined
    for group in _groups(text, known, since=max(0, wrap - _LONGEST_GROUP)):
        if group.hits[0].start() >= wrap:
            return
        if group.end < wrap - 2:
            continue
        before = text[: group.hits[0].start()]
        separator = _SEPARATOR.match(text[group.end :])
        blank = _BLANK.match(text[group.end :])
        start = group.end + (separator.end() if separator else blank.end() if blank else 0)
        end = _end(text, start, group.following if group.following and group.following > start else None)
        how = How.COLON if separator and _BEFORE.search(before) else How.INLINE
        if wrap < start < end and not _START.fullmatch(before):
            yield from _spread(group, how, (line.start + start, line.start + end), line, reading=reading)
