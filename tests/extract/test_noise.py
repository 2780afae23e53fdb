"""What was read in two ways, or badly, is never sure: the other reading stands beside it and a person is asked."""

from dataclasses import replace

import pytest

from pipeline.extract import extract
from pipeline.extract.noise import CUT_OFF, ELSEWHERE, IN_PART, LATER, MENDED, SHOWN, TOLD, with_doubts
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read.assemble import assemble
from pipeline.read.page import PageWords, Placed
from pipeline.values.letter import ClaimEntry, Purpose
from pipeline.values.practice import Practice
from pipeline.values.text import Box, Method

LANGUAGE = load_language(load_knowledge())
LETTER = """\
Harborview Mutual
Utilization Management
P.O. Box 1, Erie, PA 16501

March 3, 2026

Member Name: Jane Roe
Member ID: HVM-771-20
Claim number: 2026-0412-77
Provider NPI: 1234567893
Total charges: $1,200.00

Dear Dr. Poe:

We denied your claim for Botox because it is not medically necessary. The records do not show 15 headache days
a month. You may appeal within 180 days of the date of this letter. Fax your appeal to 919-555-0148.

Sincerely,
Harborview Mutual
"""


def text_of(content=LETTER, *, method=Method.OCR, words=None):
    """The letter as a page of placed words; ``words`` maps a word to the confidence or the other reading it has."""
    words = words or {}
    placed = []
    for row, line in enumerate(content.splitlines()):
        left = 72.0
        for word in line.split(" "):
            if word:
                own = words.get(word, {})
                box = Box(left, 72 + 14.0 * row, left + 5.5 * len(word), 82 + 14.0 * row)
                placed.append(replace(Placed(word, box, 0.96 if method is Method.OCR else 1.0), **own))
            left += 5.5 * (len(word) + 1)
    page = PageWords(method=method, width_pt=612, height_pt=792, rotation=0, quality=0.95, words=tuple(placed))
    return assemble([page])


def letter_of(content=LETTER, **how):
    return extract(text_of(content, **how), letter_id="x-1", language=LANGUAGE, practice=Practice())


def noted(letter):
    return {note.field for note in letter.needs_review}


def test_a_scan_that_was_read_well_is_sure():
    letter = letter_of()
    for found in (letter.member_id, letter.claim_number, letter.provider_npi, letter.letter_date, letter.billed_amount):
        assert found.sure
        assert found.rejected == ()
    assert letter.needs_review == ()


@pytest.mark.parametrize(
    ("field", "word", "other"),
    [
        ("claim_number", "2026-0412-77", "2026-0412-71"),
        ("member_id", "HVM-771-20", "HVM-177-20"),
        ("provider_npi", "1234567893", "1234561893"),
        ("letter_date", "3,", "8,"),
        ("letter_date", "2026", "2025"),
        ("billed_amount", "$1,200.00", "$7,200.00"),
    ],
)
def test_a_text_layer_that_the_picture_contradicts(field, word, other):
    clean = getattr(letter_of(), field)
    letter = letter_of(method=Method.BOTH, words={word: {"confidence": 1.0, "other": other}})
    found = getattr(letter, field)
    assert not found.sure
    assert found.value == clean.value
    assert found.confidence <= 0.5
    assert other in found.rejected[-1].text
    assert found.rejected[-1].why == f"{SHOWN} {found.rejected[-1].text}"
    assert field in noted(letter)


def test_a_picture_that_the_text_layer_contradicts():
    letter = letter_of(method=Method.BOTH, words={"2026-0412-77": {"confidence": 0.96, "other": "2026-0412-71"}})
    assert letter.claim_number.rejected[-1].why == f"{TOLD} 2026-0412-71"
    assert not letter.claim_number.sure


def test_an_appeal_fax_and_a_time_limit_in_dispute():
    words = {"919-555-0148.": {"other": "919-555-0143."}, "180": {"other": "60"}}
    letter = letter_of(method=Method.BOTH, words=words)
    fax = next(c for c in letter.contacts if c.purpose is Purpose.APPEAL)
    assert "0143" in fax.rejected[-1].text
    assert {"contacts", "clocks"} <= noted(letter)
    assert letter.clocks[0].confidence <= 0.5


def test_words_of_a_time_limit_that_are_no_number_matter_to_nobody():
    letter = letter_of(method=Method.BOTH, words={"within": {"other": "wilhin"}})
    assert letter.clocks
    assert "clocks" not in noted(letter)


@pytest.mark.parametrize("confidence", [0.3, 0.7, 0.89])
def test_a_badly_read_number_is_not_sure(confidence):
    letter = letter_of(words={"2026-0412-77": {"confidence": confidence}})
    assert letter.claim_number.value == "2026-0412-77"
    assert not letter.claim_number.sure


