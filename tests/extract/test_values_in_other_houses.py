"""Scalars and codes as houses of every sort print them, each class with what looks alike and gives nothing."""

import pytest

from pipeline.values.letter import Finding
from tests.extract.plain_letter import letter


def value(found: Finding | None) -> str | None:
    return found.value if found else None


def values(found: tuple[Finding, ...]) -> list[str | None]:
    return [one.value for one in found]


HEAD = "Some Health Plan\n12 Quarry Road, Dover, DE 19901\n\n"
END = "\n\nWe denied this request.\n\nSincerely,\nSome Health Plan\n"


@pytest.mark.parametrize(
    ("told", "field", "expected"),
    [
        ("Client: Jane Roe   Client ID: 0044-118-2", "member_name", "Jane Roe"),
        ("Student: Jane Roe\nStudent ID: WX-0117-20044\nSchool policy no.: SH-2207", "member_id", "WX-0117-20044"),
        ("Patient: Jane Roe\nPatient ID: ST-1100-2244-1\nElectronic payer ID PY001", "member_id", "ST-1100-2244-1"),
        ("Jane Roe\nMRN 0011993355\nReferral number 20599918226", "member_id", "0011993355"),
        ("Re: request 44190 | Member Jane Roe | ID 612209117", "member_id", "612209117"),
        ("Boise, Jane Roe, Nampa ID 83651", "member_id", None),
        ("BENEFICIARY: Jane Roe, MBI 2WD8-KF4-TA66", "member_name", "Jane Roe"),
        ("Hello Jane Roe,\n\nWe read your request.", "member_name", "Jane Roe"),
        ("Hello Elm Pain Specialists,\n\nWe read your request.", "member_name", None),
        ("Claim C4419 / Member M10449921 (Jane Roe)", "member_name", "Jane Roe"),
        ("Claim decision for Jane Roe\nMember ID 44190221", "member_name", "Jane Roe"),
        ("Decision on request 4410 (Roe, Jane / QQ-0091822)", "member_name", "Roe, Jane"),
        ("Decision on request 4410 (Roe, Jane / QQ-0091822)", "member_id", "QQ-0091822"),
        ("called Elm provider line, rep Ada\nJane Roe, mbr# QWA5510287", "member_id", "QWA5510287"),
        ("Treated by: Ridgeway Joint & Spine, tax id 36-1112223", "provider_name", "Ridgeway Joint & Spine"),
        ("Req #: SP-2026-11802", "reference_number", "SP-2026-11802"),
        ("Request: 64616 and J0588, neck   Case 26154-00218", "reference_number", "26154-00218"),
        ("Request: 99213445\nCPT 99213", "reference_number", "99213445"),
        ("Request: J0585 100 units, Case 26154-00218", "reference_number", "26154-00218"),
        ("Claim control number: 2601200004417\nReference: 2601200004417", "reference_number", None),
        ("Provider: Elm Spine Clinic\nVIA FAX: Case Management, Elm Spine Clinic", "provider_name", "Elm Spine Clinic"),
        ("We got a request from Stillbrook Recovery House for a stay.", "provider_name", "Stillbrook Recovery House"),
        ("We got a request from Some Health Plan for records.", "provider_name", None),
        ("With Ada Quist, MD, Neurology", "provider_name", "Ada Quist, MD"),
        ("Claims Processing, Camp Hill, PA", "provider_name", None),
        ("RE: Jane Roe, Case 77451, ID 55500981234", "reference_number", "77451"),
        ("RE: Jane Roe / RxID 55500981234 / Case 7745-A", "reference_number", "7745-A"),
        ("RE: Jane Roe - Auth 77451 - ID 55500981234", "reference_number", "77451"),
        ("In case 77451 of our files, notes were sent.", "reference_number", None),
        ("RE: Jane Roe, Case 2026, a year on", "reference_number", None),
        ("Pt: ROE, JANE    Mem: QCH2209-01    Grp: 70012", "member_id", "QCH2209-01"),
    ],
)
def test_labels(told: str, field: str, expected: str | None) -> None:
    assert value(getattr(letter(f"{HEAD}{told}{END}"), field)) == expected


def test_number_of_a_call_is_never_sure() -> None:
    found = letter(f"{HEAD}Called the plan 06/18/2026, call ref# C-99310452{END}").reference_number
    assert found is None or not found.sure


def test_claim_number_with_letters_between_is_whole() -> None:
    assert value(letter(f"{HEAD}Claim: 2026009 EA 55102\nBilled: $20.00{END}").claim_number) == "2026009EA55102"


