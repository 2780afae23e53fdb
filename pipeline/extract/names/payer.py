"""The insurer that decides, and the vendor that writes for it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate, backing, choose
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.words import label_pattern
from pipeline.extract.names.insurer import beside_other_words, is_payer, names_insurer, without_desk
from pipeline.extract.names.letterhead import (
    CITY,
    STREET,
    NameLine,
    closing,
    followed_by_address,
    head,
    name_like,
    pieces,
    plain,
)
from pipeline.extract.names.programme import of_a_trade, of_state, underwriter
from pipeline.extract.names.written_for import DEPARTMENT, mentioned, named_in_prose, written_for
from pipeline.extract.shapes import DATE, person
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge, word_pattern
from pipeline.knowledge.payers import Relation
from pipeline.language import Reading
from pipeline.values.letter import Finding
from pipeline.values.practice import Practice

_LOOSE = frozenset(
    {
        "insurance",
        "called",
        "spoke with",
        "spoke to",
        "spoke w",
        "plan",
        "for",
        "from",
        "sender",
        "health plan",
        "carrier",
        "plan sponsor",
        "contractor",
    }
)
_TAIL = re.compile(
    r"\s*(?:\((?:a|an|the)\s|\([\"“'‘]|\((?:Medicaid|Medicare)\)|\((?=[a-z])|;|\s{2,}|,\s+(?=[a-z])|,\s*(?=Utilization|Claims|Member|Provider|Appeals|Medical)|\bNPI\b)"
    r"|\s[-–—|·]\s(?=(?i:medicare (?:part [a-d]|dme|mac|j[a-z0-9]{1,2}|jurisdiction)\b))"
)
_PART_OF_MEDICARE = re.compile(
    r"medicare(?:[\s,/&-]+(?:and|part [a-d]|[a-d]|j[-a-z0-9]{1,3}|jurisdiction \w{1,3}|dme|mac))+", re.IGNORECASE
)
_VENDOR_FOR = re.compile(r"(?P<who>.+?),?\s+(?:for|on behalf of)\s+(?:the )?(?P<plan>[A-Z].+)")
_FOR_LINE = re.compile(
    r"(?:[\w'’,&/ -]{3,80}?\s)?"
    r"(?:for|on behalf of|(?:delegated|appointed|retained|engaged|contracted|authorized) (?:by|from)|delegate of)\s+"
    r"(?:the )?(?P<plan>[A-Z].+)",
    re.IGNORECASE,
)
_DESK_BEFORE = re.compile(r"(?:[A-Z][\w&]*\s){0,3}(?i:desk|dept\.?|department|unit|team|office|intake),\s+(?=[A-Z])")
"""Who at the payer: "UM desk, Elm Health"."""
_PART = re.compile(
    r"an? (?:affiliate|division|subsidiary|member|licensee)\b|an? .*(?:contractor|company|organization)\b|part of"
    r"|claims administrator",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:The|Your|Our|This|These)(?: [a-z]+)+")
"""A heading and no name: "The details"."""
_TITLED = re.compile(r"(?:Dr|Doctor|Mr|Mrs|Ms)\b\.?\s")
_FIRST, _HIGH, _LOW = 0.8, 0.74, 0.6
_BRAND = 0.9
_AT_THE_END = 0.66
_FLOOR = 0.6
_LETTERHEAD = 2
_VERY_TOP = 8
_LETTERHEAD_ROWS = 4
_FOR_LINE_SUPPORT, _WORKS_FOR_SUPPORT = 0.95, 0.98
_WORKS = re.compile(
    r"\b(?:on behalf of|(?:manag|administ|review|act|work|delegat|appoint|retain|engag|contract|authoriz)\w*|agent)\b",
    re.IGNORECASE,
)
"""What somebody does for a plan: of whom a line right under a name on top says so, that one does not decide."""
_DESK = 0.1
_PROGRAMME = 0.3
_TRADE = 0.1
"""What a name with the word of a trade says less: "Elm Behavioral Health" may manage a part of care for a plan."""
_OF_PLACE = re.compile(r"\s+of\s+[A-Z][\w ]+$")
_ADDRESS = re.compile(r",?\s+(?:p\.?\s?o\.?\s?box|\d+\s+[A-Z])", re.IGNORECASE)
_FIRST_ADDRESS = "first_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payers:
    """The insurer, its id in the knowledge and the vendor that writes for it."""

    payer: Finding | None = None
    payer_id: str | None = None
    delegate: Finding | None = None


def find_payer(
    reading: Reading, knowledge: Knowledge, *, labels: Mapping[str, Sequence[Labelled]], practice: Practice
) -> Payers:
    """Who decides, from what the letter says of it, its labels, its head and its closing, in this order."""
    lines = list(head(reading, knowledge.name_words))
    lines, on_one_line = _parted(lines, knowledge)
    relations = list(written_for(reading, knowledge))
    relation = [*(r.plan for r in relations), *on_one_line, *_in_line_below(reading, knowledge)]
    top = lines[0] if lines else None
    vendor_on_top = top is not None and knowledge.name_words.vendor.found_in(top.text)
    ours = {plain(name) for name in practice.names}
    signed = closing(reading, knowledge.name_words)
    candidates = [
        *relation,
        *_labelled(reading, labels.get("payer", ()), knowledge=knowledge, vendor_on_top=vendor_on_top or top is None),
        *_in_head(reading, lines, knowledge=knowledge, ours=ours, signed={plain(line.text) for line in signed}),
        *of_a_trade(lines[:1], labels.get("provider_name", ()), reading),
        *mentioned(reading, knowledge, relation=Relation.WRITTEN_FOR),
        *mentioned(reading, knowledge, relation=Relation.NAMED),
        *_known_on_top(reading, knowledge),
        *beside_other_words(reading, knowledge),
        *of_state(reading, knowledge),
        *underwriter(reading, knowledge),
        *_elsewhere(reading, signed, knowledge=knowledge, ours=ours),
    ]
    payer = choose(reading, candidates, same=_same)
    named = [r.vendor for r in relations if r.vendor and payer and _same(r.plan.value, payer.value or "")]
    delegate = choose(reading, named) or _delegate(reading, payer, top, bool(relation), knowledge=knowledge)
    return Payers(payer=payer, payer_id=_payer_id(payer, knowledge), delegate=delegate)


def _parted(lines: Sequence[NameLine], knowledge: Knowledge) -> tuple[list[NameLine], list[Candidate]]:
    """The lines of the head, those of the form "vendor for plan" cut to the vendor; and the plans they name."""
    out, plans = [], []
    for line in lines:
        hit = _VENDOR_FOR.fullmatch(line.text)
        if hit and knowledge.name_words.vendor.found_in(hit["who"]) and is_payer(hit["plan"], knowledge):
            start = line.start + hit.start("plan")
            end = line.start + hit.end("plan")
            rule = "field.payer.written_for"
            plans.append(Candidate(value=hit["plan"], start=start, end=end, support=0.97, rule=rule))
            line = replace(line, text=hit["who"])
        out.append(line)
    return out, plans


def _in_line_below(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The plan in a line right under the name on top that says for whom that one works: "for Elm Health Plan"."""
    rows = [line for line in reading.lines[:_VERY_TOP] if line.cells][:_LETTERHEAD_ROWS]
    for row in rows[1:]:
        cell = row.cells[0]
        hit = _FOR_LINE.fullmatch(cell.text.rstrip(" ."))
        plan = _TAIL.split(hit["plan"], maxsplit=1)[0].rstrip(" ,") if hit else ""
        if (
            not hit
            or not name_like(plan)
            or not is_payer(plan, knowledge)
            or knowledge.name_words.plan_kind.covers(plan)
        ):
            continue
        start = cell.start + hit.start("plan")
        rule = "field.payer.written_for"
        support = _WORKS_FOR_SUPPORT if _WORKS.search(cell.text[: hit.start("plan")]) else _FOR_LINE_SUPPORT
        yield Candidate(value=plan, start=start, end=start + len(plan), support=support, rule=rule)


