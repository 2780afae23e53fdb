"""What the payer asks for or says was missing in passing, and what is enclosed, was received or may help in general."""

import pytest

from tests.extract.plain_letter import HEAD, letter


def asked(said: str) -> set[str]:
    content = (
        f"{HEAD}Re: Ada Roe, ID W4471\n\nDear Dr. Lund:\n\nWe denied the injections. {said}\n\nSincerely,\nReview\n"
    )
    return {request.evidence_type for request in letter(content).requested_evidence}


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("Nobody sent us a count of her headaches by month.", {"ev.headache_diary"}),
        ("Please send a calendar of headaches for three months.", {"ev.headache_diary"}),
        ("The office did not tell us how many days a month she has a migraine.", {"ev.headache_diary"}),
        ("The office did not tell us which preventives she has taken.", {"ev.failed_trial"}),
        ("We were not told what medicines you have tried. Have them send us that.", {"ev.failed_trial"}),
        ("CLIN NOTES NOT RCVD.", {"ev.visit_note"}),
        ("Missing from the request: proof of six weeks of physical therapy.", {"ev.pt_ot"}),
        ("Please send the notes from your physical therapy.", {"ev.pt_ot"}),
        ("Please add a standing knee film with its report.", {"ev.imaging"}),
        ("Also missing is the record of drug discarded.", {"ev.mar"}),
        ("We should see the injection notes of March 2 and May 4.", {"ev.procedure_note"}),
        ("Please send a printout from your pharmacy of the fills.", {"ev.rx_fills"}),
        (
            "\n\nWhat to send us\n\nA whole headache calendar for April through July, with hours and not only days, a "
            "MIDAS form filled in before the treatment and again now, and the notes from the last two visits.",
            {"ev.headache_diary", "ev.scores", "ev.visit_note"},
        ),
    ],
)
def test_asked_for_or_missing(said, evidence):
    assert asked(said) >= evidence


@pytest.mark.parametrize(
    "said",
    [
        "You may send comments, articles or a letter from a clinician.",
        "We received the calendar of headaches and the injection notes.",
        "A copy of the notes from your physical therapy is enclosed.",
        "Your office told us which preventives she has taken.",
        "The count of her headaches was in the file: nine days a month.",
        "Another member's record of drug discarded was missing, as we wrote to that office.",
        "In general, letters, records or films may help an appeal.",
    ],
)
def test_not_asked_for(said):
    assert asked(said) == set()
