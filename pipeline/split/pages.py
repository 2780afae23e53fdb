"""What each page of a document shows of being a first page, a next page, or no page of a letter at all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pipeline.knowledge.pages import PageRole
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Language, Span
from pipeline.language.matchers import Subject
from pipeline.language.zoning import FAX_HEADER
from pipeline.split.numbering import PageCount, is_numbered, page_count
from pipeline.values.text import Page, Text

_DATE = re.compile(
    r"\b(?:[A-Z][A-Za-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][A-Za-z]{2,8}\.?,?\s+\d{4}"
    r"|\d{1,2}-[A-Z][A-Za-z]{2}-\d{4}|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)\b"
)
_SALUTATION = re.compile(r"^\W*(?:dear\s+\S|to whom it may concern|to the [\w ]{3,40}:\s*$)", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*(?:sincerely|respectfully|(?:kind |best )?regards|yours truly)\b", re.IGNORECASE)
_ZIP = re.compile(r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\s*(?:\t|$)")
"""At the end of a line or of a column: in a sentence an address goes on, or ends with its stop."""
_TITLE = re.compile(
    r"\b(?:notice of|determination|explanation of (?:benefits|payment)|remittance advice|request for|resolution of"
    r"|decision|denial|approv)",
    re.IGNORECASE,
)
_IDENTIFIER = Seldom(
    r"\b(?:member|subscriber|claim|reference|case|file|invoice|tracking|enrollee|control|icn|account|acnt"
    r"|id)\b[\w #./]{0,22}[:#\t ]\s*#?\s*([A-Z0-9][A-Z0-9-]{4,})",
    re.IGNORECASE,
)
_GROUP = Seldom(r"\bgroup\s*(?:number|num|no\.?|id)?\s*[:#\t ]\s*#?\s*([A-Z0-9][A-Z0-9-]{3,})", re.IGNORECASE)
"""The number of an employer's group: a practice gets letters about many of its members."""
_NUMBER = re.compile(r"(?<![\w.-])(?=(?:[A-Z-]*\d){5})[A-Z0-9][A-Z0-9-]{5,}(?![\w.-])")
_NO_NUMBER = re.compile(r"(?:1-)?\d{3}-\d{3}-\d{4}|\d{1,4}-\d{1,2}-\d{1,4}|\d{5}-\d{4}|[12]\d{9}|\d{2}-\d{7}")
"""Telephone numbers, dates, ZIP codes, NPIs and TINs: the same on letters that have nothing to do with each other."""
_ALIKE = str.maketrans("OILSBZG", "0115826")
"""Letters that a scan takes for digits, and the other way round: a number is the same on two pages either way."""
_ATTACHED = Seldom(r"\b(?:attachment|exhibit|appendix|enclosure)\s+(?:[A-Z]|\d{1,2})\b", re.IGNORECASE)
_TOP = 14
_FEWEST_WORDS, _FAX_COVER_WORDS, _SEPARATOR_WORDS = 4, 160, 60
_UNREADABLE = 0.25
_LEGIBLE, _LEGIBLE_SIGNS = 0.6, 3
"""A word that OCR saw surely and that has letters or digits enough to be one: shadows of a page's back have none."""
_SPECKS = 12
"""So many words without a few legible ones are specks on a blank page; more of them are a page that nobody can read."""
_COLUMN_HEADS, _COLUMNS = 24, 3
_FIRST_WORD = re.compile(r"[A-Za-z]{3,}")
_TITLE_LENGTH = 90
_RECORDS = (PageRole.ENCLOSURE, PageRole.ATTACHMENT)
_LABEL = re.compile(r"(?:^|\t| {2})\W*([A-Za-z][A-Za-z /#.]{2,34}?)(?::| {2}|\t)")
"""What names a value: before its colon, or in a column of its own."""
_TELLS = re.compile(r"\w")
_SIGNS = re.compile(r"[^a-z0-9]")
_CELL = re.compile(r"\t+| {2,}")
_GAP = re.compile(r"(?:\t| {2,})$")
_HEADING = 3
"""Lines at the top in which a date in a column of its own is the letter's, as beside the name of a department."""
_FORM_LABEL = re.compile(r"(?:^|\t| {2})\W*([A-Za-z][A-Za-z .]{1,20}?):")
_FORM_LABELS = 4
_SMALL_WORDS = re.compile(r"(?:\b(?:of|on|from|is|was|the|this)\b|[\s:.,*_|–-])+$")
_OWN_MARKS = 3
_BIG = 1.25
"""Height of a letterhead's words over that of the page's usual words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page shows. ``count`` is the page number that it prints; ``identifiers`` are upper case, look-alikes one.

    ``letterhead`` is what stands first in the ``first_line``, both in small letters and digits.
    ``dates`` are those of the first lines, but no birth date.
    ``numbers`` are all words with the shape of an identifier, whatever their label, telephone numbers and dates apart;
    ``head_numbers`` those in the first lines.
    ``own_day`` is the date in the first lines that is the letter's by what is before it; ``labels`` are what names
    values there, ``titles`` its lines there that have a title in them, all in small letters and digits.
    ``values`` are the first lines by their first word, a label in most houses, each with what follows it.
    ``attachments`` are those that it names, by their letters, the first one first.
    ``lines`` are its own lines in small letters and digits, ``head_line`` the first of them where it is long and in
    several cells, as the column heads of a table that goes on are. ``big_head``: its first line is set larger than the
    rest.
    """

    page: Page
    role: PageRole | None
    unreadable: bool
    letterhead: str
    first_line: str
    dates: frozenset[str]
    own_day: str | None
    labels: frozenset[str]
    titles: frozenset[str]
    salutation: bool
    closing: bool
    addressed: bool
    titled: bool
    count: PageCount | None
    identifiers: frozenset[str]
    numbers: frozenset[str]
    head_numbers: frozenset[str]
    goes_on: bool
    lines: frozenset[str]
    head_line: str | None
    big_head: bool
    attachments: tuple[str, ...]
    values: Mapping[str, str]


