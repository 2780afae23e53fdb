"""Bladder diaries as CSV: voids, urges and leaks by the day."""

from pipeline.charts import ChartFile
from pipeline.charts.chart import read_document
from tests.charts.test_clinical_sentences import clinical


def facts(content: str) -> tuple[str | None, dict[str | None, float | None]]:
    file = ChartFile(name="diary.csv", data=content.encode())
    (document, found) = read_document(file, clinical=clinical(), reader=lambda data: None)[0]
    return document.evidence_type, {f.name: f.value for f in found}


def test_a_row_a_void_is_counted_by_the_day():
    rows = "".join(
        f"2026-05-0{day},{hour}:00,{150 + hour},{'Y' if hour % 4 == 0 else 'N'},{'Y' if hour == 8 else 'N'}\n"
        for day in (1, 2, 3)
        for hour in range(6, 15)
    )
    kind, found = facts("Date,Time,Volume (mL),Urgency,Leak\n" + rows)
    assert kind == "ev.bladder_diary"
    assert found == {"frequency": 9.0, "urgency": 2.0, "urge_incontinence": 1.0}


def test_a_row_a_day_gives_its_numbers():
    kind, found = facts("Date,Voids,Leaks,Urge\n2026-05-01,11,3,Y\n2026-05-02,9,0,N\n")
    assert kind == "ev.bladder_diary"
    assert found == {"frequency": 10.0, "urgency": 0.5, "urge_incontinence": 1.5}


def test_a_leak_without_an_urge_is_no_urge_incontinence_and_few_voids_are_no_frequency():
    _, found = facts("Date,Voids,Leaks,Urge\n2026-05-01,6,2,N\n2026-05-02,5,1,N\n")
    assert found == {}
