"""Invented people, practices, numbers and addresses.

Telephone numbers end in 555-01xx; NPIs have a valid check digit and start with 19999, so that nobody mistakes them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_letters.generator.bank import words

STREETS = ("Larch Lane", "Heron Street", "Millrace Road", "Old Orchard Way", "Copperbeech Avenue", "Fernhill Court")
TOWNS = (
    ("Wintergreen", "OR", "97299"),
    ("Marlow Falls", "VT", "05499"),
    ("Saltgrass", "KS", "67299"),
    ("Amber Ridge", "NC", "27799"),
    ("Quarry Bend", "OH", "43299"),
    ("Tidewater Cross", "WA", "98599"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """A practice and one of its clinicians."""

    name: str
    clinician: str
    npi: str
    tin: str
    address: tuple[str, ...]


def npi(rng: Random) -> str:
    """Ten digits with a valid Luhn check digit over 80840 + number, in the invented block 19999."""
    body = f"19999{rng.randrange(10000):04d}"
    total = 0
    for i, digit in enumerate(reversed("80840" + body)):
        n = int(digit) * (2 if i % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    return body + str(-total % 10)


def patient(rng: Random) -> tuple[str, tuple[str, ...], date]:
    """Name, address lines and birth date."""
    initial = rng.choice(["", f" {rng.choice('ABCDEFGHJKLMNPRSTW')}."])
    name = f"{rng.choice(words('names')['first'])}{initial} {rng.choice(words('names')['last'])}"
    return name, address(rng), date(1948, 1, 1) + timedelta(days=rng.randrange(365 * 52))


def clinic(rng: Random) -> Clinic:
    """A practice, drawn anew for each letter."""
    title = rng.choice(["MD", "MD", "DO", "NP"])
    name = f"{rng.choice(words('names')['first'])} {rng.choice(words('names')['last'])}, {title}"
    tin = f"99-{rng.randrange(10**7):07d}"
    return Clinic(
        name=rng.choice(words("names")["practices"]), clinician=name, npi=npi(rng), tin=tin, address=address(rng)
    )


def address(rng: Random) -> tuple[str, ...]:
    """Street and town; the ZIP codes look like procedure codes on purpose."""
    town, state, code = rng.choice(TOWNS)
    return (f"{rng.randrange(10, 9900)} {rng.choice(STREETS)}", f"{town}, {state} {code}")


def number(rng: Random, pattern: str) -> str:
    """``pattern`` with every # replaced by a digit."""
    return "".join(str(rng.randrange(10)) if c == "#" else c for c in pattern)


class Phones:
    """Telephone numbers for one letter, none given twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[str] = set()

    def draw(self) -> str:
        """Ten digits."""
        while True:
            value = (
                self._rng.choice(["800", "888", "877", "866", "855", "844", "833"])
                + f"55501{self._rng.randrange(100):02d}"
            )
            if value not in self._used:
                self._used.add(value)
                return value

    def printed(self, value: str) -> str:
        """The number in one of the usual forms."""
        a, b, c = value[:3], value[3:6], value[6:]
        return self._rng.choice([f"({a}) {b}-{c}", f"1-{a}-{b}-{c}", f"{a}-{b}-{c}", f"{a}.{b}.{c}"])
