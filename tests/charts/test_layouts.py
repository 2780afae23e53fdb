"""Layouts that mean something, and their look-alikes that must not: diaries, approvals, forms, Markdown."""

import pytest

from pipeline.charts import ChartFile
from pipeline.charts.chart import read_document, text_chart
from pipeline.charts.dates import duration_in
from pipeline.read.plain import plain_pages
from pipeline.values.chart import ChartDocument, Fact
from tests.charts.test_clinical_sentences import clinical
from tests.charts.test_clinical_sentences import facts as sentence_facts


def read(content: str) -> tuple[ChartDocument, tuple[Fact, ...]]:
    file = ChartFile(name="page.txt", data=content.encode())
    return read_document(file, clinical=clinical(), reader=lambda data: plain_pages(data.decode()))[0]


def plain(content: str) -> list[tuple[str, str | None, float | None]]:
    return [(f.kind.value, f.drug or f.name or f.code, f.value) for f in read(content)[1] if f.context is None]


MARKS = "Headache diary   February 2026   Ida Thornberry\nR = regular headache, M = migraine, z = nothing\n"


def days(marks: str) -> str:
    return "".join(f"{n:2} {mark}\n" for n, mark in enumerate(marks, start=1))


def test_the_key_of_a_diary_tells_what_its_marks_mean():
    found = plain(MARKS + days("RMzzRzzMzRRzzMzRzzRMzzRzzRzM"))
    assert ("headache_days", None, 13.0) in found
    assert ("migraine_days", None, 5.0) in found


def test_a_month_with_days_left_out_is_incomplete():
    document, facts = read(MARKS + days("RMzzRzzMzRR"))
    assert document.evidence_type == "ev.headache_diary"
    assert {f.context.value for f in facts if f.kind.value == "headache_days" and f.context} == {"incomplete"}


def test_a_day_told_in_two_ways_gives_no_count():
    twice = MARKS + days("RMzzRzzMzRRzzMzRzzRMzzRzzRzM") + " 3 M\n"
    assert [kind for kind, *_ in plain(twice) if kind.endswith("days")] == []


def test_numbers_without_a_month_are_no_diary():
    assert plain("Headache log\nM = migraine, z = none\n" + days("MzMzMzMzMzMz")) == []


NOTE = "Neurology progress note\nPatient: Ida Thornberry   Date of visit: 03/01/2026\n"


def test_dates_beside_an_authorization_that_do_not_say_so_are_not_its_time():
    _, facts = read(
        NOTE + "Auth #: KK448812   Last injection 12/01/2025\nNext visit 06/01/2026. Botox 155 units injected.\n"
    )
    (found,) = [f for f in facts if f.kind.value == "authorization"]
    assert (found.number, found.from_, found.to, found.units) == ("KK448812", None, None, None)


def test_the_time_of_an_authorization_is_a_range_or_stands_behind_labels():
    for told in ("01/05/2026 - 07/04/2026", "effective 01/05/2026, expires 07/04/2026"):
        _, facts = read(NOTE + f"Auth #: KK448812 {told}, 400 units\n")
        (found,) = [f for f in facts if f.kind.value == "authorization"]
        assert (found.from_, found.to, found.units) == ("2026-01-05", "2026-07-04", 400.0)


def test_a_note_that_holds_a_table_of_fills_is_not_a_pharmacys_record():
    table = "Fill date    Drug               Qty   Days supply\n01/05/2026   Topiramate 50 mg   30    30\n"
    document, _ = read("Ida Thornberry  03/01/2026\nHPI\nHeadache is worse.\n\n" + table + "\nASSESSMENT\nMigraine.\n")
    assert document.evidence_type not in {"ev.rx_fills", None}
    alone, _ = read("Ida Thornberry\n" + table)
    assert alone.evidence_type == "ev.rx_fills"


def test_voids_of_more_than_a_day_without_days_are_not_counted():
    head = "VOIDING DIARY   Date: 05/18/2026\n\nTime        Amount (mL)   Urge   Leak\n"
    row = "{}:00 {}m     150           2      -\n"
    one = "".join(row.format(h, half) for half in "ap" for h in range(1, 12, 2))
    assert ("symptom", "frequency", 12.0) in plain(head + one)
    assert ("symptom", "frequency") not in [(k, n) for k, n, _ in plain(head + one + one)]


def test_a_grade_that_is_ticked_is_the_score_and_the_others_are_not():
    lines = "[ ] 1 never noticeable\n[ ] 2 tolerable\n[ ] 3 barely tolerable\n[x] 4 intolerable\n"
    assert plain("HDSS   Date: 05/18/2026\n" + lines) == [("score", "HDSS", 4.0)]
    assert plain("HDSS   Date: 05/18/2026\n" + lines.replace("[x]", "[ ]")) == []


def test_the_age_in_a_heading_stands_behind_the_name():
    assert ("age", None, 66.0) in plain("Clinic note   DOS 7/21/26\nPT: THORNBERRY, IDA    66 F\n")


def test_a_ticked_number_that_is_no_grade_is_no_score():
    assert plain("HDSS   Date: 05/18/2026\n[x] 1. Consent was signed\n[x] 2. Photographs were taken\n") == []


def test_a_plan_that_is_an_insurer_opens_no_section():
    assert ("age", None, 41.0) in plain(
        "Visit 03/01/2026\nPlan: Harbor Employers Health PPO\nMember: Ida Thornberry   Age: 41\n"
    )


