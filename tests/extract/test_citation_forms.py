"""Citations by class of form: names with a tail, parts of papers, codes in front, more than one in a breath."""

import pytest

from tests.extract.plain_letter import HEAD, letter


def _cited(sentence: str) -> list[tuple[str, str | None, str | None]]:
    said = letter(f"{HEAD}Dear Ms. Vale:\n\nWe cannot approve the request.\n\n{sentence}\n")
    return [(c.kind.value, c.number, c.title) for c in said.policy_citations]


_TAILS = {
    "We used the eviCore Pediatric Imaging Guideline: Head Pain in Children.": (
        "eviCore Pediatric Imaging Guideline: Head Pain in Children"
    ),
    "It follows the Evolent Clinical Guideline: Shoulder Arthroscopy, which you may read.": (
        "Evolent Clinical Guideline: Shoulder Arthroscopy"
    ),
    "The guideline, Carelon Vascular Imaging: Carotid Ultrasound, asks for symptoms.": (
        "Vascular Imaging: Carotid Ultrasound"
    ),
    "This rests on the Tanager Drug Coverage Policy on Growth Hormone.": (
        "Tanager Drug Coverage Policy on Growth Hormone"
    ),
    "We went by the Orchard Medical Policy for Bariatric Surgery in deciding.": (
        "Orchard Medical Policy for Bariatric Surgery"
    ),
    "The coverage guideline we use, Panniculectomy and Body Contouring, looks for photographs.": (
        "Panniculectomy and Body Contouring"
    ),
    "The policy that applies, Cough Assist Devices, requires a peak flow below 160.": "Cough Assist Devices",
    "The Insulin Pump step policy was not met.": "Insulin Pump step policy",
    "We looked at our Growth Hormone step therapy criteria.": "Growth Hormone step therapy criteria",
    "The drug is on Elmstate's Part D quantity limit list.": "Part D quantity limit list",
    "It follows the Prior Authorization Criteria for Ubrogepant.": "Prior Authorization Criteria for Ubrogepant",
    "Tanager Rx Prior Authorization Policy - Ubrogepant": "Ubrogepant",
    "The plan's Reconstructive and Cosmetic Services Policy leaves it out.": (
        "Reconstructive and Cosmetic Services Policy"
    ),
    "We used the American College of Radiology Appropriateness Criteria to decide.": (
        "American College of Radiology Appropriateness Criteria"
    ),
    "The reviewer used The ASAM Criteria, Fourth Edition.": "The ASAM Criteria",
    "The stay did not meet InterQual 2025 criteria.": "InterQual 2025",
    "The Official Disability Guidelines (ODG), Shoulder chapter, ask for injections first.": (
        "Official Disability Guidelines (ODG), Shoulder"
    ),
    "The care follows LOCUS/CALOCUS level of care criteria.": "LOCUS/CALOCUS level of care criteria",
    "The request fails InterQual Home Health criteria.": "InterQual Home Health criteria",
    "The guidelines of the American College of Rheumatology recommend it first.": (
        "guidelines of the American College of Rheumatology"
    ),
    "The ODG low back chapter wants six visits first.": "ODG low back chapter",
    "The LOCUS guideline was used.": "LOCUS guideline",
    "We used InterQual Level of Care: Skilled Nursing to decide.": "InterQual Level of Care: Skilled Nursing",
    "The reviewer went by ODG.": "ODG",
    "ODG Treatment in Workers' Comp, Shoulder": "ODG Treatment in Workers' Comp, Shoulder",
    "ACOEM Practice Guidelines, Elbow Disorders chapter": "ACOEM Practice Guidelines, Elbow Disorders chapter",
    "MCG Ambulatory Care Guidelines for Sleep Studies come first.": "MCG Ambulatory Care Guidelines for Sleep Studies",
    "It does not agree with Tanager's Preventive Headache Care Standard.": "Preventive Headache Care Standard",
    "The plan's Muscle Relaxant Therapy guideline asks for more.": "Muscle Relaxant Therapy guideline",
    "under the National Coverage Determination for Cochlear Implantation": (
        "National Coverage Determination for Cochlear Implantation"
    ),
    "InterQual® Imaging 2025, Lumbar Spine MRI was not met.": "InterQual Imaging 2025, Lumbar Spine MRI",
    "The American Academy of Sleep Medicine clinical practice guidelines ask for a study.": (
        "American Academy of Sleep Medicine clinical practice guidelines"
    ),
    "National Comprehensive Cancer Network (NCCN) Guidelines in Oncology, Thyroid Carcinoma": (
        "National Comprehensive Cancer Network (NCCN) Guidelines in Oncology, Thyroid Carcinoma"
    ),
    'We went by the plan\'s criteria set "Insulin Pumps, Adult" (rev. 2).': "Insulin Pumps, Adult",
    'Guideline applied: "Vagus Nerve Blocking"': "Vagus Nerve Blocking",
    "Coverage criteria used: Wheelchairs, powered": "Wheelchairs, powered",
    "Pharmacy policy consulted - Growth Hormone Therapy (2026)": "Growth Hormone Therapy",
    "Tanager Rx UM guideline: Ubrogepant": "Ubrogepant",
    "Tanager Rx Prior Authorization Policy – Migraine – Ubrogepant": "Migraine - Ubrogepant",
}


