"""Words as lines: dirt beside a word does not part it from the words on its line."""

from pipeline.read.lines import lines_of
from pipeline.read.page import Placed
from pipeline.values.text import Box


def word(text: str, x0: float, top: float, *, high: float = 10.0, sure: float = 0.9) -> Placed:
    box = Box(x0, top, x0 + 6.0 * len(text), top + high)
    return Placed(text, box, sure, box, None)


def texts(*words: Placed) -> list[str]:
    return [" ".join(w.text for w in line) for line in lines_of(words)]


def test_a_speck_low_on_a_line_holds_its_value_to_its_label() -> None:
    """The value, a little lower than its label, shares more of its height with the speck before both."""
    label, value = word("Request ID", 40, 100), word("REF8812142", 200, 103)
    assert texts(word("*", 30, 108, high=5, sure=0.4), label, value) == ["Request ID REF8812142", "*"]
    assert texts(label, value, word("|", 190, 80, high=40, sure=0.3)) == ["Request ID | REF8812142"]


def test_a_speck_on_no_line_is_one_of_its_own() -> None:
    assert texts(word("Dear Provider:", 40, 100), word(".", 40, 140, high=2, sure=0.2)) == ["Dear Provider:", "."]


def test_signs_of_a_text_layer_hold_lines_as_words_do() -> None:
    """They are what is printed: a bullet stands where its line stands."""
    assert texts(word("•", 30, 100, sure=1.0), word("Send the records.", 50, 100, sure=1.0)) == ["• Send the records."]
