"""Two ways into Tesseract: the library kept open, and the installed command."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytesseract
import pytest
import tesserocr
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import DocumentError, MissingToolError, ProblemCode
from pipeline.read import Tesseract
from pipeline.read.ocr import scan, tesseract_api
from pipeline.read.ocr.scan import OcrWord
from pipeline.read.ocr.tesseract_api import Engine

LINES = [
    "Notice of Adverse Benefit Determination",
    "Claim number: 2026041277",
    "The request is denied because it is not medically necessary.",
    "You may appeal within 180 days of the date of this letter.",
]


def sheet(*, lines: list[str] = LINES, size: int = 40, noise: int = 0) -> Image.Image:
    page = Image.new("L", (1700, 900), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=size)
    for index, line in enumerate(lines):
        draw.text((120, 100 + index * 2 * size), line, fill=0, font=font)
    for step in range(noise):  # specks, so that some words are read with doubt
        x, y = (step * 7919) % 1700, (step * 104_729) % 900
        draw.rectangle((x, y, x + 3, y + 3), fill=0)
    return page


PAGES = [sheet(), sheet(noise=900), sheet(lines=LINES[::-1], size=28), Image.new("L", (1700, 900), 255)]


@pytest.fixture(scope="module")
def engine() -> Tesseract:
    opened = Tesseract()
    opened.open()
    return opened


def words(engine: Tesseract, pages: list[Image.Image] = PAGES) -> list[tuple[OcrWord, ...]]:
    return list(engine.words(pages))


def test_both_doors_read_a_clean_page_alike(engine: Tesseract) -> None:
    kept_open, called = words(engine, PAGES[:1])[0], words(Tesseract(library=False), PAGES[:1])[0]
    assert [word.text for word in kept_open] == [word.text for word in called] == " ".join(LINES).split()
    for one, other in zip(kept_open, called, strict=True):
        assert max(abs(a - b) for a, b in zip(one.box, other.box, strict=True)) <= 3


def test_each_door_names_its_engine(engine: Tesseract) -> None:
    assert engine.version == tesserocr.tesseract_version().split()[1]
    assert Tesseract(library=False).version == str(pytesseract.get_tesseract_version())


def test_a_line_is_read_in_words_that_stand_where_they_are_printed(engine: Tesseract) -> None:
    left, top, right, bottom = 100, 170, 900, 240
    (line,) = engine.lines([PAGES[0].crop((left, top, right, bottom))])
    assert [word.text for word in line] == LINES[1].split()
    printed = [word for word in words(engine, PAGES[:1])[0] if top < word.box.top < bottom]
    for read, placed in zip(line, printed, strict=True):
        assert abs(read.box.x0 + left - placed.box.x0) < 20
        assert abs(read.box.x1 + left - placed.box.x1) < 20


@pytest.mark.slow
def test_both_doors_tell_the_same_turn(engine: Tesseract) -> None:
    page = sheet(lines=LINES * 2)
    for degrees in (0, 90, 180, 270):
        fed = page.rotate(degrees, expand=True)
        assert engine.turn(fed) == Tesseract(library=False).turn(fed) == degrees
    assert engine.turn(Image.new("L", (600, 600), 255)) is None


def test_what_was_read_before_changes_nothing(engine: Tesseract) -> None:
    assert words(engine) == words(engine, PAGES[::-1])[::-1] == [words(engine, [page])[0] for page in PAGES]


def test_a_forked_process_reads_with_the_engine_of_its_parent(engine: Tesseract) -> None:
    before = words(engine)
    assert _exit_code_of_fork(lambda: words(engine) == before) == 0
    assert words(engine) == before, "the parent's engine is whole after its child used a copy"


def _exit_code_of_fork(check: Callable[[], bool]) -> int:
    pid = os.fork()
    if pid == 0:
        signal.alarm(60)
        os._exit(0 if check() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_no_page_image_is_written(engine: Tesseract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    monkeypatch.setattr(Image.Image, "save", lambda *args, **_: written.append(args))
    words(engine)
    engine.turn(PAGES[0])
    assert written == []


def test_a_page_past_its_time_has_a_code() -> None:
    with pytest.raises(DocumentError) as caught:
        words(Tesseract(seconds=0.001), [sheet(lines=LINES * 3, size=30)])
    assert caught.value.code is ProblemCode.TOO_SLOW


@pytest.mark.slow
def test_pages_do_not_add_up_in_memory(engine: Tesseract) -> None:
    def grown() -> bool:
        words(engine)
        before = _resident()
        for _ in range(6):
            words(engine)
        return _resident() - before < 30_000_000

    assert _exit_code_of_fork(grown) == 0


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract_api, "tesserocr", None)


def test_without_the_library_the_command_reads(no_library: None) -> None:
    engine = Tesseract()
    engine.open()
    assert any("2026041277" in word.text for word in words(engine, PAGES[:1])[0])


def test_without_models_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_api._models.cache_clear()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError):
        Tesseract().open()


def test_without_both_the_person_is_told(no_library: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingToolError):
        Tesseract().open()


def test_a_language_that_is_not_installed_leaves_the_command() -> None:
    assert scan._opened("no-such-language") is None
    with pytest.raises(tesseract_api.NoLibraryError):
        Engine("no-such-language")
