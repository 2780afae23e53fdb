"""Which action answers which reason, before and after the service, and what codes change."""

from typing import Any

import pytest

from pipeline.values.letter import ReviewNote
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.task import Action, TaskState
from pipeline.values.vocabulary import Category
from tests.plan.letters import KNOWLEDGE, a_letter, carc, clock, contact, reason, request, the_task

PRE: dict[str, Any] = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-77"}
ROUTES = {
    # category: (before the service, after it)
    "medical_necessity": ("appeal", "appeal"),
    "criteria_not_met": ("appeal", "appeal"),
    "step_therapy": ("step_exception", "appeal"),
    "nonpreferred_product": ("step_exception", "appeal"),
    "insufficient_documentation": ("resubmit_with_records", "resubmit_with_records"),
    "no_prior_auth": ("resubmit_with_records", "retro_authorization"),
    "auth_mismatch": ("amend_authorization", "amend_authorization"),
    "experimental": ("appeal", "appeal"),
    "off_label_dx": ("appeal", "appeal"),
    "excluded_benefit": ("appeal", "appeal"),
    "cosmetic": ("appeal", "appeal"),
    "quantity_limit": ("appeal", "appeal"),
    "benefit_maximum": ("appeal", "appeal"),
    "coding_mismatch": ("resubmit_with_records", "corrected_claim"),
    "coding_modifier_ndc_units": ("resubmit_with_records", "corrected_claim"),
    "bundling": ("appeal", "appeal"),
    "duplicate": ("resubmit_with_records", "corrected_claim"),
    "timely_filing": ("appeal", "appeal"),
    "appeal_untimely": ("appeal", "appeal"),
    "eligibility": ("verify_eligibility", "verify_eligibility"),
    "cob_other_payer": ("bill_other_payer", "bill_other_payer"),
    "network_referral": ("appeal", "appeal"),
    "provider_eligibility": ("resubmit_with_records", "corrected_claim"),
    "site_or_source_of_drug": ("appeal", "appeal"),
    "level_of_care": ("appeal", "appeal"),
    "continuation_no_benefit": ("appeal", "appeal"),
    "concurrent_therapy": ("appeal", "appeal"),
    "standing_defect": ("obtain_standing", "obtain_standing"),
    "admin_missing_claim_data": ("resubmit_with_records", "corrected_claim"),
    "not_a_denial": ("none", "none"),
}


def test_every_category_has_a_route() -> None:
    assert set(ROUTES) == {category.value for category in Category}


@pytest.mark.parametrize("category", ROUTES)
def test_each_reason_alone(category: str) -> None:
    before, after = ROUTES[category]
    assert the_task(a_letter(reasons=(category,), **PRE)).action == before
    assert the_task(a_letter(reasons=(category,))).action == after


@pytest.mark.parametrize(
    ("reasons", "first", "later"),
    [
        (("medical_necessity", "coding_mismatch"), "corrected_claim", "Appeal with the records"),
        (("no_prior_auth", "eligibility"), "verify_eligibility", "retroactive"),
        (("insufficient_documentation", "medical_necessity"), "appeal", None),
        (("bundling", "duplicate"), "corrected_claim", "bundling edit"),
        (("not_a_denial", "timely_filing"), "appeal", None),
    ],
)
def test_several_reasons_give_steps_in_order(reasons: tuple[str, ...], first: str, later: str | None) -> None:
    task = the_task(a_letter(reasons=reasons))
    assert task.action == first
    orders = [step.do for step in task.steps]
    if later is not None:
        assert any(later in order for order in orders)
    # Records that go with an appeal are not sent apart.
    assert first != "appeal" or not any("Send the missing records" in order for order in orders)
    assert [step.order for step in task.steps] == list(range(1, len(task.steps) + 1))


@pytest.mark.parametrize("code", ["MA130", "N704"])
def test_an_unprocessable_claim_is_never_appealed(code: str) -> None:
    task = the_task(a_letter(reasons=("medical_necessity", "admin_missing_claim_data"), rarc=(code,)))
    assert task.action is Action.CORRECTED_CLAIM
    doing = [step.do.casefold() for step in task.steps if not step.do.startswith("Get ")]
    assert doing
    assert not any("appeal" in words for words in doing)


def test_a_code_without_appeal_beside_appeal_rights_is_a_conflict() -> None:
    letter = a_letter(reasons=("timely_filing",), rarc=("N211",), clocks=(clock("internal_appeal", 120),))
    task = the_task(letter)
    assert (task.action, task.state) == (Action.APPEAL, TaskState.NEEDS_REVIEW)
    assert "names appeal rights" in task.steps[0].do


