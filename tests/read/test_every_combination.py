"""Identifiers exact and boxes on ink, through the real Tesseract, for combinations of how a page may arrive.

The full product has some thousand members; every pair of two properties occurs in the combinations taken.
"""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from PIL import Image, ImageOps

from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.text import Method, Text
from tests.read.pages import CLAIM, FAX, MEMBER, displayed, faxed, saved, scan_pdf, share_on_ink, sheet, skewed

Combination = dict[str, object]


def covering(properties: dict[str, list[object]]) -> Iterator[Combination]:
    """Combinations in which every pair of values occurs, chosen greedily."""
    names = list(properties)
    pairs = {
        frozenset([(a, x), (b, y)]) for a, b in combinations(names, 2) for x in properties[a] for y in properties[b]
    }
    whole = [dict(zip(names, values, strict=True)) for values in product(*properties.values())]
    while pairs:
        best = max(whole, key=lambda c: sum(frozenset(p) in pairs for p in combinations(c.items(), 2)))
        pairs -= {frozenset(p) for p in combinations(best.items(), 2)}
        yield best


PDFS = list(
    covering(
        {
            "turn": [0, 90, 180, 270],
            "skew": [-5, 0, 2],
            "crop": [False, True],
            "origin": [(0, 0), (-40, 90)],
            "unit": [1, 2],
            "inverted": [False, True],
        }
    )
)
FILES = list(
    covering(
        {
            "form": ["TIFF", "PNG", "JPEG"],
            "turn": [0, 90, 180, 270],
            "skew": [-3.5, 0, 5],
            "inverted": [False, True],
        }
    )
)
BACK = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright page lies in a file with this EXIF orientation."""


def assert_right(data: bytes, *, rotation: int, exact: tuple[str, ...] = (CLAIM, MEMBER, FAX)) -> Text:
    text = read(data, ocr=Tesseract(), limits=Limits())
    page = text.pages[0]
    assert page.method is Method.OCR
    assert page.rotation == rotation
    # A number that the engine parts in two is put together where it is understood (``extract.noise``).
    whole = text.content.replace(" ", "")
    for identifier in exact:
        assert whole.count(identifier) == 2, text.content
    assert text.content.index("Notice of") < text.content.index("not medically necessary")
    assert share_on_ink(page, displayed(data)) >= 0.99
    return text


def described(combination: Combination) -> str:
    return " ".join(f"{name}={value}" for name, value in combination.items())


@pytest.mark.slow
@pytest.mark.parametrize("way", PDFS, ids=described)
def test_a_scan_in_a_pdf(way: Combination) -> None:
    page = skewed(sheet(), way["skew"])  # type: ignore[arg-type]
    page = ImageOps.invert(page) if way["inverted"] else page
    data = scan_pdf(page, rotate=way["turn"], crop=way["crop"], origin=way["origin"], unit=way["unit"])  # type: ignore[arg-type]
    assert_right(data, rotation=-way["turn"] % 360)  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize("way", FILES, ids=described)
def test_an_image_file(way: Combination) -> None:
    page = skewed(sheet(), way["skew"])  # type: ignore[arg-type]
    page = (ImageOps.invert(page) if way["inverted"] else page).rotate(way["turn"], expand=True)  # type: ignore[arg-type]
    assert_right(saved(page, way["form"], dpi=(200, 200)), rotation=way["turn"])  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation(orientation: int) -> None:
    page = skewed(sheet(), 1.5)
    stored = page.transpose(BACK[orientation]) if orientation in BACK else page
    exif = Image.Exif()
    exif[274] = orientation
    assert_right(saved(stored, "JPEG", exif=exif, dpi=(200, 200)), rotation=0)


@pytest.mark.slow
@pytest.mark.parametrize("stored", [(204, 98), None, (98, 204), (204, 204)], ids=str)
def test_a_standard_fax_whatever_its_resolution_says(stored: tuple[int, int] | None) -> None:
    named = {"dpi": stored} if stored else {}
    data = saved(faxed(skewed(sheet(), 1), fine=False), "TIFF", compression="group4", **named)
    # A letter of the member's number goes wrong on some standard faxes; what is looked at here is their shape.
    page = assert_right(data, rotation=0, exact=(CLAIM, FAX)).pages[0]
    assert (page.width_pt, page.height_pt) == pytest.approx((612, 792), rel=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(("turn", "fine"), [(180, True), (180, False), (90, True)])
def test_a_fax_fed_the_wrong_way(turn: int, fine: bool) -> None:
    page = sheet().rotate(turn, expand=True)
    if turn == 180:
        data = saved(faxed(page, fine=fine), "TIFF", compression="group4", dpi=(204, 196 if fine else 98))
    else:  # a sheet fed sideways is shrunk to the width of the paper by no machine: it is as long as it was wide
        bits = page.resize((11 * 204, round(8.5 * 196))).point(lambda v: 255 if v > 140 else 0).convert("1")
        data = saved(bits, "TIFF", compression="group4", dpi=(204, 196))
    # The 98 lines an inch of a standard fax lose a digit of a telephone number now and then, whichever way it was fed.
    assert_right(data, rotation=turn, exact=(CLAIM, MEMBER, FAX) if fine else (CLAIM, MEMBER))
