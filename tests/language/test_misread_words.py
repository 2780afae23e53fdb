"""Words that a scan misread are read as the word they must be; what is no misread word changes none."""

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.language.context import utterances
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())


def words_read(content: str) -> str:
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return " ".join(one.text for one in utterances(reading, LANGUAGE))


def test_a_digit_in_a_word_has_the_letter_read_for_misread_words():
    assert "medically" in words_read("This is not medica1ly necessary.")


def test_the_letters_of_a_number_do_not():
    """Else "internal" would be read as "interval", a word that the knowledge uses."""
    assert "internal" in words_read("Ask for an internal appeal of KLM4471820 at once.")


def test_a_rightly_spelled_word_is_no_misread_one():
    """Else "prevent" would be read as "present" wherever one word of the letter is misread."""
    read = words_read("The shots are to prevent attacks and are not medica1ly necessary.")
    assert "prevent" in read
    assert "medically" in read
