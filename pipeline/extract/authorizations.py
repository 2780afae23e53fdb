"""Prior authorizations that the letter speaks of: given, on file, exceeded or expired; not this request's number."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.extract.authorized_rows import AuthorizedRow, authorized_rows
from pipeline.extract.candidates import SUPPORT
from pipeline.extract.labels.labelled import Labelled
from pipeline.extract.shapes import dates, identifier
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import finding
from pipeline.language.sentences import sentences_of
from pipeline.values.letter import Authorization

_NUMBER = (
    r"(?P<id>(?!\d{1,2}[/-]\d{1,2}[/-]\d)"
    # Capitals before a blank are of the number: "AU 4411820" of a scan, "PA 2026-4411" as printed.
    r"(?:\d{4} \d{4}(?: \d{4})?(?![\d-])"
    r"|(?:(?-i:[A-Z]{1,4}) (?=\d[\d-]{4,}))?(?=(?:[A-Z/-]*\d){3})[A-Z0-9][A-Z0-9/-]{4,}))\b"
)
_DIGIT = re.compile(r"\d")
_INLINE = Seldom(
    r"\b(?:(?:(?:pre-?)?auth(?:orization)?|approval|certification|pre-?cert(?:ification)?|prior approval)[\s(,]*"
    r"|(?:authoriz|approv|grant|certif|allow)\w*\b[^.;]{0,90}?\bunder\s+(?:the same number(?: as before)?)?"
    r"|approval\b[^.;,]{0,30},\s+"
    r"|(?:^|[,;]\s+)(?=(?:the\s+)?number\b)"
    r"|(?:authorized|approved|granted|certified)(?:,|(?=\s+(?:no\.?|number|\#)\s))\s+"
    # "we approved it (no. PC-440181)"
    r"|(?<!not )(?:authorized|approved|granted|certified)(?: (?!form)\w+){0,4} \((?=[^)]*(?:no\.|number|\#))"
    r"(?:(?:authorization|auth|approval|certification)\s+)?)"
    r"(?:the\s+)?(?:number|no\.?|#|num\.?|id|reference)?\s*[:#*]*\s*"
    rf"(?:is\s+|was\s+|of\s+)?[*_\s]*{_NUMBER}",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:approved?|(?:pre)?certif(?:y|ies|ied)|yes to|said yes|say yes|good from|ran out|is good"
    r"|covers?|covered|allow(?:s|ed)|valid|expired?|expires|authorized|granted|on file|exceeds?|is for|issued for"
    r"|in force|running|effective|good for|ends?|ended|was for|overturned|bill (?:with|under)"
    r"|criteria (?:of the plan )?(?:are|is|were) met"
    r"|meets? (?:the |all )?(?:coverage )?criteria"
    r"|(?:there (?:is|was)|(?:we|they) (?:do )?have|file (?:shows|has|holds)) an? (?:\w+ )?"
    r"(?:pre-?)?(?:auth|cert|approval)\w*)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:not (?:approved|authorized|certified|on file|used|valid|obtained)|there (?:is|was) no|denied|deny|declined"
    r"|different patient|another patient)\b",
    re.IGNORECASE,
)
_APPROVES = re.compile(
    r"\b(?:(?:is|are|was|were|been|we|have|has) (?:now |been )?(?:approved|authorized|certified)|approv(?:al|ed) notice"
    r"|(?:authorization|certification)\b(?: status)?[\s:|*–—-]{1,9}(?:approved|authorized|certified)"
    r"|notice of approval|authorization notice)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:den(?:y|ied|ial)|declined?|refus\w+|adverse|not (?:medically )?(?:approved?|authorized?"
    r"|certif\w+|covered|paid|payable|necessary)"
    r"|cannot|can't|unable|partial\w*|overturn\w*|revers\w*)\b",
    re.IGNORECASE,
)
"""Words of a letter that does not only approve: the number behind a label may be that of what it refuses."""
_NUMBERED = re.compile(r"\b(?:number|no|id|num)\b|#", re.IGNORECASE)
_PLACE_OF_NUMBER = re.compile(r"\b(?:prior authorization|authorization|auth|approval|certification)\b", re.IGNORECASE)
_COUNT = r"(?P<count>\d[\d,]*|one|two|three|four|five|six|eight|ten|twelve)"
_UNITS = re.compile(
    rf"\b{_COUNT}\s+(?:approved\s+|more\s+)?units?\b|\bunits\s*(?:approved)?\s*[:#]?\s*(?P<after>\d+)", re.IGNORECASE
)
_VISITS = re.compile(
    rf"\b{_COUNT}\s+(?:approved\s+|more\s+)?(?:visits?|sessions?|treatments?)\b"
    r"|\bvisits\s*(?:approved)?\s*[:#]\s*(?P<after>\d+)",
    re.IGNORECASE,
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_CODE = re.compile(r"(?<![\w$.,#-])(?:[A-CEGHJ-MP-V]\d{4}|\d{5})(?![\w]|[.,]\d|-\d)")
_JOINED = re.compile(
    r"[\s,]*(?:-|–|—|to|through|thru|until)\s+|\s*(?:valid\s+)?(?:to|through|thru|until|end date)[\s:.]+", re.IGNORECASE
)
_PERIOD_BREAK = re.compile(r"[.;]\s")
_SUBJECT = re.compile(r"\W*(?:re|subject|regarding|concerning)\b\W", re.IGNORECASE)
_NEAR_LINES = 3
_BEFORE = 2
"""Sentences before the one with the number in which it may say that something was approved."""
_INLINE_SUPPORT = 0.85
_ROW_SUPPORT = 0.8


def find_authorizations(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> tuple[Authorization, ...]:
    """Each authorization once, in order of place, with what the sentences or lines around its number say of it."""
    found: dict[str, tuple[int, Authorization]] = {}
    in_rows: set[int] = set()
    for row in authorized_rows(reading):
        in_rows |= row.lines
        _add(found, reading, (row.number, row.start, row.end), around="", support=_ROW_SUPPORT, row=row)
    approving = bool(_APPROVES.search(reading.prose.text)) and not _REFUSES.search(reading.prose.text)
    for name in ("authorizations", "reference_number"):
        for label in labels.get(name, ()):
            value = identifier(reading.text.content[label.start : label.end])
            if value is None or not (name == "authorizations" or _PLACE_OF_NUMBER.search(label.label)):
                continue
            if label.line.number in in_rows:
                continue
            if label.weak and not any(ch.isdigit() for ch in value[0][-2:]):
                continue
            around = _lines_around(reading, label)
            approved = approving and _NUMBERED.search(label.label)
            if name == "authorizations" or approved or (_GIVEN.search(around) and not _REFUSED.search(around)):
                start = label.start + value[1]
                _add(
                    found, reading, (value[0], start, label.start + value[2]), around=around, support=SUPPORT[label.how]
                )
    sentences = sentences_of(reading.doc)
    # The number in the subject is mostly that of the request: it counts where no sentence gives another.
    for number, sentence in sorted(enumerate(sentences), key=lambda one: bool(_SUBJECT.match(one[1].text))):
        if found and _SUBJECT.match(sentence.text):
            continue
        for hit in _INLINE.finditer(sentence.text) if _DIGIT.search(sentence.text) else ():
            rest = " ".join(s.text for s in sentences[number : number + 3])[hit.start() :]
            own = " ".join(s.text for s in (sentence, *reversed(sentences[max(0, number - _BEFORE) : number])))
            if _REFUSED.search(_clause(sentence.text, hit)) or not (_GIVEN.search(rest) or _GIVEN.search(own)):
                continue
            base = sentence.start_char
            start, end = content_span(reading.prose, base + hit.start("id"), base + hit.end("id"))
            if any(reading.lines[line].start <= start < reading.lines[line].end for line in in_rows):
                continue
            around = f"{rest} {sentence.text}" if _GIVEN.search(rest) and _period(rest) else f"{own} {rest}"
            _add(
                found,
                reading,
                (hit["id"].rstrip("-/").replace(" ", ""), start, end),
                around=around,
                support=_INLINE_SUPPORT,
            )
    return tuple(one for _, one in sorted(found.values(), key=lambda item: item[0]))


def _clause(text: str, hit: re.Match[str]) -> str:
    """What a sentence says right around a number; one that an initial joined to the next is not looked at whole."""
    before, after = text[: hit.end()].rpartition(". ")[2], text[hit.end() :].partition(". ")[0]
    return before + after


def _lines_around(reading: Reading, label: Labelled) -> str:
    """The label's line from the number on, the lines that follow it without a gap, and the one above."""
    first = label.line.number
    following = []
    for row in reading.lines[first + 1 : first + 1 + _NEAR_LINES]:
        if not row.cells:
            break
        following.append(row.text)
    above = reading.lines[first - 1].text if first else ""
    return "\n".join([reading.text.content[label.start : label.line.end], *following, above])


