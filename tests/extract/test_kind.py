"""What a letter is: by the decision it brings, never by a word it mentions."""

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.extract.codes import Codes
from pipeline.extract.kind import decide_kind
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import CarcCode, LetterKind
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
LETTERS = Path(__file__).parent / "payer_letters"


def kind_of(content, *, codes=None, practice=None):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return decide_kind(
        reading, LANGUAGE, reasons=(), codes=codes or Codes(), claims=(), practice=practice or Practice()
    )


@pytest.mark.parametrize(
    ("name", "kind", "subtype", "addressee", "timing"),
    [
        ("medicare_denial_notice", "denial", "integrated_denial_notice", None, "pre_service"),
        ("medicaid_notice", "denial", None, "member", "pre_service"),
        ("drug_plan_notice", "denial", None, None, "pre_service"),
        ("non_certification", "denial", None, None, "pre_service"),
        ("partial_approval", "partial_denial", None, "provider", "pre_service"),
        ("appeal_stands", "appeal_upheld", None, "provider", "post_service"),
        ("final_adverse", "appeal_upheld", None, "member", None),
        ("dismissal", "dismissal", None, None, None),
        ("approval", "approval", None, "provider", "pre_service"),
        ("acknowledgement", "acknowledgement", None, "member", None),
        ("more_information", "information_request", "additional_documentation_request", "provider", "pre_service"),
        ("overpayment", "overpayment_demand", None, "provider", "post_payment"),
        ("explanation_of_benefits", "remittance", None, None, "post_service"),
        ("our_appeal", "other", "own_outgoing", None, None),
    ],
)
def test_kind_of_a_whole_letter(name, kind, subtype, addressee, timing):
    found = kind_of((LETTERS / f"{name}.txt").read_text())
    assert (found.kind, found.subtype) == (kind, subtype)
    assert addressee is None or found.addressee == addressee
    assert timing is None or found.timing == timing


def letter(*paragraphs, title="RE: Your request"):
    body = "\n\n".join(paragraphs)
    return (
        f"Some Health Plan\nP.O. Box 1\nTown, OH 43210\n\nMarch 2, 2026\n\n{title}\n\nDear Dr. Roe:\n\n{body}\n\n"
        "Sincerely,\nThe Plan\n"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Your request has been denied.",
        "We are unable to approve the injection.",
        "We cannot approve this request.",
        "We can't cover this service.",
        "The claim was denied because no authorization was on file.",
        "Coverage for the drug is denied.",
        "The service is not approved.",
        "No payment can be made for the claim.",
        "When we looked at the records, we found no trial of two drugs, and the request is denied.",
        "Without any record of an authorization, we have denied the claim.",
        "The prior authorization request was denied.",
    ],
)
def test_words_that_deny(sentence):
    assert kind_of(letter(sentence)).kind == "denial"


@pytest.mark.parametrize(
    "sentence",
    [
        "A claim may be denied if coverage has ended.",
        "If your appeal is denied, you may ask for an external review.",
        "This is not a denial.",
        "We do not reward reviewers for issuing denials of coverage.",
        "When a service is denied you may appeal.",
        "The request would be denied without records.",
        "Claims will be denied after the end of the cycle.",
        "You do not pay anything for the visit.",
        "Last year's request was denied.",
        "Nearly one in eight claims is denied on first pass.",
        "Most requests that were denied lacked notes.",
    ],
)
def test_words_that_only_mention_a_denial(sentence):
    assert kind_of(letter("Thank you for your call.", sentence)).kind not in {
        "denial",
        "partial_denial",
        "appeal_upheld",
    }


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We are upholding our original decision to deny coverage.", "appeal_upheld"),
        ("Your appeal has been denied.", "appeal_upheld"),
        ("Our earlier denial stands, and the original determination remains unchanged.", "appeal_upheld"),
        ("We have overturned our earlier denial and the drug is approved.", "appeal_overturned"),
        ("We have dismissed the appeal.", "dismissal"),
        ("We partially approved the request. The rest of the request is denied.", "partial_denial"),
        ("Outcome, 8 visits allowed under number RT-4410, 4 visits not allowed.", "partial_denial"),
        ("We have approved the request. A claim may be denied if coverage ends.", "approval"),
        ("No decision has been made. To complete our review we need the office notes.", "information_request"),
        ("We received your appeal on May 3, 2026. This letter confirms that we have it.", "acknowledgement"),
        (
            "A review after payment shows that we overpaid the claim. Please refund the overpayment.",
            "overpayment_demand",
        ),
    ],
)
def test_other_decisions(sentence, kind):
    assert kind_of(letter(sentence)).kind == kind


