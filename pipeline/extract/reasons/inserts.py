"""Pages and sentences that list what a payer may decide, and say nothing of this case: inserts, reminders, glossaries.

They name reason after reason. A letter gives one or two for what it decided, so a page after the first that names three
that the first does not, and a sentence that offers three for a choice, are of no case. What they say is no reason.
"""

from collections.abc import Iterable

from pipeline.extract.reasons.rules import fired
from pipeline.language import Language, Reading
from pipeline.language.context import Utterance, utterances
from pipeline.language.reading import page_at
from pipeline.language.words import words_of
from pipeline.language.zones import Zone
from pipeline.values.vocabulary import Category

_MANY = 3
_CHOICE = "or"
# Where reasons are looked for; elsewhere it is known already that none is given.
_SEARCHED = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY, Zone.REFERENCE, Zone.TABLE, Zone.GREETING})


def without_inserts(sentences: Iterable[Utterance], reading: Reading, language: Language) -> tuple[Utterance, ...]:
    """The sentences but for those of inserts."""
    pages = insert_pages(reading, language)
    if not pages:
        return tuple(sentences)
    return tuple(one for one in sentences if page_at(reading.text, one.span[0]).number not in pages)


def insert_pages(reading: Reading, language: Language) -> frozenset[int]:
    """The numbers of the pages that are inserts."""
    numbers = [page.number for page in reading.text.pages]
    if len(numbers) < 2:
        return frozenset()
    key = "insert_pages"
    known: frozenset[int] | None = reading.doc.user_data.get(key)
    if known is not None:
        return known
    named: dict[int, set[Category]] = {number: set() for number in numbers}
    for sentence in utterances(reading, language):
        if sentence.zone in _SEARCHED:
            named[page_at(reading.text, sentence.span[0]).number] |= _categories(sentence, language)
    found = frozenset(number for number in numbers[1:] if len(named[number] - named[numbers[0]]) >= _MANY)
    reading.doc.user_data[key] = found
    return found


def _categories(sentence: Utterance, language: Language) -> set[Category]:
    return {rule.category for rule, _, _ in fired(sentence, language)}


def lists_reasons(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence offers reasons for a choice."""
    words = words_of(sentence.sentence.doc)[sentence.start : sentence.end]
    return _CHOICE in words and len(_categories(sentence, language)) >= _MANY
