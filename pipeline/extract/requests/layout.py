"""How requests are laid out: items of lists, rows of tables, ticked boxes, lines over lists."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.extract.requests.acts import Acts
from pipeline.knowledge.requests import Act
from pipeline.language import Reading
from pipeline.language.context import Utterance
from pipeline.language.reading import words_at
from pipeline.language.zones import Zone

ITEM = re.compile(
    r"\s*(?:\|\s?(?:(?:\d{1,2}[.)]?|\[[ xX]?\])\s?\|)?|[-*•▪●■‣–>¢«»·]\s?(?:\[\s?\]|☐|□)?|\(?\d{1,2}[.)]|\(?[a-h][.)]"
    r"|\[[ xX]?\]|o )\s?"
)
_NUMBER = re.compile(r"\d{1,2}(?=\s[A-Za-z])")
_WORD = re.compile(r"\w+")
ROW = re.compile(r"\s*\|")
"""A row of a table of strokes: one of a list's items, its heading or the rule below that."""
LISTS_IN_LINE = re.compile(
    r"(?::\s+| [-–] )(?:\(?1[.)]|\S[^;:]*)(?:\s\S[^;:]*\(?2[.)]|;[^;:]+|,[^,:]+,[^:]+|,? and [^:]+)"
    r"|:\s+\S[^;:,]*,[^;:,]+\.$"
)
"""A list in one sentence: ``Please supply: the order; the office note; the bladder diary.``"""
# A box that somebody ticked, and one that nobody did.
TICKED = re.compile(r"\s*(?:\[\s?[xX✓✔]\s?\]|\(\s?[xX✓✔]\s?\)|☒|☑)")
UNTICKED = re.compile(r"\s*(?:\[\s{0,3}\]|\(\s{1,3}\)|☐|□)")
_LONGEST_FRAGMENT, _LONGEST_HEADED = 14, 30
_SUBJECTS = frozenset({
    "you", "we", "this", "these", "it", "they", "he", "she", "there", "if", "please", "dear", "sincerely",
})  # fmt: skip
VERBS = frozenset({
    "is", "are", "was", "were", "has", "have", "had", "will", "can", "may", "must", "did", "do", "does",
})  # fmt: skip
"""What makes words a statement."""
_BOX = re.compile(r"\[[^\]\w]{0,3}\]|\(\s{1,3}\)|[☐□]|(?P<ticked>\[\s?[xX✓✔]\s?\]|\(\s?[xX✓✔]\s?\)|[☒☑])")
_BOX_BEFORE, _BOX_WITHIN = re.compile(r"([☐□☒☑])[ \t]*\Z"), 6
_HEADING_WORDS, _WHOLE = 12, 6
"""Words: at most so many has a line over a list, at least so many a sentence beside a label."""
_WORDS_OF_ITEM = 2
"""Its sign, and a word."""


def counted(sentences: Sequence[Utterance]) -> frozenset[int]:
    """Where the lines begin that only count, one after another: ``1 PROGRESS NOTES``, ``2 THE INJECTION RECORD``."""
    numbers = [(int(m.group()), s.start) if (m := _NUMBER.match(s.text)) else None for s in sentences]
    pairs = [(a, b) for a, b in pairwise(numbers) if a and b and b[0] == a[0] + 1]
    return frozenset(start for pair in pairs for _, start in pair)


def is_over_list(sentence: Utterance) -> bool:
    """Whether a sentence is a line without an end, as stands over a list: ``What we still need from you``."""
    return sentence.text[-1:].isalpha() and len(sentence.text.split()) <= _HEADING_WORDS


def is_fragment(sentence: Utterance, *, headed: bool = False) -> bool:
    """Whether some words only name something, as the items of a list do: ``Operative report``.

    ``headed``: they stand under a line that is over a list, and may be more of them.
    """
    text = sentence.text
    if len(text.split()) > (_LONGEST_HEADED if headed else _LONGEST_FRAGMENT) or text.rstrip()[-1:] == ":":
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    return not (words and words[0] in _SUBJECTS) and VERBS.isdisjoint(words)


def says_none(sentence: Utterance, said: Acts) -> bool:
    """Whether some words only say that there is none of a paper: ``No itemized statement``."""
    return Act.NONE_OF in said and is_fragment(sentence)


def is_told(sentence: Utterance) -> bool:
    """Whether what stands beside a label is a sentence: ``Reason: The diary was not attached.``."""
    whole = sentence.text.rstrip().endswith(".") and len(sentence.text.split()) >= _WHOLE
    return sentence.zone is Zone.REFERENCE and whole


def boxed(reading: Reading, sentence: Utterance) -> str:
    """A sentence with the box that stands before it in its line, which is no word of it."""
    box = _BOX_BEFORE.search(reading.text.content, max(0, sentence.span[0] - _BOX_WITHIN), sentence.span[0])
    return f"{box[1]} {sentence.text}" if box else sentence.text


def unticked(text: str) -> list[tuple[int, int]]:
    """Where the boxes stand that nobody ticked beside ticked ones, each up to the next: ``[x] Order [ ] Bill``."""
    boxes = list(_BOX.finditer(text))
    if not any(box["ticked"] for box in boxes):
        return []
    ends = [*(box.start() for box in boxes), len(text)][1:]
    return [(box.start(), end) for box, end in zip(boxes, ends, strict=True) if not box["ticked"]]


def is_heading(sentence: Utterance) -> bool:
    """Whether it is a short line in capitals."""
    return sentence.text.isupper() and len(sentence.text) < 60


def end_of_item(reading: Reading, start: int, end: int) -> int:
    """Where an item ends: a line with a capital that begins under its sign, not under its words, is a heading."""
    content = reading.text.content
    words = words_at(reading.text, start, end)
    if len(words) < _WORDS_OF_ITEM:
        return end
    under_sign = (words[0].box.x0 + words[1].box.x0) / 2
    for line in (line for line in reading.lines if start < line.start < end):
        first = next((word for word in words if word.start >= line.start), None)
        if first and first.box.x0 < under_sign and content[first.start].isupper():
            return start + len(content[start : line.start].rstrip())
    return end
