"""Medicine names that a chart misspells or cuts short: one edit away, two in a long name; never a guess.

What is cut short ("rosuva", "galca") is the beginning of one generic name and of no other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

_SHORTEST, _LONG = 7, 10
_LEAST, _LEFT_OUT = 5, 3
"""A name is cut short to so many letters at least, and by so many."""


class Misspellings:
    """Known names with all that is left of them when one letter (two of a long name) is taken out."""

    def __init__(self, names: Iterable[tuple[str, str]], *, ordinary: Callable[[str], bool] = lambda _: False) -> None:
        """``names`` are pairs of a name and its ``class/drug``; ``ordinary`` words of the language mean themselves."""
        self._ordinary = ordinary
        self._keys: dict[str, str] = {}
        self._begun: dict[str, set[str]] = defaultdict(set)
        self._shorter: dict[str, set[str]] = defaultdict(set)
        for name, key in names:
            plain = name.casefold()
            if plain.isalpha() and key.casefold().endswith(f"/{plain}"):
                for length in range(_LEAST, len(plain) - _LEFT_OUT + 1):
                    self._begun[plain[:length]].add(key)
            if len(plain) >= _SHORTEST and plain.isalpha():
                self._keys[plain] = key
                for short in _taken_out(plain):
                    self._shorter[short].add(plain)

    def drug(self, word: str) -> str | None:
        """The ``class/drug`` of a word that is no known name but nearly one; None where two medicines are as near.

        >>> Misspellings([("topiramate", "anticonvulsant/topiramate")]).drug("topirimate")
        'anticonvulsant/topiramate'
        """
        plain = word.casefold().strip(".,;:()")
        if plain in self._keys:  # a name that its full stop clings to, or one that the matcher found already
            return self._keys[plain] if plain != word.casefold() else None
        begun = self._begun.get(plain, ())
        if len(begun) == 1 and not self._ordinary(plain):
            return next(iter(begun))
        if len(plain) < _SHORTEST or not plain.isalpha():
            return None
        near = {name for short in _taken_out(plain) for name in self._shorter.get(short, ())}
        keys = {
            self._keys[name]
            for name in near
            if name[0] == plain[0] and _edits(name, plain) <= (2 if len(name) >= _LONG else 1)
        }
        return keys.pop() if len(keys) == 1 and not self._ordinary(plain) else None


def _taken_out(word: str) -> set[str]:
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < _LONG:
        return {word, *once}
    return {word, *once, *(short[:i] + short[i + 1 :] for short in once for i in range(len(short)))}


def _edits(one: str, other: str) -> int:
    """Letters put in, left out, changed or exchanged with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, row = row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