def test_two_columns_that_ran_together_give_no_number() -> None:
    table = "Patient   Member ID   Claim        Paid\nJane      GBH40077213 GB25-1190-337   12.00\n"
    found = letter(f"{HEAD}{table}{END}")
    assert "GB25-1190" not in (value(found.member_id) or "")


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Portal > Messages\nPosted 05/14/2026 11:02 ET", "2026-05-14"),
        ("PAYER: SOME HEALTH PLAN    CHECK NO 4412    CHECK DATE 20260411", "2026-04-11"),
        ("Note - pasted from the portal 8/19/2026\nDetermination 08/17/2026: NOT APPROVED", "2026-08-17"),
        ("We could not pay for the lenses.\n06/08/2026", "2026-06-08"),
        ("We could not pay for the lenses of 06/08/2026", None),
        ("EOB REMARKS -- Check 0092817  Paid 05/28/2026", "2026-05-28"),
        ("Claim 4471      05/04/26   64615      900.00", None),
    ],
)
def test_day_of_the_letter(told: str, day: str | None) -> None:
    assert value(letter(f"Some Health Plan\n\n{told}\n").letter_date) == day


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("Your claim. The office visit of July 21, 2026 records nine headache days.", []),
        ("Your claim. Authorization A1177 covers dates of service from 04/01/2026 to 06/30/2026 only.", []),
        ("Your claim. Pharmacy claims show Aimovig filled on 07/22/2026.", []),
        ("Your claim for the office visit of July 21, 2026 was read.", ["2026-07-21"]),
    ],
)
def test_days_of_evidence_and_approvals_are_no_service(told: str, days: list[str]) -> None:
    assert values(letter(f"{HEAD}{told}{END}").dates_of_service) == days


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("Your doctor may ask for a peer-to-peer talk at 781-555-0125 before June 24, 2026.", "2026-06-23"),
        ("You may appeal before Wednesday, June 24, 2026.", "2026-06-23"),
        ("You may appeal on or before June 24, 2026.", "2026-06-24"),
        ("You may appeal by June 24, 2026.", "2026-06-24"),
    ],
)
def test_before_a_day_is_not_on_it(told: str, due: str) -> None:
    found = letter(f"Some Health Plan\n\nMay 4, 2026\n\nWe denied this request. {told}\n")
    assert [clock.due for clock in found.clocks if clock.due] == [due]


def test_fax_for_what_one_has_to_add_is_no_appeal_fax() -> None:
    told = "We have your appeal and will decide by June 24, 2026. If you have something to add, fax it to 505-555-0183."
    faxes = [c.purpose.value for c in letter(f"{HEAD}{told}\n").contacts if c.channel.value == "fax"]
    assert faxes == ["records"]


@pytest.mark.parametrize(
    ("told", "faxes"),
    [
        ("Appeals fax: 555-555-0117. Notes without an appeal: fax 555-555-0118.", ["appeal", "records"]),
        ("To send new notes without an appeal fax 555-555-0118.", ["records"]),
        ("Fax new records that are not an appeal to 555-555-0118.", ["records"]),
        ("You may appeal (fax 555-555-0117; claims fax 555-555-0118).", ["appeal"]),
        ("Appeals and claims fax: 555-555-0117.", ["appeal"]),
        ("For an appeal about a denied prior authorization, please fax 555-555-0117.", ["appeal"]),
        ("If you disagree with what we decided about payment, write or fax 555-555-0117.", ["appeal"]),
        ("Fax 555-555-0117 is for claims appeals and reconsiderations.", ["appeal"]),
        ("Appeals: fax 555-555-0117; for billing matters fax 555-555-0118.", ["appeal"]),
        (
            "File a grievance within 90 days of this letter. Fax the grievance to 555-555-0117. A lawyer may appeal.",
            ["appeal"],
        ),
        ("You may appeal by fax to 555-555-0117. File a grievance at any time, fax 555-555-0118.", ["appeal"]),
        ("Appeals fax 555-555-0117. Prescription slips (not appeals) go by fax to 555-555-0118.", ["appeal"]),
        ("MEMBERS: Appeals within 60 days, fax 555-555-0117.", ["appeal"]),
        ("You may appeal. Dr. Lam can fax us at 555-555-0118 to add notes before you appeal.", ["records"]),
    ],
)
def test_a_fax_for_other_papers_is_no_appeal_fax(told: str, faxes: list[str]) -> None:
    found = letter(f"Some Health Plan\nMay 3, 2026\n\nWe denied your claim.\n\n{told}\n")
    assert [c.purpose.value for c in found.contacts if c.channel.value == "fax"] == faxes


def test_day_beside_a_sender_whose_name_has_a_word_of_care() -> None:
    found = letter(
        "ELM PILGRIM HEALTH CARE                July 15, 2026\n\nNotice of denial\n\nMember Ann Roe, HPH8827401\n"
    )
    assert (value(found.letter_date), values(found.dates_of_service)) == ("2026-07-15", [])


