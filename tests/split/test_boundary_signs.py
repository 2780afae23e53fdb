"""Each sign of a boundary on its own; page numbers; missing pages; what a boundary's confidence says."""

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.pages import PageRole
from pipeline.language import load_language
from pipeline.split import split
from pipeline.split.missing import missing_pages
from pipeline.split.numbering import PageCount, page_count
from pipeline.split.pages import facts_of
from pipeline.split.signs import Sign, signs_of
from pipeline.split.weigh import begins, weights_of
from pipeline.values.text import Box, Method, Page, Text, Word

LANGUAGE = load_language(load_knowledge())


def text_of(*pages):
    content, built = "", []
    for number, page in enumerate(pages, 1):
        content += "\f" if built else ""
        built.append(Page(number, Method.TEXT, None, None, 0, 1.0, len(content), len(content) + len(page), ()))
        content += page
    return Text(content=content, pages=tuple(built))


def facts(*pages):
    text = text_of(*pages)
    return [facts_of(text, page, LANGUAGE) for page in text.pages]


def signs(before, page, *, parted=False):
    letter, here = facts(before, page)
    return signs_of(here, [letter], parted=parted)


LETTER = (
    "Alder Health\nP.O. Box 1\nTown, OH 43210\nMarch 2, 2026\nJane Roe, MD\n12 Elm Street\nTown, OH 43211\n"
    "Notice of Denial\nMember ID: AB100200\nDear Dr. Roe:\nThe request has been denied for want of records.\n"
)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Page 2 of 3", PageCount(2, 3)),
        ("page 2/3", PageCount(2, 3)),
        ("Page: 1/1", PageCount(1, 1)),
        ("- 2 -", PageCount(2)),
        ("2 of 3", PageCount(2, 3)),
        ("Pg. 4", PageCount(4)),
        ("Page 3 of 2", None),
        ("see page", None),
        ("1-800-555-0100", None),
        ("Suite 2 of the tower", None),
        ("https://portal.example/decisions   Printed on 11/20/2026 09:14   Page view 1 of 1", None),
    ],
)
def test_printed_page_numbers(line, count):
    assert page_count(["Alder Health", "some words", "more words", "and more", "still more", line]) == count


@pytest.mark.parametrize(
    ("page", "sign"),
    [
        ("Birch Mutual\nApril 7, 2026\nwords", Sign.DATED),
        ("Alder Health\nDecided on March 2, 2026 and sent\nwords", Sign.SAME_DATE),
        ("Alder Health\nMarch 2, 2026\nwords", Sign.OWN_DAY),
        ("Alder Health\nDate mailed:  MAR 9 2026\nwords", Sign.OTHER_DAY),
        ("Alder Health\nDate of birth: March 9, 1976\nwords", Sign.NO_DAY),
        ("Alder Health\n03/09/2026\tJ0585\t$100.00\nwords", Sign.NO_DAY),
        ("Alder Health\nMarch 2, 2026\tFile AH-77120\nwords", Sign.OWN_DAY),
        ("Alder Health\nAppeals          March 9, 2026\nwords", Sign.OTHER_DAY),
        ("Alder Health     ACKNOWLEDGMENT OF APPEAL\nResolution of your appeal\nwords", Sign.OTHER_TITLE),
        ("words\nDear Member:\nwords", Sign.SALUTATION),
        ("Birch Mutual\nTown, OH 43210\nwords", Sign.ADDRESSED),
        ("Birch Mutual\nExplanation of Benefits\nwords", Sign.TITLED),
        ("The rest of the reasons stands here.\nSincerely", Sign.BARE),
        ("Alder Health\nwords", Sign.SAME_HEAD),
        ("Alder Health   Jane Doe   Page 2\nwords", Sign.RUNNING_HEAD),
        ("words and words\nPage 1 of 2", Sign.COUNTED_FIRST),
        ("words\nMember ID: AB100200", Sign.SHARED_IDENTIFIER),
        ("words\nMember ID: ZX900800", Sign.OTHER_IDENTIFIER),
        ("words\nOur matter AP-330651-2", Sign.OTHER_IDENTIFIER),
        ("and so on\nwords", Sign.GOES_ON),
        ("Notice of Nondiscrimination\nwords of the notice", Sign.INSERT),
        ("INJECTION RECORD\nUnits by site\nCorrugator 10", Sign.RECORD),
    ],
)
def test_a_sign_is_shown(page, sign):
    assert sign in signs(LETTER, page)
    told = sign in (Sign.BARE, Sign.NO_DAY)
    unlike = "Dated\nMay 2, 2026\nsaying little at all" if told else "More words\n"
    assert sign not in signs("Other\nMay 1, 2026\n", unlike)


