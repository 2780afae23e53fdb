"""Many wordings as one pattern that is quick to fail: a regular expression tries its alternatives one by one."""

from collections.abc import Iterable


def alternatives(spelled: Iterable[tuple[str, str]]) -> str:
    """A pattern for any of the wordings, each given as the signs it may begin with and its own pattern.

    Of several that fit one place the one that comes first wins, as in ``a|b|c``; but those that begin otherwise than
    the place does are passed over together. To be compiled without regard to case.

    >>> alternatives([("a", "an"), ("b", "be"), ("a", "a")])
    '(?:(?=[a])(?:an|a)|(?=[b])(?:be))'
    """
    groups: list[tuple[set[str], list[tuple[int, str]]]] = []
    for place, (signs, pattern) in enumerate(spelled):
        begins = set(signs.casefold())
        together = [group for group in groups if group[0] & begins]
        apart = [group for group in groups if not group[0] & begins]
        begins = begins.union(*(group[0] for group in together))
        parts = [(place, pattern), *(part for group in together for part in group[1])]
        groups = [*apart, (begins, parts)]
    ordered = sorted(groups, key=lambda group: min(group[1]))
    return "(?:" + "|".join(_group(signs, parts) for signs, parts in ordered) + ")"


def _group(signs: set[str], parts: list[tuple[int, str]]) -> str:
    ahead = "".join(f"\\{sign}" if sign in "\\]^-" else sign for sign in sorted(signs))
    return f"(?=[{ahead}])(?:{'|'.join(pattern for _, pattern in sorted(parts))})"
