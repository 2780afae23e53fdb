"""A person is asked only where a person must look: a clean denial has no notes."""

import pytest

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.practice import Practice
from pipeline.values.text import Box, Method, Page, Text, Word

LANGUAGE = load_language(load_knowledge())
CLEAN = """\
Harborview Mutual
Utilization Management
P.O. Box 1, Erie, PA 16501

March 3, 2026

Member Name: Jane Roe
Member ID: HVM-771-20
Reference number: UM-2026-0042
Requesting provider: Octavia Poe, MD

Dear Dr. Poe:

We denied your request for Botox because it is not medically necessary. The records do not show 15 headache days
a month. You may appeal within 180 days of the date of this letter.

Sincerely,
Harborview Mutual
"""


def notes(content, *, method=Method.TEXT, quality=1.0):
    words = (Word(0, 10, Box(0, 0, 9, 9), 0.95),) if method is Method.OCR else ()
    page = Page(1, method, None, None, 0, quality, 0, len(content), words)
    letter = extract(Text(content=content, pages=(page,)), letter_id="x-1", language=LANGUAGE, practice=Practice())
    return {note.field: note.why for note in letter.needs_review}


def test_a_clean_denial_has_none():
    assert notes(CLEAN) == {}


def test_no_date_of_the_letter():
    assert "letter_date" in notes(CLEAN.replace("March 3, 2026", ""))


def test_two_members_with_equal_support():
    doubtful = notes(CLEAN.replace("Reference number", "Member ID: HVM-992-11\nReference number"))
    assert doubtful["member_id"] == "another value in the letter is as likely"


def test_no_number_at_all():
    content = CLEAN.replace("Member ID: HVM-771-20\nReference number: UM-2026-0042\n", "")
    assert notes(content)["claim_number"] == "no claim, reference or member number was found"


def test_no_limit_to_file():
    content = CLEAN.replace("You may appeal within 180 days of the date of this letter.", "")
    assert "clocks" in notes(content)


def test_a_number_of_a_scan_that_is_not_read_is_told():
    unread = CLEAN.replace("HVM-771-20", "~~ ,")
    assert "member_id" not in notes(unread)  # a text layer that prints none has none
    assert "member_id" not in notes(CLEAN, method=Method.OCR, quality=0.95)
    told = notes(unread, method=Method.OCR, quality=0.95)
    assert told["member_id"] == "the label of the member number is there, but no number was read beside it"
    assert "claim_number" not in told  # the letter prints none
    assert "claim_number" in notes(unread, method=Method.OCR, quality=0.6)


