"""Papers are asked for by what words do, whatever the words: directives, needs, absences, conditions, offers, lists."""

from pathlib import Path

import pytest
import yaml

from tests.extract.test_requests import requested

_BANK = Path(__file__).parent / "request_bank" / "acts.yaml"


@pytest.mark.parametrize(("body", "expected"), yaml.safe_load(_BANK.read_text(encoding="utf-8")))
def test_asked_for(body: str, expected: list[str]) -> None:
    assert requested(body) == set(expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("You need not send the operative report again, but we do need the pathology report.", {"ev.labs"}),
        ("We have no use for the invoice; please send the signed order.", {"ev.order"}),
        ("You do not have to send:\n- Operative report\n- Photographs\n", set()),
        ("There is no referral from your family doctor, and the specialist is outside the network.", set()),
        ("The referral was not attached to the request.", {"ev.referral"}),
        ("We found no reduction in headache days, and no improvement with earlier injections.", set()),
        ("No record of the response to earlier injections was sent.", {"ev.response_record"}),
        ("The MRI of the brain was done without the approval that the plan asks for.", set()),
        ("Medicines used for weight loss are left out of the benefit.", set()),
        ("We did not send the x-ray report to a consultant.", set()),
        ("You can include office notes or test results with it.", set()),
    ],
)
def test_clause_by_clause_and_what_was_done_is_no_paper(body: str, expected: set[str]) -> None:
    assert requested(body) == expected
