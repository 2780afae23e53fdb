"""Numbers, addresses and sites printed in a letter, with the words before them; the package decides their role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.lookalikes import phones_mended
from pipeline.knowledge.seldom import Seldom
from pipeline.values.letter import Channel

_NUMBER = re.compile(
    r"(?<![\w#-])(?:\+?1[-. ]{1,2})?(?:\(\d{3}\)[-. ]?|\d{3}(?:[-. ]{1,2}|/))\d{3}[-. ]{1,2}\d{4}(?![\w-]?\d)"
)
_VANITY = re.compile(r"(?<![\w#-])(?:1[-. ])?\(?8\d\d\)?[-. ](?=[A-Z0-9-]*[A-Z]{3})[A-Z0-9]{3}-?[A-Z0-9]{4}(?![\w-])")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_BARE = Seldom(
    r"(?:(?:fax|phone|telephone|call|tel|ph)[^\w\n]{1,4}(?:at |to |us at )?|(?:services|support|line|desk)\"\s?:\s?\")"
    r"(1?[2-9]\d{9})(?!\d)",
    re.IGNORECASE,
)
_RELAY = Seldom(r"\b711\b\)?")
_FAX = re.compile(r"(?<!\bthis )\b(?:fax(?:ed|ing|es)?|facsimile|telefax)\b|(?:^|\W)F[:.]?\s*$", re.IGNORECASE)
_PHONE = re.compile(
    r"\b(?:phone|telephone|tel|call(?:ing|ed|s)?|dial|toll[- ]free|ph|hotline|helpline|reached|contact|speak)\b"
    r"|(?:^|\W)[PT][:.]?\s*$",
    re.IGNORECASE,
)
_PAPERS_TO = re.compile(
    r"\b(?:records?|notes|documents?|documentation|forms?|reports?|clinicals?|charts?|papers)\b[^.;:|]{0,40}\bto\W*$",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto\W*$", re.IGNORECASE)
"""``Fax appeals to N, clinical notes go to N``: nobody sends paper to a telephone."""
_SAME = re.compile(r"[\s,]*(?:or|and|/|,)[\s,]*|[ \t]+")
"""Between two numbers of one channel. A bar is none of it: the next cell of a row is of another channel as often."""
_AFTER_FAX = re.compile(
    r"^\s*\(f\)|^\s*(?:\(?\s*|(?:by|via|to) )(?:fax|facsimile)\b(?!\W*(?:(?:at|to) )?\W*\d)", re.IGNORECASE
)
_AFTER_PHONE = re.compile(r"^\s*\(?\s*(?:phone|voice|telephone)\b(?!\W*\d)", re.IGNORECASE)
_URL = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[\w./?=&%#~+-]*[\w/]|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|org|gov|net"
    r"|health|us|info|io|example)(?:/[\w./?=&%#~+-]*[\w/])?(?![\w@])",
    re.IGNORECASE,
)
_DIGIT, _SITE_LIKE = re.compile(r"\d"), re.compile(r"\.\w|://|www\.|@", re.IGNORECASE)
"""What every number, and what every site, has."""
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ZIP = re.compile(r"\b(?!Box\b)(?:[A-Z]{2}|USA|[A-Z][a-z]+)\.?,?\s+\d{5}(?:-\d{4})?\b")
_ADDRESS_LEAD = re.compile(
    r"(?:\b(?:mail(?:ed)?|send|sent|write|written|submit(?:ted)?|forward(?:ed)?|deliver(?:ed)?"
    r"|addressed)\b[^.:\n]{0,80}?\b(?:to|at)\b(?: the)?(?: following)?(?: address)?"
    r"|\b(?:mail(?:ing)?|address|by mail|in writing|write|send (?:it|them|requests?|appeals?"
    r"|disputes?) to)(?: address)?)\s*:?\s*", re.IGNORECASE,
)  # fmt: skip
_PLACE = re.compile(r"\bP\.?\s?O\.?\s?Box\b|\d+\s+\w+", re.IGNORECASE)
_LONGEST_ADDRESS = 220


@dataclass(frozen=True, slots=True)
class Reached:
    """Something to reach somebody by; offsets are into the text searched, ``since`` is where its own words begin."""

    channel: Channel
    value: str
    start: int
    end: int
    since: int


def numbers(text: str) -> list[Reached]:
    """Phone and fax numbers, ten digits each, with the channel that the words beside them give."""
    if not _DIGIT.search(text):
        return []
    text = phones_mended(text)
    spots = [(m.start(), m.end()) for m in _NUMBER.finditer(text)]
    spots += [m.span(1) for m in _BARE.finditer(text) if not any(s <= m.start(1) < e for s, e in spots)]
    spots += [m.span() for m in _VANITY.finditer(text)]
    out: list[Reached] = []
    since = 0
    relays = [m.end() for m in _RELAY.finditer(text)]
    for start, end in sorted(spots):
        since = max([since, *(r for r in relays if r <= start)])
        digits = re.sub(r"\D", "", text[start:end].translate(_KEYPAD))[-10:]
        before = text[since:start]
        if digits[0] == "0" or (digits[0] == "1" and digits[3] in "01"):
            continue
        out.append(Reached(_channel(before, text[end:], out, since), digits, start, end, since))
        since = end
    return out


def is_for_papers(own: str) -> bool:
    """Whether the words before a number send papers to it: ``chart notes to``."""
    return _PAPERS_TO.search(own) is not None


def impossible_numbers(text: str) -> list[str]:
    """Numbers as of a telephone whose area code begins with a nought, as none does: it is another digit, misread."""
    found = (hit.group() for hit in _NUMBER.finditer(phones_mended(text)))
    return [number for number in found if re.sub(r"\D", "", number)[-10] == "0"]


def _channel(before: str, after: str, earlier: list[Reached], since: int) -> Channel:
    if _AFTER_FAX.match(after) and not after.lstrip().casefold().startswith("fax:"):
        return Channel.FAX
    if _AFTER_PHONE.match(after):
        return Channel.PHONE
    fax = max((m.end() for m in _FAX.finditer(before)), default=-1)
    phone = max((m.end() for m in _PHONE.finditer(before)), default=-1)
    if fax < 0 and phone < 0 and earlier and _SAME.fullmatch(before):
        return earlier[-1].channel
    if fax < 0 and phone < 0 and _TO.search(before):
        sent = _PAPERS_TO.search(before) or (earlier and earlier[-1].channel is Channel.FAX)
        return Channel.FAX if sent else Channel.PHONE
    return Channel.FAX if fax > phone else Channel.PHONE


def sites(text: str) -> Iterator[Reached]:
    """Web and e-mail addresses as printed."""
    if not _SITE_LIKE.search(text):
        return
    mails = [m.span() for m in _EMAIL.finditer(text)]
    for start, end in mails:
        yield Reached(Channel.EMAIL, text[start:end], start, end, 0)
    for match in _URL.finditer(text):
        if not any(s <= match.start() < e for s, e in mails):
            yield Reached(Channel.PORTAL, match.group(), match.start(), match.end(), 0)


_LEADS_UP = re.compile(r"[a-z][^\n:]*:\s+(?=[A-Z])")
"""What a sentence goes on to say before the address that it announces: "us within 90 days: Elm Appeals, PO Box 7"."""


def addresses(text: str) -> Iterator[Reached]:
    """Mail addresses that words of sending lead to, on one line; a line break of the text becomes a comma."""
    used = 0
    for match in _ZIP.finditer(text):
        window = text[max(used, match.start() - _LONGEST_ADDRESS) : match.start()]
        base = match.start() - len(window)
        leads = [m for m in _ADDRESS_LEAD.finditer(window) if _PLACE.search(window[m.end() :])]
        if not leads:
            continue
        start = base + leads[-1].end()
        start += len(text[start : match.end()]) - len(text[start : match.end()].lstrip(" ,|"))  # a cell's stroke
        if led_up := _LEADS_UP.match(text, start, match.start()):
            start = led_up.end()
        value = re.sub(r"\s*\n\s*", ", ", text[start : match.end()]).strip(" ,")
        value = re.sub(r"(?:,\s*){2,}", ", ", value)
        if "(" in value and ")" not in value:
            start += text[start : match.end()].rindex("(") + 1  # an address that stands in brackets
            value = value[value.rindex("(") + 1 :]
        if len(value) > 12 and ". " not in re.sub(
            r"\b(?:P\.O|St|Ave|Rd|Blvd|Ste|Inc|Co|Dr|N|S|E|W)\.\s?(?:O\.)?\s", "", value
        ):
            yield Reached(Channel.MAIL, value, start, match.end(), base + leads[-1].start())
            used = match.end()
