"""Character errors of a read page against its true text, fair to a reader that takes columns in another order."""

import re
from collections import Counter
from difflib import SequenceMatcher

_LEADERS = re.compile(r"\.{3,}:?")


def errors(truth: str, read: str) -> int:
    """Characters to insert, delete or change, case-sensitive, over text whose white space is one space.

    Words are aligned in order first. Words that were left over on both sides and are the same, character for
    character, were read right and only stand elsewhere: they cost nothing. What is then left between two aligned
    words is compared by Levenshtein distance. Dot leaders, which a reader may leave out, count as white space.
    """
    left, right = _LEADERS.sub(" ", truth).split(), _LEADERS.sub(" ", read).split()
    gaps = [
        (left[a:b], right[c:d])
        for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    moved = Counter(w for a, _ in gaps for w in a) & Counter(w for _, b in gaps for w in b)
    gone, came = moved.copy(), moved.copy()
    return sum(distance(" ".join(_without(a, gone)), " ".join(_without(b, came))) for a, b in gaps)


def length(truth: str) -> int:
    """Characters of the true text, white space counted once."""
    return len(" ".join(_LEADERS.sub(" ", truth).split()))


def _without(words: list[str], taken: Counter[str]) -> list[str]:
    """``words`` without those in ``taken``, each taken as often as it is counted there."""
    kept = []
    for word in words:
        if taken[word] > 0:
            taken[word] -= 1
        else:
            kept.append(word)
    return kept


def distance(a: str, b: str) -> int:
    """Levenshtein distance.

    >>> distance("kitten", "sitting")
    3
    """
    if not a or not b:
        return len(a) + len(b)
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
