"""What a document says of itself: whose it is, of which day, by whom, signed or not, and of which kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.dates import dates_in, month_end
from pipeline.charts.signatures import CREDENTIALS, LABELS, NAME_CREDENTIALS, signature_of
from pipeline.charts.statements import Statement
from pipeline.values.chart import Patient, same_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Identity of a document; None where it does not say."""

    evidence_type: str | None
    date: str | None
    author: str | None
    specialty: str | None
    signed: bool | None
    patient_name: str | None
    date_of_birth: str | None
    member_id: str | None


_DAY_LABEL = re.compile(
    r"\b(?:date of (?:visit|service|study|test|procedure|encounter|exam|injection|treatment|report|letter|request"
    r"|notice|consult\w*|evaluation)"
    r"|(?:visit|encounter|service|procedure|exam|consult\w*|appointment|report|letter|note|injection)[ _]date"
    r"|collected|dos|date)\b"
    r"\s*[:\"]?\s*[\"]?(?=[\d(A-Z])",
    re.IGNORECASE,
)
_WEAK_LABEL = re.compile(
    r"\b(?:visit|seen|encounter|appointment|appt|consult\w*|sent|prepared|dictated|completed|reviewed|submitted)"
    r"(?: on)?\s*[:,]?\s*(?=[\dA-Z])",
    re.IGNORECASE,
)
_PRINTED_LABEL = re.compile(r"\b(?:printed|as of|generated|exported)(?: on)?\s*[:,]?\s*(?=[\dA-Z])", re.IGNORECASE)
"""When a copy was made, which is later than the document."""
_BIRTH = re.compile(
    r"\b(?:DOB|D\.O\.B\.?|date of birth|birth ?(?:date|day)|born)\b\.?\s*:?\s*(?:on\s+)?", re.IGNORECASE
)
_WORD = r"[A-Z][A-Za-z.'’-]*"
_PATIENT = re.compile(
    rf"\b(?i:patient(?:'s)?(?:/member)?(?: name)?|member name|member|name of patient|pt\.?(?: name)?|name"
    rf"|client|re)\s*[:#]\s*"
    rf"(?P<name>{_WORD},?(?: +{_WORD}){{1,4}})"
)
_BEFORE_BIRTH = re.compile(
    rf"(?:^|\s-\s)(?P<name>{_WORD},?(?: +{_WORD}){{1,3}})\s*[,;|-]?\s*\(?\s*(?i:DOB\b|D\.O\.B|date of birth"
    rf"|born|\d{{1,2}}/\d{{1,2}}/\d{{4}}\))"
)
_NEXT_LABEL = re.compile(
    r"\s+(?:DOB|MRN|Dates?|Exam|Visit|Period|Rater|Provider|Physician|Completed|Collected|Age|Sex|Gender|ID|Member|Phone|D\.O\.B|Birth\w*|Born)\b"
)
"""What stands behind a name on the same line."""
_OF_A_THING = re.compile(
    r"\b(?:drug|medication|product|plan|brand|generic|provider|physician|facility|practice|pharmacy|insurance|prescriber"
    r"|contact|group|carrier|office)\s*$",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"\b(?:(?:member|subscriber|insurance|policy|cardholder)\s*(?:id|number|no\.?|#)|(?<!patient )id)"
    r"\s*(?:#|:)+\s*#?\s*"
    r"(?P<id>(?=[A-Z0-9 -]*\d)[A-Z0-9][A-Z0-9-]+(?: [A-Z0-9-]*\d[A-Z0-9-]*)*)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:^|\b)(?:provider|author|rendering clinician|attending|physician|clinician|seen by|dictated by"
    r"|performed by|prepared by|prescriber"
    r"|surgeon)\s*(?:name)?\s*:\s*\"?(?P<who>(?:Dr\.? )?[A-Z][\w.'’-]+(?: +[A-Z][\w.'’-]*){1,3}(?:, *"
    + CREDENTIALS
    + r"\b)*)",
    re.IGNORECASE,
)
_DOCTOR = re.compile(r"^\W*(?P<who>Dr\.? [A-Z][\w.'’-]* [A-Z][\w'’-]+)(?=\s*(?:$|[,(]))")
"""Who closes a letter without credentials: "Dr Helen Marsh, Family Medicine"."""
_OLDEST_DOCUMENT = "2000"


