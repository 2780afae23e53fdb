"""`python -m benchmarks.zones [--count N] [--seed N] [--learn N]`: zones of lines by rules, by a model and by both.

The model is learned from letters of the open houses and measured, like the rules, on houses kept apart; of what zone a
line is, the generator's blocks alone tell. It is linear: the words of the line and of its paragraph, how the line is
set, and (for "both") the zone that the rules give it. Text letters only; blank lines and titles count for none.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.opinions import Signs, weighed
from pipeline.extract.opinions.learning import Course, learned
from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.language.prose import is_titled
from pipeline.values.text import Method, Page, Text
from sample_letters.generator import corpus, plain
from sample_letters.generator.blocks import Draft, Grid
from sample_letters.generator.houses import Side
from sample_letters.generator.spec import housed

_WORD = re.compile(r"[a-z]+|#|n't")
_FEWEST = 3
"""A sign counts that stands in so many lines."""
_TABLE, _CONTACTS = "table", "contacts"
_LEARNED, _MEASURED = 150, 100
Truth = Sequence[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A letter's lines, each with its true zone or None, and the zone by the rules."""

    lines: tuple[str, ...]
    truth: Truth
    rules: tuple[str, ...]


def true_zones(draft: Draft, lines: Sequence[str]) -> list[str | None]:
    """The zone of each line, by the block that it was set from; None where nothing tells."""
    told: list[tuple[str, str | None]] = [(draft.sender.upper(), "letterhead")]
    told += [(line, "letterhead") for line in draft.sender_address]
    told += [(": ".join(t for t in draft.date if t), "address"), *((line, "address") for line in draft.address)]
    told += [(draft.salutation or "", "greeting")]
    blocks = zip(draft.parts, draft.body, strict=True)
    told += [(line, _TABLE if isinstance(b, Grid) and part != "rights" else part)
             for part, b in blocks for line in plain.text_block(b)]  # fmt: skip
    told += [(line, "signature") for line in draft.closing]
    told += [(line, "boilerplate") for block in draft.enclosures for line in plain.text_block(block)]
    expected = iter([(line.strip(), zone) for line, zone in told if re.search(r"\w", line)])
    following = next(expected, None)
    found: list[str | None] = []
    labels = tuple(f"{label}:" for label, _ in draft.reference)
    for line in lines:
        if following is not None and line.strip() == following[0]:
            found.append(following[1])
            following = next(expected, None)
        else:
            found.append("reference" if line.startswith(labels) else None)
    if following is not None:
        raise ValueError(f"the text has no line {following[0]!r}")
    return found


def sheets(language: Language, *, side: Side, seed: int, count: int) -> Iterator[Sheet]:
    """Letters of a side as text, with their zones."""
    for spec in housed(corpus.source(seed, side), count, side=side, media=("txt",)):
        _, draft = corpus.written(spec, seed)
        content = plain.to_text(draft)
        ends = [i + 1 for i, sign in enumerate(content) if sign == "\f"] + [len(content)]
        pages = tuple(
            Page(number, Method.TEXT, None, None, 0, 1.0, start, end, ())
            for number, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True), start=1)
        )
        reading = language.reading(Text(content=content, pages=pages))
        lines = tuple(line.text for line in reading.lines)
        yield Sheet(lines=lines, truth=true_zones(draft, lines), rules=tuple(line.zone.value for line in reading.lines))


def signs_of(sheet: Sheet, number: int, *, rules: bool) -> Signs:
    """The signs of a line: its words, those of its paragraph and the heading above, how it is set."""
    line = sheet.lines[number]
    words = _words(line)
    first = next((n for n in range(number, -1, -1) if not sheet.lines[n].strip()), -1) + 1
    last = next((n for n in range(number, len(sheet.lines)) if not sheet.lines[n].strip()), len(sheet.lines))
    around = [word for n in range(first, last) for word in _words(sheet.lines[n])]
    above = next((n for n in range(number - 1, -1, -1) if is_titled(sheet.lines[n])), None)
    place = [
        f"part:{10 * number // len(sheet.lines)}", f"cells:{min(4, len(re.split(r' {3,}', line.strip())))}",
        f"length:{min(4, len(line.strip()) // 20)}", f"titled:{is_titled(line)}", f"colon:{':' in line}",
        f"greeted:{any(re.match(r'Dear ', text) for text in sheet.lines[:number])}",
        f"closed:{any(re.match(r'(Sincerely|Respectfully)', text) for text in sheet.lines[:number])}",
        *(f"above:{word}" for word in (_words(sheet.lines[above]) if above is not None else ())),
        *((f"rules:{sheet.rules[number]}", f"before:{sheet.rules[number - 1]}") if rules else ()),
    ]  # fmt: skip
    return (*words, *(f"{a} {b}" for a, b in pairwise(words))), tuple(f"p:{word}" for word in around), tuple(place)


