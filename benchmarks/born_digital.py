"""`python -m benchmarks.born_digital [--runs N]`: text PDFs through the pipeline, beside pdfplumber's words alone.

Processor time, one process, models loaded; each run measures all parts one after the other over the same pages.
"""

import argparse
import io
import json
import time
from collections.abc import Callable
from statistics import median

import pdfplumber

from benchmarks.sheets import NoOcr, born_digital
from pipeline.document import process
from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import read
from pipeline.split import split
from pipeline.values.contract import to_json
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice

LIMITS, PRACTICE = Limits(), Practice()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    files = [data for data, _ in born_digital()]
    pages = sum(len(texts) for _, texts in born_digital())
    language, ocr = load_language(load_knowledge()), NoOcr()
    texts = [read(data, ocr=ocr, limits=LIMITS) for data in files]
    letters = [part.text for text in texts for part in split(text, language).letters]
    read_already = [
        process(data, file_name="", language=language, practice=PRACTICE, ocr=ocr, limits=LIMITS) for data in files
    ]
    parts: dict[str, Callable[[], object]] = {
        "pdfplumber, words alone": lambda: [_plumbed(data) for data in files],
        "reading": lambda: [read(data, ocr=ocr, limits=LIMITS) for data in files],
        "splitting": lambda: [split(text, language) for text in texts],
        "extraction": lambda: [
            extract(letter, letter_id="x", language=language, practice=PRACTICE) for letter in letters
        ],
        "JSON": lambda: [json.dumps(to_json(document)) for document in read_already],
    }
    taken = [{name: _seconds(work) for name, work in parts.items()} for _ in range(runs)]
    print(f"{len(files)} text PDFs, {pages} pages, medians of {runs} runs.\n")
    print("| part | ms a page | of pdfplumber |\n| --- | --- | --- |")
    first = next(iter(parts))
    for name in parts:
        share = median(run[name] / run[first] for run in taken)
        print(f"| {name} | {median(run[name] for run in taken) / pages * 1000:.1f} | {share:.2f} |")
    whole = median((sum(run.values()) - run[first]) / run[first] for run in taken)
    print(f"| the whole pipeline | | {whole:.2f} |")


def _plumbed(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words()


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


main()
