"""`python -m benchmarks.trust [--count N] [--seed N] [--write]`: which answers may be accepted unseen.

Text letters of houses kept apart are generated, read, and their scalar answers sorted by what found them and by
confidence. From the highest confidence down a mechanism is trusted as long as all its answers together are right in at
least 99.5 %, and each step by itself in all of at least `_STEP`; so what is learned is one number a mechanism, and more
confidence never means less trust. Below that number answers with a sign, or with two, are trusted in the same way, the
mechanisms of a field taken together, where that adds to them and none was wrong. `--write` puts what was learned into
`models/trust.yaml`, from which the pipeline takes it; without, the file as it is is measured.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.sheets import NoOcr
from pipeline.document import letters_of
from pipeline.evaluation import gold_letters
from pipeline.evaluation.compare import SCALARS, compare, items
from pipeline.extract.signs import signs_of
from pipeline.extract.trust import earned
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.trust import PRECISION, Sign, Trusted, TrustTable, field_of, mechanism_of
from pipeline.language import load_language
from pipeline.read import read
from pipeline.values.contract import to_json
from pipeline.values.letter import RIVAL, Finding, Letter
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.text import Text
from sample_letters.generator import corpus
from sample_letters.generator.houses import Side
from sample_letters.generator.spec import TEXT_MEDIA, housed

_FEWEST, _STEP = 200, 40
"""Answers at or above a threshold, and answers at each step down to it; a step with fewer joins the next one."""
_MOST_SIGNS = 2
_FLOOR, _FLOOR_ALONE = 0.7, 0.8
"""No sign lifts an answer of less confidence; that nothing else stood for election says little, so it lifts less."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A scalar answer: what was found, by which signs, and whether it was right; ``found.sure`` is the rules' own."""

    field: str
    found: Finding
    signs: frozenset[Sign]
    right: bool

    @property
    def confidence(self) -> float:
        """As it is told, in hundredths."""
        return round(self.found.confidence, 2)


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    letters = list(_answers(options.count, options.seed))
    every = [answer for answers in letters for answer in answers]
    by_mechanism, by_field = _grouped(every, mechanism_of), _grouped(every, lambda rule: field_of(mechanism_of(rule)))
    learned = [one for name, answers in by_mechanism.items() for one in _by_confidence(name, answers)]
    learned += [one for name, answers in by_field.items() for one in _by_signs(name, answers, learned)]
    print("| found by | confidence | right | trusted from |\n| --- | --- | --- | --- |")
    for name, answers in by_mechanism.items():
        base = next((one.least for one in learned if one.mechanism == name and not one.signs), "-")
        for confidence, (right, every) in sorted(_steps(answers).items(), reverse=True):
            print(f"| {name} | {confidence:.2f} | {right} of {every} | {base} |")
    for one in learned:
        if one.signs:
            print(f"{one.mechanism} with {' and '.join(one.signs)}: from {one.least} {one.right} of {one.every}")
    used = learned if options.write else load_knowledge().trust.trusted
    marks = [[(answer, _sure(answer, used)) for answer in answers] for answers in letters]
    settled = sum(all(mark for _, mark in answers) for answers in marks)
    sure = [answer for answers in marks for answer, mark in answers if mark]
    wrong = [answer for answer in sure if not answer.right]
    print(f"\nletters {len(letters)}; every scalar answered sure in {settled}")
    print(f"sure {len(sure)}, of them wrong {len(wrong)}")
    open_ = Counter(answer.field for answers in marks for answer, mark in answers if not mark)
    print("not sure: " + ", ".join(f"{name} {count}" for name, count in open_.most_common()))
    if wrong:
        print("wrong: " + ", ".join(f"{name} {n}" for name, n in Counter(a.found.rule for a in wrong).items()))
    if options.write:
        _write(learned, options.count, options.seed)


def _sure(answer: Answer, trusted: Sequence[Trusted]) -> bool:
    able = [one for one in trusted if answer.found.rule in (one.rules or (one.mechanism,))]
    return answer.found.sure or earned(answer.found, able, signs=answer.signs)


