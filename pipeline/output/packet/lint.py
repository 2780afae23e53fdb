"""What a schema cannot see in templates: names that nothing fills, and words that state something nobody proves."""

import re
from collections.abc import Iterator, Mapping, Set

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clinical import ClinicalKnowledge
from pipeline.knowledge.letters import LetterKnowledge, LetterTemplate, Line, Section, names_in
from pipeline.output.packet.conditions import is_condition
from pipeline.output.packet.fields import NAMES
from pipeline.output.packet.lists import ITEMS
from pipeline.values.packet import Form

_IN_GAPS_ALONE = frozenset({"missing", "needs"})
"""What is not on file: it may be named in a gap and nowhere else."""
_OF_A_LETTER = ("letterhead", "signature", "enclosures")
_SHORTEST_NAME = 4


def letter_complaints(
    known: LetterKnowledge, *, knowledge: Knowledge, clinical: ClinicalKnowledge
) -> tuple[str, ...]:  # fmt: skip
    """What is wrong with the templates, one sentence each; empty where all hold together."""
    stated = _stated_words(known, clinical)
    found = [
        *(line for template in known.templates for line in _template(template, known, stated)),
        *(line for name, section in known.shared.items() for line in _section(section, f"section {name}", stated)),
        *_actions(known),
        *_unused(known),
        *_other_entries(known, knowledge),
    ]
    return tuple(dict.fromkeys(found))


def _stated_words(known: LetterKnowledge, clinical: ClinicalKnowledge) -> tuple[str, ...]:
    """Words that no template may write by itself: claims, and the names of medicines and scales."""
    drugs = {drug for entry in clinical.drugs for drug in entry.drugs}
    return (*known.rules.claims, *sorted(d.casefold() for d in drugs if len(d) >= _SHORTEST_NAME))


def _template(template: LetterTemplate, known: LetterKnowledge, stated: tuple[str, ...]) -> Iterator[str]:
    where = template.id
    for section in template.sections:
        if section.use and section.use not in known.shared:
            yield f"{where}: there is no section {section.use}"
        elif not section.use:
            yield from _section(section, f"{where}, {section.id}", stated)
    used = {section.use or section.id for section in template.sections}
    if template.form is Form.LETTER:
        yield from (f"{where}: a letter has a section {name}" for name in _OF_A_LETTER if name not in used)


def _section(section: Section, where: str, stated: tuple[str, ...]) -> Iterator[str]:
    if section.each and section.each not in ITEMS:
        yield f"{where}: there is no list {section.each}"
        return
    for name in (*section.when, *section.unless):
        if not is_condition(name):
            yield f"{where}: there is no condition {name}"
    inside = NAMES | ITEMS.get(section.each, frozenset())
    for line in section.lead:
        yield from _line(line, where, NAMES, stated)
    for line in (*section.say, *(column.say for column in section.columns)):
        yield from _line(line, where, inside, stated)
    if section.empty is not None:
        yield from _line(section.empty, where, NAMES, stated)


def _line(line: Line, where: str, names: Set[str], stated: tuple[str, ...]) -> Iterator[str]:
    for words in line.any:
        yield from (f"{where}: nothing fills {{{name}}}" for name in names_in(words) if name not in names)
        yield from (f"{where}: {{{n}}} may stand in a gap alone" for n in names_in(words) if n in _IN_GAPS_ALONE)
        plain = re.sub(r"\{\w+\}", " ", words)
        if re.search(r"\d", plain):
            yield f"{where}: a number is no words of ours; let a name bring it: {words}"
        if not names_in(words):
            yield from (f"{where}: “{w}” states something that nothing proves: {words}" for w in _said(plain, stated))
    yield from (f"{where}: nothing fills {{{name}}}" for name in names_in(line.gap) if name not in names)
    if re.search(r"\d", line.blank):
        yield f"{where}: a blank is filled by hand: {line.blank}"


def _said(plain: str, stated: tuple[str, ...]) -> Iterator[str]:
    lower = " ".join(plain.casefold().split())
    yield from (word for word in stated if re.search(rf"\b{re.escape(word)}", lower))


def _actions(known: LetterKnowledge) -> Iterator[str]:
    taken: dict[str, str] = {}
    for template in known.templates:
        for action in template.actions:
            if action.value in taken:
                yield f"{template.id}: {action.value} is written by {taken[action.value]} already"
            taken.setdefault(action.value, template.id)


def _unused(known: LetterKnowledge) -> Iterator[str]:
    used = {section.use for template in known.templates for section in template.sections}
    yield from (f"section {name}: no letter uses it" for name in known.shared if name not in used)


def _other_entries(known: LetterKnowledge, knowledge: Knowledge) -> Iterator[str]:
    illnesses = {indication.id for indication in knowledge.routes.indications}
    for entry in known.authorities:
        yield from (f"{entry.id}: {name} is no indication" for name in set(entry.indications) - illnesses)
    kinds: Mapping[str, object] = {kind.id: kind for kind in knowledge.evidence}
    yield from (f"packets/rules.yaml: {kind} is no evidence type" for kind in known.rules.titles if kind not in kinds)
    for word in (*known.rules.withheld, *known.rules.withheld_anywhere, *known.rules.claims):
        if word != word.casefold():
            yield f"packets/rules.yaml: {word} stands in small letters"