def _same(one: str, other: str) -> bool:
    a, b = (set(re.findall(r"[a-z0-9]+", text.casefold())) for text in (one, other))
    return plain(one) == plain(other) or a <= b or b <= a


def _payer_id(payer: Finding | None, knowledge: Knowledge) -> str | None:
    if payer is None or payer.value is None:
        return None
    value = payer.value
    return next((p.id for p in knowledge.payers if p.matches(value)), None)


def _recurs(reading: Reading, name: str) -> bool:
    """Whether the letter prints a name, or the two words it begins with, more than once."""
    content = reading.text.content.casefold()
    beginning = " ".join(name.casefold().split()[:2])
    if len(name.split()) < 2:
        return False
    return content.count(name.casefold()) > 1 or (len(beginning) > 7 and content.count(beginning) > 2)


def _labelled(
    reading: Reading, labels: Sequence[Labelled], *, knowledge: Knowledge, vendor_on_top: bool
) -> Iterator[Candidate]:
    words, known = knowledge.name_words, label_pattern(knowledge.fields)
    for label in labels:
        whole = reading.text.content[label.start : label.end]
        text = _TAIL.split(whole, maxsplit=1)[0].rstrip(" ,")
        text = without_desk(DEPARTMENT.split(text, maxsplit=1)[0].rstrip(" ,"), knowledge)
        start = label.start
        if desk := _DESK_BEFORE.match(text):
            start, text = start + desk.end(), text[desk.end() :]
        if label.how is How.INLINE or label.qualified or not re.match(r"[A-Z]", text) or len(text) > 90:
            continue
        if re.search(r"\d{4}", text) or words.plan_kind.covers(text) or _only_person(reading, text, knowledge):
            continue
        loose = label.guessed or label.label in _LOOSE
        if known.whole(text) or (words.practice.found_in(text) and not is_payer(text, knowledge)):
            continue
        if loose and not (is_payer(text, knowledge) or _recurs(reading, text)):
            continue
        support = backing(label) - (0.02 if not loose or vendor_on_top else 0.12)
        yield Candidate(
            value=text, start=start, end=start + len(text), support=support, rule="field.payer.label"
        )  # fmt: skip


