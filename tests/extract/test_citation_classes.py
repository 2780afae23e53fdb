"""Citations by class: parts of manuals and plan papers, societies, codes of any state, policies by title; and none."""

import pytest

from tests.extract.plain_letter import HEAD, letter


def _cited(sentence: str) -> list[tuple[str, str | None]]:
    said = letter(f"{HEAD}Dear Ms. Vale:\n\nWe cannot approve the request for the drug.\n\n{sentence}\n")
    return [(c.kind.value, c.number or c.section or c.title) for c in said.policy_citations]


_CITED = {
    "Rejected per Provider Handbook, p. 64, rule 3.": [("manual", "p. 64, rule 3")],
    "The plan's Coverage Manual, Chapter 6, p. 12, says so.": [("manual", "Chapter 6, p. 12")],
    "Our reviewer turned to the Practitioner Manual (chapter 3, page 18).": [("manual", "chapter 3, page 18")],
    "Handbook for Providers of Medical Services, Topic A-221": [("manual", "Topic A-221")],
    "(Hospital Billing Guide 9.3)": [("manual", "9.3")],
    "Provider Manual, chapter 4; Provider Manual, chapter 9": [("manual", "chapter 4"), ("manual", "chapter 9")],
    "Exclusion (k) of your Certificate of Coverage applies.": [("plan_document", "Exclusion (k)")],
    "Your booklet lists this on page 44, item 6.": [("plan_document", "page 44, item 6")],
    "Your contract (Part IV, item 3) leaves it out.": [("plan_document", "Part IV, item 3")],
    "The Plan Document (Art. 7, para. 3) says the same.": [("plan_document", "Art. 7, para. 3")],
    "(Subscriber Agreement, Section 9)": [("plan_document", "Section 9")],
    "Article IV, Section 2.9(b) of the Summary Plan Description": [("plan_document", "Article IV, Section 2.9(b)")],
    "It is not on the Elm 2026 Drug Formulary, page 71.": [("plan_document", "page 71")],
    "This is explained in our 0455-C, section on trials.": [("payer_policy", "0455-C")],
    "We followed Elm's policy Treatment of Varicose Veins.": [("payer_policy", "Treatment of Varicose Veins")],
    "Criteria: Oral Oncology Agents (2026 edition).": [("payer_policy", "Oral Oncology Agents")],
    "See guideline 'Imaging of the Shoulder', effective 1/1/2026.": [("payer_policy", "Imaging of the Shoulder")],
    "The criteria in *QRX-BT-118 Toxins for the Bladder* ask for two agents.": [("payer_policy", "QRX-BT-118")],
    "The ACR Appropriateness Criteria for low back pain rate it low.": [
        ("guideline", "ACR Appropriateness Criteria for low back pain")
    ],
    "AASM clinical practice guidelines ask for a home test first.": [
        ("guideline", "AASM clinical practice guidelines")
    ],
    "The ADA Standards of Care 2026 were consulted.": [("guideline", "ADA Standards of Care")],
    "The American Academy of Sleep Medicine's 2021 guideline was used.": [
        ("guideline", "American Academy of Sleep Medicine's 2021 guideline")
    ],
    "InterQual 2026, Acute Pediatric, Bronchiolitis, was not met.": [
        ("guideline", "InterQual 2026, Acute Pediatric, Bronchiolitis")
    ],
    "Guideline: ODG Knee, Physical Therapy.": [("guideline", "ODG Knee, Physical Therapy")],
    "Under MTUS/ACOEM Hip and Groin Disorders Guideline it is not recommended.": [
        ("guideline", "MTUS/ACOEM Hip and Groin Disorders Guideline")
    ],
    "Cal. Health & Saf. Code § 1363.5": [("state_law", "Health & Saf. Code 1363.5")],
    "La. R.S. 22:2401; Colo. Rev. Stat. § 10-16-113.5": [
        ("state_law", "La. R.S. 22:2401"),
        ("state_law", "Colo. Rev. Stat. 10-16-113.5"),
    ],
    "R.I. Gen. Laws § 27-18.9-8 asks this of plans.": [("state_law", "R.I. Gen. Laws 27-18.9-8")],
    "Section 4062.5 of the Labor Code": [("state_law", "4062.5")],
    "under section 1371.4 of the California Health and Safety Code": [("state_law", "1371.4")],
    "Section 1861(s)(2)(A) of the Social Security Act; Social Security Act § 1834(j)": [
        ("federal_statute", "1861(s)(2)(A)"),
        ("federal_statute", "1834(j)"),
    ],
    "See also Elm Medical Position Statement 3.11, Prolotherapy (eff. 2/1/2026).": [("payer_policy", "3.11")],
    "(Elm Preferred Insulin Strategy, Type 2, March 2026, page 9)": [
        ("payer_policy", "Elm Preferred Insulin Strategy, Type 2")
    ],
    "The brochure, Section 5(c), page 71, pays only for that.": [("plan_document", "Section 5(c), page 71")],
    "NOT MET: KN-2.3 OF ORBEX KNEE IMAGING GUIDELINES V2.2026": [("guideline", "KN-2.3")],
    'our guideline "Growth Hormone, Adults" (KW-DG-12, version 3)': [("payer_policy", "KW-DG-12")],
    "We used our Private Duty Nursing Guideline PDN-4.": [("payer_policy", "PDN-4")],
    "Elm Drug Coverage Guideline DC-77 asks for it.": [("payer_policy", "DC-77")],
    "eviCore Knee Imaging Guideline KN-3": [("guideline", "KN-3")],
    "The score on the CALOCUS-CASII was 15.": [("guideline", "CALOCUS-CASII")],
    "As the Home Health Provider Manual says in section 7.2.4, two hours are the most.": [("manual", "section 7.2.4")],
    "Criteria set: Lumina Rx Multiple Sclerosis Agents, v4": [("payer_policy", "Lumina Rx Multiple Sclerosis Agents")],
    "You do not meet the policy on Skin Substitutes for Wounds.": [("payer_policy", "Skin Substitutes for Wounds")],
    "AHA/ACC 2022 heart failure guideline": [("guideline", "AHA/ACC 2022 heart failure guideline")],
    "Iowa Admin. Code r. 191-76.9": [("state_law", "Iowa Admin. Code r. 191-76.9")],
    "Section 8.3, Exclusions, of your Certificate of Coverage": [("plan_document", "Section 8.3")],
    "It is left out by Article VI, Section 3, page 27 of the Member Contract.": [
        ("plan_document", "Article VI, Section 3, page 27")
    ],
    "Rider B to the Group Policy leaves it out.": [("plan_document", "Rider B")],
    "The ACS 2026 guidelines for colon screening were used.": [
        ("guideline", "ACS 2026 guidelines for colon screening")
    ],
    "Minn. Rules 4685.0100 asks for it.": [("state_law", "Minn. Rules 4685.0100")],
    "The plan leaves it out (Article IX, paragraph 4).": [("plan_document", "Article IX, paragraph 4")],
    "Section 1557 of the Affordable Care Act bars it.": [("federal_statute", "1557")],
}
_NOT_CITED = (
    "Units were cut by the 2026 Medicaid DME Fee Schedule.",
    "Submit Form CMS-1696 and the HCFA-1500 with it; form DMHC 20-224 is enclosed.",
    "Denial code 0455-C on line 2; remark M20. Write to us by 1140-B Elm Street.",
    "N115 This decision was based on a Local Coverage Determination (LCD).",
    "If your plan is governed by ERISA you may have the right to sue.",
    "Under the Affordable Care Act you have the right to an external review.",
    "Our Quality Manual team will call. A manual wheelchair, section 4 of the order form, was asked for.",
    "Group policy LM-4401 was issued to Tern Foods.",
    "See page 3 for your rights. Part B of this form is for your doctor.",
    "We sent your chart, section 5, pages 3 to 9, back to the clinic.",
    'The rule "three visits" (3 of 5) is met.',
    "The drug is on tier 4 of our formulary.",
    "Call the ADA helpline. The AMA owns the codes. WHO APPLIED THE CRITERIA is told on request.",
    "Your policy 88-2201 is in force. Plan 4.2 pays 80%.",
    "Page 2 of 3. Section A: to be filled in by you.",
    "Ohio residents may call the Ohio Department of Insurance, 50 W. Town Street.",
    "ICSI criteria are not met: motility is normal. The patient meets ACS criteria for a cath.",
    "The ASH criteria of American Specialty Health and the ADA criteria for ramps are ours to use.",
    "Bill it by the ADA guidelines for codes D0120 to D9999.",
    "Utah Health rule 7 and Ohio Health reg 4 of our club are on the wall.",
    "Page 2 of this notice shows how to write to the plan document desk.",
    "Page 5 says what to say to your contract holder.",
    "The provider manual is on our site, and the manual of the pump has 12 pages.",
)


@pytest.mark.parametrize("sentence", _CITED)
def test_citation_of_its_class(sentence: str) -> None:
    assert _cited(sentence) == _CITED[sentence]


@pytest.mark.parametrize("sentence", _NOT_CITED)
def test_what_looks_like_a_citation_is_none(sentence: str) -> None:
    assert _cited(sentence) == []


@pytest.mark.parametrize("opening", ["Your", "The"])
def test_title_of_a_paper_has_no_article(opening: str) -> None:
    said = letter(f"{HEAD}Dear Ms. Vale:\n\nWe cannot approve it.\n\n{opening} Benefit Booklet, page 12, says so.\n")
    assert [(c.title, c.number) for c in said.policy_citations] == [("Benefit Booklet", "page 12")]
