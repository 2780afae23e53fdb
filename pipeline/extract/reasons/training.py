"""Learns the second opinions from sentences: ``python -m pipeline.extract.reasons.training [FOLDER]`` (``make train``).

Sentences on reasons come from ``models/reason_opinion``, from the examples and counter-examples of
``models/denial_reasons``, and from a FOLDER of sentences by category, of which the half that only measures is left out;
sentences on kinds from ``models/kind_opinion`` and the examples of ``models/kinds``. No letter is read. The same
sentences give the same weights.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.extract.reasons.opinion import KINDS, REASONS, SILENT, Signs, signs_of, weighed
from pipeline.extract.reasons.rules import fired
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.kinds import Weight
from pipeline.language import Language, load_language
from pipeline.language.context import Utterance, joined, utterances
from pipeline.values.letter import LetterKind
from pipeline.values.text import Method, Page, Text

_MODELS = Path(__file__).parents[3] / "models"
_FEW = 4
"""One in so many sentences on reasons goes into the opinion on kinds."""
_GIVES_REASON = "reason"
_DECIDES_NOTHING = ("unsaid_case.yaml", "unsaid_rights.yaml", "unsaid_general.yaml")
"""Sentences that give no reason and decide nothing either."""
_FRAMES = "frames.yaml"
_EVERY = 2
"""One in so many sentences on reasons is learned in a frame besides: ``We cannot pay for it, since ...``."""
_LETTERS = frozenset(LetterKind) - {LetterKind.OTHER, LetterKind.REMITTANCE}
"""Kinds that sentences tell; a payment statement is told by its table."""
_SEED, _DECAY = 20, 1 / 30


@dataclass(frozen=True, slots=True)
class Course:
    """How a model is learned: a sign counts that stands in ``fewest`` sentences; a step is taken after ``batch``."""

    fewest: int = 2
    rounds: int = 20
    batch: int = 128
    rate: float = 0.03


_OF_THOUSANDS = Course(fewest=3, rounds=12, batch=256, rate=0.04)
"""For ten thousand sentences and more: as right as the slower one, in a third of the time, two thirds the size."""
Row = tuple[NDArray[np.int64], NDArray[np.float32]]
"""The places of a sentence's signs, and how much each counts: few of tens of thousands."""


def is_looked_at(text: str) -> bool:
    """Whether a sentence of a bank is in the half that is looked at; the other half only measures."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def sentence_of(text: str, language: Language) -> Utterance:
    """The text as one sentence, with its zone and stances, as it would stand in a letter."""
    content = f"Dear Dr. Example:\n\n{text}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = language.reading(Text(content=content, pages=(page,)))
    first, *others = [u for u in utterances(reading, language) if u.span[0] >= content.index(text)]
    for other in others:
        first = joined(first, other, broken=True)
    return first


def said_in(name: str) -> Iterator[tuple[str, str]]:
    """``(sentence, answer)`` of the sentences that stand beside a model."""
    place = _MODELS / name
    for file in sorted(place.glob("said*.yaml")):
        for answer, listed in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            yield from ((text, answer) for text in listed)
    for file in sorted(place.glob("unsaid*.yaml")):
        yield from ((text, SILENT) for text in yaml.safe_load(file.read_text(encoding="utf-8")))


def of_kinds(language: Language) -> Iterator[tuple[str, str]]:
    """What the opinion on kinds is learned from; sentences that give a reason teach it what decides nothing."""
    yield from said_in(KINDS)
    for entry in language.knowledge.kinds:
        answer = entry.kind.value if entry.weight is Weight.DECIDES and entry.kind in _LETTERS else SILENT
        yield from ((text, answer) for text in entry.examples)
    for mention in language.knowledge.mentions:
        # Few, and they hold the very words that decide elsewhere.
        yield from ((text, SILENT) for text in mention.examples for _ in range(_FEW))
    yield from ((text, _GIVES_REASON) for text, answer in list(said_in(REASONS))[::_FEW] if answer != SILENT)
    for name in _DECIDES_NOTHING:
        yield from ((text, SILENT) for text in yaml.safe_load((_MODELS / REASONS / name).read_text(encoding="utf-8")))


def _framed(said: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Sentences that give a reason, in the words that lead up to it, frame by frame in turn."""
    frames = yaml.safe_load((_MODELS / REASONS / _FRAMES).read_text(encoding="utf-8"))
    given = [one for one in said if one[1] != SILENT][::_EVERY]
    for number, (text, answer) in enumerate(given):
        frame = frames[number % len(frames)]
        small = text if text[:2].isupper() or frame.format("").rstrip()[-1:] in ".:-" else text[0].lower() + text[1:]
        yield frame.format(small), answer


