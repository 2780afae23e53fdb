"""`python -m benchmarks.scans [--runs N] [--letters N]`: scanned pages against the limit and against OCRmyPDF.

Pairs are measured one after the other within each run, so that a machine that is busy is busy for both; what is printed
are medians of the runs, and medians of their ratios.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import readers
from benchmarks.sheets import Sheet, letters, long_file


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--letters", type=int, default=8)
    options = parser.parse_args()
    peer = readers.has_ocrmypdf()
    print(f"{readers.CORES} cores, medians of {options.runs} runs, ratios within each run.\n")
    if not peer:
        print("OCRmyPDF is not installed (set OCRMYPDF to its command): not compared.\n")
    print("| pages | limit, pages/s | ours, pages/s | of the limit | OCRmyPDF, pages/s | times OCRmyPDF |")
    print("| --- | --- | --- | --- | --- | --- |")
    for how in ("scan 200", "fine fax"):
        _row(f"{options.letters} one-page letters, {how}", letters(how, options.letters), options.runs, peer=peer)
        _row(f"one file of 12 pages, {how}", [long_file(how, 12)], options.runs, peer=peer)


def _row(name: str, sheets: Sequence[Sheet], runs: int, *, peer: bool) -> None:
    count = sum(len(sheet.truth) for sheet in sheets)
    with (
        readers.files(sheets) as paths,
        readers.files([readers.as_pdf(sheet) for sheet in sheets]) as pdfs,
        readers.limit(sheets) as limit,
        readers.ours() as ours,
    ):
        ours(paths[:1])
        taken = [_run(lambda: ours(paths), limit) for _ in range(runs)]
        peers = [_peer(pdfs, lambda: ours(paths)) for _ in range(runs)] if peer else []
    best, mine = (median(t[i] for t in taken) for i in (0, 1))
    share = median(bare / own for bare, own in taken)
    theirs = (
        f"{count / median(p[0] for p in peers):.2f} | {median(p[0] / p[1] for p in peers):.1f}" if peers else "- | -"
    )
    print(f"| {name} | {count / best:.2f} | {count / mine:.2f} | {share:.2f} | {theirs} |", flush=True)


def _run(ours: Callable[[], object], limit: Callable[[], object]) -> tuple[float, float]:
    return readers.seconds(limit), readers.seconds(ours)


def _peer(pdfs: Sequence[Path], ours: Callable[[], object]) -> tuple[float, float]:
    """Seconds of OCRmyPDF in whichever way suits it best here, and ours right beside it."""
    ways = [readers.seconds(partial(readers.ocrmypdf, pdfs, side_by_side=way)) for way in (True, False)]
    return min(ways), readers.seconds(ours)


main()