_SPARING = """HOLLOW OAK HEALTH TRUST        {title}
P.O. Box 7, Alder Falls

Date mailed: {day}
Enrollee:             Rosalind Quince
Enrollee number:      HOT-77120
Control number:       26-HO-00417
Item asked for:       onabotulinumtoxinA, 155 units

{words}
"""


def sparing(title: str, day: str, words: str) -> str:
    """A letter of a house that greets nobody and names no street."""
    return _SPARING.format(title=title, day=day, words=words)


def test_letters_of_one_case_that_greet_nobody_are_told_apart_by_their_own_days():
    asked = sparing("REQUEST FOR INFORMATION", "March 2, 2026", "Please send the diary by March 12, 2026.")
    denied = sparing("DETERMINATION", "March 13, 2026", "We asked on March 2, 2026. The request is not certified.")
    assert len(split(text_of(asked, denied), LANGUAGE).letters) == 2


def test_a_second_page_that_repeats_the_block_of_the_first_stays_with_it():
    first = sparing("DETERMINATION", "March 13, 2026", "The request is not certified.")
    second = sparing("", "March 13, 2026", "You may appeal within 180 days.")
    assert len(split(text_of(first + "\n1 of 2", second + "\n2 of 2"), LANGUAGE).letters) == 1


def test_labels_that_both_pages_name_are_a_reference_block():
    first = sparing("DETERMINATION", "March 13, 2026", "words")
    assert Sign.SAME_LABELS in signs(first, sparing("DENIAL", "March 20, 2026", "words"))
    assert Sign.SAME_LABELS not in signs(first, "Enrollee: Rosalind Quince   Control number: 26-HO-00417\nwords")


def test_counting_on_and_the_end_of_a_count():
    assert Sign.COUNTED_ON in signs(LETTER + "Page 1 of 2", "words\nPage 2 of 2")
    assert Sign.COUNTED_OTHERWISE in signs(LETTER + "Page 1 of 2", "words\nPage 2 of 5")
    assert Sign.COUNT_FULL in signs(LETTER + "Page 1 of 1", "words\nPage 1 of 1")
    assert Sign.COUNT_OPEN in signs(LETTER + "Page 1 of 2", "words")


def test_every_sign_is_weighed_and_every_weight_is_a_sign():
    assert set(weights_of(LANGUAGE)) == {s.value for s in Sign} | {"bias"}


@pytest.mark.parametrize("sign", [Sign.PARTED, Sign.SALUTATION, Sign.DATED, Sign.ADDRESSED, Sign.COUNTED_FIRST])
def test_signs_of_a_beginning_raise_the_chance(sign):
    weights = weights_of(LANGUAGE)
    assert begins({sign}, weights) > begins(set(), weights)


