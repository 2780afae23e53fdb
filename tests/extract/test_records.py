"""Letters that come as records: rows, objects, keys under keys, segments and notes; all is invented."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_CSV = (
    "id,payer,letter_date,patient,member_id,claim_no,dos,cpt,billed,denied,code,reason_text\n"
    '17,"Elm Trail Health","2025-06-05","Ada Finch","LTH55-20918","C0098812","2025-05-19","70553","1875.00","1875.00",'
    '"CO-197","Precertification was not requested, claim denied in full."\n'
)
_SEMICOLONS = (
    "Plan;Notice date;Subscriber;Subscriber ID;Group;Case no;Provider;NPI\n"
    "Larch Mutual Health;05/04/2026;Osric Vane;QX 440017;88213;UM-55120;Redbud Urology;1999929031\n"
)
_TWO_ROWS = (
    "claim_number,member_name,member_id,payer_name,cpt,status\n"
    '26-447180,"Vane, Osric",QX440017,Larch Mutual Health,64615,denied\n'
    '26-447181,"Vane, Osric",QX440017,Larch Mutual Health,J0585,denied\n'
)
_DUMP = """# remit_0003.txt  -- human readable dump of 835
payer            : LARCH PLAINS BENEFIT ADMINISTRATORS
payee            : REDBUD FAMILY CLINIC PC
payee_npi        : 1999929031
check_eft        : EFT0081723

CLP  claim=RFC-2209  status=1  charge=412.00  paid=96.40  icn=2025320GP0441
NM1*QC  patient  : VANE, OSRIC   id=GPB7710023
  SVC 99213-25   2025-10-30  charge 160.00  paid 96.40   CAS CO-45 63.60
"""
_ELIGIBILITY = """=== 271 ELIGIBILITY RESPONSE (test fixture) ===
Trace            : 93175-012547
Information src  : Larch Health Cooperative
Subscriber       : VANE, OSRIC M
Member ID        : SLC000456123
Group            : 88-1204
EB*1  Active coverage
"""
_SEGMENTS = (
    "ISA*00*          *00*          *ZZ*LARCH*ZZ*REDBUD*251120*1200*^*00501*000000001*0*P*:~\nST*835*0001~\n"
    "N1*PR*LARCH MUTUAL HEALTH~\nN1*PE*REDBUD FAMILY CLINIC PC*XX*1999929031~\n"
    "CLP*RFC-2209*1*412*96.4**12*2025320GP0441~\nNM1*QC*1*VANE*OSRIC*M***MI*GPB7710023~\nREF*1L*88213~\n"
)
_SENT_271 = (
    "NM1*PR*2*LARCH MUTUAL HEALTH*****PI*66003\nNM1*1P*2*REDBUD UROLOGY*****XX*1999929031\n"
    "NM1*IL*1*FINCH*ADA****MI*QX440017\nREF*6P*88213\nEB*1**30\n"
)
_NAMED_SEGMENTS = (
    "835 dump\nN1*PR  payer: Larch Mutual Health\nN1*PE  payee: Redbud Urology  NPI 1999929031\n"
    "NM1*QC patient: Finch, Ada  member id QX440017\nREF*1L group: 88213\n"
    "CLP01 patient control no: RU-2209   CLP07 payer claim control no: 2025320GP0441\n"
)
_ROLE_OBJECTS = """{
 "payer": "Larch Mutual",
 "patient": {"name": "Osric Vane", "member_id": "MDC7710339-2"},
 "rendering": {"name": "Petra Quill, LMFT", "npi": "1999929031"}
}
"""
_FHIR = """## ExplanationOfBenefit/eob-9

