"""Learns a second opinion from sentences. No letter is read; the same sentences give the same weights."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from pipeline.extract.opinions import SILENT, Signs, weighed

MODELS = Path(__file__).parents[3] / "models"
"""Where the sentences and the weights stand, in a checkout."""
_SEED, _DECAY = 20, 1 / 30
Row = tuple[NDArray[np.int64], NDArray[np.float32]]
"""The places of a sentence's signs, and how much each counts: few of tens of thousands."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a model is learned: a sign counts that stands in ``fewest`` sentences; a step is taken after ``batch``."""

    fewest: int = 2
    rounds: int = 20
    batch: int = 128
    rate: float = 0.03


def said_in(name: str) -> Iterator[tuple[str, str]]:
    """``(sentence, answer)`` of the sentences that stand beside a model."""
    place = MODELS / name
    for file in sorted(place.glob("said*.yaml")):
        for answer, listed in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            yield from ((text, answer) for text in listed)
    for file in sorted(place.glob("unsaid*.yaml")):
        yield from ((text, SILENT) for text in yaml.safe_load(file.read_text(encoding="utf-8")))


def learn(name: str, said: Sequence[tuple[Signs, str]], *, course: Course = Course()) -> None:
    """Learn one model from the signs of sentences and their answers, and write its weights beside its sentences."""
    signs = [one for one, _ in said]
    listed, rarity = signs_listed(signs, fewest=course.fewest)
    places = {sign: number for number, sign in enumerate(listed)}
    names = sorted({answer for _, answer in said})
    rows = [
        weighed(([places[sign] for sign in group if sign in places] for group in one.groups()), rarity=rarity)
        for one in signs
    ]
    answers = np.array([names.index(answer) for _, answer in said])
    weights, bias = learned(rows, answers, signs=len(listed), count=len(names), course=course)
    out = MODELS / name
    (out / "signs.json").write_text(json.dumps({"answers": names, "signs": listed}, indent=0) + "\n", encoding="utf-8")
    np.savez_compressed(
        out / "weights.npz",
        weights=weights.astype(np.float16), bias=bias.astype(np.float16), rarity=rarity.astype(np.float16),
    )  # fmt: skip
    told = [int(np.argmax(values @ weights[places] + bias)) for places, values in rows]
    right = (np.array(told) == answers).mean()
    print(f"{name}: {len(said)} sentences, {len(listed)} signs, {len(names)} answers; {right:.3f} of them learned")


def signs_listed(signs: Sequence[Signs], *, fewest: int) -> tuple[list[str], NDArray[np.float32]]:
    """The signs that stand in ``fewest`` sentences or more, in order, with how rare each is."""
    seen = Counter(sign for one in signs for sign in {sign for group in one.groups() for sign in group})
    listed = sorted(sign for sign, times in seen.items() if times >= fewest)
    rarity = np.array([1 + log((1 + len(signs)) / (1 + seen[sign])) for sign in listed], dtype=np.float32)
    return listed, rarity


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
