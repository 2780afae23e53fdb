"""Which values a person must look at, and why, in words: one small rule each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.extract.clocks.opinion import is_told
from pipeline.extract.conflicts import APPEALS
from pipeline.extract.noise import READ_FIELDS, misread
from pipeline.values.letter import RIVAL, ClockKind, Finding, Letter, LetterKind, ReviewNote

DENIES = frozenset({LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL})
_ASKS = DENIES | {LetterKind.INFORMATION_REQUEST, LetterKind.OVERPAYMENT_DEMAND}
_IDENTITY = ("payer", "letter_date", "member_name", "member_id", "claim_number", "reference_number")
_READ = "english"
_FOREIGN = ReviewNote(
    field="kind", why="the letter is written in another language than English; have it read by someone who knows it"
)
_KIND_FLOOR = 0.6
_VALUE_FLOOR = 0.7


def review_notes(
    letter: Letter,
    *,
    unread: Iterable[ReviewNote] = (),
    against: Iterable[ReviewNote] = (),
    written_in: str | None = None,
) -> Letter:
    """The letter with its review notes, one a field and reason: those it has, then those of the rules in their order.

    ``unread`` are notes of numbers that were not read; they count where the letter is about a case, an approval
    too, whose numbers go on a claim. ``against`` are notes of what it says against itself. ``written_in`` is the tongue
    of the letter, where it is known.
    """
    rules: tuple[Callable[[Letter], Iterator[ReviewNote]], ...] = (_kind, _addressee)
    asks = letter.kind in _ASKS or letter.kind is LetterKind.REMITTANCE
    if asks:
        rules += (_date, _reasons, _limits, _identity, _misread, _doubtful)
    # A letter that is none of a case has no numbers; several claims leave the scalars empty on purpose.
    missed = unread if letter.kind is not LetterKind.OTHER and len(letter.claims) < 2 else ()
    foreign = [_FOREIGN] if written_in not in (None, _READ) else []
    notes = dict.fromkeys(
        [
            *foreign,
            *letter.needs_review,
            *(note for rule in rules for note in rule(letter)),
            *(against if asks else ()),
            *missed,
        ]
    )
    return replace(letter, needs_review=tuple(notes))


def _kind(letter: Letter) -> Iterator[ReviewNote]:
    if letter.kind_confidence < _KIND_FLOOR:
        yield ReviewNote(field="kind", why="the letter's words do not say clearly what it is")
    if letter.kind is LetterKind.APPROVAL and any(c.kind in APPEALS | {ClockKind.FAIR_HEARING} for c in letter.clocks):
        why = "it reads as granted and yet says by when to appeal, so it may grant less than was asked"
        yield ReviewNote(field="kind", why=why)


def _addressee(letter: Letter) -> Iterator[ReviewNote]:
    if letter.subtype == "misdirected":
        yield ReviewNote(field="subtype", why="the letter names another practice and nothing of ours")


def _date(letter: Letter) -> Iterator[ReviewNote]:
    if letter.letter_date is None:
        yield ReviewNote(field="letter_date", why="no date of the letter was found, so no limit can be counted from it")


def _reasons(letter: Letter) -> Iterator[ReviewNote]:
    if letter.kind in DENIES and not letter.denial_reasons:
        yield ReviewNote(field="denial_reasons", why="the payer's reason was not found")


def _limits(letter: Letter) -> Iterator[ReviewNote]:
    """A denial without a limit to file, and a limit that ends before the letter was written."""
    filing = [c for c in letter.clocks if c.kind is not ClockKind.PAYER_DECISION]
    if letter.kind in DENIES and not filing:
        yield ReviewNote(field="clocks", why="the letter states no time limit that could be read")
    written = letter.letter_date.value if letter.letter_date else None
    for clock in filing:
        if written and clock.due and clock.due < written:
            yield ReviewNote(field="clocks", why="a time limit ends before the date of the letter")
    if any(is_told(clock.rule) for clock in letter.clocks):
        yield ReviewNote(field="clocks", why="what a time limit is for was read in words that no rule knows")


def _identity(letter: Letter) -> Iterator[ReviewNote]:
    if letter.claims:
        return
    if not (letter.claim_number or letter.reference_number or letter.member_id):
        yield ReviewNote(field="claim_number", why="no claim, reference or member number was found")
    if letter.payer is None:
        yield ReviewNote(field="payer", why="the payer's name was not found")


def _misread(letter: Letter) -> Iterator[ReviewNote]:
    """Values that the page gives in two readings, or whose signs had to be mended."""
    for field in READ_FIELDS:
        found: Finding | tuple[Finding, ...] | None = getattr(letter, field)
        for one in found if isinstance(found, tuple) else (found,):
            if one is not None and (why := misread(one)):
                yield ReviewNote(field=field, why=why)


def _doubtful(letter: Letter) -> Iterator[ReviewNote]:
    """Values of identity that were read badly, or that another value of equal standing contradicts."""
    for field in _IDENTITY:
        found: Finding | None = getattr(letter, field)
        rivalled = found is not None and any(r.why == RIVAL for r in found.rejected)
        if found is not None and not misread(found) and (rivalled or found.confidence < _VALUE_FLOOR):
            why = "another value in the letter is as likely" if rivalled else "it was read with little confidence"
            yield ReviewNote(field=field, why=why)
