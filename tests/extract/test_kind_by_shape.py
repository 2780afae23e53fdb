"""The kind that follows from the shape of the letter: rows of outcomes, records, earlier decisions, notes of a call."""

import pytest

from pipeline.extract import extract
from pipeline.read.plain import plain_pages
from pipeline.values.practice import Practice
from tests.extract.plain_letter import LANGUAGE

LETTER = (
    "Alder Health Plan\n\nMay 4, 2026\n\nRe: Ann Roe, member ID AH7712040, case 551020\n\nDear Dr. Roe:\n\n{}\n\n"
    "Sincerely,\nThe Plan\n"
)


def kind(content):
    return extract(plain_pages(content), letter_id="x-1", language=LANGUAGE, practice=Practice()).kind.value


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # A denial that says how the next step may end is no outcome of an appeal.
        (
            "We cannot approve the lid surgery. It changes looks only.\n\n"
            "You may write to us again within six months. We will then pay, ask for more, or uphold our denial.",
            "denial",
        ),
        (
            "We deny payment of code 64616. No prior authorization was asked for.\n\n"
            "Decision after a hearing.\nThe order of the judge is final.",
            "denial",
        ),
        (
            "We denied the lid surgery. It changes looks only. Appeals received after July 3, 2026 are dismissed.",
            "denial",
        ),
        ("We denied the lid surgery. It changes looks only.\n\nLate requests are dismissed.", "denial"),
        ("We denied the lid surgery. Your appeal came after July 3, 2026 and is dismissed.", "dismissal"),
        (
            "This is to acknowledge that on April 25, 2026 we received an appeal of our decision on the lids.\n\n"
            "A surgeon who had no part in the denial will look at the file.\n\nWe appreciate your patience.",
            "acknowledgement",
        ),
        (
            "On April 25, 2026 we received an appeal of our decision on the lids. Somebody who did not take part in "
            "the first decision will review all of it, and we will write to you about what was decided.",
            "acknowledgement",
        ),
        ("You asked us to look at the case again. Our first decision stands.", "appeal_upheld"),
        ("We have finished your appeal. The denial is upheld.", "appeal_upheld"),
        # What was denied before, without an appeal, and is approved now is an approval.
        (
            "We approved the drug until May 10, 2027. An earlier request was denied on March 2, 2026 because "
            "two pills had not been tried.",
            "approval",
        ),
        # What was not approved on an earlier day is appealed, and not decided yet.
        (
            "Thank you for your appeal about the nursing hours that we did not approve on April 3, 2026. It came in on "
            "April 30. You will hear from us by May 30. Nothing is decided yet.",
            "acknowledgement",
        ),
        # Nothing is decided: the request comes back.
        (
            "We return your request of April 19 without a decision on its merits. The time for it ended on March 3.",
            "dismissal",
        ),
        ("Your appeal goes back to you without being decided, because nobody signed it.", "dismissal"),
    ],
)
def test_what_was_decided_before_or_may_come_is_not_decided_now(body, expected):
    assert kind(LETTER.format(body)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Alder Health\nUM fax\n\nPatient: Ann Roe\nReference: UM-551020\n\nDays  Level  Determination\n"
         "05/01/2026 - 05/03/2026  Acute inpatient  APPROVED 2 days\n"
         "05/03/2026 - 05/06/2026  Acute inpatient  DENIED 3 days\n\nFrom May 3 she took pills and walked.\n",
         "partial_denial"),
        ("ALDER HEALTH - CLAIMS\n\nMEMBER ID  : AH7712040\nCLAIM NO   : 26153A0088\n"
         "BILLED     : J0585-JZ 200 UNITS  $1,640.00  DENIED\n             64615          $  395.00  PAID $148.20\n"
         "WHY        : THE DRUG HAS TO COME FROM THE PHARMACY OF THE PLAN.\n",
         "partial_denial"),
        ("ALDER MEDICAID\nNOTICE OF ACTION\n\nMedicaid ID: 0011884472\n\nYou had: 28 visits a week\n"
         "We approved: 14 visits a week\nWe did not approve: 14 visits a week\n\nYou may appeal within 60 days.\n",
         "partial_denial"),
        ("Alder Health\nAuthorization notice\n\nMember ID: AH7712040\n\n"
         "Lines requested   Lines approved   Lines denied\n2                 2                0\n\n"
         "Use authorization number A290077 on your claims.\n",
         "approval"),
        ("# Decision D-3390\n\nPayer: Alder Health\nPatient: Ann Roe / ID 77100482\n\n"
         "Status: ~~DENIED 05/05 - a duplicate~~ -> **APPROVED 05/08**\n\n- J0585, 200 units, 4 visits\n",
         "approval"),
        ("Alder Contractor\nPrior authorization decision\n\nBeneficiary: Ann Roe, Medicare number 5GH8-RJ2-TK17\n\n"
         "| item | decision |\n|---|---|\n| chair K0823 | affirmed |\n| leg rests K1005 | non-affirmed |\n",
         "partial_denial"),
    ],
)  # fmt: skip
def test_rows_of_outcomes(content, expected):
    assert kind(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{\n "doc_type": "claim_denial",\n "payer": "Alder",\n "claim_number": "M26070019930",\n'
         ' "lines": [{"cpt": "90837", "charge": 210.00, "paid": 0.00, "adj": "CO-B7"}],\n'
         ' "total_denied": 210.00\n}\n',
         "denial"),
        ("---\ntype: prior_auth_denial\npayer: Alder Health\nmember_id: AH7712040\n---\n\nThe scan is too early.\n",
         "denial"),
        ("---\ntype: provider_bulletin\npayer: Alder Health\n---\n\nDear provider,\n\nThis is for the network and "
         "not about any one member or claim.\n\n- From June 1 J0585 needs approval, else claims will be denied.\n",
         "other"),
    ],
)  # fmt: skip
def test_a_record_says_what_it_is(content, expected):
    assert kind(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("call log -- billing\n5/12/26, Alder Health, rep Dana, ref 5512\npt Ann Roe id AH7712040 claim 26153A0088\n"
         "she says claim denied, the units were wrong. send a corrected one within 12 months of the DOS.\n",
         "denial"),
        ("5/29/2026 claim follow up - Ann Roe - Alder Health - claim 71120668\nrep: Lorne, call ref I-551\n"
         "64615 pd. J0585 denied, the auth they have is only for 155 units.\n",
         "partial_denial"),
        ("call log\n5/12/26, Alder Health, rep Dana\npt Ann Roe id AH7712040\nasked whether the claim was denied. "
         "It is still in process, call again in June.\n",
         "other"),
    ],
)  # fmt: skip
def test_notes_of_a_call(content, expected):
    assert kind(content) == expected


