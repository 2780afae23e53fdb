"""Insurer, vendor, patient and provider are known by their role in the letter, not by where a name occurs."""

import pytest

from pipeline.extract.labels import labelled
from pipeline.extract.names import find_names
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import ClaimEntry
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def names(content, **more):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    labels = labelled(reading, KNOWLEDGE)
    return find_names(reading, LANGUAGE, labels=labels, practice=more.pop("practice", Practice()), **more)


def value(finding):
    return finding.value if finding else None


BODY = "\n\nMarch 3, 2026\n\nDear Dr. Roe:\n\nYour request was denied.\n"


@pytest.mark.parametrize(
    ("head", "payer", "delegate"),
    [
        ("Harborview Mutual\nUtilization Management\nP.O. Box 1, Erie, PA 16501", "Harborview Mutual", None),
        ("BIGHORN SELECT\nUtilization Department", "BIGHORN SELECT", None),
        ("Notice of Denial\n\nHarborview Mutual\nMedical Review", "Harborview Mutual", None),
        (
            "NORTHBANK IMAGING REVIEW\na delegated reviewer for Pinnacle Mutual",
            "Pinnacle Mutual",
            "NORTHBANK IMAGING REVIEW",
        ),
        ("HALDEN RECOVERY\nPayment Recovery for Stonecrop Health Plan", "Stonecrop Health Plan", "HALDEN RECOVERY"),
        (
            "Ferrous Administrators, Inc., claims administrator for the Local 9 Welfare Plan",
            "Local 9 Welfare Plan",
            "Ferrous Administrators, Inc.",
        ),
        (
            "HOLLIS ADMINISTRATORS\n\nFor: Quarry Workers Medical Fund",
            "Quarry Workers Medical Fund",
            "HOLLIS ADMINISTRATORS",
        ),
        (
            'CORDWAIN BENEFIT MANAGEMENT\n\nWritten on behalf of:\n    Dunmore Forge Employee Health Plan (the "Plan")',
            "Dunmore Forge Employee Health Plan",
            "CORDWAIN BENEFIT MANAGEMENT",
        ),
        (
            "Thornbury Behavioral Care\nreviewing stays and visits for Glasswright Health Fund",
            "Glasswright Health Fund",
            "Thornbury Behavioral Care",
        ),
        (
            "Larkmoor Medicare Solutions\nMedicare Part B - Jurisdiction W\nP.O. Box 11, Provo, UT 84601",
            "Larkmoor Medicare Solutions",
            None,
        ),
        ("### New message — Molina provider portal", "Molina", None),
        ("TELEPHONE NOTE 4/3/26\n\nrang Humana about the brace", "Humana", None),
        ("VOICEMAIL 4/3/26\n\nHi, this is Dana with CareSource, calling on the brace.", "CareSource", None),
        ("STATE OF OHIO MEDICAID - MANAGED CARE CONTRACTOR\nBuckeye Harvest Plan", "Buckeye Harvest Plan", None),
        ("| VANTERRA GOLD PPO     CLAIM NOTICE |", "VANTERRA GOLD PPO", None),
        ("NOTICE OF DENIAL\n\nPlan:  Meadow Choice PPO (a Medicare Advantage organization)", "Meadow Choice PPO", None),
    ],
)
def test_payer_and_vendor(head, payer, delegate):
    found = names(head + BODY)
    assert value(found.payer) == payer
    assert value(found.delegate) == delegate


def test_what_a_contractor_does_is_no_plan():
    head = "HIGH MEADOW SERVICES\nDME MAC, Jurisdiction F     CMS contractor for Medicare equipment and supplies"
    found = names(head + BODY).payer
    assert found is None or "equipment" not in found.value


def test_a_plan_type_is_no_payer():
    assert value(names("NOTICE\n\nPlan: PPO\nPlan: Medicare Advantage plan\n").payer) is None


def test_a_payer_named_in_a_sentence_only_is_not_sure():
    payer = names("Notice of Denial\n\nDate: 03/03/2026\n\nAsk Saguaro Advantage (HMO) for an appeal.\n").payer
    assert (payer.value, payer.sure) == ("Saguaro Advantage (HMO)", False)


def test_a_regulator_is_no_payer():
    found = names("Harborview Mutual\n\nYou may ask for external review through the Department of Insurance.\n")
    assert value(found.payer) == "Harborview Mutual"


def test_the_payer_of_our_own_letter_is_its_addressee():
    content = (
        "Elm Neurology Associates\n9 Elm Street\nErie, PA 16501\n\nMarch 3, 2026\n\nHarborview Mutual\n"
        "Appeals Department\nP.O. Box 1\nErie, PA 16501\n\nDear Appeals Committee:\n\n"
        "I am writing to formally appeal the denial for my patient.\n"
    )
    assert value(names(content).payer) == "Harborview Mutual"


