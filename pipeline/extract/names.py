"""Payer, vendor, patient and provider by their role."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.candidates import SUPPORT, Candidate, choose
from pipeline.extract.labels import How, Labelled
from pipeline.extract.shapes import DATE, person
from pipeline.knowledge.payers import Payer, PayerWords
from pipeline.language import Language, Reading
from pipeline.language.reading import Cell, Line, zone_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding
from pipeline.values.practice import Practice

_TOP_LINES = 14
_CREDENTIAL = re.compile(
    r"(?:,|\s)\s*(?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|DPM|DDS|DMD|APRN|FNP(?:-\w+)?|CNP|DNP|PhD|PharmD|RN|OD|PT|DPT|CRNP|ARNP|MBBS)\b\.?",
    re.IGNORECASE,
)
_DEAR = re.compile(r"^\W*dear\s+(?P<who>[^:,]{3,60}(?:,\s*(?:jr|sr|ii|iii)\.?)?)", re.IGNORECASE)
_TITLE = re.compile(
    r"^(?:dr|doctor|mr|mrs|ms|miss|provider|member|sir|madam|claims?|appeals?|patient|parent|valued)\b\.?",
    re.IGNORECASE,
)
_STREET = re.compile(r"^\W*(?:\d+\s+\w|p\.?\s?o\.?\s?box|suite\b|attn\b|c/o\b)", re.IGNORECASE)
_HOUSE = re.compile(r"^\W*(?:\d+\s+\w|p\.?\s?o\.?\s?box)", re.IGNORECASE)
_CITY = re.compile(r"[A-Za-z.' ]+,\s*[A-Z]{2}\s+\d{5}")
_CLOSING = re.compile(
    r"^\W*(?:sincerely|respectfully|regards|best regards|yours truly|thank you|cordially|very truly yours)\b",
    re.IGNORECASE,
)
_BEHALF = re.compile(
    r"\bon behalf of (?P<plan>[A-Z][\w&.,'’ -]{3,60}?)(?=[.;,]\s|\s*$|\s+(?:and|for|to|has|is|in|under|we)\b|\s*\()"
)
_REVIEWS_FOR = re.compile(
    r"(?P<who>[A-Z][\w&.'’ -]{3,60}?) (?:reviews?|administers?|manages?|makes? decisions|provides? utilization|is the (?:claims|third.party) administrator|acts)\b[^.]{0,80}?\b(?:for|of|on behalf of)\s+(?:the\s+)?(?P<plan>[A-Z][\w&.,'’ -]{3,60}?)(?=[.;]|$|\s+(?:and|members?)\b)"
)
_VENDOR = re.compile(
    r"\b(?:administrators?|third[- ]party|recovery|benefit management|benefits? administration|review(?:ers?)?|imaging review|pharmacy (?:services|solutions|benefit)|management (?:services|company)|solutions)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(?:decisions?|operations|division|unit|office|panel|team|correspondence|intake|level|affairs|processing|programs?)\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:medicare|medicaid|advantage|plan|managed|care|hmo|ppo|epo|pos|part|[abcd]|the|health|coverage|commercial|group|individual|self[- ]funded|employer|insured|marketplace|\W)+",
    re.IGNORECASE,
)
_OWN_NUMBER = re.compile(r"\W*(?:provider )?(?:NPI|TIN|T\.I\.N|(?:federal )?tax id)\b", re.IGNORECASE)
_FOR_PLAN = re.compile(
    r"\b(?:reviewer|agent|administrators?|contractor|vendor|recovery|recoveries|manager|services?|review) for (?:the )?(?P<plan>[A-Z][\w&.,'’ -]{3,60}?)(?=[.;(]|$|\s+(?:and|members?)\b)"
)
_SAID_BY = r"(?:reviewed by|medical director|board[- ]certified|reviewer|physician who|decision was made by|determination was made by|consultant|peer.to.peer|sincerely|signed|decided by|our doctor)"
_REVIEWER = re.compile(_SAID_BY, re.IGNORECASE)
_NAME = r"[A-Z][A-Za-z'’-]+(?:\s+[A-Z]\.?)?(?:\s+[A-Z][A-Za-z'’-]+){1,2}"
_CLINICIAN = re.compile(
    rf"\b(?:Dr\.?|Doctor)\s+(?P<titled>{_NAME})|(?P<lettered>{_NAME}),?\s+(?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|DPM|APRN|FNP|CNP|ARNP|CRNP)\b\.?"
)
_PROVIDER_WORDS = re.compile(
    r"\b(?:clinic|medical (?:center|group|associates)|hospital|associates|physicians?|neurology|orthop\w+|surgery|surgical|surgeons|anesthesia|allergy|gastro\w+|supply|supplies|mobility|hospice|health system|center|centre|practice|rehab\w*|imaging|radiology|dermatology|urology|therapy|dme|providers|partners|care center|institute|laborator\w+|pharmacy|specialists?|pain|eye care|rheumatology|cardiology|oncology)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:NPI|ID|Services?|Relations|Number|Name|Type|Specialty|Address|Phone|Fax|Network|Tax)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of the letter by role."""

    payer: Finding | None = None
    payer_id: str | None = None
    delegate: Finding | None = None
    member_name: Finding | None = None
    provider_name: Finding | None = None


