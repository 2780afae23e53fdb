"""To whom a letter is written, from whom it comes, and whether the service was already given."""

import re

from pipeline.extract.shapes import luhn
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Reading
from pipeline.language.zones import Zone
from pipeline.values.letter import Addressee, LetterKind, ServiceTiming
from pipeline.values.practice import Practice

_CREDENTIAL = re.compile(r"\b(?:M\.?D|D\.?O|N\.?P|P\.?A|PA-C|DPM|DDS|DC|PhD|PsyD|FNP|APRN|CRNP|PT|OD)\b\.?")
_CREDENTIAL_BEHIND = re.compile(rf"\s*,?\s*{_CREDENTIAL.pattern}")
_PLACE_OF_CARE = re.compile(
    r"\b(?:clinic|associates|hospital|medical (?:center|group)|health system|partners|practice|surgery center"
    r"|physicians|"
    r"neurology|orthop(?:a)?edics?|urology|rheumatology|dermatology|specialists|providers?|pharmacy|rehabilitation"
    r"|headache|attn)\b",
    re.IGNORECASE,
)
_DOCTOR = re.compile(
    r"\bdear\s+(?:dr\b|doctor|provider|physician|prescriber|practitioner|billing|facility|colleague"
    r"|sir)",
    re.IGNORECASE,
)
_MEMBER = re.compile(
    r"\bdear\s+(?:member|patient|enrollee|subscriber|participant|policyholder|mr\b|mrs\b|ms\b|miss\b|parent"
    r"|guardian)",
    re.IGNORECASE,
)
_TO_MEMBER = re.compile(
    r"\byour employer\b|\bthis is not a bill\b"
    r"|\byou owe\b|\byou (?:used|saw) an? |\byou or your (?:doctor|prescriber|provider)\b"
    r"|\byour (?:own )?(?:doctor|dentist|surgeon|prescriber|provider|nurse|therapist|plan pays|health|child)\b",
    re.IGNORECASE,
)
_TO_PROVIDER = re.compile(
    r"\byour (?:patient|office(?! visit)|practice)\b|\bthat you (?:submitted|billed)\b", re.IGNORECASE
)
_TO = re.compile(r"^\W*(?:to|attn|attention|prescriber|provider)\W+(\S.{2,70})", re.IGNORECASE | re.MULTILINE)
_POST = Seldom(
    r"\bclaim\s*(?:number|#|id\b|no\b|control)|\b(?:icn|dcn)\b|\btotal (?:billed|charges)"
    r"|\b(?:amount billed|billed amount|charges?|denied amount)\b[^\n]{0,14}\$|\bremittance\b"
    r"|\byour claim (?:for|was|has)|\bprocessed (?:the|your) claim"
    r"|\bthe claim (?:was|has been|is) (?:denied|processed)",
    re.IGNORECASE,
)
_PRE = re.compile(
    r"\b(?:prior authorization request|request for prior|requested service|service requested|requested start"
    r"|pre-?service|pre-?certification|"
    r"your doctor asked|requested by your|request(?:ed)? for (?:coverage|authorization)|request for"
    r"|asked us to cover|date of request|"
    r"utilization (?:management|review))\b", re.IGNORECASE,
)  # fmt: skip
_MONEY = re.compile(r"\$\s?[\d,]+\.\d\d")
_CONCURRENT = Seldom(
    r"\b(?:concurrent|continued stay|continued (?:inpatient|hospital)|additional days|current stay|days? beyond)\b",
    re.IGNORECASE,
)
_TEN_DIGITS = re.compile(r"(?<!\d)[12]\d{9}(?!\d)")
_HELD = re.compile(r"\bpre-?pay(?:ment)? (?:review|audit)\b", re.IGNORECASE)
_DECIDED = frozenset({LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPROVAL, LetterKind.APPEAL_UPHELD})
_OF_PAYER = frozenset({LetterKind.OTHER, LetterKind.ACKNOWLEDGEMENT})


