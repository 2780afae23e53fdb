"""Marks sure what a measurement earned: values of mechanisms that were right wherever they were looked at."""

from dataclasses import fields, replace
from typing import Any

from pipeline.knowledge.trust import Trusted, mechanism_of
from pipeline.values.letter import RIVAL, Finding, Letter


def with_trust(letter: Letter, trusted: tuple[Trusted, ...]) -> Letter:
    """The letter with the scalars marked sure whose mechanism has earned it at their confidence.

    What has a rival of nearly equal standing stays as it is. Values are never marked down here: what a scan does not
    bear out is taken back afterwards (see ``noise``).
    """
    least = {one.mechanism: one.least for one in trusted}
    earned: dict[str, Any] = {}
    for field in fields(letter):
        found = getattr(letter, field.name)
        if not isinstance(found, Finding) or found.sure or found.value is None:
            continue
        enough = least.get(mechanism_of(found.rule))
        if enough is not None and found.confidence >= enough and not any(r.why == RIVAL for r in found.rejected):
            earned[field.name] = replace(found, sure=True)
    return replace(letter, **earned) if earned else letter