def facts_of(text: Text, page: Page, language: Language) -> Facts:
    """Look at one page."""
    lines = [line.strip() for line in text.content[page.start : page.end].split("\n")]
    lines = [line for line in lines if _TELLS.search(line) and not FAX_HEADER.match(line)]
    own = [line for line in lines if not _is_foot(line)]
    top = own[:_TOP]
    words = sum(len(line.split()) for line in own)
    found, groups = (
        {m.group(1).upper().translate(_ALIKE) for line in own for m in label.finditer(line)}
        for label in (_IDENTIFIER, _GROUP)
    )
    greeted = any(_SALUTATION.match(line) for line in own)
    # A page that greets somebody may be our own letter, so all of it is looked at; of others the first lines tell.
    read = language.nlp("\n".join(own if greeted else top))[:]
    legible = _legible(text, page, upto=_FEWEST_WORDS) if page.words else words
    titles = frozenset(_letters(line) for line in top if _TITLE.search(line) and len(line) < _TITLE_LENGTH)
    numbers = [[n.translate(_ALIKE) for n in _NUMBER.findall(line) if not _NO_NUMBER.fullmatch(n)] for line in own]
    return Facts(
        page=page,
        role=_role(own, 0 if legible < _FEWEST_WORDS and words <= _SPECKS else words, read, language)
        or (_own_appeal(read, language) if greeted else None),
        unreadable=words > 0 and (page.quality < _UNREADABLE or (legible == 0 and words > _SPECKS)),
        letterhead=_letters(_CELL.split(own[0])[0]) if own else "",
        first_line=_letters(own[0]) if own else "",
        dates=frozenset(day for line in top for day in _days(line, language)),
        own_day=_own_day(top, language),
        labels=frozenset(_letters(m.group(1)) for line in top for m in _LABEL.finditer(line)),
        titles=titles,
        salutation=greeted,
        closing=any(_CLOSING.match(line) for line in own),
        addressed=any(_ZIP.search(line) for line in top[:9]),
        titled=bool(titles),
        count=page_count(lines),
        identifiers=frozenset(i for i in found - groups if sum(c.isdigit() for c in i) >= 4),
        numbers=frozenset(chain.from_iterable(numbers)) - groups,
        head_numbers=frozenset(chain.from_iterable(numbers[:_TOP])) - groups,
        goes_on=bool(own) and own[0][0].islower(),
        lines=frozenset(_letters(line) for line in own),
        head_line=_column_heads(own),
        big_head=_big_head(page),
        attachments=tuple(_letters(m.group()) for line in own for m in _ATTACHED.finditer(line)),
        values=_values(top),
    )


def _column_heads(own: list[str]) -> str | None:
    """The first line, where it is as long as column heads and in as many cells."""
    if not own or len(_CELL.split(own[0])) < _COLUMNS:
        return None
    line = _letters(own[0])
    return line if len(line) >= _COLUMN_HEADS else None


def _values(top: list[str]) -> dict[str, str]:
    """What stands behind the first word of each line, the first time that a line begins with it."""
    found: dict[str, str] = {}
    for line in top:
        if first := _FIRST_WORD.match(line):
            found.setdefault(first.group().casefold(), _letters(line[first.end() :]))
    return {word: rest for word, rest in found.items() if rest}


def _days(line: str, language: Language) -> Iterator[str]:
    """The dates of a line but a birth date, which stands on all letters about a person."""
    for hit in _DATE.finditer(line):
        label = _label_before(line, hit.start())
        if not label or language.knowledge.date_roles.birth.last_in(label) != len(label):
            yield hit.group()


