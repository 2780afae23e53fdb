"""Counts of headache in forms of their own: daily, every other day, out of thirty, answers of a form, attacks a week.

"Most days" is no number and gives none. A count of attacks is none of days and keeps its own unit.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.charts.quantities import QUANTITY, Quantity, quantity_of
from pipeline.values.chart import FactKind

_ACHE = r"(?:head\s?aches?|migraines?|(?-i:\bHAs?\b)|head pain|cephalalgia)"
_MIGRAINE = re.compile(r"migrain", re.IGNORECASE)
_HALVES_OF_A_WEEK = 3.5
"""Every other day, by the week: no count of a month, for nobody counted."""

# "headaches every day", "she has daily headache"; not "chronic daily headache", "for headache daily", "almost daily"
_DAILY = re.compile(
    r"(?<!chronic )(?<!persistent )(?<!almost )(?<!nearly )(?<!near )(?<!near-)"
    rf"\bdaily\s+(?P<what>{_ACHE})(?!\s+(?:log|diar|med|prev|prophyl|impact))"
    rf"|(?<!for )(?<!of )(?<!prevent )(?P<what2>{_ACHE})\s+"
    r"(?:(?:is|are|now|has|have|been|occur\w*|comes?|present|pretty much|literally)\s+){0,3}"
    r"(?:every\s+(?:single\s+)?day|each\s+day|daily|(?:7|seven) days (?:a|per|each) week)\b"
    r"(?!\s*(?:life|activit|living|med|prev|prophyl|log)|\s*(?:x|for)\s*(?:the (?:last"
    r"|past)\s*)?(?:\d+|a few|several|two|three|ten)\s*(?:d\b|days?))",
    re.IGNORECASE,
)
_ALTERNATE = re.compile(
    rf"(?P<what>{_ACHE})\b[^.;,\d]{{0,24}}?\b(?:every\s+(?:other|second)|alternate|on alternating)\s+days?\b",
    re.IGNORECASE,
)
# "out of the last 30 days, 21 had some headache"
_OF_LAST = re.compile(
    r"\b(?:of|in|over|during)\s+(?:the\s+)?(?:last|past|previous|prior)\s+(?:28|30|31|thirty)(?:\s+days)?,?\s+"
    rf"(?:\w+\s+){{0,3}}?{QUANTITY}\s+(?:days\s+)?(?:\w+\s+){{0,4}}?(?P<what>{_ACHE})",
    re.IGNORECASE,
)
# "twenty-one of thirty days involve a headache"
_OF_THIRTY = re.compile(
    rf"{QUANTITY}\s+(?:out\s+)?of\s+(?:the\s+(?:last|past)\s+)?(?:28|30|31|thirty)\s+days?\s+(?:\w+\s+){{0,3}}?(?P<what>{_ACHE})",
    re.IGNORECASE,
)
# "How many days a month do you have a headache: 23", "Number of headache days in an average month? 18"
_ASKED = re.compile(
    r"\b(?:how many|number of|no\. of|#\s?of)\b(?P<asked>[^.:;?]{0,90})(?:[?:]|\?:)\s*(?:about\s+|~\s*)?"
    rf"{QUANTITY}(?![\d/%]|\s*(?:mg|hours?|hrs?|weeks?|years?))",
    re.IGNORECASE,
)
_ASKED_DAYS = re.compile(r"\bdays?\b", re.IGNORECASE)
_ASKED_MONTH = re.compile(r"\bmonth|\b(?:last|past) 30\b|\b30 days", re.IGNORECASE)
_ASKED_OTHER = re.compile(
    r"\b(?:take|took|taken|use|used|uses|medic\w*|triptan\w*|pills?|tablets?|miss\w*|work|school|free|without|bed)\b",
    re.IGNORECASE,
)
# "66 headache days over the last 3 months, 30 of them migraine": the mean month, where it is whole
_OVER_MONTHS = re.compile(
    rf"(?<![\d/.-])(?P<n>\d{{1,3}})\s+(?P<what>{_ACHE})[\s-]*days?\s+(?:over|in|during|for|across)\s+(?:the\s+)?(?:(?:last|past|previous"
    r"|prior)\s+)?(?P<span>two|three|six|2|3|6)[\s-]+months?\b"
    r"(?:[^.;\d]{0,20}(?P<n2>\d{1,3})\s+(?:of\s+(?:them|those|which|these)\s+)?(?:\w+\s+)?(?P<what2>migrain\w*))?",
    re.IGNORECASE,
)
# "Days with headache in the last 3 months   57", "On how many days in the last 3 months did you have a headache?  57"
_ASKED_MONTHS = re.compile(
    rf"\b(?:days with (?:an? )?(?P<what>{_ACHE}) (?:in|over|during) the (?:last|past) (?P<span>three|3) months"
    rf"|days in the (?:last|past) (?P<span2>three|3) months did you have (?:an? )?(?P<what2>{_ACHE})"
    rf"|(?P<what3>{_ACHE}) days? (?:in|over|during) (?:the )?(?:last|past) (?P<span3>three|3) months)"
    r"\W*(?P<n>\d{1,3})(?![\d/])",
    re.IGNORECASE,
)
_MONTHS_OF = {"two": 2, "2": 2, "three": 3, "3": 3, "six": 6, "6": 6}
# "headaches 3-4 times a week", "four migraines a month": attacks
_ATTACKS = re.compile(
    rf"(?P<what>{_ACHE})\b[^.;,\d]{{0,24}}?{QUANTITY}\s*(?:times|x)\s*(?:a|per|/|each|every)\s*(?P<per>week|wk|month|mo)\b"
    rf"|{QUANTITY.replace('?P<', '?P<n')}\s+(?:(?:severe|bad|full)\s+)?(?P<what2>{_ACHE})"
    r"\s*(?:a|per|/|each|every)\s*(?P<per2>week|wk|month|mo)\b",
    re.IGNORECASE,
)
# "HA freq 17/mo": of what no day is said are attacks; "Headache frequency: 22/30", "migraine 14/30": days of thirty
_FREQUENT = re.compile(
    rf"(?P<what>{_ACHE})\s+(?:freq(?:uency)?\.?)\s*(?:is|of|about|:|=|~)*\s*(?<![\d/.-])(?P<n>\d{{1,2}})(?:\s*-\s*\d{{1,2}})?"
    r"\s*(?:/|per|a)\s*mo(?:nth)?\b",
    re.IGNORECASE,
)
_IN_THIRTY = re.compile(
    rf"(?P<what>{_ACHE})\s*(?:days?|freq(?:uency)?\.?)?\s*(?:is|of|on|about|:|=|~)*\s*(?<![\d/.-])(?P<n>\d{{1,2}})"
    r"\s*/\s*(?:28|30|31)(?![\d/]|\s*(?:days?|d)\b)",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\b(?:had|was|were|used to have|suffered)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""What tells, right before the form, that it was so once."""
