"""Whether a name is that of an insurer, and the name without the desk behind it."""

import re

from pipeline.extract.names.letterhead import may_be_name
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge

_WHOSE_DESK = re.compile(
    r"provider|member|customer|medical|clinical|utilization|services?|review|and|\W+", re.IGNORECASE
)
"""What may stand before the word of a desk: "Provider Correspondence", "Utilization & Case Management"."""


def is_payer(text: str, knowledge: Knowledge) -> bool:
    """Whether a name is that of a known insurer or carries words of one."""
    return knowledge.payer_words.matches(text) or knowledge.payer_names.found_in(text)


def names_insurer(text: str, knowledge: Knowledge) -> bool:
    """Whether a cell can be the name of an insurer and is no desk, no practice and no kind of plan."""
    words: NameKnowledge = knowledge.name_words
    return (
        may_be_name(text, words)
        and is_payer(text, knowledge)
        and not words.unit.found_in(text)
        and not words.practice.found_in(text)
        and not words.plan_kind.covers(text)
    )


def without_desk(text: str, knowledge: Knowledge) -> str:
    """An insurer's name without the desk that stands behind it: "ELM HEALTH PLAN PROVIDER CORRESPONDENCE UNIT"."""
    words = knowledge.name_words
    if not words.unit.found_in(text) or "," in text:
        return text
    rest, cut = text, text
    for last in reversed(text.split(" ")[1:]):
        if not (words.unit.covers(last) or words.title.covers(last) or _WHOSE_DESK.fullmatch(last)):
            break
        rest = rest.removesuffix(last).rstrip(" -–—")
        cut = rest if names_insurer(rest, knowledge) else cut
    return cut