def _only_person(reading: Reading, text: str, knowledge: Knowledge) -> bool:
    """Whether a name has the form of a person's, and nothing shows that it is a company's."""
    shown = is_payer(text, knowledge) or _recurs(reading, text)
    return person(text, knowledge.name_words) is not None and not shown


def _in_head(
    reading: Reading, lines: Sequence[NameLine], *, knowledge: Knowledge, ours: set[str], signed: set[str]
) -> Iterator[Candidate]:
    words, known = knowledge.name_words, label_pattern(knowledge.fields)
    opening = "\n".join(line.text for line in reading.lines[:60])
    own_letter = words.own_appeal.found_in(opening)
    for line in lines:
        text = _TAIL.split(line.text, maxsplit=1)[0]
        if plain(text) in ours or _PART.match(text) or known.whole(text) or _names_nobody(text, words):
            continue
        if _HEADING.fullmatch(text) and not is_payer(text, knowledge):
            continue
        if _PART_OF_MEDICARE.fullmatch(text) and any(one.line is line.line and one is not line for one in lines):
            continue  # "Elm Administrators, LLC - Medicare Part B J9": the contractor decides
        provider = words.practice.found_in(text) or words.credential.found_in(text)
        below = line.place > 0 or _below_address(reading, line)
        provider = provider or (below and person(text, words) is not None) or bool(_TITLED.match(text))
        if provider and is_payer(text, knowledge):
            provider = own_letter and words.practice.found_in(text)
        desk = _has_desk(reading, text, words)
        provider = (provider and not desk) or (own_letter and line.part)
        lower = line.place > _LETTERHEAD or _below_address(reading, line)
        if lower and not provider and not is_payer(text, knowledge):
            continue
        support = _standing(line, text, knowledge=knowledge) + (_DESK if desk else 0.0)
        support -= _PROGRAMME if _heads_its_plan(line, lines, knowledge) else 0.0
        support += (
            0.08 if plain(text) in signed or any(plain(text) in s for s in signed) or _recurs(reading, text) else 0.0
        )
        if own_letter and not provider and followed_by_address(reading, line.line):
            support += 0.1
        if support < _FLOOR or (not line.first and not is_payer(text, knowledge)):
            continue
        yield Candidate(
            value=text, start=line.start, end=line.start + len(text), support=min(0.96, support),
            rule="field.payer.letterhead", against="it is a provider or an addressee" if provider else None,
        )  # fmt: skip