@pytest.mark.parametrize("sentence", _TAILS)
def test_name_is_given_whole(sentence: str) -> None:
    assert [title for _, number, title in _cited(sentence) if number is None] == [_TAILS[sentence]]


_PARTS = {
    "The plan leaves it out (Evidence of Coverage, Chapter 4, Section 2.1).": "Chapter 4, Section 2.1",
    "See Chapter 9, Section 5 of your Member Handbook.": "Chapter 9, Section 5",
    "Read about it in the EOC, Chapter 3, Section 1.4.": "Chapter 3, Section 1.4",
    "See Section 5, Services not covered, of the Green Valley and Blue Lake Standard Option brochure.": "Section 5",
    "Plan Document 6.2: a claim has to come within a year.": "6.2",
    "As stated in Chapter 11 of your plan booklet, this is left out.": "Chapter 11",
    "Benefit exclusion 21(b) applies.": "exclusion 21(b)",
    "Denied under SPD 11.3, which leaves out travel.": "11.3",
    "Summary Plan Description 7.4(b) excludes this.": "7.4(b)",
}


@pytest.mark.parametrize("sentence", _PARTS)
def test_part_of_a_plans_paper(sentence: str) -> None:
    assert [(kind, number) for kind, number, _ in _cited(sentence)] == [("plan_document", _PARTS[sentence])]


