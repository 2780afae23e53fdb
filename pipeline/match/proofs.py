"""Whether a fact of the chart may prove anything.

It may where it is of this patient, dated, signed where it must be, not later than the question and not stale.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pipeline.match.filed import Filed, FiledFact
from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Chart, Context, Fact, FactKind
from pipeline.values.evidence import Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Against what facts are weighed: the chart, the day, and what the patient is asked about.

    ``day`` is the date of service where the service was given, else today; ``given`` whether it was.
    """

    filed: Filed
    day: date
    given: bool
    indication: str
    born: str | None = None
    _known: dict[object, tuple[Weighed, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was weighed already: criteria ask the same of the same facts again and again."""
    about: dict[str, frozenset[str]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """The files about an illness, as far as it was asked for."""

    @property
    def chart(self) -> Chart:
        """The patient's documents and facts."""
        return self.filed.chart


def weigh(
    case: Case,
    kinds: Iterable[FactKind],
    *,
    leave: frozenset[Context] = frozenset(),
    max_age: int | None = None,
    ages: bool = True,
) -> tuple[Weighed, ...]:
    """The facts of these kinds, weighed, the newest first. ``leave`` are contexts that do no harm here."""
    asked = (frozenset(kinds), leave, max_age, ages)
    found = case._known.get(asked)
    if found is None:
        found = tuple(
            _weighed(one, case.day, leave=leave, max_age=max_age, ages=ages) for one in case.filed.of(asked[0])
        )
        case._known[asked] = found
    return found


def _weighed(one: FiledFact, on: date, *, leave: frozenset[Context], max_age: int | None, ages: bool) -> Weighed:
    if one.as_said is not None and one.fact.context not in leave:
        return one.as_said
    fact, weight, _, day = one.own
    if weight is Weight.NOTHING:
        return one.own
    if one.latest > on:
        return Weighed(fact, Weight.POST_DATED, f"dated {one.latest.isoformat()}, after {on.isoformat()}", day)
    limit = (max_age or one.stale_days) if ages else None
    if limit and day and (on - day).days > limit:
        why = f"dated {day.isoformat()}, more than {limit} days before {on.isoformat()}"
        return Weighed(fact, Weight.STALE, why, day)
    return one.own


def proof_of(fact: Fact) -> Proof:
    """Where the fact stands, as a requirement shows it."""
    return Proof(
        file_name=fact.file_name, page=fact.page, text=fact.text, boxes=fact.boxes, date=fact.date or fact.recorded
    )