def find_names(
    reading: Reading, language: Language, *, labels: Mapping[str, Sequence[Labelled]], practice: Practice
) -> Names:
    """The names the letter prints."""
    words = language.knowledge.payer_words
    plan, delegate = _written_for(reading, language.knowledge.payers, words=words)
    payer = choose(
        reading, [*plan, *_payers(reading, language.knowledge.payers, words=words, labels=labels, practice=practice)]
    )
    return Names(
        payer=payer,
        payer_id=_payer_id(payer, language.knowledge.payers),
        delegate=choose(reading, delegate),
        member_name=choose(reading, list(_members(reading, labels.get("member_name", ())))),
        provider_name=choose(
            reading, list(_providers(reading, labels.get("provider_name", ()), words=words))
        ),
    )


def _payers(
    reading: Reading,
    known: Sequence[Payer],
    *,
    words: PayerWords,
    labels: Mapping[str, Sequence[Labelled]],
    practice: Practice,
) -> Iterator[Candidate]:
    closing = _closing_lines(reading)
    signed = {_plain(line.text) for line in closing}
    ours = {_plain(name) for name in practice.names}
    for label in labels.get("payer", ()):
        text = reading.text.content[label.start : label.end]
        text = re.split(r"\s*(?:\(a |\(the |,? Utilization|;|\s{2,})", text, maxsplit=1)[0].rstrip(" ,")
        loose = label.label in {"plan", "for", "from"}
        if label.how is How.INLINE or not re.match(r"[A-Z]", text) or len(text) > 70 or re.search(r"\d{4}", text):
            continue
        if _GENERIC.fullmatch(text):
            continue
        if not loose or words.matches(text) or any(p.matches(text) for p in known):
            yield Candidate(
                value=text, start=label.start, end=label.start + len(text),
                support=SUPPORT[label.how] - (0.08 if loose else 0.03), rule="field.payer.label",
            )  # fmt: skip
    seen = 0
    for line in reading.lines[: _TOP_LINES * 2]:
        if seen >= _TOP_LINES or _DEAR.match(line.text):
            break
        seen += bool(line.cells)
        for cell in line.cells:
            text = cell.text.strip(" *#_|")
            if not _name_like(text) or _plain(text) in ours or _TITLE_LINE.search(text):
                continue
            start = cell.start + cell.text.index(text)
            support = 0.5
            support += 0.3 if words.matches(text) else 0.0
            support += 0.25 if any(p.matches(text) for p in known) else 0.0
            support += 0.2 if _plain(text) in signed or any(_plain(text) in s for s in signed) else 0.0
            support += 0.08 if seen == 1 else 0.04 if seen <= 3 else 0.0
            support -= 0.25 if _UNIT.search(text) else 0.0
            support -= 0.3 if _VENDOR.search(text) else 0.0
            provider = bool(_PROVIDER_WORDS.search(text) or _CREDENTIAL.search(text)) and not words.matches(text)
            if re.match(r"an? (?:affiliate|division|subsidiary|member)\b|part of", text, re.IGNORECASE):
                continue
            if support < 0.6 and not (seen == 1 and not provider):
                continue
            yield Candidate(
                value=text, start=start, end=start + len(text), support=min(0.96, support), rule="field.payer.letterhead",
                against="it is a provider or an addressee" if provider else None,
            )  # fmt: skip
    for line in closing:
        text = line.text.strip(" *#_|")
        if (
            _name_like(text)
            and (words.matches(text) or any(p.matches(text) for p in known))
            and _plain(text) not in ours
        ):
            start = line.start + line.text.index(text)
            yield Candidate(value=text, start=start, end=start + len(text), support=0.75, rule="field.payer.signature")


