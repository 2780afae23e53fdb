"""Segments of an X12 message as they are sent: ``NM1*QC*1*DOE*JANE****MI*W123~``.

What an element is, its segment and qualifier say: ASC X12N 005010X221A1 (835), 005010X279A1 (270/271),
005010X217 (278), 005010X214 (277CA).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.labels.records.coded import Coded
from pipeline.extract.labels.records.entry import Entry

SEGMENT = "segment"
_SEGMENT = re.compile(
    r"(?:^|~)[ \t]*(?P<id>N1|NM1|CLP|CLM|REF|DTM|DTP|BHT|SVC|SV1|SV2|CAS|LQ|HI|MOA|MIA)\*(?P<rest>[^~\n]*)", re.M
)
_QUALIFIED = re.compile(r"[A-Za-z0-9-]{1,20}")
_UNQUALIFIED = frozenset({"SVC", "SV1", "SV2", "CAS", "LQ", "HI", "MOA", "MIA"})
"""Segments whose first element is no name of what follows; their codes are read by ``codes_of_segments``."""
_DAYS_OF_SERVICE = frozenset({"472", "232", "233", "150", "151", "434", "435"})
"""Service, statement's first and last day, service period's first and last day, statement days, admission."""
_DAY_OF_MESSAGE = "405"
_DENIED_STATUS = "4"
_PROCEDURE = re.compile(r"(?:HC|HP)[:>](?P<code>\d{5}|\d{4}[FTU]|[A-V]\d{4})(?P<mods>(?:[:>][A-Z\d]{2})*)")
_DIAGNOSIS = re.compile(r"(?:ABK|ABF|ABJ|APR)[:>](?P<code>[A-TV-Z]\d[0-9A-Z]{1,5})")
_DAY, _DAYS = re.compile(r"20\d{6}"), re.compile(r"20\d{6}-20\d{6}")
_PEOPLE = frozenset({"QC", "IL", "03"})
"""Patient, insured or subscriber, dependent."""
_PAYERS = frozenset({"PR", "X3", "IN"})
"""Payer, utilization management organization, insurer."""
_PROVIDERS = {
    "82": "rendering provider",
    "85": "billing provider",
    "1P": "provider",
    "SJ": "servicing provider",
    "PE": "billing provider",
}
_OF_REFERENCE = {
    "1L": "group_number", "6P": "group_number", "1K": "claim_number", "D9": "claim_number", "F8": "claim_number",
    "G1": "reference_number", "BB": "reference_number", "NT": "reference_number", "0F": "member_id", "1W": "member_id",
    "HPI": "provider_npi", "EI": "tin", "TJ": "tin",
}  # fmt: skip
_OF_QUALIFIER = {"XX": "provider_npi", "FI": "tin"}
_NAME, _FIRST, _LAST_OF_NAME, _ID = 3, 4, 5, 9


@dataclass(frozen=True, slots=True)
class _Element:
    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.start + len(self.text)


def segments(text: str) -> Iterator[tuple[tuple[Entry, ...], tuple[int, int]]]:
    """What each segment announces, and its place: its words are no labels."""
    for hit in _SEGMENT.finditer(text):
        elements = [_Element(hit["id"], hit.start("id")), *_elements(hit["rest"], hit.start("rest"))]
        qualifier = elements[1].text if len(elements) > 1 else ""
        if len(elements) < 3 or not (_QUALIFIED.fullmatch(qualifier) or hit["id"] in _UNQUALIFIED):
            continue
        yield tuple(_told(hit["id"], qualifier, elements)), hit.span()


def totals_of_segments(text: str) -> Iterator[Entry]:
    """The charge of the one claim of a message, which is also what was denied where its status says denied."""
    claims = [hit for hit in _SEGMENT.finditer(text) if hit["id"] in ("CLP", "CLM")]
    if len(claims) != 1:
        return
    hit = claims[0]
    elements = [_Element(hit["id"], hit.start("id")), *_elements(hit["rest"], hit.start("rest"))]
    charge, status = _at(elements, 3 if hit["id"] == "CLP" else 2), _at(elements, 2)
    if charge is not None and re.fullmatch(r"\d+(?:\.\d{1,2})?", charge.text):
        yield _entry("billed_amount", "total charge", charge.span)
        if hit["id"] == "CLP" and status is not None and status.text == _DENIED_STATUS:
            yield _entry("denied_amount", "total denied", charge.span)


def codes_of_segments(text: str) -> Iterator[Coded]:
    """Procedures with their modifiers, diagnoses, adjustment and remark codes, each by its segment and place."""
    for hit in _SEGMENT.finditer(text):
        elements = [_Element(hit["id"], hit.start("id")), *_elements(hit["rest"], hit.start("rest"))]
        yield from _codes(hit["id"], elements)


def _codes(segment: str, elements: list[_Element]) -> Iterator[Coded]:
    if segment in ("SVC", "SV1", "SV2"):
        for one in elements[1:3]:
            if found := _PROCEDURE.match(one.text):
                start, end = one.start + found.start("code"), one.start + found.end("code")
                yield Coded("procedure_codes", found["code"], start, end)
                for place in range(found.start("mods"), found.end("mods"), 3):
                    at = one.start + place + 1
                    yield Coded("modifiers", one.text[place + 1 : place + 3], at, at + 2)
    elif segment == "HI":
        for one in elements[1:]:
            if found := _DIAGNOSIS.match(one.text):
                yield Coded("diagnosis_codes", found["code"], one.start + found.start("code"), one.start + found.end())
    elif segment == "CAS":
        group = elements[1].text
        for one in elements[2::3]:
            if re.fullmatch(r"\d{1,3}|[ABPW]\d{1,2}", one.text) and re.fullmatch(r"CO|PR|OA|PI|CR", group):
                yield Coded("carc", one.text, *one.span, group)
    elif segment in ("LQ", "MOA", "MIA"):
        for one in elements[2:]:
            if re.fullmatch(r"(?:MA?|N)\d{1,3}", one.text):
                yield Coded("rarc", one.text, *one.span)


def _elements(rest: str, start: int) -> Iterator[_Element]:
    for piece in re.finditer(r"[^*]*(?:\*|$)", rest):
        if piece.group() or piece.start() == 0:
            yield _Element(piece.group().rstrip("*").rstrip(), start + piece.start())


def _told(segment: str, qualifier: str, elements: list[_Element]) -> Iterator[Entry]:
    if segment == "CLP":
        for place, field, label in (
            (1, "patient_account_number", "patient control"),
            (7, "claim_number", "payer claim control"),
        ):
            if one := _at(elements, place):
                yield _entry(field, label, one.span)
    elif segment == "CLM":
        if one := _at(elements, 1):
            yield _entry("patient_account_number", "patient control", one.span)
    elif segment in ("DTM", "DTP"):
        one = _at(elements, 2 if segment == "DTM" else 3)
        if one and qualifier in _DAYS_OF_SERVICE and (_DAY.fullmatch(one.text) or _DAYS.fullmatch(one.text)):
            yield _entry("dates_of_service", "service date", one.span)
        elif one and qualifier == _DAY_OF_MESSAGE and _DAY.fullmatch(one.text):
            yield _entry("letter_date", "production date", one.span)
    elif segment == "BHT":
        if (one := _at(elements, 4)) and _DAY.fullmatch(one.text):
            yield _entry("letter_date", "transaction date", one.span)
    elif segment in _UNQUALIFIED:
        return
    elif segment == "REF":
        announced, one = _OF_REFERENCE.get(qualifier), _at(elements, 2)
        if announced and one:
            yield _entry(announced, announced.replace("_", " "), one.span)
    else:
        yield from _party(
            qualifier, elements, name=_NAME if segment == "NM1" else 2, id_at=_ID if segment == "NM1" else 4
        )


def _party(qualifier: str, elements: list[_Element], *, name: int, id_at: int) -> Iterator[Entry]:
    named, numbered, kind = _at(elements, name), _at(elements, id_at), _at(elements, id_at - 1)
    if qualifier in _PAYERS and named:
        yield _entry("payer", "payer", named.span)
    elif qualifier in _PEOPLE:
        rest = [one for place in range(name, _LAST_OF_NAME + 1) if (one := _at(elements, place))]
        if len(rest) > 1:
            yield _entry("member_name", SEGMENT, (rest[0].start, rest[-1].span[1]))
        if numbered and kind and kind.text in ("MI", "II"):
            yield _entry("member_id", "member id", numbered.span)
    elif qualifier in _PROVIDERS:
        if (named and not _at(elements, _FIRST)) or (named and name != _NAME):
            yield _entry("provider_name", _PROVIDERS[qualifier], named.span)
        if numbered and kind and (field := _OF_QUALIFIER.get(kind.text)):
            yield _entry(field, field.replace("_", " "), numbered.span)


def _at(elements: list[_Element], place: int) -> _Element | None:
    return elements[place] if place < len(elements) and elements[place].text else None


def _entry(field: str, label: str, span: tuple[int, int]) -> Entry:
    return Entry(field, label, False, False, *span)


def person_of_segment(text: str) -> str:
    """A person's name as people write it: ``DOE*JANE*M`` is "JANE M DOE"."""
    last, *given = (piece.strip() for piece in text.split("*"))
    return " ".join((*filter(None, given), last))
