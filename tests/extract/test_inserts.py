"""A page or a sentence that lists what a payer may decide gives no reason of this letter."""

from pipeline.extract.codes import find_codes
from pipeline.extract.reasons import find_reasons
from pipeline.extract.reasons.inserts import insert_pages
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
LETTER = (
    "Harborview Health Plan\n\nMay 4, 2026\n\nDear Dr. Lee:\n\nWe denied the request for the injection.\n\n"
    "Prior authorization was not obtained.\n"
)
REMINDERS = """\fNOTES FOR OFFICES

A claim received after the filing limit had passed was not filed on time.

The service was already paid on an earlier claim; it is a duplicate.

Another insurer is primary and must be billed first.

The treatment is cosmetic.
"""


def laid_open(content: str):
    ends = [i + 1 for i, sign in enumerate(content) if sign == "\f"] + [len(content)]
    starts = [0, *ends[:-1]]
    pages = tuple(
        Page(number, Method.TEXT, None, None, 0, 1.0, start, end, ())
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )
    return LANGUAGE.reading(Text(content=content, pages=pages))


def reasons(content: str) -> set[str]:
    reading = laid_open(content)
    found = find_reasons(reading, LANGUAGE, codes=find_codes(reading, LANGUAGE))
    return {reason.category.value for reason in found.stated}


def test_a_later_page_that_names_reason_after_reason_is_an_insert():
    assert insert_pages(laid_open(LETTER + REMINDERS), LANGUAGE) == {2}
    assert reasons(LETTER + REMINDERS) == {"no_prior_auth"}


def test_a_second_page_with_one_more_reason_is_of_the_letter():
    more = "\fThe treatment is cosmetic.\n"
    assert insert_pages(laid_open(LETTER + more), LANGUAGE) == frozenset()
    assert reasons(LETTER + more) == {"no_prior_auth", "cosmetic"}


def test_a_sentence_that_offers_reasons_for_a_choice_gives_none():
    offered = (
        "Each notice says that no prior authorization was obtained, that it is cosmetic or that it is a duplicate.\n"
    )
    assert reasons(LETTER.replace("Prior authorization was not obtained.", offered)) == set()
