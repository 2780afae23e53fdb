"""Many wordings as one pattern that is quick to fail: a regular expression tries its alternatives one by one."""

import re
from collections.abc import Iterable
from itertools import groupby

_PLAIN = re.compile(r"[^\s*]{1,2}")


def alternatives(spelled: Iterable[tuple[str, str]]) -> str:
    """A pattern for any of the wordings, each given as its first signs and the pattern of what follows them.

    Of several that fit one place the one that comes first wins, as in ``a|b|c``. Those that begin alike stand together
    behind their sign in both cases: the engine looks at that before it tries an alternative, but only where case
    counts. What follows is to be compiled without regard to case.

    >>> alternatives([("a", "nd"), ("be", "st"), ("a", ""), ("8e", "st")])
    '(?:(?-i:[aA])(?:nd|)|(?-i:[bB8])(?:(?:(?-i:[eE])(?:st))))'
    """
    together: dict[str, list[tuple[str, str]]] = {}
    for signs, following in spelled:
        together.setdefault(signs[0].casefold(), []).append((signs[1:], following))
    begun: dict[str, str] = {}
    for sign, each in together.items():
        # A wording without a further sign may fit where one with such a sign does: their order is kept.
        runs = groupby(each, key=lambda one: bool(one[0]))
        pattern = "|".join(alternatives(run) if more else "|".join(one[1] for one in run) for more, run in runs)
        begun[pattern] = begun.get(pattern, "") + re.escape(sign) + (sign.upper() if sign.isalpha() else "")
    return "(?:" + "|".join(f"(?-i:[{signs}])(?:{pattern})" for pattern, signs in begun.items()) + ")"


def first_signs(wording: str) -> str:
    """What ``alternatives`` is best given of a wording as its first signs: behind two, few are left that begin alike.

    >>> first_signs("approv*"), first_signs("a visit")
    ('ap', 'a')
    """
    return _PLAIN.match(wording)[0]  # type: ignore[index]  # a wording begins with a sign
