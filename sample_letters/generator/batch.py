"""Batch scans: letters, a fax cover, a separator, a blank back and an enclosure fed through the scanner in one go."""

from collections.abc import Iterator
from typing import Any

from PIL import Image

from sample_letters.generator import corpus, media, pdf
from sample_letters.generator.bank import words
from sample_letters.generator.blocks import Draft, Grid, Heading, Para
from sample_letters.generator.gold import letter_gold
from sample_letters.generator.spec import from_plan

# What is fed after each letter, by position in the plan; the number of a letter stands for itself.
_SCAN = ("cover", 0, "blank", 1, 2, "enclosure", 3, 4)
_FAX = ("cover", 1, 3, 0, "separator", 2)


def samples(seed: int) -> Iterator[corpus.Sample]:
    """One batch as a scanned PDF, one as a fax TIFF."""
    yield _batch("batch-scan", _SCAN, seed, fax=False)
    yield _batch("batch-fax", _FAX, seed, fax=True)


def _batch(name: str, order: tuple[str | int, ...], seed: int, *, fax: bool) -> corpus.Sample:
    dpi = 204 if fax else 200
    specs = [from_plan(row) for row in words("corpus")["batch"]]
    pages: list[Image.Image] = []
    letters: list[dict[str, Any]] = []
    unassigned: list[dict[str, Any]] = []
    for item in order:
        if isinstance(item, int):
            answer, draft = corpus.written(specs[item], seed + (1 if fax else 0))
            new = media.pages_of(pdf.to_pdf(draft, specs[item].style), dpi)
            letters.append(letter_gold(answer, list(range(len(pages) + 1, len(pages) + len(new) + 1))))
        else:
            new = [_extra(item, dpi)]
            why = "fax_cover" if item == "cover" else item
            unassigned.append({"number": len(pages) + 1, "why": why})
        pages += new
    rng = corpus.source(seed, name)
    data = media.fax(pages, "11/20/2026 07:15  FROM: MAILROOM", rng) if fax else media.scan(pages, rng)
    gold = {"letters": letters, "unassigned_pages": unassigned}
    return corpus.Sample(name=name, file_name=f"{name}.{'tif' if fax else 'pdf'}", data=data, gold=gold, clean=None)


def _extra(kind: str, dpi: int) -> Image.Image:
    if kind == "blank":
        return Image.new("L", (round(8.5 * dpi), 11 * dpi), 255)
    return media.pages_of(pdf.to_pdf(_EXTRAS[kind], "typewriter"), dpi)[0]


_EXTRAS = {
    "cover": Draft(
        sender="FAX",
        sender_address=(),
        date=("Date", "11/19/2026"),
        address=(),
        title="FACSIMILE COVER SHEET",
        reference=(
            ("To", "Billing office"),
            ("From", "Mail room"),
            ("Pages", "12"),
            ("Subject", "Correspondence of the week"),
        ),
        salutation=None,
        body=(Para("Confidential. If you are not the intended recipient, please destroy this facsimile."),),
    ),
    "separator": Draft(
        sender="",
        sender_address=(),
        date=("", ""),
        address=(),
        title="PATCH T - SEPARATOR SHEET",
        reference=(),
        salutation=None,
        body=(Para("Insert between documents. Do not remove."),),
    ),
    "enclosure": Draft(
        sender="INJECTION RECORD (COPY)",
        sender_address=(),
        date=("Date of procedure", "08/11/2026"),
        address=(),
        title="Enclosure",
        reference=(("Lot", "C8812C3"), ("Dilution", "100 units in 2 mL")),
        salutation=None,
        body=(
            Heading("Units by site"),
            Grid(
                ("Muscle", "Side", "Units"),
                (("Corrugator", "both", "10"), ("Frontalis", "both", "20"), ("Temporalis", "both", "40")),
            ),
            Para("Enclosed as a copy for the file of the practice."),
        ),
    ),
}
