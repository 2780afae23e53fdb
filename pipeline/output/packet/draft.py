"""Template and case become the content of a letter: blocks whose every statement carries its source.

Nothing is written that the case does not give: a sentence whose names cannot all be filled is left out, or is a gap
that the clinician sees. Exhibits are what the sentences rest on, so the draft is written twice: once to learn what it
uses, once with the letters and pages of the exhibits in it.
"""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.errors import UsageError
from pipeline.knowledge import Knowledge
from pipeline.knowledge.letters import LetterKnowledge, LetterTemplate, Line, Section, Whose, names_in
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.output.packet.conditions import holds
from pipeline.output.packet.exhibits import Places, exhibits_of
from pipeline.output.packet.fields import fields_of, page_in
from pipeline.output.packet.items import Brief, Item
from pipeline.output.packet.lists import ITEMS, LISTS
from pipeline.output.packet.notes import notes_of
from pipeline.output.packet.parts import Parts, value, words
from pipeline.output.packet.repeats import once
from pipeline.values.packet import Block, Draft, Exhibit, Form, Matter, Part, Role, Sentence, Source, SourceKind
from pipeline.values.vocabulary import Channel

_GAP = re.compile(r"\[For the (?P<who>[a-z ]+): (?P<what>.*)\]", re.DOTALL)
_OFFICE = "office"


def drafted(
    matter: Matter,
    *,
    knowledge: Knowledge,
    letters: LetterKnowledge,
    policies: PolicyKnowledge,
    kind: str | None = None,
) -> Draft:
    """The draft for a matter: of the kind that its task's action sends, or of the kind named.

    Raises:
        UsageError: the task sends no letter, or there is no such kind.
    """
    template = template_of(matter, letters=letters, kind=kind)
    matter = as_sent(matter, template)
    brief = brief_of(matter, knowledge=knowledge, letters=letters, policies=policies)
    first = tuple(_blocks(template, brief))
    used = [source for block in first for sentence in block.all_sentences() for source in sentence.sources]
    exhibits = exhibits_of(matter, used, known=letters)
    brief = replace(brief, places=Places(exhibits))
    written = tuple(_enclosed(block, exhibits) for block in _blocks(template, brief))
    blocks = tuple(block for block in written if block.sentences or block.rows)
    if template.form is Form.LETTER:  # points for a talk are looked up one by one
        blocks = once(blocks)
    return Draft(
        kind=template.id.removeprefix("letter."),
        title=template.title,
        form=template.form,
        blocks=blocks,
        exhibits=exhibits,
        gaps=(*_gaps(blocks), *_doubtful_place(matter, template)),
        notes=notes_of(brief, blocks),
    )


def brief_of(
    matter: Matter, *, knowledge: Knowledge, letters: LetterKnowledge, policies: PolicyKnowledge
) -> Brief:  # fmt: skip
    """What lists and conditions are made from, before there are exhibits."""
    return Brief(matter=matter, knowledge=knowledge, letters=letters, policies=policies, places=Places())


def as_sent(matter: Matter, template: LetterTemplate) -> Matter:
    """The matter as this kind of letter is sent: the task's contact holds for its own action and for no other.

    A telephone number is no place to send a letter to, and an expedited appeal has a number of its own.
    """
    task = matter.task
    if task is None or task.send_to is None:
        return matter
    foreign = bool(template.actions) and task.action not in template.actions
    called = template.form is Form.LETTER and task.send_to.channel is Channel.PHONE
    return replace(matter, task=replace(task, send_to=None)) if foreign or called else matter


def template_of(matter: Matter, *, letters: LetterKnowledge, kind: str | None = None) -> LetterTemplate:
    """The kind of letter that is named, else that of the task's action. Raises ``UsageError`` where there is none."""
    if kind is not None:
        return letters.named(kind)
    template = letters.for_action(matter.task.action) if matter.task is not None else None
    if template is None:
        what = matter.task.action.value.replace("_", " ") if matter.task is not None else "no task"
        raise UsageError(
            f"packet for {what}",
            why="nothing is written to a payer for it",
            advice="Name a kind of letter with --kind.",
        )
    return template


def _blocks(template: LetterTemplate, brief: Brief) -> Iterator[Block]:
    fields = fields_of(brief.matter)
    for section in brief.letters.sections_of(template):
        if all(holds(name, brief) for name in section.when) and not any(holds(name, brief) for name in section.unless):
            block = _block(section, fields, brief)
            if block is not None:
                yield block


