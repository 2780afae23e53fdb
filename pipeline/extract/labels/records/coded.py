"""Codes that stand in a record by themselves: the words of their key or column say of which list they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.labels.records.entry import Named

_NO_CODE = re.compile(
    r"\b(?:desc|description|text|name|units?|qty|quantity|count|amount|amt|pointer|ptr|date|paid|charge|billed|system"
    r"|version|url|zip|postal|type|status)\b"
)
_FIELDS = {
    "modifiers": re.compile(r"(?:(?:cpt|hcpcs|proc|procedure|line|service) )?mod(?:ifier)?s?(?: codes?)?"),
    "procedure_codes": re.compile(
        r"(?:.* )?(?:cpts?|hcpcs?|hcpc)(?: .*)?|(?:line |denied |billed )?proc(?:edure)?s?(?: (?:codes?|cds?))?"
        r"|(?:procedures?|services?|svc|lines?|items?|billing|product or service)(?: (?:line|item)s?)? (?:codes?|cds?)"
    ),
    "diagnosis_codes": re.compile(r"(?:.* )?(?:icds?|dxs?|diag|diagnos[ie]s)(?: .*)?"),
    "rarc": re.compile(r"(?:.* )?(?:rarcs?|rmk|moa)(?: .*)?"
        r"|(?:(?:remit|remittance advice|claim|line) )?remarks?(?: codes?)?"),
    "group": re.compile(r"(?:(?:claim )?(?:adj|adjustments?|cas|carc) )?(?:group|grp)(?: codes?)?"),
    "carc": re.compile(
        r"(?:.* )?carcs?(?: .*)?"
        r"|(?:(?:denial|denied|claim|reject(?:ion)?|adj|adjustments?|cas) )*(?:reason )?(?:codes?|cds?)"
        r"|(?:(?:denial|denied|adj|adjustments?) )?reasons?"
    ),
}  # fmt: skip
_GROUP = r"CO|PR|OA|PI|CR"
_ADJUSTMENT = rf"(?:(?:{_GROUP})\s?[-–:|/*_]?\s?)?(?:\d{{1,3}}|[ABPWabpw]\d{{1,2}})"
_REMARK = r"(?:MA?|N)\d{1,3}"
_PROCEDURE = r"(?:\d{5}|\d{4}[FTU]|[A-EGHJ-MP-TV]\d{4})"
_MODIFIER = r"(?:[A-Z][A-Z\d]|\d{2})"
_SHAPES = {
    "modifiers": _MODIFIER,
    "procedure_codes": rf"{_PROCEDURE}(?:[-: ]{_MODIFIER}(?![\w]))*",
    "diagnosis_codes": r"[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?",
    "rarc": _REMARK,
    "carc": rf"(?:{_ADJUSTMENT}|{_REMARK})",
    "group": _GROUP,
}
_LIST = {name: re.compile(rf"\W*{one}(?:[\s,;/+&|]+{one})*\W*") for name, one in _SHAPES.items()}
_ONE = {name: re.compile(one) for name, one in _SHAPES.items()}
_GROUPED = re.compile(rf"(?P<group>{_GROUP})\s?[-–:|/*_]?\s?(?P<code>\w+)")
_BARE = re.compile(r"reasons?|codes?|cds?")
"""A key that is no more than this names any code: the group has to be printed."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r"(?<=[a-z])\s?(?:10|\d)\b")


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a record by its field (``carc`` with its group where it is told), and its place."""

    field: str
    value: str
    start: int
    end: int
    group: str | None = None


def code_field(words: str) -> str | None:
    """Of which list the codes under a key or column name are: ``dx_code1`` of diagnoses, ``rmk`` of remarks.

    >>> code_field("CPT_Code"), code_field("icd10_1"), code_field("remarkCodes"), code_field("cpt_desc")
    ('procedure_codes', 'diagnosis_codes', 'rarc', None)
    """
    plain = re.sub(r"[\s_./#()-]+", " ", _CAMEL.sub(" ", words)).casefold().strip()
    plain = _NUMBERED.sub("", _NUMBERED.sub("", plain)).strip()
    if _NO_CODE.search(plain):
        return None
    return next((field for field, pattern in _FIELDS.items() if pattern.fullmatch(plain)), None)


def coded(named: Sequence[Named], text: str) -> Iterator[Coded]:
    """The codes of the values whose key says that they are: each alone or in a list of nothing else."""
    groups: dict[int, str] = {}
    found: list[tuple[Named, str]] = []
    for one in named:
        value, bare = text[one.start : one.end], _BARE.fullmatch(one.words.casefold()) is not None
        told = code_field(f"{one.above} {one.words}") if one.above else None
        field = told or code_field(one.words) if bare else code_field(one.words) or told
        if field is None or not _LIST[field].fullmatch(value) or (bare and not told and not _GROUPED.search(value)):
            continue
        if field == "group":
            groups[one.record] = value.strip()
        else:
            found.append((one, field))
    for one, field in found:
        for hit in _ONE[field].finditer(text, one.start, one.end):
            yield from _each(field, hit, groups.get(one.record))


def _each(field: str, hit: re.Match[str], group: str | None) -> Iterator[Coded]:
    if field == "procedure_codes":
        code, *modifiers = re.split(r"[-: ]", hit.group())
        yield Coded(field, code, hit.start(), hit.start() + len(code))
        place = hit.start() + len(code)
        for modifier in modifiers:
            yield Coded("modifiers", modifier, place + 1, place + 1 + len(modifier))
            place += 1 + len(modifier)
    elif field == "carc":
        if re.fullmatch(_REMARK, hit.group()):
            yield Coded("rarc", hit.group(), *hit.span())
            return
        told = _GROUPED.fullmatch(hit.group())
        code = (told["code"] if told else hit.group()).upper()
        yield Coded(field, code.lstrip("0") or code, *hit.span(), told["group"] if told else group)
    else:
        yield Coded(field, hit.group(), *hit.span())