def test_our_own_name_is_never_the_payer():
    content = "Elm Health Plan Partners\n\nHarborview Mutual\n\nMarch 3, 2026\n"
    assert value(names(content, practice=Practice(names=("Elm Health Plan Partners",))).payer) == "Harborview Mutual"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Member Name: Roe, Jane M.", "Roe, Jane M."),
        ("Patient name   Subscriber ID   Claim ID\nWendell Roe    QF 66120       C-9", "Wendell Roe"),
        ("Mrs. Henrietta Bjornstad\nand her authorized representative", "Henrietta Bjornstad"),
        ("To the parent or guardian of:\n    Barnaby Achebe-Stroud", "Barnaby Achebe-Stroud"),
        ("Dear Jane Roe,\n\nWe denied your request.", "Jane Roe"),
        ("Jane Roe\n19 Juniper Way\nSparks, NV 89431\n\nDear Ms. Roe:", "Jane Roe"),
        ("Insured/Member ........ Perpetua Aldous", "Perpetua Aldous"),
        ("Re: Enrollee Jane Roe; Member ID 0AB6-CD4; Date of Birth 07/26/1954", "Jane Roe"),
        ("Regarding: Beneficiary Barnaby Achebe-Stroud", "Barnaby Achebe-Stroud"),
        ("To: Jane Roe\nMedicaid number: 5 1180 0447 2093", "Jane Roe"),
        ("To the parent of Barnaby Achebe-Stroud\n410 Cotton Row", "Barnaby Achebe-Stroud"),
        ("Worker Jane Roe              Claim no. KP-19-004471-7", "Jane Roe"),
        ("Pay to: FEN VASCULAR\n\nEnrollee JANE ROE   Enrollee no. THA4471190   Claim 2627", "JANE ROE"),
        ("To the parent of:  Jane Roe\nMedicaid number:   88-204417-06", "Jane Roe"),
        ("This is about Jane Roe, whose card reads SV 8830-4471, and about a drug.", "Jane Roe"),
        ("> Member: Jane Roe\n> Member ID: HX 4410 7781", "Jane Roe"),
        ("Dear Provider:\n\nWe denied your request.", None),
        ("Member Services\n1 Elm Street\n", None),
        ("Member Information        Provider Information\nName: Ada Roe             Name: Fen Lake", "Ada Roe"),
        ("Jane Roe, MD\n19 Juniper Way\nSparks, NV 89431\n", None),
    ],
)
def test_member(content, expected):
    assert value(names(f"NOTICE\n\n{content}\n").member_name) == expected


def test_several_patients_leave_the_name_empty():
    claims = (ClaimEntry(member_name="Ada Roe"), ClaimEntry(member_name="Lee Poe"))
    assert names("Patient: Ada Roe\n", claims=claims).member_name is None


def test_half_a_name_is_not_sure():
    assert not names("NOTICE\n\nPatient: Zadie J.\n").member_name.sure


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Rendering Provider: Octavia Roe, MD, Fen Headache Center", "Octavia Roe, MD, Fen Headache Center"),
        ("To: Dr. Oisin Vander\n    Front Range Clinic\n    Fax: 303-555-0192", "Dr. Oisin Vander, Front Range Clinic"),
        (
            "Requesting Provider:    Octavia Roe, MD, Juniper Hollow\n                        Neurology Center",
            "Octavia Roe, MD, Juniper Hollow Neurology Center",
        ),
        (
            "Octavia Roe, MD\nFen Headache Center\n4 Elm Street\nErie, PA 16501\n\nDear Dr. Roe:",
            "Octavia Roe, MD, Fen Headache Center",
        ),
        ("Fen Headache Center\nNPI 1234567893\n", "Fen Headache Center"),
        (
            "Your doctor, Halvard Nyquist, DO, of Marys River Sports Medicine, asked us.",
            "Halvard Nyquist, DO, of Marys River Sports Medicine",
        ),
        ("Chesapeake Hand and Physical Therapy asked for 24 more visits.", "Chesapeake Hand and Physical Therapy"),
        ("Services by Sonoma Spine Clinic, 08/05/2025", "Sonoma Spine Clinic"),
        ("Bill B-7702        Provider Fen Spine and Rehab, NPI 1999929031", "Fen Spine and Rehab"),
        ("Fen Hand Therapy\nBill no. PB-771530      Claim number WC-25-120077", "Fen Hand Therapy"),
        ("Fen Urgent Care - audit number LL-26-4471\n\nWe looked at it.", "Fen Urgent Care"),
        ("Fen Digestive Health\nRE: refund of $1,226.40", "Fen Digestive Health"),
        ("Dear Fen Street Neurology,\n\nWe denied it.", "Fen Street Neurology"),
        ("Dear Provider (Fen Spine Center, NPI 1999929031):\n\nWe denied it.", "Fen Spine Center"),
        ("Fen Orofacial Pain Center:\n\nWe denied it.", "Fen Orofacial Pain Center"),
        ("Fen Urology Associates\n(not in our network)\n\nWe denied it.", "Fen Urology Associates"),
        ("Jane's therapist, Fen Pediatric Therapy, sent a report.", "Fen Pediatric Therapy"),
        ("Faxed 9 June 2026 to Fen Skilled Nursing, attention Admissions", "Fen Skilled Nursing"),
        ("The request was reviewed by Alan Poe, MD, board certified in neurology.", None),
        ("Provider Services: 800-555-0100", None),
        ("Requested by you or your doctor:\n  OnabotulinumtoxinA 155 units", None),
        ("1. LABORATORY VALUES DO NOT MEET THE THRESHOLD", None),
    ],
)  # fmt: skip
def test_provider(content, expected):
    assert value(names(f"Harborview Mutual\n\nMarch 3, 2026\n\n{content}\n").provider_name) == expected


def test_a_provider_of_running_text_is_not_sure():
    assert not names("Harborview Mutual\n\nFen Headache Center asked for 24 visits.\n").provider_name.sure


def test_the_rest_of_a_row_of_values_is_no_address():
    head = (
        "Harborview Mutual\nP.O. Box 1, Erie, PA 16501\n\nMarch 3, 2026\n\n"
        "Re: Member Ann Poe; Doctor Octavia Roe, MD, Elm Bay\n{rest}NPI 1999990058; Diagnosis G24.5.\n\n"
        "Dear Ann Poe:\n\nYour request was denied.\n"
    )
    found = names(head.format(rest="Medical Group; ")).provider_name
    assert "Octavia Roe" in value(found)
    assert not found.sure