def test_a_code_without_appeal_alone_leads_to_reopening_or_write_off() -> None:
    task = the_task(a_letter(reasons=("timely_filing",), rarc=("N211",)))
    assert task.action is Action.REOPENING
    assert any("write-off" in step.do for step in task.steps)


def test_codes_of_the_patients_share_are_no_denial() -> None:
    letter = a_letter(reasons=(), carc=(carc("1", "PR"), carc("45", "CO")))
    task = the_task(letter)
    assert (task.action, task.state) == (Action.BILL_PATIENT, TaskState.NEEDS_REVIEW)


def test_a_denial_without_a_reason_waits_for_a_person() -> None:
    task = the_task(a_letter(reasons=()))
    assert (task.action, task.state) == (Action.APPEAL, TaskState.NEEDS_REVIEW)


def test_medicare_reopens_clerical_errors_but_takes_a_new_claim_for_ma130() -> None:
    medicare = {"reasons": ("coding_mismatch",), "plan_type": "original_medicare"}
    assert the_task(a_letter(**medicare)).action is Action.REOPENING
    assert the_task(a_letter(**medicare, rarc=("MA130",))).action is Action.CORRECTED_CLAIM


def test_a_stated_dispute_path_is_taken_after_the_service() -> None:
    letter = a_letter(clocks=(clock("provider_dispute", 90, party="provider"),))
    assert the_task(letter).action is Action.PROVIDER_DISPUTE
    both = a_letter(clocks=(clock("provider_dispute", 90), clock("internal_appeal", 180)))
    assert the_task(both).action is Action.APPEAL


def test_a_talk_without_a_last_day_is_asked_for_at_once() -> None:
    letter = a_letter(**PRE, contacts=(contact("peer_to_peer", "phone", "8005550100"),))
    task = the_task(letter)
    assert task.action is Action.APPEAL
    step = next(step for step in task.steps if "peer-to-peer" in step.do)
    assert (step.by, step.contact) == ("2026-03-01", "8005550100")


@pytest.mark.parametrize("category", ["eligibility", "duplicate", "cob_other_payer"])
def test_nothing_to_talk_over_about_paperwork(category: str) -> None:
    letter = a_letter(reasons=(category,), clocks=(clock("peer_to_peer", 10), clock("internal_appeal", 90)))
    assert the_task(letter).action == ROUTES[category][1]


@pytest.mark.parametrize(
    ("track", "clocks", "action"),
    [
        ("commercial", (("second_level", 60),), "second_level_appeal"),
        ("commercial", (("external_review", 120),), "external_review"),
        ("medicaid", (), "fair_hearing"),
        ("marketplace", (), "external_review"),
        ("original_medicare", (), "second_level_appeal"),
    ],
)
def test_an_upheld_appeal_opens_the_next_level(track: str, clocks: tuple[tuple[str, int], ...], action: str) -> None:
    stated = tuple(clock(kind, amount) for kind, amount in clocks)
    task = the_task(a_letter(kind="appeal_upheld", plan_type=track, clocks=stated, **PRE))
    assert (task.action, task.level) == (action, 2)


def test_a_dismissal_for_want_of_a_form_gets_the_form() -> None:
    letter = a_letter(kind="dismissal", reasons=("standing_defect",), requested_evidence=(request("ev.wol"),))
    task = the_task(letter)
    assert task.action is Action.OBTAIN_STANDING
    assert [paper.needs for paper in task.standing] == ["a waiver of liability signed by us, which the letter asks for"]
    assert task.state is TaskState.NEEDS_EVIDENCE


def test_medicaid_needs_the_members_consent_and_medicare_physicians_do_not() -> None:
    medicaid = the_task(a_letter(**PRE, plan_type="medicaid"))
    assert (medicaid.filer, len(medicaid.standing)) == ("member", 1)
    advantage = the_task(a_letter(**PRE, plan_type="medicare_advantage"))
    assert (advantage.filer, advantage.standing) == ("provider", ())


def test_a_provider_without_a_contract_waives_in_medicare_advantage() -> None:
    terms = ContractTerms(payer="Example Health Plan", participating=False, expected_allowed={})
    task = the_task(a_letter(plan_type="medicare_advantage"), practice=Practice(contracts=(terms,)))
    assert "waiver of liability" in task.standing[0].needs


def test_a_member_services_phone_is_never_where_an_appeal_goes() -> None:
    letter = a_letter(
        contacts=(
            contact("member_services", "fax", "8005550111"),
            contact("member_services", "phone", "8005550112"),
            contact("appeal", "mail", "PO Box 1, Anytown"),
        )
    )
    numbers = {step.contact for step in the_task(letter).steps}
    assert numbers == {None, "PO Box 1, Anytown"}


