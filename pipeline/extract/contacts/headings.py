"""Headings and words that lead a list, under which a number stands that names no purpose of its own."""

import re

from pipeline.extract.contacts.columns import Hit
from pipeline.extract.contacts.pointed import best_of
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.language import Reading
from pipeline.language.prose import is_titled
from pipeline.language.sentences import Sentence

_FOR = re.compile(r"\W*for\b[^:\n]{3,40}:", re.IGNORECASE)
"""``For a standard appeal:  Mailing address: ...``: what the next lines of labels are for."""
LABEL = re.compile(
    r"^\W*(?:or\s+)?(?:(?:correct|right|new|current|our)\s+)?"
    r"(?:call|phone|telephone|tel|fax|by (?:fax|phone)|toll[- ]free)\b\W*$",
    re.IGNORECASE,
)
_SENDS = re.compile(r"\W*(?:send|mail|fax|write|submit|direct)\b.{0,110}$", re.IGNORECASE)
_ITEM = re.compile(r"\s*[-*•▪]\s")
_DIGIT = re.compile(r"\d")
LABEL_WORDS = 4
"""So many words has a label, or a heading of few words, at most."""
_PROSE_WORDS, _NOT_FAR = 8, 400


def is_heading(text: str) -> bool:
    """Whether a line is a heading, under which labels stand that name no purpose of their own."""
    line = text.strip()
    if "\n" not in text or _DIGIT.search(line):
        return False
    few = line[:1].isupper() and line[-1:].isalpha() and len(line.split()) <= LABEL_WORDS
    return few or is_titled(line) or line.endswith((":", "?"))


def is_label_alone(text: str) -> bool:
    """Whether a line is nothing but a number behind the word for how it is reached: ``Phone 800-555-0100``."""
    return bool(LABEL.match(re.sub(r"[\d().+-]+|\b(?:TTY|TDD)\b", " ", text).strip()))


def is_row_alone(sentence: Sentence, *, since: int) -> bool:
    """Whether a line is a row of a table, not far below ``since``, that says nothing but a way: ``| Fax | ... |``."""
    row = sentence.text.startswith("|") and sentence.start_char - since <= _NOT_FAR
    return row and is_label_alone(sentence.text.replace("|", " "))


def leads_list(reading: Reading, sentence: Sentence) -> bool:
    """Whether a line without an end stands over a list: "You can appeal in one of these ways"."""
    return sentence.text.strip()[-1:].isalpha() and _ITEM.match(reading.prose.text, sentence.end_char) is not None


def begins_paragraph(reading: Reading, sentence: Sentence) -> bool:
    """Whether a blank line stands before a sentence."""
    return reading.prose.text[max(0, sentence.start_char - 2) : sentence.start_char] == "\n\n"


def speaks_of_another(here: list[Hit], intro: tuple[ContactPurpose, int, bool] | None) -> bool:
    """Whether a sentence is about a purpose, and not the one under which it would stand: ``Fast appeals``."""
    named = [hit for hit in here if hit[0].purpose]
    return intro is not None and bool(named) and best_of(named) is not intro[0]


def is_narrower(text: str, here: list[Hit], intro: tuple[ContactPurpose, int, bool] | None) -> bool:
    """Whether a few words head something narrower than the purpose over them: ``Fast appeal.`` under an appeal."""
    named = [hit for hit in here if hit[0].purpose]
    head = text.strip().rstrip(".")
    few = head[:1].isupper() and len(head.split()) <= LABEL_WORDS and not _DIGIT.search(head)
    best = best_of(named) if few else None
    return best is not None and intro is not None and best.rank > intro[0].rank


def intro_after(
    sentence: Sentence,
    here: list[Hit],
    before: tuple[ContactPurpose, int, bool] | None,
    *,
    previous: ContactPurpose | None,
    listed: bool,
) -> tuple[ContactPurpose, int, bool] | None:
    """The purpose under which the next lines stand: that of a heading, of words that end in a colon or lead a list."""
    text = sentence.text.strip()
    if (led := _FOR.match(text)) and (named := [h for h in here if h[2] <= sentence.start_char + led.end()]):
        return (max(named, key=lambda h: h[0].rank)[0], 0, True)
    if "\n" in sentence.text and here and all(h[0].by_reader for h in here) and not re.search(r"\d", text):
        return here[0][0], 0, False
    opens = listed or text.endswith((":", "?")) or ("\n" in sentence.text and is_titled(text))
    if opens and here:
        found = best_of(here)
        listed = bool(before and before[2] and before[0] is found)
        return (found, 0, listed or text.endswith(":")) if found else None
    if text.endswith(":") and previous and not is_titled(text):
        return previous, 0, True
    if opens and not re.match(
        r"^\W*(?:fax|phone|mail|call|e-?mail|online|write|address|by \w+|tel)", text, re.IGNORECASE
    ):
        return None
    if here and text.count("\n") == 0 and _SENDS.match(text) and not text.endswith("."):
        found = best_of([h for h in here if h[0].purpose])
        return (found, 0, True) if found else None
    told = len(text.split()) >= _PROSE_WORDS and text.endswith(".") and not re.search(r"\d{5}", text)
    return (before[0], before[1] + 1, before[2]) if before and not told else None
