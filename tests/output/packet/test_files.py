"""The files of a packet: the same bytes again, sound PDFs with bookmarks and stamps, a Word file of the same words."""

import io
import shutil
import subprocess
from dataclasses import replace
from itertools import product
from pathlib import Path

import docx
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.knowledge.letters import ChannelLimit
from pipeline.output.packet import Contents, packet_files, withheld_by
from pipeline.output.packet.binding import Piece, bound, split
from pipeline.output.packet.look import drawable
from pipeline.output.packet.pages import exhibit_pdf
from pipeline.output.packet.plain import leaves
from pipeline.output.packet.typeset import letter_pdf
from pipeline.values.packet import Block, Packed, Part, Role, Sentence, Shape, Sheet
from pipeline.values.text import Box
from tests.output.packet.cases import LETTERS, draft_of, drawn

PAGE = (612.0, 792.0)
NAMES = (
    "Łucja Wiśniewska",
    "Nguyễn Thị Hạnh",
    "Ximena Núñez",
    "Petronella O’Vance",
    "Zdeněk Řeháček",
    "Gülşah Ağaoğlu",
)


def contents(seed: int = 1) -> Contents:
    """A drawn case with pages for every exhibit: pictures for PDFs, text for the rest."""
    matter = drawn(seed)
    draft = draft_of(matter)
    sheets = {
        exhibit.letter: tuple(
            picture(page) if (exhibit.file_name or "a.pdf").endswith("pdf") else plain(page) for page in exhibit.pages
        )
        for exhibit in draft.exhibits
    }
    return Contents(draft=draft, matter=matter, sheets=sheets, limits=LETTERS.limits)


def picture(page: int) -> Sheet:
    out = io.BytesIO()
    Image.new("L", (850, 1100), 255).save(out, "PNG")
    return Sheet(page=page, kind="png", data=out.getvalue(), width=PAGE[0], height=PAGE[1])


def plain(page: int) -> Sheet:
    return Sheet(page=page, kind="txt", data=b"MEDICATION HISTORY\nPreventive medicines tried:\nnone\n")


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return packet_files(contents(), out=tmp_path_factory.mktemp("packet"), name="task-1")


def named(packed: Packed, end: str) -> Path:
    return next(Path(path) for path in packed.files if path.endswith(end))