def _add(
    found: dict[str, tuple[int, Authorization]],
    reading: Reading,
    number: tuple[str, int, int],
    *,
    around: str,
    support: float,
    row: AuthorizedRow | None = None,
) -> None:
    value, start, end = number
    if value in found:
        return
    plain = finding(reading, (start, end), value=value, rule="field.authorizations", confidence=support)
    period = row.period if row else _period(around)
    found[value] = (
        start,
        Authorization(
            value=value, text=plain.text, page=plain.page, boxes=plain.boxes, confidence=plain.confidence,
            rule=plain.rule, number=value, units=row.units if row else _number(_UNITS, around),
            visits=row.visits if row else _number(_VISITS, around),
            from_=period[0] if period else None, to=period[1] if period else None,
            codes=row.codes
            if row
            else tuple(dict.fromkeys(m.group() for m in _CODE.finditer(around) if m.group() not in value)),
        ),
    )  # fmt: skip


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    hit = pattern.search(text)
    if hit is None:
        return None
    printed = (hit["count"] or hit["after"]).replace(",", "").casefold()
    return _WORDS.get(printed) or int(printed)


def _period(text: str) -> tuple[str, str] | None:
    """The first two dates of a text that a range joins, or that its lines name as first and last day."""
    found = list(dates(text))
    for (first, _, end), (last, start, _) in pairwise(found):
        between = text[end:start]
        if _JOINED.fullmatch(between) and first <= last and not _PERIOD_BREAK.search(between):
            return first, last
    return None
