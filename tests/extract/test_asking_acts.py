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


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Still missing\n[ ] Signed order\n[ ] Photographs\n", {"ev.order", "ev.photo"}),
        ("Still missing\n[x] Signed order\n[ ] Photographs\n", {"ev.order"}),
        ("What to send if you appeal\n\nHeadache log of the last three months and a signed procedure note.\n",
         {"ev.headache_diary", "ev.procedure_note"}),
        ("| Paper | Received? |\n| --- | --- |\n| Signed order | no |\n| Photographs | yes |\n", {"ev.order"}),
        ("Photos show no collapse.", set()),
        ("The office notes were read, and no invoice was sent.", {"ev.invoice"}),
        ("The office notes and the invoice were not sent.", {"ev.visit_note", "ev.invoice"}),
        ("A reviewer who had no part in it read the records you attached: the office notes and the order.", set()),
        ("An appeal needs a signed waiver of liability. We asked for one on May 3 and none came.", {"ev.wol"}),
    ],
)  # fmt: skip
def test_boxes_tables_lines_and_clauses(body: str, expected: set[str]) -> None:
    assert requested(body) == expected