def test_the_title_alone_decides():
    assert kind_of(letter("See the enclosed pages.", title="NOTICE OF ADVERSE BENEFIT DETERMINATION")).kind == "denial"


def test_an_explanation_of_benefits_that_is_a_letter_is_a_denial():
    text = letter(
        "We have processed your claim. Your claim has been denied.", title="RE: Explanation of Benefits - Claim Denial"
    )
    assert kind_of(text).kind == "denial"


@pytest.mark.parametrize(
    ("text", "subtype"),
    [
        (
            "Larkmoor Supply\n\nINVOICE\n\nInvoice Number: 881\nQty  Price\n2  $18.00\nTotal due: $36.00. "
            "Payment is due in 30 days.\n",
            "invoice",
        ),
        ("FAX COVER SHEET\n\nTo: Billing\nFrom: Some Plan\nPages: 4\n", "fax_cover"),
        ("HEALTH INSURANCE CARD\n\nMember: Jane Roe\nID: AB1\nRxBIN: 009999\n", "id_card"),
        ("HEALTH INSURANCE CLAIM FORM\n\n1a. INSURED'S I.D. NUMBER: 77\n", "claim_form"),
        ("PRIOR AUTHORIZATION REQUEST\n\nPatient: Jane Roe\nService: MRI\nMRI is medically necessary.\n", "pa_request"),
        (
            "HEALTH INSURANCE CLAIM FORM\n\n1a. INSURED'S I.D. NUMBER: 77\nREMARKS  SENT AGAIN, DENIAL OF MAY 2\n",
            "claim_form",
        ),
        (
            "ELIGIBILITY RESPONSE\n\nMember: Jane Roe\nCoverage: active\nAcupuncture: not covered\n",
            "eligibility_response",
        ),
    ],
)
def test_what_is_no_letter_of_a_payer(text, subtype):
    found = kind_of(text)
    assert (found.kind, found.subtype) == ("other", subtype)
    assert not found.denies


def test_our_own_letterhead_makes_an_appeal_ours():
    text = (
        "Lakeside Neurology\nFax 608-555-0155\n\nApril 2, 2026\n\nSome Plan\n\nWe disagree with your denial. We "
        "ask that the decision be changed. Please accept this letter.\n"
    )
    ours = Practice(names=("Lakeside Neurology",))
    assert (
        kind_of(text + "Respectfully requested, on behalf of our patient.\n", practice=ours).subtype == "own_outgoing"
    )


def test_a_remittance_denies_only_with_denied_lines():
    text = (LETTERS / "explanation_of_benefits.txt").read_text()
    place = {"text": "", "page": 1, "boxes": (), "confidence": 1.0, "rule": "given"}
    assert not kind_of(text, codes=Codes(carc=(CarcCode(value="45", group="CO", **place),))).denies
    assert kind_of(text, codes=Codes(carc=(CarcCode(value="50", group="CO", **place),))).denies