def test_a_badly_read_number_that_is_printed_twice_is_sure():
    content = LETTER.replace("Sincerely", "Claim number: 2026-0412-77\n\nSincerely")
    assert letter_of(content, words={"2026-0412-77": {"confidence": 0.87}}).claim_number.sure
    assert not letter_of(content, words={"2026-0412-77": {"confidence": 0.6}}).claim_number.sure


def test_a_badly_read_date_gives_no_sure_deadline():
    letter = letter_of(words={"3,": {"confidence": 0.75}})
    assert not letter.letter_date.sure
    assert letter.letter_date.confidence < 0.7
    assert letter.clocks[0].due
    assert letter.clocks[0].confidence < 0.7
    assert "letter_date" in noted(letter)


def test_a_mended_number_keeps_its_print_and_is_told():
    letter = letter_of(LETTER.replace("1234567893", "I234567893"))
    assert letter.provider_npi.value == "1234567893"
    assert letter.provider_npi.text == "I234567893"
    assert letter.provider_npi.rejected[-1].why == MENDED
    assert not letter.provider_npi.sure
    assert "provider_npi" in noted(letter)


@pytest.mark.parametrize("printed", ["EBAO6531061", "2026Q41277", "CLM20I"])
def test_a_letter_that_may_be_a_digit_is_never_sure(printed):
    letter = letter_of(LETTER.replace("2026-0412-77", printed))
    assert letter.claim_number.value == printed
    assert not letter.claim_number.sure
    assert "claim_number" in noted(letter)
    typed = letter_of(LETTER.replace("2026-0412-77", printed), method=Method.TEXT)
    assert typed.claim_number.sure


def test_a_mended_fax_is_told():
    letter = letter_of(LETTER.replace("919-555-0148", "919-55S-Ol48"))
    fax = next(c for c in letter.contacts if c.purpose is Purpose.APPEAL)
    assert fax.value == "9195550148"
    assert fax.text == "919-55S-Ol48"
    assert "contacts" in noted(letter)


def test_a_mended_diagnosis_is_told():
    letter = letter_of(LETTER.replace("Total charges", "Diagnosis: 169.351\nTotal charges"))
    assert [(d.value, d.text) for d in letter.diagnosis_codes] == [("I69.351", "169.351")]
    assert "diagnosis_codes" in noted(letter)


def test_an_amount_behind_a_diagnosis_is_none():
    letter = letter_of(LETTER.replace("Total charges", "Diagnosis of the member, billed 169.35\nTotal charges"))
    assert letter.diagnosis_codes == ()


def test_a_mended_date_is_told():
    letter = letter_of(LETTER.replace("March 3, 2026", "O3/03/2026"))
    assert letter.letter_date.value == "2026-03-03"
    assert not letter.letter_date.sure
    assert letter.letter_date.rejected[-1].why == MENDED


def test_a_number_that_goes_on_is_not_whole():
    letter = letter_of(LETTER.replace("2026-0412-77", "2026-0412- 77"))
    assert not letter.claim_number.sure
    assert letter.claim_number.rejected[-1].why == CUT_OFF
    assert letter.claim_number.rejected[-1].text == "2026-0412- 77"
    assert "claim_number" in noted(letter)


