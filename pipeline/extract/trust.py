"""Marks sure what a measurement earned: values of mechanisms that were right wherever they were looked at."""

from dataclasses import fields, replace
from typing import Any

from pipeline.knowledge.trust import Trusted
from pipeline.values.letter import RIVAL, Finding, Letter
from pipeline.values.text import Method, Text


def with_trust(letter: Letter, trusted: tuple[Trusted, ...], *, text: Text) -> Letter:
    """The letter with the scalars marked sure whose mechanism has earned it at their confidence.

    It was earned on text, so nothing on a scanned page has it: labels are misread there. What has a rival of nearly
    equal standing stays as it is. Values are never marked down here.
    """
    printed = {page.number for page in text.pages if page.method is Method.TEXT}
    least = {rule: one.least for one in trusted for rule in one.rules or (one.mechanism,)}
    earned: dict[str, Any] = {}
    for field in fields(letter):
        found = getattr(letter, field.name)
        if not isinstance(found, Finding) or found.sure or found.value is None or found.page not in printed:
            continue
        enough = least.get(found.rule)
        if enough is not None and found.confidence >= enough and not any(r.why == RIVAL for r in found.rejected):
            earned[field.name] = replace(found, sure=True)
    return replace(letter, **earned) if earned else letter
