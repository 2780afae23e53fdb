"""The measure of zones: what zone a line is of comes from the blocks of the generator, and a model learns from them."""

import pytest

from benchmarks.zones import Sheet, learn, signs_of, true_zones
from sample_letters.generator import corpus, plain
from sample_letters.generator.blocks import Draft, Grid, Heading, Para
from sample_letters.generator.houses import Side
from sample_letters.generator.spec import housed

DRAFT = Draft(
    sender="Alder Health", sender_address=("PO Box 1",), date=("", "May 4, 2026"), address=("Jane Roe, MD",),
    title=None, reference=(("Member", "Ada Quill"),), salutation="Dear Dr. Roe:",
    body=(Para("We denied it."), Grid(("Code", "Paid"), (("J0585", "0.00"),)), Heading("Your rights"), Para("Appeal.")),
    parts=("determination", "determination", "rights", "rights"), closing=("Sincerely,", "Claims"),
    enclosures=(Heading("Glossary"),),
)  # fmt: skip


def test_a_line_is_of_the_zone_of_its_block():
    lines = plain.to_text(DRAFT).split("\n")
    told = {line.strip(): zone for line, zone in zip(lines, true_zones(DRAFT, lines), strict=True) if zone}
    assert told == {
        "ALDER HEALTH": "letterhead", "PO Box 1": "letterhead", "May 4, 2026": "address", "Jane Roe, MD": "address",
        "Member: Ada Quill": "reference", "Dear Dr. Roe:": "greeting", "We denied it.": "determination",
        "Code   Paid": "table", "J0585  0.00": "table", "YOUR RIGHTS": "rights", "Appeal.": "rights",
        "Sincerely,": "signature", "Claims": "signature", "GLOSSARY": "boilerplate",
    }  # fmt: skip


def test_a_text_that_lacks_a_line_of_its_draft_is_refused():
    with pytest.raises(ValueError, match="We denied it"):
        true_zones(DRAFT, [line for line in plain.to_text(DRAFT).split("\n") if line != "We denied it."])


def test_each_block_of_a_house_letter_tells_its_part():
    (spec,) = housed(corpus.source(7, "zones"), 1, side=Side.OPEN, media=("txt",))
    _, draft = corpus.written(spec, 7)
    assert len(draft.parts) == len(draft.body)
    assert {"determination", "rationale", "rights"} <= set(draft.parts)


def test_a_model_tells_lines_by_words_that_it_learned():
    lines = ("You may appeal within a month.", "", "The records show no trial.")
    sheet = Sheet(lines=lines, truth=("rights", None, "rationale"), rules=("body", "body", "body"))
    said = [(signs_of(sheet, n, rules=False), zone) for n, zone in enumerate(sheet.truth) if zone] * 4
    other = Sheet(lines=("An appeal may follow.", "", "No trial was shown."), truth=(), rules=("body",) * 3)
    model = learn(said)
    assert [model.zone(signs_of(other, n, rules=False)) for n in (0, 2)] == ["rights", "rationale"]