@pytest.mark.parametrize(("sure", "gap", "whole"), [(0.1, 0.0, False), (0.1, 6.0, True), (0.9, 0.0, True)])
@pytest.mark.parametrize("behind", [True, False])
def test_a_number_that_a_pen_runs_over_is_not_whole(sure, gap, whole, behind):
    """What is read of the pen is higher than a line, and stands on another one."""
    text = text_of()
    (page,) = text.pages
    number = next(w for w in page.words if text.content[w.start : w.end] == "HVM-771-20")
    x0, top, x1, bottom = number.box
    across = (x1 + gap, x1 + gap + 40) if behind else (x0 - gap - 40, x0 - gap)
    pen = replace(page.words[0], box=Box(across[0], top - 15, across[1], bottom + 4), confidence=sure)
    marked = replace(text, pages=(replace(page, words=(pen, *page.words[1:])),))
    letter = extract(marked, letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert letter.member_id.value == "HVM-771-20"
    assert letter.member_id.sure is whole
    assert ("member_id" in noted(letter)) is not whole


@pytest.mark.parametrize(
    ("sign", "gap", "whole"), [("PA", 20.0, False), ("PA", 6.0, False), ("PA", 80.0, True), ("case", 20.0, True)]
)
def test_a_sign_some_way_before_a_number_may_be_its_first(sign, gap, whole):
    """What a pen hid between them, nobody read."""
    text = text_of(LETTER.replace("Erie, PA", f"Erie, {sign}"))
    (page,) = text.pages
    shown = [text.content[w.start : w.end] for w in page.words]
    number = page.words[shown.index("HVM-771-20")].box
    moved = {sign: number._replace(x0=390 - gap, x1=400 - gap), "HVM-771-20": number._replace(x0=400, x1=455)}
    words = tuple(replace(w, box=moved.get(own, w.box)) for own, w in zip(shown, page.words, strict=True))
    changed = replace(text, pages=(replace(page, words=words),))
    letter = extract(changed, letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert letter.member_id.value == "HVM-771-20"
    assert letter.member_id.sure is whole


@pytest.mark.parametrize(
    ("piece", "whole"), [("|-MN48;", False), ("40617", False), ("K-", False), ("of", True), ("Roe", True)]
)
def test_a_piece_of_a_number_that_stands_apart_from_it(piece, whole):
    text = text_of(LETTER.replace("HVM-771-20", f"HVM-771-20 {piece}"), words={piece: {"confidence": 0.2}})
    letter = extract(text, letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert letter.member_id.sure is whole


@pytest.mark.parametrize(("method", "value"), [(Method.OCR, None), (Method.TEXT, "OR970117")])
def test_a_zip_code_of_which_a_scan_made_two_digits_is_no_members_number(method, value):
    content = LETTER.replace("Member ID: HVM-771-20\n", "").replace(
        "Dear Dr. Poe:", "Clayton Ferris, OR 970117\n\nDear Dr. Poe:"
    )
    found = letter_of(content, method=method).member_id
    assert (found and found.value) == value


def test_a_quotation_mark_that_a_scan_puts_before_a_number():
    letter = letter_of(LETTER.replace("Member ID: HVM", "Member ID:'HVM"))
    assert letter.member_id.value == "HVM-771-20"


def test_a_last_digit_that_became_a_stroke():
    letter = letter_of(LETTER.replace("HVM-771-20", "HVM-771-20 |"))
    assert not letter.member_id.sure
    assert "member_id" in noted(letter)


def test_a_date_of_birth_taken_for_the_date_of_the_letter():
    content = LETTER.replace("March 3, 2026", "01/18/1956").replace("of this letter", "of this letter of 03/03/2026")
    letter = letter_of(content)
    assert letter.letter_date.value == "1956-01-18"
    assert not letter.letter_date.sure
    assert letter.letter_date.rejected[-1].why == LATER
    assert "letter_date" in noted(letter)


def test_an_amount_that_goes_on_is_not_whole():
    assert not letter_of(LETTER.replace("$1,200.00", "$1.200.00")).billed_amount.sure


def test_two_readings_of_one_print_are_both_shown():
    content = LETTER.replace("Sincerely", "About 2O26-04l2-77 we say no more.\n\nSincerely")
    letter = letter_of(content)
    assert letter.claim_number.value == "2026-0412-77"
    assert letter.claim_number.rejected[-1].why == ELSEWHERE
    assert letter.claim_number.rejected[-1].value == "2O26-04l2-77"
    assert not letter.claim_number.sure


def test_most_places_decide_between_look_alikes():
    content = LETTER.replace("HVM-771-20", "HVM-77I-20")
    content = content.replace("Sincerely", "Member HVM-771-20.\nThe plan of HVM-771-20 ends.\n\nSincerely")
    letter = letter_of(content)
    assert letter.member_id.value == "HVM-771-20"
    assert letter.member_id.text == "HVM-77I-20"
    assert letter.member_id.rejected[-1].value == "HVM-77I-20"
    assert not letter.member_id.sure
    assert "member_id" in noted(letter)


@pytest.mark.parametrize(
    ("read", "elsewhere"),
    [
        ("KV-40", "KV-40617"),  # the rest of a short number was lost
        ("KV-40617", "KV-4017"),  # a sign was lost at the other place
        ("KV-4017", "KV-40617"),
        ("V40617", "KV40617"),  # its first sign was lost
    ],
)
def test_a_number_that_another_place_prints_longer_or_shorter_is_never_sure(read, elsewhere):
    content = LETTER.replace("Claim number", f"Group number: {read}\nClaim number")
    content = content.replace("Sincerely", f"This is the plan of {elsewhere}.\n\nSincerely")
    letter = letter_of(content)
    assert letter.group_number.value == read
    assert letter.group_number.rejected[-1].why == ELSEWHERE
    assert letter.group_number.rejected[-1].value == elsewhere
    assert not letter.group_number.sure
    assert "group_number" in noted(letter)
    assert letter_of(content, method=Method.TEXT).group_number.sure


@pytest.mark.parametrize(
    ("read", "place"), [("KV-40", "Group number KV-40617 ends."), ("KV-40617", "See KV-40617283.")]
)
def test_a_beginning_is_given_as_the_whole_that_was_read_well(read, place):
    """A short beginning where a label announces the whole, a long one wherever the whole stands."""
    content = LETTER.replace("Claim number", f"Group number: {read}\nClaim number")
    content = content.replace("Sincerely", f"{place}\n\nSincerely")
    whole = next(word for word in place.rstrip(".").split() if word.startswith(read))
    letter = letter_of(content)
    assert letter.group_number.value == whole
    assert letter.group_number.text == read
    assert (letter.group_number.rejected[-1].value, letter.group_number.rejected[-1].why) == (read, IN_PART)
    assert not letter.group_number.sure
    assert "group_number" in noted(letter)
    assert (
        letter_of(content, words={f"{whole}": {"confidence": 0.7}, f"{whole}.": {"confidence": 0.7}}).group_number.value
        == read
    )


@pytest.mark.parametrize("elsewhere", ["HVM-771-20-01", "HVM-771-20/2"])
def test_what_a_hyphen_adds_may_be_a_suffix(elsewhere):
    letter = letter_of(LETTER.replace("Sincerely", f"The card of {elsewhere} ended.\n\nSincerely"))
    assert letter.member_id.value == "HVM-771-20"
    assert not letter.member_id.sure


@pytest.mark.parametrize("elsewhere", ["2026-04-12", "202-604-1277", "2026.04", "$2026.04"])
def test_days_telephones_and_sums_are_no_number_that_goes_on(elsewhere):
    content = LETTER.replace("2026-0412-77", "2026A").replace("Sincerely", f"Told before: {elsewhere}\n\nSincerely")
    assert letter_of(content).claim_number.sure


def test_numbers_that_differ_in_a_well_read_digit_are_two_numbers():
    letter = letter_of(LETTER.replace("Sincerely", "See too our letter 2026-0412-78.\n\nSincerely"))
    assert letter.claim_number.sure


def test_a_page_with_its_own_text_is_left_alone():
    content = LETTER.replace("Sincerely", "About 2O26-04l2-77 we say no more.\n\nSincerely")
    letter = letter_of(content, method=Method.TEXT)
    assert letter.claim_number.sure
    assert letter.claim_number.rejected == ()


def test_a_provider_number_whose_label_is_spoilt():
    letter = letter_of(LETTER.replace("Provider NPI", "Prcvidor NPL"))
    assert letter.provider_npi.value == "1234567893"
    assert not letter.provider_npi.sure
    assert letter_of(LETTER.replace("Provider NPI: 1234567893", "Prcvidor NPL: 1234567894")).provider_npi is None


@pytest.mark.parametrize(
    ("how", "asked"), [({}, False), ({"confidence": 0.6}, True), ({"other": "2026-0583-31"}, True)]
)
def test_a_number_of_several_claims(how, asked):
    content = LETTER.replace("Total charges", "Claim number: 2026-0588-31\nTotal charges")
    text = text_of(content, words={"2026-0588-31": how})
    letter = extract(text, letter_id="x-1", language=LANGUAGE, practice=Practice())
    claims = (ClaimEntry(claim_number="2026-0412-77"), ClaimEntry(claim_number="2026-0588-31"))
    doubted = with_doubts(replace(letter, claim_number=None, claims=claims, needs_review=()), text)
    assert [note.field for note in doubted.needs_review] == (["claims"] if asked else [])


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Member ID: © KVM77120", "KVM77120"),
        ("Member ID: ~KVM77120", "KVM77120"),
        ("Member ID: $SKV0077120", "SKV0077120"),
        ("Member ID: £EKV0077120", "EKV0077120"),
        ("Member ID: K VMW 12255639", "KVMW12255639"),
        ("7 Member ID: KVM77120", "KVM77120"),
        (": Member ID: KVM77120", "KVM77120"),
    ],
)
def test_specks_before_a_number_or_its_label_and_a_letter_drawn_apart(line, value):
    letter = letter_of(LETTER.replace("Member ID: HVM-771-20", line))
    assert letter.member_id.value == value


@pytest.mark.parametrize("line", ["Member ID: $SKV0077120", "Member ID: K VMW 12255639"])
def test_a_sign_that_is_left_out_or_joined_makes_a_number_unsure(line):
    assert not letter_of(LETTER.replace("Member ID: HVM-771-20", line)).member_id.sure


@pytest.mark.parametrize("method", [Method.OCR, Method.TEXT])
def test_a_label_whose_number_stands_in_the_next_line_beside_a_stamp(method):
    line = "Re: Member Jane Roe; Date of Birth 07/17/1987; Service Botox injections; Group"
    lines = f"{line}\n999567;                 of the Provider Poe"
    found = letter_of(LETTER.replace("Member ID: HVM-771-20", lines), method=method).group_number
    assert (found and found.value) == ("999567" if method is Method.OCR else None)
