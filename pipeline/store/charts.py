"""Patients' charts as they were last read, by the name of their folder."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q

from pipeline.store import models
from pipeline.store.columns import FINISHED
from pipeline.store.door import reading, transacted
from pipeline.values.chart import Chart, Patient, PatientFolder
from pipeline.values.contract import from_json, to_json

UNSETTLED, GONE = "", "gone"
"""In place of a folder's fingerprint: it was read, or is there no more, and the cases do not follow it yet."""
_WORDS_AT_ONCE = 500
"""SQLite takes no condition of more than a thousand parts."""


@reading
def chart_prints() -> dict[str, str]:
    """The fingerprint of each folder as it was read."""
    return dict(models.PatientChart.objects.values_list("folder", "fingerprint"))


@reading
def charts_unsettled() -> bool:
    """Whether charts were read or went and the cases were never worked out with that: the process was killed."""
    return models.PatientChart.objects.filter(fingerprint__in=(UNSETTLED, GONE)).exists()


@reading
def patient_folders() -> tuple[PatientFolder, ...]:
    """Every folder with whose it is, by name; those that are gone are left out."""
    rows = models.PatientChart.objects.exclude(fingerprint=GONE).order_by("folder").values_list("folder", "patient")
    return tuple(PatientFolder(name=name, patient=from_json(Patient, json.loads(text))) for name, text in rows)


@reading
def chart_of(folder: str) -> Chart:
    """The chart of a folder."""
    return from_json(Chart, json.loads(models.PatientChart.objects.get(pk=folder).chart))


@transacted
def keep_chart(folder: PatientFolder, chart: Chart, *, fingerprint: str, now: datetime) -> None:
    """Keep a folder's chart in place of the one before."""
    models.PatientChart.objects.update_or_create(
        folder=folder.name,
        defaults={
            "fingerprint": fingerprint,
            "patient": json.dumps(to_json(folder.patient)),
            "chart": json.dumps(to_json(chart)),
            "changed": now,
        },
    )


@transacted
def retire_charts(folders: Collection[str]) -> None:
    """Folders that are there no more: nothing is linked to them from now on."""
    models.PatientChart.objects.filter(pk__in=list(folders)).update(fingerprint=GONE)


@transacted
def settle_charts(fingerprints: Mapping[str, str]) -> None:
    """The cases follow the charts by now: write down what was read, and forget what is gone."""
    for folder, fingerprint in fingerprints.items():
        models.PatientChart.objects.filter(pk=folder).update(fingerprint=fingerprint)
    models.PatientChart.objects.filter(fingerprint=GONE).delete()


@reading
def cases_naming(words: Collection[str]) -> tuple[str, ...]:
    """The cases with unfinished tasks whose member's name or number holds one of the words."""
    found: set[str] = set()
    wanted = sorted({word.casefold() for word in words})
    for start in range(0, len(wanted), _WORDS_AT_ONCE):
        named = Q()
        for word in wanted[start : start + _WORDS_AT_ONCE]:
            named |= Q(line__search__contains=word)
        rows = models.Task.objects.filter(named).exclude(line__stage__in=FINISHED)
        found |= set(rows.values_list("case_id", flat=True))
    return tuple(sorted(found))