{
  "resourceType": "ExplanationOfBenefit", "id": "eob-test-31",
  "patient": {"reference": "Patient/4471920", "display": "Osric Vane"},
  "insurer": {"display": "Copper Ridge Health Alliance"},
  "provider": {"display": "Redbud Orthopedics",
               "identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1999929031"}},
  "identifier": [{"type": "uc", "value": "CRHA-EOB-4410087"}],
  "insurance": [{"coverage": {"display": "Member CRH20-884-31"}}],
  "disposition": "Denied - the time limit for filing has expired"
}
"""
_RESPONSE = (
    '{"resourceType":"ClaimResponse","id":"cr-10","patient":{"display":"Ada Finch"},"insurer":{"display":"Larch Mutual '
    'Health"},"requestor":{"display":"Redbud Urology"},"preAuthRef":"PA-77120"}\n'
)
_NESTED = (
    '{"id": 9917, "member": {"id": "QX440017", "name": "Ada Finch"}, "plan": {"name": "Larch Mutual Health", "group": '
    '{"number": "88213"}}, "claim": {"id": "26-447180"}, "provider": {"name": "Redbud Urology"}, "case": {}}\n'
)
_PRINTED = (
    "{'payer': {'name': 'Larch Mutual Health'}, 'patient': {'name': 'Ada Finch', 'memberId': 'QX440017'}, "
    "'claimId': '26-447180'}\n"
)
_PAIR_WITH_NPI = (
    '[\n {"k":"plan","v":"Larch Mutual Health"},\n {"k":"requesting","v":"Redbud Sleep Center, NPI 1999929031"}\n]\n'
)
_YAML = (
    "payer:\n  name: Larch Mutual Health\nmember:\n  name: Ada Finch\n  id: QX440017\n"
    "provider:\n  name: Redbud Urology\nclaim:\n  number: 26-447180\n"
)
_FRONT = (
    "---\nid: 4410-77\ntype: letter\n---\n\nElm State Health Plan\n\nMay 4, 2026\n\nDear Ada Finch,\nIt was denied.\n"
)
_CALL = """### Call log 12

- **Called:** Larch Select Health, provider line 302-555-0119
- **When:** 10/09/2025 2:40pm, rep "Tanya", call ref **R-20251009-7741**
- **Pt:** Ada Finch, ID BRS 880 143 22
- **Clm:** 25-2760044-01, DOS 9/11/25, $640.00, CPT 99285
- **Our doc:** Ridge Emergency Physicians
"""
_SPOKEN = (
    "call note 8/12/26\nspoke w/ Larch Mutual Health (rep Yolanda)\n"
    "pt Ada Finch  id N7700341882\nwhat: 81455 tumor panel\n"
)
_VENDOR = """Larchen
Behavioral Health

Larchen Behavioral Health
Appeals
P.O. Box 30
Salem, UT 84130

May 4, 2026