def addressee_of(reading: Reading) -> Addressee:
    """The reader the letter addresses: by salutation first, then by the address block."""
    greeting = " ".join(line.text for line in reading.lines if line.zone is Zone.GREETING)
    block = " ".join(line.text for line in reading.lines if line.zone is Zone.ADDRESS and len(line.cells) == 1)
    name = re.sub(r"(?i)^\W*dear\s+|[\W_]+$", "", greeting).strip()
    if len(name) > 4 and _is_credentialed(name, reading.prose.text):
        return Addressee.PROVIDER
    if _DOCTOR.search(greeting) or _CREDENTIAL.search(greeting):
        return Addressee.BOTH if _MEMBER.search(greeting) else Addressee.PROVIDER
    if _MEMBER.search(greeting):
        return Addressee.MEMBER
    if _CREDENTIAL.search(block) or _PLACE_OF_CARE.search(block):
        return Addressee.PROVIDER
    return Addressee.MEMBER if greeting or block else Addressee.UNKNOWN


def _is_credentialed(name: str, text: str) -> bool:
    """Whether a credential stands behind the name anywhere in the text."""
    place = text.find(name)
    while place >= 0:
        if _CREDENTIAL_BEHIND.match(text, place + len(name)):
            return True
        place = text.find(name, place + 1)
    return False


def reader_of(reading: Reading, addressee: Addressee) -> Addressee:
    """Who reads the letter: as addressed, else by what it says ("your doctor") or by a "To:" that names a practice.

    An address block alone may be that of a practice named in the letter, so what is said to a member outweighs it.
    """
    greeted = any(line.zone is Zone.GREETING for line in reading.lines)
    if addressee is Addressee.UNKNOWN or not greeted:
        said = (line.text for line in reading.lines if line.zone not in {Zone.RIGHTS, Zone.BOILERPLATE})
        text = "\n".join(said)
        if _TO_MEMBER.search(text):
            return Addressee.MEMBER
        if _TO_PROVIDER.search(text):
            return Addressee.PROVIDER
        if any(_CREDENTIAL.search(hit[1]) or _PLACE_OF_CARE.search(hit[1]) for hit in _TO.finditer(text)):
            return Addressee.PROVIDER
    return addressee


def timing_of(reading: Reading, kind: LetterKind) -> ServiceTiming:
    """When the payer decided, seen from the service."""
    text = reading.prose.text
    if kind in _OF_PAYER:
        return ServiceTiming.UNKNOWN
    if kind is LetterKind.OVERPAYMENT_DEMAND:
        return ServiceTiming.POST_PAYMENT
    if _HELD.search(text):
        return ServiceTiming.PREPAYMENT_REVIEW
    if kind is LetterKind.REMITTANCE:
        return ServiceTiming.POST_SERVICE
    shown = [line for line in reading.lines if line.zone not in {Zone.RIGHTS, Zone.BOILERPLATE, Zone.CONTACTS}]
    head = "\n".join(line.text for line in shown)
    if _CONCURRENT.search(head):
        return ServiceTiming.CONCURRENT
    rows = sum(len(_MONEY.findall(line.text)) >= 2 for line in shown if line.zone is Zone.TABLE)
    if _POST.search(head) or rows:
        return ServiceTiming.POST_SERVICE
    pre = _PRE.search(head)
    return ServiceTiming.PRE_SERVICE if pre or kind in _DECIDED else ServiceTiming.UNKNOWN


def from_practice(reading: Reading, practice: Practice) -> bool:
    """Whether the letterhead is our own: one of our names, or our fax or phone number, stands in it."""
    head = " ".join(line.text for line in reading.lines if line.zone is Zone.LETTERHEAD).casefold()
    digits = re.sub(r"\D", "", head)
    return any(name.casefold() in head for name in practice.names if name) or any(
        number in digits for number in (*practice.faxes, *practice.phones) if number
    )


def for_others(reading: Reading, practice: Practice) -> bool:
    """Whether a letter is for another practice: it prints NPIs, none of them ours, and nothing else of ours.

    Only a practice that has told its names and NPIs can be told apart; a number that fails the NPI's check digit proves
    nothing, because a misread digit makes it fail.
    """
    ours = {*practice.npis, *(c.npi for c in practice.clinicians if c.npi)}
    text = reading.prose.text
    printed = {number for number in _TEN_DIGITS.findall(text) if luhn(number)}
    if not (ours and practice.names and printed) or printed & ours:
        return False
    words = " ".join(text.casefold().split())
    names = (*practice.names, *(c.name for c in practice.clinicians))
    digits = re.sub(r"[\s().+-]", "", text)
    numbers = (*practice.tins, *practice.faxes, *practice.phones)
    return not any(name.casefold() in words for name in names if name) and not any(n in digits for n in numbers if n)