_NUMBERS = {
    "We used NMAC 8.321.2 to decide.": [("state_law", "NMAC 8.321.2")],
    "Authority: KAR 30-5-81.": [("state_law", "KAR 30-5-81")],
    "The rule is NCAC 10A 22J.0102.": [("state_law", "NCAC 10A 22J.0102")],
    "It rests on Rule 64B-4.003, Florida Administrative Code.": [
        ("state_law", "Rule 64B-4.003, Florida Administrative Code")
    ],
    "We used MCG 29th Ed. A-0312 Knee Arthroscopy.": [("guideline", "A-0312")],
    "Our reading is Tanager policy 07.02.31.": [("payer_policy", "07.02.31")],
    "Policy reference QX-0718-C (Home Infusion) was used.": [("payer_policy", "QX-0718")],
    "policy_ref: QX-NEURO-12": [("payer_policy", "QX-NEURO-12")],
    "Criteria set: Tanager UM-231, rev. 4 (Shoulder MRI)": [("payer_policy", "UM-231")],
    "It was decided by Tanager criteria 2210-B: Ubrogepant.": [("payer_policy", "2210-B")],
    "If ERISA governs your plan you may bring a civil action under section 502(a).": [
        ("federal_statute", "ERISA 502(a)")
    ],
    "We used MCG guideline B-801-T.": [("guideline", "B-801-T")],
    "We used MCG guideline B-902-IP to decide.": [("guideline", "B-902-IP")],
    "It was reviewed under eviCore Spine Imaging Guidelines, SP-4, Low Back Pain, and SP-9.": [
        ("guideline", "SP-4"),
        ("guideline", "SP-9"),
    ],
    "We applied Tanager Medical Policies TM-14 and TM-22.": [("payer_policy", "TM-14"), ("payer_policy", "TM-22")],
    "This follows the Tanager quantity limit criteria for oral triptans, reference 2207-C.": [
        ("payer_policy", "2207-C")
    ],
    "It was decided by the Orchard step criteria for insulin pumps, document number 66120.": [
        ("payer_policy", "66120")
    ],
    "POLICY: 300211 VAGUS NERVE STIMULATION": [("payer_policy", "300211")],
    "Policy applied : 4410 Cough Assist Devices": [("payer_policy", "4410")],
    "Decided by Tanager's Shoulder Replacement guideline (TG-SURG-0119, reviewed 2026).": [
        ("payer_policy", "TG-SURG-0119")
    ],
    "It follows the Home Infusion bulletin, no. TG-0044.": [("payer_policy", "TG-0044")],
    "Evolent ECG 7402 was applied.": [("guideline", "ECG7402")],
    "See eviCore guidelines, section HD-11.1.": [("guideline", "HD-11.1")],
    "Medicare Claims Processing Manual, Chapter 12, Section 30.6 (Pub. 100-04)": [("manual", "100-04")],
    "It rests on the Oregon Administrative Code rule 411-30-20.": [("state_law", "411-30-20")],
    "The rule in force on that day, our policy for pumps (Tanager UM-0301), was used.": [("payer_policy", "UM-0301")],
    'Reference: TAN-CP-2207 "Toxins for Spasm"': [("payer_policy", "TAN-CP-2207")],
    "See Medicaid Bulletin 2025-31 of the Department.": [("payer_policy", "2025-31")],
    "It is left out by Chapter 6 of the 2026 Subscriber Agreement.": [("plan_document", "Chapter 6")],
    "Dental implants are left out (Certificate, p. 61).": [("plan_document", "p. 61")],
    "Plan language: General Exclusions, item 14": [("plan_document", "item 14")],
    "RSA 420-J:5": [("state_law", "RSA 420-J:5")],
    "8 V.S.A. § 4089f gives a review.": [("state_law", "8 V.S.A. 4089f")],
    "N.D. Admin. Code 75-02-02-09": [("state_law", "N.D. Admin. Code 75-02-02-09")],
    "Minn. R. 9505.0220 asks for it.": [("state_law", "Minn. R. 9505.0220")],
    "POLICY QXL-204 ASKS FOR TWO DRUGS FIRST.": [("payer_policy", "QXL-204")],
    "The use is not settled. Guideline RAD-7.3.": [("guideline", "RAD-7.3")],
    "Your plan brochure, Section 5, leaves it out.": [("plan_document", "Section 5")],
    "Service: knee brace\nPolicy no.: TQ-55021\nStatus: not approved": [("payer_policy", "TQ-55021")],
    "M.G.L. ch. 176O, § 12 gives the time.": [("state_law", "M.G.L. ch. 176O, 12")],
    "Ga. Comp. R. & Regs. 120-2-58": [("state_law", "Ga. Comp. R. & Regs. 120-2-58")],
    "TRICARE Reimbursement Manual 6010.61-M, Chapter 1, Section 12.1 does not pay for it.": [("manual", "6010.61-M")],
}


@pytest.mark.parametrize("sentence", _NUMBERS)
def test_number_is_given_with_its_kind(sentence: str) -> None:
    assert [(kind, number) for kind, number, _ in _cited(sentence)] == _NUMBERS[sentence]


_MANUALS = {
    "We used the Nevada Medicaid Services Manual to decide.": "Nevada Medicaid Services Manual",
    "Authority: DHS Home Health Waiver Manual, Chapter IV.": "DHS Home Health Waiver Manual",
    "The Texas Medicaid Provider Procedures Manual, Vision chapter, asks for it.": (
        "Texas Medicaid Provider Procedures Manual"
    ),
    "Medicaid Provider Manual, Vision chapter, section 4.1": "Medicaid Provider Manual",
}


