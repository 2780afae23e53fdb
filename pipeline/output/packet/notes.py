"""What whoever checks the draft is told, and what the payer does not read."""

import re
from collections.abc import Iterator, Sequence

from pipeline.knowledge.entry import Verified
from pipeline.output.packet.items import Brief
from pipeline.values.chart import FactKind
from pipeline.values.packet import Block, SourceKind
from pipeline.values.task import Status, TaskState

_UNITS = re.compile(r"(\d+) units?\b")
_KEYS = ("member_id", "claim_number", "reference_number", "member_name", "letter_date", "service_description")
"""What a payer files a letter under: a wrong one loses it."""


def notes_of(brief: Brief, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Values that were not read for certain, citations to be confirmed, what could be added, what was left out."""
    return tuple(
        dict.fromkeys(
            [
                *_unsure(brief),
                *_differs(brief),
                *_unconfirmed(brief, blocks),
                *_addable(brief),
                *_to_check(brief),
                *_left_out(brief),
            ]
        )
    )


def _unsure(brief: Brief) -> Iterator[str]:
    letter, task = brief.matter.letter, brief.matter.task
    if task is not None and task.state is TaskState.NEEDS_REVIEW:
        yield "Somebody must look at the payer's letter first: the task waits for it."
    for key in _KEYS if letter is not None else ():
        found = getattr(letter, key)
        if found is not None and found.value and not found.sure:
            yield f"Compare with page {found.page} of the payer's letter: {key.replace('_', ' ')} {found.value}."


def _differs(brief: Brief) -> Iterator[str]:
    """Units that the payer's letter names and the chart's order does not: it is to be said which is meant."""
    letter, on_file = brief.matter.letter, brief.matter.on_file
    service = letter.service_description if letter is not None else None
    told = {float(n) for n in _UNITS.findall(service.value or "")} if service is not None else set()
    ordered = {f.units for f in on_file.chart.facts if f.kind is FactKind.ORDER and f.units} if on_file else set()
    if told and ordered and told.isdisjoint(ordered):
        both = [" or ".join(f"{n:g}" for n in sorted(units)) for units in (told, ordered)]
        yield f"The payer's letter speaks of {both[0]} units, the order of {both[1]}: say which is asked for."


def _unconfirmed(brief: Brief, blocks: Sequence[Block]) -> Iterator[str]:
    """Entries of the knowledge that the draft cites and that nobody read in the rule's own text."""
    cited = {
        s.ref for b in blocks for line in b.all_sentences() for s in line.sources if s.kind is SourceKind.KNOWLEDGE
    }
    cites = [(entry.id, entry.verified, entry.cite) for entry in brief.letters.authorities]
    cites += [(entry.id, entry.verified, entry.cite) for entry in brief.letters.rights]
    for entry, verified, cite in cites:
        if entry in cited and verified is not Verified.PRIMARY:
            yield f"Look it up before it is cited: {cite}."
    shown = {
        one.source.policy
        for one in brief.matter.requirements
        if one.source.policy and not one.source.verified and not one.criterion_id.startswith(("reason.", "request."))
    }
    for policy in sorted(shown - {brief.policies.general.title}):
        yield f"Compare the criteria with the payer's own text of {policy}: they were not read there."


def _addable(brief: Brief) -> Iterator[str]:
    for one in brief.matter.requirements:
        general = one.source.policy == brief.policies.general.title
        if general and one.status not in (Status.MET, Status.NOT_APPLICABLE):
            yield f"Would strengthen it, if true and on file: {one.statement}."


def _to_check(brief: Brief) -> Iterator[str]:
    """What must agree between claim and record and is not shown to: a coder looks before anything is disputed."""
    for one in brief.matter.requirements:
        if one.criterion_id.startswith("svc.") and one.status not in (Status.MET, Status.NOT_APPLICABLE):
            yield f"For the coder, before it is sent: {one.statement}: {one.why}"


def _left_out(brief: Brief) -> Iterator[str]:
    for name in brief.matter.withheld:
        yield f"Not used and not sent, for it reads as a kind of record that is never sent: {name}."
    if brief.matter.of_others:
        pages = ", ".join(str(page) for page in brief.matter.of_others)
        yield f"Left out of the payer's letter, for other patients stand on it: page {pages}."