def test_a_line_denied_with_another_is_no_denial_in_part():
    told = kind(
        "Alder portal\n\n| Field | Value |\n|---|---|\n| Patient | Ann Roe |\n| Payer claim # | AH26020400 |\n"
        "| Status | DENIED |\n\nLine 1 J0585 was denied. The approval allows 155 units and 200 were billed. "
        "Line 2 was denied along with it.\n"
    )
    assert told == "denial"


def test_a_review_of_a_bill_is_a_statement():
    told = kind(
        "ALDER CASUALTY\nMedical Bill Review - Explanation of Review\n\nClaim no. WC-2101846   Bill no. BR-77409\n\n"
        "Line  DOS         Code   Billed     Paid       CARC  Explanation\n"
        "1     04/30/2026  29881  $2,940.00  $1,318.52        Fee schedule\n"
        "2     04/30/2026  29877  $1,655.00  $0.00      97    Its value is part of line 1\n"
    )
    assert told == "remittance"


def _table(*rows):
    return "\n".join(f"{first:<24}{second:<28}{third}" for first, second, third in rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A cell that runs on in the next line, and what follows the outcome in it.
        (
            [
                ("Drug", "Asked for", "Decision"),
                ("Infliximab", "5 mg/kg every 8 weeks", "Certified, no. 5520-119"),
                ("", "", "05/04/2026 to 11/03/2026"),
                ("Methotrexate injection", "25 mg every week", "Not certified"),
            ],
            "partial_denial",
        ),
        (
            [
                ("Service", "Asked for", "Outcome"),
                ("Knee brace", "1", "Approved; see below"),
                ("Walker", "1", "Approved; see below"),
            ],
            "approval",
        ),
        (
            [("Service", "Asked for", "Outcome"), ("Brace", "for the right", "Denied (2 reasons)"), ("", "leg", "")],
            "denial",
        ),
    ],
)  # fmt: skip
def test_outcomes_of_a_column_row_by_row(rows, expected):
    assert kind(LETTER.format(_table(*rows))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # What the plan upheld on an earlier day is the history of the case that a reviewer decides.
        (
            "The plan denied the scan on January 8, 2026. On February 27, 2026 the plan upheld its denial.\n\n"
            "The denial of the scan is reversed. The plan shall authorize it.",
            "appeal_overturned",
        ),
        (
            "The plan affirmed the denial on December 19, 2025.\n\nThe adverse determination is overturned.",
            "appeal_overturned",
        ),
        (
            "The plan affirmed the denial of both scans on December 19, 2025.\n\nThe determination on the first "
            "scan is overturned. The denial of the second scan is upheld.",
            "partial_denial",
        ),
        ("Your appeal came in. The panel agreed with the first decision. The claim stays denied.", "appeal_upheld"),
        ("On March 3, 2026 we upheld our denial. We have looked again. The denial is upheld.", "appeal_upheld"),
    ],
)
def test_what_was_upheld_before(body, expected):
    assert kind(LETTER.format(body)) == expected


@pytest.mark.parametrize(
    "says",
    [
        "This card does not guarantee coverage.",
        "Card is not a guarantee of eligibility. Prior authorization may be required.",
        "Show this card at every visit.",
    ],
)
def test_card_says_so_itself(says):
    card = "ALDER HEALTH PLAN\nHMO SELECT\n\nMember:  ANN ROE\nMember ID:  AH 7712 0401\nGroup: 5510\nCopays: $20"
    assert kind(f"{card}\n\n{says}\n") == "other"


def test_denial_that_speaks_of_the_card():
    body = "We deny the lid surgery. It changes looks only. The number on your card is for questions. Show this card."
    assert kind(LETTER.format(body)) == "denial"
