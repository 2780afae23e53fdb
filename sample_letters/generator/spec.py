"""What a letter shall be, before its details are drawn: read from the public plan, or drawn for a fresh corpus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import Any

from pipeline.values.letter import LetterKind
from sample_letters.generator.bank import payers, reasons, words
from sample_letters.generator.houses import Side, of_side

BOTOX = ("chronic_migraine", "cervical_dystonia", "spasticity", "hyperhidrosis", "overactive_bladder", "blepharospasm")
STYLES = (
    "classic",
    "serif",
    "band",
    "prose",
    "notice",
    "pharmacy",
    "remittance",
    "benefits",
    "agency",
    "plan_sponsor",
    "reviewer",
    "typewriter",
    "portal",
    "contractor",
    "form",
    "sidebar",
)
TEXT_MEDIA = ("pdf", "pdf", "txt", "md")
MEDIA_OF_HOUSES = (*TEXT_MEDIA, "scan", "fax")
MEDIA = ("pdf", "scan", "fax", "fax_low", "photo", "png", "txt", "md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """``when`` is pa or claim; ``extra`` names boilerplate pages; ``other`` names a document that is no denial.

    ``house`` is the house style whose labels, headings and surface forms it has, instead of drawn ones.
    """

    name: str
    kind: LetterKind
    payer: str
    indication: str
    style: str
    medium: str
    when: str = "pa"
    phase: str = "initial"
    categories: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    by_date: bool = False
    laws: bool = False
    stamped: bool = False
    law_extra: str | None = None
    other: str | None = None
    house: str | None = None


def from_plan(row: dict[str, Any]) -> Spec:
    """A row of the public plan as a spec."""
    lists = {k: tuple(row.get(k, ())) for k in ("categories", "extra")}
    return Spec(**{**row, **lists, "kind": LetterKind(row["kind"])})


def public() -> tuple[Spec, ...]:
    """The plan of the public corpus."""
    return tuple(from_plan(row) for row in words("corpus")["letters"])


def fresh(rng: Random, count: int) -> Iterator[Spec]:
    """Specs for ``count`` letters that nobody has seen; three in four about botulinum toxin, one in eight no denial."""
    for i in range(count):
        if i % 8 == 7:
            yield _harmless(rng, f"letter-{i + 1:03d}")
            continue
        when = rng.choice(["pa", "pa", "claim"])
        kind = rng.choice([LetterKind.DENIAL] * 6 + [LetterKind.APPEAL_UPHELD, LetterKind.PARTIAL_DENIAL])
        if kind is LetterKind.DENIAL and rng.random() < 0.1:
            kind, when = rng.choice([LetterKind.DISMISSAL, LetterKind.OVERPAYMENT_DEMAND]), "claim"
        indication = rng.choice(BOTOX) if rng.random() < 0.85 or when == "pa" else rng.choice(["imaging", "therapy"])
        phase = rng.choice(["initial", "continuation"])
        mode = kind.value.split("_")[0] if kind in (LetterKind.DISMISSAL, LetterKind.OVERPAYMENT_DEMAND) else when
        pool = sorted({r["category"] for r in reasons() if usable(r, mode, phase, indication)})
        yield Spec(
            name=f"letter-{i + 1:03d}",
            kind=kind,
            payer=rng.choice(sorted(payers())),
            indication=indication,
            style=rng.choice([s for s in STYLES if s not in ("remittance", "benefits")]),
            medium=rng.choice(["pdf", "pdf", "pdf", "scan", "fax", "txt", "md"]),
            when=when,
            phase=phase,
            categories=tuple(rng.sample(pool, min(len(pool), rng.choice([1, 1, 2, 2, 3])))),
            extra=tuple(rng.sample(["nondiscrimination", "languages", "glossary"], rng.choice([0, 0, 1, 2]))),
            by_date=rng.random() < 0.15,
            laws=rng.random() < 0.4,
            stamped=rng.random() < 0.1,
        )


def _harmless(rng: Random, name: str) -> Spec:
    other = rng.choice(
        ["approval", "acknowledgement", "information_request", "overturned", "outgoing", "newsletter", "invoice"]
    )
    kinds = {
        "approval": LetterKind.APPROVAL,
        "acknowledgement": LetterKind.ACKNOWLEDGEMENT,
        "information_request": LetterKind.INFORMATION_REQUEST,
        "overturned": LetterKind.APPEAL_OVERTURNED,
    }
    return Spec(
        name=name,
        kind=kinds.get(other, LetterKind.OTHER),
        payer=rng.choice(sorted(payers())),
        indication=rng.choice(BOTOX),
        style=rng.choice(["classic", "serif", "band", "sidebar"]),
        medium=rng.choice(["pdf", "scan"]),
        other=other,
    )


def housed(rng: Random, count: int, *, side: Side, media: Sequence[str]) -> Iterator[Spec]:
    """``count`` denials of the house styles of a side, named after them, on these media."""
    known = of_side(side)
    letters = (spec for spec in fresh(rng, 3 * count + 30) if spec.other is None)
    for number, spec in enumerate(islice(letters, count), start=1):
        house = rng.choice(known)
        yield replace(spec, name=f"{house.id}-{number:04d}", house=house.id, style=house.face, medium=rng.choice(media))


def usable(reason: dict[str, Any], when: str, phase: str, indication: str) -> bool:
    """Whether a way to give a reason fits the moment, the phase and what is treated."""
    fits = reason["when"] == when or (reason["when"] == "both" and when in ("pa", "claim"))
    whom = set(reason["for"])
    about = (
        indication in whom or ("any" in whom and indication in BOTOX) or ("none" in whom and indication not in BOTOX)
    )
    return fits and reason["phase"] in ("any", phase) and about
