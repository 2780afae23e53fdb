"""practice.yaml -> ``Practice``. Every scalar of it is a text, so an id keeps its zeros; unknown keys are refused."""

import os
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from pipeline.errors import UsageError
from pipeline.knowledge.entry import Strict
from pipeline.values.practice import Clinician, ContractTerms, Place, Practice

_ADVICE = "Mend that entry; `denials init` on an empty folder writes a file with every key explained."
_NOT_DIGITS = re.compile(r"[\s().+\-/]")
_REASONS = {
    "extra_forbidden": "there is no such key",
    "missing": "it is missing",
    "tuple_type": "it must be a list, each entry on a line of its own after '- '",
    "string_type": "it must be one text",
    "string_too_short": "it is empty",
    "int_parsing": "it is not a whole number",
    "bool_parsing": "it is neither yes nor no",
    "model_type": "it must be keys with values",
    "dict_type": "it must be keys with values",
}
_TIN_DIGITS, _NPI_DIGITS, _PHONE_DIGITS = 9, 10, 10
_NAME_LETTERS = 100


def load_practice(path: Path) -> Practice:
    """Who we are. An empty file is an empty practice.

    Raises:
        UsageError: naming the file and the key that is wrong.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    except OSError as error:
        raise _wrong(path, os.strerror(error.errno or 0).lower()) from None
    except UnicodeDecodeError:
        raise _wrong(path, "it is not UTF-8 text") from None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}" if error.problem_mark else "somewhere"
        raise _wrong(path, f"it is not YAML at {line} ({error.problem})") from None
    except yaml.YAMLError:
        raise _wrong(path, "it is not YAML") from None
    try:
        return _practice(_PracticeFile.model_validate({} if raw in (None, "") else raw))
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        raise _wrong(path, f"{_key(first['loc'])}: {_reason(first)}") from None


def _wrong(path: Path, why: str) -> UsageError:
    return UsageError(f"practice file {path}", why=why, advice=_ADVICE)


def _key(place: tuple[int | str, ...]) -> str:
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return words.lstrip(".") or "the file"


def _reason(error: Any) -> str:
    return _REASONS.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")


def _digits(value: str, *, count: int, what: str) -> str:
    digits = _NOT_DIGITS.sub("", value)
    if count == _PHONE_DIGITS and len(digits) == count + 1 and digits.startswith("1"):
        digits = digits[1:]
    if not digits.isascii() or not digits.isdigit() or len(digits) != count:
        raise ValueError(f"{what} has {count} digits")
    return digits


def _tin(value: str) -> str:
    return _digits(value, count=_TIN_DIGITS, what="a TIN")


def _phone(value: str) -> str:
    return _digits(value, count=_PHONE_DIGITS, what="a phone or fax number")


def _npi(value: str) -> str:
    """Ten digits whose last is the Luhn check digit over ``80840`` and the first nine (45 CFR 162.406)."""
    digits = _digits(value, count=_NPI_DIGITS, what="an NPI")
    total = 0
    for place, digit in enumerate(reversed(f"80840{digits}")):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    if total % 10:
        raise ValueError("the check digit of this NPI is wrong")
    return digits


def _money(value: str) -> str:
    try:
        amount = Decimal(value.replace("$", "").replace(",", "").strip())
    except InvalidOperation:
        raise ValueError("it is not an amount of money") from None
    if not amount.is_finite() or amount < 0:
        raise ValueError("it is not an amount of money")
    return f"{amount:.2f}"


def _nothing(value: object) -> object:
    """An empty value, ``~`` and ``null`` are not said; the loader gives them as texts."""
    return None if isinstance(value, str) and value.strip() in ("", "~", "null") else value


def _none_is_empty(value: object) -> object:
    said = _nothing(value)
    return () if said is None else said


_Text = Annotated[str, Field(min_length=1)]
_Npi = Annotated[str, AfterValidator(_npi)]
_Phone = Annotated[str, AfterValidator(_phone)]
_Tin = Annotated[str, AfterValidator(_tin)]
_Money = Annotated[str, AfterValidator(_money)]
_Days = Annotated[int, Field(gt=0, le=3650)]
_Optional = BeforeValidator(_nothing)
_Listed = BeforeValidator(_none_is_empty)


class _ClinicianEntry(Strict):
    name: _Text
    npi: Annotated[_Npi | None, _Optional] = None
    specialty: Annotated[_Text | None, _Optional] = None


class _PlaceEntry(Strict):
    name: Annotated[str, Field(min_length=1, max_length=_NAME_LETTERS)]
    npis: Annotated[tuple[_Npi, ...], _Listed] = ()
    tins: Annotated[tuple[_Tin, ...], _Listed] = ()
    known_as: Annotated[tuple[_Text, ...], _Listed] = ()
    folders: Annotated[tuple[_Text, ...], _Listed] = ()


class _ContractEntry(Strict):
    payer: _Text
    line_of_business: Annotated[_Text | None, _Optional] = None
    participating: Annotated[bool | None, _Optional] = None
    dispute_days: Annotated[_Days | None, _Optional] = None
    corrected_claim_days: Annotated[_Days | None, _Optional] = None
    retro_authorization_days: Annotated[_Days | None, _Optional] = None
    write_off_below: Annotated[_Money | None, _Optional] = None
    expected_allowed: Annotated[dict[_Text, _Money], BeforeValidator(lambda v: _nothing(v) or {})] = Field(
        default_factory=dict
    )


class _PracticeFile(Strict):
    names: Annotated[tuple[_Text, ...], _Listed] = ()
    tins: Annotated[tuple[_Tin, ...], _Listed] = ()
    npis: Annotated[tuple[_Npi, ...], _Listed] = ()
    phones: Annotated[tuple[_Phone, ...], _Listed] = ()
    faxes: Annotated[tuple[_Phone, ...], _Listed] = ()
    locations: Annotated[tuple[_Text, ...], _Listed] = ()
    clinicians: Annotated[tuple[_ClinicianEntry, ...], _Listed] = ()
    contracts: Annotated[tuple[_ContractEntry, ...], _Listed] = ()
    places: Annotated[tuple[_PlaceEntry, ...], _Listed] = ()


def _practice(file: _PracticeFile) -> Practice:
    return Practice(
        names=file.names,
        tins=file.tins,
        npis=file.npis,
        phones=file.phones,
        faxes=file.faxes,
        locations=file.locations,
        clinicians=tuple(Clinician(**entry.model_dump()) for entry in file.clinicians),
        contracts=tuple(ContractTerms(**entry.model_dump()) for entry in file.contracts),
        places=tuple(Place(**entry.model_dump()) for entry in file.places),
    )