def _block(section: Section, fields: Item, brief: Brief) -> Block | None:
    """The section with its names filled; None where nothing of it can be said."""
    items: Sequence[Item] = LISTS[section.each](brief) if section.each else ({},)
    lead = tuple(_sentences(section.lead, fields)) if items else ()
    said: tuple[Sentence, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()
    outside = {name: parts for name, parts in fields.items() if name not in ITEMS.get(section.each, ())}
    for item in items:
        scope = {**outside, **item}  # what a thing of a list does not say is not said by the letter for it
        if section.columns:
            row = tuple(_sentence(column.say, scope) or Sentence(parts=()) for column in section.columns)
            rows = (*rows, row) if any(cell.parts for cell in row) else rows
        told = tuple(_sentences(section.say, scope))
        said = (*said, *(replace(one, follows=place > 0 and bool(section.each)) for place, one in enumerate(told)))
    if not (said or rows) and section.each and section.empty is not None:
        said = tuple(_sentences((section.empty,), fields))
    if not (said or rows or (lead and not section.each)) and section.id != ENCLOSURES:
        return None
    return Block(
        name=section.id, shape=section.shape, heading=section.heading, sentences=(*lead, *said),
        columns=tuple(column.head for column in section.columns), rows=rows,
    )  # fmt: skip


def _sentences(lines: Sequence[Line], scope: Mapping[str, Parts]) -> Iterator[Sentence]:
    for line in lines:
        sentence = _sentence(line, scope)
        if sentence is not None:
            yield sentence


def _sentence(line: Line, scope: Mapping[str, Parts]) -> Sentence | None:
    for way in line.any:
        if all(name in scope for name in names_in(way)):
            return Sentence(parts=tuple(in_words(way, scope)), label=line.label)
    if line.gap and all(name in scope for name in names_in(line.gap)):
        told = "".join(part.text for part in in_words(line.gap, scope))
        sources = tuple(s for name in names_in(line.gap) for part in scope[name] for s in part.sources)
        gap = Part(text=f"[For the {_who(line, scope)}: {told.rstrip('.')}]", role=Role.GAP, sources=sources)
        return Sentence(parts=(gap,), label=line.label)
    if line.blank:
        return Sentence(parts=(Part(text=line.blank, role=Role.BLANK),), label=line.label)
    return None


def _who(line: Line, scope: Mapping[str, Parts]) -> str:
    """Who is to close a gap: whom the template names, or who can get the evidence that is missing."""
    if line.whose is not Whose.OWNER:
        return line.whose.value
    return "".join(part.text for part in scope.get("owner", ())) or Whose.CLINICIAN.value


def in_words(way: str, scope: Mapping[str, Parts]) -> Iterator[Part]:
    """Words with names as parts; every name must be in ``scope``."""
    for literal, name, _, _ in string.Formatter().parse(way):
        if literal:
            yield from words(literal)
        if name is not None:
            yield from scope[name]


ENCLOSURES = "enclosures"
"""The section that lists the exhibits, which are known last."""


def _enclosed(block: Block, exhibits: Sequence[Exhibit]) -> Block:
    if block.name != ENCLOSURES:
        return block
    told = tuple(
        Sentence(parts=(*words(f"Exhibit {e.letter}: "), *value(e.title, *_title_source(e)), *words(_extent(e))))
        for e in exhibits
    )
    return replace(block, sentences=(*block.sentences, *told))


def _title_source(exhibit: Exhibit) -> tuple[Source, ...]:
    named = exhibit.file_name or exhibit.document_id or ""
    return (
        Source(kind=SourceKind.DOCUMENT, ref="exhibit", text=exhibit.title, file_name=named, page=exhibit.pages[0]),
    )


def _extent(exhibit: Exhibit) -> str:
    count = len(exhibit.pages)
    told = f"{count} page" if count == 1 else f"{count} pages"
    return f", {told}" if exhibit.whole else f", {told} (those that concern this request)"


def _doubtful_place(matter: Matter, template: LetterTemplate) -> tuple[str, ...]:
    """A number that was not read for certain is compared by a person before anything goes there."""
    contact, letter = matter.send_to, matter.letter
    if contact is None or letter is None or contact.sure or template.form is not Form.LETTER:
        return ()
    shown = "".join(part.text for part in fields_of(matter).get("send_to", ()))
    page = page_in(letter, contact.page)
    return (f"compare {contact.channel.value} {shown} with page {page} of the payer's letter; confirm it at the desk",)


def gap_of(part: Part) -> str:
    """What a gap asks for, in words."""
    found = _GAP.fullmatch(part.text)
    return found["what"] if found else part.text


def addressed(draft: Draft) -> tuple[str, ...]:
    """What is open, each with who is to close it: ``For the office: our telephone number``.

    What is open beside the text of the letter (a number to compare, a page to print) is the office's.
    """
    parts = (p for block in draft.blocks for s in block.all_sentences() for p in s.parts if p.role is Role.GAP)
    who = {found["what"]: found["who"] for part in parts if (found := _GAP.fullmatch(part.text))}
    return tuple(f"For the {who.get(gap, _OFFICE)}: {gap}" for gap in draft.gaps)


def _gaps(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The gaps in words, each once, as the top of the packet lists them."""
    found = dict.fromkeys(
        gap_of(part)
        for block in blocks
        for sentence in block.all_sentences()
        for part in sentence.parts
        if part.role is Role.GAP
    )
    return tuple(found)
