"""Requests by class: what is only spoken of asks for nothing; lists in tables and blocks, offers, papers of no use."""

import pytest

from pipeline.values.letter import LetterKind
from tests.extract.test_requests import requested

_SPOKEN_OF = [
    "The request form, an office note and a voiding diary were before the reviewer.",
    "A nurse went through the request, three office notes and the pharmacy claims of the year.",
    "Your new request came with pharmacy records for two medicines.",
    "Requests with fewer than 14 headache days will be sent back.",
    "The request answers no to the question about a specialist consultation.",
    "Fax 302-555-0100 within 2 days, or the signed order will be decided with what we have.",
    "No office notes are needed.",
    "You do not need to send the operative report again.",
    "There is no need to submit medical records.",
    "The published studies are short, and the device was not shown to be better.",
    "A drop of seven headache days a month has not been shown.",
    "In March we told you that the lab results were missing.",
    "Our first decision said that the office notes were not received. They came with your appeal.",
    "Please include anything you want us to consider, such as test results or a statement from your doctor.",
    "An appeal may be filed by the member or, with the member's written consent, the provider.",
    "You can tell us more. In your appeal, send a letter from your doctor if you like.",
]


@pytest.mark.parametrize("body", _SPOKEN_OF)
def test_what_is_spoken_of_is_not_asked_for(body: str) -> None:
    assert requested(body) == set()


_ASKED = {
    "What could help: your doctor can send us a bladder diary and a list of the drugs tried.": {
        "ev.bladder_diary",
        "ev.failed_trial",
    },
    "The surgeon may give us photographs and a visual field test.": {"ev.photo"},
    "The photographs we got are too dark to be of use.": {"ev.photo"},
    "The fax of the operative report was cut off after the first page.": {"ev.procedure_note"},
    "The urodynamic study cannot be read.": {"ev.urodynamics"},
    "The order that was sent is blank where the signature goes, so the signed order is still missing.": {"ev.order"},
    "If the coverage was reinstated, send proof of it with a new claim.": {"ev.eligibility"},
    "We also never saw the wheelchair evaluation by an OT.": {"ev.pt_ot"},
    "Our file holds no signed appointment of representative, and none arrived with the appeal.": {"ev.aor"},
    "We asked for three things. Please send notes from physical therapy and your child's weight.": {
        "ev.pt_ot",
        "ev.weight",
    },
    "Please send the names and doses of the bladder drugs she has used, and how each ended.": {"ev.failed_trial"},
    "Please fax the urine test and the bladder scan result.": {"ev.pvr_ua"},
    "Please send records of the answer to earlier injections.": {"ev.response_record"},
    "Kindly furnish: the last office visits, NCV, and OT evaluation.": {"ev.visit_note", "ev.emg", "ev.pt_ot"},
    "To look again we would need documentation of the migraine days of the last quarter.": {"ev.headache_diary"},
    "Needed: biopsy report": {"ev.labs"},
    "Supply bitewing films with the chart.": {"ev.imaging"},
    "Information needed to decide: (1) bladder diary (2) the signed order": {"ev.bladder_diary", "ev.order"},
    "Papers required - operative report, cost invoice, photographs": {"ev.procedure_note", "ev.invoice", "ev.photo"},
    "We were unable to find and did not locate a signed order.": {"ev.order"},
    "Please send occupational therapy notes from the last six months.": {"ev.pt_ot"},
}


@pytest.mark.parametrize("body", _ASKED)
def test_what_is_asked_for_or_of_no_use(body: str) -> None:
    assert requested(body) == _ASKED[body]


def test_a_formal_letter_of_necessity_is_asked_for_in_the_rights_too() -> None:
    rights = "YOUR RIGHT TO APPEAL\n\nYou may appeal within 60 days. Please include {}."
    assert requested(rights.format("a letter of medical necessity")) == {"ev.lmn"}
    assert requested(rights.format("a letter from your doctor")) == set()


_LISTS = [
    "Please send, for the day shown:\n\n| No. | Record |\n|---|---|\n| 1 | Voiding diary |\n| 2 | Drug invoice |\n",
    "We need the following:\n\n| Item | Note |\n| --- | --- |\n| Voiding diary | 3 days |\n| Drug invoice | one |\n",
    "Send these items:\n\n| [x] | Voiding diary |\n| [x] | Drug invoice |\n",
    "Please supply\n\n1) Voiding diary\n2) Drug invoice\n",
]


@pytest.mark.parametrize("body", _LISTS)
def test_rows_of_a_table_are_items(body: str) -> None:
    assert requested(body, LetterKind.INFORMATION_REQUEST) == {"ev.bladder_diary", "ev.invoice"}


def test_a_list_among_labels_asks_too() -> None:
    """A fax of labels alone has no running text; what follows ``Please fax:`` is asked for all the same."""
    body = "CODES: J0586\nSTATUS: PENDED\nPLEASE FAX:\n1. VOIDING DIARY\n2. DRUG INVOICE\nDUE BY 05/26/2026"
    assert requested(body, LetterKind.INFORMATION_REQUEST) == {"ev.bladder_diary", "ev.invoice"}
