"""Tables with a column a time: which columns hold a value of the patient, and of when."""

from pipeline.charts import ChartFile
from pipeline.charts.chart import read_document
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Fact
from tests.charts.test_clinical_sentences import clinical


def facts(content: str) -> list[Fact]:
    file = ChartFile(name="sheet.txt", data=content.encode())
    return list(read_document(file, clinical=clinical(), reader=lambda data: plain_pages(data.decode()))[0][1])


def told(content: str) -> list[tuple[str, float | None, str | None, str | None]]:
    return [(f.kind.value, f.value, f.date, f.context.value if f.context else None) for f in facts(content)]


def test_the_most_a_scale_can_be_and_a_goal_are_no_values():
    content = (
        "TWSTRS  Visit date 03/02/2026\n\nSubscale    Max    Goal   Before    Today\n"
        "Severity    35     10     21        12\nTotal       85     20     44        26\n"
    )
    scores = [t for t in told(content) if t[0] == "score"]
    assert scores == [
        ("score", 44.0, "2026-03-02", "historical"), ("score", 26.0, "2026-03-02", None)
    ] or scores == [("score", 44.0, None, "historical"), ("score", 26.0, "2026-03-02", None)]  # fmt: skip


def test_months_over_columns_are_each_of_their_month():
    content = "HEADACHE LOG 2025\n\n                Mar     Apr\nHeadache days   18      11\n"
    assert told(content) == [("headache_days", 18.0, "2025-03-31", None), ("headache_days", 11.0, "2025-04-30", None)]


def test_months_of_no_year_are_of_no_time_that_is_known():
    content = "HEADACHE LOG\n\n                Mar     Apr\nHeadache days   18      11\n"
    assert {context for *_, context in told(content)} == {"historical"}


def test_a_fall_from_the_last_visit_is_no_response_to_treatment():
    content = "Clinic visit date 03/02/2026\n\n          Last visit    Today\nHIT-6     66            58\n"
    assert [k for k, *_ in told(content)] == ["score", "score"]
    assert "response" in [k for k, *_ in told(content.replace("Last visit", "Baseline  "))]


def test_a_total_that_its_muscles_do_not_bear_out_proves_nothing():
    rows = (
        "INJECTION RECORD  Date of procedure: 03/18/2026\nBotox\n\nMuscle      Side    Units\nBiceps      L       100\n"
    )
    rows += "Triceps     L       50\nTotal               {total}\n"
    (right,) = [f for f in facts(rows.format(total=150)) if f.kind.value == "procedure" and f.site is None]
    (wrong,) = [f for f in facts(rows.format(total=250)) if f.kind.value == "procedure" and f.site is None]
    assert right.units == 150.0
    assert right.confidence >= 0.9
    assert wrong.confidence < 0.6


def test_a_log_of_several_patients_gives_nobody_an_injection():
    head = (
        "TOXIN LOG  Log date 04/14/2026\nDrug: Botox 200 unit vials\n\nPatient     Time     Drawn    Given    Waste\n"
    )
    one = "A. B.       08:55    200      165      35\n"
    assert [f.units for f in facts(head + one) if f.kind.value == "procedure"] == [165.0]
    assert [f.units for f in facts(head + one + one.replace("A. B.", "C. D.")) if f.kind.value == "procedure"] == []