_TITLE_LINE = re.compile(
    r"\b(?:explanation|notice|remittance|determination|denial|denied|request(?:ed)?|important|summary|statement|rights|letter|approved|decision|"
    r"authorization|information|appeals? (?:unit|department|intake)|utilization (?:management|review)|department|advice|claim|re)\b",
    re.IGNORECASE,
)


def _name_like(text: str) -> bool:
    if (
        not 3 <= len(text) <= 70
        or ":" in text
        or "@" in text
        or DATE.search(text)
        or _STREET.match(text)
        or _CITY.search(text)
    ):
        return False
    if re.search(r"\d{3}|https?|www\.|\.com", text):
        return False
    return (
        bool(re.match(r"[A-Z]", text))
        and not text.endswith((".", "?", "!"))
        or bool(re.search(r"\b(?:Inc|Co|Corp)\.$", text))
    )


def _closing_lines(reading: Reading) -> list[Line]:
    out: list[Line] = []
    for line in reading.lines:
        if _CLOSING.match(line.text):
            out = [row for row in reading.lines[line.number + 1 : line.number + 7] if row.cells]
    return out


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _payer_id(payer: Finding | None, known: Sequence[Payer]) -> str | None:
    if payer is None or payer.value is None:
        return None
    return next((p.id for p in known if p.matches(payer.value)), None)


def _written_for(
    reading: Reading, known: Sequence[Payer], *, words: PayerWords
) -> tuple[list[Candidate], list[Candidate]]:
    """(the plan that a vendor writes for, the vendor) where the letter says so."""
    plans, vendors = [], []
    for sentence in reading.doc.sents:
        for pattern in (_BEHALF, _REVIEWS_FOR, _FOR_PLAN):
            hit = pattern.search(sentence.text)
            if hit is None or not (
                words.matches(hit.group("plan")) or any(p.matches(hit.group("plan")) for p in known)
            ):
                continue
            plans.append(_prose_candidate(reading, sentence.start_char, hit, "plan", 0.97, "field.payer.written_for"))
            if "who" in pattern.groupindex:
                vendors.append(_prose_candidate(reading, sentence.start_char, hit, "who", 0.9, "field.delegate"))
    return plans, vendors


def _prose_candidate(
    reading: Reading, base: int, hit: re.Match[str], group: str, support: float, rule: str
) -> Candidate:
    start = reading.prose.offsets[base + hit.start(group)]
    end = reading.prose.offsets[base + hit.end(group) - 1] + 1
    return Candidate(value=hit.group(group).strip(" ,"), start=start, end=end, support=support, rule=rule)


def _members(reading: Reading, labels: Sequence[Labelled]) -> Iterator[Candidate]:
    for label in labels:
        text = reading.text.content[label.start : label.end]
        name = person(text)
        if name is None or (label.how is How.INLINE and not _inline_name(label, name[0])) or _CREDENTIAL.search(text):
            continue
        support = SUPPORT[label.how] - (
            0.05 if label.label in {"name", "insured", "customer", "re", "regarding"} else 0.0
        )
        support -= 0.12 if label.how is How.INLINE else 0.0
        yield Candidate(
            value=name[0], start=label.start + name[1], end=label.start + name[2], support=support,
            rule=f"field.member_name.{label.how.name.casefold()}",
        )  # fmt: skip
    for line in reading.lines:
        dear = _DEAR.match(line.text)
        if dear and not _TITLE.match(dear.group("who")) and not _CREDENTIAL.search(line.text):
            name = person(dear.group("who"))
            if name:
                start = line.start + dear.start("who") + name[1]
                yield Candidate(
                    value=name[0],
                    start=start,
                    end=start + name[2] - name[1],
                    support=0.8,
                    rule="field.member_name.greeting",
                )

    yield from _member_addressed(reading)


def _member_addressed(reading: Reading) -> Iterator[Candidate]:
    """A person above a street line near the top: the patient, where the letter is written to the patient."""
    for line in reading.lines[:30]:
        if _DEAR.match(line.text):
            return
        for cell in line.cells:
            name = person(cell.text)
            if name is None or _CREDENTIAL.search(cell.text) or not _HOUSE.match(_under(reading, line, cell)):
                continue
            yield Candidate(
                value=name[0], start=cell.start + name[1], end=cell.start + name[2], support=0.78,
                rule="field.member_name.address",
            )  # fmt: skip


def _under(reading: Reading, line: Line, cell: Cell) -> str:
    """The text of the cell right under ``cell``."""
    following = reading.lines[line.number + 1 : line.number + 2]
    return next((c.text for row in following for c in row.cells if c.left < cell.right and c.right > cell.left), "")


