"""Pages -> letters: nothing dropped, nothing torn, covers and blanks apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.split import split
from pipeline.values.text import Box, Method, Page, Text, Word

LANGUAGE = load_language(load_knowledge())


def text_of(*pages):
    """A document with one word box a word, so that offsets can be checked."""
    content, built = "", []
    for number, page in enumerate(pages, 1):
        content += "\f" if built else ""
        start = len(content)
        content += page
        words, place = [], start
        for word in page.split():
            place = content.index(word, place)
            words.append(Word(place, place + len(word), Box(0, 0, 1, 1), 1.0))
            place += len(word)
        built.append(Page(number, Method.TEXT, 612, 792, 0, 1.0, start, len(content), tuple(words)))
    return Text(content=content, pages=tuple(built))


def first(payer, member, day="March 2, 2026", page=""):
    return (
        f"{payer}\nP.O. Box 1\nTown, OH 43210\n\n{day}\n\nJane Roe, MD\n12 Elm Street\nTown, OH 43211\n\nNotice "
        f"of Denial\n"
        f"Member ID: {member}\n\nDear Dr. Roe:\n\nThe request has been denied because the records do not show a "
        f"trial of two drugs.\n{page}\n"
    )


NEXT = (
    "and the rest of the reasons stands here.\n\nYour Appeal Rights\nYou may file an appeal within 180 days of "
    "this notice.\n\nSincerely,\nThe Plan\n"
)
COVER = "FAX COVER SHEET\nTo: Billing office\nFrom: Mail room\nPages: 12\n"
SEPARATOR = "PATCH T - SEPARATOR SHEET\nInsert between documents.\n"
RECORD = (
    "INJECTION RECORD (COPY)\nDate of procedure: 08/11/2026\nUnits by site\nCorrugator 10\nTemporalis 40\n"
    "Enclosed as a copy.\n"
)
INSERT = (
    "Notice of Nondiscrimination\nThe plan complies with applicable Federal civil rights laws and does not "
    "discriminate.\n"
)
A, B = first("Alder Health", "AB100200"), first("Birch Mutual", "ZX900800", "April 7, 2026")


def parts(*pages):
    found = split(text_of(*pages), LANGUAGE)
    return [[p.number for p in letter.text.pages] for letter in found.letters], {
        u.number: u.why.value for u in found.unassigned
    }


@pytest.mark.parametrize(
    ("pages", "letters", "unassigned"),
    [
        ((A,), [[1]], {}),
        ((A, NEXT), [[1, 2]], {}),
        ((A, NEXT, INSERT), [[1, 2, 3]], {}),
        ((A, NEXT, B, NEXT), [[1, 2], [3, 4]], {}),
        ((COVER, A, NEXT), [[2, 3]], {1: "fax_cover"}),
        ((A, "", B), [[1], [3]], {2: "blank"}),
        ((A, "\n", NEXT), [[1, 3]], {2: "blank"}),
        ((A, SEPARATOR, B), [[1], [3]], {2: "separator"}),
        ((A, RECORD, B), [[1], [3]], {2: "enclosure"}),
        ((A, "• Chart notes\n• Injection record for each treatment\n\nYour rights go on here."), [[1, 2]], {}),
        ((COVER,), [[1]], {}),
        ((COVER, ""), [[1]], {2: "blank"}),
        (("",), [], {1: "blank"}),
        (
            (first("Alder Health", "AB1002", page="Page 1 of 2"), first("Alder Health", "AB1002", page="Page 2 of 2")),
            [[1, 2]],
            {},
        ),
        (
            (first("Alder Health", "AB1002", page="Page 1 of 1"), first("Alder Health", "CD3004", page="Page 1 of 1")),
            [[1], [2]],
            {},
        ),
    ],
)
def test_letters_of_a_document(pages, letters, unassigned):
    assert parts(*pages) == (letters, unassigned)


def test_a_returned_packet_is_one_document():
    appeal = (
        "Lakeside Neurology\nTown, OH 43211\n\nMay 5, 2026\n\nAlder Health\nAppeals Department\n\nMember ID: "
        "AB100200\n\nDear Appeals Committee:\n\nI am writing to appeal the denial.\n"
    )
    assert parts(appeal, A, NEXT) == ([[1, 2, 3]], {})
    assert parts(appeal, B, NEXT) == ([[1], [2, 3]], {})


def test_offsets_of_a_part_are_its_own():
    document = text_of(COVER, A, "", B)
    for letter in (part.text for part in split(document, LANGUAGE).letters):
        for page in letter.pages:
            source = document.pages[page.number - 1]
            assert letter.content[page.start : page.end] == document.content[source.start : source.end]
            for mine, theirs in zip(page.words, source.words, strict=True):
                assert letter.content[mine.start : mine.end] == document.content[theirs.start : theirs.end]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([A, B, NEXT, COVER, SEPARATOR, RECORD, INSERT, "", "x y z w v"]), min_size=1, max_size=7)
)
def test_every_page_is_in_exactly_one_place(pages):
    letters, unassigned = parts(*pages)
    assert sorted([n for letter in letters for n in letter] + list(unassigned)) == list(range(1, len(pages) + 1))


ATTACHED = "Attachment 1\n\nClaim        Date        Billed\nCL-1         01/06/2026  $40.00\n"


def test_an_attachment_is_of_the_letter_that_names_it_and_else_a_record():
    naming = first("Alder Health", "AB100200", page="The claims stand in Attachment 1.")
    assert parts(naming, ATTACHED) == ([[1, 2]], {})
    assert parts(A, ATTACHED) == ([[1]], {2: "enclosure"})
    assert parts(naming, ATTACHED.replace("Attachment 1", "Attachment 2")) == ([[1]], {2: "enclosure"})


def test_an_attachment_with_its_own_greeting_is_another_letter_shown():
    naming = first("Alder Health", "AB100200", page="Our earlier notice is Exhibit A.")
    shown = "Exhibit A\n\nDear Dr. Roe:\n\nThe request was denied on May 2, 2025.\n"
    assert parts(naming, shown) == ([[1]], {2: "enclosure"})
