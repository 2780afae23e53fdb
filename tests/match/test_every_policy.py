"""Every policy and illness: a chart that passes, one in which a criterion fails, one in which it is lacking."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from pipeline.chart import clinical
from pipeline.charts import ChartFile, read_chart
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.policies import Phase, Policy, load_policies
from pipeline.match.criteria import readiness
from pipeline.match.filed import filed
from pipeline.match.policy import policy_of
from pipeline.read.plain import plain_pages
from pipeline.values.chart import Chart, Patient
from pipeline.values.task import Requirement, Status

KNOWN = load_policies()
DAY = date(2026, 6, 1)
ANN = Patient(name="Ann B. Example", date_of_birth="1980-01-01")
TRIALS = (
    "Tried for migraine: topiramate 100 mg daily, 01/2024 to 05/2024, paresthesia; propranolol 120 mg daily, 06/2024 "
    "to 10/2024, no benefit; amitriptyline 50 mg nightly, 11/2024 to 03/2025, no benefit; Ajovy 225 mg monthly, "
    "04/2025 to 10/2025, no benefit, stopped."
)
# What a chart says of each criterion: shown, and failing where it can fail.
SAID = {
    "migraine": {
        "cm.dx": ("Chronic migraine, G43.709.", "Episodic migraine, G43.109."),
        "cm.hdays": ("19 headache days per month over the last 6 months.", "9 headache days per month."),
        "cm.hours": ("Attacks last 8 hours untreated.", "Attacks last 2 hours untreated."),
        "cm.mdays": ("12 migraine days per month.", "3 migraine days per month."),
        "cm.trial": (TRIALS, "Tried for migraine: topiramate 25 mg daily for 10 days, no benefit."),
        "cm.moh": ("No medication overuse.", None),
        "cm.combo.cgrp": ("Not taking a CGRP antagonist.", "Currently takes Qulipta 60 mg daily."),
        "cm.scale": ("HIT-6 66.", None),
        "cm.cap": ("Plan: Botox 155 units.", "Plan: Botox 450 units."),
        "cm.trained": ("The injector is PREEMPT-trained.", None),
    },
    "cervical_dystonia": {
        "cd.dx": ("Cervical dystonia, G24.3.", None),
        "cd.signs": ("Sustained head tilt, limited neck rotation, involuntary contractions of the neck muscles.", None),
        "cd.scale": ("TWSTRS 42.", None),
        "cd.step": ("Xeomin and Dysport failed for cervical dystonia.", None),
        "cd.cap": ("Plan: Botox 240 units.", "Plan: Botox 500 units."),
    },
    "spasticity": {
        "sp.dx": ("Spastic hemiplegia, G81.11.", None),
        "sp.cause": ("Stroke in 2023.", None),
        "sp.functional": ("Clenched fist interferes with hygiene.", None),
        "sp.mas": ("MAS 3 at the elbow.", "MAS 1 at the elbow."),
        "sp.conservative": ("Occupational therapy and splinting.", None),
        "sp.nocontracture": ("No fixed contracture.", "Fixed contracture of the elbow."),
        "sp.step": ("Dysport failed for spasticity.", None),
        "sp.cap": ("Plan: Botox 300 units.", "Plan: Botox 900 units."),
    },
    "hyperhidrosis": {
        "hh.dx": ("Primary axillary hyperhidrosis, L74.510.", None),
        "hh.focal6": ("Excessive underarm sweating for 5 years.", None),
        "hh.char": (
            "Bilateral and symmetric, interferes with daily activities, daily episodes of sweating, onset before "
            "age 25, no sweating during sleep.",
            None,
        ),
        "hh.hdss": ("HDSS 4.", "HDSS 2."),
        "hh.topical": (
            "Drysol for hyperhidrosis for 3 months, no benefit.",
            "Drysol for hyperhidrosis for 5 days, no benefit.",
        ),
        "hh.complication": ("Axillary maceration.", None),
        "hh.cap": ("Plan: Botox 100 units.", "Plan: Botox 300 units."),
    },
    "overactive_bladder": {
        "oab.sx": ("Urge incontinence, urinary urgency and urinary frequency.", None),
        "oab.trial": (
            "For overactive bladder oxybutynin, tolterodine and solifenacin failed. Mirabegron failed for OAB.",
            None,
        ),
        "oab.behav": ("Bladder training for 12 weeks.", None),
        "oab.uti": ("No urinary tract infection.", "Urinary tract infection found today."),
        "oab.retention": ("Post-void residual 30 mL.", "Post-void residual 400 mL."),
        "oab.cap": ("Plan: Botox 100 units.", "Plan: Botox 300 units."),
    },
    "neurogenic_bladder": {
        "ndo.cause": ("Multiple sclerosis since 2015.", None),
        "ndo.trial": ("Oxybutynin failed for neurogenic bladder.", None),
        "ndo.uds": ("Urodynamics showed detrusor overactivity.", None),
        "oab.uti": ("No urinary tract infection.", "Urinary tract infection found today."),
        "oab.retention": ("Able to self-catheterize.", None),
        "ndo.cap": ("Plan: Botox 200 units.", "Plan: Botox 400 units."),
    },
    "blepharospasm": {
        "bleph.dx": ("Blepharospasm, G24.5.", None),
        "bleph.cap": ("Plan: Botox 50 units.", "Plan: Botox 400 units."),
    },
    "migraine_cgrp": {
        "cg.dx": ("Episodic migraine, G43.109.", "Tension-type headache, G44.209."),
        "cg.mdays": ("6 migraine days per month.", None),
        "cg.trial": (TRIALS, None),
        "cg.combo": ("Not taking a gepant.", "Currently takes Qulipta 60 mg daily."),
    },
}  # fmt: skip


@cache
def chart_of(indication: str, changed: str = "", sentence: str | None = None) -> Chart:
    """The chart that says all, but for the criterion ``changed``, of which it says ``sentence`` or nothing."""
    said = [sentence if stem == changed else shown for stem, (shown, _) in SAID[indication].items()]
    text = "\n\n".join(
        ["NEUROLOGY CLINIC NOTE", "Patient: Ann B. Example   DOB: 01/01/1980\nDate: 05/02/2026", "HPI: seen today.",
         *(line for line in said if line), "Electronically signed by Paul Riverstone, MD on 05/02/2026"]
    )  # fmt: skip
    file = ChartFile(name="note.txt", data=text.encode())
    return read_chart([file], clinical=clinical(), reader=lambda data: plain_pages(data.decode()), patient=ANN)


def asked(policy: Policy, indication: str, chart: Chart) -> dict[str, Requirement]:
    found = readiness(
        filed(chart, load_knowledge().evidence), payer=policy.payers[0] if policy.payers else "x",
        indication=indication, phase=Phase.INITIAL,
        knowledge=load_knowledge(), policies=only(policy), as_of=DAY,
    )  # fmt: skip
    return {r.criterion_id: r for r in found}


def only(policy: Policy):
    """The knowledge with this policy alone, reached by a name, whatever its number or its years."""
    named = policy.model_copy(update={"payers": policy.payers or ("x",), "effective_from": None, "effective_to": None})
    return replace(
        KNOWN, policies=tuple(p for p in KNOWN.policies if p.general) + ((named,) if not policy.general else ())
    )


CASES = [
    (policy, indication)
    for policy in KNOWN.policies
    for indication in (
        policy.criteria or ({"migraine_cgrp": ()} if policy.drug == "cgrp_antibody" else {"migraine": ()})
    )
]


def ids(value):
    return value.id if isinstance(value, Policy) else value


@pytest.mark.slow
@pytest.mark.parametrize(("policy", "indication"), CASES, ids=ids)
def test_three_charts(policy, indication):
    passing = asked(policy, indication, chart_of(indication))
    assert {c: (r.status.value, r.why) for c, r in passing.items() if r.status is not Status.MET} == {}
    assert policy.general or policy.criteria.get(indication) == () or passing
    own = [c for c in SAID[indication] if c in passing]
    failing = next(c for c in own if SAID[indication][c][1] is not None)
    found = asked(policy, indication, chart_of(indication, failing, SAID[indication][failing][1]))
    assert found[failing].status is Status.NOT_MET, found[failing].why
    assert found[failing].missing is not None
    lacking = own[0]
    found = asked(policy, indication, chart_of(indication, lacking))
    assert found[lacking].status is Status.UNKNOWN, found[lacking].why


def test_no_policy_and_no_illness_of_one_is_left_out():
    """Three charts each: 84 pairs of a policy and an illness, of 54 policies, when this was written."""
    asked_of = {(policy.id, indication) for policy, indication in CASES}
    assert {policy for policy, _ in asked_of} == {policy.id for policy in KNOWN.policies}
    assert {i for p in KNOWN.policies for i in p.criteria} <= {i for _, i in asked_of} <= SAID.keys()
    assert len(asked_of) == len(CASES) >= 84


def test_a_policy_that_was_not_read_is_asked_as_the_general_profile_and_says_so():
    cigna = policy_of(["Cigna"], known=KNOWN, day=DAY)
    assert cigna is not None
    found = asked(cigna, "migraine", chart_of("migraine"))
    assert all("not this payer's own" in (r.source.policy or "") and not r.source.verified for r in found.values())
