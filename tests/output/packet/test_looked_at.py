"""What was wrong in letters that were looked at: who closes a gap, who is spoken to, whose a line of a claim is."""

from dataclasses import replace

import pytest

from pipeline.output.packet import unsupported
from pipeline.output.packet.draft import addressed
from pipeline.values.evidence import Proof, born_on
from pipeline.values.letter import ClaimEntry, ServiceLine
from pipeline.values.packet import Draft, Matter
from pipeline.values.task import Action, Missing, Owner, Requirement, RequirementSource, Standing, Status
from pipeline.values.vocabulary import Category
from tests.output.packet.cases import LETTERS, PRACTICE, draft_of, drawn, for_action, words_of
from tests.plan.letters import found

CASES = 40
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drafts() -> list[tuple[Matter, Draft]]:
    return [(matter := drawn(seed), draft_of(matter)) for seed in range(CASES)]


def test_a_gap_names_who_is_to_close_it(drafts):
    matter = for_action(drafts[0][0], Action.APPEAL)
    nobody = replace(matter, practice=replace(PRACTICE, phones=(), faxes=()))
    assert "[For the office: our telephone number (practice.yaml)]" in words_of(draft_of(nobody))
    assert "For the office: our telephone number (practice.yaml)" in addressed(draft_of(nobody))
    told = [line for m, d in drafts for line in addressed(d)]
    assert all(line.startswith("For the ") for line in told)
    assert any(line.startswith("For the clinic nurse: ") and "Not on file" in line for line in told)
    assert any(line.startswith("For the clinician: how the illness") for line in told)
    assert not any("practice.yaml" in line or "where it goes" in line for line in told if "clinician:" in line)
    _, draft = drafts[0]
    assert len(addressed(draft)) == len(draft.gaps)


def test_a_line_of_a_claim_takes_nothing_from_the_letter_as_a_whole(drafts):
    matter = for_action(drafts[0][0], Action.CORRECTED_CLAIM, claim_number="C-1")
    lines = (ServiceLine(code="J0585", modifiers=("JZ",), page=1), ServiceLine(code="52287", page=1))
    claim = ClaimEntry(claim_number="C-1", lines=lines)
    letter = replace(
        matter.letter, claims=(claim,), modifiers=(found("JZ"),), rarc=(found("M76"),), billed_amount=found("1498.75")
    )
    rows = next(b for b in draft_of(replace(matter, letter=letter)).blocks if b.name == "claim_lines").rows
    said = [" ".join(cell.text for cell in row) for row in rows]
    assert "J0585-JZ" in said[0]
    assert not [word for word in ("52287-JZ", "M76", "1,498.75") if word in " ".join(said)]


@pytest.mark.parametrize("action", [Action.EXTERNAL_REVIEW, Action.FAIR_HEARING])
def test_who_decides_between_the_payer_and_us_is_not_spoken_to_as_the_payer(action, drafts):
    for matter, _ in drafts[:30]:
        said = words_of(draft_of(for_action(matter, action, track="medicaid", filer="member")))
        headings = [block.heading for block in draft_of(for_action(matter, action)).blocks]
        assert "The payer writes: " in said
        assert not [word for word in ("You write", "You rest", "Your notice", "438.406") if word in said]
        assert not [head for head in headings if head.startswith("Your ") or "you asked" in head]


def test_what_the_law_gives_for_an_appeal_is_in_no_other_letter(drafts):
    def rights(action: Action) -> bool:
        papers = (Standing(needs="a form", have=True),)
        matter = for_action(drafts[0][0], action, track="erisa", filer="member", standing=papers)
        return "2560.503-1(h)" in words_of(draft_of(matter))

    assert rights(Action.APPEAL)
    assert rights(Action.SECOND_LEVEL_APPEAL)
    assert not rights(Action.EXTERNAL_REVIEW)
    assert not rights(Action.STEP_EXCEPTION)


def test_a_request_for_an_authorization_is_its_own_answer_to_there_being_none(drafts):
    matter = next(m for m, _ in drafts if any(r.category.value == "no_prior_auth" for r in m.task.denial_reasons))
    asked = draft_of(for_action(matter, Action.RETRO_AUTHORIZATION))
    assert "This letter asks for just that." in words_of(asked)
    assert not [gap for gap in asked.gaps if "prior-authorization approval" in gap]
    assert "asks for just that" not in words_of(draft_of(for_action(matter, Action.APPEAL)))


def test_a_sentence_that_is_answered_as_a_reason_is_no_request_beside_it(drafts):
    matter = for_action(drafts[0][0], Action.APPEAL)
    reason = matter.task.denial_reasons[0]
    asked = Requirement(
        criterion_id="request.1", statement=f"the letter asks for: {reason.text}", phase="any", status=Status.NOT_MET,
        why="not on file", evidence=(), missing=None, source=RequirementSource(),
    )  # fmt: skip

    def requests(*requirements: Requirement) -> list[str]:
        draft = draft_of(replace(matter, task=replace(matter.task, requirements=requirements)))
        return [row[0].text for block in draft.blocks if block.name == "requests" for row in block.rows]

    assert requests(asked) == []
    other = replace(asked, statement="the letter asks for: the office notes")
    assert requests(other) == ["The office notes"]


