"""Who we are, from practice.yaml. Everything works without it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """One of our clinicians."""

    name: str
    npi: str | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """What our contract with a payer says; windows in calendar days, money as decimal strings."""

    payer: str
    line_of_business: str | None = None
    participating: bool | None = None
    dispute_days: int | None = None
    corrected_claim_days: int | None = None
    retro_authorization_days: int | None = None
    write_off_below: str | None = None
    expected_allowed: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One of our locations, and by what a case is known to be its own.

    ``npis`` and ``tins`` (digits) and ``known_as`` (names of providers or of the location, as letters and our own lists
    write them) belong to this location alone; ``folders`` are patterns of patient folders (``N-*``).
    """

    name: str
    npis: tuple[str, ...] = ()
    tins: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Our names and numbers (digits only for TINs, NPIs, phone and fax); ``locations`` are addresses."""

    names: tuple[str, ...] = ()
    tins: tuple[str, ...] = ()
    npis: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    faxes: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    clinicians: tuple[Clinician, ...] = ()
    contracts: tuple[ContractTerms, ...] = ()
    places: tuple[Place, ...] = ()