def test_heading_beside_the_day_is_no_label_of_it() -> None:
    head = "Bright Elm Dental & Vision\nPost-service claim decision                    June 19, 2026\n\n"
    body = "Date of treatment: 06/02/2026\n\nDenied. Write to Bright Elm Appeals, PO Box 2200, Salem OR 97301.\n"
    found = letter(head + body)
    assert (value(found.letter_date), values(found.dates_of_service)) == ("2026-06-19", ["2026-06-02"])
    assert value(found.payer) == "Bright Elm Dental & Vision"


def test_payer_with_its_short_form_in_running_text() -> None:
    found = letter("May 4, 2026\n\nDear Ms. Roe,\n\nElm Meadow Health (EMH) could not pay your claim.\n")
    assert value(found.payer) == "Elm Meadow Health"


def test_address_begins_behind_what_announces_it() -> None:
    told = "To appeal, write to us within 180 days: Elm Appeals, PO Box 2, Salem OR 97301."
    found = letter(f"Some Health Plan\nMay 3, 2026\n\nWe denied your claim.\n\n{told}\n")
    mail = [c.value for c in found.contacts if c.channel.value == "mail"]
    assert mail == ["Elm Appeals, PO Box 2, Salem OR 97301"]


def test_fast_and_standard_appeals_in_rows_keep_their_numbers() -> None:
    rows = (
        "You have the right to appeal within 65 calendar days of this notice.\n"
        "Standard appeal    Mail: Elm Appeals, P.O. Box 14, Troy, NY 12180. Fax:\n"
        "1-800-555-3310\n"
        "Fast appeal    Phone: 1-800-555-3325; TTY 711. Fax: 1-800-555-3311\n"
    )
    faxes = {c.purpose.value: c.value for c in letter(f"{HEAD}{rows}").contacts if c.channel.value == "fax"}
    assert faxes == {"appeal": "8005553310", "expedited_appeal": "8005553311"}


def test_words_and_a_count_are_no_reference() -> None:
    assert letter(f"# Case file: AUTH-EXPIRED-03\n\n{HEAD}We denied this request.\n").reference_number is None


def test_desk_of_the_payer_is_not_its_name() -> None:
    found = letter("From: UM desk, Copperline Health\nTo: Elm Clinic\n\nYour request is denied.\n")
    assert value(found.payer) == "Copperline Health"


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ("CODES: 97110 GP, 97140 GP\nCHARGE: 20.00", ["97110", "97140"]),
        ("Date: 02/20/2026  RA: 51220-26", []),
        ("Procedures: 64615, JO585", ["64615", "J0585"]),
        ("**Independent Review Organization:** Alder IRO, Inc.\n**Disputed service:** day program, H0035", ["H0035"]),
    ],
)
def test_procedure_codes(told: str, codes: list[str]) -> None:
    assert values(letter(f"{HEAD}{told}{END}").procedure_codes) == codes


@pytest.mark.parametrize(
    ("told", "carc", "rarc"),
    [
        ("Billed: 20.00\nReason B7 / N570.", ["B7"], ["N570"]),
        ("K2 - The drug was given without precertification. Code 197.", ["197"], []),
        ("reason ......... 27 Expenses incurred after coverage ended", ["27"], []),
        ("For this reason B12 injections are not necessary. Reason: 12 Doses were asked for", [], []),
        ("Reason 27 of the list. Area code 197 is out of order.", [], []),
    ],
)
def test_adjustment_codes(told: str, carc: list[str], rarc: list[str]) -> None:
    found = letter(f"{HEAD}{told}{END}")
    assert (values(found.carc), values(found.rarc)) == (carc, rarc)


def test_authorization_under_an_outcome_in_capitals() -> None:
    told = "Decision on these days: DENIED\nThe first days stand as approved under authorization 26-1190043."
    assert [one.number for one in letter(f"{HEAD}{told}{END}").authorizations] == ["26-1190043"]


def test_authorization_in_groups_of_digits() -> None:
    told = "The treatment is authorized, authorization number 4410 9927 1863."
    assert [one.number for one in letter(f"{HEAD}{told}\n").authorizations] == ["441099271863"]


