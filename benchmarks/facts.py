"""Facts of a document against those it should give: used by ``benchmarks.charts`` and the tests of other styles."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class Compared(NamedTuple):
    """How many wanted facts were found, those missed, and the plain facts that nobody asked for."""

    found: int
    missed: list[dict[str, Any]]
    extra: list[dict[str, Any]]


def compared(
    facts: Sequence[dict[str, Any]], wanted: Sequence[dict[str, Any]], *, weighed: frozenset[str] | None = None
) -> Compared:
    """Compare facts (in the contract's JSON) with the wanted ones; only keys that a wanted fact names are compared.

    A fact with a context proves nothing, so that only plain facts can be too many; with ``weighed`` only those kinds.
    """
    fits = [[n for n, fact in enumerate(facts) if _fits(fact, want)] for want in wanted]
    taken = {n for mine in fits for n in mine}
    extra = [
        fact
        for n, fact in enumerate(facts)
        if n not in taken
        and fact.get("context") is None
        and fact.get("site") is None  # a muscle's part of an injection is told beside the whole
        and (weighed is None or fact["kind"] in weighed)
    ]
    missed = [want for want, mine in zip(wanted, fits, strict=True) if not mine]
    return Compared(len(wanted) - len(missed), missed, extra)


def f1(found: int, missed: int, extra: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean.

    >>> f1(8, 2, 2)
    (0.8, 0.8, 0.8)
    """
    precision, recall = found / max(found + extra, 1), found / max(found + missed, 1)
    return precision, recall, round(2 * precision * recall / max(precision + recall, 1e-9), 4)


def _fits(fact: dict[str, Any], wanted: dict[str, Any]) -> bool:
    context = wanted.get("context")
    keys = {k: v for k, v in wanted.items() if k != "context"}
    return fact.get("context") == context and all(_same(fact.get(k), v) for k, v in keys.items())


def _same(got: Any, wanted: Any) -> bool:
    return float(got) == float(wanted) if isinstance(wanted, (int, float)) and got is not None else bool(got == wanted)
