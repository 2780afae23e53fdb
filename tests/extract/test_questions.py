"""Letters that ask questions for their reader and answer them, and what becomes of a case that nobody answers."""

import pytest

from tests.extract.plain_letter import letter

_HEAD = "Alder Health Plan\nJuly 6, 2026\n\nMember: Ada Lund\nMember ID: AHP220187\n\n"
_APPEAL = " You may appeal within 180 days of the date of this letter. Send your appeal to Box 7, Alder."
_DENIED = _HEAD + "We did not approve the injection.\n\n"


def _days(text: str) -> set[str]:
    return {f"{c.kind.value} {c.due}" for c in letter(_DENIED + text).clocks}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("How long do I have to appeal? 180 days.", {"internal_appeal 2027-01-02"}),
        ("Q: By when must I appeal? A: By January 2, 2027.", {"internal_appeal 2027-01-02"}),
        ("Can I appeal? Yes. Until when? January 2, 2027.", {"internal_appeal 2027-01-02"}),
        ("What is the deadline for an appeal? January 2, 2027.", {"internal_appeal 2027-01-02"}),
        ("May my doctor talk to yours? Yes, until July 13, 2026.", {"peer_to_peer 2026-07-13"}),
        (
            "Can I appeal? Yes. How long do I have? 180 days. Where do I send it? To the address above.",
            {"internal_appeal 2027-01-02"},
        ),
        # whose time it is not
        ("Can I appeal? Yes. How fast will you answer? Within 30 days.", {"payer_decision None"}),
        ("Can I still appeal? No, the 180 days are over.", set()),
        ("Can I appeal? Yes. When can I get the next injection? In 12 weeks.", set()),
        ("Can I appeal? Yes. How long was the approval good for? 180 days.", set()),
        ("How do I appeal? Write to us. When must I pay my premium? By December 31, 2026.", set()),
        ("You can appeal. Can I still use the drug? Yes, until December 31, 2026.", set()),
        ("You can appeal. Can the hospital bill me? Yes, after 180 days.", set()),
    ],
)
def test_answers_tell_the_time_that_was_asked_after(text: str, days: set[str]) -> None:
    assert _days(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("An appeal that you send after January 2, 2027 will not be read.", {"internal_appeal 2027-01-02"}),
        ("You can ask for an appeal up to 60 days from now.", {"internal_appeal 2026-09-04"}),
        ("[X] Standard appeal 180 days  [ ] Fast appeal 72 hours", {"internal_appeal 2027-01-02"}),
        ("We cannot wait until October 16, 2026.", set()),
    ],
)
def test_limits_in_other_shapes(text: str, days: set[str]) -> None:
    assert {one for one in _days(text) if "None" not in one} == days


