"""The shapes of values: identifiers, dates, money, names. Each function gives ``(value, start, end)`` or None."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.lookalikes import LIKE_A_DIGIT, digits_read
from pipeline.knowledge.names import NameKnowledge

Found = tuple[str, int, int]

_MONTHS = {
    m: i
    for i, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1,
    )
    for m in names.split()
}  # fmt: skip
_MESES = {
    m: i
    for i, m in enumerate(
        ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
         "noviembre", "diciembre"), start=1,
    )
}  # fmt: skip
_MONTHS |= _MESES
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<m1>{_MONTH})\.?[\s-]+(?:the\s+)?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s*[,-]?\s*(?<!\d)(?P<y1>\d{{4}}|'\d{{2}})"
    rf"|(?P<y5>\d{{4}})\s+(?P<m5>{_MONTH})\.?\s+(?P<d5>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:[\s-]*|\s+(?:day\s+)?of\s+)(?P<m2>{_MONTH})(?:\.?,?[\s-]*)(?P<y2>\d{{4}}|'\d{{2}}|(?<=-)\d{{2}})"
    rf"|(?P<d6>\d{{1,2}})\s+de\s+(?P<m6>{'|'.join(_MESES)})\s+del?\s+(?P<y6>\d{{4}})"
    r"|(?P<y3>(?:19|20)\d{2})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<m4>\d{1,2})(?P<sep>[-/.])(?P<d4>\d{1,2})(?P=sep)(?P<y4>(?:19|20)\d{2}|\d{2}))(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_LETTER_IN_NUMBER = re.compile(r"(?<=\d)[OoIl|](?=[\d,/\s-]|$)|(?<![A-Za-z])[OoIl|](?=\d)")
"""A letter that a scan put for a digit: beside a digit, and in no word."""
_DIGIT = re.compile(r"\d")
_LETTERS_O = re.compile(r"(?<=[\d.,])[Oo]+(?![A-Za-z])")
_HYPHEN_OF_RANGE = re.compile(r"(?<=/\d{4})[-–](?=\d{1,2}/)|(?<=/\d{2})[-–](?=\d{1,2}/)")
_AND = r"\s*(?:,\s*(?:and\s+|&\s*)?|-|–|—|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\band\b|&)\s*"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS_OF_MONTH = re.compile(
    rf"{_MONTH}\.?\s+{_NTH}(?:{_AND}(?:{_MONTH}\.?\s+)?{_NTH}(?!\d))+,?\s+(?P<year>\d{{4}})(?!\d)", re.IGNORECASE
)
_DAYS_BEFORE_MONTH = re.compile(
    rf"{_NTH}(?:{_AND}{_NTH})+\s+(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})(?!\d)", re.IGNORECASE
)
_NUMBERS = r"\d{1,2}/\d{1,2}"
_NUMBERS_OF_YEAR = re.compile(
    rf"{_NUMBERS}(?!/)(?:{_AND}{_NUMBERS}(?!/))*{_AND}{_NUMBERS}/(?P<year>\d{{4}}|\d{{2}})(?!\d)"
)
_ONE_DAY = re.compile(rf"(?:(?P<month>{_MONTH})\.?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)", re.IGNORECASE)
MONEY = re.compile(
    r"(?P<open>\()?(?<![\w.])-?\$?\s?(?P<sign>-)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d+\.\d{2}|(?<=\$)\d+|(?<=\$ )\d+)(?![\d%])"
)
_ID = re.compile(
    r"#?\s?(?P<id>(?:[A-Z]{1,5} (?=[A-Z0-9-]*\d))?[A-Za-z0-9](?:[A-Za-z0-9]|[-./_*](?=[A-Za-z0-9*])|- (?=\d{3}))*"
    r"(?: \d{5,}(?=[:;])| \d{2,}(?=,\s)"
    # a group of capitals within the number, which ends its cell: "2026009 EA 55102"
    r"| [A-Z]{1,3} \d{3,}(?=\s*(?:$|[\t\n|]))| (?:(?=[A-Z0-9-]*\d)[A-Z0-9-]+|[A-Z])(?![A-Za-z0-9:,-]))*)"
)
_BEHIND_NAME = re.compile(
    r"\s*(?:[A-Z][A-Za-z'’.-]*,?\s+){1,4}[A-Z][A-Za-z'’.-]*\s*(?:/|\||\(|\[|,|;|#|\s[-–—]\s|\s{2,})\s*"
    r"(?:(?:member|subscriber|plan|medicaid|medicare|card|insured|enrollee)\s+)?(?:(?:id|no|number)\b\.?|#)?[\s:#.]*"
    r"(?=[\w -]*\d)",
    re.IGNORECASE,
)
_FEWEST_OF_A_MEMBER = 5
_TIN = re.compile(r"\d{2}-?\d{7}(?!\d)")
_TIN_AS_READ = re.compile(rf"{LIKE_A_DIGIT}{{2}}-?{LIKE_A_DIGIT}{{7}}(?!\w)")
_NPI = re.compile(r"(?<![\dA-Za-z])[\dlI|]\d{9}(?!\d)")
_NPI_AS_READ = re.compile(rf"(?<!\w)(?:{LIKE_A_DIGIT} ?){{9}}{LIKE_A_DIGIT}(?!\w)")
_FEWEST_DIGITS = 7
"""Of nine or ten signs that shall be a number; with fewer it may be a word."""
_DURATION = re.compile(
    r"\d{1,3}\s*(?:\(|calendar|business|working|consecutive|days?\b|months?\b|hours?\b|years?\b|weeks?\b|%)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:fax|tel|phone|ph|call)(?:(?=[.\s#:])\.?\s?#?:?\s?\(?\d{3}|\(?\d{3}\)?[-. ]\d{3})", re.IGNORECASE
)
_PHONE = re.compile(r"(?:1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}")
_TEN_DIGITS = re.compile(r"(?!8(?:00|33|44|55|66|77|88))\d{3}([- ])\d{3}\1\d{4}")
"""Ten digits parted as a phone number's, and none that is toll-free."""
_RULES = {"NCD", "LCD", "CPT", "HCPCS", "ICD", "CFR", "USC", "MCG", "CMS", "FORM", "PO", "BOX"}
_LABELS = re.compile(r"(?:NPI|TIN|DOB|DOS|CLAIM|GROUP|ACCT|PTAN) ?(?=\d)")
"""What is set in capitals before a number of its own begins no other number: "(NPI 1999929031)"."""
_LCD = re.compile(r"D?[LA]\d{5}$")


