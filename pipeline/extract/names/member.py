"""The patient's name: behind a label, in the greeting, in the address the letter is sent to."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.candidates import Candidate, backing, choose
from pipeline.extract.grid import PROVIDERS_BLOCK, block_heading, continued
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.records import SEGMENT, person_of_segment
from pipeline.extract.labels.words import LabelPattern, label_pattern
from pipeline.extract.names.insurer import is_payer
from pipeline.extract.names.letterhead import GREETING, plain
from pipeline.extract.names.member_beside import above_numbers, beside_number, of_whom, only_person
from pipeline.extract.names.member_named import member_in_prose
from pipeline.extract.names.number_of_plan import numbers_of_plan
from pipeline.extract.shapes import person
from pipeline.extract.untold import untold_names
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line
from pipeline.values.letter import ClaimEntry, Finding

_HOUSE = re.compile(r"^\W*(?:\d+\s+\w|p\.?\s?o\.?\s?box)", re.IGNORECASE)
_TITLED = re.compile(r"^\W*(?:Mr|Mrs|Ms|Miss|Mx)\.? (?P<name>[A-Z][^:;()\d]{3,50}?),?\s*$")
_LOOSE = frozenset({"name", "insured", "customer", "client"})
_ANYTHING = frozenset({"re", "regarding", "for", "about", "concerning"})
"""Labels behind which any subject may stand: a name is the patient's where another place prints it too."""
_WHO_FILED = frozenset({"appellant", "petitioner", "complainant", "grievant"})
"""Whoever appealed: the patient, a relative, a lawyer or the doctor."""
_FILED = 0.2
_OF_PRACTICE = 0.3
"""What a name says less in which a practice's words stand, or that a practice's name goes on from: a column cut it."""
_GOES_ON = re.compile(r"(?: (?:of|and|&|[A-Z][\w'’-]*)){1,3}(?!:)")
_CORPORATE = re.compile(
    r"\b(?:p\.?a|p\.?c|pllc|psc|llc|llp|inc|corp|ltd|group|associates|services|of)\b", re.IGNORECASE
)
_THE_PATIENT = re.compile(r"\b(?:patient|pt|pat|dependent|dependant|child)\b|receiving|covered person")
_THE_HOLDER = re.compile(r"\b(?:participant|employee|subscriber|policyholder|insured|cardholder)\b")
_OPENING = re.compile(r"\b(?:member|enrollee|beneficiary|claimant|worker|recipient|customer|person)\b")
"""Words that announce the name behind them where both are all of a cell: "Worker Jane Doe"."""
_TELLING_INLINE = frozenset(
    {"patient", "member", "enrollee", "beneficiary", "member name", "patient name", "recipient"}
)
_UNFINISHED = re.compile(r"(?:\b[A-Z]\.?|,)$|^\S+$")
_HEAD = 40
_BY_ONE_NAME = re.compile(
    r"^\W*(?:dear|hello|hi|hey|good (?:day|morning)|greetings)\s+(?P<title>(?:mr|mrs|ms|miss|mx)\.?\s+)?"
    r"(?P<name>[A-Z][\w'’-]+)\s*[,:!.]?\s*$",
    re.IGNORECASE,
)
_BOTH_SAY = 0.86
_DIGIT = re.compile(r"\d")
_SEX = re.compile(r"\s*\((?:M|F|male|female)\)\W*$", re.IGNORECASE)


def find_member(
    reading: Reading,
    knowledge: Knowledge,
    *,
    labels: Mapping[str, Sequence[Labelled]],
    claims: Sequence[ClaimEntry] = (),
) -> Finding | None:
    """The patient; None where the letter concerns several."""
    if len({plain(c.member_name) for c in claims if c.member_name}) > 1:
        return None
    words = knowledge.name_words
    candidates = [
        *_labelled(reading, labels.get("member_name", ()), knowledge),
        *_greeted(reading, words),
        *_addressed(reading, knowledge),
        *_greeted_by_one_name(reading, knowledge),
        *beside_number(reading, labels.get("member_id", ()), knowledge),
        *above_numbers(reading, [c.start for _, c in numbers_of_plan(reading, knowledge)], knowledge),
        *of_whom(reading, knowledge),
        *only_person(reading, list(untold_names(reading, labels)), labels.get("member_id", ()), knowledge),
        *member_in_prose(reading, words),
    ]
    return choose(reading, [c for c in candidates if not _DIGIT.search(c.value)], same=same_person)


