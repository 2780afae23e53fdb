"""`python -m benchmarks.page_costs [--letters N]`: where the processor time of a scanned page goes, by page class.

Milliseconds a page, each step with what it calls; counted by the profiler, which makes steps of many small calls look
somewhat dearer than they are. One process, one thread.
"""

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.sheets import CLASSES, Sheet, letters
from pipeline.read import Tesseract, ocr, picture, read, ready, sidebars
from pipeline.read.ocr.tesseract_api import Engine
from pipeline.read.pdf import render
from pipeline.read.ready import glyphs
from pipeline.values.limits import Limits

_STEPS: Mapping[str, tuple[Callable[..., Any], ...]] = {
    "the engine": (Engine.table, Engine.turn),
    "drawing or unpacking": (render.picture_of, render._stored, picture._pixels),
    "marks in colour": (ready.marks_apart,),
    "streaks": (ready.without_streaks,),
    "the sheet of a photo": (ready.sheet_of,),
    "tone": (ready.grey_of, ready.dark_on_light),
    "letters and direction": (glyphs.glyphs_of, glyphs.direction_of),
    "size and level": (ready._stretched, ready._moved, ready.smoothed),
    "rules and leaders": (ready.without_rules, ready.without_leaders),
    "numbers read again": (ocr.reread,),
    "print passed over": (ocr.passed_over,),
    "lines and columns": (sidebars.in_reading_order,),
}
"""The engine's share of the numbers and the print that are read again is counted in both."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=4)
    options = parser.parse_args()
    engine = Tesseract()
    engine.open()
    columns = [_costs(letters(how, options.letters), engine) for how in CLASSES]
    print(f"Milliseconds of processor time a page, {options.letters} pages a class.\n")
    print(f"| step | {' | '.join(CLASSES)} |")
    print("| --- |" + " --- |" * len(CLASSES))
    for step in (*_STEPS, "the whole"):
        print(f"| {step} | " + " | ".join(f"{1000 * costs[step]:.0f}" for costs in columns) + " |")


def _costs(sheets: list[Sheet], engine: Tesseract) -> dict[str, float]:
    """Seconds a page of each step."""
    profile = cProfile.Profile(time.thread_time)
    start = time.thread_time()
    profile.enable()
    for sheet in sheets:
        read(sheet.data, ocr=engine, limits=Limits())
    profile.disable()
    whole = time.thread_time() - start
    taken: dict[tuple[str, int, str], tuple[int, int, float, float, Any]] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    spent = {place: cumulative for place, (_, _, _, cumulative, _) in taken.items()}
    costs = {step: sum(spent.get(_place(work), 0.0) for work in works) for step, works in _STEPS.items()}
    return {step: seconds / len(sheets) for step, seconds in (costs | {"the whole": whole}).items()}


def _place(work: Callable[..., Any]) -> tuple[str, int, str]:
    """A function as the profiler names it."""
    code = work.__code__  # type: ignore[attr-defined]
    return code.co_filename, code.co_firstlineno, code.co_name


main()
