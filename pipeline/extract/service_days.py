"""When the service was given: behind a label, in the table of service lines, beside its code, in a sentence of it."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from pipeline.extract.candidates import SUPPORT, backing
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.shapes import Found, dates, days_sharing_year
from pipeline.knowledge.dates import DateKnowledge
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import finding, zone_of
from pipeline.language.sentences import Sentence, sentences_of
from pipeline.language.zones import Zone
from pipeline.values.letter import Finding

_RANGE = re.compile(r"^\s*(?:-|–|—|to|thru|through|and|until|/|,|,\s*and|&)\s*$", re.IGNORECASE)
_LEAD = re.compile(r"[\s*_:(|]*(?:from|between|on|starting|beginning|begun|start)?\s*", re.IGNORECASE)
_DAY = re.compile(r"(?<![\w/.-])(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?<!\bDr)(?<!\bSt)(?<!\bMs)(?<!\bMr)(?<!\bMrs)(?<!\bNo)(?<!\b[A-Z])[.;:](?=\s)|\bwho\b|\bwhich\b"
)
_SERVICE_LABEL = re.compile(r"(?:^|\s{2,}|[|;.]\s)[\W_]*(?P<label>[A-Za-z][A-Za-z '/()-]{2,30}):[^.;:]*$")
_RIGHT_BEHIND = re.compile(r"\s*,?\s*(?P<words>[^.;:()\d]{2,40})")
_OPENS = re.compile(r"(?:^|[,(]\s*|\b(?:on|the|your|for|of)\s+)$", re.IGNORECASE)
_REACH = 100
_BEHIND_CODE = re.compile(r"(?:-[A-Z\d]{2})?[)\]\"']*(?:,\s*|\s+|\s*\|\s*)(?:(?:on|of|for|from)\s+)?", re.IGNORECASE)
"""Between a code and its day: "64615-50, on 3/4/2026"."""
_BEFORE_CODE = re.compile(
    r"(?:[\s,;:|({\[\"']|(?<!\t)(?<!\s\s)\b(?:codes?|cpt|hcpcs|proc(?:edure)?|svc|service)\b)*", re.IGNORECASE
)
"""Between a day and the code of that day: "of 3/4/2026 (CPT 64615)", and the keys of a record.

A word behind a wide blank is the label of its code alone."""
_CLAIM_OF = re.compile(
    r"\bclaims?(?:\s+(?:no\.?|number|#))?\s+(?=[A-Z-]*\d)[A-Z0-9-]{6,}(?:,\s*|\s+for\s+)$"
    r"|\bclaim\b[^.;]{0,90}\b(?:sent|billed|submitted|filed|made)\s+for\s+$",
    re.IGNORECASE,
)
"""A claim's number right before a day: "Claim 26-1184-22, March 4, 2026"."""
_WITHOUT_MARKS = re.compile(
    r"\s?(?:-|–|to|thru)?\s?(?P<first>(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)|(?P<m2>\d\d)(?P<d2>\d\d)(?P<y2>20\d\d))(?![\w.])"
)
_LIST_OF_EVIDENCE = re.compile(
    r"\W*(?:records?|documents?|materials?|evidence|information)\s+(?:\w+\s+)?(?:reviewed|considered|received|submitted|read)\b",
    re.IGNORECASE,
)
_EVIDENCE_OF = re.compile(
    r"\b(?:notes?|records?|reports?|summar(?:y|ies)|films?|images?|letters?|logs?|charts?|results?|views?|radiographs?)"
    r"\s+(?:of|from|for|on|about)\b[^,;]*$",
    re.IGNORECASE,
)
"""A paper about care and its day: ``notes of therapy from March 2``, ``operative report of an injection of``."""
_REPORTS = re.compile(
    r"(?: and [^.;]{0,40}?)?,?\s(?:records?|reports?|shows?|showed|notes?|noted|documents?|documented|describes?"
    r"|described|lists?|states?|mentions?|counts?|says?|gives?|ha(?:s|d) (?:no|neither|none)|lacks?|contains?)\b",
    re.IGNORECASE,
)
"""What a visit does that is read as evidence: "the office visit of July 21 records 17 headache days"."""
_OF_APPROVAL = re.compile(
    r"\b(?:authorization|auth|approval|certification)\b[^.;]*\b(?:covers?|covered|is for|was for|allows?|runs?|ran)\b"
    r"[^.;]*$"
    r"|\bfilled (?:on )?$",
    re.IGNORECASE,
)
"""The days of an approval, not of the service: "authorization A1 covers dates of service from"; a pharmacy's fill."""
_CAME_IN = re.compile(
    r"\b(?:we|us)\b[^,;]*\b(?:received|got|have)\b[^,;]*\b(?:appeal|request|grievance|letter|complaint|dispute)\b[^,;]*$",
    re.IGNORECASE,
)
"""``We got your appeal about the test on``: the day it came in."""
_SENDER_AND_DAY = re.compile(r"(?:[A-Z][\w&'.]*\s+){2,}[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\s*$")
"""The first line: a name with a word like "care", and the letter's own day beside it."""
_FROM_THEN_ON = re.compile(
    r"\b(?:from|effective|starting|beginning|as of|since|after|before|until)\s+(?:on\s+)?$", re.IGNORECASE
)
_GUESSED_LABEL = frozenset({"when", "dates"})
"""Labels that speak of the service only where no other one does."""
_CUT_LABEL = re.compile(r"\bdate of\s*$", re.IGNORECASE)
"""A label whose last word stands in the next row of its column."""
_VETO = 25
_BESIDE = 0.72
_TOLD, _TOLD_LOOSELY = 0.75, 0.7
_ABOVE = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.REFERENCE, Zone.TABLE})
_NEVER = frozenset({Zone.BOILERPLATE, Zone.CONTACTS, Zone.CRITERIA, Zone.SIGNATURE})