def of_reasons(language: Language, bank: Path | None) -> Iterator[tuple[str, str]]:
    """What the opinion on reasons is learned from."""
    said = list(said_in(REASONS))
    yield from said
    yield from _framed(said)
    for rule in language.knowledge.reasons.rules:
        yield from ((text, rule.category.value) for text in rule.examples)
        for text in rule.counter_examples:
            # A sentence that is no example of one rule may be one of another.
            others = {other.category.value for other, _, _ in fired(sentence_of(text, language), language)}
            if len(others) < 2:
                yield text, next(iter(others), SILENT)
    for file in sorted(bank.glob("*.yaml")) if bank else ():
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield from ((text, entry["category"]) for text in entry["says"] if is_looked_at(text))
            yield from ((text, SILENT) for text in entry["not_reasons"] if is_looked_at(text))


def learned(
    rows: Sequence[Row], answers: NDArray[np.int64], *, signs: int, count: int, course: Course
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights and bias of a multinomial logistic regression with an L2 penalty, by steps of Adam over small batches."""
    target = np.eye(count, dtype=np.float32)[answers]
    weights: NDArray[np.float32] = np.zeros((signs, count), np.float32)
    bias: NDArray[np.float32] = np.zeros(count, np.float32)
    first: NDArray[np.float32] = np.zeros_like(weights)
    second: NDArray[np.float32] = np.zeros_like(weights)
    order, steps = np.random.default_rng(_SEED), course.rounds * -(-len(rows) // course.batch)
    batches = (part for _ in range(course.rounds) for part in _parts(order.permutation(len(rows)), course.batch))
    for step, part in enumerate(batches, start=1):
        batch = _dense([rows[number] for number in part], signs)
        error = (_likely(batch @ weights + bias) - target[part]) / len(part)
        slope = batch.T @ error + (_DECAY / len(rows)) * weights
        first += 0.1 * (slope - first)
        second += 0.001 * (slope**2 - second)
        rate = course.rate * (1 - step / (steps + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        bias -= rate * error.sum(axis=0)
    return weights, bias


def _likely(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The probabilities of the answers, a row a sentence."""
    likely: NDArray[np.float32] = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    return likely


def _dense(rows: Sequence[Row], signs: int) -> NDArray[np.float32]:
    """The sentences with a column for every sign."""
    batch = np.zeros((len(rows), signs), np.float32)
    for line, (places, values) in zip(batch, rows, strict=True):
        line[places] = values
    return batch


def _parts(order: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """The rows of one round, a batch at a time."""
    for start in range(0, len(order), size):
        yield order[start : start + size]


def learn(name: str, said: Sequence[tuple[Signs, str]], *, course: Course = Course()) -> None:
    """Learn one model from the signs of sentences and their answers, and write its weights beside its sentences."""
    signs = [one for one, _ in said]
    seen = Counter(sign for one in signs for sign in {sign for group in one.groups() for sign in group})
    listed = sorted(sign for sign, times in seen.items() if times >= course.fewest)
    places = {sign: number for number, sign in enumerate(listed)}
    rarity = np.array([1 + log((1 + len(said)) / (1 + seen[sign])) for sign in listed], dtype=np.float32)
    names = sorted({answer for _, answer in said})
    rows = [
        weighed(([places[sign] for sign in group if sign in places] for group in one.groups()), rarity=rarity)
        for one in signs
    ]
    answers = np.array([names.index(answer) for _, answer in said])
    weights, bias = learned(rows, answers, signs=len(listed), count=len(names), course=course)
    out = _MODELS / name
    (out / "signs.json").write_text(json.dumps({"answers": names, "signs": listed}, indent=0) + "\n", encoding="utf-8")
    np.savez_compressed(
        out / "weights.npz",
        weights=weights.astype(np.float16), bias=bias.astype(np.float16), rarity=rarity.astype(np.float16),
    )  # fmt: skip
    told = [int(np.argmax(values @ weights[places] + bias)) for places, values in rows]
    right = (np.array(told) == answers).mean()
    print(f"{name}: {len(said)} sentences, {len(listed)} signs, {len(names)} answers; {right:.3f} of them learned")


def main() -> None:
    """Learn both models."""
    language = load_language(load_knowledge())
    bank = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for name, said in ((KINDS, of_kinds(language)), (REASONS, of_reasons(language, bank))):
        learn(
            name,
            [(signs_of(sentence_of(text, language), language), answer) for text, answer in said],
            course=_OF_THOUSANDS,
        )


if __name__ == "__main__":
    main()
