"""Policies, guidelines, laws and plan documents that the letter cites.

Forms are data (``models/citations``). Where two forms fit one place, the more particular wins; each citation is given
once, and a name without a number gives way to the same rule with its number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.knowledge.beginnings import matches, word_places
from pipeline.knowledge.citations import CitationForm
from pipeline.knowledge.needed import is_possible
from pipeline.language import Language, Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import finding, letters_of, line_at, page_at
from pipeline.language.zones import Zone
from pipeline.values.letter import Citation
from pipeline.values.vocabulary import CitationKind, CitationRole

_LAW = frozenset({CitationKind.FEDERAL_REGULATION, CitationKind.FEDERAL_STATUTE, CitationKind.STATE_LAW})
_OF_RIGHTS = frozenset({Zone.RIGHTS, Zone.BOILERPLATE, Zone.CONTACTS, Zone.SIGNATURE})
# Parts of the law that speak of appeals, whatever zone they stand in.
_APPEAL_LAW = re.compile(
    r"2560\.503|ERISA|1133|147\.136|300gg|2719|422\.(?:5[6-9]|6[0-2])|423\.(?:5[6-9]|6[0-3])|438\.4|405\.9[0-9]|431\.2|890\.1|4914|4904|1374|10169|4610\.5|"
    r"19\.17|284-43|48\.43|3922|11:24"
)
_LOOK_ALIKE = str.maketrans("OIlSBZG", "0115826")
_MISREAD = re.compile(r"(?:D?[LA]|(?:ING-)?CC-)?[\dOIlSBZG]{3,5}")
_EDITION = re.compile(
    r"\s{0,2}[,;(-]{0,2}\s{0,2}"
    r"(?:effective|eff\.?|revised|rev\.?|version|ver\.?|edition|updated|dated|last reviewed)(?: date)?\s?[:.]?\s?"
    r"(?P<edition>\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?\d{4}|\d{1,3}(?:\.\d{1,3})?|\d{4})",
    re.IGNORECASE,
)
_TITLE_WORDS = r"[A-Z][\w&/'’-]{0,30}(?: (?:[A-Z][\w&/'’-]{0,30}|and|of|for|the|in|to|or|with|on|by|&|-|A|B)){0,11}"
_TITLE_AFTER = re.compile(
    rf"\s{{0,2}}(?:[,:–-]\s{{0,2}}|\(|\s?[\"“']|,? (?:titled|entitled|for|on) [\"“']?)(?P<title>{_TITLE_WORDS})"
)
_TITLE_BEFORE = re.compile(
    rf"(?P<title>{_TITLE_WORDS})[\"”']?\s?[,:(-]?\s?(?:\(?(?:policy |reference )?(?:number|no\.?|#)?:? ?)?$"
)
# Words that stand before a number and are no title.
_NO_TITLE = re.compile(
    r"^(?:the|our|your|this|see|per|under|in|on|section|policy|policies|number|medical|clinical|coverage|payment|reimbursement|criteria|guidelines?|"
    r"bulletin|local|national|determination|lcd|ncd|cpb|article|effective|eff|rev|revised|drug|reference|no|pub|publication|program|manual|pharmacy|code|cfr|"
    r"[a-z]{1,3}\d+|\W)+$",
    re.IGNORECASE,
)
_TITLED = frozenset({CitationKind.PAYER_POLICY, CitationKind.GUIDELINE, CitationKind.LCD, CitationKind.NCD})
_TITLE_OF_CODE = re.compile(r"\d{1,2} (?:CFR|USC) ")
_MORE_OF_CODE = re.compile(
    r"(?:,? (?:and|or|&)|[,;]) ?(?:§{1,2} ?|sections? )?(?P<number>\d{2,4}\.\d{1,4}(?:\([a-zA-Z0-9]{1,4}\)){0,5})"
    r"(?![\w.]\d)",
    re.IGNORECASE,
)
_MORE_SECTIONS = re.compile(
    r"(?:,? (?:and|or|&)|[,;]) (?:at |in )?"
    r"(?P<number>(?:Section|Sec\.|§|Article|page|Exclusion|Chapter) ?\d{1,4}(?:\.\d{1,3}){0,3}"
    r"(?:\([a-z0-9]{1,2}\))?)(?!\w)",
    re.IGNORECASE,
)
_LETTERED = frozenset({CitationKind.GUIDELINE, CitationKind.PAYER_POLICY})
_LETTERED_NUMBER = re.compile(r"([A-Z]{1,6}[-.])\d{1,4}(?:\.\d{1,2})?")
_SOMEBODYS = re.compile(
    r"\b(?:member|enrollee|subscriber|patient|beneficiary|insured|medicaid|medicare|claim|case|account|group)"
    r"(?:['’]s)? (?:ID|identification|no\.?|number|#)[^\w\n]{0,8}$",
    re.IGNORECASE,
)
"""Words right before a number that is a person's or a claim's, whatever it looks like."""
_POLICY_LABEL = re.compile(r"(?:^|\n)\W*pol(?:icy|\.)? ?(?:ID|no\.?|number|#)[^\w\n]{0,4}$", re.IGNORECASE)
_OF_INSURED = re.compile(
    r"\W*(?:patient|member|insured|subscriber|enrollee|policy ?holder|name|group|date of birth|dob)\b", re.IGNORECASE
)
"""A label of its own line, and how the lines beside it begin where it is the number of somebody's insurance."""
_INSURANCE = re.compile(r"(?:insurance|group|life|individual|family) polic(?:y|ies)\b", re.IGNORECASE)
_OF_INSURANCE = re.compile(
    r"\b(?:insurance|group|life|individual|family|school|college|university|student|your)"
    r"(?: polic(?:y|ies))?[^\w\n]{0,3}$",
    re.IGNORECASE,
)
_INSURED_BEHIND = re.compile(
    r"[^\w\n]{0,3}(?:group\b|(?:policy ?)?holder|(?:was |is )?(?:issued|sold) (?:to|for|on)\b"
    r"|subscriber|member\b|insured\b|(?:your |the )?insurance\b)",
    re.IGNORECASE,
)
"""Words before, in and right behind a policy number that is of the insurance, not of a rule."""
_REMARK = re.compile(r"\W*(?:N|MA?)\d{1,3}\b[\s:–-]")
"""A remark code at the head of its line: what follows is the code's own text, the same in every letter."""
_FEW = 8
"""At so many places a pattern is tried sooner than what it needs is looked for in the whole letter."""
_MOST_IN_ONE_BREATH = 6
_NUMBERED, _NAMED, _REPAIRED = 0.92, 0.7, 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A form that fits: its place in the prose, and the parts read from it."""

    form: CitationForm
    start: int
    end: int
    number: str | None
    repaired: bool
    parts: dict[str, str]


def find_citations(reading: Reading, language: Language) -> tuple[Citation, ...]:
    """Every citation once, in order of place."""
    text = reading.prose.text
    citations: list[tuple[_Match, Citation]] = []
    for match in _untangled(_matches(text, letters_of(reading), language)):
        citation = _citation(reading, match)
        if citation is not None:
            citations.append((match, citation))
    return tuple(_once(citations))


def _matches(text: str, letters: str, language: Language) -> Iterable[_Match]:
    known = language.knowledge.citations
    for (form, one, cue), tries in zip(known.compiled, known.begun.tries(word_places(text)), strict=True):
        places = tries
        if (places is None or len(places) > _FEW) and not is_possible(one, letters):
            places = []
        for found in matches(one.pattern, places, text) if places != [] else ():
            start, end = found.span()
            if start == end or _is_somebodys(text, found):
                continue
            around = (text[max(0, start - form.reach) : start], text[end : end + form.reach])
            if cue is not None and not any(cue.search(side) for side in around):
                continue
            parts = {k: v.strip() for k, v in found.groupdict().items() if v and v.strip()}
            number, repaired = _number(parts.get("number"), form)
            if found.groupdict().get("number") and number is None:
                continue
            if number and form.kind is CitationKind.PAYER_POLICY and _is_of_insurance(text, found):
                continue
            match = _Match(form=form, start=start, end=end, number=number, repaired=repaired, parts=parts)
            yield match
            yield from _and_more(text, match)


def _is_somebodys(text: str, found: re.Match[str]) -> bool:
    """Whether a number is a person's or a claim's, by the words before it or by the lines beside its own."""
    number = found.start("number") if found.groupdict().get("number") else found.start()
    before = text[max(0, number - 40) : number]
    if _SOMEBODYS.search(text[max(0, found.start() - 40) : found.start()]):
        return True
    if not _POLICY_LABEL.search(before):
        return False
    above, _, _ = text[:number].rpartition("\n")
    _, _, below = text[number:].partition("\n")
    return any(_OF_INSURED.match(line) for line in (above.rpartition("\n")[2], below.partition("\n")[0]))


def _is_of_insurance(text: str, found: re.Match[str]) -> bool:
    """Whether a policy number is that of an insurance: ``Group policy GX-1``, ``Policy: GX-1 Group: 2``."""
    return bool(
        _INSURANCE.match(found.group())
        or _OF_INSURANCE.search(text[max(0, found.start() - 40) : found.start()])
        or _INSURED_BEHIND.match(text, found.end("number"))
    )


def _and_more(text: str, match: _Match) -> Iterable[_Match]:
    """What the letter cites in the same breath: ``42 CFR 409.31 and 409.33``, ``Section 11.4 and Section 8.2``."""
    title = _TITLE_OF_CODE.match(match.number or "")
    if match.form.kind is CitationKind.PLAN_DOCUMENT:
        further = _MORE_SECTIONS
    elif title is not None:
        further = _MORE_OF_CODE
    elif match.form.kind in _LETTERED and (like := _LETTERED_NUMBER.fullmatch(match.number or "")):
        # ``SP-6, Leg Pain, and SP-3``: the same letters again, in the same sentence.
        further = re.compile(
            rf"[^.;\n]{{0,70}}?(?:,| and| or|&) (?P<number>{re.escape(like[1])}\d{{1,4}}(?:\.\d{{1,2}})?)(?![\w-])"
        )
    else:
        return
    end = match.end
    for _ in range(_MOST_IN_ONE_BREATH):
        found = further.match(text, end)
        if found is None:
            return
        number = f"{title[0]}{found['number']}" if title else re.sub(r"\s+", " ", found["number"])
        parts = {key: value for key, value in match.parts.items() if key == "title"}
        yield _Match(
            form=match.form, start=found.start("number"), end=found.end(), number=number, repaired=False, parts=parts
        )
        end = found.end()


def _number(printed: str | None, form: CitationForm) -> tuple[str | None, bool]:
    """The number as it is cited, and whether look-alikes of a scan were repaired in it."""
    if not printed:
        return None, False
    if form.kind in _LAW:
        return _law(printed), False
    if form.kind is CitationKind.PLAN_DOCUMENT:
        return re.sub(r"\s+", " ", printed), False
    plain = re.sub(r"\s", "", printed)
    if not form.look_alikes or not _MISREAD.fullmatch(plain):
        return plain, False
    lead = re.match(r"(?:D?[LA](?=[\dOIlSBZG]{5}$)|(?:ING-)?CC-)?", plain)
    head = lead[0] if lead else ""
    digits = plain[len(head) :]
    mended = digits.translate(_LOOK_ALIKE)
    # Mostly digits as printed, or it is a word and no number.
    if sum(c.isdigit() for c in digits) < max(2, len(digits) - 2):
        return None, False
    return head.upper() + mended, mended != digits


def _law(printed: str) -> str:
    """A statute in its usual writing: ``42 C.F.R. § 422.582(b)`` is ``42 CFR 422.582(b)``."""
    plain = re.sub(
        r"C\. ?F\. ?R\.?", "CFR", re.sub(r"U\. ?S\. ?C\.?", "USC", printed, flags=re.IGNORECASE), flags=re.IGNORECASE
    )
    plain = re.sub(
        r"Employee Retirement Income Security Act(?: of 1974)?(?: \(ERISA\))?", "ERISA", plain, flags=re.IGNORECASE
    )
    turned = re.fullmatch(
        r"(?:sections?|sec\.?|§{1,2}) ?(502\(a\)\S*) of (?:the )?(?:ERISA.*|Employee Retirement)", plain, re.IGNORECASE
    )
    if turned:
        return f"ERISA {turned[1]}"
    if alone := re.fullmatch(r"(?:section|sec\.|§) ?(502\(a\)\S*)", plain, re.IGNORECASE):
        return f"ERISA {alone[1]}"
    plain = re.sub(r"(?:§{1,2}|\bsections?\b|\bsec\b\.?|\bpart\b)", " ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\b(\d+)(CFR|USC)", r"\1 \2", re.sub(r"\s+", " ", plain)).replace(" (", "(")
    return re.sub(r"(CFR|USC)(?=\d)", r"\1 ", plain).strip(" ,;:")


def _untangled(matches: Iterable[_Match]) -> list[_Match]:
    """Of forms that fit overlapping places the most particular, then the longest; in order of place."""
    ordered = sorted(matches, key=lambda m: (m.form.rank, m.number is None, -(m.end - m.start), m.start))
    kept: list[_Match] = []
    for match in ordered:
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _citation(reading: Reading, match: _Match) -> Citation | None:
    form = match.form
    place = content_span(reading.prose, match.start, match.end)
    zone = line_at(reading, place[0]).zone
    role = form.role or _role(match, zone)
    if form.basis_only and role is CitationRole.RIGHTS:
        return None
    if form.unnumbered and _REMARK.match(line_at(reading, place[0]).text):
        return None
    if _is_folio(reading, match, place):
        return None
    title, edition = _title(reading, match), _edition(reading, match)
    confidence = _REPAIRED if match.repaired else (_NUMBERED if match.number else _NAMED)
    rule = f"{form.id}.repaired" if match.repaired else form.id
    name = form.canonical.format(number=match.number) if form.canonical and match.number else match.number
    value = name or title
    if value is None:
        return None
    base = finding(reading, place, value=value, rule=rule, confidence=confidence)
    return Citation(
        value=base.value, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=rule,
        kind=form.kind, issuer=form.issuer or match.parts.get("issuer"), number=match.number, edition=edition,
        section=match.parts.get("section"), title=title, role=role,
    )  # fmt: skip


def _is_folio(reading: Reading, match: _Match, place: tuple[int, int]) -> bool:
    """Whether what looks like a page of a plan's paper is the number of the letter's own page at the end of a line."""
    page = page_at(reading.text, place[0]).number
    line = line_at(reading, place[1] - 1)
    return match.number == f"Page {page}" and line.text.rstrip().endswith(match.number)


def _role(match: _Match, zone: Zone) -> CitationRole:
    law = match.form.kind in _LAW
    if law and _APPEAL_LAW.search(match.number or ""):
        return CitationRole.RIGHTS
    return CitationRole.RIGHTS if zone in _OF_RIGHTS else CitationRole.BASIS


def _title(reading: Reading, match: _Match) -> str | None:
    if match.parts.get("title"):
        return match.parts["title"]
    if match.form.kind not in _TITLED:
        return None
    text = reading.prose.text
    after = _TITLE_AFTER.match(text, match.end)
    if after and _is_title(after["title"]):
        return after["title"]
    line_start = text.rfind("\n", 0, match.start) + 1
    before = _TITLE_BEFORE.search(text[max(line_start, match.start - 120) : match.start])
    return before["title"] if before and _is_title(before["title"]) else None


def _is_title(words: str) -> bool:
    return len(words) > 5 and not _NO_TITLE.match(words)


def _edition(reading: Reading, match: _Match) -> str | None:
    if match.parts.get("edition"):
        return match.parts["edition"].strip(".")
    text = reading.prose.text
    stop = text.find("\n", match.end)
    window = text[match.end : min(match.end + 160, stop if stop >= 0 else len(text))]
    for found in _EDITION.finditer(window):
        if "." not in window[: found.start()].replace("eff.", "").replace("rev.", ""):
            return found["edition"]
    return None


def _once(citations: list[tuple[_Match, Citation]]) -> list[Citation]:
    """Each once; a name goes where the same kind is cited by number, and a criterion where its policy is cited."""
    kept: list[Citation] = []
    numbers = {_key(c.number) for _, c in citations if c.number}
    kinds = {c.kind for _, c in citations if c.number}
    for match, citation in citations:
        if citation.number is None and match.form.unnumbered and citation.kind in kinds:
            continue
        key = _named(citation)
        if any(_named(other) == key and other.kind is citation.kind for other in kept):
            continue
        inside = citation.number and any(
            key != n and key.startswith(n) and re.match(re.escape(n) + r"\.\d", _dotted(citation.number))
            for n in numbers
        )
        if inside and citation.kind in {CitationKind.PAYER_POLICY, CitationKind.GUIDELINE}:
            continue
        kept.append(citation)
    return kept


def _named(citation: Citation) -> str:
    """By what two citations are the same one: their number, or their title with the part of it that is cited."""
    return _key(citation.number or f"{citation.title}{citation.section or ''}")


def _key(text: str | None) -> str:
    return re.sub(r"[^0-9a-z]", "", (text or "").casefold())


def _dotted(number: str | None) -> str:
    """The number in the letters of ``_key``, but with its points."""
    return re.sub(r"[^0-9a-z.]", "", (number or "").casefold())