def _label_before(line: str, place: int) -> str:
    """What stands before a date in its cell, but for small words and stops."""
    return _SMALL_WORDS.sub("", _CELL.split(line[:place].rstrip(": \t"))[-1])


def _own_day(top: Sequence[str], language: Language) -> str | None:
    """The date that is a line by itself, or a value whose label makes it the day of the letter.

    One with its month in letters may have a cell beside it, and in the letterhead one before it: rows of tables print
    days in figures.
    """
    letter = language.knowledge.date_roles.letter
    for number, line in enumerate(top):
        for hit in _DATE.finditer(line):
            label, rest = _label_before(line, hit.start()), line[hit.end() :]
            spelled, ends = hit.group()[0].isalpha(), not re.search(r"\w", rest)
            column = spelled and number < _HEADING and _GAP.search(line[: hit.start()])
            alone = (not label and (ends or (spelled and _CELL.match(rest)))) or (column and ends)
            named = bool(label) and letter.last_in(label) == len(label)
            if alone or (named and (not rest.strip(" .*") or _CELL.match(rest))):
                return _letters(hit.group())
    return None


def _legible(text: Text, page: Page, *, upto: int) -> int:
    """How many words of a page are surely words; counted up to so many."""
    found = (
        word
        for word in page.words
        if word.confidence >= _LEGIBLE
        and sum(c.isalnum() for c in text.content[word.start : word.end]) >= _LEGIBLE_SIGNS
    )
    return sum(1 for _ in islice(found, upto))


def _is_foot(line: str) -> bool:
    return is_numbered(line) or "synthetic sample" in line.casefold()


def _letters(line: str) -> str:
    return _SIGNS.sub("", line.casefold())


def _big_head(page: Page) -> bool:
    """Whether the first words of a page stand higher than its words usually do."""
    if len(page.words) < _FEWEST_WORDS * 3:
        return False
    heights = [w.box.bottom - w.box.top for w in page.words]
    usual = sorted(heights)[len(heights) // 2]
    top = sorted(page.words[:_TOP], key=lambda w: w.box.top)[0].box.top
    first = [w.box.bottom - w.box.top for w in page.words[:_TOP] if w.box.top < top + usual]
    return max(first) > _BIG * usual


def _own_appeal(read: Span, language: Language) -> PageRole | None:
    """Our own letter by its words, where its address does not tell: several marks of one who appeals to a payer."""
    told = {span.text.casefold() for _, span in language.matchers[Subject.OWN_APPEAL](read)}
    return PageRole.OUTGOING if len(told) >= _OWN_MARKS else None


def _is_form(top: Sequence[str], role: PageRole, language: Language) -> bool:
    """Whether the labels are those of the form that such a page is: the one it never lacks, and others."""
    here = {m.group(1).strip().casefold() for line in top for m in _FORM_LABEL.finditer(line)}
    forms = (cue.labels for cue in language.knowledge.pages if cue.page is role and cue.labels)
    return any(labels[0] in here and len(here & set(labels)) >= _FORM_LABELS for labels in forms)


def _role(own: list[str], words: int, read: Span, language: Language) -> PageRole | None:
    """The role that the first lines tell, where the page is as short as such a page is.

    An item of a list names a record that is asked for; it is no title of one.
    """
    roles = {e.id: e.page for e in language.knowledge.pages}
    head = read.char_span(0, len("\n".join(own[:_TOP])), alignment_mode="contract") if own else None
    title = "\n".join(line for line in own[:3] if line[0].isalnum())
    found = {roles[name] for name, _ in language.matchers[Subject.PAGE](head)} if head else set()
    may_be_titled = not found.isdisjoint((PageRole.INSERT, *_RECORDS))
    titled = (
        {roles[name] for name, _ in language.matchers[Subject.PAGE](language.nlp(title))} if may_be_titled else set()
    )
    if words < _FEWEST_WORDS:
        return next((role for role in _RECORDS if role in titled), PageRole.BLANK)
    cover = PageRole.FAX_COVER in found or _is_form(own[:_TOP], PageRole.FAX_COVER, language)
    if cover and words <= _FAX_COVER_WORDS:
        return PageRole.FAX_COVER
    if PageRole.SEPARATOR in found and words <= _SEPARATOR_WORDS:
        return PageRole.SEPARATOR
    if PageRole.BLANK in found and words <= _SEPARATOR_WORDS // 3:
        return PageRole.BLANK
    if PageRole.OUTGOING in found:
        return PageRole.OUTGOING
    return next((role for role in (PageRole.INSERT, *_RECORDS) if role in titled), None)
