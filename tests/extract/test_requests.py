"""What counts as asking: lists, sentences and missing papers, not what rights say in general."""

import pytest

from pipeline.extract.requests import find_requests
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import LetterKind
from pipeline.values.text import Box, Method, Page, Text, Word

LANGUAGE = load_language(load_knowledge())


def requested(body: str, kind: LetterKind = LetterKind.DENIAL) -> set[str]:
    content = f"Dear Dr. Example:\n\nWe denied your request.\n\n{body}\n\nSincerely,\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return {
        r.evidence_type
        for r in find_requests(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE, kind=kind)
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Include:\n- Medical records showing treatment history\n- Letter of medical necessity from your physician\n"
         "- Documentation of prior treatments tried", {"ev.lmn", "ev.failed_trial", "ev.authorization.med"}),
        ("Please send the office notes and the procedure note.", {"ev.visit_note", "ev.procedure_note"}),
        ("No qualifying disease activity score was identified in the records.", {"ev.scores"}),
        ("The letter of medical necessity was missing.", {"ev.lmn"}),
        ("You have the right to appeal. You may send any additional information that supports your appeal.", set()),
        ("Your appeal should include any supporting clinical documentation.", set()),
        ("We reviewed the office notes that were sent.", set()),
        ("Include the office note and the procedure note.", {"ev.visit_note", "ev.procedure_note"}),
        ("If you have a headache diary or HIT-6 scores, please include them with your appeal.",
         {"ev.headache_diary", "ev.scores"}),
        ("What we still need from you\n\n- Chart notes from the last visit\n- Nerve conduction study",
         {"ev.visit_note", "ev.emg"}),
        ("We did not get the operative report.", {"ev.procedure_note"}),
        ("A letter from your doctor would help.", {"ev.lmn"}),
        ("You may appeal with a waiver of liability. You did not send one.", {"ev.wol"}),
    ],
)  # fmt: skip
def test_requests(body, expected):
    assert requested(body) == expected


def test_an_approval_asks_for_nothing():
    assert requested("Please send the office notes.", LetterKind.APPROVAL) == set()


def test_a_remark_code_stands_for_a_paper():
    assert requested("The claim was denied: CO-252, remark code M127.") == {"ev.authorization.med"}


def test_a_letter_that_is_written_to_ask_asks_for_the_items_of_its_lists():
    body = "Two things are not here:\n\n  - physical therapy notes\n  - the report of the x-rays\n"
    assert requested(body, LetterKind.INFORMATION_REQUEST) == {"ev.pt_ot", "ev.imaging"}
    assert requested(body) == set()


def test_only_ticked_boxes_ask():
    body = "[X] Office note\n[ ] Urodynamics\n[X] Voiding diary, 3 days"
    assert requested(body, LetterKind.INFORMATION_REQUEST) == {"ev.visit_note", "ev.bladder_diary"}


def test_the_heading_behind_an_item_is_no_part_of_it():
    """Neither line ends with a stop; the heading begins under the item's sign, its next line under its words."""
    lines = [
        ("Please send:", 60), ("- The procedure note with the sites and the amount", 64), ("Discarded, if any", 78),
        ("- Pharmacy fill history", 64), ("Your next step", 60),
    ]  # fmt: skip
    content, words = "", []
    for row, (line, left) in enumerate(lines):
        for number, word in enumerate(line.split()):
            start = len(content)
            content += word + " "
            words.append(
                Word(
                    start,
                    start + len(word),
                    Box(left + 14 * number, 20 * row, left + 14 * number + 12, 20 * row + 10),
                    1.0,
                )
            )
        content = content.rstrip() + "\n"
    page = Page(1, Method.TEXT, 612.0, 792.0, 0, 1.0, 0, len(content), tuple(words))
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    found = find_requests(reading, LANGUAGE, kind=LetterKind.INFORMATION_REQUEST)
    assert [r.text for r in found] == [
        "The procedure note with the sites and the amount\nDiscarded, if any", "Pharmacy fill history",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "SEND, FOR THE DATE ABOVE\n1  PROGRESS NOTES\n2  THE INJECTION RECORD\n",
            {"ev.visit_note", "ev.procedure_note"},
        ),
        ("Records reviewed:\n- Office notes\n- MRI report\n", set()),
    ],
)
def test_lists_of_a_letter_that_asks(body, expected):
    assert requested(body, LetterKind.INFORMATION_REQUEST) == expected


def test_a_sentence_beside_a_label_says_what_was_missing():
    body = "Status: Denied\nMember ID: AB1234567\nReason: The headache diary and the office note were not attached."
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(body), ())
    found = find_requests(LANGUAGE.reading(Text(content=body, pages=(page,))), LANGUAGE, kind=LetterKind.DENIAL)
    assert {r.evidence_type for r in found} == {"ev.headache_diary", "ev.visit_note"}


def test_a_form_with_dot_leaders_has_its_request_in_running_text():
    body = (
        "FAX  From: Some Pharmacy Desk\nDATE ....... 03/30/2026\nPATIENT .... ROE, JO\nDRUG ....... BOTOX\n"
        "Nothing is decided so far. Upload the following to our site until\n04/09/2026, or we close it:\n"
        "  1) office note of March\n  2) headache diary\n"
    )
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(body), ())
    reading = LANGUAGE.reading(Text(content=body, pages=(page,)))
    found = find_requests(reading, LANGUAGE, kind=LetterKind.INFORMATION_REQUEST)
    assert {r.evidence_type for r in found} == {"ev.visit_note", "ev.headache_diary"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("We wrote for the operative report on May 2; nothing has come.", {"ev.procedure_note"}),
        ("A clinic abroad must add a waiver of liability. We asked for it on May 3. It has not arrived.", {"ev.wol"}),
        ("The request came without the standing films and without the consultation it speaks of.",
         {"ev.imaging", "ev.hp"}),
        ("Before we pay we need to know whether the patient has another health insurance.", {"ev.cob"}),
        ("If the patient used another drug, please send us the dates and the result.", {"ev.failed_trial"}),
        ("You can dispute this within 90 days, together with a clearinghouse report.", {"ev.timely"}),
        ("We looked at a request for a genetic blood test.", set()),
        ("What to send: this page, the name, and any lab results that speak for you.", set()),
        ("If you have other papers, such as office notes, fax them to us.", set()),
        ("The injection records list 100 units, and no discarded amount was documented.", set()),
        ("Claims without an authorization number will be denied.", set()),
    ],
)  # fmt: skip
def test_what_was_asked_in_vain_and_what_is_only_spoken_of(body, expected):
    assert requested(body) == expected


def test_a_bundle_gives_way_to_the_papers_listed_and_a_paper_to_no_words_about_what_it_shows():
    body = "We need medical records:\n- Urodynamic study\n- Office note that shows earlier therapies\n- Signed order\n"
    assert requested(body, LetterKind.INFORMATION_REQUEST) == {"ev.urodynamics", "ev.visit_note", "ev.order"}