def _inline_name(label: Labelled, name: str) -> bool:
    return (
        label.label in {"patient", "member", "enrollee", "beneficiary", "member name", "patient name"}
        and len(name.split()) >= 2
    )


def _providers(reading: Reading, labels: Sequence[Labelled], *, words: PayerWords) -> Iterator[Candidate]:
    for label in labels:
        if label.how is How.INLINE:
            continue
        text = reading.text.content[label.start : label.end]
        if label.label in {"to", "branch"} and not (
            _PROVIDER_WORDS.search(text) or _CREDENTIAL.search(text) or text.startswith("Dr")
        ):
            continue
        body = re.split(
            r"\s*(?:;|\s{2,}|\||\(|,?\s*NPI\b|,?\s*Tax ID\b|,?\s*TIN\b|\s{3,}|\s-\s(?=NPI))", text, maxsplit=1
        )[0].rstrip(" ,*")
        if not _proper(body) or _PREFIX.match(body) or len(body) > 90 or re.search(r"\d{4}", body):
            continue
        whose = 0.02 if re.search(r"rendering|treating|requesting|servicing|billing|provider", label.label) else 0.0
        whose -= 0.12 if re.search(r"prescrib|order|referr|attending|branch|facility|hospital", label.label) else 0.0
        yield Candidate(
            value=body, start=label.start, end=label.start + len(body), support=min(0.97, SUPPORT[label.how] - 0.03 + whose),
            rule=f"field.provider_name.{label.how.name.casefold()}",
        )  # fmt: skip
    yield from _addressed(reading, words=words)
    yield from _clinicians(reading)


def _proper(text: str) -> bool:
    """Whether text is a name and no sentence: it begins with a capital and few of its words are without one."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    small = [
        w
        for w in words
        if w[0].islower() and w not in {"of", "and", "the", "for", "at", "de", "la", "in", "van", "von"}
    ]
    return bool(re.match(r"[A-Z]", text)) and len(words) <= 12 and len(small) <= 1


def _clinicians(reading: Reading) -> Iterator[Candidate]:
    """A clinician named in the text, where no sentence around the name makes it the payer's reviewer."""
    for sentence in reading.doc.sents:
        for hit in _CLINICIAN.finditer(sentence.text):
            before = reading.prose.text[
                max(0, sentence.start_char + hit.start() - 60) : sentence.start_char + hit.start()
            ]
            if (
                _REVIEWER.search(sentence.text)
                or _REVIEWER.search(before)
                or zone_of(reading, sentence) is Zone.SIGNATURE
            ):
                continue
            start = reading.prose.offsets[sentence.start_char + hit.start()]
            end = reading.prose.offsets[sentence.start_char + hit.end() - 1] + 1
            yield Candidate(
                value=hit.group().strip(), start=start, end=end, support=0.74, rule="field.provider_name.clinician_named",
            )  # fmt: skip


def _addressed(reading: Reading, *, words: PayerWords) -> Iterator[Candidate]:
    """The block above a street line near the top that names a clinician or a practice: to whom the letter is written."""
    lines = [line for line in reading.lines[:40] if line.page == reading.lines[0].page]
    for line in lines:
        if _DEAR.match(line.text):
            return
        text = line.text.strip()
        clinician = bool(_CREDENTIAL.search(text)) and bool(re.match(r"[A-Z]", text)) and len(line.cells) == 1
        practice = (
            len(line.cells) == 1
            and bool(_PROVIDER_WORDS.search(text))
            and not _TITLE_LINE.search(text)
            and _name_like(text)
            and len(text.split()) > 1
            and not words.matches(text)
            and line.number > 1
        )
        if not (clinician or practice) or ":" in text:
            continue
        rows = [line]
        for row in reading.lines[line.number + 1 : line.number + 3]:
            if (
                row.cells
                and _name_like(row.text.strip())
                and not _TITLE_LINE.search(row.text)
                and not _STREET.match(row.text)
                and not words.matches(row.text)
            ):
                rows.append(row)
            else:
                break
        after = reading.lines[rows[-1].number + 1 : rows[-1].number + 4]
        if not any(
            _OWN_NUMBER.match(r.text)
            or _STREET.match(r.text)
            or _CITY.search(r.text)
            or r.text.strip().casefold().startswith("attn")
            for r in after
        ):
            continue
        start, end = rows[0].start + len(rows[0].text) - len(rows[0].text.lstrip()), rows[-1].end
        value = ", ".join(row.text.strip() for row in rows)
        yield Candidate(value=value, start=start, end=end, support=0.9, rule="field.provider_name.address")
        return
