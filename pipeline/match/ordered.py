"""How many units of a toxin are ordered, which is what an approval must cover."""

from pipeline.values.chart import Context, FactKind, OnFile

_STANDS = (None, Context.PLANNED)


def ordered_units(found: OnFile) -> float | None:
    """The units of the newest order that stands; None where no order tells them.

    Of orders of one day the largest counts, as an approval that is too small is what must not be missed.
    """
    orders = [
        (fact.date or fact.recorded or "", fact.units)
        for fact in found.chart.facts
        if fact.kind is FactKind.ORDER and fact.units and not fact.negated and fact.context in _STANDS
    ]
    return max(orders, default=("", None))[1]
