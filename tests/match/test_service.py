"""Units, waste, vials, authorization, codes and package of a treatment that was given and billed."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.knowledge.policies import Diagnoses
from pipeline.knowledge.service_rules import load_service_rules
from pipeline.match.filed import filed
from pipeline.match.proofs import Case
from pipeline.match.service import eleven_digits, service_requirements
from pipeline.values.chart import Chart, ChartDocument, Fact, FactKind
from pipeline.values.letter import ClaimEntry, Finding, ServiceLine
from tests.plan.letters import KNOWLEDGE, a_letter

DAY = date(2026, 5, 4)
NOTE = ChartDocument(
    file_name="p.txt",
    evidence_type="ev.procedure_note",
    date="2026-05-04",
    pages=(1,),
    signed=True,
    patient_matches=True,
)


def said(value):
    return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="test", sure=True)


def line(code="J0585", units="155", *modifiers, ndc=None):
    return ServiceLine(code=code, units=units, modifiers=modifiers, ndc=ndc, page=1)


def statuses(*lines, units=155.0, wasted=45.0, ndc=None, authorized=None, diagnosis="G43.709", period=None):
    facts = [
        Fact(kind=FactKind.PROCEDURE, drug="onabotulinumtoxinA", drug_class="botulinum_toxin", units=units,
             wasted=wasted, number=ndc, date="2026-05-04", recorded="2026-05-04", file_name="p.txt",
             page=1, text="155 U", confidence=0.9)
    ]  # fmt: skip
    if authorized:
        start, end = period or ("2026-01-01", "2026-12-31")
        facts.append(
            Fact(kind=FactKind.AUTHORIZATION, number="A1", units=authorized, from_=start, to=end, date="2026-01-01",
                 recorded="2026-01-01", file_name="p.txt", page=1, text="A1", confidence=0.9)
        )  # fmt: skip
    chart = Chart(documents=(NOTE,), facts=tuple(facts))
    case = Case(filed=filed(chart, KNOWLEDGE.evidence), day=DAY, given=True, indication="migraine")
    letter = replace(
        a_letter(),
        procedure_codes=(said("J0585"), said("64615")),
        diagnosis_codes=(said(diagnosis),),
        claims=(ClaimEntry(lines=lines),),
    )
    diagnoses = Diagnoses(covered=("G43.70", "G43.71"), not_covered=("G43.1",))
    found = service_requirements(letter, case, rules=load_service_rules(), diagnoses=diagnoses)
    return {r.criterion_id.removeprefix("svc."): r.status.value for r in found}


GOOD = (line(), line("J0585", "45", "JW"), line("64615", "1"))


@pytest.mark.parametrize(
    ("lines", "changed", "criterion", "status"),
    [
        (GOOD, {}, "vials", "met"),
        (GOOD, {"wasted": 40.0}, "vials", "not_met"),
        (GOOD, {"wasted": None}, "vials", "unknown"),
        (GOOD, {"units": 200.0, "wasted": None}, "vials", "met"),
        (GOOD, {}, "units", "met"),
        ((line("J0585", "200", "JZ"),), {}, "units", "not_met"),
        (GOOD, {}, "jw_jz", "met"),
        ((line("J0585", "155", "JZ"), line("J0585", "45", "JW")), {}, "jw_jz", "not_met"),
        ((line(),), {}, "jw_jz", "unknown"),
        (GOOD, {"authorized": 200.0}, "authorized", "met"),
        (GOOD, {"authorized": 155.0}, "authorized", "not_met"),  # the waste is not covered
        (GOOD, {"authorized": 200.0, "period": ("2025-01-01", "2025-12-31")}, "authorized", "not_met"),
        (GOOD, {}, "pairs", "met"),
        ((*GOOD, line("64616", "1")), {}, "pairs", "not_met"),
        ((*GOOD, line("64615", "1")), {}, "pairs", "not_met"),
        (GOOD, {"ndc": "0023-3921-02"}, "ndc", "met"),
        (GOOD, {"ndc": "0023-9232-01"}, "ndc", "not_met"),  # a cosmetic package
        (GOOD, {"ndc": "55555-1234-01"}, "ndc", "unknown"),
        (GOOD, {}, "diagnosis", "met"),
        (GOOD, {"diagnosis": "G43.109"}, "diagnosis", "not_met"),
        (GOOD, {"diagnosis": "M54.2"}, "diagnosis", "unknown"),
    ],
)
def test_the_arithmetic_of_a_treatment(lines, changed, criterion, status):
    assert statuses(*lines, **changed)[criterion] == status


def test_package_codes_of_ten_digits_get_their_zero():
    assert eleven_digits("0023-1145-01") == eleven_digits("00023114501") == "00023-1145"
