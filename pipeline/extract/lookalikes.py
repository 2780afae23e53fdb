"""Letters and digits that a scan takes for each other, mended only where a known shape says which of the two it is."""

import re

_DIGIT_OF = str.maketrans("OoIlLi|]}SsBZzGb", "0011111115582266")
_SAME = str.maketrans("OQIL|]}SBZG", "00111115826")
LIKE_A_DIGIT = r"[\dOoIlLi|\]}SsBZzGb]"
_MOST_MENDED = 3


_PHONE = re.compile(
    rf"(?<![\w-])\(?{LIKE_A_DIGIT}{{3}}\)?[-. ]{{1,2}}{LIKE_A_DIGIT}{{3}}[-. ]{{1,2}}{LIKE_A_DIGIT}{{4}}(?!\w)"
)
_FEWEST_DIGITS = 6
"""Of ten; with fewer it may be words."""


def phones_mended(text: str) -> str:
    """The text, as long as before, with the look-alikes in its phone numbers made digits.

    >>> phones_mended("Fax: 8OO-555-Ol48 or Bob")
    'Fax: 800-555-0148 or Bob'
    """
    return _PHONE.sub(lambda hit: digits_read(hit[0]) if _is_number(hit[0]) else hit[0], text)


def _is_number(printed: str) -> bool:
    return sum(ch.isdigit() for ch in printed) >= _FEWEST_DIGITS


def digits_read(text: str) -> str:
    """What digits the text is, where it can be digits only.

    >>> digits_read("I99999513]")
    '1999995131'
    """
    return text.translate(_DIGIT_OF)


def folded(text: str) -> str:
    """The letters and digits of an identifier, those that look alike made one: two readings of one print are equal.

    >>> folded("2O26-0412-7l") == folded("2026 0412 71")
    True
    """
    return re.sub(r"[^A-Z0-9]", "", text.upper().translate(_SAME))


def mended_shape(text: str, shape: str) -> str | None:
    """The text with its look-alikes mended to fit a shape (``9`` a digit, ``A`` a letter, ``X`` either, else itself).

    None where the text is of another shape, or so much of it would have to be mended that it may be anything.

    >>> mended_shape("J0S85", "A9999")
    'J0585'
    >>> mended_shape("HELLO", "A9999") is None
    True
    """
    if len(text) != len(shape):
        return None
    out = []
    for letter, wanted in zip(text, shape, strict=True):
        mended = _fitting(letter, wanted)
        if mended is None:
            return None
        out.append(mended)
    value = "".join(out)
    return value if sum(a != b for a, b in zip(text, value, strict=True)) <= _MOST_MENDED else None


_NUMBERED = re.compile(
    r"(?P<word>REF|CLM|CASE|AUTH|INQ|GRP|ACCT|[HRS](?=[\dO]{4}-))(?P<gap>-?)(?P<digits>[\dOQ]{4,})(?P<rest>\D.*)?"
)
"""A word for a number, or the letter of a Medicare contract (domain.md D.5), before its digits."""
_HYPHEN = re.compile(r"(?<=[A-Z0-9])[~=]-?(?=\d{3})|(?<=\d)(?:~-|--)(?=\d{3})")
_STROKE = re.compile(r"(?<=\d)[!|](?=\d{2})")
_FIVE = re.compile(r"(?<=\d)\$(?=\d{2})")
"""Signs that no identifier has, as a fax's hyphens, ones and fives are read."""
_TWICE = re.compile(r"\$(?=S[A-Z\d]{3})|[£€](?=E[A-Z\d]{3})")
"""A sign that a letter was read as, beside that letter."""
_SIGN = re.compile(r"[£€](?=[A-Z\d]{4})|\$(?=[A-Z]{2}\d)")
_NOUGHTS = re.compile(r"(?<![A-Z0-9])[OQ]{2}(?=\d{3})|(?<=\d[- ])[OQ](?=\d{2})")
"""No number begins with two letters O, or a part of one behind digits with one."""
_ZEROES = str.maketrans("OQ", "00")


def number_mended(printed: str) -> str:
    """An identifier with the signs and letters mended that cannot stand where they stand; else as it is, as long.

    >>> number_mended("REFO811832"), number_mended("£0017063300"), number_mended("HO603-052363"), number_mended("$120")
    ('REF0811832', 'E0017063300', 'H0603-052363', '$120')
    >>> number_mended("CC-7111~9540"), number_mended("QP49!78635"), number_mended("U70$429552")
    ('CC-7111-9540', 'QP49178635', 'U705429552')
    >>> number_mended("$SKV0048928")
    ' SKV0048928'
    """
    printed = _HYPHEN.sub(lambda hit: "-".ljust(len(hit[0])), printed)
    printed = _FIVE.sub("5", _STROKE.sub("1", printed))
    printed = _NOUGHTS.sub(lambda hit: hit[0].translate(_ZEROES), printed)
    printed = _TWICE.sub(" ", printed, count=1) if _TWICE.match(printed) else printed
    if sign := _SIGN.match(printed):
        printed = ("S" if sign[0] == "$" else "E") + printed[1:]
    hit = _NUMBERED.fullmatch(printed)
    if hit is None or sum(ch.isdigit() for ch in hit["digits"]) < _FEWEST_OF_NUMBER:
        return printed
    return f"{hit['word']}{hit['gap']}{hit['digits'].translate(_ZEROES)}{hit['rest'] or ''}"


def once(number: str) -> str:
    """An identifier without the small letter before its own capital, that a scan reads beside it.

    >>> once("wW53452587"), once("W53452587"), once("pT-480473")
    ('W53452587', 'W53452587', 'pT-480473')
    """
    return number[1:] if number[:2] == number[:1].lower() + number[:1].upper() and number[1:2].isalpha() else number


_FEWEST_OF_NUMBER = 3
_LETTER_OF = {"0": "O", "1": "I", "5": "S", "8": "B", "2": "Z", "6": "G"}


def _fitting(letter: str, wanted: str) -> str | None:
    if wanted == "9":
        digit = letter.translate(_DIGIT_OF)
        return digit if digit.isdigit() else None
    if wanted == "A":
        return letter if letter.isalpha() else _LETTER_OF.get(letter)
    if wanted == "X":
        return letter if letter.isalnum() else None
    return letter if letter == wanted else None
