"""Documents whose title names no kind: told by the parts of a note, by their addressee, or by usual headings."""

import pytest

from tests.charts.test_layouts import read

NOTES = [
    (
        "SPINE & SPASTICITY CLINIC   3/4/2026\nOla Pike, 51 F\nL arm stiff since stroke 2023 (I69.354). MAS 3 elbow.\n"
        "Baclofen 20 mg TID made her sleepy.\nPlan: Botox 200 U.\nJ. Reed MD, PM&R\n",
        "ev.visit_note",
    ),
    (
        "NORTH BAY SKIN   5.6.26\nEzra Lund 29M\nUnderarms drip daily, HDSS 4, L74.510.\nDrysol 3 mo - rash.\n"
        "Request Botox 100 U.\nA. Quill, PA-C\n",
        "ev.visit_note",
    ),
    (
        "Tele check-in 02/03/2026\nPt: Nan Osei, 38 F\nHA 19 d/mo. On topiramate 50 BID.\nA/P: G43.709, continue.\n"
        "- R. Vale, FNP-C\n",
        "ev.visit_note",
    ),
    (
        "**Bladder clinic** 4/9/2026\n*Iva Roe, 63 y*\n- N32.81, 5 leaks a day\n- oxybutynin: dry mouth, stopped\n"
        "Plan: cysto\n-- Dr. K. Amos (urology)\n",
        "ev.visit_note",
    ),
    (
        "Movement Centre  1/12/2026\nGus Hale, 70 M\nG24.3, neck pulls right. TWSTRS 41. Clonazepam no help.\n"
        "Next: request toxin.\nP. Stone DO, Neurology\n",
        "ev.visit_note",
    ),
    (
        "Harbor Rehab  3/1/2026\nPatient: Al Gray, 44\nM54.16. Pain 7/10. Ibuprofen 600 current.\nContinue 2x a week.\n"
        "B. Marsh, PT, DPT\n",
        "ev.pt_ot",
    ),
    ("April 2, 2026\nLake Mutual, Appeals Unit\nRe: Ida Roe\n"
     "I have treated Ms. Roe since 2023.\nSincerely,\nAl Ott, MD\n", "ev.lmn"),
    ("REFERRAL   04/02/2026\nTO: Bay Neurology\nFROM: Elm Family Practice\nPT: Ida Roe\n"
     "REASON: headaches, eval\n", "ev.referral"),
    ("ELECTRODIAGNOSTIC STUDY  4/2/26\nIda Roe\nmotor dist latency 5.1\nNeedle: normal\n", "ev.emg"),
    ("BAY REFERENCE LAB  REPORT\nRoe, Ida  Collected 02/03/2026\nTest  Result  Flag\nALT   31\n", "ev.labs"),
    ("INFUSION RECORD\nPt Ida Roe  DATE 02/03/2026\n0910 infliximab 300 mg IV. Lot 44A. Vials 3.\n", "ev.mar"),
    ("STEP THERAPY WORKSHEET\nIda Roe\ntolterodine 4 mg, 6/2025 to 9/2025, failed\n", "ev.failed_trial"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind"), NOTES, ids=lambda value: str(value)[:24])
def test_a_document_without_a_title_is_known_by_its_parts(content, kind):
    assert read(content)[0].evidence_type == kind


NO_NOTES = [
    "Dear Ms. Roe,\nYou are 51 years old and due for a visit. Bring your topiramate.\n"
    "Plan to arrive early.\nAl Ott, MD\n",
    "APPOINTMENT REMINDER 3/4/2026\nIda Roe, see Al Ott, MD on 4/4/2026.\n",
    "Clinic price list\nBotox 200 U, topiramate, office visit. Al Ott, MD, medical director\n",
    "Ida Roe, 51 F\nG43.709, topiramate 50 mg daily.\nPlan: Botox.\nlisted by J. Poe, CPhT\n",
    "Inventory 3/4/2026\nBotox 100 U x 4\nXeomin 50 U x 2\ncounted by R. Vale RN\n",
]


@pytest.mark.parametrize("content", NO_NOTES, ids=lambda value: value[:24])
def test_what_no_clinician_wrote_of_a_patient_is_no_note(content):
    assert read(content)[0].evidence_type not in {"ev.visit_note", "ev.pt_ot"}


def test_a_row_of_a_part_gives_no_score_of_the_whole_scale():
    found = read(
        "Progress note\nDate: 02/19/2026\nScale   Before treatment (08/2025)   Today\n"
        "TWSTRS total   46   20\nTWSTRS pain   12   5\n"
    )[1]
    scores = {(f.name, f.value) for f in found if f.kind == "score" and f.context is None}
    assert scores == {("TWSTRS", 20.0), ("TWSTRS pain", 5.0)}


def test_scales_in_percent_and_by_side_stand_in_columns():
    found = read("PT re-eval\nMeasure   02/09/2026   03/23/2026\nOswestry   52%   46%\nGrip   20%   40%\n")[1]
    assert {(f.value, f.date) for f in found if f.name == "ODI"} == {(52.0, "2026-02-09"), (46.0, "2026-03-23")}
    found = read(
        "# PM&R note\n\n| Muscle | MAS R | MAS L |\n|---|---|---|\n| Elbow flexors | 3 | 0 |\n"
        "| Wrist flexors | 2 | 1+ |\n"
    )[1]
    assert sorted(f.value for f in found if f.name == "MAS" and f.value is not None) == [0, 1.5, 2, 3]
