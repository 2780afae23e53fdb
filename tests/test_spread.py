"""Pages over the free cores: the same results however many help, and no slot, process or hang left behind."""

import fcntl
import io
import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read import Tesseract, read
from pipeline.sandbox.slots import Slots, Spare
from pipeline.sandbox.spread import spread
from pipeline.values.limits import Limits

HERE = os.getpid()


@pytest.fixture
def slots(tmp_path: Path) -> Slots:
    return Slots(tmp_path / "slots", count=3)


def spare_of(slots: Slots) -> Spare:
    return Spare(slots.folder)


def page(number: int, *, seconds: float = 0.05) -> tuple[int, int]:
    time.sleep(seconds)
    return number, os.getpid()


def pages(count: int, **options: float) -> list[Callable[[], tuple[int, int]]]:
    return [partial(page, number, **options) for number in range(count)]


def free(slots: Slots) -> int:
    """How many slots a newcomer could take."""
    count = 0
    for path in slots.folder.iterdir():
        if path.name.isdecimal():
            with path.open("r+") as slot:
                try:
                    fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    count += 1
                except BlockingIOError:
                    pass
    return count


def test_alone_a_document_uses_every_slot(slots: Slots) -> None:
    with slots.held():
        found = spread(pages(12), spare=spare_of(slots))
    assert [number for number, _ in found] == list(range(12))
    assert len({pid for _, pid in found}) == 3
    assert free(slots) == 3


def test_with_all_slots_in_use_it_stays_on_its_own_core(slots: Slots) -> None:
    with slots.held(), slots.held(), slots.held():
        found = spread(pages(4), spare=spare_of(slots))
    assert {pid for _, pid in found} == {HERE}


def test_a_single_page_needs_no_helper(slots: Slots) -> None:
    assert spread(pages(1), spare=spare_of(slots)) == [(0, HERE)]
    assert spread(pages(0), spare=spare_of(slots)) == []


def test_a_result_larger_than_a_pipe(slots: Slots) -> None:
    def large(number: int) -> bytes:
        return bytes([number]) * 3_000_000

    found = spread([partial(large, number) for number in range(6)], spare=spare_of(slots))
    assert found == [large(number) for number in range(6)]


@pytest.mark.timeout(60)
def test_a_killed_helper_costs_nothing_but_time(slots: Slots) -> None:
    def dies_elsewhere(number: int) -> int:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.05)
        return number

    assert spread([partial(dies_elsewhere, n) for n in range(6)], spare=spare_of(slots)) == list(range(6))
    assert free(slots) == 3


def test_the_first_page_that_fails_is_the_one_that_is_told(slots: Slots) -> None:
    def fails(number: int) -> int:
        time.sleep(0.1 if number == 1 else 0.02)
        if number in (1, 2, 5):
            raise ValueError(number)
        return number

    for _ in range(3):
        with pytest.raises(ValueError, match="1"):
            spread([partial(fails, n) for n in range(8)], spare=spare_of(slots))
    assert free(slots) == 3


def test_a_helper_gives_way_to_the_next_document(tmp_path: Path) -> None:
    slots = Slots(tmp_path / "slots", count=2)
    came: list[float] = []

    def second() -> None:
        time.sleep(0.3)
        with slots.held():
            came.append(time.monotonic())
            time.sleep(1.0)

    other = threading.Thread(target=second)
    with slots.held():
        other.start()
        found = spread(pages(20, seconds=0.1), spare=spare_of(slots))
        ended = time.monotonic()
    other.join()
    assert len({pid for _, pid in found}) > 1, "it had help until then"
    assert came[0] < ended - 0.1, "a page is awaited, not the document"


def test_helpers_die_with_their_document(slots: Slots, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()

    def hangs(number: int) -> None:
        (marks / str(os.getpid())).touch()
        time.sleep(600)

    document = os.fork()
    if document == 0:
        spread([partial(hangs, n) for n in range(6)], spare=spare_of(slots))
        os._exit(0)
    deadline = time.monotonic() + 10
    while len(list(marks.iterdir())) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(document, signal.SIGKILL)
    os.waitpid(document, 0)
    while free(slots) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(list(marks.iterdir())) == 4
    assert free(slots) == 3


@pytest.mark.slow
def test_a_scan_reads_the_same_with_one_process_or_three(slots: Slots, tmp_path: Path) -> None:
    frames = []
    for number in range(4):
        frame = Image.new("L", (1275, 500), 255)
        font = ImageFont.load_default(size=34)
        lines = (f"Claim number 202604127{number}", "The request is denied: not medically necessary.")
        for row, line in enumerate(lines):
            ImageDraw.Draw(frame).text((90, 90 + 110 * row), line, fill=0, font=font)
        frames.append(frame)
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(150, 150))
    engine = Tesseract()
    engine.open()
    alone = read(out.getvalue(), ocr=engine, limits=Limits())
    helped = read(out.getvalue(), ocr=engine, limits=Limits(), spread=partial(spread, spare=spare_of(slots)))
    assert "2026041273" in alone.content
    assert helped == alone
