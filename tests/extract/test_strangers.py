"""Values in wordings of nobody's list: fixed columns, names under titles, approvals, bills, plans spoken for."""

import pytest

from tests.extract.plain_letter import HEAD, letter, value


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        ("Larch Review Partners\nfor Elm Health Plan\n\n05/04/2026\n", "payer", "Elm Health Plan"),
        ("LARCH BEHAVIORAL HEALTH\nCare management for Elm Insurance\n\n05/04/2026\n", "payer", "Elm Insurance"),
        (
            "Elm Dental      Predetermination of benefits\n\nWrite to Elm Dental, Appeals, Box 7.\n",
            "payer",
            "Elm Dental",
        ),
        ("Inbox > Message 1\n\nSender: Elm Health Utilization Team\nStatus: Pended\n", "payer", "Elm Health"),
        (
            "Elm Health Plan\n\nMay 4, 2026          File EL-44718\n\nWe look at the claim.\n",
            "letter_date",
            "2026-05-04",
        ),
        ("**Elm Health Plan**\n_May 4, 2026_\n\nWe look at the claim.\n", "letter_date", "2026-05-04"),
        (
            "From: Ada Quist\nDate: May 6, 2026\n\n---- Forwarded message ----\nFrom: Elm Health\nDate: May 4, 2026\n",
            "letter_date",
            "2026-05-04",
        ),
        (
            "Elm Health Plan\nMay 4, 2026\n\nPatient    Ada Quist\nDate       April 2, 2026\nService    71045, X-ray\n",
            "letter_date",
            "2026-05-04",
        ),
    ],
)
def test_head_of_a_letter_in_a_layout_of_nobodys_list(content, field, expected):
    assert value(content, field) == expected


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ("Sailor or patient:  Lt. (ret.) Ada Quist\n", "member_name", "Ada Quist"),
        (
            "Ada Quist\nElm member no. ESH 4410 7781\n\nHello Ada,\n\nWe cannot pay for it.\n",
            "member_name",
            "Ada Quist",
        ),
        ("Dear Dr. Ott:\n\nWe have looked at the appeal of Ada Quist.\n", "member_name", "Ada Quist"),
        ("Re: wheelchair (K0001), Ada Quist, subscriber no. ESH 44 10 7781\n", "member_name", "Ada Quist"),
        ("Re: wheelchair (K0001), Ada Quist, subscriber no. ESH 44 10 7781\n", "member_id", "ESH44107781"),
        ("CLAIM 40-118 FOR ADA M QUIST, CERTIFICATE ES 441 07 781, GROUP 118\n", "member_name", "ADA M QUIST"),
        ("CLAIM 40-118 FOR ADA M QUIST, CERTIFICATE ES 441 07 781, GROUP 118\n", "member_id", "ES44107781"),
        ("Ada Quist\nMedicaid ID 4410 7781 02\n\nWe cannot pay for it.\n", "member_name", "Ada Quist"),
        ("TO      Ada Quist\n        Elm number 4410-7781-02\n", "member_id", "4410-7781-02"),
        ("HMO ID: ESH 4410 7781\nRequest: TP-1014-338\n", "member_id", "ESH44107781"),
        ("We gave it the number ES 26 00318. It is pending.\n", "member_id", None),
        ("Plan code and ID: 7B2, E 41 220 118\n", "member_id", "E41220118"),
        ("The talk was about Ada Quist (ESH 4410 7781). Nothing changes.\n", "member_id", "ESH44107781"),
        ("We went by Delaware Administrative Regulation 16-4-2210.\n", "member_name", None),
        ("Dover Skin Center, NPI 1234567893\n\nMember: SSG (Ret.) Ada Quist\n", "member_name", "Ada Quist"),
        ("Employee:            Ada Quist\nEmployee ID:         ESH 4410 7781\n", "member_name", "Ada Quist"),
        ("Employer group:      Quarry Stone Works, No. 70418\n", "group_number", "70418"),
        ('{"member": {"member_id": "ESH44107781"}, "claim_number": "EC-26-118"}\n', "member_id", "ESH44107781"),
        ('{"member": {"member_id": "ESH44107781"}, "claim_number": "EC-26-118"}\n', "claim_number", "EC-26-118"),
        ("record 7\nclaim_number=EC-26-118\n", "claim_number", "EC-26-118"),
        ("Dover Skin Center\nFax 302-555-0150\n\nRe: Ada Quist\n", "provider_name", "Dover Skin Center"),
        ("Quarry Bariatrics\nRE: Ada Quist, Plan ID ESH 441-077-81\n", "provider_name", "Quarry Bariatrics"),
        ("Quarry Home Health, attn. intake\n\nPatient: Ada Quist\n", "provider_name", "Quarry Home Health"),
        ("Quarry Clinic\nAttention: Bo Ott, MD\n\nRe: Ada Quist\n", "provider_name", "Quarry Clinic, Bo Ott, MD"),
        ("To: Ada Quist\n\nDear Ada Quist,\n\nWe cannot pay.\n", "provider_name", None),
        ("To: Parent of Ada Quist\n\nWe cannot pay.\n", "provider_name", None),
        ("Pharmacy Determinations\n\nDear Ms. Quist:\n\nWe cannot pay.\n", "provider_name", None),
        ("Dear Dr. Ott:\n\nThe bill for this visit came to $812.40 and we cannot pay it.\n", "billed_amount", "812.40"),
        ("Service   94060, spirometry, $233.00\n\nWe denied the request.\n", "billed_amount", "233.00"),
        ("Service   94060, spirometry\n\nYour share is $233.00. We denied the request.\n", "billed_amount", None),
        ("Insured    Jane Roe          No. FNB 118-220-4\n\nWe denied it.\n", "member_id", "FNB118-220-4"),
        ("Dear Dr. Ott:\n\nWe paid $40.00 on the claim, and you owe $12.00.\n", "billed_amount", None),
        ("Appeals are heard under 5 CFR 890.105 where a claim is disputed.\n", "billed_amount", None),
        (
            "Provider: Dover Bladder Health\nMs. Ada Quist\nSilver Spring, MD 20902\n",
            "provider_name",
            "Dover Bladder Health",
        ),
    ],
)
def test_value_in_a_wording_of_nobodys_list(body, field, expected):
    assert value(HEAD + body, field) == expected


