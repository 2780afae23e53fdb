"""What each muscle got, in lists, sentences and tables; and what is no part of an injection."""

import pytest

from pipeline.match.filed import filed
from pipeline.values.chart import Chart, ChartDocument, FactKind
from tests.charts.test_clinical_sentences import facts


def parts(text: str) -> list[tuple[str, float | None]]:
    return [(f.site, f.units) for f in facts(text) if f.site is not None and f.context is None]


TOLD = [
    (
        "Botox placed into right masseter 25 units, left masseter 30 units, right temporalis 20 units.",
        [("right masseter", 25), ("left masseter", 30), ("right temporalis", 20)],
    ),
    (
        "Xeomin was given: 60 units into the left SCM, 40 units into the right splenius capitis.",
        [("left SCM", 60), ("right splenius capitis", 40)],
    ),
    ("Dysport today: R FCR 100 U, R FDS 150 U, R biceps 250 U.", [("R FCR", 100), ("R FDS", 150), ("R biceps", 250)]),
    ("Botox injected 12.5 U OD and 15 U OS.", [("right eye", 12.5), ("left eye", 15)]),
    ("Myobloc 1,500 units R parotid, 250 units R submandibular.", [("R parotid", 1500), ("R submandibular", 250)]),
    (
        "Procedure: Botox\n\nMuscle          Right    Left\n"
        "Masseter        25       20\nTemporalis      15       -\nTotal           40       20",
        [("left Masseter", 20), ("right Masseter", 25), ("right Temporalis", 15)],
    ),
    (
        "Procedure: Botox\n\n| Muscle | Units | # sites |\n|---|---|---|\n"
        "| soleus | 75 | 2 |\n| tibialis posterior | 75 | 3 |\n| Total | 150 | 5 |",
        [("soleus", 75), ("tibialis posterior", 75)],
    ),
    (
        "Botox given:\n\n                      OD      OS\nupper lid medial      2.5     5\nbrow (midline)        5\n",
        [("right upper lid medial", 2.5), ("left upper lid medial", 5), ("brow", 5)],
    ),
    (
        "Procedure: Botox\n\nR units (sites)    Muscle          L units (sites)\n"
        "10 (2)             frontalis       10 (2)\n"
        "                   procerus 5 (1)\n",
        [("left frontalis", 10), ("right frontalis", 10), ("procerus", 5)],
    ),
]
UNTOLD = [
    "Plan Botox: right masseter 25 units, left masseter 25 units.",
    "Botox next cycle: right SCM 50 units, left splenius 60 units.",
    "The label of Botox gives corrugator 10 units, procerus 5 units if used.",
    "Botox 100 units into the detrusor.",  # one target is the injection itself
    "On Botox. MAS: elbow flexors 2, finger flexors 3.",
    "On Botox.\n\nStrength      R      L\nDeltoid       5      4\nGrip          5      3",
    "On Botox. Grip right 20, left 30. Elbow extension 35 degrees.",
    "Right masseter 25 units, left masseter 25 units.",  # of what, nobody says
    "Botox was declined: right SCM 50 units, left SCM 50 units.",
    "Her mother gets Botox: right masseter 25 units, left masseter 25 units.",
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_each_muscle_has_its_units(text, wanted):
    assert parts(text) == wanted


@pytest.mark.parametrize("text", UNTOLD)
def test_what_no_muscle_got_is_no_part(text):
    assert parts(text) == []


def test_a_part_proves_nothing():
    documents_facts = facts("Botox given 05/02/2026: right masseter 25 units, left masseter 30 units, 55 units total.")
    chart = Chart(
        documents=(ChartDocument(file_name="note.txt", signed=True, date="2026-05-02"),), facts=documents_facts
    )
    weighed = filed(chart, ()).of([FactKind.PROCEDURE])
    assert {one.fact.units for one in weighed} & {25.0, 30.0} == set()
    assert {f.units for f in documents_facts if f.site} == {25.0, 30.0}
