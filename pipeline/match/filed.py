"""The facts of one chart filed by kind, each with its day and what its document takes from it: worked out once a chart.

A task asks the same chart some twenty questions; what does not depend on the question is answered here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from pipeline.knowledge.evidence import EvidenceType
from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Chart, ChartDocument, Context, Fact, FactKind

_NEEDS_NO_SIGNATURE = {"ev.headache_diary", "ev.bladder_diary", "ev.rx_fills", "ev.pa_letter", "ev.sp_dispense"}
_NO_RECORD = {
    "ev.patient_message": "a message of the patient is no record of the clinic",
    "ev.pa_form": "a request form says what was asked for and is no record of the clinic",
}
_LEAST_CONFIDENCE = 0.6
"""Words read worse than this prove nothing."""
_KNOWN_STALE_DAYS = 180
"""The age in days at which a document of a kind that is not known is stale."""
_SAID: dict[Context | None, str] = {context: f"said as {context.value.replace('_', ' ')}" for context in Context}


class FiledFact(NamedTuple):
    """A fact with what it is worth as far as that hangs on no question.

    ``place`` is its place among all facts of the chart, the newest first. ``own`` is what it is worth by itself: plain,
    or nothing where it proves nothing whatever is asked. ``as_said`` is what it is worth where its context does harm,
    None where it has none. ``latest`` is the later of the day that it speaks of and its document's. ``stale_days`` is
    the age at which its document is stale; None for never.
    """

    place: int
    fact: Fact
    own: Weighed
    as_said: Weighed | None
    latest: date
    stale_days: int | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A chart and its facts by kind, the newest first; of one day in the order of their files."""

    chart: Chart
    _by_kind: Mapping[FactKind, Sequence[FiledFact]]

    def of(self, kinds: Iterable[FactKind]) -> Sequence[FiledFact]:
        """The facts of some kinds, the newest first."""
        found = [self._by_kind[kind] for kind in kinds if kind in self._by_kind]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found), key=_PLACE)


_PLACE, _NEWEST = itemgetter(0), itemgetter(0, 1)


class _Document(NamedTuple):
    """What a document gives to the facts in it, and what it takes from them."""

    fault: str
    day: date | None
    stale_days: int | None
    of_another: bool


def filed(chart: Chart, evidence: Iterable[EvidenceType]) -> Filed:
    """The facts of a chart, filed. ``evidence`` are the kinds of document with the age at which each is stale."""
    stale = {kind.id: kind.stale_days for kind in evidence}
    documents = {
        document.file_name: _Document(
            document_fault(document),
            whole_date(document.date),
            stale.get(document.evidence_type or "", _KNOWN_STALE_DAYS),
            document.patient_matches is False,
        )
        for document in chart.documents
    }
    dated: dict[FactKind, list[tuple[date, str, Fact]]] = {kind: [] for kind in FactKind}
    for fact in chart.facts:
        if fact.site is not None:
            continue  # a muscle's part of an injection that is weighed whole
        day = whole_date(fact.date) or whole_date(fact.recorded) or documents[fact.file_name].day
        dated[fact.kind].append((day or date.min, fact.file_name, fact))
    by_kind: dict[FactKind, list[FiledFact]] = {}
    newest_first = sorted(chain.from_iterable(dated.values()), key=_NEWEST, reverse=True)
    for place, (_, file_name, fact) in enumerate(newest_first):
        by_kind.setdefault(fact.kind, []).append(_filed(place, fact, documents[file_name]))
    return Filed(chart, by_kind)


def _filed(place: int, fact: Fact, document: _Document) -> FiledFact:
    recorded = whole_date(fact.recorded) or document.day
    day = whole_date(fact.date) or recorded
    fault = document.fault
    if not fault and fact.confidence < _LEAST_CONFIDENCE:
        fault = "the words were read badly or say it loosely"
    if day is None:  # and then the document has no day either
        fault, latest = fault or "it carries no date", date.max
    else:
        latest = recorded if recorded is not None and recorded > day else day
    harmless = fact.context is None or document.of_another
    return FiledFact(
        place,
        fact,
        own=Weighed(fact, Weight.NOTHING if fault else Weight.PLAIN, fault, day),
        as_said=None if harmless else Weighed(fact, Weight.NOTHING, _SAID[fact.context], day),
        latest=latest,
        stale_days=document.stale_days,
    )


@lru_cache(maxsize=4096)
def whole_date(iso: str | None) -> date | None:
    """The day of an ISO date; the last day of its month where only that is written; None for a year alone."""
    if iso is None or len(iso) < 7:
        return None
    if len(iso) >= 10:
        return date.fromisoformat(iso[:10])
    year, month = int(iso[:4]), int(iso[5:7])
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def document_fault(document: ChartDocument) -> str:
    """Why a document proves nothing, in words; empty where it may: a record of the patient, signed where needed."""
    if document.patient_matches is False:
        return "the document names another patient"
    if document.evidence_type in _NO_RECORD:
        return _NO_RECORD[document.evidence_type]
    structured = document.file_name.casefold().endswith((".csv", ".json"))
    if document.evidence_type in _NEEDS_NO_SIGNATURE or structured:
        return ""
    if document.signed is not True:
        return "the document is not signed"
    if document.patient_matches is not True:
        return "the document names no patient"
    return ""
