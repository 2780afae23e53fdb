"""A document divided by a person: just so, whatever the pages say, and no page is in two letters."""

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages
from pipeline.split import split_by_hand
from pipeline.values.letter import Unassigned

LANGUAGE = load_language(load_knowledge())
LONG = "and a fourth with enough words on it that nobody would call the page blank, such as records sent along"
TEXT = plain_pages(f"Dear A,\nfirst page of three\f\fDear B,\nhere is the third page\f{LONG}")


@pytest.mark.parametrize(
    ("parts", "letters", "left"),
    [
        ([[1, 2], [3, 4]], [(1, 2), (3, 4)], []),
        ([[3], [1, 4]], [(1, 4), (3,)], [(2, Unassigned.BLANK)]),
        ([[1, 3]], [(1, 3)], [(2, Unassigned.BLANK), (4, Unassigned.ENCLOSURE)]),
        ([[1], [1, 3], [9]], [(1,), (3,)], [(2, Unassigned.BLANK), (4, Unassigned.ENCLOSURE)]),
    ],
)
def test_pages_go_where_a_person_put_them(parts, letters, left):
    found = split_by_hand(TEXT, parts, LANGUAGE)
    assert [tuple(page.number for page in part.text.pages) for part in found.letters] == letters
    assert [(page.number, page.why) for page in found.unassigned] == left


def test_a_letter_divided_by_hand_is_not_called_unsure():
    found = split_by_hand(TEXT, [[1, 3]], LANGUAGE)
    assert [(part.confidence, part.notes) for part in found.letters] == [(1.0, ())]
