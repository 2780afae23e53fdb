"""Pictures of pages for people: every page of every kind of file, upright, and nothing of a locked one."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read import shown_pages
from pipeline.values.limits import Limits

LETTERS = Path(__file__).parents[2] / "sample_letters" / "letters"


def drawn(name: str, **keys):
    return list(shown_pages((LETTERS / name).read_bytes(), **{"turns": (), "limits": Limits(), **keys}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("newsletter.pdf", "png"), ("fax-cover.tif", "jpg"), ("id-card.png", "jpg"), ("claim-coding.md", "txt")],
)  # fmt: skip
def test_every_kind_of_file_is_shown(name, kind):
    pages = drawn(name)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert {page.kind for page in pages} == {kind}


def test_a_page_is_turned_as_it_was_for_reading_and_fits_a_screen():
    (upright, *_), (turned, *_) = drawn("newsletter.pdf"), drawn("newsletter.pdf", turns=(90,))
    sizes = [Image.open(io.BytesIO(page.data)).size for page in (upright, turned)]
    assert sizes[0][0] < sizes[0][1]
    assert sizes[1][0] > sizes[1][1]
    assert max(size[0] for size in sizes) <= 1240


def test_a_locked_file_is_shown_with_its_password_alone():
    with pikepdf.open(LETTERS / "newsletter.pdf") as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(user="u", owner="o", R=6))
    with pytest.raises(DocumentError) as problem:
        list(shown_pages(out.getvalue(), turns=(), limits=Limits()))
    assert problem.value.code is ProblemCode.ENCRYPTED
    assert len(list(shown_pages(out.getvalue(), turns=(), limits=Limits(), password="u"))) == 1


def test_a_picture_bomb_is_refused_from_its_size():
    with pytest.raises(DocumentError) as problem:
        drawn("id-card.png", limits=Limits(max_pixels=1000))
    assert problem.value.code is ProblemCode.TOO_LARGE