def test_what_is_open_between_claim_and_record_is_told_to_the_coder_and_to_no_payer(drafts):
    open_ = Requirement(
        criterion_id="svc.jw", statement="JW or JZ stands on the drug", phase="any", status=Status.NOT_MET,
        why="neither is on the claim", evidence=(), missing=None, source=RequirementSource(),
    )  # fmt: skip
    shown = replace(open_, criterion_id="svc.dx", statement="the diagnosis is listed", status=Status.MET, why="G1 is")

    def made(action: Action) -> Draft:
        matter = for_action(drafts[0][0], action)
        return draft_of(replace(matter, task=replace(matter.task, requirements=(open_, shown))))

    dispute, sheet = made(Action.PROVIDER_DISPUTE), made(Action.CORRECTED_CLAIM)
    assert "JW or JZ" not in words_of(dispute)
    assert any("For the coder" in note and "neither is on the claim" in note for note in dispute.notes)
    assert "[For the coder: neither is on the claim]" in words_of(sheet)
    assert "G1 is" in words_of(sheet)
    assert not [gap for gap in sheet.gaps if "G1 is" in gap]


def test_what_is_met_without_a_document_is_said_and_is_no_gap(drafts):
    """An age follows from the birth date of the letter."""
    age = Requirement(
        criterion_id="cm.age", statement="the patient is 16 or older", phase="any", status=Status.MET,
        why="age of at least 16: 27 years on 2026-11-20", evidence=(), missing=None,
        source=RequirementSource(policy="RX-1"),
    )  # fmt: skip
    matter = for_action(drafts[0][0], Action.APPEAL, denial_reasons=(), requirements=(age,))
    draft = draft_of(matter)
    assert "Age of at least 16: 27 years on November 20, 2026" in words_of(draft)
    assert not [gap for gap in draft.gaps if "age of" in gap]
    assert unsupported(draft, matter, known=LETTERS) == ()


def test_an_age_that_a_document_tells_points_at_it(drafts):
    matter = next(m for m, _ in drafts if m.on_file and any(d.date_of_birth for d in m.on_file.chart.documents))
    note = next(d for d in matter.on_file.chart.documents if d.date_of_birth)
    proof = Proof(file_name=note.file_name, page=1, text=born_on(note.date_of_birth))
    age = Requirement(
        criterion_id="cm.age", statement="the patient is 16 or older", phase="any", status=Status.MET,
        why="age of at least 16: 47 years on 2026-11-20", evidence=(proof,), missing=None,
        source=RequirementSource(policy="RX-1"),
    )  # fmt: skip
    matter = for_action(matter, Action.APPEAL, denial_reasons=(), requirements=(age,))
    draft = draft_of(matter)
    assert "date of birth March 4, 1979" in words_of(draft)
    assert not [gap for gap in draft.gaps if "16 or older" in gap or "age of" in gap]
    assert unsupported(draft, matter, known=LETTERS) == ()


def test_trials_of_the_record_answer_a_reason_that_wants_a_record_of_trials(drafts):
    """The criterion that they meet decides; an answer that is met by itself needs no other."""
    wanted = Missing(
        evidence_type="ev.failed_trial", what="a record of trials", where_to_find="the chart", owner=Owner.CLINIC_NURSE,
        turnaround_days=1,
    )  # fmt: skip

    def answered(matter: Matter, status: Status) -> str:
        proofs = tuple(proof for row in matter.evidence.treatments for proof in row.proofs)
        reason = replace(matter.task.denial_reasons[0], category=Category.STEP_THERAPY)
        letter = replace(matter.letter, denial_reasons=(reason,))
        needed = Requirement(
            criterion_id="reason.step_therapy", statement="trials", phase="any", status=Status.NOT_MET, why="none",
            evidence=(), missing=wanted, source=RequirementSource(),
        )  # fmt: skip
        trials = replace(needed, criterion_id="cm.fail", statement="two were tried", status=status, evidence=proofs)
        task = replace(matter.task, denial_reasons=(reason,), requirements=(needed, trials))
        return words_of(draft_of(for_action(replace(matter, letter=letter, task=task), Action.APPEAL)))

    matter = next(m for m, _ in drafts if m.evidence is not None and len(m.evidence.treatments) > 1)
    assert "The record answers: Medication history" in answered(matter, Status.MET)
    assert "a record of trials" not in answered(matter, Status.MET)
    assert "answer to this reason. Not on file: a record of trials" in answered(matter, Status.NOT_MET)
