"""Where a sentence of a note is cut: at semicolons, at full stops before small letters too, not inside brackets."""

import re
from collections.abc import Iterator

_SPLIT = re.compile(
    r"(?<=[.;:]),\s*(?=[A-Z\d])|;\s+"
    r"|(?:(?<=[a-z\d)]\.)|(?<=[a-z][AB]\.))(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)\s+(?=[A-Z][A-Za-z])"
    # "no ptosis after last. clonazepam was talked about": shorthand goes on in small letters
    r"|(?P<small>(?:(?<=[a-z/][a-z]\.)|(?<=\d\.)|(?<=\)\.)|(?<=[A-Z]{2}\.))[ \t]+"
    r"(?!(?:and|or|with|without|then|but|for|due|because|of|in|on|at|to|later|ago|per|after|before|as|which|who|daily|twice|once|every|each"
    r"|by|from|until|since|while|x)\b)(?=[a-z][a-z'\u2019]+[\s,/:;)]))"
)
_SHORTENED = re.compile(
    r"(?<![A-Za-z.])(?:"
    r"approx|abt|ca|vs|max|min|prev|hx|pt|pts|wt|ht|inj|tab|tabs|cap|caps|inc|incl|excl|etc|eg|ie|e\.g|i\.e|no|nos|dr|mr|mrs|ms"
    r"|st|dept|ext|ave|avg|temp|resp|freq|lat|med|amt|dx|rx|tx|sx|fx|sig|disp|ref|re|cf|al|fig|sec|univ|assoc|qty|est|poss|prob"
    r"|mg|mcg|ml|cc|u|b\.i\.d|t\.i\.d|q\.d|q\.i\.d|p\.o|a\.m|p\.m"
    r")\.$",
    re.IGNORECASE,
)
"""What a full stop shortens, or what a scan puts one behind: no sentence ends there."""


def cuts_in(text: str) -> Iterator[tuple[int, int]]:
    """Where each cut ends one piece and where the next begins.

    >>> [("No ptosis. clonazepam never filled"[:a], "No ptosis. clonazepam never filled"[b:]) for a, b in cuts_in(
    ...     "No ptosis. clonazepam never filled")]
    [('No ptosis.', 'clonazepam never filled')]
    """
    for m in _SPLIT.finditer(text):
        if not _in_brackets(text, m.start()) and not (m["small"] and _is_shortened(text, m.start())):
            yield m.start(), m.end()


def _is_shortened(text: str, place: int) -> bool:
    return _SHORTENED.search(text, max(0, place - 14), place) is not None


def _in_brackets(text: str, place: int) -> bool:
    """Whether a bracket that is closed later is open at ``place``."""
    return text.count("(", 0, place) > text.count(")", 0, place) and ")" in text[place:]
