"""The provider whose service was decided: clinician, practice or both, as printed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.candidates import Candidate, backing, choose
from pipeline.extract.grid import PROVIDERS_BLOCK, block_heading, continued
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.words import LabelPattern, label_pattern
from pipeline.extract.names.insurer import is_payer
from pipeline.extract.names.letterhead import proper
from pipeline.extract.names.provider_named import addressed, greeted, named_in_prose, written_to
from pipeline.extract.shapes import person
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading
from pipeline.values.letter import Finding

_CUT = re.compile(
    r"\s*(?:;|\s{2,}|\||,\s+(?=P\.?\s?O\.?\s?Box\b|\d+\s+[A-Z])|\((?!.*(?:Inc|PC))|,?\s*(?:Provider )?NPI\b"
    r"|,?\s*(?i:tax id)\b|,?\s*TIN\b|\s-\s(?=NPI)|,?\s+(?i:fax|phone|tel|ph|facsimile)\b(?=[\s.:#]*\(?\d))"
)
_OWN_NUMBER = re.compile(r"[\s,;(]*(?:NPI|TIN|Tax ID|(?i:fax|facsimile))\b")
"""What shows that the name before it is that of somebody who bills or is written to."""
_LABEL_PART = re.compile(
    r"^(?:NPI|ID|Services?|Relations|Number|Name|Type|Specialty|Address|Phone|Fax|Network|Tax)\b", re.IGNORECASE
)
_TELLS = re.compile(r"\b(?:not|by|is|was|are|for)\b", re.IGNORECASE)
"""A word of a heading or a sentence, which no name has beside a word of a title."""
_DOSE = re.compile(r"\d+\s*(?:units?|mg|ml|mcg|visits?)\b", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:,|&|\band|\bof|\bfor|\bat)$")
_EVERYBODY = re.compile(r"(?:all|our|your|participating|network|valued)\b", re.IGNORECASE)
"""What a circular is written to: "All Network Providers"."""
_LONGEST = 110
_FEWEST_WORDS = 2
_ADDRESSEE = "to"
_VAGUE = 0.04
"""What a label that may name anybody says less."""


def find_provider(
    reading: Reading,
    knowledge: Knowledge,
    *,
    labels: Mapping[str, Sequence[Labelled]],
    payer: Finding | None,
    member: Finding | None,
) -> Finding | None:
    """The provider the letter names; None where it names none. The insurer is none, nor the patient."""
    candidates = [
        *_labelled(reading, labels.get("provider_name", ()), knowledge=knowledge),
        *addressed(reading, knowledge),
        *greeted(reading, knowledge),
        *named_in_prose(reading, knowledge),
    ]
    others = {found.value.casefold() for found in (payer, member) if found and found.value}
    return choose(reading, [c for c in candidates if c.value.casefold() not in others], same=_same)


def _same(one: str, other: str) -> bool:
    """One names the other, or each is a part of the clinician and practice that belong together."""
    a, b = (set(re.findall(r"[a-z0-9]{2,}", text.casefold())) for text in (one, other))
    return a <= b or b <= a


def _labelled(reading: Reading, labels: Sequence[Labelled], *, knowledge: Knowledge) -> Iterator[Candidate]:
    words, known = knowledge.name_words, label_pattern(knowledge.fields)
    for label in labels:
        text = reading.text.content[label.start : label.end]
        body = _CUT.split(text, maxsplit=1)[0].rstrip(" ,*|")
        if words.vague_label.covers(label.label) and (whom := written_to(body, words)) != body and body.endswith(whom):
            label = replace(label, start=label.start + len(body) - len(whom))
            text, body = text[len(body) - len(whom) :], whom  # without the desk: "Utilization Review, Elm Hospital"
        cut = len(body) < len(text.rstrip(" ,*|"))
        if (
            (label.how is How.INLINE and not _opens_with_name(label, body, words))
            or known.whole(body)
            or _LABEL_PART.match(body)
            or not proper(body)
            or len(body) > _LONGEST
        ):
            continue
        if (
            re.search(r"\d{4}", body)
            or _DOSE.search(body)
            or (words.title.found_in(body) and _TELLS.search(body))
            or (is_payer(body, knowledge) and not (words.practice.found_in(body) or _says_who_gave(label, words)))
        ):
            continue
        known_form = is_provider(body, words)
        loose = words.vague_label.covers(label.label) or label.qualified
        shown = words.practice.found_in(body) or is_clinician(body, words)
        if loose and (_EVERYBODY.match(body) or not (shown or _is_company(body, text[len(body) :], label, knowledge))):
            continue  # whoever is written to
        if label.label == "name" and not PROVIDERS_BLOCK.search(block_heading(reading, label.line, label.start)):
            continue
        value, end = (
            (body, label.start + len(body)) if cut else _finished(reading, label, text, body, words=words, known=known)
        )
        worked = words.label_of_work.found_in(label.label)
        support = backing(label) - 0.03 + (0.02 if worked or "provider" in label.label else 0.0)
        support -= 0.12 if not worked and words.label_of_other_part.found_in(label.label) else 0.0
        support -= _VAGUE if words.vague_label.covers(label.label) else 0.0
        support -= 0.0 if known_form else 0.12
        yield Candidate(
            value=value, start=label.start, end=end, support=min(0.97, support),
            rule=f"field.provider_name.{label.how.name.casefold()}",
        )  # fmt: skip


def _opens_with_name(label: Labelled, body: str, words: NameKnowledge) -> bool:
    """Whether a cell is a label and the name of a practice, without a mark between: "Provider Elm Spine Associates"."""
    named = words.practice.found_in(body) and not words.vague_label.covers(label.label)
    return label.opens and named and not _TELLS.search(body)


def _is_company(name: str, behind: str, label: Labelled, knowledge: Knowledge) -> bool:
    """Whether a name that no word of a trade tells is that of somebody who gives care, and no desk or patient.

    Its own number stands behind it, its label names a place of care, or it is written to and is no person.
    """
    words = knowledge.name_words
    if label.qualified or len(name.split()) < _FEWEST_WORDS or words.plan_kind.covers(name):
        return False
    if words.title.found_in(name) or words.unit.found_in(name):
        return False
    if words.label_of_place.covers(label.label):
        return True
    if is_payer(name, knowledge) or words.vendor.found_in(name):
        return False
    numbered = _OWN_NUMBER.match(behind) is not None
    return numbered or (label.label == _ADDRESSEE and not person(name, words) and not words.greeting.found_in(name))


def _says_who_gave(label: Labelled, words: NameKnowledge) -> bool:
    """Whether a label can name nobody but a provider: its name may then hold a word of insurers ("Elm Skin Health")."""
    if words.label_of_place.covers(label.label):
        return not label.qualified
    return not (label.qualified or label.guessed or words.vague_label.covers(label.label))


def is_provider(text: str, words: NameKnowledge) -> bool:
    """Whether a name has a credential, a word of a practice or the form of a person's name."""
    return is_clinician(text, words) or words.practice.found_in(text) or person(text, words) is not None