@pytest.mark.parametrize("sign", [Sign.COUNTED_ON, Sign.RUNNING_HEAD, Sign.INSERT, Sign.BARE, Sign.OWN_PACKET])
def test_signs_of_a_next_page_lower_it(sign):
    weights = weights_of(LANGUAGE)
    assert begins({sign}, weights) < begins(set(), weights)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([(1, 3), (3, 3)], ["the letter says that it has 3 pages; not there: page 2"]),
        ([(1, 4), (2, 4)], ["the letter says that it has 4 pages; not there: pages 3, 4"]),
        ([(2, 2)], ["the letter says that it has 2 pages; not there: page 1"]),
        ([(1, 2), (2, 2)], []),
        ([(1, 3), None, (3, 3)], []),
        ([(1, 2), (1, 5)], []),
        ([None, None], []),
        ([(1, None), (3, None)], []),
    ],
)
def test_missing_pages(counts, told):
    assert list(missing_pages([PageCount(*c) if c else None for c in counts])) == told


def test_a_letter_without_its_second_page_says_so():
    part = split(text_of(LETTER + "Page 1 of 3", "Your rights go on.\nPage 3 of 3"), LANGUAGE).letters[0]
    assert [p.number for p in part.text.pages] == [1, 2]
    assert any("page 2" in note.why and note.field == "pages" for note in part.notes)


def test_confidence_is_high_for_a_clear_boundary_and_low_for_an_unclear_one():
    other = LETTER.replace("Alder", "Birch").replace("AB100200", "ZX900800").replace("March 2", "April 7")
    clear = split(text_of(LETTER, other), LANGUAGE)
    assert len(clear.letters) == 2
    assert min(part.confidence for part in clear.letters) > 0.9
    vague = "Birch Mutual\nApril 7, 2026\nMember ID: ZX900800\nThe request was looked at and more follows below.\n"
    unclear = split(text_of(LETTER, vague), LANGUAGE)
    assert min(part.confidence for part in unclear.letters) < 0.9
    assert split(text_of(LETTER), LANGUAGE).letters[0].confidence == 1.0


def test_the_group_of_an_employer_is_shared_by_letters_about_many_members():
    first, other = facts(
        "Claim: T26031-00977-2\nMember ID: NDE8814490  GROUP: ND-01177", "Claim: T26219-01340-0\nGroup No. ND-01177"
    )
    assert Sign.OTHER_IDENTIFIER in (found := signs_of(other, [first], parted=False))
    assert Sign.SHARED_IDENTIFIER not in found


@pytest.mark.parametrize("date", ["7-9-26", "07/09/2026", "July 9, 2026", "9 July 2026", "2026-07-09", "09-JUL-2026"])
def test_every_way_to_print_a_day_dates_a_page(date):
    first, dated = facts("Acme Benefits\nwords of a letter", f"Acme Benefits\nDate      {date}\nwords of another")
    assert Sign.DATED in signs_of(dated, [first], parted=False)


ROWS = "08/18/2026\tJ0585\t$427.75\t$142.58\tPR-1\n08/18/2026\t64615\t$406.50\t$0.00\tCO-50\n"


@pytest.mark.parametrize(
    ("heads", "on"),
    [
        ("Service date\tProcedure\tCharge\tPayment\tAdjustment\n", True),
        ("Service date\tProcedure\tPayment\tAdjustnent\n", True),
        ("Dear Dr. Roe:\nService date\tProcedure\tCharge\tPayment\tAdjustment\n", False),
        ("Contact\tBy\tNumber or address of it\n", False),
    ],
)
def test_a_table_that_goes_on_repeats_its_column_heads_however_a_fax_spoilt_them(heads, on):
    before = LETTER + "Service date\tProcedure\tCharge\tPayment\tAdjustment\n" + ROWS
    assert (Sign.TABLE_ON in signs(before, heads + ROWS)) is on


def scanned(*words):
    """A page of words that OCR saw, each with its confidence."""
    content, seen = "", []
    for word, confidence in words:
        seen.append(Word(len(content), len(content) + len(word), Box(0, 0, 10, 10), confidence))
        content += word + "\n"
    quality = sum(w.confidence for w in seen) / len(seen)
    page = Page(1, Method.OCR, 612, 792, 0, quality, 0, len(content), tuple(seen))
    return facts_of(Text(content=content, pages=(page,)), page, LANGUAGE)