Health plan: Elm Insurance Company
Facility: Hollow Pine Academy
"""
_FORM = (
    "HEALTH INSURANCE CLAIM FORM (CMS-1500 02/12)\n\nCARRIER: Larch Insurance Co.\n1a INSURED ID: PDI88812340\n"
    "11 INSURED POLICY GROUP: G-40021         11d ANOTHER HEALTH PLAN?  NO\n"
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            _CSV,
            {
                "payer": "Elm Trail Health",
                "member_name": "Ada Finch",
                "member_id": "LTH55-20918",
                "claim_number": "C0098812",
                "letter_date": "2025-06-05",
                "billed_amount": "1875.00",
            },
        ),
        (
            _SEMICOLONS,
            {
                "payer": "Larch Mutual Health",
                "member_name": "Osric Vane",
                "member_id": "QX440017",
                "group_number": "88213",
                "reference_number": "UM-55120",
                "provider_name": "Redbud Urology",
                "provider_npi": "1999929031",
            },
        ),
        (
            _TWO_ROWS,
            {
                "payer": "Larch Mutual Health",
                "member_name": "Vane, Osric",
                "member_id": "QX440017",
                "claim_number": None,
            },
        ),
        (
            _DUMP,
            {
                "provider_npi": "1999929031",
                "claim_number": "2025320GP0441",
                "member_name": "VANE, OSRIC",
                "member_id": "GPB7710023",
                "provider_name": "REDBUD FAMILY CLINIC PC",
            },
        ),
        (
            _ELIGIBILITY,
            {
                "payer": "Larch Health Cooperative",
                "member_name": "VANE, OSRIC M",
                "member_id": "SLC000456123",
                "group_number": "88-1204",
            },
        ),
        (
            _SEGMENTS,
            {
                "payer": "LARCH MUTUAL HEALTH",
                "provider_name": "REDBUD FAMILY CLINIC PC",
                "provider_npi": "1999929031",
                "claim_number": "2025320GP0441",
                "patient_account_number": "RFC-2209",
                "member_id": "GPB7710023",
                "group_number": "88213",
                "member_name": "OSRIC M VANE",
            },
        ),
        (
            _SENT_271,
            {
                "payer": "LARCH MUTUAL HEALTH",
                "provider_name": "REDBUD UROLOGY",
                "provider_npi": "1999929031",
                "member_id": "QX440017",
                "group_number": "88213",
                "member_name": "ADA FINCH",
            },
        ),
        (
            _NAMED_SEGMENTS,
            {
                "payer": "Larch Mutual Health",
                "provider_name": "Redbud Urology",
                "member_name": "Finch, Ada",
                "group_number": "88213",
                "claim_number": "2025320GP0441",
            },
        ),
        (
            _ROLE_OBJECTS,
            {
                "provider_name": "Petra Quill, LMFT",
                "member_name": "Osric Vane",
                "member_id": "MDC7710339-2",
                "payer": "Larch Mutual",
                "provider_npi": "1999929031",
            },
        ),
        (
            _FHIR,
            {
                "member_name": "Osric Vane",
                "payer": "Copper Ridge Health Alliance",
                "provider_name": "Redbud Orthopedics",
                "provider_npi": "1999929031",
                "claim_number": "CRHA-EOB-4410087",
                "member_id": "CRH20-884-31",
                "patient_account_number": None,
            },
        ),
        (
            _RESPONSE,
            {
                "member_name": "Ada Finch",
                "payer": "Larch Mutual Health",
                "provider_name": "Redbud Urology",
                "member_id": None,
            },
        ),
        (
            _NESTED,
            {
                "member_id": "QX440017",
                "member_name": "Ada Finch",
                "payer": "Larch Mutual Health",
                "group_number": "88213",
                "claim_number": "26-447180",
                "provider_name": "Redbud Urology",
            },
        ),
        (
            _PRINTED,
            {
                "payer": "Larch Mutual Health",
                "member_name": "Ada Finch",
                "member_id": "QX440017",
                "claim_number": "26-447180",
            },
        ),
        (_PAIR_WITH_NPI, {"provider_npi": "1999929031", "provider_name": "Redbud Sleep Center"}),
        (
            _YAML,
            {
                "payer": "Larch Mutual Health",
                "member_name": "Ada Finch",
                "member_id": "QX440017",
                "provider_name": "Redbud Urology",
                "claim_number": "26-447180",
            },
        ),
        (_FRONT, {"member_id": None, "member_name": "Ada Finch"}),
        (
            _CALL,
            {
                "payer": "Larch Select Health",
                "provider_name": "Ridge Emergency Physicians",
                "member_name": "Ada Finch",
                "member_id": "BRS88014322",
                "claim_number": "25-2760044-01",
                "reference_number": "R-20251009-7741",
            },
        ),
        (
            _SPOKEN,
            {
                "payer": "Larch Mutual Health",
                "member_name": "Ada Finch",
                "member_id": "N7700341882",
                "procedure_codes": ["81455"],
            },
        ),
        (_FORM, {"group_number": "G-40021", "funding": None, "member_id": "PDI88812340"}),
    ],
)
def test_every_value_keeps_its_place(content: str, expected: dict[str, object]) -> None:
    found = letter(content)
    read = {name: getattr(found, name) for name in expected}
    plain = {n: [x.value for x in v] if isinstance(v, tuple) else v.value if v else None for n, v in read.items()}
    assert plain == expected


def test_the_name_of_a_segment_shows_its_place() -> None:
    found = letter(_SEGMENTS).member_name
    assert found is not None
    assert found.text == "VANE*OSRIC*M"


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        (
            "LARCH FAMILY CARE (your Medicaid managed care plan)\nMailed: 10/14/2025\n\nDear Ada Finch,\n",
            "payer",
            "LARCH FAMILY CARE",
        ),
        (_VENDOR, "provider_name", "Hollow Pine Academy"),
        (f"{HEAD}Claim: PH26121004471 / DOS 2026-04-14\n", "claim_number", "PH26121004471"),
        (
            f"{HEAD}Anthem Identification Number: YGK 883M51207\n\nElm reviews for Anthem Blue Cross.\n",
            "member_id",
            "YGK883M51207",
        ),
    ],
)
def test_names_on_top_and_numbers(content: str, field: str, expected: str) -> None:
    found = getattr(letter(content), field)
    assert found is not None
    assert found.value == expected
