"""`python -m benchmarks.scans [--runs N] [--letters N] [--long N] [--compared N]`: scans, the limit and OCRmyPDF.

Pairs are measured one after the other within each run, so that a machine that is busy is busy for both; what is printed
are medians of the runs, and medians of their ratios. The character error rate is that of ``--compared`` one-page
letters, since four clean pages have three to six wrong characters and tell nothing; OCRmyPDF's text is its sidecar's,
ours that of the document.

`--engines` compares the bare engine of the installed Tesseract with the bare one that we use, on the same page images.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import readers
from benchmarks.characters import errors, length
from benchmarks.sheets import CLASSES, Sheet, letters, long_file

_LONG = ("scan 200", "fine fax")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--letters", type=int, default=8)
    parser.add_argument("--long", type=int, default=12, help="pages of the long files")
    parser.add_argument("--compared", type=int, default=40, help="one-page letters whose characters are compared")
    parser.add_argument("--engines", action="store_true", help="compare the installed engine with ours")
    options = parser.parse_args()
    print(f"{readers.CORES} cores, medians of {options.runs} runs, ratios within each run.\n")
    if options.engines:
        _engines(options.letters, options.runs)
        return
    peer = readers.has_ocrmypdf()
    if not peer:
        print("OCRmyPDF is not installed (set OCRMYPDF to its command): not compared.\n")
    print("| pages | limit, pages/s | ours, pages/s | of the limit | OCRmyPDF, pages/s | times it | CER, its CER |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for how in CLASSES:
        compared = letters(how, max(options.letters, options.compared))
        name, timed = f"{options.letters} one-page letters, {how}", compared[: options.letters]
        _row(name, timed, options.runs, compared=compared, peer=peer)
    for how in _LONG:
        file = [long_file(how, options.long)]
        _row(f"one file of {options.long} pages, {how}", file, options.runs, compared=file, peer=peer)


def _row(name: str, sheets: Sequence[Sheet], runs: int, *, compared: Sequence[Sheet], peer: bool) -> None:
    count = sum(len(sheet.truth) for sheet in sheets)
    with (
        readers.files(sheets) as paths,
        readers.files([readers.as_pdf(sheet) for sheet in sheets]) as pdfs,
        readers.limit(sheets) as limit,
        readers.ours() as ours,
    ):
        taken = [_run(lambda: ours(paths), limit) for _ in range(runs)]
        peers = [_peer(pdfs, lambda: ours(paths)) for _ in range(runs)] if peer else []
    rate, its_rate = _rates(compared, peer=peer)
    best, mine = (median(t[i] for t in taken) for i in (0, 1))
    share = median(bare / own for bare, own in taken)
    theirs = (
        f"{count / median(p[0] for p in peers):.2f} | {median(p[0] / p[1] for p in peers):.1f}" if peers else "- | -"
    )
    rates = f"{rate:.2%}" + (f", {its_rate:.2%}" if its_rate is not None else "")
    print(f"| {name} | {count / best:.2f} | {count / mine:.2f} | {share:.2f} | {theirs} | {rates} |", flush=True)


def _rates(sheets: Sequence[Sheet], *, peer: bool) -> tuple[float, float | None]:
    """The character error rates of ours and of OCRmyPDF."""
    with readers.files(sheets) as paths, readers.ours() as ours:
        mine = _error_rate(sheets, ours(paths))
    if not peer:
        return mine, None
    with readers.files([readers.as_pdf(sheet) for sheet in sheets]) as pdfs:
        return mine, _error_rate(sheets, readers.ocrmypdf(pdfs, side_by_side=True))


def _error_rate(sheets: Sequence[Sheet], texts: Sequence[str]) -> float:
    wrong = sum(errors("\n".join(sheet.truth), text) for sheet, text in zip(sheets, texts, strict=True))
    return wrong / sum(length("\n".join(sheet.truth)) for sheet in sheets)


def _run(ours: Callable[[], object], limit: Callable[[], object]) -> tuple[float, float]:
    return readers.seconds(limit), readers.seconds(ours)


def _peer(pdfs: Sequence[Path], ours: Callable[[], object]) -> tuple[float, float]:
    """Seconds of OCRmyPDF in whichever way suits it best here, and ours right beside it."""
    ways = [readers.seconds(partial(readers.ocrmypdf, pdfs, side_by_side=way)) for way in (True, False)]
    return min(ways), readers.seconds(ours)


def _engines(count: int, runs: int) -> None:
    """Both engines over the same page images, a process a core each."""
    print("| pages | installed, pages/s | ours, pages/s | times as fast | CER, its CER |")
    print("| --- | --- | --- | --- | --- |")
    for how in CLASSES:
        sheets = letters(how, count)
        with readers.limit(sheets) as installed, readers.limit(sheets, installed=False) as newer:
            taken = [(readers.seconds(installed), readers.seconds(newer)) for _ in range(runs)]
            rates = [_error_rate(sheets, [readers.words_of(table) for table in run()]) for run in (installed, newer)]
        one, two = (count / median(t[i] for t in taken) for i in (0, 1))
        times = median(a / b for a, b in taken)
        print(f"| {how} | {one:.2f} | {two:.2f} | {times:.2f} | {rates[0]:.2%}, {rates[1]:.2%} |", flush=True)


main()