@pytest.mark.parametrize(
    "text",
    [
        "We asked for the diary on June 20. If we do not have it by July 20, 2026 we will have to deny the request.",
        "The form is not signed. If it does not come by July 20, 2026, we will dismiss the appeal.",
        "The dose is not told. Unless we get it by July 20, 2026, the request will be closed.",
        "You told us by phone that you appeal; sign page 2 and send it back by July 20, 2026, or the appeal ends.",
        "Status: PENDED. Missing: the number of units. Due 07/20/2026. Reply by portal.",
    ],
)
def test_what_is_threatened_is_not_decided(text: str) -> None:
    told = letter(_HEAD + text)
    assert told.kind.value == "information_request"
    assert {f"{c.kind.value} {c.due}" for c in told.clocks} == {"records_due 2026-07-20"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Your appeal is decided. Dr. Moss, who was new to the case, reaches the same result.", "appeal_upheld"),
        ("We read your appeal of June 20. The two treatments of spring will be paid; the third will not, since no "
         "benefit was told.", "partial_denial"),
        ("Your appeal came on June 27. It was due by June 20. We cannot take it.", "dismissal"),
        ("Our letter of June 20 said that the drug was denied. It should have said that it is approved.", "approval"),
        ("Please disregard our denial of June 20. The treatment is authorized from 07/06/2026.", "approval"),
        ("Peer-to-peer held July 2. The denial of June 20 stays as it is; you may appeal within 180 days of it.",
         "denial"),
        ("Claim denied. Provider: Elm Clinic. Is this a decision that it was not needed? No. How do I appeal? In "
         "writing, within 90 days of this letter.", "denial"),
        ("We have your bill and have not decided it. Before we can, we need the invoice.", "information_request"),
        ("We received your appeal. It came in on July 1. The first denial stands until we decide.",
         "acknowledgement"),
        ("It is time to renew your coverage. This is a reminder. Nothing has been turned down.", "other"),
        ("Our letter of June 20 gave a wrong fax number. The right number is 800-555-0164.", "other"),
        ("APPROVAL OF A DRUG\n\nWhat: J0585, 155 units, to January 5, 2027. There is nothing to appeal.", "approval"),
        ("Your request is approved in a smaller amount than you asked: 155 units. Appeal in 180 days.",
         "partial_denial"),
        ("Your appeal is granted as to the drug and denied as to home nursing.", "partial_denial"),
        ("We decided your appeal of June 20 in part. The drug will be covered. The suite will not.", "partial_denial"),
        ("Notice of intent to deny. We plan to deny the request unless we get the score by July 20, 2026.",
         "information_request"),
        ("We have stopped the clock on the claim. As soon as we know the other driver's insurer, we go on.",
         "information_request"),
        ("Pend reason: the clinic is not on the roster. If it is put there, the claim will be paid.",
         "information_request"),
        ("Your question was whether the drug needs approval. It does. This letter is no decision on your case.",
         "other"),
        ("You appealed on June 1. Thank you for your conversation with our director. The answer stays no.",
         "appeal_upheld"),
        ("Your appeal was not filed by a person who may act for you, so we have closed it without a review. You may "
         "appeal this dismissal within 60 days.", "dismissal"),
        ("Prior authorization decision: NON-AFFIRMED. You may send another request.", "denial"),
        ("This is not a decision about your need for the crown. The plan pays for one in five years." + _APPEAL,
         "denial"),
        # and what looks alike
        ("We can not consider this a medical emergency. The claim is denied." + _APPEAL, "denial"),
        ("Our nurse and our director both came to the same decision. The request is denied." + _APPEAL, "denial"),
        ("Your claim remains as processed. A duplicate came, and the duplicate is denied." + _APPEAL, "denial"),
        ("The request remains not approved. Our notice named the wrong policy." + _APPEAL, "denial"),
        ("We told you: if we do not get the notes by June 1, we will deny the claim. It is now denied.", "denial"),
        ("The brand is denied. Generic drugs are covered and brand drugs are not." + _APPEAL, "denial"),
        ("We paid twice. Send back $340.00. If it is not received by August 1, we will deny later claims.",
         "overpayment_demand"),
        ("We approved it for 12 months. If we do not receive the result by June, we will cancel it.", "approval"),
        ("This letter confirms the request that was approved: 155 units.", "approval"),
        ("The dose of July is denied: a smaller amount was not tried.", "denial"),
        ("We denied the claim, as it was sent to the wrong plan. Appeal within 60 days.", "denial"),
        ("We denied the claim. Our letter of June 20 gave a wrong fax number; send appeals to 800-555-0164 within "
         "60 days.", "denial"),
        ("What was asked for is not what was authorized, so we cannot pay the claim.", "denial"),
        ("We did not approve the drug. If you do not appeal, we will close the file.", "denial"),
        ("We did not approve the drug. We cannot take it back over the phone; the same result came from two "
         "pharmacies.", "denial"),
        ("Our letter of June 20 said that the drug was denied. You may appeal within 60 days.", "denial"),
    ],
)  # fmt: skip
def test_decisions_told_shortly(text: str, kind: str) -> None:
    assert letter(_HEAD + text).kind.value == kind