def _heads_its_plan(line: NameLine, lines: Sequence[NameLine], knowledge: Knowledge) -> bool:
    """Whether a name on top is that of a public programme, and the letterhead goes on with the plan that runs it."""
    words = knowledge.name_words
    if words.public_programme.last_in(line.text) < len(line.text):
        return False
    rest = (other for other in lines if line.place < other.place <= _LETTERHEAD)
    return any(
        names_insurer(other.text, knowledge) and words.public_programme.last_in(other.text) < len(other.text)
        for other in rest
    )


def _has_desk(reading: Reading, name: str, words: NameKnowledge) -> bool:
    """Whether the letter names a desk of a company to write to: "Elm Dental, Appeals, PO Box 12".

    The desk of a company that is named by its place or its trade may do without that: "Elm Dental of Utah", "Elm Dental
    Appeals"; "Bright Elm Dental & Vision", "Bright Elm Appeals".
    """
    content = reading.text.content
    behind = (piece for piece in content.split(f"{name},")[1:] if piece[:1].isspace())
    if any(words.desk.opens(piece.lstrip()) for piece in behind):
        return True
    trade = words.practice.pattern.search(name)
    for brand in (_OF_PLACE.sub("", name), name[: trade.start()].rstrip() if trade else name):
        if brand == name or len(brand.split()) < 2:
            continue
        behind = (content[hit.end() : hit.end() + 60] for hit in re.finditer(rf"{re.escape(brand)} ", content))
        if any((desk := words.desk.pattern.match(text)) and _ADDRESS.match(text, desk.end()) for text in behind):
            return True
    return False


def _names_nobody(text: str, words: NameKnowledge) -> bool:
    """Whether a name is made of words for desks, trades and kinds of plans alone: "Benefit Determinations"."""
    both = word_pattern(words.unit.words + words.plan_kind.words + words.practice.words)
    return not re.search(r"[A-Za-z0-9]", both.sub(" ", text))


def _below_address(reading: Reading, line: NameLine) -> bool:
    """Whether a line stands below an address or a date, as an addressee does."""
    first: int | None = reading.doc.user_data.get(_FIRST_ADDRESS)
    if first is None:
        placed = (r.number for r in reading.lines if STREET.match(r.text) or CITY.search(r.text) or DATE.search(r.text))
        first = reading.doc.user_data[_FIRST_ADDRESS] = next(placed, len(reading.lines))
    return first < line.line.number


def _standing(line: NameLine, text: str, *, knowledge: Knowledge) -> float:
    """How likely a line of the head is the insurer, by its place and its words."""
    words = knowledge.name_words
    support = _FIRST if line.place == 0 else _HIGH if line.place < 3 else _LOW
    support += 0.12 if knowledge.payer_words.matches(text) else 0.0
    support += 0.1 if knowledge.payer_names.found_in(text) else 0.0
    if words.unit.found_in(text):
        # Of an insurer that is known, a desk at the end makes it less likely the whole name.
        known = knowledge.payer_names.found_in(text)
        support -= 0.3 if not known else 0.1 if words.unit.last_in(text) == len(text) else 0.0
    support -= 0.2 if words.vendor.found_in(text) else 0.0
    support -= _TRADE if words.practice.found_in(text) else 0.0
    support -= 0.3 if words.program.found_in(text) else 0.0
    support -= 0.3 if words.plan_kind.covers(text) else 0.0
    return support if line.first else support - 0.06