def _words(line: str) -> list[str]:
    return _WORD.findall(re.sub(r"\d[\d,.]*", "#", line.lower()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A linear model of zones."""

    answers: tuple[str, ...]
    places: Mapping[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def zone(self, signs: Signs) -> str:
        """The likeliest zone."""
        at, values = weighed(_placed(signs, self.places), rarity=self.rarity)
        return self.answers[int(np.argmax(values @ self.weights[at] + self.bias))]


def _placed(signs: Signs, places: Mapping[str, int]) -> Iterator[list[int]]:
    """The places of the signs that are known, group by group."""
    for group in signs:
        yield [places[sign] for sign in group if sign in places]


def learn(said: Sequence[tuple[Signs, str]]) -> Model:
    """A model of lines and their zones; the same lines give the same model."""
    seen = Counter(sign for one, _ in said for sign in {sign for group in one for sign in group})
    places = {sign: n for n, sign in enumerate(sorted(sign for sign, times in seen.items() if times >= _FEWEST))}
    rarity = np.array([1 + log((1 + len(said)) / (1 + seen[sign])) for sign in places], dtype=np.float32)
    answers = tuple(sorted({zone for _, zone in said}))
    rows = [weighed(_placed(one, places), rarity=rarity) for one, _ in said]
    zones = np.array([answers.index(zone) for _, zone in said])
    weights, bias = learned(rows, zones, signs=len(places), count=len(answers), course=Course())
    return Model(answers=answers, places=places, rarity=rarity, weights=weights, bias=bias)


def measured(language: Language, *, seed: int, learned_from: int, count: int) -> Mapping[str, Mapping[str, list[int]]]:
    """Of each way: zone -> [right, answered, gold], on lines of houses kept apart."""
    known = list(sheets(language, side=Side.OPEN, seed=seed, count=learned_from))
    models = {
        name: learn([(signs_of(s, n, rules=rules), z) for s in known for n, z in enumerate(s.truth) if z])
        for name, rules in (("model", False), ("both", True))
    }
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
    for sheet in sheets(language, side=Side.APART, seed=seed, count=count):
        for number, zone in enumerate(sheet.truth):
            if zone is None:
                continue
            said = {"rules": sheet.rules[number]} | {
                name: model.zone(signs_of(sheet, number, rules=name == "both")) for name, model in models.items()
            }
            said["rules, else model"] = said["model"] if said["rules"] == "body" else said["rules"]
            for name, answer in said.items():
                found[name][zone][2] += 1
                found[name][answer][1] += 1
                found[name][zone][0] += answer == zone
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=_MEASURED)
    parser.add_argument("--learn", type=int, default=_LEARNED)
    parser.add_argument("--seed", type=int, default=20261127)
    options = parser.parse_args()
    language = load_language(load_knowledge())
    found = measured(language, seed=options.seed, learned_from=options.learn, count=options.count)
    zones = sorted({zone for ways in found.values() for zone, (_, _, gold) in ways.items() if gold})
    print(f"| zone, F1 of lines | {' | '.join(found)} | lines |\n| --- |{' --- |' * (len(found) + 1)}")
    for zone in zones:
        scores = [2 * r / max(1, a + g) for r, a, g in (ways[zone] for ways in found.values())]
        print(f"| {zone} | {' | '.join(f'{score:.3f}' for score in scores)} | {found['rules'][zone][2]} |")
    every = [sum(r for r, _, _ in ways.values()) / sum(g for _, _, g in ways.values()) for ways in found.values()]
    print(f"| all lines right | {' | '.join(f'{share:.3f}' for share in every)} | |")


if __name__ == "__main__":
    main()