def test_nothing_readable_is_other_and_unsure():
    found = kind_of("a Printed on recycled paper.\n")
    assert found.kind == "other"
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("kind", "title", "body"),
    [
        ("denial", "Claim 1", "The claim was returned as unprocessable because the NPI is missing."),
        ("denial", "Coverage", "The requested drug does not meet the plan's medical necessity criteria."),
        ("denial", "Coverage", "After careful review, coverage for this medication is not authorized."),
        ("denial", "Authorization", "Status: Not Approved"),
        ("denial", "Determination", "We have determined that the service is not medically necessary."),
        ("denial", "Your claim", "Your claim for services on 1/2/2026 has not been paid. The service is excluded."),
        ("denial", "Care", "An initial approval was given for 12 visits. Continued treatment is not certified."),
        ("denial", "Outcome", "Following the peer-to-peer discussion, the request remains denied."),
        ("approval", "Outcome", "Following the peer-to-peer discussion, the service has been approved."),
        ("approval", "Precertification", "This letter confirms that the services have been certified: J0585."),
        ("information_request", "Claim 22", "We are holding this claim. We need the operative report."),
        ("information_request", "Records", "Your claim has been selected for prepayment review. Please send records."),
        ("acknowledgement", "Grievance", "We have received your grievance dated May 1. We will resolve it."),
        ("appeal_overturned", "Appeal", "We have decided to approve your appeal. The claim will be reprocessed."),
        ("appeal_overturned", "Appeal", "The previous denial has been reversed and the service is authorized."),
        ("appeal_upheld", "Appeal", "The Appeals Committee agrees with the original decision."),
        ("appeal_upheld", "Redetermination", "This is an unfavorable redetermination. Medicare will not pay."),
        ("partial_denial", "Determination", "Botox 155 units: Approved. Botox additional 45 units: Denied."),
        ("partial_denial", "Claim decision", "We paid part of your claim. Line 2 was denied as bundled."),
        ("overpayment_demand", "Account", "Our audit found that claim 12 was paid in error. Please repay it."),
        ("dismissal", "Appeal", "We cannot process your appeal without the form. Your appeal is dismissed."),
        ("other", "Directory", "Please verify your address and phone number in our directory."),
        ("other", "Network update", "Starting July 1, claims without authorization will be denied."),
        ("other", "Welcome", "Thank you for joining our network. Your contract is effective May 1."),
    ],
)
def test_many_ways_to_say_it(kind, title, body):
    assert kind_of(letter(body, title=f"RE: {title}")).kind == kind


def test_a_clinic_note_that_tells_of_a_denial_is_no_denial():
    text = (
        "Lakeview Clinic\nOffice visit note\n\nChief complaint: headache\nHistory of present illness: He was denied "
        "Botox last year.\nPhysical examination: normal\nAssessment and plan: appeal the denial.\n"
    )
    assert kind_of(text).subtype == "clinical_document"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("acknowledgement", 'We have your appeal. You quote us: "The request was denied as not necessary."'),
        ("approval", "We approved the request. Services that are not medically necessary or cosmetic are denied."),
        ("denial", "The claim was held for prepayment review. After review by a coder the claim is disallowed."),
        ("denial", "The level of skilled nursing facility care is no longer supported after 10/10/2025."),
        ("denial", "We are STOPPING a service you get now."),
        ("denial", "We have turned down this request."),
        ("denial", "We won't pay for the operation."),
        ("appeal_upheld", "You asked us to look again. We're keeping our first decision."),
        ("appeal_upheld", "You asked us to change our decision. We looked again and we are not changing it."),
        ("other", "The Committee was unable to approve your application. Recredentialing is due."),
    ],
)
def test_quotes_generalities_and_plain_words(kind, body):
    assert kind_of(letter(body)).kind == kind


def test_a_newsletter_that_explains_denials_is_no_denial():
    text = (
        "THE BENEFIT NEWS\nfor members\n\nWhy do claims get denied?\nA claim may be denied because a service is "
        "not medically necessary. You have the right to appeal.\n"
    )
    assert kind_of(text).kind == "other"


