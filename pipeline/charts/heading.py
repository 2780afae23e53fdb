"""What a document says of itself: whose it is, of which day, by whom, signed or not, and of which kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.dates import dates_in
from pipeline.charts.statements import Statement
from pipeline.values.chart import Patient


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
    r"(?:^|\b)(?:date of (?:visit|service|procedure|encounter|exam|injection|treatment|report|letter)|visit date|encounter[_ ]date|service date|procedure date"  # noqa: E501
    r"|report date|collected|dos|date|seen on)\s*[:\"]\s*[\"]?",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:DOB|D\.O\.B\.?|date of birth|birth date|born)\b\s*:?\s*", re.IGNORECASE)
_PATIENT = re.compile(
    r"\b(?i:patient(?:'s)?(?: name)?|member name|name of patient|re|patient/member)\s*[:#]\s*(?P<name>[A-Z][A-Za-z.'’,-]*(?: +[A-Z][A-Za-z.'’-]*){1,4})"  # noqa: E501
)
_LABELS = re.compile(r"\b(?:Provider|Name|Information|Address|Phone|Date|Physician)\b")
_MEMBER = re.compile(
    r"\b(?:member|subscriber|insurance|policy)\s*(?:id|number|no\.?|#)\s*#?:?\s*(?P<id>[A-Z0-9][A-Z0-9-]{4,})",
    re.IGNORECASE,
)
_CREDENTIALS = r"(?:MD|DO|NP|PA-C|PA|FNP-C|FNP|APRN|DNP|ARNP|CNP|PharmD|PT|OT|DPT|RN|PhD|MBBS)"
_SIGNED = re.compile(
    r"(?<!\w)(?:electronically (?:signed|authenticated)(?: and \w+)?|e-?signed|digitally signed|/s/|signed(?: electronically)?)\s*(?:by)?\s*[:]?\s*(?P<who>[A-Z][\w.'’-]+(?: +[A-Z][\w.'’-]*){0,4}(?:, *"  # noqa: E501
    + _CREDENTIALS
    + r"\b)*)",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(
    r"\bunsigned\b|\bnot (?:yet )?signed\b|\bpending signature\b|\bawaiting signature\b|\bdraft\b|\bpreliminary\b|\bsignature\s*:\s*_{2,}|signature:?\s*$",  # noqa: E501
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:^|\b)(?:provider|author|rendering clinician|attending|physician|clinician|seen by|dictated by|performed by|prescriber|surgeon)\s*(?:name)?\s*:\s*\"?(?P<who>(?:Dr\.? )?[A-Z][\w.'’-]+(?: +[A-Z][\w.'’-]*){1,3}(?:, *"  # noqa: E501
    + _CREDENTIALS
    + r"\b)*)",
    re.IGNORECASE,
)
_NAME_CREDENTIALS = re.compile(r"(?P<who>[A-Z][\w.'’-]+(?: +[A-Z][\w.'’-]*){1,3}, *" + _CREDENTIALS + r")\b")


def heading_of(statements: Sequence[Statement], *, clinical: Clinical, file_name: str) -> Heading:
    """The identity of a document from its statements."""
    texts = [s.text for s in statements]
    kind = _kind(statements, clinical, file_name)
    signed, signer = _signature(texts)
    author = signer or _first(_AUTHOR, texts, "who") or (_first(_NAME_CREDENTIALS, [*texts[:8], *texts[-6:]], "who"))
    is_note = kind is None or kind not in clinical.documents or clinical.documents[kind].note
    return Heading(
        evidence_type=kind,
        date=_date(texts),
        author=author,
        specialty=_specialty(statements, clinical),
        signed=signed if signed is not None or not is_note else False,
        patient_name=_name(texts),
        date_of_birth=_birth(texts),
        member_id=_first(_MEMBER, texts[:30], "id"),
    )


def _kind(statements: Sequence[Statement], clinical: Clinical, file_name: str) -> str | None:
    """The kind whose title cue stands first in the document's head and whose content cue stands in its body."""
    lines = [s.text.casefold() for s in statements]
    head, whole = lines[:14], " ".join(lines)
    stem = re.sub(r"[^a-z0-9]+", " ", file_name.rsplit(".", 1)[0].casefold())
    scored: list[tuple[float, str]] = []
    for kind, cues in clinical.documents.items():
        evidence = clinical.evidence.get(kind)
        titles = {*cues.titles, *(t.casefold() for t in (evidence.title_cues if evidence else ()))}
        contents = {*cues.contents, *(t.casefold() for t in (evidence.content_cues if evidence else ()))}
        inside = sum(_stands(cue, whole) for cue in contents)
        score = max((_title_score(cue, head, stem) for cue in titles), default=0.0)
        if score and inside:
            scored.append((score + 0.1 * min(inside, 4), kind))
    return max(scored)[1] if scored else None


