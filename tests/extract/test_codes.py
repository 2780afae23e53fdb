"""Codes are a shape and a context; the traps of real letters are none."""

import pytest

from pipeline.extract.codes import find_codes
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())


def codes(content: str):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return find_codes(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE)


def values(found):
    return [one.value for one in found]


BODY = "Dear Dr. Example:\n\nWe denied the claim. {}\n\nSincerely,\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("CPT code 64615 was billed.", ["64615"]),
        ("CPT/HCPCS: J0585, 64615", ["J0585", "64615"]),
        ("HCPCS/NDC: J0585 / 00023-1145-01", ["J0585"]),
        ("Procedure: CPT V2785 (corneal tissue)", ["V2785"]),
        ("Codes 64642 and 64643 were billed with J0586.", ["64642", "64643", "J0586"]),
        ("The injection (64615) was denied.", ["64615"]),
        ("Procedure code 64615-50 is not valid.", ["64615"]),
        ("Category III code: CPT 0101T", ["0101T"]),
        ("\n\nItems:    93880, E0470      Diagnosis: M54.50", ["93880", "E0470"]),
        ("We looked at an echo study (code 93350) and a brace, L1832.", ["93350", "L1832"]),
        ("Hand therapy, left wrist        8 visits\n   (97018, 97022)", ["97018", "97022"]),
        ("Wound care 97597.", ["97597"]),
        ("\n\nSubject: Sleep study, 95782, both nights", ["95782"]),
        ("J1745 x 40; 96417 at home", ["J1745", "96417"]),
        ("Health plan: Elm State Plan     CPT: 93880", ["93880"]),
    ],
)
def test_procedures(sentence, expected):
    assert values(codes(BODY.format(sentence)).procedure_codes) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Durham, NC 27701",
        "P.O. Box 30555, Salt Lake City, UT 84130-0555",
        "Group Number: 98765",
        "Policy number 12345 applies.",
        "Call 800 55512 or fax.",
        "The amount of $64615 is due.",
        "LCD L33646 and Article A52848 apply.",
        "Reject code E6032 means that the form is old.",
        "64615 Oak Street is our address.",
        "Claim number 64615 was received.",
        "The year 2026 and 12345 other things.",
        "Your access code is below. Access code 55310.",
        "Plan code 10203 was used.",
        "Identification Number: HXQ 60417 2283 01",
        "The form went to Building 40 on Route 55310, Elmville.",
        "Contract H5521 applies.",
        "Group: **20418** Enrollee",
        "Review case number: URC 20418-22 here",
        "Dr. Roe, licence K\n20418.",
    ],
)
def test_no_procedures(sentence):
    assert values(codes(BODY.format(sentence)).procedure_codes) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Diagnosis: G43.709", ["G43.709"]),
        ("ICD-10: G43709, G24.3", ["G43.709", "G24.3"]),
        ("Diagnosis codes: M21.6X1 and H35.3212", ["M21.6X1", "H35.3212"]),
        ("J0585 was billed with diagnosis L74.510.", ["L74.510"]),
        ("Diagnosis: J0585", []),
        ("Section A12.3 of the contract applies.", []),
        ("The LCD L39909 applies.", []),
        ("Medical Policy 5.01.512", []),
        ('"diagnosisCodes": ["M17.11"]', ["M17.11"]),
    ],
)
def test_diagnoses(sentence, expected):
    assert values(codes(BODY.format(sentence)).diagnosis_codes) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("CPT 64615-50 was billed.", ["50"]),
        ("J0585 JW and J0585-JZ were billed.", ["JW", "JZ"]),
        ("Modifier: 59", ["59"]),
        ("Modifiers 25, 59 and RT were billed.", ["25", "59", "RT"]),
        ("The modifier is missing.", []),
        ("Billed: 64615-50, J0586-JW x 20 and 97110-GP, 4 units.", ["50", "JW", "GP"]),
        ("Claim number 26084-FX-5512 came in.", []),
        ("\n\nSVC 69210 50    07/09/2025    190.00", ["50"]),
        ("The plan number is HFE 20418 77\n", []),
        ("LINES    J0586 JW, 64615", ["JW"]),
        ("\n\nDATE      PROC MOD UN      CHARGED\n", []),
        ('\n\n{"cpt": "20610", "mod": ["RT", "59"]}', ["RT", "59"]),
        ("ATLANTA, GA 30301\nRE: claim", []),
        ("J0585 is a drug; J0585 IN an office.", []),
    ],
)
def test_modifiers(sentence, expected):
    assert values(codes(BODY.format(sentence)).modifiers) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Denial code CO-50.", [("50", "CO")]),
        ("CO50 applies.", [("50", "CO")]),
        ("PR 96", [("96", "PR")]),
        ("Reason code: 197", [("197", None)]),
        ("CARC 16 and 197", [("16", None), ("197", None)]),
        ("Claim adjustment reason code 29", [("29", None)]),
        ("CO-16, 50", [("16", "CO"), ("50", "CO")]),
        ("CO-B7 was used.", [("B7", "CO")]),
        ("C0-5O", [("50", "CO")]),
        ("Reason code: E6032", []),
        ('{"group": "CO", "carc": 45, "amount": 58.00}', [("45", "CO")]),
        ("Denver, CO 80202", []),
        ("CO-999", []),
    ],
)
def test_adjustment_codes(sentence, expected):
    assert [(c.value, c.group) for c in codes(BODY.format(sentence)).carc] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Remark: N115", ["N115"]),
        ("RARC MA130 applies.", ["MA130"]),
        ("CO-16 M127", ["M127"]),
        ("CO-50 / N115", ["N115"]),
        ("N32.81 is the diagnosis.", []),
        ("M62 alone", []),
        ("N115 W18500 Example Drive", []),
    ],
)
def test_remark_codes(sentence, expected):
    assert values(codes(BODY.format(sentence)).rarc) == expected


