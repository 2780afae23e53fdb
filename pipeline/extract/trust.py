"""Marks sure what a measurement earned: values of mechanisms that were right wherever they were looked at."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from typing import Any

from pipeline.extract.signs import signs_of
from pipeline.knowledge.trust import Sign, Trusted
from pipeline.values.letter import RIVAL, Finding, Letter
from pipeline.values.text import Method, Text


def with_trust(letter: Letter, trusted: Sequence[Trusted], *, text: Text) -> Letter:
    """The letter with the scalars marked sure whose mechanism has earned it at their confidence and with their signs.

    It was earned on text, so nothing on a scanned page has it: labels are misread there. What has a rival of nearly
    equal standing stays as it is. Values are never marked down here.
    """
    printed = {page.number for page in text.pages if page.method is Method.TEXT}
    marked: dict[str, Any] = {}
    for field in fields(letter):
        found = getattr(letter, field.name)
        if not isinstance(found, Finding) or found.sure or found.value is None or found.page not in printed:
            continue
        able = [one for one in trusted if found.rule in (one.rules or (one.mechanism,))]
        if able and earned(found, able, signs=signs_of(letter, text, field=field.name)):
            marked[field.name] = replace(found, sure=True)
    return replace(letter, **marked) if marked else letter


def earned(found: Finding, trusted: Sequence[Trusted], *, signs: Collection[Sign]) -> bool:
    """Whether one of the entries, all of the finding's own mechanism, trusts it."""
    if any(loser.why == RIVAL for loser in found.rejected):
        return False
    return any(found.confidence >= one.least and set(one.signs) <= set(signs) for one in trusted)
