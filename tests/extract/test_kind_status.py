"""An outcome that fills a cell of its own decides, whatever frame it stands in; a status of something else does not."""

import pytest

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages
from pipeline.values.practice import Practice

LANGUAGE = load_language(load_knowledge())
PORTAL = """\
portal.example/auth/17                                 Printed from portal 03/27/2026
HILLCREST HEALTH PLAN

Request ID    Member          Member ID     {label}
RQ-20417   Ana Lopez   HH2201450   {outcome}

Service: botulinum toxin, cervical dystonia
Notes: The grid of the last visit was received.
"""


def kind(content):
    letter = extract(plain_pages(content), letter_id="x-1", language=LANGUAGE, practice=Practice())
    return letter.kind.value


@pytest.mark.parametrize(
    ("label", "outcome", "expected"),
    [
        ("Status", "Not approved", "denial"),
        ("Outcome", "Partially approved", "partial_denial"),
        ("Determination", "Approved", "approval"),
        ("Appeal status", "Upheld", "appeal_upheld"),
        ("Status", "Active", "other"),
    ],
)
def test_the_outcome_of_a_row(label, outcome, expected):
    assert kind(PORTAL.format(label=label, outcome=outcome)) == expected


def test_beside_its_label_and_in_one_cell():
    for line in ("Decision\tNON-CERTIFIED", "**Decision:** Non-certified"):
        assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n{line}\n\nService: MRI\n") == "denial"


def test_two_outcomes_of_two_items_are_a_partial_denial():
    rows = "Item\tStatus\nMRI\tApproved\n\nItem\tStatus\nInjection\tDenied\n"
    assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n{rows}") == "partial_denial"


def test_a_remedy_that_was_used_is_told_and_one_that_is_offered_is_not():
    told = "We reviewed your fast appeal of June 9, 2026. We did not change our decision."
    offered = "If we do not change our decision after your fast appeal, you may ask for an outside review."
    frame = "Hillcrest Health Plan\n\nJune 12, 2026\n\nDear Ms. Lopez:\n\n{}\n\nMember ID: HH2201450\n"
    assert kind(frame.format(told)) == "appeal_upheld"
    assert kind(frame.format(offered)) != "appeal_upheld"


@pytest.mark.parametrize(
    ("certified", "not_certified", "expected"),
    [("8 visits", "4 visits", "partial_denial"), ("12 visits", "none", "approval"), ("1 session", "0", "approval")],
)
def test_numbers_in_columns_tell_how_much_was_approved(certified, not_certified, expected):
    table = (
        f"Treatment\tRequested\tCertified\tNot certified\nPhysical therapy\t12 visits\t{certified}\t{not_certified}\n"
    )
    assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n\n{table}") == expected


@pytest.mark.parametrize(("approved", "expected"), [("18", "partial_denial"), ("30", "denial"), ("0", "denial")])
def test_less_than_was_asked_for_is_a_denial_in_part(approved, expected):
    table = f"Service\tUnits requested\tUnits approved\nHome aide\t30\t{approved}\n"
    letter = f"Hillcrest Health Plan\n\nMember ID: HH2201450\n\nAdverse determination\n\n{table}"
    assert kind(letter) == expected


def test_money_that_was_paid_beside_money_that_was_denied_is_a_denial_in_part():
    rows = "Decision: Denied\nPaid: $240.00\nDenied: $810.00\n"
    assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n{rows}") == "partial_denial"
    none = "Decision: Denied\nPaid: $0.00\nDenied: $810.00\n"
    assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n{none}") == "denial"


@pytest.mark.parametrize(
    ("ticked", "expected"), [("Denied", "denial"), ("Reduced", "partial_denial"), ("Approved", "approval")]
)
def test_of_boxes_in_one_line_the_ticked_one_decides(ticked, expected):
    boxes = "   ".join(f"[{'X' if name == ticked else ' '}] {name}" for name in ("Approved", "Denied", "Reduced"))
    assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n\nAction taken:   {boxes}\n") == expected


SHORT = """\
Fernhill Review Agency
for Otter Lake Health Plan

Date 04/02/2026
Patient: Ana Lopez
Plan ID: OLH 3301 774
Case: FR-40217
Service: CT of the chest, 71260

{outcome} {more}
"""


@pytest.mark.parametrize(
    ("outcome", "more", "expected"),
    [
        ("Not certified.", "The film of March 3 was clear.", "denial"),
        ("NOT APPROVED.", "The film of March 3 was clear.", "denial"),
        ("Certified.", "Number FR-C-90118, good to 06/30/2026.", "approval"),
        ("On hold.", "The note of the last visit is not here yet.", "information_request"),
        ("Seen.", "The film of March 3 was clear.", "other"),
    ],
)
def test_a_line_may_begin_with_nothing_but_the_outcome(outcome, more, expected):
    assert kind(SHORT.format(outcome=outcome, more=more)) == expected


@pytest.mark.parametrize(("second", "expected"), [("Approved", "partial_denial"), ("Not approved", "denial")])
def test_every_row_of_a_column_of_outcomes_counts(second, expected):
    rows = (
        f"Exam          Code       Decision\nCT chest      71260      Not approved\nCT abdomen    74177      {second}\n"
    )
    assert kind(f"Fernhill Review Agency\n\nPatient: Ana Lopez\nPlan ID: OLH 3301 774\n\n{rows}") == expected


def test_outcomes_that_a_form_offers_side_by_side_decide_nothing():
    text = "Fernhill Plan\n\nPatient: Ana Lopez\nPlan ID: OLH 3301 774\n\nFOR THE PLAN   Received   Approved   Denied\n"
    assert kind(text) != "denial"


def test_a_line_that_is_paid_beside_one_that_is_denied_is_a_denial_in_part():
    lines = "Line 1 99213 - paid.\nLine 2 J0585 - denied, $1,100.00.\n"
    assert kind(f"Hillcrest Health Plan\n\nMember ID: HH2201450\n\n{lines}") == "partial_denial"


@pytest.mark.parametrize(("paid", "expected"), [("0.00", "denial"), ("null", "denial"), ("88.10", "partial_denial")])
def test_a_key_for_what_was_paid_says_nothing_without_an_amount(paid, expected):
    record = f'{{\n"claim": {{"id": "QX-220481", "billed": 410.50, "paid": {paid}}},\n"decision": "DENIED"\n}}\n'
    assert kind(f'{{"plan": "Hillcrest Health Plan", "member_id": "HH2201450"}}\n{record}') == expected


def test_the_desk_of_prior_approvals_approves_nothing():
    heading = "From: Hillcrest Health Plan, Prior Approval Team\nMember ID: HH2201450\n"
    assert kind(f"{heading}\nWe need the notes. Nothing is decided.\n") != "approval"


@pytest.mark.parametrize(("paid", "expected"), [("$90.00", "partial_denial"), ("$0.00", "denial")])
def test_service_lines_of_which_one_is_paid_make_a_denial_one_in_part(paid, expected):
    rows = (
        "| line | code | charge | allowed | paid | adj |\n| --- | --- | --- | --- | --- | --- |\n"
        f"| 1 | 99213 | $140.00 | {paid} | {paid} | CO-45 |\n| 2 | 20610 | $310.00 | $0.00 | $0.00 | CO-97 |\n"
    )
    letter = f"Hillcrest Health Plan\n\nMember ID: HH2201450\nClaim: QX-220481\n\n{rows}\nThe injection is denied.\n"
    assert kind(letter) == expected
