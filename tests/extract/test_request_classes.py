"""Requests by class: conditions, call notes, tables and lines over papers, papers that stayed out, and traps."""

import pytest

from tests.extract.test_requests import requested

_ASKED = {
    "Payment follows once the operative report reaches us.": {"ev.procedure_note"},
    "The request can be approved if a urodynamic study showing overactivity is submitted.": {"ev.urodynamics"},
    "A reviewer will look again as soon as we have the MRI of the spine.": {"ev.imaging"},
    "If you appeal, please add a recent office note and the photographs.": {"ev.visit_note", "ev.photo"},
    "Rep says fax in the MAR and the drug invoice, claim will be reopened.": {"ev.mar", "ev.invoice"},
    "Claim pended // need copy of ID card front and back": {"ev.card"},
    "Kept open: awaiting last 3 OV notes and med list": {"ev.visit_note", "ev.med_history"},
    "We're short the referral from the first doctor. Upload it when you can.": {"ev.referral"},
    "What was not in the file: the injection log of May.": {"ev.procedure_note"},
    "The file came to us without the physical therapy discharge summary.": {"ev.pt_ot"},
    "Nothing in the submission shows what medicines were tried before.": {"ev.failed_trial"},
    "Should you hold a referral for this visit, forward it and the claim will be worked again.": {"ev.referral"},
    "She wants the last chart note and a dated order.": {"ev.visit_note", "ev.order"},
    "Our dental consultant would like to see bitewing films and a photograph.": {"ev.imaging", "ev.photo"},
    "Your doctor has to tell us in writing why the generic cannot be used.": {"ev.lmn"},
    "What would change the outcome? A urodynamic report, or a three-day bladder diary.": {
        "ev.urodynamics",
        "ev.bladder_diary",
    },
    "Here is what is missing from your packet.\nOperative report\nPathology report\nPhotographs\n": {
        "ev.procedure_note",
        "ev.labs",
        "ev.photo",
    },
    "[x] Consultation report\n[ ] Photographs\n[x] Physical therapy notes\n\nWe need the items marked above.": {
        "ev.hp",
        "ev.pt_ot",
    },
    "| Needed | Why |\n| --- | --- |\n| Injection log | units |\n| Photos | brow |\n": {
        "ev.procedure_note",
        "ev.photo",
    },
    "A provider outside the network must send a signed waiver of liability. We wrote on May 2. "
    "We have not received the form.": {"ev.wol"},
    "The grievance was not signed by the member and no AOR form was on file.": {"ev.aor"},
}


@pytest.mark.parametrize(("body", "expected"), _ASKED.items())
def test_ways_to_ask_that_differ_in_kind(body: str, expected: set[str]) -> None:
    assert requested(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "The headache diary you sent shows 12 headache days in March.",
        "We approved the first two sessions once the injection record was received.",
        "Coverage of the drug needs an order from a neurologist under our policy.",
        "Next year a new prior authorization will need updated office notes.",
        "The operative report and the pathology report were read by our consultant.",
        "The chart notes tell of back pain without weakness.",
        "A new order will be needed when these visits are used up.",
        "Fill in the appeal form. Mail it to the address above.",
        "You may write a letter to the office of appeals. Send it within 60 days.",
        "The lab results are normal, and the imaging shows no narrowing.",
        "Call us when you get the letter from your doctor.",
        "The notes give no reason why more units are wanted.",
        "Two drugs have to be tried before this one.",
        "We told you that the claim must be sent in one year. The form was not used.",
        "documents_received: office notes, MRI report",
        "Clinical rationale",
    ],
)
def test_what_only_speaks_of_papers_asks_for_none(body: str) -> None:
    assert requested(body) == set()


def test_a_month_is_no_drug_record() -> None:
    assert requested("Please send the headache calendar from Jan to Mar.") == {"ev.headache_diary"}
    assert requested("Please send the MAR.") == {"ev.mar"}