@pytest.mark.parametrize(
    ("boxes", "kind"),
    [
        ("[ ] APPROVED [X] NOT APPROVED [ ] MORE INFORMATION NEEDED", "denial"),
        ("[X] APPROVED [ ] NOT APPROVED [ ] MORE INFORMATION NEEDED", "approval"),
        ("[ ] APPROVED [ ] NOT APPROVED [X] MORE INFORMATION NEEDED", "information_request"),
    ],
)
def test_only_the_ticked_box_of_a_form_decides(boxes, kind):
    content = (
        f"Example Rx Services\nCoverage determination\nPatient: Ann Lee  ID: EX1002003\n\n{boxes}\n\nComments below.\n"
    )
    assert kind_of(content).kind.value == kind


def test_an_appeal_limit_alone_makes_a_denial_guessed():
    rest = "Appeal Rights\nYou may appeal within 180 days of this letter.\n"
    found = kind_of(f"Dear Dr. Lee:\n\nThe question was put to our panel, which met on May 4.\n\n{rest}")
    assert found.kind.value == "denial"
    assert found.confidence < 0.6
    assert (
        kind_of(
            "Dear Dr. Lee:\n\nThe question was put to our panel, which will meet in the week of May 4.\n"
        ).kind.value
        == "other"
    )


def test_a_decision_told_after_what_was_received_is_no_acknowledgement():
    found = kind_of(
        "Dear Ms. Lee:\n\nWe received your request for reconsideration on May 7, 2026. We looked at it again, and "
        "our answer stays as it was.\n\nMember ID: HH2201450\n"
    )
    assert found.kind.value == "appeal_upheld"
    only = kind_of("Dear Ms. Lee:\n\nWe received your appeal on May 7, 2026. We will write to you by June 6.\n")
    assert only.kind.value == "acknowledgement"


def test_a_service_that_is_cut_is_denied_in_part():
    found = kind_of(
        "Dear Ms. Lee:\n\nNOTICE OF ACTION\n\nPersonal care is changed from 28 hours a week to 14 hours a week.\n"
    )
    assert found.kind.value == "partial_denial"


def extracted(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    text = Text(content=content, pages=(page,))
    return extract(text, letter_id="d1-1", language=LANGUAGE, practice=Practice()).kind


@pytest.mark.parametrize(
    "text",
    [
        "# letter-sorter\n\nSorts letters by their words.\n\n| word | folder |\n| --- | --- |\n"
        '| "not medically necessary" | clinical |\n| "claim denied" | billing |\n',
        "Office News\n\nWe had 30 denials in May, 12 for missing prior authorization (CO-197). Thanks to all.\n",
    ],
)
def test_a_page_about_nobody_denies_nothing(text):
    assert extracted(text) is LetterKind.OTHER


def test_a_denial_that_names_nobody_but_says_so_is_one():
    assert (
        extracted("Your claim has been denied because the service was not medically necessary.\n") is LetterKind.DENIAL
    )


def test_an_external_review_that_overturns_tells_what_the_plan_upheld_before():
    told = extracted(
        "October 20, 2025\n\nCase no. XR-25-30771\nPatient: Jane Doe\n\n"
        "FINAL DECISION: the health plan's denial is OVERTURNED\n\n1. What the plan decided\n\n"
        "Alder denied the test on April 3, 2025 as not medically necessary and upheld that decision on July 22, 2025.\n"
    )
    assert told is LetterKind.APPEAL_OVERTURNED


def test_a_fax_that_brings_our_appeal_is_ours():
    told = extracted(
        "To: Alder Health appeals\nFrom: Elm Pain Clinic\nRe: Ann Roe, ID AH7712040, case 55102\n\n"
        "Here is our appeal of the denial of May 4. The denial letter says that the pump is not medically necessary.\n"
    )
    assert told is LetterKind.OTHER


def test_bills_are_denied_nothing_by_their_small_print():
    told = extracted(
        "ALDER SUPPLY   INVOICE 004471\nSold to: Doe Clinic   Date: 4/3/2026\nTOTAL 320.50\n"
        "Claims for shortage are denied unless made within 5 business days of delivery.\n"
    )
    assert told is LetterKind.OTHER