def same_person(one: str, other: str) -> bool:
    """Whether two printed names can be one person: the same words in any order, or a part of them."""
    a, b = (set(re.findall(r"[a-z]{2,}", name.casefold())) for name in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def _labelled(reading: Reading, labels: Sequence[Labelled], knowledge: Knowledge) -> Iterator[Candidate]:
    words, known = knowledge.name_words, label_pattern(knowledge.fields)
    for label in labels:
        text = reading.text.content[label.start : label.end]
        if label.label == SEGMENT:
            yield Candidate(
                value=person_of_segment(text), start=label.start, end=label.end, support=backing(label),
                rule="field.member_name.segment",
            )  # fmt: skip
            continue
        name = person(text, words)
        if name is None:
            name = _first_half(reading, label, words=words, known=known)
        if name is None or words.credential.found_in(text) or label.qualified or is_payer(name[0], knowledge):
            continue
        if label.label == "name" and PROVIDERS_BLOCK.search(block_heading(reading, label.line, label.start)):
            continue
        of_person = any(one.search(label.label) for one in (_THE_PATIENT, _THE_HOLDER, _OPENING))
        practice = words.practice.found_in(name[0])
        if practice and not of_person and _is_practice(name[0], text[name[2] :], words):
            continue
        telling = label.opens and of_person
        alone = telling and name[2] == len(_SEX.sub("", text).rstrip(" .,|/"))
        if label.how is How.INLINE and not ((label.label in _TELLING_INLINE or alone) and len(name[0].split()) >= 2):
            continue
        value, end = _finished(reading, label, name, words=words, known=known)
        support = backing(label) - (0.05 if label.label in _LOOSE else 0.12 if label.label in _ANYTHING else 0.0)
        support -= _FILED if label.label in _WHO_FILED else 0.0
        support -= _OF_PRACTICE if practice or _begins_practice(reading, value, words) else 0.0
        if _THE_PATIENT.search(label.label):
            support += 0.02
        elif _THE_HOLDER.search(label.label):
            support -= 0.06  # the patient may be of the family
        support -= 0.12 if label.how is How.INLINE else 0.0
        support -= (
            0.15 if value == name[0] and "," not in value and re.search(r"\s[A-Z]\.?$", value) else 0.0
        )  # its last name is missing
        yield Candidate(
            value=value, start=label.start + name[1], end=end, support=support,
            rule=f"field.member_name.{label.how.name.casefold()}",
        )  # fmt: skip


def _is_practice(name: str, behind: str, words: NameKnowledge) -> bool:
    """Whether it can hardly be a person's: a corporate form, two words of practices, or one behind two other words.

    Behind a first name and initials such a word may be a surname: "Ann Foot".
    """
    written_out = [word for word in name.split() if len(word.rstrip(".,")) > 1]
    corporate = _CORPORATE.search(name) or _CORPORATE.match(behind.lstrip(" ,"))
    return corporate is not None or len(written_out) > 2 or sum(map(words.practice.found_in, written_out)) > 1


def _begins_practice(reading: Reading, name: str, words: NameKnowledge) -> bool:
    """Whether the letter prints the name with a practice's words right behind it: "Clover Pass", "Clover Pass Pain"."""
    content, at = reading.text.content, -1
    while (at := content.find(name, at + 1)) >= 0:
        hit = _GOES_ON.match(content, at + len(name))
        if hit and words.practice.found_in(hit.group()):
            return True
    return False


def _first_half(
    reading: Reading, label: Labelled, *, words: NameKnowledge, known: LabelPattern
) -> tuple[str, int, int] | None:
    """A lone first name whose other half stands in the next row of the column."""
    text = reading.text.content[label.start : label.end]
    if not label.tail or not re.fullmatch(r"[A-Z][a-z'’-]+,?", text) or words.no_person.found_in(text):
        return None
    rest = continued(reading, label.start, label.end, known=known, most=1)
    joined = person(f"{text} {rest[0].text}", words) if rest else None
    return (text, 0, len(text)) if joined else None


def _finished(
    reading: Reading, label: Labelled, name: tuple[str, int, int], *, words: NameKnowledge, known: LabelPattern
) -> tuple[str, int]:
    """The name with the word that a narrow column moved to the next row, and where it ends."""
    end = label.start + name[2]
    if label.tail and _UNFINISHED.search(name[0]):
        rest = continued(reading, label.start + name[1], end, known=known, most=1)
        if rest and person(f"{name[0]} {rest[0].text}", words):
            return f"{name[0]} {rest[0].text}", rest[0].end
    return name[0], end


def _greeted(reading: Reading, words: NameKnowledge) -> Iterator[Candidate]:
    """The person whom the letter greets without a title, and the one whom a line of its own names with one."""
    for line in reading.lines:
        dear = GREETING.match(line.text)
        if dear and not words.greeting.opens(dear.group("who")) and not words.credential.found_in(line.text):
            practice = words.practice.found_in(dear.group("who")) or words.vendor.found_in(dear.group("who"))
            name = None if practice else person(dear.group("who"), words)
            base, support, rule = line.start + dear.start("who"), 0.85, "field.member_name.greeting"
        else:
            titled = _TITLED.match(line.text) if line.number < _HEAD else None
            name = person(titled.group("name"), words) if titled and not dear else None
            base = line.start + titled.start("name") if titled else 0
            support, rule = 0.82, "field.member_name.titled"
        if name:
            yield Candidate(value=name[0], start=base + name[1], end=base + name[2], support=support, rule=rule)


def _greeted_by_one_name(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The person in a line of the head whom the letter greets by one name: "Dear Ms. Caulfield", "Hello Theodore"."""
    words = knowledge.name_words
    dear = next((m for line in reading.lines if (m := _BY_ONE_NAME.match(line.text))), None)
    for line in reading.lines[:_HEAD] if dear else ():
        if GREETING.match(line.text) or _BY_ONE_NAME.match(line.text):
            return
        for cell in line.cells:
            name = person(cell.text, words)
            whole = name is not None and not cell.text[name[2] :].strip(" ,.")
            if not (name and dear and whole) or words.credential.found_in(cell.text):
                continue
            called = name[0].casefold().split()
            if dear["name"].casefold() == called[-1 if dear["title"] else 0]:
                yield Candidate(
                        value=name[0], start=cell.start + name[1], end=cell.start + name[2], support=_BOTH_SAY,
                        rule="field.member_name.greeted",
                    )  # fmt: skip


def _addressed(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """A person above a street line near the top: the patient, where the letter is written to the patient."""
    words = knowledge.name_words
    for line in reading.lines[:_HEAD]:
        if GREETING.match(line.text):
            return
        for cell in line.cells:
            name = person(cell.text, words)
            if name is None or words.credential.found_in(cell.text) or not _HOUSE.match(_under(reading, line, cell)):
                continue
            if words.practice.found_in(cell.text) or is_payer(name[0], knowledge) or words.vendor.found_in(cell.text):
                continue
            yield Candidate(
                value=name[0], start=cell.start + name[1], end=cell.start + name[2], support=0.8,
                rule="field.member_name.address",
            )  # fmt: skip


def _under(reading: Reading, line: Line, cell: Cell) -> str:
    """The text of the cell right under ``cell``."""
    following = reading.lines[line.number + 1 : line.number + 2]
    return next((c.text for row in following for c in row.cells if c.left < cell.right and c.right > cell.left), "")
