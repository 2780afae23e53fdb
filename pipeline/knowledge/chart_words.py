"""Schema of ``models/charts/words.yaml``: words of charts by sort, each sort one pattern."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pydantic import Field

from pipeline.knowledge.alternatives import alternatives, first_signs
from pipeline.knowledge.entry import Exemplified
from pipeline.knowledge.load import load_sorts


class ChartWords(Exemplified):
    """Words of one sort. ``word*`` is a beginning, ``a|b`` either, ``[a]`` a or nothing, ``..`` up to two words."""

    words: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words, standing for themselves; blanks may be hyphens or a line wrap."""
        return words_pattern(self.words)

    def found_in(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWordKnowledge:
    """The words by sort; each field is the entry of that id."""

    toxin_given: ChartWords
    for_attacks: ChartWords
    attack_named: ChartWords
    attack_lasting: ChartWords
    attack_treated: ChartWords
    attack_untreated: ChartWords
    response_of: ChartWords
    before_treatment: ChartWords
    under_treatment: ChartWords
    treatment_done: ChartWords
    treatment_day: ChartWords
    informant: ChartWords
    other_specialist: ChartWords
    supposed: ChartWords
    cared_for: ChartWords
    accomplished: ChartWords
    not_dispensed: ChartWords
    asked_for: ChartWords
    of_a_plan: ChartWords
    column_no_time: ChartWords
    column_before: ChartWords
    column_now: ChartWords
    no_medicine: ChartWords
    ordered: ChartWords
    bars: ChartWords
    plain_harm: ChartWords
    borne: ChartWords
    not_begun: ChartWords
    moved_leaks: ChartWords
    moved_pads: ChartWords
    moved_voids: ChartWords
    moved_pain: ChartWords
    moved_spasms: ChartWords
    moved_changes: ChartWords


@cache
def load_chart_words() -> ChartWordKnowledge:
    """The words of ``models/charts/words.yaml``.

    Raises:
        UsageError: where a sort is missing or unknown.
    """
    return load_sorts("charts/words.yaml", ChartWords, ChartWordKnowledge)


def words_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern of all the words, longest first.

    >>> bool(words_pattern(("before [her] botox|treatment",)).search("just before her Botox"))
    True
    >>> bool(words_pattern(("inject*",)).search("reinjected"))
    False
    """
    parts = []
    for phrase in sorted(words, key=len, reverse=True):
        first, *rest = phrase.split(" ")
        following = "".join(map(_following, rest))
        for choice in _choices(first):
            signs = first_signs(choice)
            parts.append((signs, _spelled(choice[len(signs) :]) + following))
    return re.compile(rf"(?<![A-Za-z0-9]){alternatives(parts)}(?![A-Za-z0-9])", re.IGNORECASE)


def _choices(piece: str) -> list[str]:
    return sorted(piece.split("|"), key=len, reverse=True)


def _spelled(choice: str) -> str:
    return re.escape(choice.rstrip("*")) + (r"\w*" if choice.endswith("*") else "")


def _any(piece: str) -> str:
    return "(?:" + "|".join(map(_spelled, _choices(piece))) + ")"


def _following(piece: str) -> str:
    """A further word of a phrase with the blank before it."""
    if piece == "..":
        return r"(?:[\s-]+\w+){0,2}"
    if piece.startswith("["):
        return rf"(?:[\s-]+{_any(piece.strip('[]'))})?"
    return rf"[\s-]*{_any(piece)}" if piece[0] in ":/" else rf"[\s-]+{_any(piece)}"