def test_table_columns_give_codes_their_role():
    content = (
        "REMITTANCE ADVICE\n\n"
        "SERV DATE     PROC     MOD    BILLED      GRP/RC    REM\n"
        "09/17/2026    72148    TC     $392.25     CO 18     N522\n"
    )
    found = codes(content)
    assert values(found.procedure_codes) == ["72148"]
    assert values(found.modifiers) == ["TC"]
    assert [(c.value, c.group) for c in found.carc] == [("18", "CO")]
    assert values(found.rarc) == ["N522"]


def test_a_column_ends_where_running_text_begins():
    content = (
        "NOTICE\n\n"
        "Date         Code     Units   Charge     Adj. code\n"
        "09/17/2026   72148    1       $392.25    CO-18\n\n"
        "You may ask for a review:                Send\n"
        "Write down what you do not agree with.\n\n"
        "                                         1. the form\n"
    )
    assert [c.value for c in codes(content).carc] == ["18"]


def test_fixed_columns_that_stand_close_are_apart():
    content = (
        "PROVIDER VOUCHER\n\n"
        "PATIENT            SERVICE DATES      PROC   MOD  QTY   CHARGED\n"
        "AMBER EXAMPLE      070925   070925    J0586  JZ   200   1,900.00\n"
        "                   070925   070925    64615         1     650.00\n"
    )
    assert values(codes(content).modifiers) == ["JZ"]


def test_a_remark_is_no_diagnosis():
    found = codes("NOTICE\n\nDiagnosis:         G24.3\nCodes:   J0585\n\nRemark code\n(RARC): M80. RARC: N130.\n")
    assert values(found.diagnosis_codes) == ["G24.3"]
    assert values(found.rarc) == ["M80", "N130"]


def test_a_repaired_code_keeps_its_text_and_says_so():
    (found,) = codes(BODY.format("C0-5O")).carc
    assert found.text == "C0-5O"
    assert found.rule.endswith("repaired")
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  01  95816  07/07/2025    510.00   denied", ["95816"]),
        ("Physical therapy (97110, 97140) for the left knee", ["97110", "97140"]),
        ("Requested: MRI brain with and without contrast, 70553.", ["70553"]),
        ("98941, four visits", ["98941"]),
        ("PO Box 97110", []),
        ("Rapid City, SD 57701", []),
    ],
)
def test_a_code_is_known_by_its_place(line, expected):
    content = f"Dear Dr. Example:\n\nWe denied the claim.\n\n{line}\n\nSincerely,\n"
    assert values(codes(content).procedure_codes) == expected


def test_a_service_line_in_words_and_the_form_of_a_report():
    found = codes(BODY.format("\n\nLine 1 97112 - paid.\nLine 2 97116 - not paid; see the progress report (PR-2)."))
    assert values(found.procedure_codes) == ["97112", "97116"]
    assert values(found.carc) == []