def test_a_members_appeal_fax_is_not_a_providers() -> None:
    letter = a_letter(contacts=(contact("appeal", "fax", "8005550111", party="member"),))
    assert {step.contact for step in the_task(letter).steps} == {None}


def test_two_appeal_faxes_are_none() -> None:
    letter = a_letter(contacts=(contact("appeal", "fax", "8005550111"), contact("appeal", "fax", "8005550112")))
    assert {step.contact for step in the_task(letter).steps} == {None}


def test_steps_lie_between_today_and_the_deadline() -> None:
    letter = a_letter(
        reasons=("medical_necessity", "step_therapy"),
        clocks=(clock("internal_appeal", 20),),
        contacts=(contact("appeal", "mail", "PO Box 1, Anytown"),),
    )
    task = the_task(letter)
    days = [step.by for step in task.steps if step.by is not None]
    assert days
    assert all("2026-03-01" <= day <= (task.due or "") for day in days)
    send = next(step for step in task.steps if step.contact is not None)
    assert send.by is not None
    assert send.by <= "2026-03-13"  # seven days in the mail before 2026-03-21, and no weekend
    assert task.next_touch_on == min(days)


@pytest.mark.parametrize(
    ("more", "hold"),
    [
        ({"carc": (carc("50", "CO"),)}, True),
        ({"carc": (carc("96", "PR"),)}, False),
        ({"carc": (carc("96", "PR"),), "rarc": ("MA13",)}, True),
        ({}, True),
        ({"service_timing": "pre_service"}, False),
    ],
)
def test_the_patients_bill_is_held(more: dict[str, Any], hold: bool) -> None:
    assert the_task(a_letter(**more)).patient_billing_hold is hold


def test_money_and_what_it_rests_on() -> None:
    assert the_task(a_letter(billed_amount="1284.00")).amount_basis == "billed"
    task = the_task(a_letter(billed_amount="1284.00", denied_amount="900.5"))
    assert (task.amount_at_risk, task.amount_basis) == ("900.50", "denied")
    assert the_task(a_letter()).amount_at_risk is None


def test_priority_says_why_and_rises_with_the_day_and_the_money() -> None:
    near = the_task(a_letter(clocks=(clock("internal_appeal", 5),), billed_amount="25000.00"))
    far = the_task(a_letter(clocks=(clock("internal_appeal", 180),), billed_amount="100.00"))
    assert 0 <= far.priority < near.priority <= 100
    assert "due in 5 days" in near.priority_why
    assert "$25,000.00 billed" in near.priority_why


def test_a_doubt_about_whose_letter_it_is_waits_for_a_person() -> None:
    doubtful = a_letter(needs_review=(ReviewNote(field="member_id", why="two ids"),))
    assert the_task(doubtful).state is TaskState.NEEDS_REVIEW
    harmless = a_letter(needs_review=(ReviewNote(field="service_description", why="long"),))
    assert the_task(harmless).state is TaskState.NEEDS_EVIDENCE


def test_a_letter_for_someone_elses_patient_goes_back() -> None:
    assert the_task(a_letter(subtype="misdirected")).action is Action.RETURN_MISDIRECTED


def test_every_remedy_names_evidence_that_exists() -> None:
    known = {kind.id for kind in KNOWLEDGE.evidence}
    for remedy in KNOWLEDGE.routes.remedies:
        assert {need.type for need in remedy.evidence} <= known
        assert remedy.evidence or remedy.category is Category.NOT_A_DENIAL


def test_reasons_of_two_letters_of_a_level_are_joined() -> None:
    remittance = a_letter("a-1", kind="remittance", reasons=("coding_mismatch",))
    letter = a_letter("b-1", reasons=("medical_necessity",), letter_date="2026-03-02")
    task = the_task(letter, remittance)
    assert [found.category.value for found in task.denial_reasons] == ["medical_necessity", "coding_mismatch"]
    assert task.letter_id == "b-1"
    assert task.denial_reasons[0] == reason("medical_necessity")


def test_before_the_service_no_claim_is_corrected_after_an_appeal() -> None:
    before = the_task(a_letter(**PRE, reasons=("quantity_limit",)))
    after = the_task(a_letter(reasons=("quantity_limit",)))
    assert not any("corrected claim" in step.do for step in before.steps)
    assert any("corrected claim" in step.do or after.action is Action.CORRECTED_CLAIM for step in after.steps)