def is_clinician(text: str, words: NameKnowledge) -> bool:
    """Whether a name has a credential or a doctor's title."""
    return words.credential.found_in(text) or bool(re.match(r"(?:Dr|Doctor)\b", text))


def _finished(
    reading: Reading, label: Labelled, text: str, body: str, *, words: NameKnowledge, known: LabelPattern
) -> tuple[str, int]:
    """The value with the rows in which its cell goes on: a practice under its clinician, or the rest of a name."""
    value, end = body, label.start + len(body)
    if not label.tail:
        return value, end
    for cell in continued(reading, label.start, label.end, known=known):
        open_end = bool(_OPEN_END.search(text.rstrip(" |")))
        wanted = open_end or words.practice.found_in(cell.text)
        if not wanted or not proper(cell.text) or re.search(r"\d{3}", cell.text) or _LABEL_PART.match(cell.text):
            break
        joint = ", " if not open_end and _clinician_alone(value, words) else " "
        comma = "," if text.rstrip().endswith(",") and not value.endswith(",") else ""
        value, end, text = f"{value}{comma}{joint}{cell.text.rstrip(' |,')}", cell.end, cell.text
    return value, end


def _clinician_alone(value: str, words: NameKnowledge) -> bool:
    """Whether a value is a clinician's name and ends with it, so that what follows is a name of its own."""
    last = value.replace(",", " ").split()[-1]
    return words.credential.found_in(last) or (bool(re.match(r"(?:Dr|Doctor)\b", value)) and "," not in value)
