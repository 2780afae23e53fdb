"""Papers that are no payer's letter about a case: fax cover, invoice, id card, newsletter, recredentialing."""

from random import Random

from pipeline.values.letter import Addressee, ServiceTiming
from sample_letters.generator.answer import Answer, Case
from sample_letters.generator.blocks import Block, Draft, Grid, Heading, Para
from sample_letters.generator.counting import money, say_date
from sample_letters.generator.gold import unscored
from sample_letters.generator.spec import Spec

_KEEP = frozenset({"pages", "kind", "subtype", "denial_reasons"})
Written = tuple[Answer, Draft]


def _plain(
    spec: Spec,
    case: Case,
    rng: Random,
    *,
    subtype: str,
    sender: str,
    title: str,
    rows: tuple[tuple[str, str], ...],
    body: list[Block],
) -> Written:
    answer = Answer(
        kind=spec.kind,
        case=case,
        addressee=Addressee.UNKNOWN,
        timing=ServiceTiming.UNKNOWN,
        subtype=subtype,
        omit=unscored(_KEEP),
    )
    draft = Draft(
        sender=sender,
        sender_address=("Sample Street 1", "Marlow Falls, VT 05499"),
        date=("Date", say_date(rng, case.letter_date)),
        address=(case.practice, *case.practice_address),
        title=title,
        reference=rows,
        salutation=None,
        body=tuple(body),
    )
    return answer, draft


def fax_cover(spec: Spec, case: Case, rng: Random) -> Written:
    """A cover sheet on its own."""
    rows = (
        ("To", case.practice),
        ("From", f"{case.payer.name} Correspondence"),
        ("Fax", "802-555-0177"),
        ("Pages", "4 including cover"),
    )
    body: list[Block] = [
        Heading("CONFIDENTIAL"),
        Para(
            "This facsimile may contain protected health information. If you received it in error, call "
            "the sender and destroy it."
        ),
    ]
    return _plain(
        spec,
        case,
        rng,
        subtype="fax_cover",
        sender="FACSIMILE TRANSMITTAL",
        title="FAX COVER SHEET",
        rows=rows,
        body=body,
    )


def invoice(spec: Spec, case: Case, rng: Random) -> Written:
    """A supplier wants money."""
    price = 64500 + rng.randrange(0, 2000, 5)
    items = (
        ("BTX-100", "Onabotulinumtoxin A 100 unit vial", "4", money(price), money(4 * price)),
        ("NDL-30", "30 gauge needles, box", "2", "$18.40", "$36.80"),
    )
    body: list[Block] = [
        Grid(("Item", "Description", "Qty", "Price", "Amount"), items),
        Para(
            f"Total due: {money(4 * price + 3680)}. Payment is due within 30 days of the invoice date. "
            f"Check No. 40112 was applied to invoice 88172."
        ),
    ]
    rows = (("Invoice Number", f"INV-{case.npi[-6:]}"), ("Account", "JH-20114"), ("Lot", "C8812C3"))
    return _plain(
        spec, case, rng, subtype="invoice", sender="Larkmoor Medical Supply", title="INVOICE", rows=rows, body=body
    )


def id_card(spec: Spec, case: Case, rng: Random) -> Written:
    """A card copied at the front desk."""
    rows = (
        ("Member", case.patient),
        ("ID", case.member_id),
        ("RxBIN", "009999"),
        ("RxPCN", "SAMPLE"),
        ("Copay", "PCP $20 / Specialist $40"),
    )
    body: list[Block] = [
        Para("This card does not guarantee coverage. Prior authorization is required for some services."),
        Para(f"Claims: {', '.join(case.payer.address[-2:])}. Member Services (800) 555-0144."),
    ]
    return _plain(
        spec,
        case,
        rng,
        subtype="id_card",
        sender=case.payer.name,
        title="MEMBER IDENTIFICATION CARD",
        rows=rows,
        body=body,
    )


def newsletter(spec: Spec, case: Case, rng: Random) -> Written:
    """A newsletter that speaks of denials and decides nothing."""
    body: list[Block] = [
        Heading("Healthy habits for the season"),
        Para("A walk of thirty minutes a day helps sleep and mood. Drink water before you feel thirsty."),
        Heading("Know your plan"),
        Para(
            "If a service is denied, you may appeal. A denial can happen when care is experimental, when "
            "prior authorization is missing, or "
            "when a claim is late. Look for the appeal rights in any denial letter: most plans give 180 days."
        ),
        Heading("Did you know?"),
        Para(
            "Some people with chronic migraine are treated with botulinum toxin. Ask your doctor what is right for you."
        ),
    ]
    return _plain(
        spec,
        case,
        rng,
        subtype="newsletter",
        sender=f"{case.payer.name} Member News",
        title="Autumn 2026",
        rows=(),
        body=body,
    )


def credentialing(spec: Spec, case: Case, rng: Random) -> Written:
    """A reminder to a provider."""
    body: list[Block] = [
        Para(
            f"The recredentialing application of {case.provider} (NPI {case.npi}) is due. Please complete "
            f"the attestation in the portal."
        ),
        Para("If the attestation is late, claims of this provider may be denied after the end of the cycle."),
    ]
    return _plain(
        spec,
        case,
        rng,
        subtype="credentialing",
        sender=f"{case.payer.name} Network Management",
        title="Recredentialing reminder",
        rows=(("NPI", case.npi),),
        body=body,
    )
