"""What each page of a document shows of being a first page, a next page, or no page of a letter at all."""

import re
from dataclasses import dataclass

from pipeline.knowledge.pages import PageRole
from pipeline.language import Language
from pipeline.language.matchers import Subject
from pipeline.language.zoning import FAX_HEADER
from pipeline.values.text import Page, Text

_PAGE_OF = re.compile(
    r"\bpage\s*#?\s*:?\s*(\d{1,3})(?:\s*(?:of|/)\s*(\d{1,3}))?\b|^\W*(\d{1,2})\s+of\s+(\d{1,2})\W*$", re.IGNORECASE
)
_DATE = re.compile(r"\b(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d\d-\d\d)\b")
_SALUTATION = re.compile(r"^\W*(?:dear\s+\S|to whom it may concern|to the [\w ]{3,40}:\s*$)", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*(?:sincerely|respectfully|(?:kind |best )?regards|yours truly)\b", re.IGNORECASE)
_ZIP = re.compile(r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b")
_TITLE = re.compile(
    r"\b(?:notice of|determination|explanation of (?:benefits|payment)|remittance advice|request for|resolution of"
    r"|decision|denial|approv)",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"\b(?:member|subscriber|claim|reference|case|tracking|enrollee|control|icn|account|acnt|group"
    r"|id)\b[\w #./]{0,22}[:#\t ]\s*#?\s*([A-Z0-9][A-Z0-9-]{4,})",
    re.IGNORECASE,
)
_TOP, _EDGE = 14, 4
_FEWEST_WORDS, _FAX_COVER_WORDS, _SEPARATOR_WORDS = 4, 160, 60
_UNREADABLE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page shows. ``number_printed`` is the page number that it prints; ``identifiers`` are upper case."""

    page: Page
    role: PageRole | None
    unreadable: bool
    letterhead: str
    dates: frozenset[str]
    salutation: bool
    closing: bool
    addressed: bool
    titled: bool
    number_printed: int | None
    identifiers: frozenset[str]
    goes_on: bool


def facts_of(text: Text, page: Page, language: Language) -> Facts:
    """Look at one page."""
    lines = [line.strip() for line in text.content[page.start : page.end].split("\n")]
    lines = [line for line in lines if re.search(r"\w", line) and not FAX_HEADER.match(line)]
    own = [line for line in lines if not _is_foot(line)]
    top = own[:_TOP]
    words = sum(len(line.split()) for line in own)
    found = {m.group(1).upper() for line in own for m in _IDENTIFIER.finditer(line)}
    return Facts(
        page=page,
        role=_role(own, words, language),
        unreadable=words > 0 and page.quality < _UNREADABLE,
        letterhead=_plain(own[0]) if own else "",
        dates=frozenset(d for line in top for d in _DATE.findall(line)),
        salutation=any(_SALUTATION.match(line) for line in own),
        closing=any(_CLOSING.match(line) for line in own),
        addressed=any(_ZIP.search(line) for line in top[:9]),
        titled=any(_TITLE.search(line) and len(line) < 90 for line in top),
        number_printed=_number(lines),
        identifiers=frozenset(i for i in found if sum(c.isdigit() for c in i) >= 4),
        goes_on=bool(own) and own[0][0].islower(),
    )


def _is_foot(line: str) -> bool:
    return (bool(_PAGE_OF.search(line)) and len(line) < 60) or "synthetic sample" in line.casefold()


def _plain(line: str) -> str:
    return re.sub(r"[^a-z0-9]", "", line.split("\t")[0].casefold())


def _number(lines: list[str]) -> int | None:
    """The page number printed in the first or last lines."""
    for line in (*lines[:_EDGE], *lines[-_EDGE:]):
        if match := _PAGE_OF.search(line):
            return int(match[1] or match[3])
    return None


def _role(own: list[str], words: int, language: Language) -> PageRole | None:
    """The role that the first lines tell, where the page is as short as such a page is."""
    if words < _FEWEST_WORDS:
        return PageRole.BLANK
    roles = {e.id: e.page for e in language.knowledge.pages}
    head = language.nlp("\n".join(own[:_TOP]))
    title = language.nlp("\n".join(own[:3]))
    found = {roles[name] for name, _ in language.matchers[Subject.PAGE](head)}
    titled = {roles[name] for name, _ in language.matchers[Subject.PAGE](title)}
    if PageRole.FAX_COVER in found and words <= _FAX_COVER_WORDS:
        return PageRole.FAX_COVER
    if PageRole.SEPARATOR in found and words <= _SEPARATOR_WORDS:
        return PageRole.SEPARATOR
    if PageRole.BLANK in found and words <= _SEPARATOR_WORDS // 3:
        return PageRole.BLANK
    if PageRole.OUTGOING in found:
        return PageRole.OUTGOING
    return next((r for r in (PageRole.INSERT, PageRole.ENCLOSURE) if r in titled), None)
