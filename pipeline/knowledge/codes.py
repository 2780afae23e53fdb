"""Schema of ``models/codes/``: codes of adjustments, remarks, services and remittances, in own words."""

from typing import Annotated

from pydantic import Field

from pipeline.knowledge.entry import Strict, Verified
from pipeline.knowledge.load import load_record
from pipeline.values.vocabulary import Category

EvidenceId = Annotated[str, Field(pattern=r"^ev\.[a-z_.]+$")]


class CodeEntry(Strict):
    """A code: what it says, the reason it stands for (None: none alone), the evidence it asks for.

    ``generic`` codes decide only where nothing else in the letter does. ``yields_to``: not counted where one of these
    categories was found, because the code has that sense too.
    """

    meaning: str
    category: Category | None
    generic: bool = False
    yields_to: tuple[Category, ...] = ()
    evidence: EvidenceId | None = None


class CodeTable(Strict):
    """A list of codes with one source."""

    source: str
    verified: Verified
    codes: dict[str, CodeEntry]


class ServiceCodes(Strict):
    """Codes of services that are believed with little support, and the modifiers there are."""

    source: str
    verified: Verified
    procedures: dict[str, str]
    modifiers: frozenset[str]


class ClaimStatus(Strict):
    """A status of a claim in a remittance. ``after_other``: another payer decided before; ``not_theirs``: passed on."""

    meaning: str
    after_other: bool = False
    not_theirs: bool = False


class KeptBackCode(Strict):
    """Why a payer changes a payment as a whole; ``takes_back``: money of earlier claims is recovered."""

    meaning: str
    takes_back: bool = False


class RemittanceCodes(Strict):
    """Codes of an electronic remittance. ``denied`` is the status of a claim that was refused whole.

    ``carried_along`` are adjustments that repeat an earlier payer's decision; ``plan_types`` by filing indicator.
    """

    source: str
    verified: Verified
    claim_status: dict[str, ClaimStatus]
    denied: str
    carried_along: frozenset[str]
    kept_back: dict[str, KeptBackCode]
    plan_types: dict[str, str]


class CodeKnowledge(Strict):
    """All code lists."""

    carc: CodeTable
    rarc: CodeTable
    services: ServiceCodes
    remittance: RemittanceCodes


def load_codes() -> CodeKnowledge:
    """The code lists.

    Raises:
        UsageError: naming the file that is wrong.
    """
    return CodeKnowledge(
        carc=load_record("codes/carc.yaml", CodeTable),
        rarc=load_record("codes/rarc.yaml", CodeTable),
        services=load_record("codes/services.yaml", ServiceCodes),
        remittance=load_record("codes/remittance.yaml", RemittanceCodes),
    )