_PARTS_OF_MANUALS = {
    "See the TRICARE Reimbursement Manual, Chapter 3, Section 2.1.": (
        "TRICARE Reimbursement Manual",
        "Chapter 3, Section 2.1",
    ),
    "Buy it there (Provider Manual, Chapter 9, Section 9.2).": ("Provider Manual", "Chapter 9, Section 9.2"),
    "Section 6.4 of the Tanager Provider Billing Manual.": ("Tanager Provider Billing Manual", "Section 6.4"),
    "Orchard Provider Policy Manual, page 77": ("Orchard Provider Policy Manual", "page 77"),
}


@pytest.mark.parametrize("sentence", _PARTS_OF_MANUALS)
def test_part_of_a_manual(sentence: str) -> None:
    said = letter(f"{HEAD}Dear Ms. Vale:\n\nWe cannot approve the request.\n\n{sentence}\n")
    cited = [(c.kind.value, c.title, c.section) for c in said.policy_citations]
    assert cited == [("manual", *_PARTS_OF_MANUALS[sentence])]


@pytest.mark.parametrize("sentence", _MANUALS)
def test_manual_of_a_program(sentence: str) -> None:
    assert [(kind, title) for kind, _, title in _cited(sentence)] == [("manual", _MANUALS[sentence])]


@pytest.mark.parametrize(
    "sentence",
    [
        "Member ID: CPB 5521 00 3396",
        "Subscriber ID  CC-0032",
        "Paid 03/14/2026 J1745 as billed under the policy.",
        "On March 14, 2026 J1745 was billed under your drug policy.",
        "Policy: 300211",
        "Policy: 300211 Group: 55-A",
        "See our provider manual for the rules of billing.",
        "The Medicare policy has not changed.",
        "Your Blue Cross policy ended in May.",
        "Policy: Gold Family Plan",
        "The request fails our criterion RC-2 (two trials).",
        "Our policy for claims (Claim TN-20771) was used.",
        "Patient: Ann Vale\nPolicy ID: TAN-2204-77\nDate: 05/01/2026",
        "Policy no.: TQ-55021\nInsured: Ann Vale",
        "As our Medicare Advantage policy says, call us.",
        "This follows our Member Privacy Policy.",
        "It is our policy (page 4) to answer.",
        "Criteria: Not met",
        "Medical criteria - not met",
        "Guideline used: none",
        "Clinical criteria used: see attached",
        "Clinical criteria: The records show no trial.",
        "Drug policy: Yes",
        "The guideline (see page 2) was followed.",
        "Our Appeals policy (TTY 711) is on the website.",
        "The policy list is on our website.",
        "Our Privacy Policy is on the website.",
        "Your Group Life Policy ended.",
        "You have 60 days under the Tanager Health Policy.",
        "The plan, Tanager and Sons, requires an authorization.",
    ],
)
def test_no_citation(sentence: str) -> None:
    assert _cited(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Brochure section 3 asks for approval first.", ("plan_document", "section 3", "Brochure")),
        ("InterQual 2026 Acute Adult continued stay criteria were not met.",
         ("guideline", None, "InterQual 2026 Acute Adult")),
        ("It fails Tanager's Sacral Nerve Stimulation clinical policy.",
         ("payer_policy", None, "Sacral Nerve Stimulation")),
        ("The Medicaid provider manual, section 12.3, asks for a prescription.",
         ("manual", None, "Medicaid provider manual")),
    ],
)  # fmt: skip
def test_papers_in_small_letters_and_kinds_behind_the_name(
    sentence: str, cited: tuple[str, str | None, str | None]
) -> None:
    assert _cited(sentence) == [cited]


@pytest.mark.parametrize(
    "sentence",
    [
        "Read our brochure for more.",
        "The provider manual is on our site.",
        "The booklet has 3 sections.",
        "Call Elm State's Member Services about the medical policy.",
    ],
)
def test_papers_spoken_of_in_general_are_not_cited(sentence: str) -> None:
    assert _cited(sentence) == []
