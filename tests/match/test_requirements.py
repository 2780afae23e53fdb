"""Reasons and requests become requirements, each once, none ever met without proof."""

import pytest

from pipeline.match import requirements_of
from pipeline.values.letter import Letter
from pipeline.values.task import Requirement, Status
from pipeline.values.vocabulary import Category
from tests.plan.letters import KNOWLEDGE, a_letter, citation, reason, request


def required(*letters: Letter) -> tuple[Requirement, ...]:
    return requirements_of(letters, knowledge=KNOWLEDGE)


@pytest.mark.parametrize("category", [c.value for c in Category if c is not Category.NOT_A_DENIAL])
def test_every_reason_says_what_is_missing_and_who_has_it(category: str) -> None:
    found = required(a_letter(reasons=(category,)))
    assert found[0].criterion_id == f"reason.{category}"
    for requirement in found:
        assert requirement.status is Status.UNKNOWN
        assert "No patient folder is linked" in requirement.why
        assert requirement.evidence == ()
        assert requirement.missing is not None
        assert requirement.missing.where_to_find
        assert requirement.missing.turnaround_days >= 0


def test_what_is_no_denial_asks_for_nothing() -> None:
    assert required(a_letter(reasons=("not_a_denial",))) == ()


def test_a_request_with_a_criterion_keeps_it_and_one_without_is_named_by_its_evidence() -> None:
    letter = a_letter(
        reasons=("criteria_not_met",),
        requested_evidence=(request("ev.headache_diary", "cm.hdays"), request("ev.labs")),
    )
    by_id = {r.criterion_id: r for r in required(letter)}
    assert by_id["cm.hdays"].missing.evidence_type == "ev.headache_diary"
    assert by_id["request.ev.labs"].why.startswith("The letter asks for it.")


def test_the_same_evidence_is_asked_for_once() -> None:
    letter = a_letter(
        reasons=("medical_necessity", "experimental"),
        requested_evidence=(request("ev.visit_note"), request("ev.lmn"), request("ev.lmn")),
    )
    found = required(letter)
    types = [r.missing.evidence_type for r in found if r.missing is not None]
    assert sorted(types) == sorted(set(types))
    asked = next(r for r in found if r.missing is not None and r.missing.evidence_type == "ev.visit_note")
    assert asked.criterion_id == "reason.medical_necessity"
    assert asked.why.startswith("The letter asks for it.")


@pytest.mark.parametrize(
    ("diagnosis", "category", "subcategory", "criterion"),
    [
        ("G43.709", "step_therapy", None, "cm.trial"),
        ("G43.709", "continuation_no_benefit", None, "cm.cont"),
        ("G43.709", "quantity_limit", "too_soon", "cm.interval"),
        ("G43.709", "quantity_limit", "over_units", "cm.cap"),
        ("G24.3", "nonpreferred_product", None, "cd.step"),
        ("L74.510", "step_therapy", None, "hh.topical"),
        ("N32.81", "step_therapy", None, "oab.trial"),
        ("G80.1", "continuation_no_benefit", None, "sp.repeat"),
        ("G43.709", "medical_necessity", None, "reason.medical_necessity"),
        ("M54.5", "step_therapy", None, "reason.step_therapy"),
    ],
)
def test_drug_and_illness_name_the_criterion(
    diagnosis: str, category: str, subcategory: str | None, criterion: str
) -> None:
    letter = a_letter(
        denial_reasons=(reason(category, subcategory=subcategory),),
        diagnosis_codes=(diagnosis,),
        procedure_codes=("J0585",),
    )
    assert required(letter)[0].criterion_id == criterion


def test_an_illness_without_the_drug_or_two_illnesses_decide_nothing() -> None:
    no_drug = a_letter(reasons=("step_therapy",), diagnosis_codes=("G43.709",))
    two = a_letter(reasons=("step_therapy",), diagnosis_codes=("G43.709", "G24.3"), procedure_codes=("J0585",))
    assert required(no_drug)[0].criterion_id == "reason.step_therapy"
    assert required(two)[0].criterion_id == "reason.step_therapy"


def test_a_diary_is_asked_for_migraine_and_not_for_a_knee() -> None:
    migraine = required(a_letter(diagnosis_codes=("G43.709",), procedure_codes=("J0585",)))
    knee = required(a_letter(diagnosis_codes=("M17.11",)))
    assert "ev.headache_diary" in {r.missing.evidence_type for r in migraine if r.missing}
    assert "ev.headache_diary" not in {r.missing.evidence_type for r in knee if r.missing}


def test_the_source_is_the_letters_own_policy_and_not_called_verified() -> None:
    rights = citation("federal_regulation", "29 CFR 2560.503-1", role="rights")
    letter = a_letter(policy_citations=(rights, citation("payer_policy", "2026D0017", edition="AN")))
    source = required(letter)[0].source
    assert (source.payer, source.policy, source.edition) == ("Example Health Plan", "2026D0017", "AN")
    assert source.verified is False
    assert required(a_letter(policy_citations=(rights,)))[0].source.policy is None


def test_a_refused_renewal_is_about_continuation() -> None:
    assert {r.phase for r in required(a_letter(reasons=("continuation_no_benefit",)))} == {"continuation"}


def test_whatever_a_letter_can_ask_for_is_known() -> None:
    known = {kind.id for kind in KNOWLEDGE.evidence}
    assert {phrases.evidence for phrases in KNOWLEDGE.requests} <= known
    assert {"ev.wol", "ev.member_consent", "ev.abn", "ev.claim_copy", "ev.sp_dispense", "ev.proof_sent"} <= known