@pytest.mark.parametrize(
    ("word", "sure", "told"), [("brosReneS", 0.2, True), ("Jane", 0.9, False), ("4411", 0.2, False)]
)
def test_words_of_the_references_that_were_hardly_read_may_be_a_label_with_its_number(word, sure, told):
    content = CLEAN.replace("Member ID: HVM-771-20", f"Member ID: HVM-771-20\n{word}")
    at = content.index(word)
    words = (Word(0, 10, Box(0, 0, 9, 9), 0.95), Word(at, at + len(word), Box(0, 20, 9, 29), sure))
    page = Page(1, Method.OCR, None, None, 0, 0.95, 0, len(content), words)
    letter = extract(Text(content=content, pages=(page,)), letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert ("claim_number" in {note.field for note in letter.needs_review}) is told


def test_a_scan_without_any_member_number_is_told():
    """The label may be lost with the number."""
    without = CLEAN.replace("Member ID: HVM-771-20", "~~ ,")
    assert without != CLEAN
    assert "member_id" not in notes(without)
    assert notes(without, method=Method.OCR, quality=0.95)["member_id"].startswith("no member number was read")


def test_a_number_without_a_label_is_told_under_a_letterhead_that_names_the_appeals() -> None:
    """Such a head looks like the heading of the rights, in which numbers are those of rules."""
    headed = CLEAN.replace("Utilization Management", "Appeals and Grievances").replace("Member ID: ", "")
    told = notes(headed.replace("HVM-771-20", "HVM771203"), method=Method.OCR, quality=0.95)
    assert told["member_id"] == "no label was read for HVM771203; it may be the member number"


GRANTED = CLEAN.replace(
    CLEAN[CLEAN.index("We denied") : CLEAN.index("Sincerely")],
    "We approved your request for Botox. The service is authorized.\n\n| AU4753802.\n\n",
)


def test_a_number_of_an_approval_that_nothing_announces_is_told():
    told = notes(GRANTED, method=Method.OCR, quality=0.95)
    assert told["authorizations"] == "no label was read for AU4753802; it may be the number of an authorization"
    assert "AU4753802" in told["claim_number"]
    assert notes(GRANTED) == {}  # of a text layer no label is lost


def test_a_number_of_a_denial_that_nothing_announces_is_no_authorization():
    told = notes(CLEAN.replace("Dear Dr.", "| AU4753802.\n\nDear Dr."), method=Method.OCR, quality=0.95)
    assert "AU4753802" in told["claim_number"]
    assert "authorizations" not in told


@pytest.mark.parametrize("phone", ["877-555-0146", "1-877-555-0146"])
def test_a_telephone_number_is_no_number_that_nobody_read(phone):
    content = CLEAN.replace("Dear Dr.", f"{phone}\n\nDear Dr.")
    assert notes(content, method=Method.OCR, quality=0.95) == notes(CLEAN, method=Method.OCR, quality=0.95)


def test_a_number_in_the_reference_line_that_nothing_announces_is_told():
    line = "Re: Member Jane Roe; aber UMM519322608; Date of Birth 07/17/1987; CPT J0585, 64615\n"
    content = CLEAN.replace("Member ID: HVM-771-20\n", line)
    assert "UMM519322608" in notes(content, method=Method.OCR, quality=0.95)["member_id"]


def test_a_provider_adjustment_beside_an_amount_of_the_patient_is_told():
    claim = CLEAN.replace("Dear Dr. Poe:", "Reason code: CO-50\nPatient Responsibility: ${}\n\nDear Dr. Poe:")
    assert "hold the patient's bill" in notes(claim.format("1,200.00"))["patient_responsibility"]
    assert "patient_responsibility" not in notes(claim.format("0.00"))
    assert "patient_responsibility" not in notes(claim.format("1,200.00").replace("CO-50", "PR-50"))
    assert "patient_responsibility" not in notes(claim.format("1,200.00").replace("CO-50", "CO-45"))


def test_a_remark_that_closes_the_appeal_beside_a_limit_to_appeal_is_told():
    remark = CLEAN.replace("Dear Dr. Poe:", "Remark code: N211\n\nDear Dr. Poe:")
    assert "N211" in notes(remark)["clocks"]
    assert "clocks" not in notes(remark.replace("N211", "N115"))


def test_a_letter_in_spanish_is_flagged():
    body = (
        "Hemos revisado la solicitud de su doctor y los documentos que usted nos envió. Hemos negado la solicitud por "
        "la razón que se explica en esta carta. Usted puede apelar si no está de acuerdo con la decisión del plan."
    )
    spanish = CLEAN[: CLEAN.index("We denied")] + body + "\n"
    assert "another language" in notes(spanish)["kind"]


def test_an_approval_that_says_by_when_to_appeal_is_looked_at():
    granted = "We approved your request for Botox. The authorization is valid for 12 months."
    approval = CLEAN[: CLEAN.index("We denied")] + granted + "\n\nSincerely,\nHarborview Mutual\n"
    assert "kind" not in notes(approval)
    appealed = approval.replace("months.", "months. You may appeal within 60 days of the date of this letter.")
    assert "grant less than was asked" in notes(appealed)["kind"]


def test_a_number_without_a_label_on_a_scan_is_told():
    scanned = CLEAN.replace("Reference number: UM-2026-0042\n", "UM-2026-0042\n")
    assert "UM-2026-0042" in notes(scanned, method=Method.OCR)["reference_number"]
    assert "reference_number" not in notes(scanned)


TABLE = """Line   Date         Code    Units   Billed      Paid     Patient owes   Adjustment   Remark
1      01/06/2026   J0585   155     $1,860.00   $0.00    {owed}      {adjustment}       {remark}
2      01/06/2026   64615   1       $410.00     $0.00    $0.00          CO-16        M119

{rights}

Dear Dr. Poe:"""
OFFER = "You have the right to appeal this decision."


def of_table(*, owed="$1,860.00", adjustment="CO-197", remark="N211", rights=OFFER):
    table = TABLE.format(owed=owed, adjustment=adjustment, remark=remark, rights=rights)
    limitless = CLEAN.replace("You may appeal within 180 days of the date of this letter.", "")
    return notes(limitless.replace("Dear Dr. Poe:", table))


def test_a_line_at_the_providers_cost_that_the_patient_shall_pay():
    assert of_table()["patient_responsibility"].startswith("line 1: the adjustment is the provider's")
    assert "patient_responsibility" not in of_table(owed="$0.00")
    assert "patient_responsibility" not in of_table(adjustment="PR-197")


def test_no_appeal_by_remark_and_an_appeal_offered_in_words():
    assert "N211" in of_table()["clocks"]
    assert "N211" not in of_table(remark="N115")["clocks"]
    assert "N211" not in of_table(rights="You may not appeal this decision.")["clocks"]


def told_of(content):
    return notes(content, method=Method.OCR, quality=0.95)


@pytest.mark.parametrize(
    "sentence",
    ["The rest of the units exceed what `Cn AU4753802 allows.", "(AU4753802, seen above)", "Number of ours 4753802."],
)
def test_a_number_in_running_text_that_nothing_explains_may_be_any_number(sentence):
    told = told_of(CLEAN.replace("You may appeal", f"{sentence} You may appeal"))
    assert "4753802" in told["authorizations"]
    assert "4753802" in told["claim_number"]
    assert notes(CLEAN.replace("You may appeal", f"{sentence} You may appeal")) == {}


@pytest.mark.parametrize("number", ["999567;", "KV-40617", "E3944655200"])
def test_a_number_whose_label_a_stamp_covers_is_told_wherever_it_stands(number):
    assert number.strip(";") in told_of(CLEAN.replace("Dear Dr. Poe:", f"{number}\n\nDear Dr. Poe:"))["group_number"]


@pytest.mark.parametrize(
    "line",
    [
        "FAX 8005550164 P.01/02",
        "P.O. Box 890392",
        "Form KVM-10003 sample",
        "Wintergreen, OR 97299-4410",
        "Printed on 11202026",
        "Code J0585155",
        "UM-2026-0042",
        "Guideline MP-2026-11.4",
    ],
)
def test_numbers_of_other_things_are_explained(line):
    assert told_of(CLEAN.replace("Dear Dr. Poe:", f"{line}\n\nDear Dr. Poe:")) == told_of(CLEAN)


@pytest.mark.parametrize(
    "words",
    [
        "The service is authorized under\n\nPlease keep",
        "The authorization is\nPlease keep",
        "Approval number is ~ALINRAEE\nPlease keep",
        "The treatment was certified under VIOIZZLE. Please keep",
    ],
)
def test_an_authorization_whose_number_is_hidden_is_told(words):
    content = GRANTED.replace("The service is authorized.\n\n| AU4753802.", f"{words} this letter.")
    assert "authorization" in told_of(content)["authorizations"]
    assert notes(content) == {}


@pytest.mark.parametrize(
    "words",
    [
        "The service is authorized under the\nplan.",
        "The authorization is valid for a year.",
        "It is approved under ERISA rules.",
        "Authorization is not payment.",
    ],
)
def test_an_authorization_without_a_number_is_not(words):
    content = GRANTED.replace("The service is authorized.\n\n| AU4753802.", f"{words}")
    assert "authorizations" not in told_of(content)


@pytest.mark.parametrize(("sure", "told"), [(0.2, True), (0.9, False)])
def test_print_hardly_read_behind_the_word_authorized_may_be_its_number(sure, told):
    content = GRANTED.replace("\n\n| AU4753802.", " Tlwe meee")
    at = content.index("authorized")
    words = tuple(
        Word(at + first, at + last, Box(first, 20, last, 29), confidence)
        for first, last, confidence in ((0, 11, 0.96), (12, 16, 0.9), (17, 21, sure))
    )
    page = Page(1, Method.OCR, None, None, 0, 0.95, 0, len(content), words)
    letter = extract(Text(content=content, pages=(page,)), letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert ("authorizations" in {note.field for note in letter.needs_review}) is told


def test_a_fax_number_with_an_area_code_that_none_has_is_told():
    content = CLEAN.replace("You may appeal", "Fax: 077-555-0189. You may appeal")
    assert "077-555-0189" in told_of(content)["contacts"]
    assert "contacts" not in told_of(content.replace("077", "877"))


def test_a_blank_that_a_scan_puts_behind_a_hyphen_does_not_make_a_denial_another_letter():
    said = "DETERMINATION: NON- CERTIFIED\n\nDear"
    content = CLEAN.replace("Dear", said, 1).replace("We denied your request for Botox because it is not", "It is not")
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    letter = extract(Text(content=content, pages=(page,)), letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert letter.kind.value == "denial"
