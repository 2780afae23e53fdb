"""Claim adjustment reason codes and remark codes, in every printed form; a payer's own codes are not these.

Forms: ``CO-50``, ``CO50``, ``PR 96``, ``(CO) 45``, ``CO|29``, ``CAS*CO*97*210.00``, ``"group": "CO", "code": "197"``,
``CARC 16``, ``Reason code: 197``, ``CO: 16, 50``, a column of a table; remarks ``N115``, ``Remark: MA130``.
A number that is not in the list of codes is no code.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.codes.columns import columns_under, under_heading
from pipeline.knowledge.codes import CodeTable
from pipeline.language import Reading
from pipeline.language.reading import finding, line_at
from pipeline.values.letter import CarcCode, Finding

_CODE = r"(?:\d{1,3}|[ABPWabpw]\d{1,2})"
_GROUP = r"(?:CO|PR|OA|PI|CR)"
_JOINT = r"(?:[)\]]?\s?[-–—:/|*~_]?\s?|\.)"
# A group and its code; a zero for the O of CO and look-alikes in the number are a scan's doing.
_GROUPED = re.compile(
    rf"(?<![\w-])(?P<group>{_GROUP}|C0|0A){_JOINT}(?P<code>[\dOIlSB]{{1,3}}|[ABP]\d{{1,2}})(?![\w.,]\d|\w|-\d|/\d{{1,2}}[/-]\d|/\d{{4}})"
)
_MONTH_AND_DAY = re.compile(r"(?:0?[1-9]|1[0-2])/(?:[0-2]?\d|3[01])(?!\d)")
# The group and the code behind keys or labels of their own.
_RECORDED = re.compile(
    rf"\b(?:group|grp)(?:[\s_]?code)?[\"']?\s?[:=]?\s?[\"']?(?P<group>{_GROUP})\b[\"']?\s?[,;|]?\s?[\"']?(?:(?:carc|adj\w*|reason|rsn)[\s_])?"
    rf"(?:carc|codes?|reason|rsn)[\"']?\s?[:=]?\s?[\"']?(?P<code>{_CODE})(?![\w]|[.,]\d|-\d|/\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:\bCARC(?:s|\(s\))?(?:\s?codes?)?|\b(?:claim\s)?adj(?:ustment|\.)?\s(?:reason\s)?codes?|\b(?:denial|rejection|remittance)?\s?reason\scodes?(?:\(s\))?"
    r"|\bdenial\s(?:reason\s)?codes?|\badj(?:ustment)?\.?\sreason|\bANSI(?:\sreason)?(?:\scodes?)?|\breason\s?cd|^\W*reasons?\s(?=[ABP]\d{1,2}\b|\d{2,3}\s?/\s?(?:N|MA?)\d)"
    r"|\breason\s?\.{3,}\s?(?=\d{1,3}\s+[A-Z][a-z]+\s[a-z])"
    r"|(?<=[.;(]\s)code\s(?=\d{2,3}\.?\)?\s*$)|\bcodes?\s(?=(?:CO|PR|OA|PI)\b))"
    r"[\"']?\s*(?:\([A-Za-z ]{1,20}\)\s*)?[:#=-]?\s*[\"']?(?:is\s|are\s|of\s|no\.?\s)?",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = re.compile(
    rf"(?:[(\[]?(?P<group>{_GROUP}){_JOINT})?(?P<code>{_CODE})(?![\w]|[.,]\d|-\d|/\d{{1,2}}[/-]\d|/\d{{4}})"
)
_NEXT = re.compile(
    rf"\s*(?:,|;|/|&|\band\b|\+)\s*(?:(?P<group>{_GROUP})\s?[-–—:]?\s?)?(?P<code>{_CODE})(?![\w]|[.,]\d|-\d|/\d)"
)
_HEADING = re.compile(
    r"\bCARC\b|\breason\s?codes?\b|\badj(?:ustment)?\.?\s?(?:reason|codes?|rsn)\b|\bgr(?:ou)?p\W{0,3}(?:code|reas|rc|/)|\bdenial\s?codes?\b|\bCAS\b",
    re.IGNORECASE,
)
_BARE_HEADING = re.compile(
    r"^\W*(?:reasons?|rsn|explanation|expl|adj|denial|why|msg|message|ansi)\.?(?:\s?/\s?(?:remarks?|notes?))?\W*$",
    re.IGNORECASE,
)
_CODES_ALONE = re.compile(
    rf"(?:{_GROUP}\s?[-–—:/]?\s?)?(?:\d{{2,3}}|[BP]\d{{1,2}})(?:[\s,;/]+(?:\d{{2,3}}|[BP]\d{{1,2}}|MA?\d{{2,3}}|N\d{{1,3}}))*"
)
_MONEY = re.compile(r"\d\.\d\d(?!\d)")
"""A column named for reasons, in which rows with sums have nothing but codes of two digits or more: no footnotes."""
_REPAIR = str.maketrans("OIlSB", "01158")

_RARC_SHAPE = re.compile(r"(?<![\w-])(?P<code>N\d{1,3}|MA\d{1,3}|M\d{1,3})(?![\w]|\.\d|-\d)")
_RARC_LABEL = re.compile(
    r"\bRARC(?:s|\(s\))?\b|\bremarks?\b(?:\s?codes?)?|\bREM(?=\s?:)|\bremittance\sadvice\sremark|\bMOA\b|\bMIA\b|\bnote\s?codes?\b|\bmessage\s?codes?\b",
    re.IGNORECASE,
)
_TELLS_CARC = re.compile(r"\bCARC\b|\breasons?\s[ABP]?\d{1,3}\b", re.IGNORECASE)
_RARC_HEADING = re.compile(r"\bRARC\b|\bremarks?\b|\bRMK\b|\bREM\b|\bcodes?\b", re.IGNORECASE)
_RARC_REACH = 60
# Words that make a number something else than a reason of adjustment.
_OTHER = re.compile(r"(?:\bday|\bdays|%|\bunits?\b|\bpages?\b|\bm?c?g\b|\bmg\b|\bml\b|\btab|\bcap)", re.IGNORECASE)
# ``progress report (PR-2)``: forms of California's workers' compensation; ``guideline CR-112`` is a payer's own paper.
_OF_FORM = re.compile(r"\b(?:reports?|forms?|guidelines?|policy|bulletin|protocol|criterion)\s\(?$", re.IGNORECASE)
_WORKERS_FORM = re.compile(r"PR-[2-4](?!\d)")
_OF_WORKERS = re.compile(r"\binjured worker|\bDWC\b|\bRFA\b|\bworkers.? compensation", re.IGNORECASE)
_PRINTED, _LISTED, _COLUMN, _BARE, _MENDED = 0.95, 0.93, 0.85, 0.75, 0.7


class _Found(NamedTuple):
    start: int
    end: int
    code: str
    group: str | None
    confidence: float
    rule: str


def find_carc(reading: Reading, table: CodeTable) -> tuple[CarcCode, ...]:
    """The adjustment reason codes of the letter, each once, with their group where it is printed."""
    content = reading.text.content
    found = [*_grouped(content), *_recorded(content), *_labelled(content)]
    found += [*_in_columns(reading), *_in_bare_columns(reading, table)]
    chosen: dict[str, _Found] = {}
    for one in sorted(found, key=lambda f: (f.start, -f.confidence)):
        if one.code not in table.codes:
            continue
        known = chosen.get(one.code)
        if known is None or (known.group is None and one.group is not None):
            chosen[one.code] = one
    return tuple(_carc(reading, one) for one in sorted(chosen.values(), key=lambda f: f.start))


def _grouped(content: str) -> Iterator[_Found]:
    for match in _GROUPED.finditer(content):
        if _follows_place(content, match.start()) or _OTHER.match(content[match.end() : match.end() + 8].lstrip()):
            continue
        if _MONTH_AND_DAY.match(content, match.start("code")):
            continue
        group = match["group"].replace("0", "O")
        code = match["code"]
        plain = code if code[0] in "ABP" and len(code) > 1 and code[1:].isdigit() else code.translate(_REPAIR)
        mended = plain != code or group != match["group"]
        if not re.fullmatch(_CODE, plain) or (mended and "-" not in match[0]):
            continue
        yield _Found(
            match.start(), match.end(), plain.lstrip("0") or plain, group, _MENDED if mended else _PRINTED,
            "carc.group.repaired" if mended else "carc.group",
        )  # fmt: skip
        yield from _following(content, match.end(), group=group)


def _follows_place(content: str, at: int) -> bool:
    """Whether ``CO`` is Colorado, between a town and a ZIP code, or ``PR-2`` the form of a report."""
    if _OF_FORM.search(content[max(0, at - 14) : at]):
        return True
    if _WORKERS_FORM.match(content, at) and _OF_WORKERS.search(content):
        return True
    return bool(re.search(r"[A-Za-z]{3,},\s?$", content[max(0, at - 20) : at])) and bool(
        re.match(r"(?:CO|PR)\s\d{5}", content[at : at + 9])
    )


def _following(content: str, at: int, *, group: str | None) -> Iterator[_Found]:
    """The further codes of a list: ``CO-16, 50 and 197``."""
    while match := _NEXT.match(content, at):
        if _OTHER.match(content[match.end() : match.end() + 8].lstrip()):
            return
        group = match["group"] or group
        yield _Found(match.start("code"), match.end(), match["code"].upper(), group, _LISTED, "carc.list")
        at = match.end()


def _recorded(content: str) -> Iterator[_Found]:
    for match in _RECORDED.finditer(content):
        code, group = match["code"].upper(), match["group"].upper()
        yield _Found(match.start("group"), match.end(), code, group, _PRINTED, "carc.record")


def _labelled(content: str) -> Iterator[_Found]:
    for label in _LABELLED.finditer(content):
        match = _FIRST.match(content, label.end())
        if match is None or _OTHER.match(content[match.end() : match.end() + 8].lstrip()):
            continue
        group = match["group"]
        yield _Found(match.start(), match.end(), match["code"].upper(), group, _PRINTED, "carc.label")
        yield from _following(content, match.end(), group=group)


def _in_columns(reading: Reading) -> Iterator[_Found]:
    for cell in under_heading(reading, _HEADING):
        at = 0
        # Under its heading a group may be in small letters, as scans have it.
        text = cell.text.upper()
        match = _FIRST.match(text)
        while match:
            start = cell.start + match.start("group" if match["group"] else "code")
            yield _Found(start, cell.start + match.end(), match["code"], match["group"], _COLUMN, "carc.column")
            at = match.end()
            match = _NEXT.match(text, at)


def _in_bare_columns(reading: Reading, table: CodeTable) -> Iterator[_Found]:
    for column in columns_under(reading, _BARE_HEADING):
        cells = [c for c in column if _MONEY.search(line_at(reading, c.start).text) and not _MONEY.search(c.text)]
        texts = [cell.text.strip() for cell in cells]
        if not all(_CODES_ALONE.fullmatch(text) for text in texts):
            continue
        for cell in cells:
            if (first := _FIRST.match(cell.text)) and first["code"] in table.codes:
                yield _Found(
                    cell.start + first.start(),
                    cell.start + first.end(),
                    first["code"],
                    first["group"],
                    _BARE,
                    "carc.bare_column",
                )
                yield from _following(reading.text.content, cell.start + first.end(), group=first["group"])


def _carc(reading: Reading, one: _Found) -> CarcCode:
    base = finding(reading, (one.start, one.end), value=one.code, rule=one.rule, confidence=one.confidence)
    return CarcCode(
        value=base.value, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=base.rule,
        group=one.group,
    )  # fmt: skip


def find_rarc(reading: Reading, table: CodeTable, *, beside: Sequence[CarcCode]) -> tuple[Finding, ...]:
    """The remark codes of the letter, each once: by label, by column, or on a line with an adjustment code."""
    content = reading.text.content
    columns = {(cell.start, cell.end) for cell in under_heading(reading, _RARC_HEADING)}
    chosen: dict[str, Finding] = {}
    for match in _RARC_SHAPE.finditer(content):
        code = match["code"]
        line_start = content.rfind("\n", 0, match.start()) + 1
        before = content[max(line_start - _RARC_REACH, match.start() - _RARC_REACH, 0) : match.start()]
        line = content[line_start : content.find("\n", match.end()) % (len(content) + 1)]
        if _RARC_LABEL.search(before):
            confidence, rule = 0.95, "rarc.label"
        elif any(start <= match.start() < end for start, end in columns) and code in table.codes:
            confidence, rule = 0.85, "rarc.column"
        elif beside and code in table.codes and (_GROUPED.search(line) or _TELLS_CARC.search(line)):
            confidence, rule = 0.8, "rarc.beside_carc"
        else:
            continue
        chosen.setdefault(code, finding(reading, match.span("code"), value=code, rule=rule, confidence=confidence))
    return tuple(chosen.values())