def _title_score(cue: str, head: Sequence[str], stem: str) -> float:
    for number, line in enumerate(head):
        if _stands(cue, line) and (len(line) <= 110 or line.startswith(cue)):
            share = len(cue) / max(len(line), 1)
            return 3.0 - 0.12 * number + 1.5 * share + (0.5 if line.lstrip(" -#*").startswith(cue) else 0)
    plain = re.sub(r"[^a-z0-9]+", " ", cue)
    return 0.9 if len(plain) > 4 and plain in stem else 0.0


def _stands(cue: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(cue)}", text))


def _date(texts: Sequence[str]) -> str | None:
    """The day of the document: labelled, else that of the signature, else the one date of the heading."""
    for text in texts[:40]:
        for m in _DAY_LABEL.finditer(text):
            found = dates_in(text[m.end() : m.end() + 24])
            lead = text[max(0, m.start() - 10) : m.start()].casefold()
            if found and found[0].start <= 2 and len(found[0].iso) == 10 and "birth" not in lead:
                return found[0].iso
    for text in reversed(texts):
        if re.search(r"signed", text, re.IGNORECASE):
            full = [d.iso for d in dates_in(text) if len(d.iso) == 10]
            if full:
                return full[0]
    heads = [d.iso for t in texts[:6] if not _BIRTH.search(t) for d in dates_in(t) if len(d.iso) == 10]
    return heads[0] if len(set(heads)) == 1 else None


def _birth(texts: Sequence[str]) -> str | None:
    for text in texts[:40]:
        if (m := _BIRTH.search(text)) is not None:
            found = dates_in(text[m.end() : m.end() + 24])
            if found and len(found[0].iso) == 10:
                return found[0].iso
    return None


def _name(texts: Sequence[str]) -> str | None:
    for text in texts[:40]:
        if (m := _PATIENT.search(text)) is not None and not _LABELS.search(m["name"]):
            return re.split(r"\s+(?:DOB|MRN|Date|Age|Sex|ID|Member)\b", m["name"])[0].strip(" ,.-")
    return None


def _first(pattern: re.Pattern[str], texts: Sequence[str], group: str) -> str | None:
    return next((m[group].strip() for t in texts if (m := pattern.search(t)) is not None), None)


def _signature(texts: Sequence[str]) -> tuple[bool | None, str | None]:
    """Whether it is signed and by whom; a mark that it is not wins."""
    if any(_UNSIGNED.search(t) for t in [*texts[:6], *texts[-10:]]):
        return False, None
    for text in reversed(texts):
        if (m := _SIGNED.search(text)) is not None and m["who"][0].isupper() and not _LABELS.search(m["who"]):
            return True, re.split(r"\s+on\s", m["who"])[0].strip(" ,")
    return None, None


def _specialty(statements: Sequence[Statement], clinical: Clinical) -> str | None:
    """The specialty in the heading or the signature, never one that is referred to."""
    near = [s for s in [*statements[:10], *statements[-6:]] if len(s.text) < 160]
    for statement in near:
        for hit in statement.of(Subject.SPECIALTY):
            lead = statement.text[: hit.start].casefold()
            if not re.search(
                r"refer|consult|to see|follow.?up with|seen by|recommend|await",
                lead + statement.text[hit.end :].casefold(),
            ):
                return hit.key
    return None


def same_patient(heading: Heading, patient: Patient) -> bool | None:
    """Whether a document is of this patient: None where it names nobody, False where anything it names differs."""
    if heading.date_of_birth and patient.date_of_birth and heading.date_of_birth != patient.date_of_birth:
        return False
    if heading.patient_name and patient.name:
        return _same_name(heading.patient_name, patient.name)
    if heading.member_id and patient.member_ids:
        return _plain(heading.member_id) in {_plain(i) for i in patient.member_ids} or None
    if heading.date_of_birth and patient.date_of_birth:
        return True
    return None


def _plain(number: str) -> str:
    return re.sub(r"\W", "", number).casefold()


def _same_name(one: str, other: str) -> bool:
    """Whether two names share the family name and a given name or its initial.

    >>> _same_name("Yarborough, Silvan", "Silvan W. Yarborough")
    True
    """
    first, second = (
        [w for w in re.findall(r"[a-z'’-]+", n.casefold()) if w not in {"mr", "mrs", "ms", "dr", "jr", "sr"}]
        for n in (one, other)
    )
    shared = {w for w in first if len(w) > 1} & {w for w in second if len(w) > 1}
    if len(shared) >= 2:
        return True
    rest = [{w[0] for w in names if w not in shared} for names in (first, second)]
    return len(shared) == 1 and bool(rest[0] & rest[1]) and any(len(w) == 1 for w in [*first, *second])
