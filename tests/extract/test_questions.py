"""Letters that ask questions for their reader and answer them, and what becomes of a case that nobody answers."""

import pytest

from tests.extract.plain_letter import letter

_HEAD = "Alder Health Plan\nJuly 6, 2026\n\nMember: Ada Lund\nMember ID: AHP220187\n\n"
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
        # and what looks alike
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