def dates(text: str, *, latest_year: int = 2099) -> Iterator[Found]:
    """Every possible date of ``text`` as ISO; an impossible one is none. Two-digit years are 1930 to 2029."""
    if not _DIGIT.search(text):
        return
    text = text.replace("_", " ")  # the mark of slanted type
    plain = _HYPHEN_OF_RANGE.sub(" ", _LETTER_IN_NUMBER.sub(lambda m: "0" if m.group() in "Oo" else "1", text))
    for hit in DATE.finditer(plain):
        group = hit.groupdict()
        kind = next(k for k in "123456" if group[f"y{k}"])
        month = group[f"m{kind}"]
        year = int(group[f"y{kind}"].lstrip("'"))
        year += (2000 if year < 30 else 1900) if year < 100 else 0
        try:
            day = date(year, int(month) if month.isdigit() else _MONTHS[month.casefold()], int(group[f"d{kind}"]))
        except ValueError:
            continue
        if day.year <= latest_year:
            yield day.isoformat(), hit.start(), hit.end()


def days_sharing_year(text: str) -> list[Found]:
    """The days of a range or a list at the start of ``text`` that prints its year once, at the end.

    ``January 5-7, 2026``, ``March 2, 4 and April 9, 2026``, ``3rd to 8th June 2026``, ``03/02, 03/04 and 03/11/2026``.
    """
    if hit := _DAYS_OF_MONTH.match(text):
        return _each(_ONE_DAY.finditer(text, 0, hit.start("year")), year=hit["year"], month=None)
    if hit := _DAYS_BEFORE_MONTH.match(text):
        return _each(_ONE_DAY.finditer(text, 0, hit.start("month")), year=hit["year"], month=hit["month"])
    if hit := _NUMBERS_OF_YEAR.match(text):
        days = re.finditer(r"\d{1,2}/\d{1,2}", text[: hit.end()])
        found = [(next(dates(f"{d.group()}/{hit['year']}"), None), d.start(), d.end()) for d in days]
        return [(one[0], start, end) for one, start, end in found if one is not None]
    return []


def _each(days: Iterator[re.Match[str]], *, year: str, month: str | None) -> list[Found]:
    """Each day of a list with the month before it, or with the last month named."""
    found: list[Found] = []
    for day in days:
        month = day["month"] or month
        one = next(dates(f"{month} {day['day']}, {year}"), None)
        if one is not None:
            found.append((one[0], day.start(), day.end()))
    return found


def identifier(text: str, *, as_phone: bool = False) -> Found | None:
    """An identifier at the very start of ``text``: at least three characters and a digit; no phone number, no date.

    ``as_phone``: ten digits may be parted as those of a phone number are ("921 448 0376"), but for a toll-free one's.
    """
    hit = _ID.match(text)
    if not hit:
        return None
    value = hit.group("id")
    if (
        len(value) < 3
        or not _DIGIT.search(value)
        or (_PHONE.fullmatch(value) and not (as_phone and _TEN_DIGITS.fullmatch(value)))
        or _LCD.match(value)
        or DATE.match(text)
        or _CALLED.match(value)
        or _LABELS.match(value)
    ):
        return None
    first = value.replace("- ", "-").split(" ")[0]
    if not any(ch.isdigit() for ch in first) and not (
        first.isupper() and first.isalpha() and len(first) <= 5 and first not in _RULES
    ):
        return None
    if _DURATION.match(text, hit.start("id")):
        return None
    return value.replace(" ", ""), hit.start("id"), hit.start("id") + len(value)


