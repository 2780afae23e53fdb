"""What a span of time in a sentence limits, in words that no rule has: a second opinion learned from sentences.

The sentences stand in ``models/limit_opinion``, by what they limit; ``unsaid.yaml`` has those whose time limits nobody,
and ``bare`` are those that do not say what for. The span itself is one word of its sentence, and the words beside it
are signs of their own.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.clocks.clauses import clause_at
from pipeline.extract.clocks.durations import Duration, PrintedDay, durations
from pipeline.extract.opinions import SILENT, Signs, best, load_opinion, words_in
from pipeline.language.sentences import Sentence
from pipeline.values.letter import ClockKind

LIMITS = "limit_opinion"
"""The model: what a span of time limits."""
_RULE = "opinion."
_BARE = "bare"
"""The answer for a span of which only the sentences before it tell what it limits."""
_WORD = re.compile(r"[a-z]+|[#123]|n't|[|:?]")
_NUMBER = re.compile(r"(?![123]\b)\d[\d,.]*")
"""Numbers are all alike, but for those of levels."""
_SPAN = "@"
_BESIDE = 4
"""So many words on each side count as standing beside the span."""


def signs_beside(text: str, found: Duration | PrintedDay) -> Signs:
    """The signs of a sentence around a span at offsets of ``text``."""
    before, after = (words_in(part, word=_WORD, number=_NUMBER) for part in (text[: found.start], text[found.end :]))
    words = [*before, _SPAN, *after]
    framed = ["<", *words, ">"]
    pairs = [f"{a} {b}" for a, b in pairwise(framed)]
    apart = [f"{a} . {b}" for a, b in zip(framed, framed[2:], strict=False)]
    beside = [f"<{word}" for word in before[-_BESIDE:]] + [f">{word}" for word in after[:_BESIDE]]
    spelled = tuple(word for word in words if word[0].isalpha())
    return Signs((*words, *pairs, *apart, *beside), spelled, _sizes(found))


def _sizes(found: Duration | PrintedDay) -> tuple[str, ...]:
    """How long the span is, in its unit."""
    if isinstance(found, PrintedDay):
        return ("u:date",)
    return (f"n:{found.unit.value}{found.amount}", f"u:{found.unit.value}")


@dataclass(frozen=True, slots=True)
class Told:
    """What a span limits, ``kind`` None where it is no limit or the sentence is ``silent`` about it."""

    kind: ClockKind | None
    likely: float
    silent: bool


_NOT_ASKED = Told(None, 0.0, silent=True)


def told_limit(sentence: Sentence, found: Duration | PrintedDay) -> Told:
    """What a span most probably limits, and how probable that is.

    Asked of the sentence, and where it has several spans of the clause around this one, if it stands alone there.
    """
    first, last = sentence.start_char, sentence.end_char
    if len(durations(sentence.text)) > 1:
        first, last = clause_at(sentence, found.start)
    text = sentence.text[first - sentence.start_char : last - sentence.start_char]
    if len(durations(text)) > 1:
        return _NOT_ASKED
    signs = signs_beside(text, replace(found, start=found.start - first, end=found.end - first))
    answer, likely = best(load_opinion(LIMITS).of(signs))
    kind = None if answer in (SILENT, _BARE) else ClockKind(answer)
    return Told(kind, likely, silent=answer == _BARE)


def rule_of(kind: ClockKind) -> str:
    """The id under which a limit stands that only this opinion tells."""
    return f"{_RULE}{kind.value}"


def is_told(rule: str) -> bool:
    """Whether a limit is one that only this opinion tells."""
    return rule.startswith(_RULE)
