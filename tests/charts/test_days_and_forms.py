"""The day of a document in heads of one line, and tables of forms whose cells wrap or whose boxes are empty."""

import pytest

from tests.charts.test_layouts import read

DAYS = [
    (
        "Electromyography Report\n"
        "VANCE, Olga F DOB 12/02/1961 Study 03/04/2026 Examiner: Ann Lee MD\nReason: twitching.\n",
        "2026-03-04",
    ),
    (
        "CT HEAD WITHOUT CONTRAST\n"
        "PIKE, Aron DOB 11/11/1970 Exam 02/09/2026 Accession RX-25-1\nFINDINGS: normal.\n",
        "2026-02-09",
    ),
    (
        "Toxin Clinic - Injection Visit\n"
        "LEE, Mai | 71 F | DOB 1/30/1955 | 4/2/26 | Surgeon: Al Pike MD\nLast cycle 1/5/26.\n",
        "2026-04-02",
    ),
    (
        "PRESCRIPTION CLAIMS HISTORY\n"
        "Member: LEE, MAI DOB 03/23/1988 Run 04/30/2026\nFill date 01/02/2026 topiramate\n",
        "2026-04-30",
    ),
    ("## Medication list\nRoe, Luz · DOB 02/19/1990 · reconciled by PharmD J. Ott 05/04/2026\n", "2026-05-04"),
    (
        "[scanned to chart 01/08/2026]\n"
        "NOTICE OF APPROVAL      January 6, 2026\nMember: Al Roque   DOB 08/08/1980\n",
        "2026-01-06",
    ),
    (
        "PHONE NOTE | Bay Clinic | 10/07/2025\n"
        "Patient: Ida Roe, DOB 3/3/58\nCalls 9 days after Botox (9/28/25).\n",
        "2025-10-07",
    ),
    ("Clinic letter\nRoe, Luz DOB 02/19/1990 last seen 05/04/2025\nShe is well.\n", None),
    ("FAX 02/03/2026 page 1 of 3\nClinic letter\nRoe, Luz DOB 02/19/1990\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "day"), DAYS, ids=lambda value: str(value)[:30])
def test_the_day_stands_beside_the_birth_date_of_a_head(head, day):
    assert read(head)[0].date == day


FORM = (
    "PRIOR AUTHORIZATION REQUEST FORM\nPlease complete.\nMember: Simon Hart   DOB 10/19/1982\n"
    "Class                Drug / dose              Dates                 Result\n"
    "☒ Anticonvulsant     topiramate 100 mg/day    01/2025 - 04/2025     ☐ ineffective ☒ not tolerated: numb\n"
    "                                                                    fingers\n"
    "☒ Beta blocker       atenolol 50 mg           05/2025 - 08/2025     ☒ ineffective ☐ not tolerated\n"
    "☐ Antidepressant\n"
    "☒ CGRP               Nurtec 75 mg             09/2025 - 12/2025     ☒ ineffective ☐ not tolerated\n"
)


def trials(content: str) -> dict[str, str]:
    return {f.drug or "": f.outcome.value for f in read(content)[1] if f.kind.value == "drug_trial" and f.outcome}


def test_a_wrapped_cell_and_an_empty_choice_do_not_end_a_table():
    assert trials(FORM) == {"topiramate": "intolerance", "atenolol": "failure", "rimegepant": "failure"}


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("Tried: atenolol 50 mg 5/2025-8/2025 [x] ineffective [ ] not tolerated", "failure"),
        ("Tried: atenolol 50 mg 5/2025-8/2025 [ ] ineffective [x] not tolerated", "intolerance"),
        ("Tried: atenolol 50 mg 5/2025-8/2025 ☒ no benefit ☐ side effects ☐ contraindicated", "failure"),
        ("Tried: atenolol 50 mg 5/2025-8/2025 [ ] ineffective [ ] not tolerated", "unknown"),
    ],
)
def test_what_stands_beside_an_empty_box_became_of_nothing(line, outcome):
    found = read(f"Neurology progress note\nPatient: Ida Roe\nDate: 03/01/2026\n\n{line}\n")[1]
    assert {f.outcome.value for f in found if f.drug == "atenolol" and f.outcome and f.context is None} <= {outcome}


def test_an_eye_is_a_side_of_an_injection():
    found = read(
        "Oculoplastic Surgery - Injection Visit\nLEE, Mai | 71 F | DOB 1/30/1955 | 4/2/26 | Surgeon: Al Pike MD\n"
        "Blepharospasm (G24.5). Procedure: Botox by needle. Lot C1.\n"
        "Site                     OD (U)    OS (U)\nmedial pretarsal         2.5       2.5\n"
        "lateral canthus          5         5\ncorrugator               5         5\n"
        "Total                    12.5      12.5\n"
    )[1]
    assert [(f.units, f.date) for f in found if f.kind.value == "procedure" and f.site is None] == [
        (25.0, "2026-04-02")
    ]


def test_titles_over_lists_of_medicines_say_whether_they_are_of_now():
    note = "Neurology progress note\nPatient: Ida Roe\nDate: 03/01/2026\n\nHPI: seen.\n\n"
    table = "| Medication | Dose |\n|---|---|\n| verapamil | 120 mg daily |\n"
    kinds = [
        {f.kind.value for f in read(note + title + table)[1] if f.drug == "verapamil" and f.context is None}
        for title in ("Current medications\n\n", "Discontinued medications\n\n", "Family history\n\n")
    ]
    assert kinds == [{"current_drug"}, {"drug_trial"}, set()]


def test_the_size_of_a_vial_is_no_dose():
    found = read(
        "BOTOX TREATMENT RECORD\nPt Name: Al Roe   DOB: 10/02/1979   Date: 02/17/26\n"
        "Indication: chronic migraine    Product: BOTOX 200U  Lot C1  Exp 9/27\nSigned by: Noor Had, MD 2/17/26\n"
    )[1]
    assert [f for f in found if f.kind.value == "procedure"] == []


SPOKEN_OF = [
    "Botox 155 units considered on 03/02/2026 but she declined.",
    "Botox 155 units recommended by Dr. Roe 03/02/2026.",
    "Told of Botox 155 units on 03/02/2026; wants to wait.",
    "Appeal for Botox 155 units sent 03/02/2026.",
    "Consent for Botox 155 units signed 03/02/2026.",
    "Insurance stopped Botox 155 units 03/02/2026.",
    "Botox 200 units and MRI brain of 03/02/2026 were talked over.",
    "Botox injections of 03/02/2026 were called off.",
    "Botox 155 units 03/02/2026, rescheduled.",
]
GIVEN = [
    "Botox 155 U 03/02/2026.",
    "Hx: received Botox 155 units on 03/02/2026, tolerated well.",
    "Prior Botox 03/02/2026, 155 U.",
]


def injections(sentence: str) -> list[str | None]:
    note = f"OFFICE VISIT\nPatient: Ann Roe   DOB 01/01/1980\nDate: 05/10/2026\n\nHPI: {sentence}\n"
    return [f.date for f in read(note)[1] if f.kind.value == "procedure" and f.context is None]


@pytest.mark.parametrize("sentence", SPOKEN_OF)
def test_a_toxin_with_units_and_a_day_that_was_only_spoken_of_is_no_injection(sentence):
    assert injections(sentence) == []


@pytest.mark.parametrize("sentence", GIVEN)
def test_a_toxin_its_units_and_an_earlier_day_by_themselves_are_one(sentence):
    assert injections(sentence) == ["2026-03-02"]
