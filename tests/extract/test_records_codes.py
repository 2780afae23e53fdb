"""Codes, days and sums of letters that come as rows, tables with strokes, objects and segments; all is invented."""

import pytest

from tests.extract.plain_letter import letter

_CASES = [
    (
        """claim_no,insurer,patient,member_id,date_of_service,cpt,mod1,icd10_1,charge,denied_amt,carc,rarc,eob_date
QX-5512,Larch Mutual Health,"Finch, Ada",LM440017,2026-03-02,97530,GO,M62.81,180.00,180.00,CO-151,N115,2026-03-20
""",
        dict(
            claim_number="QX-5512",
            payer="Larch Mutual Health",
            member_id="LM440017",
            dates_of_service=["2026-03-02"],
            procedure_codes=["97530"],
            modifiers=["GO"],
            diagnosis_codes=["M62.81"],
            billed_amount="180.00",
            denied_amount="180.00",
            carc=["151"],
            rarc=["N115"],
            letter_date="2026-03-20",
        ),
    ),
    (
        """Payer|Member|MemberID|ClaimID|DOS|HCPCS|Dx|Billed|Denied|Reason Code|Remark Code|NPI
Larch Mutual Health|Ada Finch|LM440017|QX5512|03/02/2026|J0585|G43.709|1,240.00|1,240.00|197|M62|1999929031
""",
        dict(
            claim_number="QX5512",
            member_id="LM440017",
            dates_of_service=["2026-03-02"],
            procedure_codes=["J0585"],
            diagnosis_codes=["G43.709"],
            billed_amount="1240.00",
            denied_amount="1240.00",
            carc=["197"],
            rarc=["M62"],
            provider_npi="1999929031",
        ),
    ),
    (
        """claim\tpayer\tpatient\tmember_id\tdos\tproc\tdx\tbilled\tpaid\tdenied\tcarc\trarc
QX5512\tLarch Mutual Health\tAda Finch\tLM440017\t03/02/2026\t73721\tM25.561\t890.00\t0.00\t890.00\tCO50\tN130
""",
        dict(
            claim_number="QX5512",
            member_id="LM440017",
            dates_of_service=["2026-03-02"],
            procedure_codes=["73721"],
            diagnosis_codes=["M25.561"],
            billed_amount="890.00",
            denied_amount="890.00",
            carc=["50"],
            rarc=["N130"],
        ),
    ),
    (
        """{"claim_id":"QX5512","payer":"Larch Mutual Health","patient":"Ada Finch","member_id":"LM440017",
"dos":"2026-03-02","cpt":["73721","73722"],"modifiers":["RT"],
"dx":["M25.561"],"billed":890.0,"denied":890.0,"carc":"50",
"rarc":["N130"],"npi":"1999929031"}
""",
        dict(
            claim_number="QX5512",
            member_id="LM440017",
            dates_of_service=["2026-03-02"],
            procedure_codes=["73721", "73722"],
            modifiers=["RT"],
            diagnosis_codes=["M25.561"],
            billed_amount="890.00",
            denied_amount="890.00",
            carc=["50"],
            rarc=["N130"],
            provider_npi="1999929031",
        ),
    ),
    (
        """{
  "denial": {
    "claimNumber": "QX5512",
    "serviceDate": "2026-03-02",
    "procedureCode": "64615",
    "diagnosisCodes": ["G43.709", "G43.719"],
    "billedAmount": 1240,
    "deniedAmount": 1240.5,
    "adjustmentCode": "CO-197",
    "remarkCodes": ["N54", "M62"]
  },
  "payer": {"name": "Larch Mutual Health"},
  "member": {"name": "Ada Finch", "id": "LM440017"}
}
""",
        dict(
            claim_number="QX5512",
            dates_of_service=["2026-03-02"],
            procedure_codes=["64615"],
            diagnosis_codes=["G43.709", "G43.719"],
            billed_amount="1240.00",
            denied_amount="1240.50",
            carc=["197"],
            rarc=["N54", "M62"],
            member_id="LM440017",
        ),
    ),
    (
        """| Claim | Patient | DOS | CPT | Mod | Dx | Billed | Denied | CARC | RARC |
|---|---|---|---|---|---|---|---|---|---|
| QX5512 | Ada Finch | 3/2/26 | 97530 | GO | M62.81 | $180.00 | $180.00 | 151 | N115 |
""",
        dict(
            claim_number="QX5512",
            dates_of_service=["2026-03-02"],
            procedure_codes=["97530"],
            modifiers=["GO"],
            diagnosis_codes=["M62.81"],
            billed_amount="180.00",
            denied_amount="180.00",
            carc=["151"],
            rarc=["N115"],
        ),
    ),
    (
        """ST*835*0001~
BPR*I*0*C*NON************20260320~
DTM*405*20260320~
N1*PR*LARCH MUTUAL HEALTH~
N1*PE*REDBUD FAMILY CLINIC PC*XX*1999929031~
LX*1~
CLP*RFC-2209*4*412*0**12*2025320GP0441~
CAS*CO*197*412~
NM1*QC*1*VANE*OSRIC*M***MI*GPB7710023~
MOA***N130*MA01~
DTM*232*20260302~
DTM*233*20260304~
SVC*HC:99213:25*160*0**1~
DTM*472*20260302~
CAS*CO*50*160~
LQ*HE*N115~
SVC*HC:J0585:JZ*252*0**200~
DTM*472*20260304~
CAS*CO*16*252~
LQ*HE*M119~
SE*20*0001~
""",
        dict(
            claim_number="2025320GP0441",
            payer="LARCH MUTUAL HEALTH",
            dates_of_service=["2026-03-02", "2026-03-04"],
            procedure_codes=["99213", "J0585"],
            modifiers=["25", "JZ"],
            carc=["197", "50", "16"],
            rarc=["N130", "MA01", "N115", "M119"],
            billed_amount="412.00",
            letter_date="2026-03-20",
        ),
    ),
    (
        """CLP*PAT-771*4*1250.00*0.00*0.00*MC*2026070900144*11*1
CAS*PI*96*1250.00
NM1*QC*1*FINCH*ADA****MI*LM440017
SVC*HC:64615*1250.00*0.00**1
DTM*472*20260611
LQ*HE*N386
""",
        dict(
            claim_number="2026070900144",
            member_id="LM440017",
            dates_of_service=["2026-06-11"],
            procedure_codes=["64615"],
            carc=["96"],
            rarc=["N386"],
            billed_amount="1250.00",
        ),
    ),
    (
        """ST*278*0001*005010X217~
BHT*0007*11*A1203*20260414*0830~
HL*1**20*1~
NM1*X3*2*LARCH MUTUAL HEALTH*****PI*77301~
HL*2*1*21*1~
NM1*1P*2*REDBUD UROLOGY*****XX*1999929031~
HL*3*2*22*1~
NM1*IL*1*FINCH*ADA****MI*LM440017~
UM*HS*I*1*11:B~
HCR*A3*****~
REF*BB*AUTH-99120~
DTP*472*RD8*20260420-20260720~
HI*ABK:G43709~
SV1*HC:J0585*1240*UN*200~
""",
        dict(member_id="LM440017", procedure_codes=["J0585"], diagnosis_codes=["G43.709"]),
    ),
    (
        """ST*277*0001*005010X214~
NM1*PR*2*LARCH MUTUAL HEALTH*****PI*77301~
NM1*QC*1*FINCH*ADA****MI*LM440017~
TRN*2*RFC-2209~
STC*F2:88:QC*20260320**412*0~
REF*1K*2025320GP0441~
DTP*472*RD8*20260302-20260304~
SVC*HC:99213:25*160*0*****1~
""",
        dict(
            claim_number="2025320GP0441",
            dates_of_service=["2026-03-02", "2026-03-04"],
            procedure_codes=["99213"],
            modifiers=["25"],
        ),
    ),
    (
        """payer: Larch Mutual Health
member: Ada Finch
member_id: LM440017
claim: QX5512
dos: 2026-03-02
cpt: [73721, 73722]
dx: [M25.561]
billed: 890.00
denied: 890.00
carc: 50
rarc: N130
""",
        dict(
            claim_number="QX5512",
            dates_of_service=["2026-03-02"],
            procedure_codes=["73721", "73722"],
            diagnosis_codes=["M25.561"],
            billed_amount="890.00",
            denied_amount="890.00",
            carc=["50"],
            rarc=["N130"],
        ),
    ),
    (
        """claim_id,cpt_code,dx_code,billed_amount,allowed_amount,paid_amount,denied_amount,denial_code,remark_code,service_date
QX5512,64615,G43.709,1240.00,0.00,0.00,1240.00,CO-197,N54,2026-03-02
QX5512,J0585,G43.709,310.00,0.00,0.00,310.00,CO-197,N54,2026-03-02
""",
        dict(
            claim_number="QX5512",
            procedure_codes=["64615", "J0585"],
            diagnosis_codes=["G43.709"],
            carc=["197"],
            rarc=["N54"],
            dates_of_service=["2026-03-02"],
        ),
    ),
    (
        """id;payer;patient;dos_from;dos_to;cpt;icd;charge;group_code;carc;rarc
1;Larch Mutual Health;Ada Finch;2026-03-02;2026-03-04;97110;M54.50;310.00;CO;119;N362
""",
        dict(
            dates_of_service=["2026-03-02", "2026-03-04"],
            procedure_codes=["97110"],
            diagnosis_codes=["M54.50"],
            carc=["119"],
            rarc=["N362"],
            billed_amount="310.00",
        ),
    ),
    (
        """zip,plan,members,group,po_box,state,phone
43210,Larch Mutual Health,55120,88213,73110,OH,302-555-0119
""",
        dict(procedure_codes=[], claim_number=None),
    ),
    (
        """claim_no,payer,patient,member_id,dos,zip,cpt,billed,check_no,carc
QX-5512,Larch Mutual Health,"Finch, Ada",LM440017,2026-03-02,43210,97530,180.00,50120,CO-151
""",
        dict(procedure_codes=["97530"], carc=["151"]),
    ),
]