def heading_of(
    statements: Sequence[Statement], *, clinical: Clinical, file_name: str, labelled: Sequence[str] = ()
) -> Heading:
    """The identity of a document from its statements.

    ``labelled`` are its pairs of a label in one cell and a value in the next, as "label: value": they tell what the
    statements do not.
    """
    texts = [s.text for s in statements]
    kind = _kind(statements, clinical, file_name)
    signed, signer = signature_of(texts)
    near = [*texts[:8], *texts[-6:]]
    author = signer or _first(_AUTHOR, texts, "who") or _first(NAME_CREDENTIALS, near, "who")
    author = author or _first(_DOCTOR, texts[-4:], "who")
    is_note = kind is None or kind not in clinical.documents or clinical.documents[kind].note
    day = _date(texts) or _labelled_day(_DAY_LABEL, labelled) or _month_of(texts, kind) or _end_of_period(texts, kind)
    return Heading(
        evidence_type=kind,
        date=day,
        author=author,
        specialty=_specialty(statements, clinical),
        signed=signed if signed is not None or not (is_note or kind in _OWN_HAND) else False,
        patient_name=_name(texts) or _name(labelled),
        date_of_birth=_birth(texts, day) or _birth(labelled, day),
        member_id=_first(_MEMBER, texts[:30], "id") or _first(_MEMBER, labelled, "id"),
    )


_OWN_HAND = {"ev.headache_diary", "ev.bladder_diary"}
"""Kinds that a patient keeps: without a signature they are unsigned, though they need none."""


def _kind(statements: Sequence[Statement], clinical: Clinical, file_name: str) -> str | None:
    """The kind whose title cue stands first in the document's head and whose content cue stands in its body."""
    lines = [s.text.casefold() for s in statements]
    head, whole = lines[:14], " ".join(lines)
    stem = re.sub(r"[^a-z0-9]+", " ", file_name.rsplit(".", 1)[0].casefold())
    parts = {s.section for s in statements}
    told = len(parts & {"present", "assessment", "plan"}) > 1 or {"present", "family", "history"} <= parts
    scored: list[tuple[float, str]] = []
    for kind, cues in clinical.documents.items():
        evidence = clinical.evidence.get(kind)
        titles = {*cues.titles, *(t.casefold() for t in (evidence.title_cues if evidence else ()))}
        contents = {*cues.contents, *(t.casefold() for t in (evidence.content_cues if evidence else ()))}
        inside = sum(_stands(cue, whole) for cue in contents)
        least = _MOST_OF_A_TITLE if kind == "ev.scores" else 0.0
        score = max(
            (_title_score(cue, head[: _TITLE_LINES + 1] if told else head, stem, least=least) for cue in titles),
            default=0.0,
        )
        if score and inside:
            score -= 0.25 if kind in _GENERAL else 0.0
            scored.append((score + 0.1 * min(inside, 4), kind))
    if scored and not (told and max(scored)[0] < _FAINT):
        return max(scored)[1]
    return "ev.visit_note" if told else None


def _title_score(cue: str, head: Sequence[str], stem: str, *, least: float) -> float:
    for number, line in enumerate(head):
        share = len(cue) / max(len(line), 1)
        if share >= least and _stands(cue, line) and (len(line) <= 110 or line.startswith(cue)):
            deep = 1.0 if number > _TITLE_LINES else 0.0
            return 3.0 - 0.12 * number - deep + 1.5 * share + (0.5 if line.lstrip(" -#*").startswith(cue) else 0)
    plain = re.sub(r"[^a-z0-9]+", " ", cue)
    return 0.9 if len(plain) > 4 and plain in stem else 0.0


_MOST_OF_A_TITLE = 0.25
"""So large a part of its line the name of a scale is where it titles a sheet; a note gives its value in passing."""
_MONTH_LINE = 16
"""So long is a line that names a month and nothing else."""
_TITLE_LINES = 5
"""Further down a title cue is as likely the heading of a section ("Prior therapies:")."""
_FAINT = 1.5
"""So little weight has a cue far down, against which the sections of a note speak."""
_GENERAL = {"ev.visit_note", "ev.hp"}
"""Kinds that yield to a more special one named in the same title ("Physical therapy - initial evaluation")."""


def _stands(cue: str, text: str) -> bool:
    return cue in text and bool(re.search(rf"(?<!\w){re.escape(cue)}", text))


