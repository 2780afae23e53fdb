"""Whether a document is signed, and by whom: a mark that it is not wins over everything."""

import re
from collections.abc import Sequence

CREDENTIALS = (
    r"(?:MD|M\.D\.|DO|D\.O\.|NP-C|NP|PA-C|PA|P\.A\.|FNP-C|FNP-BC|FNP|AGNP-C|AGNP|CRNP|APRN|DNP|ARNP|CNP|PharmD|RPh|PTA|PT|OT"
    r"|OTR/L|COTA|DPT|SLP|RN|BSN|MSN|PhD|MBBS)"
)
_WHO = r"[A-Z][\w.'’-]*(?: +[A-Z][\w.'’-]*){1,3},? +" + CREDENTIALS + r"(?!\w|-\d)"
NAME_CREDENTIALS = re.compile(rf"(?P<who>{_WHO})")
LABELS = re.compile(
    r"\b(?:Payer|Provider|Name|Information|Address|Phone|Date|Physician|Letter|Request|Prior|Authorization|Appeal|Necessity"
    r"|Medical|Botox|Medication|Pharmacy|Clinic|Message|Encounter|Strength|Dose|Note|Calendar|Diary|Log|Record|Visit|Dr)\b"
)
"""Words of a label: what holds one is nobody's name."""
_NAME = re.compile(r"\s*(?:by\b)?\s*:?\s*(?P<who>(?:Dr\.? )?[A-Z][\w'’-]+(?:\.? +[A-Z][\w.'’-]*){1,3})")
_SIGNED = re.compile(
    r"(?:\b(?:electronically|digitally|e)[\s-]*(?:signed|authenticated|approved|verified|attested)"
    r"|\b(?:signed|authenticated|approved|attested|finalized)[\s,]+(?:and\s+\w+\s+)?(?:electronically|digitally)"
    r"|(?<!\w)/e?s/"
    r"|\b(?:signed|authenticated|attested|finalized and signed|reviewed and signed"
    r"|dictated and signed)\s*(?:by)?\s*:\s*(?=\S)"
    r"|\b(?:authenticated|signed|finalized and signed|reviewed and signed)\s+by\s+(?-i:(?=[A-Z]))"
    # "Dictated and signed, Ann Lee, M.D.", "Signature: A. Lee RN": only before a name with its credentials
    rf"|(?:(?:^|\band\s+)signed,|\bsignature\s*:)\s*(?-i:(?={_WHO})))",
    re.IGNORECASE,
)
_SIGNED_ON = re.compile(
    r"\b(?:e-?)?(?:signed|sign|sig|authenticated|attested|finalized)\b\.?\s*:?\s*(?:on\s+|at\s+)?"
    r"(?=\d{1,4}[/.-]\d|\d{1,2}[- ](?-i:[A-Z])[a-z]{2}|(?-i:[A-Z])[a-z]{2,8}\.? \d)",
    re.IGNORECASE,
)
"""A signature only behind a name with its credentials."""
# "Ann Lee, MD (Neurology)  signed ...", "Ann Lee, MD - Headache Medicine - authenticated ...", "Lic 22817"
_OF_THE_SIGNER = re.compile(
    rf"[\s.,;)|/\u2013\u2014-]*(?:(?:{CREDENTIALS}|\([^)]{{1,40}}\)|(?:Lic|License|NPI)\b\.?\s*\#?:?\s*\w+"
    rf"|[A-Z][\w&/.-]*(?:\s+(?:of|and|&|[A-Z][\w&/.-]*)){{0,6}})[\s.,;)|/\u2013\u2014-]*){{0,3}}"
)
"""What may stand between a name with its credentials and the word that says it was signed."""
_BLANK = re.compile(
    r"\b(?:physician|provider|prescriber|clinician|practitioner|doctor|practitioner)(?:'s|\u2019s)?\s+signature\s*:?\s*_{3,}",
    re.IGNORECASE,
)
"""The line on which the clinician was to sign, empty as far as can be read."""
_NOT_SIGNED = re.compile(
    r"\b(?:not|never|un|to be|awaiting|pending|needs?|patient|consent)\b[\s\w]{0,20}$", re.IGNORECASE
)
_UNSIGNED = re.compile(
    r"\bunsigned\b|\bnot (?:yet )?(?:been )?(?:electronically )?signed\b|\bpending (?:\w+ )?(?:signature"
    r"|co-?sign\w*)\b|\bawaiting (?:\w+ )?(?:signature|co-?sign\w*)\b"
    r"|\bdraft\b|\bpreliminary\b|\bsignature\s*:\s*_{2,}|\bsignature:?\s*$|\bsigned(?: by)?\s*:\s*(?:_{2,}|$)"
    r"|\bnote (?:is )?incomplete\b",
    re.IGNORECASE,
)


def signature_of(texts: Sequence[str]) -> tuple[bool | None, str | None]:
    """Whether it is signed and by whom; a mark that it is not wins."""
    if any(_UNSIGNED.search(t) for t in [*texts[:6], *texts[-10:]]) or any(_BLANK.search(t) for t in texts):
        return False, None
    for number in range(len(texts) - 1, -1, -1):
        text = texts[number]
        m = _SIGNED.search(text)
        if m is None and (signed := _signed_on(texts, number)) is not None:
            return True, signed
        if m is None or _NOT_SIGNED.search(text[: m.start()]):
            continue
        near = (text[m.end() :], text, texts[number - 1] if number else "", *texts[number + 1 : number + 2])
        named = next((n["who"] for t in near if (n := NAME_CREDENTIALS.search(t))), None)
        plain = _NAME.match(text[m.end() :])
        return True, named or (plain["who"] if plain and not LABELS.search(plain["who"]) else None)
    return None, None


def _signed_on(texts: Sequence[str], number: int) -> str | None:
    """Who signed at ``Signed 02/19/2026``: the name with credentials at the end of the words before it."""
    m = _SIGNED_ON.search(texts[number])
    if m is None or _NOT_SIGNED.search(texts[number][: m.start()]):
        return None
    lead = texts[number][: m.start()].strip() or (texts[number - 1] if number else "")
    named = [n for n in NAME_CREDENTIALS.finditer(lead) if _OF_THE_SIGNER.fullmatch(lead, n.end())]
    return named[-1]["who"] if named else None
