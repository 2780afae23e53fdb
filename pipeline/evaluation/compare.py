"""When an answer equals a gold answer, field by field (contract, section 4).

Answers and gold are the contract's JSON; in gold a finding is its bare value. The rules are those that the contract's
own comparison uses, so that both print the same digits.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

SCALARS = (
    "letter_date", "member_name", "member_id", "group_number", "claim_number", "reference_number", "payer", "plan_type",
    "funding", "provider_name", "provider_npi", "billed_amount", "denied_amount",
)  # fmt: skip
LISTS = ("dates_of_service", "procedure_codes", "diagnosis_codes", "modifiers", "carc", "rarc")
COMPOUNDS = (
    "authorizations", "denial_reasons", "policy_citations", "citation_kinds", "requested_evidence", "clocks", "due",
    "contacts",
)  # fmt: skip
FIELDS = ("kind", *SCALARS, *LISTS, *COMPOUNDS)

_SOURCE = {"due": "clocks", "citation_kinds": "policy_citations"}
_NAMES = {"payer", "provider_name", "member_name"}
_MONEY = {"billed_amount", "denied_amount"}
_UNKNOWN_IS_NULL = {"plan_type", "funding"}
_COMPOUND_KEYS = {"kind", "category", "purpose", "evidence_type", "number"}
_EMPTY_WORDS = {"inc", "the", "of", "llc", "co", "mr", "ms", "mrs", "dr", "md", "do"}
_NAME_ALIKE = 0.9
_TITLE_ALIKE = 0.8
_EDITION_LENGTH = 4

Letter = dict[str, Any]


def items(field: str, letter: Letter) -> list[Any] | None:
    """What is compared for a field, or None where the letter has no such key (then it is not scored)."""
    key = _SOURCE.get(field, field)
    if key not in letter:
        return None
    if field in {"due", "clocks"}:
        return _clock_items(field, letter)
    value = bare(letter[key])
    if value is None:
        return []
    values = [bare(v) for v in (value if isinstance(value, list) else [value])]
    values = [v for v in values if v not in (None, "", []) and not (field in _UNKNOWN_IS_NULL and v == "unknown")]
    if field in COMPOUNDS:
        return _compound_items(field, [v if isinstance(v, dict) else {"number": v, "value": v} for v in values])
    return sorted({alnum(v) for v in values}) if field in LISTS else values


def bare(value: Any) -> Any:
    """The value of a finding; a compound finding stays whole."""
    if isinstance(value, dict) and "value" in value and not _COMPOUND_KEYS & set(value):
        return value["value"]
    return value


def stated(letter: Letter) -> list[dict[str, Any]]:
    """The clocks that the letter itself states."""
    return [c for c in letter.get("clocks") or [] if c.get("basis") not in ("rule", "confirm")]


def compare(field: str, gold: Sequence[Any], answer: Sequence[Any]) -> tuple[int, list[Any], list[Any]]:
    """``(hits, missed gold items, surplus answers)``."""
    left, hits, missed = list(answer), 0, []
    for wanted in gold:
        match = next((a for a in left if _same_item(field, wanted, a)), None)
        if match is None:
            missed.append(wanted)
        else:
            hits += 1
            left.remove(match)
    return hits, missed, left


def alnum(value: Any) -> str:
    """Letters and digits only, case-blind."""
    return re.sub(r"[^0-9a-z]", "", str(value).casefold())


def _clock_items(field: str, letter: Letter) -> list[Any]:
    if field == "due":
        return sorted({(c.get("kind"), c["due"]) for c in stated(letter) if c.get("due")})
    return sorted(
        {(c.get("kind"), str(c["amount"]), c.get("unit")) for c in stated(letter) if c.get("amount") is not None},
        key=str,
    )


def _compound_items(field: str, found: list[dict[str, Any]]) -> list[Any]:
    if field == "denial_reasons":
        return sorted({f.get("category") or f.get("value") for f in found})
    if field == "requested_evidence":
        return sorted({f.get("evidence_type") or f.get("value") for f in found} - {None})
    if field == "authorizations":
        return sorted({alnum(f.get("number") or f.get("value") or "") for f in found})
    if field == "policy_citations":
        return [(f.get("number") or f.get("section"), f.get("title") or f.get("text")) for f in found]
    if field == "citation_kinds":
        kinds = {
            (alnum(f.get("number") or f.get("section") or f.get("title") or ""), f["kind"])
            for f in found
            if f.get("kind")
        }
        return sorted(kinds, key=str)
    contacts = {
        (f.get("purpose"), f.get("channel"), alnum(f.get("value") or "")) for f in found if f.get("channel") != "mail"
    }
    return sorted(contacts, key=str)


def _same_item(field: str, gold: Any, answer: Any) -> bool:
    if field == "policy_citations":
        return _same_citation(gold, answer)
    return _same_scalar(field, gold, answer) if field in SCALARS else bool(gold == answer)


def _same_scalar(field: str, gold: Any, answer: Any) -> bool:
    if field in _MONEY:
        return _money(gold) == _money(answer)
    if field not in _NAMES:
        return alnum(gold) == alnum(answer)
    a, b = _words(gold), _words(answer)
    if a == b:
        return True
    if field != "member_name" and a and b and (set(a) <= set(b) or set(b) <= set(a)):
        return True
    return _alike(a, b) >= _NAME_ALIKE


def _same_citation(gold: tuple[Any, Any], answer: tuple[Any, Any]) -> bool:
    (number, title), (found_number, found_title) = gold, answer
    if number:
        short, long = sorted((alnum(number), alnum(found_number or found_title or "")), key=len)
        if not short:
            return False
        edition = len(long) - len(short) <= _EDITION_LENGTH and len(short) >= _EDITION_LENGTH
        return short == long or (long.startswith(short) and edition)
    return bool(title) and _alike(_words(title), _words(found_title or found_number or "")) >= _TITLE_ALIKE


def _words(value: Any) -> list[str]:
    return sorted(set(re.findall(r"[a-z0-9]+", str(value).casefold())) - _EMPTY_WORDS)


def _alike(a: list[str], b: list[str]) -> float:
    return SequenceMatcher(None, " ".join(a), " ".join(b)).ratio()


def _money(value: Any) -> str:
    text = re.sub(r"[^0-9.()\-]", "", str(value))
    sign = -1 if "-" in text or text.startswith("(") else 1
    try:
        return str((sign * Decimal(re.sub(r"[^0-9.]", "", text))).quantize(Decimal("0.01")))
    except InvalidOperation:
        return str(value)
