"""`python -m benchmarks.boundaries [--write]`: the weights of the boundary signs, measured on generated batch files.

Logistic regression over the pages of text batches of a training seed, each page beside the true letter before it. Each
page is shown several times, every time with some of its signs lost, as bad print loses them and as houses that write
unlike ours never show them: so no sign is trusted alone. The seeds that accuracy is measured with are others.
``--write`` puts the weights into models/boundaries.yaml.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.read import Tesseract, read
from pipeline.split.pages import facts_of
from pipeline.split.signs import Sign, signs_of
from pipeline.split.weigh import BIAS
from pipeline.values.limits import Limits
from sample_letters.generator import bundles, corpus

MODEL = Path(__file__).parents[1] / "models" / "boundaries.yaml"
SEED = 900
FILES = 180
_PENALTY = 1.0
_STEPS = 50
_SHOWN, _LOST = 6, 0.2
_ROWS = 3
"""One file in so many holds letters of one house in a row."""
_RARE = 20
"""A sign seen fewer times keeps the weight that it has."""
Example = tuple[frozenset[Sign], bool]


def examples(seed: int, files: int, language: Language) -> Iterator[Example]:
    """The signs of each page that follows another page of a letter, and whether it begins a letter."""
    ocr = Tesseract()
    for i in range(files):
        made = _made(corpus.source(seed, f"boundary-{i}"), in_a_row=i % _ROWS == 0)
        text = read(made.data, ocr=ocr, limits=Limits())
        facts = {page.number: facts_of(text, page, language) for page in text.pages}
        parting = {p["number"] for p in made.gold["unassigned_pages"] if p["why"] in ("separator", "fax_cover")}
        before: list[int] = []
        for letter in made.gold["letters"]:
            for n, number in enumerate(letter["pages"]):
                if before:
                    parted = any(before[-1] < p < number for p in parting)
                    yield signs_of(facts[number], [facts[b] for b in before], parted=parted), n == 0
                before = [number] if n == 0 else [*before, number]


def _made(rng: Random, *, in_a_row: bool) -> bundles.Bundle:
    return bundles.row(rng) if in_a_row else bundles.bundle(rng, medium="text")


def weathered(found: list[Example], seed: int) -> list[Example]:
    """Each example several times, with each of its signs lost by chance."""
    rng = corpus.source(seed, "weathered")
    return [
        (frozenset(s for s in sorted(shown) if rng.random() >= _LOST), begins)
        for shown, begins in found
        for _ in range(_SHOWN)
    ]


def fitted(found: list[Example]) -> dict[str, float]:
    """Log-odds of each sign and the bias, by Newton's method with a ridge penalty that leaves the bias alone."""
    signs = list(Sign)
    rows = np.array([[1.0, *(float(s in shown) for s in signs)] for shown, _ in found])
    labels = np.array([float(begins) for _, begins in found])
    ridge = np.diag([0.0, *([_PENALTY] * len(signs))])
    weights: NDArray[np.float64] = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (labels - chance) - ridge @ weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return dict(zip([BIAS, *(s.value for s in signs)], (round(float(w), 2) for w in weights), strict=True))


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = list(examples(args.seed, args.files, load_language(load_knowledge())))
    weights = fitted(weathered(found, args.seed))
    print(f"{len(found)} pages after another, {sum(b for _, b in found)} of them begin a letter")
    counts: dict[str, int] = {}
    for name, weight in weights.items():
        shown = [b for s, b in found if name in s or name == BIAS]
        counts[name] = len(shown)
        print(f"{weight:7.2f}  {name:20} {len(shown):5} times, {sum(shown):5} of them at a beginning")
    if args.write:
        text = MODEL.read_text(encoding="utf-8")
        for name, weight in weights.items():
            if counts[name] < _RARE:
                continue
            text = re.sub(rf"(boundary\.{name}, weight: )[-\d.]+", rf"\g<1>{weight}", text)
        MODEL.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
