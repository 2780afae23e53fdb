"""The patient as running text names them: beside an id of their coverage, after a word for a patient, with a title."""

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.shapes import identifier, person
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import zone_of
from pipeline.language.sentences import Sentence, sentences_of
from pipeline.language.zones import Zone
from pipeline.values.text import Method

_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’]+(?:-[A-ZÀ-Þ][A-Za-zÀ-ÿ'’]+)?"
_NAME = rf"(?P<name>(?:{_WORD}(?: [A-Z]\.?)?|[A-Z]\.)(?: (?:de|del|la|van|von|der|{_WORD})){{1,3}})"
_ID = (
    r"(?P<id>(?![A-Z]{0,1}\d{4,5}\b)(?:[A-Z]{1,5} (?!\d{5}\b)(?=\d)|(?=[A-Z0-9-]*\d)[A-Z]{0,5}[- ]?)"
    r"\d(?:[\dA-Z-]{4,}|[\dA-Z-]{1,}(?: [\dA-Z-]{2,})+))"
)
_ID_WORD = (
    r"(?:(?:(?:DoD )?benefits|member|patient|subscriber|plan|coverage|medicaid|medicare|enrollee|insured|card"
    r"|contract|policy|certificate)"
    r"(?:'s)?|ID|id|no|number|#)\b[\s#:.]*"
)
_WITH_ID = re.compile(
    rf"{_NAME}(?:(?:, ?| \(|, \(| / | [-–] )(?:{_ID_WORD}){{0,3}}#?\s*"
    rf"|, whose (?:{_ID_WORD}){{1,2}}(?:is|reads|was) | (?:{_ID_WORD}){{1,3}}){_ID}"
)
_IN_BRACKETS = re.compile(rf"\((?P<name>{_WORD}, {_WORD}(?: [A-Z]\.?)?) ?[/,;-] ?(?:{_ID_WORD})?{_ID}\)")
"""``decision on request 4410 (Doe, Jane / QQ-0091822)``."""
_ABOUT_WHOM = r"(?:[Aa]ppeal|[Gg]rievance|[Cc]omplaint|[Tt]reatment|[Pp]arents?|[Gg]uardian)"
_PATTERNS = (
    (0.8, re.compile(rf"\b(?:[Yy]our|[Oo]ur|[Tt]he) (?:patient|member|insured|enrollee|beneficiary|client),? {_NAME}")),
    (0.78, re.compile(rf"\b[Cc]are of {_NAME}")),
    # the number stands before: "Member M10449921 (Jane Doe)"
    (
        0.8,
        re.compile(rf"\b(?:[Mm]ember|[Pp]atient|[Ss]ubscriber|ID)\b[\s#:.]*(?:[A-Z]{{0,5}}[-\d ]{{5,}}) \({_NAME}\)"),
    ),
    (
        0.76,
        re.compile(rf"\b(?:[Dd]ecision|[Ss]tatement|[Rr]esult|[Nn]otice) for {_NAME}(?=[,.;:)]|$| [(/-]|\s*$)"),
    ),
    (0.76, re.compile(rf"\b{_ABOUT_WHOM} (?:of|for|by) {_NAME}(?=[,.;:)]|$| [(/-])")),
    (0.78, re.compile(rf"{_NAME},? \((?:DOB|dob|born|[Dd]ate of birth)\b")),
    (0.78, re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? {_NAME}")),
    (0.72, re.compile(rf"\bDear (?:Mr|Mrs|Ms|Miss|Mx)\.? {_NAME}")),
)
_SUBJECT = re.compile(r"\W*(?:re|subject|regarding|concerning)\b\W", re.IGNORECASE)
_BESIDE_ID = 0.84
_BEFORE = 40
_PLACE = re.compile(r"\b[A-Z]{2}$")
"""A town's state: "Lafayette LA 70501" is nobody with a number."""
_TOWN = re.compile(r"[A-Z]{2} \d{4,6}")
"""A state and a ZIP code of which a scan lost a digit or made two, where a number of a member would stand."""
_NUMBERED = "numbered"
_ELSEWHERE = frozenset({Zone.SIGNATURE, Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS})


def member_in_prose(reading: Reading, words: NameKnowledge) -> Iterator[Candidate]:
    """The persons whom sentences name as the patient; none of the payer's reviewers, none with a credential."""
    for sentence, hits in _numbered(reading, words):
        for hit in hits:
            yield _candidate(reading, sentence, hit, words, support=_BESIDE_ID, field="member_name")
        if zone_of(reading, sentence) in _ELSEWHERE and not _SUBJECT.match(sentence.text):
            continue
        text = _flat(sentence)
        named = [(support, hit) for support, pattern in _PATTERNS for hit in pattern.finditer(text)]
        if named and not words.reviewer.found_in(sentence.text):
            for support, hit in named:
                if _is_patient(hit, text, words):
                    yield _candidate(reading, sentence, hit, words, support=support, field="member_name")


def member_ids_in_prose(reading: Reading, words: NameKnowledge) -> Iterator[tuple[str, Candidate]]:
    """The numbers that stand right behind a patient's name in running text."""
    for sentence, hits in _numbered(reading, words):
        for hit in hits:
            yield "member_id", _candidate(reading, sentence, hit, words, support=_BESIDE_ID, field="member_id")


def _numbered(reading: Reading, words: NameKnowledge) -> list[tuple[Sentence, list[re.Match[str]]]]:
    """The sentences of a letter but for boilerplate, each with the patients beside whose name a number stands."""
    known: list[tuple[Sentence, list[re.Match[str]]]] | None = reading.doc.user_data.get(_NUMBERED)
    if known is None:
        own = (one for one in sentences_of(reading.doc) if zone_of(reading, one) is not Zone.BOILERPLATE)
        scanned = any(page.method is not Method.TEXT for page in reading.text.pages)
        found = [(one, list(_numbered_in(one, words))) for one in own]
        known = [(one, [hit for hit in hits if not (scanned and _TOWN.fullmatch(hit["id"]))]) for one, hits in found]
        reading.doc.user_data[_NUMBERED] = known
    return known


def _numbered_in(sentence: Sentence, words: NameKnowledge) -> Iterator[re.Match[str]]:
    """The patients of a sentence with a number beside their name; nobody whom the words before make a reviewer."""
    text = _flat(sentence)
    for hit in _WITH_ID.finditer(text):
        if (lead := words.no_person.end_of_opening(hit["name"])) and (
            inner := _WITH_ID.match(text, hit.start() + lead)
        ):
            hit = inner  # "About Jane Doe (4471-0082)"
        before = text[max(0, hit.start() - _BEFORE) : hit.start()]
        if _is_patient(hit, text, words) and identifier(hit["id"]) and not words.reviewer.found_in(before):
            yield hit
    for hit in _IN_BRACKETS.finditer(text):
        if identifier(hit["id"]) and not words.practice.found_in(hit["name"]):
            yield hit


def _flat(sentence: Sentence) -> str:
    return sentence.text.replace("\n", " ")


def _is_patient(hit: re.Match[str], text: str, words: NameKnowledge) -> bool:
    """Whether a named person can be the patient: no practice, no doctor, nobody with a credential, no place."""
    behind, before = text[hit.end("name") : hit.end("name") + 12], text[: hit.start("name")].rstrip(" .")
    return not (
        person(hit["name"], words) is None
        or words.practice.found_in(hit["name"])
        or words.vendor.found_in(hit["name"])
        or before.endswith(("Dr", "Doctor"))
        or words.credential.found_in(behind.split("(")[0])
        or _PLACE.search(hit["name"])
    )


def _candidate(
    reading: Reading, sentence: Sentence, hit: re.Match[str], words: NameKnowledge, *, support: float, field: str
) -> Candidate:
    group = "id" if field == "member_id" else "name"
    base = sentence.start_char + hit.start(group)
    start, end = content_span(reading.prose, base, sentence.start_char + hit.end(group))
    value = re.sub(r"\s", "", hit[group]) if field == "member_id" else hit[group]
    if field == "member_name" and (named := person(value, words)):
        value = named[0]  # without what the person is called: "Enrollee Jane Doe"
        start, end = content_span(reading.prose, base + named[1], base + named[2])
    return Candidate(value=value, start=start, end=end, support=support, rule=f"field.{field}.prose")
