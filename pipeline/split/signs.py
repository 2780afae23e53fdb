"""The signs that a page begins a letter of its own, or goes on with the letter before it."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from pipeline.knowledge.pages import PageRole
from pipeline.split.pages import Facts


class Sign(StrEnum):
    """What a page shows beside the letter so far; ``models/boundaries.yaml`` weighs each and says what it means."""

    PARTED = "parted"
    DATED = "dated"
    SAME_DATE = "same_date"
    OWN_DAY = "own_day"
    OTHER_DAY = "other_day"
    NO_DAY = "no_day"
    SALUTATION = "salutation"
    ADDRESSED = "addressed"
    TITLED = "titled"
    BARE = "bare"
    OTHER_TITLE = "other_title"
    SAME_LABELS = "same_labels"
    OTHER_VALUES = "other_values"
    OTHER_CASE = "other_case"
    SAME_HEAD = "same_head"
    RUNNING_HEAD = "running_head"
    REPEATED_LINE = "repeated_line"
    TABLE_ON = "table_on"
    BIG_HEAD = "big_head"
    COUNTED_FIRST = "counted_first"
    COUNTED_ON = "counted_on"
    COUNTED_OTHERWISE = "counted_otherwise"
    UNCOUNTED = "uncounted"
    COUNT_FULL = "count_full"
    COUNT_OPEN = "count_open"
    CLOSED = "closed"
    SHARED_IDENTIFIER = "shared_identifier"
    OTHER_IDENTIFIER = "other_identifier"
    GOES_ON = "goes_on"
    INSERT = "insert"
    RECORD = "record"
    OWN_PACKET = "own_packet"


_HEAD = 4
_ALIKE, _MISREAD = 0.85, 0.25
_FILLED_ANEW = 2
"""A page of a claim that goes on names another patient, and no other number besides."""
_SAME_LABELS = 3
"""A page that goes on may repeat a name and a number on its head; a reference block names more."""

_CASES = frozenset({"request", "case", "reference", "ref", "tracking", "authorization", "auth", "appeal"})
"""First words of labels whose number is that of one decision. Claims and patients change within one remittance."""
_HEADED_ANEW = frozenset({Sign.SAME_HEAD, Sign.OTHER_DAY, Sign.ADDRESSED})
_SHEETS = frozenset({Sign.COUNTED_ON})
"""A number without a total goes on over the letters of one print run: where the letterhead, its address and another
day of the letter begin the page, it says nothing."""
_FILLED_IN_ANEW = frozenset({Sign.SAME_HEAD, Sign.OTHER_VALUES})
_TO_ANOTHER = frozenset({Sign.SALUTATION, Sign.OTHER_DAY, Sign.OTHER_IDENTIFIER})
_OF_THE_FILE = frozenset({Sign.COUNTED_ON, Sign.COUNT_OPEN})
"""Nor does one of so many, where the form of the first page is filled in anew for somebody or some day else: it counts
the sheets of a print job or of a fax."""


def signs_of(facts: Facts, letter: Sequence[Facts], *, parted: bool) -> frozenset[Sign]:
    """The signs of a page after ``letter``; ``parted`` where a separator or a fax cover lies between them."""
    first = letter[0]
    known = frozenset[str]().union(*(f.identifiers | f.head_numbers for f in letter))
    numbers = known.union(*(f.numbers for f in letter))
    shared = bool((facts.identifiers | facts.numbers) & numbers)
    bare = not (facts.dates or facts.salutation or facts.addressed or facts.titled)
    heads_on = _heads_on(facts, first)
    repeated = facts.head_line is not None and _repeats(facts.head_line, letter[-1].lines)
    same_head = bool(facts.letterhead) and facts.letterhead == first.letterhead and not heads_on
    both_days = bool(facts.own_day and first.own_day)
    shows = {
        Sign.PARTED: parted,
        Sign.DATED: bool(facts.dates),
        Sign.SAME_DATE: bool(facts.dates & first.dates) and not both_days,
        Sign.OWN_DAY: both_days and facts.own_day == first.own_day,
        Sign.OTHER_DAY: both_days and facts.own_day != first.own_day,
        Sign.NO_DAY: bool(first.own_day) and not facts.own_day,
        Sign.SALUTATION: facts.salutation,
        Sign.ADDRESSED: facts.addressed,
        Sign.TITLED: facts.titled,
        Sign.BARE: bare,
        Sign.OTHER_TITLE: bool(facts.titles and first.titles) and not facts.titles & first.titles,
        Sign.SAME_LABELS: len(facts.labels & first.labels) >= _SAME_LABELS,
        Sign.OTHER_VALUES: _other_values(facts, first, same_head=same_head),
        Sign.OTHER_CASE: same_head and not repeated and _other_case(facts, first),
        Sign.SAME_HEAD: same_head,
        Sign.RUNNING_HEAD: heads_on,
        Sign.REPEATED_LINE: repeated,
        Sign.TABLE_ON: repeated and not (facts.own_day or facts.salutation or facts.addressed or facts.titled),
        Sign.BIG_HEAD: facts.big_head,
        Sign.CLOSED: any(f.closing for f in letter),
        Sign.SHARED_IDENTIFIER: shared,
        Sign.OTHER_IDENTIFIER: bool((facts.identifiers or facts.head_numbers) and known) and not shared,
        Sign.GOES_ON: facts.goes_on,
        Sign.INSERT: facts.role is PageRole.INSERT,
        Sign.RECORD: facts.role in (PageRole.ENCLOSURE, PageRole.ATTACHMENT),
        Sign.OWN_PACKET: first.role is PageRole.OUTGOING and not parted and (shared or bare),
    }
    found = frozenset(sign for sign, shown in shows.items() if shown)
    return found | (_counting(facts, letter) - _of_the_file(facts, found))


def _of_the_file(facts: Facts, found: frozenset[Sign]) -> frozenset[Sign]:
    """What the page numbers seem to say, where they count the sheets of a file that has letters in it."""
    if Sign.OTHER_CASE in found or (found >= _FILLED_IN_ANEW and found & _TO_ANOTHER):
        return _OF_THE_FILE
    return _SHEETS if found >= _HEADED_ANEW and not _of_so_many(facts) else frozenset()


def _of_so_many(facts: Facts) -> bool:
    return facts.count is not None and facts.count.total is not None


def _other_values(facts: Facts, first: Facts, *, same_head: bool) -> bool:
    """Whether the lines are those of the letter's first page with other values: a form filled in anew.

    Under another head, as of messages that a portal prints one after the other, more of them have to be so.
    """
    more = 0 if same_head else 1
    shared = facts.values.keys() & first.values.keys()
    other = sum(facts.values[word] != first.values[word] for word in shared)
    return len(shared) >= _SAME_LABELS + more and other >= _FILLED_ANEW + more


def _other_case(facts: Facts, first: Facts) -> bool:
    """Whether the block of the first page comes again whole, with its day, but for the number of what was decided."""
    if not facts.own_day or facts.own_day != first.own_day:
        return False
    shared = facts.values.keys() & first.values.keys()
    other = {word for word in shared if facts.values[word] != first.values[word]}
    cases = {word for word in other & _CASES if all(any(map(str.isdigit, f.values[word])) for f in (facts, first))}
    return bool(cases) and len(shared - other) >= _SAME_LABELS


def _repeats(head: str, lines: frozenset[str]) -> bool:
    """Whether a line stands among those of another page, but for what a fax misread of it."""
    if head in lines:
        return True
    alike = SequenceMatcher(b=head, autojunk=False)
    for line in lines:
        if abs(len(line) - len(head)) <= _MISREAD * len(head):
            alike.set_seq1(line)
            if alike.quick_ratio() >= _ALIKE and alike.ratio() >= _ALIKE:
                return True
    return False


def _heads_on(facts: Facts, first: Facts) -> bool:
    """Whether the page is headed by the first line of the first one and something besides: a name, a number, a date."""
    longer = len(facts.first_line) > len(first.first_line) > _HEAD
    return longer and facts.first_line.startswith(first.first_line)


def _counting(facts: Facts, letter: Sequence[Facts]) -> frozenset[Sign]:
    """What the printed page numbers say."""
    here = facts.count
    before = next((f.count for f in reversed(letter) if f.count), None)
    found = set()
    if before and before.total:
        found.add(Sign.COUNT_FULL if before.number >= before.total else Sign.COUNT_OPEN)
    if here is None:
        return frozenset(found | ({Sign.UNCOUNTED} if before else set()))
    if here.number == 1:
        found.add(Sign.COUNTED_FIRST)
    elif before and here.number > before.number and here.total == before.total:
        found.add(Sign.COUNTED_ON)
    else:
        found.add(Sign.COUNTED_OTHERWISE)
    return frozenset(found)
