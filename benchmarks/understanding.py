"""`python -m benchmarks.understanding [--runs N]`: what it costs to understand a page of 600 words, models loaded.

The five sample letters whose length is nearest to 600 words, split and extracted, not read; each time is put in
proportion to 600 words. Printed are medians over the runs, of processor time and by the clock.
"""

import argparse
import time
from statistics import median

from benchmarks.sheets import LETTERS, NoOcr
from pipeline.document import letters_of
from pipeline.errors import DocumentError
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import read
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.text import Text

_WORDS, _LETTERS = 600, 5


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    language, practice = load_language(load_knowledge()), Practice()
    print(
        f"Milliseconds, each for {_WORDS} words:\n\n| letter | words | processor | clock |\n| --- | --- | --- | --- |"
    )
    medians = []
    for name, text in _longest():
        words = len(text.content.split())
        taken = []
        for _ in range(runs + 1):  # the first one fills caches of the models
            start = time.process_time(), time.perf_counter()
            letters_of(text, "x", language=language, practice=practice)
            taken.append((time.process_time() - start[0], time.perf_counter() - start[1]))
        here = [median(run[n] for run in taken[1:]) * 1000 * _WORDS / words for n in (0, 1)]
        medians.append(here)
        print(f"| {name} | {words} | {here[0]:.0f} | {here[1]:.0f} |")
    print(f"| median | | {median(m[0] for m in medians):.0f} | {median(m[1] for m in medians):.0f} |")


def _longest() -> list[tuple[str, Text]]:
    """The letters nearest to so many words, of those that need no OCR."""
    found = []
    for path in sorted(LETTERS.iterdir()):
        try:
            text = read(path.read_bytes(), ocr=NoOcr(), limits=Limits())
        except (LookupError, DocumentError):
            continue
        found.append((abs(len(text.content.split()) - _WORDS), path.name, text))
    return [(name, text) for _, name, text in sorted(found, key=lambda one: one[:2])[:_LETTERS]]


main()
