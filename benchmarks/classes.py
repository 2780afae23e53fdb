"""`python -m benchmarks.classes`: how right reading is on each page class, as the Markdown table of docs/accuracy.md.

The letters are generated anew from a seed that nobody tuned on, kept in a private temporary folder and read by this one
process. Letters by class, and the measures: see ``columns``.
"""

import argparse
import hashlib
import json
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.tally import Tally, tallied
from pipeline.document import letters_of
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.practice import load_practice
from pipeline.language import Language, load_language
from pipeline.read import Tesseract, read
from pipeline.values.contract import to_json
from pipeline.values.limits import Limits
from pipeline.values.text import Text
from sample_letters.generator import measured, noise
from sample_letters.generator.classes import BATCHES, PageClass

ROOT = Path(__file__).parents[1]
COUNT = 92
BATCH_COUNT, FED_BATCH_COUNT = 60, 12
SEED = 41


def kept(how: PageClass, count: int, seed: int) -> Path:
    """The folder with ``count`` documents of a class, generated once for each state of the generator."""
    made_by = _state(ROOT / "sample_letters" / "generator")
    place = Path(tempfile.gettempdir()) / f"denials-classes-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    folder = place / f"{how.value}-{seed}-{count}-{made_by}"
    if not folder.with_suffix(".practice.yaml").exists():
        measured.write(measured.samples(how, count, seed), folder)
    return folder


def documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any], str]]:
    """Each document of a folder with its gold and its true text."""
    for gold in sorted(folder.glob("*.gold.json")):
        name = gold.name.removesuffix(".gold.json")
        truth = (folder / f"{name}.truth.txt").read_text(encoding="utf-8")
        path = next(p for p in folder.glob(f"{name}.*") if p.suffix in (".pdf", ".tif", ".jpg"))
        yield path, json.loads(gold.read_text(encoding="utf-8")), truth


def text_of(path: Path, ocr: Tesseract) -> Text:
    """The document read, or what was read of it before where the reading code is the same."""
    data = path.read_bytes()
    made_of = hashlib.sha256(data).hexdigest()[:24]
    kept_at = path.parents[1] / "read" / f"{made_of}-{_state(ROOT / 'pipeline' / 'read')}"
    if kept_at.exists():
        text: Text = pickle.loads(kept_at.read_bytes())  # noqa: S301 - written by us, into a folder only we can write
        return text
    text = read(data, ocr=ocr, limits=Limits())
    kept_at.parent.mkdir(exist_ok=True)
    kept_at.write_bytes(pickle.dumps(text))
    return text


def measure(how: PageClass, count: int, seed: int, *, language: Language, ocr: Tesseract) -> Tally:
    """What one class comes to."""
    folder, tally = kept(how, count, seed), Tally()
    practice = load_practice(folder.with_suffix(".practice.yaml"))
    for path, gold, truth in documents(folder):
        text = text_of(path, ocr)
        letters, unassigned = letters_of(text, path.stem, language=language, practice=practice)
        tallied(tally, path.name, text, truth=truth, gold=gold, letters=[to_json(one) for one in letters])
        tally.unassigned(path.name, gold.get("unassigned_pages", []), to_json(unassigned))
    return tally


def _state(folder: Path) -> str:
    state = hashlib.sha256()
    for path in sorted((*folder.glob("**/*.py"), *folder.glob("**/*.yaml"))):
        state.update(path.read_bytes())
    return state.hexdigest()[:10]


def _count(how: PageClass) -> int:
    if how is PageClass.BATCH:
        return BATCH_COUNT
    return FED_BATCH_COUNT if how in BATCHES else COUNT


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--class", dest="classes", type=PageClass, action="append", choices=list(PageClass))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--count",
        type=int,
        help=f"documents a class (default {COUNT}; batch files {BATCH_COUNT}, scanned or faxed ones {FED_BATCH_COUNT})",
    )
    parser.add_argument("--mistakes", action="store_true", help="say on stderr what was wrong")
    args = parser.parse_args()
    language, ocr = load_language(load_knowledge()), Tesseract()
    print(f"Seed {args.seed}, noise version {noise.VERSION}, Tesseract {ocr.version}.\n")
    print(Tally.head())
    for how in args.classes or PageClass:
        tally = measure(how, args.count or _count(how), args.seed, language=language, ocr=ocr)
        print(tally.row(how.value), flush=True)
        if args.mistakes:
            sys.stderr.write("".join(f"{how.value}\t{line}\n" for line in tally.mistakes))


if __name__ == "__main__":
    main()
