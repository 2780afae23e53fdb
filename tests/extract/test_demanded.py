"""What an overpayment demand asks back, beside what was billed and paid. The letters are invented."""

import pytest

from tests.kept import read_text

HEAD = """Example Health Plan
P.O. Box 100, Anytown, OH 44101

March 2, 2026

Member Name: Jane Q. Doe
Claim Number: 20260307781
Total Charges: $2,600.00

Notice of overpayment

Dear Provider:

"""


@pytest.mark.parametrize(
    ("told", "sum_"),
    [
        ("We paid this claim in error. Please return $391.95 within 45 days.", "391.95"),
        ("You were paid $640.10 more than the contract rate. A refund is due within 30 days.", "640.10"),
        ("We paid $1,742.00 and should have paid $1,350.05. The overpayment is $391.95. A refund is due.", "391.95"),
        ("We overpaid this claim. Kindly let us have the $512.30 again inside 60 days.", "512.30"),
        ("This claim was overpaid. The difference is $6,310.44, which we will recover from payments.", "6310.44"),
        ("We have found an overpayment. You owe $4,918.22 for a claim that was billed for $9,000.00.", "4918.22"),
        ("We have found an overpayment on this claim. Please refund it within 30 days.", None),
    ],
)
def test_the_sum_asked_back_is_told_from_what_was_billed_and_paid(told: str, sum_: str | None) -> None:
    (letter,) = read_text((HEAD + told + "\n").encode()).letters
    assert letter.kind.value == "overpayment_demand"
    assert (letter.demanded_amount and letter.demanded_amount.value) == sum_
    assert letter.billed_amount is not None
    assert letter.billed_amount.value == "2600.00"


def test_a_label_names_it_and_a_denial_demands_nothing() -> None:
    told = "Overpayment Amount: $1,226.40\n\nThis claim was overpaid. Please refund the overpayment within 30 days.\n"
    (letter,) = read_text((HEAD + told).encode()).letters
    assert letter.demanded_amount is not None
    assert (letter.demanded_amount.value, letter.demanded_amount.sure) == ("1226.40", True)
    denial = HEAD.replace("overpayment", "denial") + "We denied this claim for $900.00 because it is not covered.\n"
    (refused,) = read_text(denial.encode()).letters
    assert refused.demanded_amount is None
