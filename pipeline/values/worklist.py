"""A claim as our own billing system lists it, and how the columns of its list are read."""

from dataclasses import dataclass
from enum import StrEnum


class ListField(StrEnum):
    """What a column of a worklist can hold (``models/worklist_columns.yaml`` has the headings)."""

    MEMBER_NAME = "member_name"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    DATE_OF_BIRTH = "date_of_birth"
    MEMBER_ID = "member_id"
    CLAIM_NUMBER = "claim_number"
    ACCOUNT_NUMBER = "account_number"
    SERVICE_FROM = "service_from"
    SERVICE_TO = "service_to"
    PAYER = "payer"
    PAYER_ID = "payer_id"
    BILLED = "billed"
    EXPECTED = "expected"
    FOLDER = "folder"
    LOCATION = "location"


Mapping = dict[ListField, str]
"""The heading of the column that each field is read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClaim:
    """A row of a worklist. Money as decimal strings, days ISO; ``folder`` names a folder of the charts folder."""

    row: int
    member_name: str | None = None
    date_of_birth: str | None = None
    member_id: str | None = None
    claim_number: str | None = None
    account_number: str | None = None
    days: tuple[str, ...] = ()
    payer: str | None = None
    payer_id: str | None = None
    billed: str | None = None
    expected: str | None = None
    folder: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What our own list says of a claim: only what every row that fits it agrees in."""

    account_number: str | None = None
    payer_id: str | None = None
    billed: str | None = None
    expected: str | None = None
    folder: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReport:
    """What became of a worklist: how its columns are read, how many rows can be tied to a letter, and what cannot.

    ``unread`` are headings that no field has; ``odd`` counts cells that are no day or amount, by field.
    """

    name: str
    columns: dict[str, str]
    unread: tuple[str, ...]
    rows: int
    usable: int
    odd: dict[str, int]
    saved: bool
    cases: int = 0
