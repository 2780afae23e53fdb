"""`python -m benchmarks.trust [--count N] [--seed N] [--write]`: which answers may be accepted unseen.

Text letters of houses kept apart are generated, read, and their scalar answers sorted by what found them and by
confidence. From the highest confidence down a mechanism is trusted as long as all its answers together are right in at
least 99.5 %, and each step by itself in all of at least `_STEP`; so what is learned is one number a mechanism, and more
confidence never means less trust. `--write` puts them into `models/trust.yaml`, from which the pipeline takes them.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.sheets import NoOcr
from pipeline.document import letters_of
from pipeline.evaluation import gold_letters
from pipeline.evaluation.compare import SCALARS, compare, items
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.trust import PRECISION, mechanism_of
from pipeline.language import load_language
from pipeline.read import read
from pipeline.values.contract import to_json
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from sample_letters.generator import corpus
from sample_letters.generator.houses import Side
from sample_letters.generator.spec import TEXT_MEDIA, housed

_FEWEST, _STEP = 200, 40
"""Answers at or above a threshold, and answers at each step down to it; a step with fewer joins the next one."""
Tally = Mapping[str, Mapping[float, list[int]]]


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    tally: dict[str, dict[float, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    settled = letters = wrong = sure = 0
    for answers in _answers(options.count, options.seed):
        letters += 1
        settled += all(marked for *_, marked in answers)
        for rule, confidence, right, marked in answers:
            sure += marked
            wrong += marked and not right
            rules[mechanism_of(rule)][rule] += 1
            counts = tally[mechanism_of(rule)][confidence]
            counts[0] += right
            counts[1] += 1
    trusted = {name: found for name, steps in sorted(tally.items()) if (found := _trusted(steps))}
    print("| found by | confidence | right | trusted from |\n| --- | --- | --- | --- |")
    for name, steps in sorted(tally.items()):
        for confidence, (right, every) in sorted(steps.items(), reverse=True):
            print(
                f"| {name} | {confidence:.2f} | {right} of {every} | {trusted[name][0] if name in trusted else '-'} |"
            )
    print(f"\nletters {letters}; every scalar answered sure in {settled}; sure {sure}, of them wrong {wrong}")
    if options.write:
        _write(trusted, rules, options.count, options.seed)


def _answers(count: int, seed: int) -> Iterator[list[tuple[str, float, bool, bool]]]:
    """The scalar answers of each letter: rule, confidence, whether right, whether marked sure."""
    language, practice = load_language(load_knowledge()), Practice()
    with tempfile.TemporaryDirectory() as folder:
        for path, gold in _generated(Path(folder), count, seed).items():
            text = read(path.read_bytes(), ocr=NoOcr(), limits=Limits())
            found, _ = letters_of(text, "x", language=language, practice=practice)
            for wanted, letter in zip(gold, found, strict=False):
                yield list(_of_letter(wanted, to_json(letter)))


def _generated(folder: Path, count: int, seed: int) -> dict[Path, list[dict[str, Any]]]:
    specs = housed(corpus.source(seed, Side.APART), count, side=Side.APART, media=TEXT_MEDIA)
    corpus.write((corpus.sample(spec, seed) for spec in specs), folder / "made")
    corpus.joined(folder / "made", folder / "joined")
    return gold_letters(folder / "joined")


def _of_letter(gold: dict[str, Any], answer: dict[str, Any]) -> Iterator[tuple[str, float, bool, bool]]:
    for name in SCALARS:
        one, wanted = answer.get(name), items(name, gold)
        if wanted is None or not isinstance(one, dict):
            continue
        if said := items(name, answer):
            right = bool(compare(name, wanted, said)[0])
            yield one["rule"], round(float(one["confidence"]), 2), right, bool(one["sure"])


def _trusted(steps: Mapping[float, list[int]]) -> tuple[float, int, int] | None:
    """The lowest confidence from which a mechanism is trusted, with how many were right of how many."""
    found, right, every = None, 0, 0
    here_right = here_every = 0
    for confidence, (good, all_) in sorted(steps.items(), reverse=True):
        here_right, here_every = here_right + good, here_every + all_
        if here_right < here_every or right + here_right < PRECISION * (every + here_every):
            break
        if here_every >= _STEP:
            right, every = right + here_right, every + here_every
            here_right = here_every = 0
            found = (confidence, right, every)
    return found if found and found[2] >= _FEWEST else None


def _write(
    trusted: Mapping[str, tuple[float, int, int]], rules: Mapping[str, Counter[str]], count: int, seed: int
) -> None:
    lines = [
        "# Made by `python -m benchmarks.trust --write`, not by hand.",
        f'measured: "{count} text letters of houses kept apart, seed {seed}"',
        "trusted:",
        *(
            f"  - {{mechanism: {name}, {_those(name, rules[name])}least: {least}, right: {right}, every: {every}}}"
            for name, (least, right, every) in trusted.items()
        ),
    ]
    Path("models", "trust.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _those(mechanism: str, rules: Counter[str]) -> str:
    """Its rules that gave answers enough, where it is more than one."""
    enough = sorted(rule for rule, answers in rules.items() if answers >= _STEP)
    return "" if set(rules) == {mechanism} else f"rules: [{', '.join(enough)}], "


main()