def test_headings_of_markdown_open_sections_and_end_a_quotation():
    body = (
        "## Carried forward from last note\n> 24 headache days a month.\n\n## Current meds\n- lisinopril 20 mg daily\n"
    )
    found = plain("# Clinic note\nVisit date 03/01/2026\n\n" + body)
    assert ("current_drug", "lisinopril", None) in found
    assert [kind for kind, *_ in found if kind == "headache_days"] == []


@pytest.mark.parametrize("words", ["limited ability to concentrate", "this enables her to work"])
def test_an_english_word_that_is_nearly_a_medicine_is_none(words):
    assert plain(f"Visit date 03/01/2026\nTried: {words}, stopped for dizziness.\n") == []


def test_how_often_it_is_given_is_not_how_long():
    assert duration_in("Botox every 12 weeks") is None
    assert duration_in("topiramate for 12 weeks") == 84


def test_what_is_printed_as_an_answer_counts_only_where_it_is_marked():
    head = "Patient: Ida Thornberry\nDrug           Dose     From      To        Result (circle one)\n"
    row = "Topiramate     50 mg    01/2025   05/2025   {}\n"
    told = {
        answer: [f.outcome.value for f in read(head + row.format(answer))[1] if f.outcome]
        for answer in ("no effect / not tolerated", "(no effect) / not tolerated", "no effect / [not tolerated]")
    }
    assert [*told.values()] == [["unknown"], ["failure"], ["intolerance"]]


def test_a_sheet_of_severity_alone_is_no_headache_diary():
    sheet = (
        "JANKOVIC RATING SCALE\n\nDate         Severity   Frequency   Total\n03/10/2026   4          3           7\n"
    )
    assert plain(sheet) == [("score", "Jankovic", 7.0)]


def test_the_range_of_a_scale_is_no_score():
    assert plain("TWSTRS   Exam date: 03/10/2026\nTotal TWSTRS score 44 (0-85)\n") == [("score", "TWSTRS", 44.0)]


def test_columns_of_yes_and_no_hold_marks_and_a_result_beside_what_is_normal_is_none():
    form = "Prior authorization form\nMember: Ida Thornberry\n\nCriteria                 Yes   No\n"
    told = plain(form + "Chronic migraine          X\nCervical dystonia               X\nBlepharospasm\n")
    assert [name for kind, name, _ in told if kind == "diagnosis"] == ["chronic_migraine"]
    study = "Urodynamics  Study date 03/10/2026\nParameter        Result    Normal\nLeak with IDC    Yes       No\n"
    assert ("test_result", "post_void_residual", 90.0) in plain(study + "Post-void residual   90 mL   <50\n")


def test_what_a_questionnaire_prints_is_no_finding():
    sheet = "HIT-6 questionnaire\nDate: 03/10/2026\n1. Limits daily activities    Sometimes   10\nTotal score   60\n"
    assert {kind for kind, *_ in plain(sheet)} == {"score"}


def test_a_row_that_brings_its_own_labels_is_no_head():
    rows = "Tried:\n(1) Drug: Nadolol   Dose: 80 mg   Dates: 01/2025 - 04/2025   Outcome: no response\n"
    rows += "(2) Drug: Verapamil   Dose: 120 mg   Dates: 05/2025 - 08/2025   Outcome: no response\n"
    found = plain("Visit date 03/10/2026\n" + rows)
    assert [name for kind, name, _ in found if kind == "drug_trial"] == ["nadolol", "verapamil"]


def test_a_scale_by_muscle_has_a_value_a_muscle_and_a_day():
    page = (
        "Modified Ashworth Scale, serial\nPatient: Ann Roe\nDate: 05/20/2026\n\n"
        "Muscle group\t02/10/2026\t05/20/2026\nL elbow flexors\t3\t1+\nL wrist flexors\t2\t1\n"
    )
    found = text_chart(plain_pages(page), file_name="sheet.txt", clinical=clinical())[1]
    told = {(f.value, f.date) for f in found if f.kind == "score"}
    assert told == {(3, "2026-02-10"), (1.5, "2026-05-20"), (2, "2026-02-10"), (1, "2026-05-20")}


def test_the_total_of_the_next_scale_is_not_one_of_the_scale_before():
    page = (
        "Eyelid scales\nPatient: Ann Roe\nDate: 05/20/2026\n\n"
        "Jankovic Rating Scale\t02/10/2026\t05/20/2026\nSeverity\t4\t1\nFrequency\t2\t1\nSum\t6\t2\n"
        "BSDI item\tToday\nDriving\t2\nReading\t1\nTotal\t3\n"
    )
    found = text_chart(plain_pages(page), file_name="sheet.txt", clinical=clinical())[1]
    assert {(f.value, f.date) for f in found if f.name == "Jankovic"} == {(6, "2026-02-10"), (2, "2026-05-20")}


def test_what_was_taken_for_a_time_with_a_result_is_not_taken_now():
    table = "Agent          Max dose   How long   What happened\n"
    table += "nadolol        40 mg      5 mo       BP 84/52\n"
    table += "candesartan    8 mg       2 mo       active, helps\n"
    found = {f.drug: f.kind for f in sentence_facts(table)}
    assert found == {"nadolol": "drug_trial", "candesartan": "current_drug"}