def _date(texts: Sequence[str]) -> str | None:
    """The day of the document: labelled, else that of the signature, of the copy, else the one date of the heading."""
    for label in (_DAY_LABEL, _WEAK_LABEL):
        if (found := _labelled_day(label, texts)) is not None:
            return found
    for text in reversed(texts):
        if re.search(r"signed|authenticated", text, re.IGNORECASE) and (days := _whole_days(text)):
            return days[0][0]
    if (found := _labelled_day(_PRINTED_LABEL, texts)) is not None:
        return found
    for lines in (texts[:1], texts[:2], texts[:3], texts[:6]):
        heads = [iso for t in lines for iso in _days_of_head(t)]
        if len(set(heads)) == 1:
            return heads[0]
    return None


def _days_of_head(text: str) -> list[str]:
    """The whole days of a line of the heading, but for the birth date and those of a stamp or a last visit."""
    birth = _BIRTH.search(text)
    written = dates_in(text[birth.end() : birth.end() + 24]) if birth is not None else []
    if birth is None:
        rest = text
    elif len(text) > _LONGEST_HEAD or not written:
        rest = text[: birth.start()]
    else:
        at = birth.end() + written[0].start
        ends = _DATE_ENDS.match(text, at)
        rest = f"{text[: birth.start()]} | {text[ends.end() if ends else at :]}"
    if _FAXED.search(text):
        return []
    return [iso for iso, place in _whole_days(rest) if not _OF_ANOTHER_DAY.search(rest, 0, place)]


_FAXED = re.compile(r"\bfax\b|\bpage \d|\bp(?:g)?\.? ?\d+ ?(?:of|/) ?\d|\bvia\b", re.IGNORECASE)
"""The stamp of a fax on top of a page: its day is that of the sending."""
_LONGEST_HEAD = 200
_DATE_ENDS = re.compile(r"(?:[\d/.-]+|[A-Z][a-z]+\.? \d{1,2},? \d{4})")
_OF_ANOTHER_DAY = re.compile(
    r"\b(?:scanned|faxed|rec'?d|received|imported|filed|last|prior|previous|next|due|start\w*|since|onset|SOC|D/C|injury|surgery|stroke|expires?|exp"
    r"|through|thru|auth\w*|admi\w+|referr\w+|treatment|tx|injections?|after|before)\b[^|;]{0,24}$",
    re.IGNORECASE,
)
"""What stands before a day of a heading that is none of the document's own."""


def _labelled_day(label: re.Pattern[str], texts: Sequence[str]) -> str | None:
    """The day behind the first label; a row of days is the head of a table, each day a column's."""
    for text in texts[:40]:
        for m in label.finditer(text):
            found = _whole_days(text[m.end() : m.end() + 24])
            lead = text[max(0, m.start() - 10) : m.start()].casefold()
            if (
                not found
                or found[0][1] > 2
                or re.search(r"birth|last |prior |next |due |start |end |stop |fill ", lead)
            ):
                continue
            if not _DAY_AGAIN.match(text, m.end()):
                return found[0][0]
    return None


_DAY_AGAIN = re.compile(r"\s*[\d/.-]{8,10}\s+[\d/.-]{8,10}(?!\d)")


def _whole_days(text: str) -> list[tuple[str, int]]:
    """The whole dates of a text that can be a document's, with their places."""
    return [(d.iso, d.start) for d in dates_in(text) if len(d.iso) == 10 and d.iso >= _OLDEST_DOCUMENT]


def _month_of(texts: Sequence[str], kind: str | None) -> str | None:
    """The last day of the month that a diary is headed with."""
    heads = [*texts[:8], *(t for t in texts if len(t) <= _MONTH_LINE)] if kind == "ev.headache_diary" else []
    months = [d.iso for t in heads for d in dates_in(t) if len(d.iso) == 7]
    if not months:
        return None
    return month_end(max(months))


def _end_of_period(texts: Sequence[str], kind: str | None) -> str | None:
    """The last day of the time that a diary says it is of: "Dates: 03/02/2026 to 03/04/2026"."""
    for text in texts[:8] if kind in _OWN_HAND else ():
        if (m := _PERIOD.search(text)) is not None and len(days := _whole_days(text[m.end() :])) == _ENDS:
            return max(iso for iso, _ in days)
    return None


_PERIOD = re.compile(r"\b(?:dates?|period|date range|reporting period)\s*:?\s*(?=\d|[A-Z])", re.IGNORECASE)
_ENDS = 2


