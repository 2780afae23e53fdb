"""Identifiers by their role: what a label says they are, and nothing else."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from pipeline.extract.candidates import SUPPORT, Candidate, backing, choose, same_value
from pipeline.extract.grid import PROVIDERS_BLOCK, block_heading
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.lookalikes import digits_read, number_mended, once
from pipeline.extract.npi import first_digit_lost, unlabelled_npi, wrapped_npi
from pipeline.extract.shapes import Found, behind_name, identifier, luhn, npi, tin
from pipeline.extract.untold import untold_number
from pipeline.language import Reading
from pipeline.language.reading import Line, page_at
from pipeline.language.zones import Zone
from pipeline.values.letter import ClaimEntry, Finding
from pipeline.values.text import Method

# "Member no. 4711" in a sentence says as much as a label with a colon would, nearly.
_BESIDE_ITS_LABEL = 0.08
_MENDED = 0.12
_STRAY = re.compile(r"(?:[il!|'‘\\]\s|[^\w\s$£€#(]+\s?)(?=[A-Z0-9-]*\d{3})")
"""What a scan makes of the rule of a table beside a number, and of specks."""
_APART = re.compile(r"[A-Z] (?=[A-Z]{2,4} ?\d{5})")
"""The first letter of a number that a fax drew away from the others."""
_A_CLAIMS = re.compile(r"CLM-?\d")
_BY_ITS_LETTERS = {
    "claim_number": re.compile(r"(?<![\w-])CLM-?(?:\d+-)?\d{4,}(?![\w-])"),
    "reference_number": re.compile(r"(?<![\w-])(?:REF-?|PA-?20\d\d-)\d{4,}(?![\w-])"),
}
"""Numbers whose letters say whose they are: CLM- a claim's, REF a reference, PA- and a year a prior authorization's."""
_BY_LETTERS = 0.7
"""Support of a number without a label: it is shown, and never sure."""
_CLAIMS_WHY = "its letters say that it is the number of a claim"
_CLAIMS_OWN_WHY = "it is the number of the claim"
_CODE_WHY = "it is the code of a service that was asked for"
_GIVEN_WHY = "it is the number of an authorization that was given"
# Words before a label that make it the number of something else: "prior claim number", "payment reference".
_OTHER_THING = re.compile(
    r"\b(?:previous|prior|related|approval|certification|payment|payer|submitter|receiver|check|eft|first|policy|guideline|phone|fax|tracking|criteria|invoice|form|lcd|ncd|patent)\b",
    re.IGNORECASE,
)
_MAY_BE_QUALIFIED = frozenset({"reference_number", "claim_number"})
# In running text these are followed by the number of a rule: "Medical Policy MED.0417".
_OF_THE_PAYER = frozenset({"policy", "plan", "contract", "certificate", "card"})
_HEAD_ZONES = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE, Zone.GREETING, Zone.DETERMINATION})
_LISTED_DIGITS = 5
# A Medicare beneficiary identifier: its first, fourth, seventh and last two places are digits (domain.md D.5).
_LIKE_DIGIT = "[0-9OILlSBZG|\\]]"
_MBI = re.compile(rf"{_LIKE_DIGIT}[A-Z][A-Z0-9]{_LIKE_DIGIT}[A-Z][A-Z0-9]{_LIKE_DIGIT}[A-Z]{{2}}{_LIKE_DIGIT}{{2}}")
_TWO_NUMBERS = re.compile(r"(?:^|\s)(?=\S*\d{4})\S{8,}\s(?=\S*\d{4})\S{8,}")
_NAME_OF_A_FILE = re.compile(r"(?:[A-Za-z]{4,}[-_]){2,}\d{1,2}")
"""Words and a count: ``AUTH-EXPIRED-03`` heads a sample, and is no number of a payer's."""
_CODE_OF_ADJUSTMENT = re.compile(r"(?:CARC|RARC)[ -]?[A-Z]{0,2}\d{1,3}", re.IGNORECASE)
_GROUP_NAMED = re.compile(
    r"[A-Z][A-Za-z&.,'’ -]{2,60}?[\s,(/-]+(?:(?i:no|nos|number|num|group|id)\b\.?|#)[\s:#]*(?=[\w-]*\d)"
)
"""The name of a group before its number: "Elm Stoneworks, No. 60417"."""
_AND_LABEL = re.compile(r"[a-z]\s+(?:and|&)\s+$")
_VALUES_OF_TWO = 2
_SENTENCE_ENDS = re.compile(r"[a-zA-Z\d)]{2}[.!?]\s+$")
_CONTROL = re.compile(r"\b(?:icn|dcn|tcn|ccn|control)\b")
"""Words for the payer's own number of a claim: beside one of it, "claim" may be the practice's."""
_NO_CONTROL = 0.1
_OF_A_HOUSE = ("student", "employee")
_HOUSES_OWN, _SCHOOLS_POLICY = 0.25, 0.4
"""What a label says less that names the number of a school or an employer, by which some plans know their members: it
is shown and never sure. The policy that it stands beside is the school's."""
_LISTED = re.compile(
    r"\b(?:id|dob|member)\b.*[,;/|] ?group #? ?[\dA-Z-]+(?:\W*$|[,;/|)])|[(,;/|] ?group #? ?[\dA-Z-]+[,;/|].*\bid\b",
    re.IGNORECASE,
)
"""The group in a row beside the member's id or birthday: "Member ID QQ 4410 2290, Group 20088"."""
_NUMBERED = re.compile(r"(?:\b(?:id|no|num|number|identifier|identification)|#)\W*$", re.IGNORECASE)
_MBI_DIGITS = (0, 3, 6, 9, 10)
_CLEARLY_A_NUMBER = 7
_NEAR = 60
_ANOTHER_CLAIM = re.compile(
    r"\b(?:already (?:\w+ )?(?:paid|processed|considered|finali[sz]ed|settled)|(?:duplicate|copy|repeat|replacement) of"
    r"|paid (?:\w+ ){0,4}(?:on|under|with)|same \w+ (?:on|under)|previously|earlier|other|another)\b[^.;]*$"
)
_PART_OR_MONTH = re.compile(r"\d{1,3}(?:\.\d{1,3})+|\d{1,2}/\d{4}")
"""The number of a section or of a coverage determination, or a month: "Determination 30.3", "review 10/2026"."""
_AUTHORIZATION = re.compile(r"auth|cert|approval")
_REVIEWERS = re.compile(
    r"\b(?:reviewer|reviewed by|reviewing (?:physician|doctor)|medical director)\b[^;]{0,60}$", re.IGNORECASE
)
"""Before the number of whoever judged the request, who is no provider of it."""
_NUMBER_OF_AN_APPEAL = re.compile(r"first.level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """Identifiers of the letter by role, as printed without inner spaces."""

    member_id: Finding | None = None
    group_number: Finding | None = None
    patient_account_number: Finding | None = None
    claim_number: Finding | None = None
    reference_number: Finding | None = None
    provider_npi: Finding | None = None
    tin: Finding | None = None


def find_identifiers(
    reading: Reading,
    labels: Mapping[str, Sequence[Labelled]],
    *,
    given: Collection[str] = (),
    extra: Sequence[tuple[str, Candidate]] = (),
    claims: Sequence[ClaimEntry] = (),
    procedures: Collection[str] = (),
) -> Identifiers:
    """The identifiers the letter prints.

    ``given`` are numbers of authorizations that the payer gave, which are no reference of this request; ``extra`` are
    candidates, by field, that other parts of the letter yield; ``procedures`` the codes of its services. Several claims
    or members leave their scalar empty.
    """
    found = {name: _candidates(reading, labels.get(name, ()), name=name) for name in Identifiers.__dataclass_fields__}
    found["reference_number"] = [
        _against(c, _CODE_WHY) if _is_code(reading.text.content[c.start : c.end], procedures) else c
        for c in found["reference_number"]
    ]
    for name, candidate in extra:
        found[name].append(_against(candidate, _CLAIMS_WHY) if _is_anothers(candidate.value, name) else candidate)
    for name in _BY_ITS_LETTERS:
        if not found[name] and (by_letters := _by_its_letters(reading, name)):
            found[name].append(by_letters)
    found["provider_npi"] += wrapped_npi(reading)
    if not found["provider_npi"] and (by_shape := unlabelled_npi(reading)):
        found["provider_npi"].append(by_shape)
    members = {same_value(c.member_id) for c in claims if c.member_id}
    references = [_against(c, _GIVEN_WHY) if c.value in given else c for c in found["reference_number"]]
    # Several claims: the scalar would be wrong for all but one of them.
    claim = None if _several(found["claim_number"]) else choose(reading, found["claim_number"])
    if claim and claim.value:
        same = same_value(claim.value)
        references = [_against(c, _CLAIMS_OWN_WHY) if same_value(c.value) == same else c for c in references]
    read = Identifiers(
        member_id=None if len(members) > 1 else choose(reading, found["member_id"]),
        group_number=choose(reading, found["group_number"]),
        patient_account_number=choose(reading, found["patient_account_number"]),
        claim_number=claim,
        reference_number=choose(reading, references),
        provider_npi=choose(reading, found["provider_npi"]),
        tin=choose(reading, found["tin"]),
    )
    if references:
        return read
    known = {one.value for field in fields(read) if (one := getattr(read, field.name)) and one.value}
    known |= {*given, *(c.value for c in found["claim_number"])}
    left_over = list(untold_number(reading, labels, known=known))
    return replace(read, reference_number=choose(reading, left_over))


def _against(candidate: Candidate, why: str) -> Candidate:
    return Candidate(
        value=candidate.value, start=candidate.start, end=candidate.end, support=candidate.support, rule=candidate.rule,
        against=why,
    )  # fmt: skip


def _is_code(printed: str, procedures: Collection[str]) -> bool:
    """Whether what is printed is the code of a service, or one with its units behind it: "J0585 100"."""
    code, _, units = printed.partition(" ")
    return code in procedures and re.fullmatch(r"\d{0,3}", units) is not None


def _several(claims: Sequence[Candidate]) -> bool:
    """Whether two claim numbers stand as well supported as the best, and neither is the other cut short."""
    best = max((c.support for c in claims), default=0.0)
    strong = {same_value(c.value) for c in claims if c.support >= min(best, SUPPORT[How.BELOW]) - 0.001}
    return any(not (a.startswith(b) or b.startswith(a)) for a in strong for b in strong)


def _candidates(reading: Reading, labels: Sequence[Labelled], *, name: str) -> list[Candidate]:
    out = []
    controlled = name == "claim_number" and any(_CONTROL.search(label.label) for label in labels if not label.guessed)
    schooled = name == "member_id" and any(label.label.startswith("student") for label in labels)
    for label in labels:
        text = reading.text.content[label.start : label.end]
        scanned = page_at(reading.text, label.start).method is not Method.TEXT
        lead = _second_of_two(reading, label, text)
        value = _value(text[lead:], name, scanned=scanned, as_phone=_says_number(label))
        value = (value[0], value[1] + lead, value[2] + lead) if value else None
        if value is None or not _credible(reading, label, value, name=name):
            continue
        if label.how is How.BELOW and _TWO_NUMBERS.search(text[value[1] : value[2]]):
            continue  # two columns that ran together: neither number is whole for certain
        mended = same_value(value[0]) != same_value(text[value[1] : value[2]])
        out.append(
            Candidate(
                value=value[0], start=label.start + value[1], end=label.start + value[2],
                support=_support(label, value[0], name=name, scanned=scanned)
                - (_MENDED if mended else 0.0)
                - (_SCHOOLS_POLICY if schooled and "policy" in label.label else 0.0)
                - (_NO_CONTROL if controlled and not _CONTROL.search(label.label) else 0.0),
                rule=f"field.{name}.{label.how.name.casefold()}",
                against=_CLAIMS_WHY if _is_anothers(value[0], name) else None,
            )
        )  # fmt: skip
    return out


def _second_of_two(reading: Reading, label: Labelled, text: str) -> int:
    """Where the value begins of a label that is the second of two for two values: "Plan code and ID: 7B2, E 41 220"."""
    before = reading.text.content[label.line.start : label.start].casefold()
    ends = before.rfind(label.label)
    pieces = text.split(",")
    if ends < 0 or len(pieces) != _VALUES_OF_TWO or not _AND_LABEL.search(before[:ends]):
        return 0
    return len(pieces[0]) + 1 + len(pieces[1]) - len(pieces[1].lstrip())


def _is_anothers(value: str, name: str) -> bool:
    """Whether a number's own letters say that it is the number of a claim, and it was taken for something else."""
    return name != "claim_number" and bool(_A_CLAIMS.match(value))


def _by_its_letters(reading: Reading, name: str) -> Candidate | None:
    """The only number of scanned pages whose letters say whose it is, where no label is left to say so."""
    scanned = [(p.start, p.end) for p in reading.text.pages if p.method is not Method.TEXT]
    numbers = _BY_ITS_LETTERS[name]
    hits = {hit[0]: hit for start, end in scanned for hit in numbers.finditer(reading.text.content, start, end)}
    if len(hits) != 1:
        return None
    value, hit = hits.popitem()
    return Candidate(value=value, start=hit.start(), end=hit.end(), support=_BY_LETTERS, rule=f"field.{name}.letters")


def _says_number(label: Labelled) -> bool:
    """Whether a label says that a number or an id follows, right before it: of no phone is that said."""
    return label.how is not How.INLINE and not label.guessed and _NUMBERED.search(label.label) is not None


def _value(text: str, name: str, *, scanned: bool, as_phone: bool) -> Found | None:
    if name == "provider_npi":
        found = npi(text[:30]) or (first_digit_lost(text[:30]) if scanned else None)
        return _first_digit_mended(found)
    if name == "tin":
        return tin(text)
    stray = _STRAY.match(text) if scanned else None
    lead = stray.end() if stray else 0
    apart = _APART.match(text, lead) if scanned else None
    begin = apart.end() if apart else lead
    if found := identifier(number_mended(text[begin:]), as_phone=as_phone):
        found = found[0], found[1] + begin, found[2] + begin
    if found and apart:
        found = apart[0][0] + found[0], lead, found[2]
    if found is None and name == "member_id":
        found = behind_name(text)
    if found is None and name == "group_number" and (named := _GROUP_NAMED.match(text)):
        last = identifier(text[named.end() :])
        return (last[0], last[1] + named.end(), last[2] + named.end()) if last else None
    if found is None and name == "group_number" and (slash := text.rfind(" / ")) > 0:
        last = identifier(text[slash + 3 :])  # the group's name, then its number
        return (last[0], last[1] + slash + 3, last[2] + slash + 3) if last else None
    if found is None:
        return None
    found = once(number_mended(found[0])), found[1], found[2]
    return _beneficiary(found) if name == "member_id" else found


def _first_digit_mended(found: Found | None) -> Found | None:
    """An NPI whose first digit cannot be one, mended where its check digit then is right: a scan reads 4 for 1."""
    if found is None or found[0][0] in "12" or not luhn("1" + found[0][1:]) or luhn(found[0]):
        return found
    return "1" + found[0][1:], found[1], found[2]


def _beneficiary(found: Found) -> Found:
    """A Medicare beneficiary identifier with the digits that a scan made letters mended; any other id as it is."""
    plain = found[0].replace("-", "")
    if not _MBI.fullmatch(plain):
        return found
    value = list(found[0])
    places = [n for n, ch in enumerate(value) if ch != "-"]
    for place in _MBI_DIGITS:
        value[places[place]] = digits_read(value[places[place]])
    return "".join(value), found[1], found[2]


def credible_identifier(label: Labelled, value: Found) -> bool:
    """Whether a label's value can be its identifier: a weak label needs one that can be nothing else."""
    return not label.qualified and (not label.weak or _telling(value, label))


def _credible(reading: Reading, label: Labelled, value: Found, *, name: str) -> bool:
    of_request = name == "reference_number" and _AUTHORIZATION.search(label.label)
    if label.how is How.INLINE and label.weak and of_request and not label.opens:
        return False  # running text speaks of an authorization that was given; the request's own number has a label
    if label.how is How.INLINE and not label.opens and _is_of_the_payer(reading, label, value):
        return False
    if name == "claim_number" and label.how is How.INLINE and _is_earlier_claim(reading, label):
        return False
    if name == "member_id" and label.label == "id" and _is_anothers_id(reading, label, value):
        return False
    if PROVIDERS_BLOCK.search(block_heading(reading, label.line, label.start)) and name in {
        "member_id",
        "group_number",
    }:
        return False
    if label.qualified and (_OTHER_THING.search(label.qualified) or name not in _MAY_BE_QUALIFIED):
        return False
    if name == "reference_number" and label.how is How.INLINE and _PART_OR_MONTH.fullmatch(value[0]):
        return False
    if name == "provider_npi" and _REVIEWERS.search(reading.text.content[label.line.start : label.start]):
        return False
    if name == "provider_npi" and label.guessed and not luhn(value[0]):
        # Neither its label nor its check digit speaks for it, unless both were written and not read.
        return page_at(reading.text, label.start).method is Method.TEXT
    if name == "provider_npi" and value[0][0] not in "12":
        # No NPI begins so: a misread digit in a scan, a made-up number in a text that was not read but written.
        return page_at(reading.text, label.start).method is Method.TEXT
    if name == "reference_number" and (_NAME_OF_A_FILE.fullmatch(value[0]) or _CODE_OF_ADJUSTMENT.fullmatch(value[0])):
        return False
    return not label.weak or _telling(value, label)


def _is_of_the_payer(reading: Reading, label: Labelled, value: Found) -> bool:
    """Whether a number in running text is that of a policy or a contract: not behind "policy ID", not in a list.

    Nor is it where label and number are all of a sentence: "... the scan. Certificate ESH 4410."
    """
    words = label.label.split()
    if words[0].rstrip("#") not in _OF_THE_PAYER or words[-1] == "id":
        return False
    before = reading.text.content[label.line.start : label.start]
    spoken, behind = before.rstrip()[: -len(label.label)], reading.text.content[label.start + value[2] : label.line.end]
    if _SENTENCE_ENDS.search(spoken) and re.match(r"\.(?:\s|$)", behind):
        return False
    of_a_list = label.line.zone in _HEAD_ZONES or _is_heading(reading, label.line)
    return not ("," in before and of_a_list and sum(ch.isdigit() for ch in value[0]) >= _LISTED_DIGITS)


def _is_earlier_claim(reading: Reading, label: Labelled) -> bool:
    """Whether running text speaks of the claim that this one repeats: "already paid on claim 4471"."""
    before = reading.text.content[label.line.start : label.start].casefold()
    return _ANOTHER_CLAIM.search(before[: before.rfind(label.label)][-_NEAR:]) is not None


def _is_heading(reading: Reading, line: Line) -> bool:
    """Whether a line is a paragraph of its own and no sentence."""
    beside = [reading.lines[n] for n in (line.number - 1, line.number + 1) if 0 <= n < len(reading.lines)]
    return not line.text.rstrip().endswith(".") and not any(row.cells for row in beside)


def _is_anothers_id(reading: Reading, label: Labelled, value: Found) -> bool:
    """Whether "ID" in running text is another thing's ("approval ID"), or Idaho: a town and a ZIP code beside."""
    spoken = reading.text.content[label.line.start : label.start]
    before = re.sub(r"\W*id\W*$", "", spoken, flags=re.IGNORECASE)
    idaho = re.search(r"[A-Za-z]{3,},? ID $", spoken) and re.fullmatch(r"\d{5}(?:-?\d{4})?", value[0])
    named = re.search(r"\w+$", before)
    return label.how is How.INLINE and bool(idaho or (named and _OTHER_THING.fullmatch(named[0])))


def _support(label: Labelled, value: str, *, name: str, scanned: bool) -> float:
    support = backing(label) - (0.06 if label.weak else 0.0) - (0.08 if label.qualified else 0.0)
    support += _BESIDE_ITS_LABEL if label.how is How.INLINE and not label.weak else 0.0
    if name == "reference_number" and _AUTHORIZATION.search(label.label) and "req" not in label.label:
        support -= 0.1  # a number of the request says more than that of an authorization
    if name == "member_id" and label.label.startswith("patient"):
        support -= 0.1  # the practice's own number of the patient is called so too
    if name == "member_id" and label.label.startswith(_OF_A_HOUSE):
        support -= _HOUSES_OWN
    if name == "group_number" and label.label.startswith("rx"):
        support -= 0.15  # the pharmacy's own routing, beside the group of the coverage on a card
    if name == "reference_number" and label.label.startswith("call"):
        support -= 0.2  # the number of a phone call
    if name == "reference_number" and _NUMBER_OF_AN_APPEAL.search(label.label):
        support -= 0.12  # the level before this one
    if name == "provider_npi" and not luhn(value):
        support -= 0.12 if scanned else 0.02  # a payer's misprint, or a digit that a scan changed
    return support


def _telling(value: Found, label: Labelled) -> bool:
    """Whether a weak label's value cannot be an ordinary word, a ZIP code, a duration or an amount."""
    if label.how in {How.COLON, How.NEXT_CELL}:
        return True
    digits = sum(ch.isdigit() for ch in value[0])
    if label.how is How.INLINE and label.opens and label.end - label.start == value[2] - value[1]:
        # Label and number are all of a cell: "Group 70418", "Case 7745-A".
        return digits >= (_LISTED_DIGITS if value[0].isdigit() else _LISTED_DIGITS - 1)
    if label.how is How.INLINE and label.label == "group" and _LISTED.search(label.line.text):
        return digits >= _LISTED_DIGITS - 1
    if label.how is How.INLINE and len(label.label) < 4:
        return digits >= _CLEARLY_A_NUMBER
    if label.how is How.INLINE and value[0].isdigit() and digits < 6:
        return False
    return digits >= 4 and not re.match(r"(?:19|20)\d\d$", value[0])
