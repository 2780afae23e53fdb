"""What a field of a form is for, by the words around it: a suggestion that a person looks through.

A field's words are its tooltip, what is printed beside and above it, and its own name. They are compared with the
labels of ``models/packets/form_labels.yaml`` word by word; where two meanings are about as near, none is suggested.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.knowledge.forms import FieldWords, FormLabel
from pipeline.values.payer_form import FieldKind, FormField
from pipeline.values.text import Box

_ENOUGH, _APART = 0.8, 0.04
"""So near a label must be, and so much nearer than the next meaning, of 1."""
_ALIKE = 0.84
"""Two words are the same with a slip of the pen, of 1."""
_ABOVE, _BESIDE, _AFTER, _GAP = 16.0, 150.0, 28.0, 14.0
"""A label is at most so far above its field, or left of it, or right of a box; so much white ends it. In points."""
_LONGEST = 12
"""So many words of a label count."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|#|\d+")
_POSSESSIVE = re.compile(r"['’]s\b")
_SAME = {"#": "number", "no": "number", "num": "number", "nbr": "number", "tel": "phone", "telephone": "phone",
         "identification": "id", "dob": "birth", "dos": "service", "addr": "address"}  # fmt: skip
_EMPTY = frozenset({"of", "the", "your", "for", "and", "or", "a", "an", "to", "if", "please", "enter", "field", "text"})


class PageWord(NamedTuple):
    """A word printed on a page, with its place."""

    text: str
    box: Box


PageWords = Sequence[Sequence[PageWord]]
"""The words of each page."""


def suggested(fields: Sequence[FormField], pages: PageWords, known: Sequence[FormLabel]) -> dict[str, FieldWords]:
    """For every field that can be filled what its words say it is for; one without an answer has a label alone.

    Of two fields with one meaning both get it: a form asks for a member's number on every page.
    """
    boxes = [(one.page, one.box) for one in fields]
    found: dict[str, FieldWords] = {}
    for one in fields:
        if one.kind in (FieldKind.TEXT, FieldKind.BOX) and not one.read_only:
            words = list(_words_of(one, pages, boxes))
            label = next((said for said in words if said), one.name)
            meaning = meaning_of(words, [k for k in known if (k.tick is not None) == (one.kind is FieldKind.BOX)])
            found[one.name] = FieldWords(
                label=label.rstrip(" :")[:120],
                say=meaning.say if meaning else "",
                tick=meaning.tick if meaning else None,
            )
    return found


def meaning_of(words: Sequence[str], known: Sequence[FormLabel]) -> FormLabel | None:
    """What the first of a field's words that says anything says."""
    for said in words:
        scores = sorted(((nearness(said, one), place) for place, one in enumerate(known)), reverse=True)
        if scores and scores[0][0] >= _ENOUGH and (len(scores) < 2 or scores[0][0] - scores[1][0] >= _APART):
            return known[scores[0][1]]
    return None


def nearness(said: str, label: FormLabel) -> float:
    """How near words of a form are to a label, 0 to 1: its words must be there, and the fewer others the better."""
    tokens = _tokens(said)
    if any(_has(tokens, _tokens(other)) for other in label.others):
        return 0.0
    return max((_near(tokens, _tokens(phrase)) for phrase in label.labels), default=0.0)


def _near(tokens: Sequence[str], wanted: Sequence[str]) -> float:
    shared = sum(any(_same(token, one) for token in tokens) for one in wanted)
    if not tokens or not wanted:
        return 0.0
    return 0.7 * shared / len(wanted) + 0.3 * 2 * shared / (len(tokens) + len(wanted))


def _has(tokens: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words stand among the others in one piece: ``Name (Last, First)`` has no ``last name``."""
    starts = range(len(tokens) - len(wanted) + 1) if wanted else ()
    return any(all(map(_same, tokens[start:], wanted)) for start in starts)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and SequenceMatcher(None, one, other).ratio() >= _ALIKE)


def _tokens(said: str) -> list[str]:
    plain = [word.casefold() for word in _WORD.findall(_POSSESSIVE.sub("", said))]
    return list(dict.fromkeys(_SAME.get(word, word) for word in plain if word not in _EMPTY))


def _words_of(one: FormField, pages: PageWords, boxes: Sequence[tuple[int, Box]]) -> Iterator[str]:
    """A field's words, the surest first: the tooltip, what is printed at its side, above it, its own name."""
    printed = pages[one.page - 1] if one.page <= len(pages) else ()
    others = [box for page, box in boxes if page == one.page and box != one.box]
    yield one.tooltip
    yield _after(one.box, printed, others) if one.kind is FieldKind.BOX else _before(one.box, printed, others)
    if one.kind is not FieldKind.BOX:
        yield _over(one.box, printed)
    yield one.name.rpartition(".")[2].partition("[")[0]


def _before(box: Box, printed: Sequence[PageWord], others: Sequence[Box]) -> str:
    """The words to the left on the same line, back to white or to another field."""
    line = sorted((w for w in printed if _level(w.box, box) and w.box.x1 <= box.x0 + 3), key=lambda w: -w.box.x0)
    edge = max((o.x1 for o in others if _level(o, box) and o.x1 <= box.x0 + 3), default=0.0)
    return " ".join(reversed(list(_run(line, box.x0, edge, _BESIDE, back=True))))


def _after(box: Box, printed: Sequence[PageWord], others: Sequence[Box]) -> str:
    """The words to the right on the same line, up to white or to another field."""
    line = sorted((w for w in printed if _level(w.box, box) and w.box.x0 >= box.x1 - 3), key=lambda w: w.box.x0)
    edge = min((o.x0 for o in others if _level(o, box) and o.x0 >= box.x1 - 3), default=1e9)
    return " ".join(_run(line, box.x1, edge, _AFTER, back=False))


def _run(line: Sequence[PageWord], start: float, edge: float, white: float, *, back: bool) -> Iterator[str]:
    """Words of a line from ``start`` on, the first at most ``white`` away, none past ``edge``."""
    at = start
    for word in line[:_LONGEST]:
        near, far = (word.box.x1, word.box.x0) if back else (word.box.x0, word.box.x1)
        if abs(at - near) > white or (near <= edge if back else near >= edge):
            return
        yield word.text
        at, white = far, _GAP


def _over(box: Box, printed: Sequence[PageWord]) -> str:
    """The words just above the field, or inside its upper edge, over its width."""
    over = [
        w for w in printed
        if -_ABOVE <= w.box.bottom - box.top <= 6 and box.x0 - 3 <= w.box.x0 and w.box.x1 <= box.x1 + 30
    ]  # fmt: skip
    return " ".join(w.text for w in sorted(over, key=lambda w: (round(w.box.top / 4), w.box.x0))[:_LONGEST])


def _level(one: Box, other: Box) -> bool:
    middle = (one.top + one.bottom) / 2
    return other.top - 3 <= middle <= other.bottom + 3
