"""Counts of headache in a text: days, of what, and the span of time they are by."""

import itertools
import re
from dataclasses import dataclass

from pipeline.charts.count_forms import forms_in, means_in
from pipeline.charts.quantities import NUMBER, QUANTITY, Quantity, quantity_of
from pipeline.values.chart import FactKind

_KIND_WORDS = r"(?:headache|head\s?ache|migraine|migrainous|(?-i:HA)|severe|bad|pain|head pain)s?"
_FREE_WORDS = r"(?:(?:headache|migraine|pain|symptom|HA)[\s-]*free|crystal[\s-]clear|clear)"
_SPAN = r"(?:month|mo\b|m\b(?<=d/m)|30(?:[\s-]*days?)?|31(?:[\s-]*days?)?|28(?:[\s-]*days?)?|week|wk|year|yr)"
_PER = (
    r"(?:\s*(?:/|per|a|each|every|in an?(?: average| typical)?|in the|out of every|out of|of every|of|in)\s*"
    r"(?:the\s+)?(?:last\s+|past\s+|prior\s+|previous\s+|average\s+|typical\s+|calendar\s+|given\s+)?"
    rf"(?P<per>{_SPAN})|\s+(?P<ly>monthly|weekly)"
    r"|\s+(?:(?:this|over the|during the)\s+)?(?:last|past)\s+(?P<past>month)\b)"
)
_PER_AGAIN = _PER.replace("?P<per>", "?P<per2>").replace("?P<ly>", "?P<ly2>").replace("?P<past>", "?P<past2>")
# "20 headache days a month", "18 of 30 days with headache", "~19 HA d/mo", "22 days out of every 30"
_DAYS = re.compile(
    rf"(?<![\d/.-]){QUANTITY}\s*(?P<mid>(?:{_FREE_WORDS}|{_KIND_WORDS}|full|calendar)?(?:[\s-]+(?:{_FREE_WORDS}|{_KIND_WORDS}))*)[\s-]*"
    rf"(?:days?|d(?=\s?/\s?mo?\b))\b{_PER}?(?P<post>(?:\s+(?:with|w/|of)\s*[\w -]+)?{_PER_AGAIN}?)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"(?<![\d/.-])(?P<q>>=|<=|>|<)?\s*(?P<a>\d{1,2})(?P<plus>\+)?\s*(?:/|of|out of)\s*(?:the (?:last"
    r"|past|prior) )?(?P<per>28|29|30|31)\s*(?:days?|d)\b",
    re.IGNORECASE,
)
# "Headache days: 22", "monthly migraine days averaged 11", "MHD 20", "HA frequency is 19 d/mo"
_COUNTED = re.compile(
    rf"\b(?P<what>(?:(?:avg|average|mean|total|number of)\s+)*(?:monthly\s+)?(?:(?:headache|migraine"
    rf"|(?-i:HA))s?[\s-]*days?|MHDs?|MMDs?)"
    rf"(?:\s+(?:per|a|/|each)\s*month|/mo(?:nth)?|\s+(?:monthly|frequency|count))?)(?P<gap>[^.;\d]{{0,40}}?)[:=]?\s*"
    rf"(?:of\s+|is\s+|was\s+|were\s+|are\s+|at\s+|about\s+|approximately\s+|roughly\s+|around\s+|~\s*)*"
    rf"(?:(?P<from>\d{{1,2}})\s*(?:->|to|,)\s*(?=\d))?{QUANTITY}(?!\s*(?:mg|weeks?|hours?|%|percent|units?|years?|months?|cycles?|rounds?|treatments?|injections?|sessions?|doses?|visits?|/\s*(?!mo|30|31|28|29)\d))(?:\s*days?)?{_PER}?",
    re.IGNORECASE,
)
# "9, 10 and 8 HA days": several months of counts; the least and the most of them are the bounds.
_SEVERAL = re.compile(
    rf"(?<![\d/.-])(?P<list>\d{{1,2}}(?:\s*,\s*\d{{1,2}})*,?\s*(?:and|&|,)\s*\d{{1,2}})\s*(?P<mid>{_KIND_WORDS})\s*days?\b",
    re.IGNORECASE,
)
# "Headache days are down from 23 to 10 per month": the count of now
_MOVED_TO = re.compile(
    rf"\b(?P<what>(?:monthly\s+)?(?:headache|migraine|(?-i:HA))s?[\s-]*days?|MHDs?|MMDs?)\b(?P<gap>[^.;\d]{{0,40}}?)"
    rf"\bfrom\s+(?:an?\s+)?(?:baseline of\s+|about\s+|~\s*)?\d{{1,2}}(?:\s*-\s*\d{{1,2}})?(?![\d/%-])"
    rf"[^.;\d]{{0,30}}?\bto\s+(?:about\s+|~\s*)?{QUANTITY}(?!\s*(?:mg|units?|%|percent|hours?|/\d))(?:\s*days?)?{_PER}?",
    re.IGNORECASE,
)
_RANGES = re.compile(r"\b(?:rang\w*|var(?:y|ies|ied)|anywhere|fluctuat\w*)\b", re.IGNORECASE)
_LASTED = re.compile(r"\s+(?:of|with)\b", re.IGNORECASE)
_ATTACK_OF = re.compile(r"(?:\bp/w|\bpresent\w*(?: with)?|\bwith|\bw/|\bafter|\bfor|\bx)\s*$", re.IGNORECASE)
# "On a typical month she has 17 days of headache"
_IN_A_MONTH = re.compile(
    r"\b(?:on|in|during|over)\s+(?:an?|the|most|each|every)\s+(?:(?:typical|average|usual|normal|given|full)\s+)?month\b"
    r"[^.;\d]{0,40}$",
    re.IGNORECASE,
)
# "13 of those are migraines", "(14 migrainous)", "12 of which met migraine criteria", "of these, 9 or 10 are migraines"
_FEATURES = r"(?P<about>migrain\w*|nause\w*|photophobi\w*|phonophobi\w*|throb\w*|pulsat\w*|vomit\w*|threw up|throws up)"
_FEATURED = re.compile(
    rf"{_FEATURES}(?:\s+features)?\s+(?:on|in)\s+(?:about\s+)?{QUANTITY}"
    r"(?:\s+of\s+(?:those|which|them|these)\b|(?=(?:\s+days)?\s*(?:[.,;)]|$)))",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    rf"(?<![\d/.-]){QUANTITY}\s*(?:(?:days?\s*)?(?:of|on)\s*(?:those|which|them|these)(?:\s*days)?\b[^.;\d]{{0,40}}?|(?:days?\s*)?(?:of\s+)?(?=migrain)|(?:days?\s*)?(?:are|were|being|as|w/|with)\s+(?:\w+\s+)?(?=migrain))"
    rf"{_FEATURES}",
    re.IGNORECASE,
)
_THEY_ARE = re.compile(
    rf"\b(?:of|on)\s+(?:those|which|them|these)(?:\s+days)?\s*,?\s*{QUANTITY}\b[^.;\d]{{0,40}}?{_FEATURES}",
    re.IGNORECASE,
)
# "How many of those are migraine? 11"
_OF_THEM_ASKED = re.compile(
    rf"\b(?:how many|number) (?:of|on) (?:those|these|them)\b[^.?:\d]{{0,50}}migrain[^.?:\d]{{0,30}}[?:]\s*{QUANTITY}"
    r"(?![\d/%]|\s*(?:mg|hours?|hrs?|weeks?|years?))",
    re.IGNORECASE,
)
_THEM = re.compile(r"\b(?:of|on)\s+(?:those|which|them|these)\b", re.IGNORECASE)
# "since starting the toxin 9 per month", after a sentence that counts headache days
# "used to have 20 headache days a month; now she has 7"
_NOW_BARE = re.compile(
    r"\b(?:now|currently|today|at present|after (?:\w+ )?(?:cycles?|rounds?|treatments|injections))\b[^.;\d]{0,24}"
    r"(?<![\d/.-])(?P<n>\d{1,2})"
    r"(?![\d/%-]|\.\d|\s*(?:mg|units?|hours?|h\b|weeks?"
    r"|(?-i:HAs)\b|headaches\b|migraines\b|attacks\b|episodes\b|wks?|years?|yrs?|months?|mo\b|cycles?|rounds?|%|percent|points?|sites?|pills?|tablets?|triptan\w*|of\b))",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\d/.-]){QUANTITY}\s*(?:/|per|a)\s*(?P<per>month|mo\b)(?!\s+\w+ache|\s+(?:are|were|being)\b)", re.IGNORECASE
)
_OF_A_DIARY = re.compile(
    r"[\s-]*(?:headache|migraine|HA)?[\s-]*(?:diary|log|calendar|tracker|record|journal|chart)\b", re.IGNORECASE
)
_LABEL_BEHIND = re.compile(r"\s*[:=]\s*\d")
_LABEL_AHEAD = re.compile(r"\bmo(?:nth)?\s*[:=]\s*$", re.IGNORECASE)
_LABELLED_BEFORE = re.compile(r"\bmo(?:nth)?\s*[:=]\s*\d{1,3}\s+$", re.IGNORECASE)
_OF_LAST = re.compile(r"\b(?:last|past)\s*$", re.IGNORECASE)
"""Before the days that were looked at: "headache days in last 30"."""
_MOVES = re.compile(
    r"free|fail|reduc|decreas|fewer|improv|drop|\blast(?:s|ed|ing)\b|by\b|goal|target|need|require|until|criteri|\bfrom\b",
    re.IGNORECASE,
)
_COUNTED_ALREADY = re.compile(rf"{NUMBER}\+?\s*$", re.IGNORECASE)
_SUBJECTS = re.compile(
    rf"(?P<free>{_FREE_WORDS})"
    r"|(?P<features>migrain\w*|nausea|vomiting|photophobia|phonophobia)"
    r"|(?P<headache>head\s?aches?|(?-i:\bHAs?\b)|cephalalgia|head pain)"
    r"|(?P<other>triptans?|\w+triptan|nsaids?|medicat\w*|analges\w*|rescue|acute|tablets?|pills?|ibuprofen|fioricet|excedrin|work|school|missed|leaks?|sleep|bed|uses?\b|takes?\b|took|doses?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A count in a statement: its place, bounds, kind and the span of time it is by."""

    start: int
    end: int
    amount: Quantity
    kind: FactKind
    per: str | None


def counts_in(text: str, *, before: Count | None = None, headache: bool = False) -> list[Count]:
    """Every count of a text in order; one that stands in another's words is that one alone.

    ``before`` is the count of headache days that the sentence before it ended with.

    >>> [(c.kind.value, c.amount.low, c.per) for c in counts_in("about 19 headache days a month, 11 of them migraines")]
    [('headache_days', 19.0, 'month'), ('migraine_days', 11.0, 'month')]
    """
    found: list[Count] = []

    def place(start: int, end: int, amount: Quantity, kind: FactKind | None, per: str | None) -> None:
        clear = not any(c.start < end and start < c.end for c in found)
        if kind is not None and clear:
            found.append(Count(start, end, amount, kind, per))

    def add(m: re.Match[str], amount: Quantity, kind: FactKind | None, per: str | None) -> None:
        place(m.start(), m.end(), amount, kind, per)

    for form in means_in(text):
        place(*form)
    for m in _MOVED_TO.finditer(text):
        if not _RANGES.search(m["gap"]):
            monthly = re.search(r"month|MHD|MMD", m["what"], re.IGNORECASE)
            known = next((c.per for c in reversed(found)), None)
            add(m, quantity_of(m), kind_of(m["what"]), "month" if monthly else m["per"] or m["ly"] or known)
    for m in _SEVERAL.finditer(text):
        amounts = [float(n) for n in re.findall(r"\d+", m["list"])]
        add(m, Quantity(min(amounts), max(amounts)), kind_of(m["mid"]), "month")
    for m in _FRACTION.finditer(text):
        add(m, quantity_of_fraction(m), _subject(text, m, monthly=True, headache=headache), m["per"])
    for m in _COUNTED.finditer(text):
        labelled = _LABELLED_BEFORE.search(text, 0, m.start())
        already = (
            not labelled
            and _COUNTED_ALREADY.search(text[: m.start()])
            and not any(c.end > m.start() - 4 for c in found)
        )
        if text[m.start("a") - 1 : m.start("a")] == "/":
            continue  # "HA days/28": the days that were looked at
        if not _MOVES.search(m["gap"]) and not already and not _OF_LAST.search(m["gap"]):
            monthly = re.search(r"month|/mo|MHD|MMD|frequency", m["what"] + m["gap"], re.IGNORECASE)
            per = "month" if monthly or m["from"] else m["per"] or m["ly"]
            add(m, quantity_of(m), kind_of(m["what"]), per)
    for m in _DAYS.finditer(text):
        if _OF_A_DIARY.match(text, m.end()) or (
            _LABEL_BEHIND.match(text, m.end()) and _LABEL_AHEAD.search(text, 0, m.start())
        ):
            continue  # "28-day headache diary"; "...: 17   Migraine days/month: 10" has the next label's words behind
        per = m["per"] or m["ly"] or m["past"] or m["per2"] or m["ly2"] or m["past2"]
        if per is None and _LASTED.match(m["post"]) and _ATTACK_OF.search(text, 0, m.start()):
            continue  # "presents with 2 days of headache": how long it has lasted
        earlier = next((c.per for c in reversed(found) if c.end <= m.start()), None)
        by_month_of = "month" if per is None and earlier is None and _IN_A_MONTH.search(text, 0, m.start()) else None
        per = per or earlier or by_month_of
        add(m, quantity_of(m), _subject(text, m, monthly=per is not None, headache=headache), per)
    for form in forms_in(text):
        place(*form)
    first = next((c for c in found if c.kind is FactKind.HEADACHE_DAYS), None)
    whole, end = (first, first.end) if first is not None else (before if _THEM.search(text) else None, 0)
    for m in (
        (*_OF_THEM.finditer(text), *_THEY_ARE.finditer(text), *_FEATURED.finditer(text), *_OF_THEM_ASKED.finditer(text))
        if whole is not None
        else ()
    ):
        if end <= m.start() + 1:
            add(m, quantity_of(m), FactKind.MIGRAINE_DAYS, whole.per if whole is not None else None)
    counted = first
    if before is not None and before.per and not found and not _SUBJECTS.search(text):
        for m in _BARE.finditer(text):
            add(m, quantity_of(m), FactKind.HEADACHE_DAYS, m["per"])
        counted = before
    if counted is not None and counted.per and (not found or found[-1] is first):
        for m in itertools.islice(_NOW_BARE.finditer(text, first.end if first is not None else 0), 1):
            place(m.start("n"), m.end(), Quantity(float(m["n"]), float(m["n"])), FactKind.HEADACHE_DAYS, counted.per)
    return sorted(found, key=lambda c: c.start)


def quantity_of_fraction(m: re.Match[str]) -> Quantity:
    """The bounds of ``18/30 days``."""
    value = float(m["a"])
    if m["q"] in {"<", "<="}:
        return Quantity(None, value)
    return Quantity(value, None if m["q"] or m["plus"] else value)


def kind_of(words: str) -> FactKind:
    """What is counted where the words name it: migraine, else headache."""
    return FactKind.MIGRAINE_DAYS if re.search(r"migrain|MMD", words, re.IGNORECASE) else FactKind.HEADACHE_DAYS


def _subject(text: str, m: re.Match[str], *, monthly: bool, headache: bool = False) -> FactKind | None:
    """What is counted: the noun beside the number, else the nearest before it in the statement."""
    groups = m.groupdict()
    inside = _SUBJECTS.search(groups.get("mid") or "") or _SUBJECTS.search(groups.get("post") or "")
    after = _SUBJECTS.match(
        re.sub(r"^[\s,]*(?:with|of|to|from|having|where|she has|he has)?\s*(?:a|any)?\s*", "", text[m.end() :])
    )
    before = list(_SUBJECTS.finditer(text[: m.start()]))
    ahead = _right_before(text[: m.start()], before)
    if (ahead or before) and re.match(r"\s*,", text[m.end() :]):
        after = None  # "HA 20 d/mo, migraine 12 d/mo": what follows the comma has its own number
    beside = inside or after or ahead
    if beside is None and not monthly:
        return None
    if headache and not beside and not before and _FREQUENCY.search(text[: m.start()]):
        return FactKind.HEADACHE_DAYS
    chosen = beside or (before[-1] if before else None)
    if chosen is None or chosen["free"] or chosen["other"]:
        return None
    if (
        not beside
        and re.search(r"\b(?:on|for)\s*$", text[: m.start()], re.IGNORECASE)
        and any(b["other"] for b in before)
    ):
        return None
    if beside and any(b["other"] for b in before[-1:]) and inside is None:
        return None  # "uses a triptan 8 days a month with nausea"
    if not (chosen["headache"] or ABOUT_HEADACHE.search(text)):
        return None  # nausea of something else
    return FactKind.HEADACHE_DAYS if chosen["headache"] else FactKind.MIGRAINE_DAYS


def _right_before(lead: str, subjects: list[re.Match[str]]) -> re.Match[str] | None:
    """The noun that the number follows at once: "had a headache 18 days"."""
    last = subjects[-1] if subjects else None
    named = last and (last["headache"] or last["features"])
    return last if last and named and not lead[last.end() :].strip(" ,:-") else None


_FREQUENCY = re.compile(r"(?:^|\b(?:the|a|average|mean|current|overall)\s+)frequency\b", re.IGNORECASE)
ABOUT_HEADACHE = re.compile(r"head\s?ache|migrain|(?-i:\bHAs?\b)|attack", re.IGNORECASE)
