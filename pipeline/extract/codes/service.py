"""Procedure, diagnosis and modifier codes by shape and context.

Five digits are a procedure only behind a label, in a list of codes, under a heading, or where the code is known and
nothing makes it a ZIP code, a PO box, a group number or an amount.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pipeline.extract.codes.columns import under_heading
from pipeline.extract.codes.places import by_place, is_address, is_row, is_something_else
from pipeline.extract.lookalikes import mended_shape
from pipeline.knowledge.code_words import CodeWords
from pipeline.knowledge.codes import ServiceCodes
from pipeline.language import Reading
from pipeline.language.reading import finding, line_at
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding

_CPT = r"(?:\d{5}|\d{4}[FTU])"
_HCPCS = r"[A-EGHJ-MP-TV]\d{4}"
_SERVICE = re.compile(
    rf"(?<![\w$#.-])(?P<code>{_CPT}|{_HCPCS})"
    rf"(?P<mods>(?: [A-Z][A-Z\d])(?=,\s(?:{_CPT}|{_HCPCS})\b)|(?:-[A-Z\d]{{2}}){{0,4}})(?![\w]|[-–]\d|[.,]\d)"
)
_SERVICE_LABEL = re.compile(
    r"\b(?:(?:CPT|HCPCS|HCPC)(?:\s?/\s?(?:HCPCS|CPT|NDC))?|J-?codes?|proc(?:edure)?s?\W{0,2}(?:\s?code|cd)?s?(?:\(s\))?|service\scodes?|billing\scodes?|drug\scodes?|codes?|billed|"
    r"revenue/hcpcs)\b",
    re.IGNORECASE,
)
_STRONG_LABEL = re.compile(
    r"\b(?:CPT|HCPCS|HCPC|procedure|proc|service|billing|drug|J-?)\b[^\n:]{0,25}:?[^\n:]{0,12}$|\b(?:CPT|HCPCS|HCPC)\b",
    re.IGNORECASE,
)
# What stands between a label and its codes, or between two codes of a list.
_BETWEEN = re.compile(
    r"[\s,;:/&()#-]*(?:(?:and|or|codes?|with|for|was|billed|under|number|no\.?|is|the|administration|drug|units?|x\s?\d+)[\s,;:/&()#-]*)*"
)
_HEADING = re.compile(r"\b(?:CPT|HCPCS|proc(?:edure)?|service\scode|svc\s?code|code)\b", re.IGNORECASE)
_ICD = re.compile(
    r"(?<![\w$#.-])(?P<code>[A-TV-Z]\d[0-9A-Z](?:\.(?:\s?\d[0-9A-Z]{0,3}|[A-Z][0-9A-Z]{0,3}))?|[A-TV-Z]\d[0-9A-Z][0-9A-Z]{1,4}|U07\.[01])(?![\w]|[-/]\d|\.\d)"
)
# A code behind a label whose signs a scan took for others: its first is a letter, its second a digit.
_ICD_AS_READ = re.compile(r"(?<![\w$#.,-])(?P<code>[A-TV-Z0158]\w[0-9A-Zl|]\.[0-9A-Zl|]{1,4})(?![\w]|[-/]\d|\.\d)")
_ICD_SHAPE = "A9X.XXXX"
_ICD_LABEL = re.compile(r"\b(?:ICD(?:[- ]?10)?(?:[- ]?CM)?|diagnos[ie]s|diag|dx)(?:\b|(?=_?codes?\b))", re.IGNORECASE)
_ICD_HEADING = re.compile(r"\b(?:ICD|diagnos[ie]s|diag|dx)\b", re.IGNORECASE)
_NOT_ICD = re.compile(
    r"(?:\bsection|\bcriterion|\bcriteria|\bpolicy|\bexhibit|\bappendix|\bversion|\bguideline|\bform|\bpart|\bsec\.?|\bsuite"
    r"|\broom|\bitem|\bbox|\blcd|\barticle|coverage determination|\bdetermination \(?)\s?(?:no\.?|#|\(lcd\):?|\()?\s*$",
    re.IGNORECASE,
)
_LISTED_DX = re.compile(
    r"\b(?:covered|payable|approved|supported|following)\s(?:ICD[- ]?10\s)?(?:diagnos[ie]s|codes)", re.IGNORECASE
)

_MOD_LABEL = re.compile(r"\bmod(?:ifier)?s?(?:\(s\))?\b\s*(?:codes?)?[\s:#\"'\[(]*", re.IGNORECASE)
_MOD_LIST = re.compile(r"(?P<mod>[A-Z][A-Z\d]|\d{2})(?![\w.%])[\"']?(?:\s*(?:,|/|and|or|&|;)[\s\"']*(?=[A-Z\d]{2}\b))?")
_MOD_HEADING = re.compile(r"^\s*mod(?:ifier)?s?\b\.?", re.IGNORECASE)
# Joined to its code by a hyphen, or behind a blank: letters there alone, digits only at the end of a cell.
_MOD_BESIDE = re.compile(
    rf"(?<![\w$#.-])(?P<code>{_HCPCS}|{_CPT})"
    r"(?P<joint> ?- ?| )(?P<mod>[A-Z][A-Z\d]|\d{2})(?![\w%]|-\w|[.,]\d|\s?units)(?P<ends>(?=\s{2}|\s*(?:[|\n]|$))?)"
)
# Words that look like modifiers beside a code.
_NO_MODIFIERS = frozenset({"OR", "OF", "IN", "IS", "TO", "ON", "AT", "AS", "BY", "X1", "X2"})
_NO_AUTHORITY = frozenset({Zone.RIGHTS, Zone.BOILERPLATE, Zone.CONTACTS, Zone.LETTERHEAD, Zone.ADDRESS, Zone.SIGNATURE})


# What scans make of J058x behind a label of codes: ``JO585``, ``40585``, ``g0585``.
_MISREAD_DRUG = re.compile(r"(?<![\w$#.-])(?P<code>[J4gIl1]\s?[O0o][S5][B8][S5-9])(?![\w]|[-–]\d|[.,]\d)")
_DRUG_DIGITS = str.maketrans("OoSB", "0058")


class _Found(NamedTuple):
    start: int
    end: int
    value: str
    confidence: float
    rule: str


def _once(reading: Reading, found: Iterator[_Found]) -> tuple[Finding, ...]:
    chosen: dict[str, _Found] = {}
    for one in found:
        if one.value not in chosen or chosen[one.value].confidence < one.confidence:
            chosen[one.value] = one
    ordered = sorted(chosen.values(), key=lambda one: one.start)
    return tuple(
        finding(reading, (one.start, one.end), value=one.value, rule=one.rule, confidence=one.confidence)
        for one in ordered
    )


def find_procedures(reading: Reading, known: ServiceCodes, words: CodeWords) -> tuple[Finding, ...]:
    """The CPT and HCPCS codes of the letter, without modifiers, each once."""
    columns = [(c.start, c.end) for c in under_heading(reading, _HEADING)]
    return _once(reading, _procedures(reading, known, words, columns=columns))


def _procedures(
    reading: Reading, known: ServiceCodes, words: CodeWords, *, columns: list[tuple[int, int]]
) -> Iterator[_Found]:
    last, ends = -1, set[int]()
    for match in _SERVICE.finditer(reading.text.content):
        support = _service_support(reading, match, known=known, words=words, last=last, columns=columns)
        if support is None:
            continue
        last = match.end()
        ends.add(last)
        yield _Found(match.start("code"), match.end("code"), match["code"], *support)
    yield from _misread_drugs(reading.text.content, known, behind=ends)


def _misread_drugs(content: str, known: ServiceCodes, *, behind: Collection[int]) -> Iterator[_Found]:
    """Codes of drugs that a scan changed, behind a label of codes or another code of the list; ``behind``: its ends."""
    for match in _MISREAD_DRUG.finditer(content):
        code = "J" + re.sub(r"\s", "", match["code"])[1:].translate(_DRUG_DIGITS)
        before = content[max(0, match.start() - 60) : match.start()]
        listed = any(
            _BETWEEN.fullmatch(content[end : match.start()]) for end in behind if 0 <= match.start() - end < 30
        )
        if code in known.procedures and code != match["code"] and (listed or _label_before(before.replace("|", " "))):
            yield _Found(match.start(), match.end(), code, 0.6, "service.label.repaired")


def _service_support(
    reading: Reading,
    match: re.Match[str],
    *,
    known: ServiceCodes,
    words: CodeWords,
    last: int,
    columns: list[tuple[int, int]],
) -> tuple[float, str] | None:
    content, code, start = reading.text.content, match["code"], match.start("code")
    before = content[max(0, start - 60) : start]
    digits = code.isdigit()
    elsewhere = is_something_else(before.rpartition("\n\n" if digits else "\n")[2], words)
    label = _label_before(before)
    if label and (_STRONG_LABEL.search(before) or not digits or code in known.procedures):
        return (0.95, "service.label") if re.search(r"/NDC[\s:#]*$", before) or not elsewhere else None
    listed = 0 <= last > start - 30 and _BETWEEN.fullmatch(content[last:start]) is not None
    if elsewhere or (digits and not listed and is_address(content, match, words)):
        return (0.8, "service.row") if is_row(content, match) else None
    if listed:
        return 0.9, "service.list"
    if any(a <= start < b for a, b in columns):
        return 0.9, "service.column"
    if code in known.procedures:
        return 0.85, "service.known"
    if code[0] in "JQ" and not digits:
        return 0.75, "service.drug_code"
    if not digits and re.search(r"\(\s?$", before) and content[match.end() : match.end() + 1] in {")", ","}:
        return 0.7, "service.bracket"
    return by_place(reading, match, words=words, last=last)


def _label_before(before: str) -> bool:
    """Whether a label governs what comes next: only connecting words between it and the code."""
    last = None
    for label in _SERVICE_LABEL.finditer(before):
        last = label
    return last is not None and bool(_BETWEEN.fullmatch(before[last.end() :]))


def find_diagnoses(reading: Reading) -> tuple[Finding, ...]:
    """The ICD-10-CM codes of the letter, with the dot, each once; lists of covered codes are not the patient's."""
    columns = [(c.start, c.end) for c in under_heading(reading, _ICD_HEADING)]
    return _once(reading, _diagnoses(reading, columns=columns))


