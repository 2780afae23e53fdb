"""Results of laboratory tests, measurements and studies, and what is none."""

import pytest

from pipeline.charts.chart import text_chart
from pipeline.read.plain import plain_pages
from tests.charts.test_clinical_sentences import clinical, facts


def results(sentence):
    return {
        f.name: (f.reason or f.value if f.value is not None or f.reason else ("under", f.value_high))
        for f in facts(sentence)
        if f.kind == "test_result" and f.context is None
    }


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("HbA1c 8.9% in clinic.", {"hemoglobin_a1c": 8.9}),
        ("Creatinine 1.3, eGFR 54.", {"creatinine": 1.3, "egfr": 54}),
        ("Labs: HCV Ab nonreactive, T-SPOT neg.", {"hepatitis_c": "nonreactive", "tuberculosis_screen": "neg"}),
        ("CRP <3.", {"crp": ("under", 3)}),
        ("Negative UPT.", {"pregnancy_test": "Negative"}),
        ("Weighs 83 kg.", {"weight": 83}),
        ("BCVA 20/40 OD, 20/30 OS.", {"visual_acuity": "20/40 OD, 20/30 OS"}),
        ("Echo 3/2026: mild LVH, no effusion.", {"echocardiogram": "mild LVH, no effusion"}),
        ("Brain MRI showed two old lacunes.", {"mri_brain": "two old lacunes"}),
        ("CT scan of the sinuses was normal.", {"ct": "normal"}),
    ],
)
def test_a_result_is_told_beside_its_name(sentence, told):
    assert results(sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "MRI brain was ordered.",
        "MRI: not done.",
        "EMG - not needed.",
        "Goal weight 60 kg.",
        "EMG guidance was used.",
        "If the HIV test is positive, call.",
        "Weight 83.",
        "A1c in 3 months.",
        "Echo needs repeat: insurer denied it.",
        "Father's A1c 11.2.",
        "MRI was with and without contrast.",
        "DAS28-CRP 4.9.",
    ],
)
def test_what_was_ordered_or_is_of_another_is_no_result(sentence):
    assert results(sentence) == {}


def test_a_result_has_the_day_before_it_and_one_of_some_year_has_none():
    dated = next(f for f in facts("Outside labs 02/11/2026: eGFR 61.") if f.name == "egfr")
    old = next(f for f in facts("Head CT in 2019 was normal.") if f.name == "ct_head")
    assert (dated.date, old.date) == ("2026-02-11", None)


def test_the_impression_of_a_report_is_the_result_of_its_study_and_who_dictated_it_is_not():
    page = (
        "RADIOLOGY REPORT\nMRI CERVICAL SPINE WITHOUT CONTRAST\nPatient: Ann Example\nExam date: 05/02/2026\n\n"
        "FINDINGS: Mild spondylosis.\n\nIMPRESSION:\n1. Mild foraminal narrowing at C5-6.\n2. No cord signal change.\n"
        "Dictated by: B. Example MD\n"
    )
    found = text_chart(plain_pages(page), file_name="report.txt", clinical=clinical())[1]
    told = [f.reason for f in found if f.kind == "test_result" and f.name == "mri_spine"]
    assert told == ["Mild foraminal narrowing at C5-6", "No cord signal change"]


def test_the_size_of_a_vial_is_not_what_was_given_and_a_line_of_the_sum_is():
    page = (
        "PROCEDURE NOTE\nPatient: Ann Roe\nDate of procedure: 05/02/2026\nBotox injected, both legs\n"
        "   calf R 40  L 45\n   SUM 85\nVIAL: 100 U x1 ; wasted 15\nB. Lindqvist MD, signed 05/02/2026\n"
    )
    found = text_chart(plain_pages(page), file_name="note.txt", clinical=clinical())[1]
    assert [(f.units, f.wasted) for f in found if f.kind == "procedure"] == [(85, 15)]


def test_the_specialty_of_a_supervisor_is_not_the_authors():
    page = (
        "Video visit\nDate: 05/02/2026\nPatient: Ann Roe\n"
        "Provider: Kim Lindqvist, FNP-C (supervising neurologist away)\n"
        "\nHPI: 14 headache days a month.\nPlan: return in 3 months.\nK. Lindqvist FNP-C, e-signed 05/02/2026\n"
    )
    found = text_chart(plain_pages(page), file_name="note.txt", clinical=clinical())[1]
    assert not [f for f in found if f.kind == "specialty"]