def _answers(count: int, seed: int) -> Iterator[list[Answer]]:
    """The scalar answers of each letter, marked sure by the rules alone."""
    knowledge = replace(load_knowledge(), trust=TrustTable(measured="", trusted=()))
    language, practice = load_language(knowledge), Practice()
    with tempfile.TemporaryDirectory() as folder:
        for path, gold in _generated(Path(folder), count, seed).items():
            try:
                text = read(path.read_bytes(), ocr=NoOcr(), limits=Limits())
            except LookupError:  # a page whose text layer is in doubt is read by eye as well
                continue
            found, _ = letters_of(text, "x", language=language, practice=practice)
            for wanted, letter in zip(gold, found, strict=False):
                yield list(_of_letter(wanted, letter, text))


def _generated(folder: Path, count: int, seed: int) -> dict[Path, list[dict[str, Any]]]:
    specs = housed(corpus.source(seed, Side.APART), count, side=Side.APART, media=TEXT_MEDIA)
    corpus.write((corpus.sample(spec, seed) for spec in specs), folder / "made")
    corpus.joined(folder / "made", folder / "joined")
    return gold_letters(folder / "joined")


def _of_letter(gold: dict[str, Any], letter: Letter, text: Text) -> Iterator[Answer]:
    told = to_json(letter)
    for name in SCALARS:
        found, wanted, said = getattr(letter, name), items(name, gold), items(name, told)
        if wanted is not None and isinstance(found, Finding) and said:
            right = bool(compare(name, wanted, said)[0])
            yield Answer(name, found, signs_of(letter, text, field=name), right)


def _grouped(answers: Sequence[Answer], key: Callable[[str], str]) -> dict[str, list[Answer]]:
    """The answers without a rival of equal standing by what found them, in order of its name."""
    out: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        if not any(loser.why == RIVAL for loser in one.found.rejected):
            out[key(one.found.rule)].append(one)
    return dict(sorted(out.items()))


def _by_confidence(mechanism: str, answers: Sequence[Answer]) -> Iterator[Trusted]:
    """What a mechanism earned by its confidence alone."""
    if found := _trusted(_steps(answers)):
        yield _entry(mechanism, answers, found, signs=())


def _by_signs(field: str, answers: Sequence[Answer], trusted: Sequence[Trusted]) -> Iterator[Trusted]:
    """What the mechanisms of a field earned together by a sign, or by two, where that adds to the trusted."""
    own = list(trusted)
    for size in range(1, _MOST_SIGNS + 1):
        for signs in combinations(Sign, size):
            with_signs = [one for one in answers if one.signs.issuperset(signs)]
            floor = _FLOOR_ALONE if set(signs) == {Sign.ALONE} else _FLOOR
            found = _trusted({step: counts for step, counts in _steps(with_signs).items() if step >= floor})
            if found is None or found[1] < found[2]:
                continue
            entry = _entry(field, with_signs, found, signs=signs)
            if sum(_sure(one, [entry]) and not _sure(one, own) for one in answers) >= _STEP:
                own.append(entry)
                yield entry


def _entry(
    mechanism: str, answers: Sequence[Answer], found: tuple[float, int, int], *, signs: tuple[Sign, ...]
) -> Trusted:
    """The entry, with those of its rules that gave answers enough, where it is more than one."""
    least, right, every = found
    rules = Counter(one.found.rule for one in answers if one.confidence >= least)
    enough = () if set(rules) == {mechanism} else tuple(sorted(rule for rule, n in rules.items() if n >= _STEP))
    return Trusted(mechanism=mechanism, rules=enough, signs=signs, least=least, right=right, every=every)


def _steps(answers: Sequence[Answer]) -> Mapping[float, list[int]]:
    tally: dict[float, list[int]] = defaultdict(lambda: [0, 0])
    for one in answers:
        tally[one.confidence][0] += one.right
        tally[one.confidence][1] += 1
    return tally


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


def _write(trusted: Sequence[Trusted], count: int, seed: int) -> None:
    lines = [
        "# Made by `python -m benchmarks.trust --write`, not by hand.",
        f'measured: "{count} text letters of houses kept apart, seed {seed}"',
        "trusted:",
        *(
            f"  - {{mechanism: {one.mechanism}, {_listed('rules', one.rules)}{_listed('signs', one.signs)}"
            f"least: {one.least}, right: {one.right}, every: {one.every}}}"
            for one in trusted
        ),
    ]
    Path("models", "trust.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _listed(key: str, values: Sequence[str]) -> str:
    return f"{key}: [{', '.join(values)}], " if values else ""


main()