def service_days(
    reading: Reading,
    labels: Sequence[Labelled],
    *,
    days: Sequence[Found],
    roles: DateKnowledge,
    of_claim: bool,
    procedures: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Each date of service once, in order of place; both ends of a range. Labels first, then tables, then prose.

    ``days`` are those of the tables; ``of_claim``: the letter is about a claim, so its service was given;
    ``procedures`` are the codes of the letter, whose days may stand beside them.
    """
    return (
        _labelled(reading, labels)
        or _listed(reading, days)
        or _beside(reading, procedures, roles)
        or _told(reading, roles, of_claim=of_claim)
    )


def _labelled(reading: Reading, labels: Sequence[Labelled]) -> tuple[Finding, ...]:
    spans: dict[str, tuple[int, int, Labelled]] = {}
    labels = [one for one in labels if one.label.casefold() not in _GUESSED_LABEL] or labels
    for label in labels:
        before = reading.text.content[label.line.start : label.start]
        if label.how is How.INLINE and _OF_APPROVAL.search(before):
            continue
        text = reading.text.content[label.start : label.end]
        lead = _LEAD.match(text)
        skip = lead.end() if lead else 0
        for value, start, end in run_of_days(text[skip:]) or _compact(text[skip:]):
            spans.setdefault(value, (label.start + skip + start, label.start + skip + end, label))
    ordered = sorted(spans.items(), key=lambda item: item[1][0])
    return tuple(
        finding(
            reading, (start, end), value=value, rule=f"field.dates_of_service.{label.how.name.casefold()}",
            confidence=backing(label), sure=label.how in {How.COLON, How.NEXT_CELL} and not label.guessed,
        )
        for value, (start, end, label) in ordered
    )  # fmt: skip


def _compact(text: str) -> list[Found]:
    """The days printed without marks right behind a label, one or both ends: ``20260710-20260712``, ``07102026``."""
    found: list[Found] = []
    place = 0
    while hit := _WITHOUT_MARKS.match(text, place):
        year, month, day = hit["y"] or hit["y2"], hit["m"] or hit["m2"], hit["d"] or hit["d2"]
        try:
            iso = date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            break
        found.append((iso, hit.start("first"), hit.end()))
        place = hit.end()
    return found


def _listed(reading: Reading, days: Sequence[Found]) -> tuple[Finding, ...]:
    first = {iso: (start, end) for iso, start, end in reversed(days)}
    return tuple(
        finding(
            reading, place, value=iso, rule="field.dates_of_service.table", confidence=SUPPORT[How.BELOW], sure=True
        )
        for iso, place in sorted(first.items(), key=lambda item: item[1])
    )


def _beside(reading: Reading, procedures: Collection[str], roles: DateKnowledge) -> tuple[Finding, ...]:
    """The days that stand right behind a code of the letter or right before it, and what they say nothing else of."""
    if not procedures:
        return ()
    spans: dict[str, tuple[int, int]] = {}
    code = re.compile(rf"(?<![\w$#.-])(?:{'|'.join(map(re.escape, procedures))})(?![\d.])")
    for line in reading.lines:
        if line.zone in _NEVER:
            continue
        text = line.text
        for hit in code.finditer(text):
            behind = _BEHIND_CODE.match(text, hit.end())
            place = behind.end() if behind else len(text)
            run = run_of_days(text[place:])
            if not run:
                place, run = _day_before(text, hit.start())
            first = min(place, hit.start())
            if len(run) == 1 and place < hit.start() and _FROM_THEN_ON.search(text[:place]):
                continue
            if not run or roles.something_else.last_in(text[max(0, first - _VETO) : first]) >= 0:
                continue
            for iso, start, end in run:
                spans.setdefault(iso, (line.start + place + start, line.start + place + end))
    rule = "field.dates_of_service.beside_code"
    return tuple(
        finding(reading, span, value=iso, rule=rule, confidence=_BESIDE)
        for iso, span in sorted(spans.items(), key=lambda item: item[1])
    )


def _day_before(text: str, upto: int) -> tuple[int, list[Found]]:
    """Where the days begin that end right before a place, and they themselves by what follows that."""
    for hit in _DAY.finditer(text, max(0, upto - _REACH), upto):
        run = run_of_days(text[hit.start() : upto])
        if run and _BEFORE_CODE.fullmatch(text, hit.start() + run[-1][2], upto):
            return hit.start(), run
    return 0, []


def run_of_days(text: str) -> list[Found]:
    """The days at the start of ``text`` that a range or list joins."""
    if shared := days_sharing_year(text):
        return shared
    found: list[Found] = []
    place = 0
    for value, start, end in dates(text):
        between = text[place:start]
        if (place == 0 and between.strip(" *_:(|")) or (place and not _RANGE.match(between)):
            break
        found.append((value, start, end))
        place = end
    return found


def _told(reading: Reading, roles: DateKnowledge, *, of_claim: bool) -> tuple[Finding, ...]:
    """The days that sentences tell of as those of the service: above the text, in a letter or a sentence about a claim.

    In the text of a letter about a request they are mostly of the patient's history.
    """
    spans: dict[str, tuple[int, int]] = {}
    billed_too = False
    for sentence in sentences_of(reading.doc):
        zone = zone_of(reading, sentence)
        if zone in _NEVER:
            continue
        if sentence.start_char == 0 and _SENDER_AND_DAY.match(sentence.text):
            continue
        billed = roles.billed.found_in(sentence.text)
        if not (billed or "$" in sentence.text or zone in _ABOVE or (of_claim and not spans)):
            continue
        for iso, start, end in _given(sentence, roles, billed=billed):
            base = sentence.start_char
            spans.setdefault(iso, content_span(reading.prose, base + start, base + end))
            billed_too = billed_too or billed
    rule = "field.dates_of_service.billed" if billed_too else "field.dates_of_service.prose"
    confidence = _TOLD_LOOSELY if billed_too else _TOLD
    return tuple(finding(reading, span, value=iso, rule=rule, confidence=confidence) for iso, span in spans.items())


def _given(sentence: Sentence, roles: DateKnowledge, *, billed: bool) -> Iterator[Found]:
    """The days of a sentence whose nearest words say that care was given on them or billed for them."""
    text = sentence.text
    place = 0
    for hit in _DAY.finditer(text):
        if hit.start() < place:
            continue
        run = run_of_days(text[hit.start() :])
        if not run:
            continue
        start, end = hit.start(), hit.start() + run[-1][2]
        if _is_of_service(text, start, end, since=place, roles=roles) or (billed and _CLAIM_OF.search(text[:start])):
            yield from ((iso, hit.start() + a, hit.start() + b) for iso, a, b in run)
        place = end


def _is_of_service(text: str, start: int, end: int, *, since: int, roles: DateKnowledge) -> bool:
    before = text[max(since, start - _REACH) : start]
    if _CUT_LABEL.search(before):
        return False
    if _LIST_OF_EVIDENCE.match(text):
        return False
    before = before[max((cut.end() for cut in _CLAUSE.finditer(before)), default=0) :]
    if (
        _EVIDENCE_OF.search(before)
        or _CAME_IN.search(before)
        or _REPORTS.match(text, end)
        or _OF_APPROVAL.search(text[:start])
    ):
        return False
    given, other = roles.service.last_in(before), roles.something_else.last_in(before)
    if given < 0 and other < 0 and (label := _SERVICE_LABEL.search(text[max(since, start - _REACH) : start])):
        before = label["label"]
        given, other = roles.service.last_in(before), roles.something_else.last_in(before)
    if given >= 0 or other >= 0:
        return given > other
    behind = _RIGHT_BEHIND.match(text, end)
    return bool(
        behind
        and _OPENS.search(text[:start])
        and roles.service.found_in(behind["words"])
        and not roles.something_else.found_in(behind["words"])
    )
