"""Bounds of a share and of a difference of shares: how little few cases say."""

from math import sqrt

_Z = 1.959964
"""The normal quantile of 95 % two-sided bounds."""


def wilson(won: int, decided: int) -> tuple[float, float]:
    """Wilson's 95 % bounds of a share, in percent; 0 and 100 where nothing was decided.

    >>> [round(bound, 1) for bound in wilson(8, 10)]
    [49.0, 94.3]
    """
    if decided == 0:
        return 0.0, 100.0
    share, z2 = won / decided, _Z * _Z
    middle = (share + z2 / (2 * decided)) / (1 + z2 / decided)
    half = _Z * sqrt(share * (1 - share) / decided + z2 / (4 * decided * decided)) / (1 + z2 / decided)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def difference(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float, float]:
    """How much greater one share (won, of) is than another, with Newcombe's 95 % bounds, in points of percent.

    Source: Newcombe, Statistics in Medicine 1998;17:873-890, method 10, whose first example this is.

    >>> difference((56, 70), (48, 80))
    (20.0, 5.2, 33.4)
    """
    (first, low, high), (second, below, above) = ((100 * w / n, *wilson(w, n)) for w, n in (one, other))
    more = first - second
    least = more - sqrt((first - low) ** 2 + (above - second) ** 2)
    most = more + sqrt((high - first) ** 2 + (second - below) ** 2)
    return round(more, 1), round(least, 1), round(most, 1)