def _birth(texts: Sequence[str], day: str | None) -> str | None:
    """The birth date; of a year in two figures the one before the document's own day."""
    for text in texts[:40]:
        for m in (*_BIRTH.finditer(text), *_BEFORE_BIRTH.finditer(text)):
            at = m.end() if m.re is _BIRTH else m.end("name")
            found = [d for d in dates_in(text[at : at + 24]) if len(d.iso) == 10]
            if found:
                short = not re.search(found[0].iso[:4], text[at : at + 24])  # the year in two figures
                late = short and found[0].iso > (day or "2020")
                return f"{int(found[0].iso[:4]) - 100}{found[0].iso[4:]}" if late else found[0].iso
    return None


def _name(texts: Sequence[str]) -> str | None:
    for pattern in (_PATIENT, _BEFORE_BIRTH):
        for text in texts[:40]:
            for m in pattern.finditer(text):
                name = _NEXT_LABEL.split(m["name"])[0].strip(" ,.-")
                of_another = _OF_A_THING.search(text[: m.start()])
                if not LABELS.search(name) and not of_another and len(name.split()) > 1:
                    return name
    return None


def whose(lines: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Name, birth date and member id that lines over a table, or its columns of the patient, give.

    A table of several people has a name that no patient has, so that it is not used.
    """
    names = list(dict.fromkeys(name for line in lines if (name := _name([line])) is not None))
    if len(names) > 1:
        return _SEVERAL, None, None
    return next(iter(names), None), _birth(lines, None), _first(_MEMBER, lines, "id")


_SEVERAL = "several patients"


def _first(pattern: re.Pattern[str], texts: Sequence[str], group: str) -> str | None:
    return next((m[group].strip() for t in texts if (m := pattern.search(t)) is not None), None)


def _specialty(statements: Sequence[Statement], clinical: Clinical) -> str | None:
    """The specialty in the heading or the signature, never one that is referred to."""
    head, foot = statements[:10], statements[-6:]
    # Over "Dear Dr. Lee," stands also where a letter goes to: there the closing speaks first.
    is_letter = any(s.text.startswith("Dear ") for s in statements[:20])
    near = [s for s in ([*foot, *head] if is_letter else [*head, *foot]) if len(s.text) < 160]
    # The clinician's own before that of the house: "HEADACHE CLINIC", then "Provider: A. Lee, NP, Neurology".
    order = (lambda s: s not in foot) if is_letter else _names_nobody
    for statement in sorted(near, key=order):
        for hit in statement.of(Subject.SPECIALTY):
            lead = _SEEN_BY.sub("", statement.text[: hit.start])
            elsewhere = clinical.words.other_specialist.found_in(lead)
            asked = statement.section in _PLANS and _ASKED_OF.match(statement.text, hit.end)
            if not elsewhere and not asked and not _CONSULTED.match(statement.text, hit.end):
                return hit.key
    return None


def _names_nobody(statement: Statement) -> bool:
    return not (_AUTHOR.search(statement.text) or NAME_CREDENTIALS.search(statement.text))


# "Seen by   Ann Lee, MD (Neurology)": a heading's label, not the words that send a patient elsewhere
_SEEN_BY = re.compile(r"^\W*(?:seen|evaluated|examined) by\b(?=.*" + CREDENTIALS + r")", re.IGNORECASE)
_PLANS = {"plan", "assessment"}
_ASKED_OF = re.compile(
    r"\s+(?:f/u|follow[\s-]?up|referral|consult\w*|eval\w*|appt|appointment|clearance|input)\b", re.IGNORECASE
)
"""What a plan has another specialty do: "cont others, ENT f/u"."""
_CONSULTED = re.compile(
    r"\s+(?:on consult\b|(?:was|were) consulted|(?:is|are) consulting|(?:is|are) following|to see\b|recommend)",
    re.IGNORECASE,
)
"""What says behind a specialty that another house was asked."""


def same_patient(heading: Heading, patient: Patient) -> bool | None:
    """Whether a document is of this patient: None where it names nobody, False where anything it names differs."""
    if heading.date_of_birth and patient.date_of_birth and heading.date_of_birth != patient.date_of_birth:
        return False
    if heading.patient_name and patient.name:
        return same_person(heading.patient_name, patient.name)
    if heading.member_id and patient.member_ids:
        return _plain(heading.member_id) in {_plain(i) for i in patient.member_ids} or None
    if heading.date_of_birth and patient.date_of_birth:
        return True
    return None


def _plain(number: str) -> str:
    return re.sub(r"\W", "", number).casefold()