def test_zip_code_of_idaho_is_nobodys_number():
    assert value("ELM HEALTH COOPERATIVE\nPO BOX 5500 BOISE ID 83705\n\nPATIENT  ADA QUIST\n", "member_id") is None


def test_columns_of_a_fixed_width_are_parted_where_their_heading_begins():
    table = (
        "ELM HEALTH COOPERATIVE\n\n"
        "PATIENT           MEMBER NO      ACCT        ICN              SERVED     PROC    CHARGED\n"
        "AMBERLY DESROSIER EHC8804-19-2   THN-2207    261320044871-00  04/29/26   J0585   1,900.00\n"
    )
    found = letter(table)
    assert found.member_name and found.member_name.value == "AMBERLY DESROSIER"
    assert found.member_id and found.member_id.value == "EHC8804-19-2"
    assert found.claim_number and found.claim_number.value == "261320044871-00"


def test_agent_who_acts_for_a_plan_is_no_insurer():
    head = "QUARRY HEALTHCARE CORPORATION\n(an independent review agent acting for Elm Dominion Insurance Company)\n\n"
    assert (
        value(head + "May 4, 2026\n\nThe agent does not certify the days.\n", "payer")
        == "Elm Dominion Insurance Company"
    )


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("We approve ten of the visits, under number EB-77141. The others are not approved.", ["EB-77141"]),
        ("Yes to 12, approval EBA-21907. No to 18.", ["EBA-21907"]),
        ("That approval (number D-2025-4418) ran out on March 1, 2026.", ["D-2025-4418"]),
        ("Authorization number 77-4410-2 is not on file.", []),
        ("The infusions are certified, certification EC-2603-C. The interval is not certified.", ["EC-2603-C"]),
        ("APPROVAL NOTICE\n\nAuthorization #: A-2608-3117\n\nYour request has been approved.", ["A-2608-3117"]),
        ("NOTICE OF DENIAL\n\nAuthorization #: A-2608-3117\n\nYour request was denied.", []),
    ],
)
def test_number_of_an_authorization_that_was_given(sentence, numbers):
    assert [one.number for one in letter(HEAD + sentence + "\n").authorizations] == numbers


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Service: knee arthroscopy, 29881, on Feb. 18, 2026     Bill: $900.00", ["2026-02-18"]),
        ("You saw Dr. Ott in Dover on March 4, 2026 and the bill came to $90.00.", ["2026-03-04"]),
        ("Re: your patient Ada Quist, hospital days May 1 to May 4, 2025", ["2025-05-01", "2025-05-04"]),
    ],
)
def test_day_of_service_in_running_text(sentence, days):
    assert [one.value for one in letter(HEAD + sentence + "\n").dates_of_service] == days