def _diagnoses(reading: Reading, *, columns: list[tuple[int, int]]) -> Iterator[_Found]:
    content = reading.text.content
    previous_end = -1
    for match in _ICD.finditer(content):
        printed, start = match["code"], match.start()
        before = content[max(0, start - 70) : start]
        zone = line_at(reading, start).zone
        if _NOT_ICD.search(before) or zone is Zone.CRITERIA or _LISTED_DX.search(before):
            continue
        dotted = "." in printed
        labelled = _ICD_LABEL.search(before) is not None
        near = labelled and bool(re.fullmatch(r"[^\n]{0,45}\n?[^\n]{0,3}", before[_last_end(_ICD_LABEL, before) :]))
        listed = previous_end >= 0 and start - previous_end < 6
        column = any(a <= start < b for a, b in columns)
        support = _diagnosis_support(printed, dotted=dotted, near=near, listed=listed, column=column, zone=zone)
        if support is None:
            continue
        previous_end = match.end()
        yield _Found(start, match.end(), with_dot(printed), *support)
    yield from _mended_diagnoses(content)


def _mended_diagnoses(content: str) -> Iterator[_Found]:
    for match in _ICD_AS_READ.finditer(content):
        mended = mended_shape(match["code"], _ICD_SHAPE[: len(match["code"])])
        if mended in {None, match["code"]} or _ICD.match(content, match.start()):
            continue
        before = content[max(0, match.start() - 70) : match.start()]
        label = _last_end(_ICD_LABEL, before)
        if mended and label and re.fullmatch(r"[^\n.$]{0,20}", before[label:]):
            yield _Found(match.start(), match.end(), mended, 0.6, "diagnosis.label.repaired")