def test_specks_are_a_blank_page_and_the_shadow_of_a_back_is_one_that_nobody_can_read():
    assert (
        scanned(("——_$", 0.3), ("GaANNVIS", 0.4), ("OZ/OL'd", 0.3), ("WOU", 0.3), ("6E:20", 0.4)).role is PageRole.BLANK
    )
    shadow = scanned(*[("eee", 0.3), ("An", 0.9), ("bie", 0.2), ("=", 0.4)] * 5)
    assert shadow.role is not PageRole.BLANK
    assert shadow.unreadable
    read = scanned(
        ("Provider", 0.9), ("Services", 0.9), ("(844)", 0.8), ("555-0186", 0.8), ("thank", 0.9), ("you", 0.7)
    )
    assert read.role is None
    assert not read.unreadable


def test_the_sheet_before_an_exhibit_is_no_blank_page_and_a_list_of_records_is_no_record():
    (sheet,) = facts("EXHIBIT A")
    assert sheet.role is PageRole.ATTACHMENT
    (listed,) = facts("¢ Office notes from the last six months\nthe words of a letter that asks for them")
    assert listed.role is None


def test_a_form_filled_in_anew_under_the_same_head_is_another_letter():
    form = (
        "Birch Review Services\nNotice date 10-DEC-2026\nPatient {}\nPlan ID {}\nReview {}\nClinician Ferris Roe, MD\n"
    )
    first = form.format("Jane Doe", "SLM 440 9013 55", "JV-1209-0118") + "CERTIFIED. Number JV-C-90441.\n"
    second = form.format("Ada Quist", "SLM 440 2207 81", "JV-1209-0121") + "NOT CERTIFIED. Two blocks come first.\n"
    assert Sign.OTHER_VALUES in signs(first, second)
    assert len(split(text_of(first, second), LANGUAGE).letters) == 2
    goes_on = form.format("Jane Doe", "SLM 440 9013 55", "JV-1209-0118") + "You may ask for a second review.\n"
    assert Sign.OTHER_VALUES not in signs(first, goes_on)


def test_messages_one_after_the_other_are_letters_though_no_letterhead_tells():
    message = "Message {}\nSender: Alder Health\nRegarding: Ada Quist, {}\nDate sent: {}\nStatus: {}\n{}\n"
    first = message.format(1, "request A26-335110", "08/11/2026", "Pended", "We wait for the report. Send it.")
    second = message.format(2, "request A26-334772", "08/12/2026", "Not approved", "It was not needed.")
    assert len(split(text_of(first, second), LANGUAGE).letters) == 2


def test_a_birth_date_that_two_letters_share_joins_them_no_more():
    first = "Alder Health\nDate of birth: 03/04/1970\nClaim number: AB100200\nWe cannot pay.\n"
    (facts_there,) = facts(first)
    assert not facts_there.dates
    assert Sign.SAME_DATE not in signs(first, "Alder Health\nD.O.B.: 03/04/1970\nClaim number: AB900800\n")


def test_a_cover_is_told_by_the_labels_of_its_form():
    (form,) = facts("* * *  FACSIMILE  * * *\n\nTo: Birch Clinic\nFrom: Alder Health\nPages: 3\nSent: 4/2/2026\n")
    assert form.role is PageRole.FAX_COVER
    (letter,) = facts("To: Birch Clinic\nFrom: Alder Health\nDate: 4/2/2026\nRe: Ada Quist\nWe cannot pay the claim.\n")
    assert letter.role is None


@pytest.mark.parametrize(("total", "told"), [("", False), (" of 2", True)])
def test_a_sheet_number_under_a_letterhead_with_another_day_counts_no_letter_on(total, told):
    later = LETTER.replace("March 2", "April 9")
    assert (Sign.COUNTED_ON in signs(f"{LETTER}Page 1{total}", f"{later}Page 2{total}")) is told
    assert Sign.COUNTED_ON in signs(f"{LETTER}Page 1{total}", f"{LETTER}Page 2{total}")