def behind_name(text: str) -> Found | None:
    """An identifier behind a person's name that begins ``text``: ``Jane Doe / W1234567``."""
    hit = _BEHIND_NAME.match(text)
    found = identifier(text[hit.end() :]) if hit else None
    if hit is None or found is None or _digits(found[0]) < _FEWEST_OF_A_MEMBER or MONEY.match(text, hit.end()):
        return None
    return found[0], found[1] + hit.end(), found[2] + hit.end()


def npi(text: str) -> Found | None:
    """A ten-digit NPI anywhere in ``text``, its first digit as a scan may show it.

    One with other look-alikes, or parted by a space, counts where its check digit is right.
    """
    if hit := _NPI.search(text):
        return re.sub(r"^[lI|]", "1", hit.group()), hit.start(), hit.end()
    for hit in _NPI_AS_READ.finditer(text):
        value = digits_read(hit.group()).replace(" ", "")
        if _digits(hit.group()) >= _FEWEST_DIGITS and value[0] in "12" and luhn(value):
            return value, hit.start(), hit.end()
    return None


def _digits(text: str) -> int:
    return sum(ch.isdigit() for ch in text)


def luhn(number: str) -> bool:
    """Whether an NPI's check digit is right (with the prefix 80840)."""
    total = 0
    for place, digit in enumerate(reversed("80840" + number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def tin(text: str) -> Found | None:
    """A nine-digit tax id at the start of ``text``, its digits as a scan may show them."""
    plain = text.lstrip()
    lead = len(text) - len(plain)
    hit = _TIN.match(plain) or _TIN_AS_READ.match(plain)
    if hit is None or _digits(hit.group()) < _FEWEST_DIGITS:
        return None
    return digits_read(hit.group()).replace("-", ""), lead, lead + hit.end()


def mended_amounts(text: str) -> str:
    """The text, as long as before, with the letters O that a scan put among the digits of an amount made zeros."""
    return _LETTERS_O.sub(lambda hit: "0" * len(hit.group()), text)


def money(text: str) -> Found | None:
    """The first amount of ``text``, as a decimal string."""
    text = mended_amounts(text)
    hit = MONEY.search(text)
    if not hit:
        return None
    number = hit.group("number").replace(",", "")
    number = number if "." in number else f"{number}.00"
    negative = (
        hit.group().lstrip("(").startswith("-")
        or hit.group("sign")
        or (hit.group("open") and text[hit.end() : hit.end() + 1] == ")")
    )
    return ("-" if negative else "") + number, hit.start(), hit.end()


_SMALL_WORD = re.compile(
    r"(?<![A-Za-zÀ-ÿ'’-])(?!(?:de|la|van|von|der|del|di|da|bin|st|den|el|al|y|jr|sr|ii|iii|iv)\b)[a-z]"
)
"""A word in small letters that no name has."""
_PERSON_WORD = r"(?:[A-ZÀ-Þ][A-Za-zÀ-ÿ'’\-]*\.?|[A-Z]\.?|de|la|van|von|der|del|di|da|bin|st\.)"
_RETIRED = re.compile(r"\(ret(?:ired|\.)?\)\s+", re.IGNORECASE)
_PERSON = re.compile(
    rf"(?P<name>{_PERSON_WORD}(?:,?\s+{_PERSON_WORD}){{1,4}}(?:,?\s+(?:jr|sr|ii|iii|iv)\.?)?)",
    re.IGNORECASE,
)


_AFTER_PERSON = re.compile(
    r"\s*(?:,\s*[A-Z]{2,5}[ -]?(?=\d{3})|\(|;|\||/|\s{2,}| - |\bDOB\b|\b(?i:born)\b"
    r"|\b(?:ID|MRN|MBI|HICN|DBN|CIN|SSN)\b|#|\d"
    rf"|,\s*(?i:{_MONTH})\.?\s+\d)"
)


def person(text: str, words: NameKnowledge) -> Found | None:
    """A person's name at the start of ``text``: two to five words with capitals, as ``Doe, Jane M.``.

    None of them may be a word that stands in no name; what the person is called before it ("Enrollee") is passed over.
    """
    lead = len(text) - len(text.lstrip(" *_"))
    lead += words.person_role.end_of_opening(text[lead:])
    if title := words.honorific.end_of_opening(text[lead:]):
        retired = _RETIRED.match(text, lead + title)
        lead = retired.end() if retired else lead + title
    body = _AFTER_PERSON.split(text[lead:], maxsplit=1)[0].rstrip(" ,*_:|“”\"'")
    if (role := words.person_role.last_in(body)) == len(body) and role > 0:
        body = words.person_role.pattern.sub("", body).rstrip(" ,*_") if body[:1].isupper() else body
    hit = _PERSON.fullmatch(body)
    if not hit or not body[:1].isupper() or words.no_person.found_in(body) or _SMALL_WORD.search(body):
        return None
    return hit.group("name"), lead + hit.start("name"), lead + hit.end("name")
