"""A person's decisions laid over a letter: what was read stays below, what was said stands on top. Pure.

The result is a letter like any other, so cases, tasks and exports need not know that somebody decided. A field that a
person spoke on is ``sure`` and its rule begins with ``person.``; what the program reads there stays among ``rejected``.
Where a later reading differs from what the person had before them, a review note tells both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError

from pipeline.values.contract import from_json, to_json
from pipeline.values.decision import LETTER, Act, Decided, standing
from pipeline.values.letter import Finding, Letter, Rejected, ReviewNote
from pipeline.values.vocabulary import Addressee, LetterKind, ServiceTiming

BY_PERSON = "person."
"""How the rule of a value begins that a person confirmed, typed or picked."""

_PLAIN: Mapping[str, Callable[[str], Any]] = {
    "kind": LetterKind,
    "addressee": Addressee,
    "service_timing": ServiceTiming,
    "subtype": str,
}


def _finding_fields() -> tuple[frozenset[str], dict[str, Any]]:
    """The fields of a letter that hold one finding, and those that hold many, with the type of one."""
    hints = get_type_hints(Letter)
    one, many = set(), {}
    for entry in fields(Letter):
        kinds = get_args(hints[entry.name])
        if kinds and kinds[0] is Finding and type(None) in kinds:
            one.add(entry.name)
        elif len(kinds) == 2 and kinds[1] is Ellipsis and isinstance(kinds[0], type) and issubclass(kinds[0], Finding):
            many[entry.name] = kinds[0]
    return frozenset(one), many


SCALARS, LISTS = _finding_fields()
DECIDABLE = (SCALARS | LISTS.keys() | _PLAIN.keys()) - {"unmet_criteria"}
"""The fields of a letter on which a person's word is taken; what a letter calls unmet is shown as it was read."""


def lay_over(
    letter: Letter, decisions: Iterable[Decided], *, payer_id: Callable[[str], str | None] = lambda name: None
) -> Letter:
    """The letter with every decision that stands laid over it.

    ``payer_id`` finds the known payer that a name given by a person is, or None.
    """
    said = standing(decisions)
    notes = [note for note in letter.needs_review if note.field not in said]
    laid = letter
    for name in sorted(said.keys() & DECIDABLE):
        decision = said[name]
        try:
            value = _value(letter, name, decision)
        except (ValidationError, ValueError):
            notes.append(ReviewNote(field=name, why="what a person said here no longer fits; say it again"))
            continue
        changes: dict[str, Any] = {name: value}
        if name == "kind":
            changes["kind_confidence"] = 1.0
        if name == "payer" and (value is None or value.value != _read(letter, "payer")):
            changes["payer_id"] = payer_id(value.value or "") if value is not None else None
        laid = replace(laid, **changes)
        notes += _conflict(letter, name, decision)
    if LETTER in said:
        notes = [note for note in notes if not _was_seen(note, said[LETTER])]
    return replace(laid, needs_review=tuple(notes))


def by_person(found: Finding | None) -> bool:
    """Whether a person stands for the value."""
    return found is not None and found.rule.startswith(BY_PERSON)


def read_value(letter: Letter, name: str) -> object:
    """What the program read in a field, in the JSON that decisions keep: a value, or the list of entries."""
    if name in LISTS:
        return to_json(getattr(letter, name))
    return _read(letter, name)


def _read(letter: Letter, name: str) -> object:
    held = getattr(letter, name)
    return held.value if isinstance(held, Finding) else to_json(held)


def _value(letter: Letter, name: str, decision: Decided) -> Any:
    if name in _PLAIN:
        return None if decision.act is Act.ABSENT else _PLAIN[name](str(decision.value))
    if name in LISTS:
        return _entries(name, decision)
    return None if decision.act is Act.ABSENT else _scalar(letter, getattr(letter, name), decision)


def _scalar(letter: Letter, found: Finding | None, decision: Decided) -> Finding:
    if not isinstance(decision.value, str) or not decision.value:
        raise ValueError("a value is text")
    rule = f"{BY_PERSON}{decision.act.value}"
    if found is not None and found.value == decision.value and decision.page is None:
        return replace(found, rule=rule, sure=True, confidence=1.0)
    lost = (*_loser(found, decision), *(found.rejected if found is not None else ()))
    return Finding(
        value=decision.value, text=decision.value, page=decision.page or letter.pages[0], boxes=decision.boxes,
        confidence=1.0, rule=rule, sure=True, rejected=lost,
    )  # fmt: skip


def _loser(found: Finding | None, decision: Decided) -> Iterable[Rejected]:
    if found is not None and found.value != decision.value:
        yield Rejected(value=found.value, text=found.text, page=found.page, why="read so; a person says otherwise")


def _entries(name: str, decision: Decided) -> tuple[Finding, ...]:
    if decision.act is Act.ABSENT:
        return ()
    if not isinstance(decision.value, list):
        raise ValueError("a list is a list")  # noqa: TRY004 - what an older version kept, not a caller's mistake
    entries: Sequence[Finding] = from_json(_tuple_of(LISTS[name]), decision.value)
    rule = f"{BY_PERSON}{decision.act.value}"
    return tuple(
        replace(entry, sure=True, confidence=1.0, rule=rule if not by_person(entry) else entry.rule)
        for entry in entries
    )


def _tuple_of(kind: Any) -> Any:
    return tuple[kind, ...]


def _conflict(letter: Letter, name: str, decision: Decided) -> Iterable[ReviewNote]:
    """A note where the program now reads neither what it read when the person spoke nor what the person said."""
    now = _bare(read_value(letter, name))
    if now not in (_bare(decision.machine), _bare(decision.value)) and decision.machine is not None:
        told = (
            "" if name in LISTS else f" “{now or 'nothing'}”, while {decision.by} said “{decision.value or 'nothing'}”"
        )
        yield ReviewNote(field=name, why=f"read again, the letter now says something else here:{told}"
                         if told else "read again, the list is another one than when a person decided")  # fmt: skip


def _bare(value: object) -> object:
    """What is compared: of entries their values alone, as places and confidence change with every version."""
    if isinstance(value, list):
        return [(entry.get("value"), entry.get("kind"), entry.get("purpose")) for entry in value
                if isinstance(entry, dict)]  # fmt: skip
    return value


def _was_seen(note: ReviewNote, accepted: Decided) -> bool:
    seen = accepted.machine if isinstance(accepted.machine, list) else []
    return to_json(note) in seen
