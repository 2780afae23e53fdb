"""Policies and criteria hold together: every id is there, nothing acute counts, the general profile says what it is."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.knowledge.lint import complaints
from pipeline.knowledge.policies import Measure, Test, load_policies
from pipeline.match.policy import policy_of

KNOWN = load_policies()
CLASSES = {entry.id: entry for entry in load_clinical_knowledge().drugs}


def atoms(test: Test) -> list[Test]:
    inside = [atom for part in (*test.all, *test.any) for atom in atoms(part)]
    return inside or [test]


@pytest.mark.parametrize("criterion", KNOWN.criteria.values(), ids=lambda c: c.id)
def test_a_criterion_refers_to_what_is_known(criterion):
    evidence = {entry.id for entry in load_knowledge().evidence}
    assert set(criterion.evidence) <= evidence
    drugs = {drug for entry in CLASSES.values() for drug in entry.drugs}
    names = {e.id for e in load_clinical_knowledge().findings} | {e.id for e in load_clinical_knowledge().scales}
    for atom in atoms(criterion.test):
        assert set(atom.classes) <= set(CLASSES)
        assert not any(CLASSES[c].acute_only for c in atom.classes)
        assert set(atom.drugs) <= drugs
        if atom.measure in (Measure.FINDING, Measure.SCORE, Measure.ASSESSED):
            assert set(atom.names) <= names
    assert criterion.id.startswith(criterion.stem)


def test_every_indication_has_a_general_profile_and_it_is_marked():
    assert len([p for p in KNOWN.policies if p.general]) == 1
    assert "not this payer's own" in KNOWN.general.title
    assert {i for p in KNOWN.policies for i in p.criteria} <= set(KNOWN.general.criteria)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Aetna", "pol.aetna"),
        ("UnitedHealthcare Insurance Company", "pol.uhc"),
        ("Blue Cross NC", "pol.bcbsnc"),
        ("Health Net of California", "pol.centene"),
        ("Lanternhill Health Plan", None),
    ],
)
def test_a_payer_is_known_by_its_name(name, wanted):
    found = policy_of([name], known=KNOWN, day=date(2026, 11, 1))
    assert (found.id if found else None) == wanted


def test_a_local_policy_holds_by_the_day_of_service():
    old, new = (next(p for p in KNOWN.policies if p.id == i) for i in ("lcd.wps.old", "lcd.wps"))
    assert old.effective_to and new.effective_from
    assert old.effective_to < new.effective_from


def test_the_linter_has_no_complaint_and_finds_what_is_wrong():
    assert complaints(load_knowledge(), load_clinical_knowledge(), KNOWN) == ()
    aetna = next(policy for policy in KNOWN.policies if policy.id == "pol.aetna")
    wrong = aetna.model_copy(update={"payers": ("Aetna",), "drug": "nothing"})
    broken = replace(KNOWN, policies=(*KNOWN.policies, wrong))
    said = " ".join(complaints(load_knowledge(), load_clinical_knowledge(), broken))
    assert "small letters" in said
    assert "drug nothing" in said
    assert "on one day" in said
