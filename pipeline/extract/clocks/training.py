"""Learns what spans of time limit, from sentences: ``python -m pipeline.extract.clocks.training`` (``make train``).

No letter is read. The same sentences give the same weights.
"""

from collections.abc import Iterator

from pipeline.extract.clocks.durations import Duration, PrintedDay, durations, printed_days
from pipeline.extract.clocks.opinion import LIMITS, signs_beside
from pipeline.extract.opinions import Signs
from pipeline.extract.opinions.learning import learn, said_in


def of_limits() -> Iterator[tuple[Signs, str]]:
    """The signs around the first span of each sentence, and what it limits.

    Raises ``ValueError`` for a sentence without a span of time or a printed day.
    """
    for text, answer in said_in(LIMITS):
        yield signs_beside(text, _span(text)), answer


def _span(text: str) -> Duration | PrintedDay:
    found: list[Duration | PrintedDay] = [*durations(text), *printed_days(text)]
    if not found:
        raise ValueError(f"no span of time in {text!r}")
    return found[0]


if __name__ == "__main__":
    learn(LIMITS, list(of_limits()))