@pytest.mark.parametrize(
    ("sentence", "plan"),
    [
        ("DME MAC, Jurisdiction J", "original_medicare"),
        ("Workers' Compensation Medical Bill Review", "workers_comp"),
        ("Injured worker: Jane Roe", "workers_comp"),
        ("Elm Advantage Classic (HMO-POS)", "medicare_advantage"),
        ("Your plan was bought through the state exchange.", "marketplace"),
        ("Elm Rx Medicare (PDP)", "part_d"),
        ("This is why your Medicare health plan will end payment.", "medicare_advantage"),
        ("The group health benefit plan sponsored by your employer does not pay.", "commercial"),
    ],
)
def test_kind_of_plan(sentence, plan):
    assert value(HEAD + sentence + "\n", "plan_type") == plan


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Physical therapy, 97110 and 97140, 12 visits. The request is denied.\n", ["97110", "97140"]),
        ("We denied the claims for 99204 and 99205 of last year.\n", ["99204", "99205"]),
        ('lines:\n  - {date: 2026-03-03, cpt: "71045", mods: [TC], charge: 92.00}\n', ["71045"]),
        ("Identification: ESH 44107 7810 02\n\nWe denied the request.\n", []),
        ("Claim control number: 2201 0440 10778\n\nWe denied the claim.\n", []),
        ("Employer: Quarry Stoneworks, No. 70418\n\nWe denied the claim.\n", []),
        ("Group No.:              44107\n\nWe denied the claim.\n", []),
    ],
)
def test_number_of_five_digits_is_a_code_unless_something_makes_it_another(body, expected):
    assert [found.value for found in letter(HEAD + body).procedure_codes] == expected


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        ("aetna\nMedical Precertification\nPO Box 7, Dover DE 19901\n\nDate: 05/04/2026\n", "payer", "aetna"),
        (
            "# Hi Ada, an answer\n\n| The details | |\n| --- | --- |\n| Sent | 05/04/26 |\n\nNo.\n\n*Elm Insurance*\n",
            "payer",
            "Elm Insurance",
        ),
        ("call log\n5/4/26 2:05p  Quartz, rep Ada, call no Q-77\npt: Ada Quist\n\nclaim denied\n", "payer", "Quartz"),
        (HEAD + "Beneficiary: Ada Quist\nSponsor ID (DBN): 11580002931\n\nIt is denied.\n", "member_id", "11580002931"),
        (HEAD + "Order ID: 30100772\nMember: Ada Quist\n\nIt is denied.\n", "reference_number", "30100772"),
        (HEAD + "For: Ada Quist\nOffice: Elm Bay Optometry\n\nIt is denied.\n", "provider_name", "Elm Bay Optometry"),
        (HEAD + "The stay was not paid. The amount of $912.40 is denied.\n", "denied_amount", "912.40"),
    ],
)
def test_brands_labels_and_sums_of_other_houses(content, field, expected):
    assert value(content, field) == expected


def test_urgent_matters_go_to_the_number_beside_them_and_the_plan_of_a_statutory_text_is_no_regulator():
    found = letter(
        HEAD + "If the matter is urgent\nAn appeal is urgent when waiting could harm you. Call 800-555-0190 or fax "
        '800-555-0191 and write "expedited" on it.\n\nDEPARTMENT OF MANAGED HEALTH CARE\nIf you have a grievance, you '
        "should first telephone your health plan at 800-555-0192.\n\nYour Care Team is there at 800-555-0193.\n"
    ).contacts
    assert {(c.purpose.value, c.value) for c in found} == {
        ("expedited_appeal", "8005550190"),
        ("expedited_appeal", "8005550191"),
        ("member_services", "8005550193"),
    }


def test_days_that_the_plan_has_are_no_appeal_limit():
    (clock,) = letter(
        HEAD + "Step 2. We have 30 days from the date we receive your request to pay the claim or to keep our denial.\n"
    ).clocks
    assert clock.kind.value == "payer_decision"


@pytest.mark.parametrize(
    ("body", "field", "expected"),
    [
        ("Beneficiary    Ada Quist\nSponsor ID (DBN)    11580002931\n\nIt is denied.\n", "member_name", "Ada Quist"),
        ("Your scan on 2026-04-02 with Elm Radiation Center was denied.\n", "provider_name", "Elm Radiation Center"),
        ("Elm Bay Home Health asked for 9 visits. They are denied.\n", "provider_name", "Elm Bay Home Health"),
    ],
)
def test_patients_and_providers_of_other_houses(body, field, expected):
    assert value(HEAD + body, field) == expected


def test_a_bare_when_is_the_letters_day_where_the_day_of_service_is_told():
    found = letter(
        "Elm Vision Plan\n\n- **When:** 4 May 2026\n- **For:** Ada Quist\n- **Seen on:** 26 Apr 2026\n\nNot paid.\n"
    )
    assert found.letter_date is not None
    assert found.letter_date.value == "2026-05-04"
    assert [day.value for day in found.dates_of_service] == ["2026-04-26"]


def test_the_number_of_the_letters_own_page_is_no_page_of_a_plans_paper():
    body = HEAD + "It is denied; see Evidence of Coverage page 41.\n\nElm Service Benefit Plan, RI 7-5 Page 1\n"
    assert [c.number for c in letter(body).policy_citations] == ["page 41"]


def test_services_in_small_print_are_found_right_beside_their_number():
    body = "Elm follows federal civil rights laws and does not discriminate. Call Member Services at 800-555-0124.\n"
    assert [(c.purpose.value, c.value) for c in letter(HEAD + body).contacts] == [("member_services", "8005550124")]


def test_doctors_who_call_each_other_have_the_time_of_the_next_sentence():
    (clock,) = letter(HEAD + "Your doctor can call our doctor. Ring 800-555-0130 within 10 calendar days.\n").clocks
    assert (clock.kind.value, clock.amount) == ("peer_to_peer", 10)


def test_what_is_to_be_faxed_in_time_is_not_the_decision_that_comes_else():
    (clock,) = letter(
        HEAD + "We can't finish this review. Please send the x-ray report. Fax it within 2 business days, or the "
        "request will be decided with what we have.\n"
    ).clocks
    assert (clock.kind.value, clock.amount) == ("records_due", 2)