def _diagnosis_support(
    printed: str, *, dotted: bool, near: bool, listed: bool, column: bool, zone: Zone
) -> tuple[float, str] | None:
    if dotted and (near or listed or column):
        return 0.95, "diagnosis.label"
    if dotted and zone not in _NO_AUTHORITY:
        return 0.8, "diagnosis.shape"
    if dotted:
        return None
    # Without its dot a code of five characters with four digits is a drug or supply code far more often.
    hcpcs_like = re.fullmatch(_HCPCS, printed) is not None
    if near and not hcpcs_like:
        return 0.85, "diagnosis.label.undotted"
    return (0.75, "diagnosis.column.undotted") if (column or listed) and not hcpcs_like and len(printed) > 3 else None


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=0)


def with_dot(printed: str) -> str:
    """An ICD-10-CM code with its dot."""
    plain = re.sub(r"[.\s]", "", printed)
    return plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"


def _stands_behind(match: re.Match[str]) -> bool:
    """Whether a modifier stands behind its code and a blank: letters, or digits that end the cell of a procedure."""
    if match["mod"].isdigit():
        return match["ends"] is not None and match["code"].isdigit()
    behind = match.string[match.end() : match.end() + 8]
    return behind[:1] not in {",", "."} or re.match(rf",\s(?:{_CPT}|{_HCPCS})", behind) is not None


def find_modifiers(reading: Reading, known: ServiceCodes, *, procedures: Collection[str]) -> tuple[Finding, ...]:
    """The modifiers of the letter, each once: by label, attached to one of its procedures, or under a heading."""
    return _once(reading, _modifiers(reading, known, procedures))


def _modifiers(reading: Reading, known: ServiceCodes, procedures: Collection[str]) -> Iterator[_Found]:
    content, able = reading.text.content, known.modifiers - _NO_MODIFIERS
    for label in _MOD_LABEL.finditer(content):
        line = line_at(reading, label.start())
        if len(line.cells) > 1 and line.text.isupper() and not any(ch.isdigit() for ch in line.text):
            continue  # the headings of a table
        at = label.end()
        while (match := _MOD_LIST.match(content, at)) and match["mod"] in able:
            yield _Found(match.start("mod"), match.end("mod"), match["mod"], 0.9, "modifier.label")
            at = match.end()
    for match in _MOD_BESIDE.finditer(content):
        mod, attached = match["mod"], "-" in match["joint"]
        if mod in able and match["code"] in procedures and (attached or _stands_behind(match)):
            yield _Found(match.start("mod"), match.end("mod"), mod, 0.85, "modifier.attached")
    for cell in under_heading(reading, _MOD_HEADING):
        for word in re.finditer(r"\b[A-Z\d]{2}\b", cell.text):
            if word[0] in able and len(cell.text) <= 14:
                yield _Found(cell.start + word.start(), cell.start + word.end(), word[0], 0.85, "modifier.column")
