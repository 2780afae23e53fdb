"""Sample letters with seeded damage: what a bad disk, a cut transfer or a hostile sender makes of a letter."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LETTERS = Path(__file__).parents[2] / "sample_letters" / "letters"
_ODD = (b"\0", b"\xff", b"<<", b">>", b"endobj", b"endstream", b"[", b"]", b"(", b"-1", b"0", b"4294967295", b"R", b"/")
"""What parsers of PDF and pictures stumble over."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged letter; ``number`` and the name of the letter are enough to make it again."""

    number: int
    letter: str
    data: bytes


def mutants(count: int, *, largest: int, seed: int) -> Iterator[Mutant]:
    """So many mutants of the sample letters of at most ``largest`` bytes; the same for the same seed."""
    letters = sorted(path for path in LETTERS.iterdir() if path.stat().st_size <= largest)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 (the same every time)
        path = chance.choice(letters)
        data = path.read_bytes()
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            data = chance.choice(_DAMAGES)(data, chance)
        yield Mutant(number, path.name, data)


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 32))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _gone(data: bytes, chance: random.Random) -> bytes:
    start, length = chance.randrange(len(data) + 1), chance.choice((1, 16, 512))
    return data[:start] + data[start + length :]


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    hole = data[start : start + chance.choice((1, 64, 512, 4096))]
    return data[:start] + bytes(len(hole)) + data[start + len(hole) :]


def _twice(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[: start + chance.choice((16, 512))] + data[start:]


def _put_in(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(_ODD) * chance.choice((1, 1, 100)) + data[start:]


def _renumbered(data: bytes, chance: random.Random) -> bytes:
    """A digit becomes another: lengths, offsets, sizes and object numbers that lie."""
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + bytes([chance.choice(b"0123456789")]) + data[at + 1 :]


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _cut, _gone, _zeroed, _twice, _put_in, _renumbered, _renumbered,
)  # fmt: skip
