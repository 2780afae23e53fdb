"""What a child does for the review desk: the pages of one document as pictures, or the words of them with their places.

Loaded instead of ``reading`` by the template of the desk's own sandbox: no language, no knowledge, so it is there at
once. Pure but for the files it leaves in the folder it is given.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read import Spread, Tesseract, one_by_one, read, shown_pages
from pipeline.values.drawing import SIZES, WORDS
from pipeline.values.limits import Limits


def warm(limits: Limits) -> dict[str, str]:
    """Nothing is loaded ahead; Tesseract only when words are asked for."""
    return {}


def draw_file(
    path: Path, *, folder: Path, turns: Sequence[int], words: bool, limits: Limits, password: str | None = None,
    spread: Spread = one_by_one,
) -> list[str]:  # fmt: skip
    """Writes ``1.png``, ``2.jpg``, ``3.txt`` ... into ``folder``, or ``words.json``; the names written.

    ``words.json`` is a list a page of ``[text, x0, top, x1, bottom]``, in points of the page as displayed, upright.
    ``sizes.json`` beside it has width and height in points and the turn of each page (null and 0 for plain text), and
    the whole text.
    Raises ``DocumentError`` with the code of what is wrong.
    """
    if path.stat().st_size > limits.max_bytes:
        raise DocumentError(ProblemCode.TOO_LARGE)
    data = path.read_bytes()
    if words:
        text = read(data, ocr=_ocr(limits.seconds), limits=limits, spread=spread, password=password)
        pages = [[[text.content[w.start : w.end], *w.box] for w in page.words] for page in text.pages]
        (folder / WORDS).write_text(json.dumps(pages), encoding="utf-8")
        sizes = [[page.width_pt, page.height_pt, page.rotation] for page in text.pages]
        (folder / SIZES).write_text(json.dumps([sizes, text.content]), encoding="utf-8")
        return [WORDS, SIZES]
    names = []
    for page in shown_pages(data, turns=turns, limits=limits, password=password):
        names.append(f"{page.number}.{page.kind}")
        (folder / names[-1]).write_bytes(page.data)
    return names


@cache
def _ocr(seconds: float) -> Tesseract:
    return Tesseract(seconds=seconds)
