"""Words by place become lines, cells, paragraphs and pages."""

import pytest

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read import Tesseract, read
from pipeline.read.assemble import assemble
from pipeline.read.page import PageWords, Placed
from pipeline.read.triage import FileKind, kind_of
from pipeline.values.limits import Limits
from pipeline.values.text import Box, Method


def placed(*rows: tuple[float, float, str], size: float = 10.0) -> PageWords:
    words = tuple(Placed(t, Box(x, y, x + len(t) * size * 0.5, y + size)) for x, y, t in rows)
    return PageWords(method=Method.TEXT, width_pt=612, height_pt=792, rotation=0, quality=1.0, words=words)


def test_lines_cells_and_paragraphs() -> None:
    page = placed(
        (72, 100, "Claim"), (100, 100, "number:"), (300, 101, "123"),
        (72, 112, "Member"), (72, 124, "Group"), (72, 160, "Dear"), (72, 172, "Doctor"),
    )  # fmt: skip
    text = assemble([page])
    assert text.content == "Claim number:\t123\nMember\nGroup\n\nDear\nDoctor\n"


def test_pages_are_joined_by_a_form_feed_and_keep_their_offsets() -> None:
    text = assemble([placed((72, 100, "one")), placed(), placed((72, 100, "three"))])
    assert text.content == "one\n\f\fthree\n"
    assert [text.content[p.start : p.end] for p in text.pages] == ["one\n", "", "three\n"]
    assert [p.number for p in text.pages] == [1, 2, 3]
    word = text.pages[2].words[0]
    assert text.content[word.start : word.end] == "three"


def test_a_line_that_climbs_stays_a_line() -> None:
    row = [(72 + i * 60.0, 100 + i * 1.5, f"word{i}") for i in range(8)]
    below = [(72 + i * 60.0, 118 + i * 1.5, f"next{i}") for i in range(8)]
    text = assemble([placed(*row, *below)])
    first, second = text.content.splitlines()
    assert first.split() == [t for _, _, t in row]
    assert second.split() == [t for _, _, t in below]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", FileKind.PDF),
        (b"\n\n%PDF-1.7 ...", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n....", FileKind.IMAGE),
        (b"\xff\xd8\xff\xe0", FileKind.IMAGE),
        (b"II*\0....", FileKind.IMAGE),
        ("Claim — denied".encode(), FileKind.TEXT),
    ],
)
def test_kind_by_content(data: bytes, kind: FileKind) -> None:
    assert kind_of(data, Limits()) is kind


def test_too_many_bytes() -> None:
    with pytest.raises(DocumentError) as caught:
        kind_of(b"Claim denied", Limits(max_bytes=5))
    assert caught.value.code is ProblemCode.TOO_LARGE


def test_plain_text_is_kept_verbatim() -> None:
    content = "  Claim   number:   12\n\nDear Doctor\fSecond page"
    text = read(content.encode(), ocr=Tesseract(), limits=Limits())
    assert text.content == content
    assert [(p.number, p.width_pt, p.words) for p in text.pages] == [(1, None, ()), (2, None, ())]
    assert [content[p.start : p.end] for p in text.pages] == content.split("\f")


def test_a_byte_order_mark_and_foreign_line_ends() -> None:
    text = read("\ufeffClaim\r\ndenied\r".encode(), ocr=Tesseract(), limits=Limits())
    assert text.content == "Claim\ndenied\n"