def text_of(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_the_same_case_gives_the_same_bytes(packed, tmp_path):
    again = packet_files(contents(), out=tmp_path, name="task-1")
    assert len(packed.files) == len(again.files) == 4
    for one, other in zip(packed.files, again.files, strict=True):
        assert Path(one).read_bytes() == Path(other).read_bytes(), one
        assert Path(one).stat().st_mode & 0o777 == 0o600


def test_qpdf_finds_no_fault_and_every_part_has_its_bookmark(packed):
    for end in ("letter.pdf", "packet.pdf"):
        with pikepdf.open(named(packed, end)) as pdf:
            assert pdf.check_pdf_syntax() == []
    with pikepdf.open(named(packed, "packet.pdf")) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        children = [child.title for child in outline.root[-1].children]
        assert len(pdf.pages) == packed.pages
    assert titles[0] == "Cover"
    assert titles[-2:] == ["Index of exhibits", "Exhibits"]
    assert [title.split(":")[0] for title in children] == [f"Exhibit {e.letter}" for e in packed.exhibits]


def test_exhibit_pages_are_stamped_and_the_index_tells_where_each_begins(packed):
    pages = text_of(named(packed, "packet.pdf"))
    index = next(text for text in pages if "Begins on page" in text)
    for exhibit in packed.exhibits:
        for place in range(1, len(exhibit.pages) + 1):
            stamp = f"Exhibit {exhibit.letter}, page {place} of {len(exhibit.pages)}"
            assert any(stamp in text for text in pages), stamp
        first = next(i for i, text in enumerate(pages, 1) if f"Exhibit {exhibit.letter}, page 1 of" in text)
        row = next(
            line for line in index.splitlines() if line.startswith(f"{exhibit.letter} ") or exhibit.title in line
        )
        assert str(first) in index[index.index(row) :]


def test_the_cover_names_the_place_in_the_letters_words_and_no_patient(tmp_path):
    case = next(c for seed in range(20) if (c := contents(seed)).matter.send_to is not None)
    whole = pages_of(case, tmp_path)
    (cover, *_) = whole
    contact = case.matter.send_to
    assert contact.text in " ".join(cover.split())
    assert f"({contact.value[:3]}) {contact.value[3:6]}-{contact.value[6:]}" in cover
    assert case.matter.task.member_name not in cover
    assert f"{len(whole)}, this sheet counted" in cover
    nowhere = next(c for seed in range(40) if (c := contents(seed)).matter.send_to is None)
    assert "names no one place" in pages_of(nowhere, tmp_path)[0]
    assert not nowhere.draft.ready


def pages_of(case: Contents, folder: Path) -> list[str]:
    """The text of each page of a case's packet."""
    return text_of(named(packet_files(case, out=folder, name="t"), "packet.pdf"))


def test_what_is_open_stands_on_top_and_the_packet_is_not_ready(packed, tmp_path):
    case = contents()
    assert case.draft.gaps
    assert not packed.ready
    top = " ".join(text_of(named(packed, "packet.pdf"))[0].split())
    assert top.startswith("Not ready to be sent")
    for gap in case.draft.gaps:
        assert " ".join(gap.split())[:60] in top
    closed = replace(case, draft=replace(case.draft, gaps=()))
    assert "Not ready" not in pages_of(closed, tmp_path)[0]


def test_a_bar_stands_in_the_margin_beside_the_proof_and_nowhere_else():
    case = contents()
    exhibit = next(e for e in case.draft.exhibits if e.document_id is not None)
    mark = replace(exhibit.marks[0], boxes=(Box(72, 396, 300, 420),), page=exhibit.pages[0])
    with pdfium.PdfDocument(exhibit_pdf(replace(exhibit, marks=(mark,)), [picture(exhibit.pages[0])], foot="")) as pdf:
        ink = np.array(pdf[0].render(scale=2).to_pil().convert("L")) < 60
    scale = min(532 / 850, 732 / 1100)
    left = 40 + (532 - 850 * scale) / 2 - 6
    rows = np.flatnonzero(ink[: 2 * 740, round(2 * left)])
    top = (14 + 396 / 792 * 1100 * scale) * 2
    assert abs(rows.min() - top) < 4
    assert abs(len(rows) - 24 / 792 * 1100 * scale * 2) < 5


def test_names_of_every_latin_script_are_drawn(tmp_path):
    assert [drawable(name) for name in NAMES] == list(NAMES)
    assert drawable("a\u0007b\ue000") == "ab?"
    case = contents()
    matter = replace(
        case.matter,
        letter=replace(case.matter.letter, member_name=replace(case.matter.letter.member_name, value=NAMES[1])),
    )
    packed = packet_files(replace(case, matter=matter, draft=draft_of(matter)), out=tmp_path, name="t")
    assert any(NAMES[1] in text for text in text_of(named(packed, "letter.pdf")))


def test_the_word_file_says_what_the_pdf_says_in_real_tables(packed):
    document = docx.Document(named(packed, "letter.docx"))
    said = [p.text for p in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    case = contents()
    for block in case.draft.blocks:
        for sentence in block.sentences:
            assert any(sentence.text in text for text in said), sentence.text
        for row in block.rows:
            assert all(cell.text in cells for cell in row)
    shaded = document.element.xpath("//w:shd[@w:fill='E4E4E4']")
    assert len(shaded) == sum(p.role is Role.GAP for b in case.draft.blocks for s in b.all_sentences() for p in s.parts)


def test_no_page_of_a_letter_is_empty_wherever_the_last_line_falls():
    draft = contents().draft
    line = Sentence(parts=(Part(text="A line of the letter."),))
    ending = {block.name: block for block in draft.blocks if block.name in ("asked", "signature", "enclosures")}
    ending["enclosures"] = replace(ending["enclosures"], sentences=(line,) * 4)
    for lines, points in product(range(22, 36), range(1, 4)):
        body = Block(name="lines", shape=Shape.LINES, sentences=(line,) * lines)
        after = Block(name="points", shape=Shape.LIST, sentences=(line,) * points)
        made = letter_pdf(replace(draft, blocks=(body, after, *ending.values())), foot="the foot")
        with pdfium.PdfDocument(made) as pdf:
            said = [page.get_textpage().get_text_range() for page in pdf]
        assert all("A line" in text or "Signature" in text for text in said), (lines, points)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed (libreoffice-writer-nogui)")
def test_the_word_file_opens_in_libreoffice_without_loss(packed, tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, named(packed, "letter.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = "".join("".join(text_of(tmp_path / "task-1-letter.pdf")).split())
    for block in contents().draft.blocks:
        for sentence in block.all_sentences():
            assert "".join(sentence.text.split()) in text, sentence.text


def test_a_packet_longer_than_its_channel_takes_is_split_between_parts():
    fax = next(limit for limit in LETTERS.limits if limit.channel.value == "fax")
    pieces = [Piece(name=f"p{n}", pdf=blank(40)) for n in range(3)]
    assert [[piece.name for piece in group] for group in split(pieces, fax)] == [["p0"], ["p1"], ["p2"]]
    assert len(split(pieces, None)) == 1


def test_every_page_says_its_place_in_the_whole_packet_even_over_two_files(packed, tmp_path):
    pages = text_of(named(packed, "packet.pdf"))
    assert [f"{number} of {len(pages)}" in text for number, text in enumerate(pages, 1)] == [True] * len(pages)
    case = next(c for seed in range(20) if (c := contents(seed)).matter.send_to is not None and c.draft.exhibits)
    pages = pages_of(case, tmp_path)
    limit = replace_limit(pages=len(pages) - 1)
    split_up = packet_files(replace(case, limits=(limit,)), out=tmp_path, name="t")
    parts = sorted(path for path in split_up.files if "-packet-" in path)
    assert len(parts) == 2
    both = [text for path in parts for text in text_of(Path(path))]
    assert all(f"{number} of {len(pages)}" in text for number, text in enumerate(both, 1))


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_has_its_number_upright_at_its_foot(angle):
    with pikepdf.open(io.BytesIO(blank(1))) as pdf:
        pdf.pages[0].rotate(angle, relative=False)
        pdf.pages[0].cropbox = [50, 30, 500, 700]
        out = io.BytesIO()
        pdf.save(out)
    with pdfium.PdfDocument(bound([Piece(name="p", pdf=out.getvalue())], title="t", before=6, of=12)) as pdf:
        ink = np.argwhere(np.array(pdf[0].render(scale=2).to_pil().convert("L")) < 200)
        tall, wide = pdf[0].get_height() * 2, pdf[0].get_width() * 2
    assert tall - 60 < ink[:, 0].min() <= ink[:, 0].max() < tall - 40
    assert abs(ink[:, 1].mean() - wide / 2) < 6


def replace_limit(*, pages: int) -> ChannelLimit:
    fax = next(limit for limit in LETTERS.limits if limit.channel.value == "fax")
    return ChannelLimit.model_validate(fax.model_dump() | {"pages": pages})


def test_the_cover_repeats_the_line_of_the_letter_where_it_is_at_hand(tmp_path):
    case = next(c for seed in range(20) if (c := contents(seed)).matter.send_to is not None)
    (cover, *_) = pages_of(replace(case, place_words="Fax your appeal to us at 555-010-0101."), tmp_path)
    assert "says: “Fax your appeal to us at 555-010-0101”." in " ".join(cover.split())


def blank(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("PSYCHOTHERAPY NOTE\nSession 4", True),
        ("Group Therapy   Note\nPatient attended", True),
        ("Intake\nMEDICATION-ASSISTED TREATMENT PROGRAM", True),
        ("Visit note\n" + "word " * 400 + "42 CFR Part 2 prohibits redisclosure", True),
        ("OFFICE VISIT\nDenies substance use. Migraine.", False),
        ("PHYSICAL THERAPY NOTE\nSpasticity of the left arm", False),
        ("Visit note\n" + "word " * 400 + "seen in psychotherapy note elsewhere", False),
    ],
)
def test_records_that_are_never_sent_are_known(text, kept):
    assert withheld_by(text, LETTERS.rules) is kept


def test_long_text_is_set_small_before_it_goes_on_to_a_second_leaf():
    room = (532.0, 732.0)
    assert len(leaves("\n".join(f"line {n}" for n in range(75)), (), table=False, room=room)) == 1
    assert len(leaves("\n".join(f"{n},yes" for n in range(150)), (), table=True, room=room)) == 1
    many = leaves("\n".join(f"line {n}" for n in range(500)), (), table=False, room=room)
    assert [run.text for leaf in many for run in leaf.runs] == [f"line {n}" for n in range(500)]
    wide = leaves("x" * 400, (), table=False, room=room)
    assert "".join(run.text for run in wide[0].runs) == "x" * 400
