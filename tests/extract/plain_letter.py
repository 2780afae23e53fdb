"""A letter of plain text, extracted with the project's own language and knowledge: used by several tests."""

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
HEAD = "ELM STATE HEALTH PLAN\n12 Quarry Road, Dover, DE 19901\n\nMay 4, 2026\n\n"


def letter(content: str) -> Letter:
    """The letter on one page."""
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    text = Text(content=content, pages=(page,))
    return extract(text, letter_id="t-1", language=LANGUAGE, practice=Practice())


def value(content: str, field: str) -> object:
    """The value of a scalar field of the letter, or None."""
    found = getattr(letter(content), field)
    return found.value if found else None
