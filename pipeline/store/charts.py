"""Patients' charts as they were last read, by the name of their folder."""

import json
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from pipeline.store import models
from pipeline.store.columns import FINISHED
from pipeline.store.door import reading, transacted
from pipeline.values.chart import Chart, Patient, PatientFolder
from pipeline.values.contract import from_json, to_json


@reading
def chart_prints() -> dict[str, str]:
    """The fingerprint of each folder as it was read."""
    return dict(models.PatientChart.objects.values_list("folder", "fingerprint"))


@reading
def patient_folders() -> tuple[PatientFolder, ...]:
    """Every folder with whose it is, by name."""
    rows = models.PatientChart.objects.order_by("folder").values_list("folder", "patient")
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
def drop_charts(folders: Collection[str]) -> None:
    """Forget folders that are there no more."""
    models.PatientChart.objects.filter(pk__in=list(folders)).delete()


@reading
def cases_naming(words: Collection[str]) -> tuple[str, ...]:
    """The cases with unfinished tasks whose member's name or number holds one of the words."""
    if not words:
        return ()
    named = Q()
    for word in words:
        named |= Q(line__search__contains=word.casefold())
    rows = models.Task.objects.filter(named).exclude(line__stage__in=FINISHED)
    return tuple(rows.order_by("case_id").values_list("case_id", flat=True).distinct())