@pytest.mark.parametrize(
    ("text", "faxes"),
    [
        ("Fax your appeal (not questions, not records) within 180 days: 800-555-0161.", {"appeal 8005550161"}),
        ("Records (not appeals): fax 800-555-0162.", set()),
    ],
)
def test_what_a_number_is_not_for(text: str, faxes: set[str]) -> None:
    assert {f"{c.purpose.value} {c.value}" for c in letter(_DENIED + text).contacts} == faxes


def test_more_is_sent_to_the_fax_for_papers() -> None:
    told = letter(_HEAD + "We have your appeal of July 1. You may send more until July 15, 2026, fax 800-555-0163.")
    assert {f"{c.purpose.value} {c.value}" for c in told.contacts} == {"records 8005550163"}
    assert {f"{c.kind.value} {c.due}" for c in told.clocks} == {"records_due 2026-07-15"}


@pytest.mark.parametrize(
    ("text", "faxes"),
    [
        (
            "You may appeal. Fax 800-555-0171; urgent, 800-555-0172 (phone), answered in 72 hours. Bed notices go to "
            "800-555-0173 (fax) and will not be read as appeals.",
            {"appeal fax 8005550171", "expedited_appeal phone 8005550172"},
        ),
        ("Appeals: fax 800-555-0171. For the other option call 800-555-0174. That line cannot take appeals.",
         {"appeal fax 8005550171"}),
        ("Fax appeals to 800-555-0171. Fax numbers: updates, 800-555-0175; summaries, 800-555-0176; neither accepts "
         "appeals.", {"appeal fax 8005550171"}),
        ("Send the plan with your appeal (180 days; fax 800-555-0180), or a new request (fax 800-555-0181).",
         {"appeal fax 8005550180"}),
        ("Appeal fax 800-555-0182 (180 days). Exception requests: fax 800-555-0183, any time.",
         {"appeal fax 8005550182"}),
        ("External review: four months, Bureau of Insurance, fax 800-555-0184.", {"external_review fax 8005550184"}),
        ("Contracting 800-555-0177 is the wrong place for appeals.", set()),
        ("Fax your appeal to 800-555-0185. It cannot process appeals without your signature.",
         {"appeal fax 8005550185"}),
        ("Records: fax 800-555-0178 (no appeals).", {"records fax 8005550178"}),
    ],
)  # fmt: skip
def test_numbers_that_take_no_appeals(text: str, faxes: set[str]) -> None:
    assert {f"{c.purpose.value} {c.channel.value} {c.value}" for c in letter(_DENIED + text).contacts} == faxes


def test_a_fax_of_a_request_for_papers_is_for_these() -> None:
    told = letter(
        _HEAD + "Request for records\n\nPlease send the notes and the order. A claim for which none arrive will be "
        "denied. You would then have appeal rights; there are none against this request.\n\nFax 800-555-0179\n"
    )
    assert {f"{c.purpose.value} {c.value}" for c in told.contacts} == {"records 8005550179"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Keep your 35 hours while you wait: ask within 10 calendar days of the date on this letter.",
         {"continuation_of_benefits 2026-07-16"}),
        ("Send the plan with your appeal (180 days; fax 800-555-0180).", {"internal_appeal 2027-01-02"}),
        ("You may sue within three years, or ask for an outside review within four months of today.",
         {"external_review 2026-11-06"}),
        ("You can send a diary that was kept 6 weeks after the last injection.", set()),
        ("State fair hearing. When the plan has answered the appeal, the member has 120 calendar days from that "
         "answer.", {"fair_hearing None"}),
    ],
)  # fmt: skip
def test_whose_days_they_are(text: str, days: set[str]) -> None:
    assert _days(text) == days


def test_after_a_talk_the_first_appeal_is_open() -> None:
    told = letter(
        _HEAD + "Peer-to-peer held July 2. The denial of June 20 stays as it is. What is left is an appeal: 180 days "
        "from the date of this letter."
    )
    assert {f"{c.kind.value} {c.due}" for c in told.clocks} == {"internal_appeal 2027-01-02"}