_MOST_IN_A_MONTH = 31
_FULL_MONTH = Quantity(30.0, 30.0)
_EVERY_SECOND = Quantity(_HALVES_OF_A_WEEK, _HALVES_OF_A_WEEK)


class Form(NamedTuple):
    """A count and its place; ``per`` is the span of time as written, or ``attack/week`` where attacks are counted."""

    start: int
    end: int
    amount: Quantity
    kind: FactKind
    per: str


def forms_in(text: str) -> Iterator[Form]:
    """The counts of a text in unusual forms.

    >>> [(f.amount.low, f.per) for f in forms_in("Out of the last 30 days, 21 had some headache")]
    [(21.0, 'month')]
    """
    amounts: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity], str], ...] = (
        (_OF_LAST, quantity_of, "month"),
        (_OF_THIRTY, quantity_of, "month"),
        (_DAILY, lambda _: _FULL_MONTH, "month"),
        (_ALTERNATE, lambda _: _EVERY_SECOND, "week"),
    )
    for pattern, amount, per in amounts:
        for m in pattern.finditer(text):
            if not _ONCE.search(text, 0, m.start()):
                yield Form(m.start(), m.end(), amount(m), _kind(m), per)
    for m in _ASKED.finditer(text):
        asked = m["asked"]
        of_days = _ASKED_DAYS.search(asked) and _ASKED_MONTH.search(asked) and re.search(_ACHE, asked, re.IGNORECASE)
        if of_days and not _ASKED_OTHER.search(asked):
            kind = FactKind.MIGRAINE_DAYS if _MIGRAINE.search(asked) else FactKind.HEADACHE_DAYS
            yield Form(m.start("a"), m.end(), quantity_of(m), kind, "month")
    for pattern, per in ((_FREQUENT, "attack/month"), (_IN_THIRTY, "month")):
        for m in pattern.finditer(text):
            if not _ONCE.search(text, 0, m.start()) and int(m["n"]) <= _MOST_IN_A_MONTH:
                yield Form(m.start(), m.end(), Quantity(float(m["n"]), float(m["n"])), _kind(m), per)
    for m in _ATTACKS.finditer(text):
        amount_of = quantity_of(m) if m["a"] else _second(m)
        span = (m["per"] or m["per2"]).casefold()
        yield Form(
            m.start(), m.end(), amount_of, FactKind.HEADACHE_DAYS, "attack/week" if span[0] == "w" else "attack/month"
        )


def means_in(text: str) -> Iterator[Form]:
    """The counts of several months together, each as the mean of a month.

    >>> [(f.kind.value, f.amount.low) for f in means_in("66 headache days over the last 3 months, 30 of them migraine")]
    [('headache_days', 22.0), ('migraine_days', 10.0)]
    """
    for m in _ASKED_MONTHS.finditer(text):
        mean = round(int(m["n"]) / 3, 1)
        if mean <= _MOST_IN_A_MONTH:
            yield Form(m.start("n"), m.end(), Quantity(mean, mean), _kind(m), "month")
    for m in _OVER_MONTHS.finditer(text):
        if int(m["n"]) <= _MOST_IN_A_MONTH:
            continue  # "18 headache days for the last three months" may be those of each
        months = _MONTHS_OF[m["span"].casefold()]
        for number, kind, end in (("n", _kind(m), "span"), ("n2", FactKind.MIGRAINE_DAYS, "what2")):
            if m[number] and int(m[number]) <= _MOST_IN_A_MONTH * months:
                mean = round(int(m[number]) / months, 1)
                yield Form(m.start(number), m.end(end), Quantity(mean, mean), kind, "month")


def _kind(m: re.Match[str]) -> FactKind:
    named = m.groupdict().get("what") or m.groupdict().get("what2") or m.groupdict().get("what3") or ""
    return FactKind.MIGRAINE_DAYS if _MIGRAINE.search(named) else FactKind.HEADACHE_DAYS


def _second(m: re.Match[str]) -> Quantity:
    """The bounds of the second way in which attacks are counted."""
    found = re.fullmatch(QUANTITY, m.string[m.start() : m.start("what2")].strip(), re.IGNORECASE)
    return quantity_of(found) if found else Quantity(float(m["na"]) if m["na"].isdigit() else None, None)