def _known_on_top(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """An insurer whose name goes on with a department or a heading ("Acme Health Plan Notice of Denial")."""
    words = knowledge.name_words
    goes_on = word_pattern(words.title.words + words.unit.words)
    for line in reading.lines[:_VERY_TOP]:
        for cell in [piece for whole in line.cells[:2] for piece in pieces(whole)]:
            listed = knowledge.payer_names.open(cell.text)
            if cell.text.islower() and knowledge.payer_names.whole(cell.text):  # a brand in small letters
                rule = "field.payer.known_on_top"
                yield Candidate(value=cell.text, start=cell.start, end=cell.end, support=_BRAND, rule=rule)
                continue
            cut = goes_on.search(cell.text)
            text = cell.text[: cut.start()].rstrip(" ,-–—|:•·/") if cut else ""
            if text.split(" ")[-1].islower() or cell.text.rstrip().endswith("."):
                continue  # a sentence
            if not text or not name_like(text) or not (listed or (is_payer(text, knowledge) and len(text.split()) > 1)):
                continue
            if words.plan_kind.covers(text) or words.program.found_in(text) or words.practice.found_in(text):
                continue
            yield Candidate(
                value=text, start=cell.start, end=cell.start + len(text), support=_FIRST if listed else _HIGH,
                rule="field.payer.known_on_top"
            )  # fmt: skip


def _elsewhere(
    reading: Reading, signed: Sequence[NameLine], *, knowledge: Knowledge, ours: set[str]
) -> Iterator[Candidate]:
    """The insurer in the closing, in running text, and above a box or street further down."""
    for line in signed:
        if is_payer(line.text, knowledge) and plain(line.text) not in ours:
            yield Candidate(
                value=line.text, start=line.start, end=line.end, support=0.75, rule="field.payer.signature"
            )  # fmt: skip
    yield from named_in_prose(reading, knowledge)
    yield from _at_the_end(reading, knowledge, ours=ours)
    for row in reading.lines:
        cell = row.cells[0] if row.cells else None
        if cell is None or not followed_by_address(reading, row, within=1) or not names_insurer(cell.text, knowledge):
            continue
        yield Candidate(value=cell.text, start=cell.start, end=cell.end, support=0.62, rule="field.payer.address")


def _at_the_end(reading: Reading, knowledge: Knowledge, *, ours: set[str]) -> Iterator[Candidate]:
    """The insurer's whole name as the last line of a letter, as a company signs that greets nobody farewell."""
    row = next((line for line in reversed(reading.lines) if line.cells), None)
    text = row.text.strip(" *_#|") if row else ""
    if row and names_insurer(text, knowledge) and plain(text) not in ours:
        start = row.start + row.text.index(text)
        rule = "field.payer.signature"
        yield Candidate(value=text, start=start, end=start + len(text), support=_AT_THE_END, rule=rule)


def _delegate(
    reading: Reading, payer: Finding | None, top: NameLine | None, related: bool, *, knowledge: Knowledge
) -> Finding | None:
    """The name on top of the letter, where the letter says that somebody else decides."""
    if payer is None or payer.value is None or top is None or _same(top.text, payer.value):
        return None
    if not (knowledge.name_words.vendor.found_in(top.text) or (related and payer.rule.endswith("written_for"))):
        return None
    words = knowledge.name_words
    if not words.vendor.found_in(top.text) and person(top.text, words):
        return None
    if words.unit.covers(top.text) or label_pattern(knowledge.fields).whole(top.text):
        return None
    one = Candidate(value=top.text, start=top.start, end=top.end, support=0.9, rule="field.delegate")
    return choose(reading, [one])