@pytest.mark.parametrize(("content", "told"), _CASES, ids=range(len(_CASES)))
def test_what_keys_columns_and_segments_name_is_read(content, told):
    read = letter(content)
    for field, value in told.items():
        found = getattr(read, field)
        if isinstance(value, list):
            assert sorted(one.value for one in found) == sorted(value), field
        else:
            assert (found.value if found else None) == value, field


def test_the_group_of_a_column_beside_goes_with_its_code():
    (code,) = letter(
        "id;payer;patient;dos;cpt;group_code;carc\n1;Larch Mutual Health;Ada Finch;2026-03-02;97110;CO;119\n"
    ).carc
    assert (code.value, code.group) == ("119", "CO")


@pytest.mark.parametrize(
    "content",
    [
        # Columns of the list of codes itself, of a key that says nothing, of counts and of words.
        "| Code | Meaning |\n|---|---|\n| 50 | not a necessity |\n| 97 | part of another service |\n",
        '{"code": 50, "status": "ok", "items": 16}\n',
        "id,payer,member,member_id,carc_count,remark_text,cpt_desc\n"
        "1,Larch Mutual Health,Ada Finch,LM440017,16,N130,97110\n",
        '{"http": {"code": "16"}, "zip": {"code": "43210"}, "modifier_date": "2026"}\n',
    ],
)
def test_other_numbers_of_records_are_no_codes(content):
    read = letter(content)
    assert (read.procedure_codes, read.carc, read.rarc) == ((), (), ())
