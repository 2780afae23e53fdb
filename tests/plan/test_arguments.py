"""What one argument can serve, and what is decided apart: small amounts, the patient's bill."""

from datetime import date

from pipeline.cli.queue import chosen
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.task import TaskState
from tests.plan.letters import a_letter, carc, citation, clock, the_task

POLICY = citation("payer_policy", "CPB 0113")


def test_the_same_payer_reason_and_clause_are_one_argument() -> None:
    one = the_task(a_letter("a-1", policy_citations=(POLICY,)))
    other = the_task(a_letter("b-1", claim_number="CLM-0002", member_id="W2", policy_citations=(POLICY,)))
    assert one.argument == other.argument == "Example Health Plan: medical necessity, CPB 0113, appeal"
    for different in ({"payer": "Another Payer"}, {"reasons": ("experimental",)}, {"policy_citations": ()}):
        assert the_task(a_letter("c-1", **{"policy_citations": (POLICY,)} | different)).argument != one.argument
    assert the_task(a_letter(payer=None)).argument is None


def test_an_amount_below_our_limit_is_a_decision_of_its_own() -> None:
    terms = ContractTerms(payer="Example Health Plan", write_off_below="25.00", expected_allowed={})
    small, large = a_letter(denied_amount="12.00"), a_letter(denied_amount="1200.00")
    practice = Practice(contracts=(terms,))
    assert any("write-off limit of $25.00" in step.do for step in the_task(small, practice=practice).steps)
    assert not any("write-off limit" in step.do for step in the_task(large, practice=practice).steps)
    assert not any("write-off limit" in step.do for step in the_task(small).steps)


def test_a_payers_write_off_that_bills_the_patient_holds_the_bill() -> None:
    odd = a_letter(carc=(carc("50", "CO"),), patient_responsibility="310.00")
    task = the_task(odd)
    assert (task.patient_billing_hold, task.state) == (True, TaskState.NEEDS_REVIEW)
    assert "bill nobody yet" in task.steps[0].do
    assert the_task(a_letter(carc=(carc("50", "CO"),))).state is not TaskState.NEEDS_REVIEW


def test_a_payer_that_wants_it_one_way_is_told() -> None:
    assert any("portal, not by fax" in step.do for step in the_task(a_letter(payer="UnitedHealthcare")).steps)
    old = a_letter(payer="UnitedHealthcare", letter_date="2022-06-01")
    assert not any("portal, not by fax" in step.do for step in the_task(old, received=date(2022, 6, 4)).steps)


def test_what_a_medicare_advantage_plan_upholds_goes_on_by_itself() -> None:
    before = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-1"}
    task = the_task(a_letter(kind="appeal_upheld", plan_type="medicare_advantage", **before))
    assert any("independent reviewer" in step.do for step in task.steps)


def test_medicare_is_asked_for_a_reopening_in_its_own_words() -> None:
    task = the_task(a_letter(reasons=("coding_mismatch",), plan_type="original_medicare"))
    assert any("takes no corrected claim" in step.do for step in task.steps)
    assert not any("send a corrected claim" in step.do for step in task.steps)


def test_the_queue_is_cut_to_what_is_asked_for() -> None:
    today = date(2026, 3, 5)
    soon = the_task(a_letter("a-1", clocks=(clock("internal_appeal", 10),)), today=today)
    late = the_task(a_letter("b-1", claim_number="CLM-2", clocks=(clock("internal_appeal", 180),)), today=today)
    queue = (soon, late)
    nothing = {"due_within": None, "payer": None, "state": None, "case": None}
    assert chosen(queue, today=today, **nothing) == queue
    assert chosen(queue, today=today, **nothing | {"due_within": 7}) == (soon,)
    assert chosen(queue, today=date(2026, 5, 1), **nothing | {"due_within": 0}) == (soon,)  # overdue
    assert chosen(queue, today=today, **nothing | {"payer": "example"}) == queue
    assert chosen(queue, today=today, **nothing | {"payer": "aetna"}) == ()
    assert chosen(queue, today=today, **nothing | {"case": late.case_id}) == (late,)
    assert chosen(queue, today=today, **nothing | {"state": "closed"}) == ()