@pytest.mark.parametrize(
    ("told", "field", "money"),
    [
        ("outcome: denied in full, $1,980.00", "denied_amount", "1980.00"),
        ("Thank you for your receipt from Bright Lane Optical for $284.00.", "billed_amount", "284.00"),
        ("CLAIM TOTAL    CHG 1,825.00    PAID 150.72", "billed_amount", "1825.00"),
        ("You were charged $15.00 in late fees.\nCharges: $420.00", "billed_amount", "420.00"),
        ("You were charged $418.00. The plan pays $0.00.", "billed_amount", "418.00"),
        (
            "dos: 06/30/2026  code: 64615  chg: 310.00\ndos: 06/30/2026  code: J0585  chg: 1,162.50\ntot chg 1,472.50",
            "billed_amount",
            "1472.50",
        ),
        ("An external review costs a fee of $25, waived for hardship.", "billed_amount", None),
    ],
)
def test_amounts(told: str, field: str, money: str | None) -> None:
    assert value(getattr(letter(f"{HEAD}{told}{END}"), field)) == money


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("status ......... DENIED\nreason ......... 27 Expenses incurred after coverage ended", "denial"),
        ("Denial: The code on the claim is not one for which the drug is approved.", "denial"),
        ("Send the signed order. If it does not come by then, the claim will be\ndenied. Fax 701-555-0131.", None),
        ("Determination: adverse. Requested study: 72148. It is not medically necessary at this point.", "denial"),
        ("Your appeal has been closed without review. The signed form did not come.", "dismissal"),
        ("We have your appeal dated August 3. Nothing in it was new, and so the answer stays no.", "appeal_upheld"),
        (
            "You asked us to think again. With the log our rule is met. The earlier denial no longer stands.",
            "appeal_overturned",
        ),
        ("CPT 64615: no prior approval is needed for this code. Benefits depend on the plan.", "other"),
        ("No prior approval is needed in an emergency; this was none, so we denied it.", "denial"),
        ("This is a courtesy reminder. Authorization CR-7701 ends on November 1, 2026.", "other"),
        ("We approve 200 units every 12 weeks instead. You may appeal by April 5, 2027.", "partial_denial"),
        ("Your appeal was received late. It will not be reviewed unless you show good cause.", "dismissal"),
        ("Although your appeal was received late, we read it. The denial is upheld.", "appeal_upheld"),
        ("Days 1 and 2 are approved. Days 3 and 4 are not, as less care would have done.", "partial_denial"),
        ("We agreed to 2 of the 4 treatments you asked for.", "partial_denial"),
        ("Your appeal was late but we took it. We uphold our decision: the drug is experimental.", "appeal_upheld"),
        ("New records will not be considered without good cause. We upheld the denial.", "appeal_upheld"),
        ("Your approval for nursing expires on June 10. More hours are not medically necessary.", "denial"),
        ("A friendly reminder: we still need the office notes. Please fax them.", "information_request"),
        ("Line 1, visit: approved. The MRI on line 2 is not covered at a hospital and is denied.", "partial_denial"),
        ("Your doctor requested 2 units. The request is denied. We covered 1 unit in March.", "denial"),
        ("Determination: inpatient level of care not approved; observation would be payable.", "denial"),
        ("We paid nothing. Your plan has no eye exams in it. You've got 180 days from when you get this.", "denial"),
        ("Your appeal came after its time had ended, and so it is closed without a review.", "dismissal"),
        ("Additional documentation request. We cannot pay it until we get the records below.", "information_request"),
        ("We closed your appeal without looking at it since it came in late.", "dismissal"),
        ("We looked it over and it's approved.", "approval"),
        ("Aimovig is covered from 09/01/2026 on. If we did not cover what was asked, you may appeal.", "approval"),
        ("The drug is covered through Part B alone and was denied under Part D.", "denial"),
        ("Eight of the twelve visits could not be paid. Four were paid.", "partial_denial"),
    ],
)
def test_kinds(told: str, kind: str | None) -> None:
    found = letter(f"{HEAD}Member: Jane Roe\nMember ID: Q44190221\n\n{told}\n").kind.value
    assert found == kind if kind else found not in {"denial", "partial_denial"}


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ("We were not asked about brow surgery and say nothing of it.", []),
        ("We were not asked for approval before the stay.", ["no_prior_auth"]),
        ("Dysport can be given without asking us first.", []),
        ("It was given without asking us first.", ["no_prior_auth"]),
        ("We did not open the chart.", []),
        ("This reviewer did not need the earlier records.", []),
        ("We did not get the notes.", ["insufficient_documentation"]),
        ("Dose and interval were not reviewed because the request stopped at this step.", []),
        ("Records are not what is missing here.", []),
        ("Physical therapy is not part of this notice; the visits approved in May go on until they are used up.", []),
        ("The patient is 67 and fell once at church.", []),
    ],
)
def test_hedges_beside_a_reason_give_none(said: str, reasons: list[str]) -> None:
    found = letter(f"{HEAD}Member: Jane Roe\nMember ID: Q44190221\n\nWe denied the drug: it is experimental. {said}\n")
    assert sorted({r.category.value for r in found.denial_reasons} - {"experimental"}) == reasons
