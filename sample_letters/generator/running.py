"""How the pages of a letter are numbered and headed: every house does it its own way, and many not at all."""

from random import Random

from sample_letters.generator.blocks import Draft
from sample_letters.generator.pdf import Running

_NUMBERS = (
    None, None, None, None, "Page {n} of {total}", "Page {n} of {total}", "Page {n}", "{n} of {total}", "- {n} -",
    "Page: {n}/{total}",
)  # fmt: skip


def drawn_running(draft: Draft, rng: Random, *, numbered: bool = False) -> Running:
    """A way of numbering and heading; ``numbered`` always says how many pages there are."""
    number = rng.choice(["Page {n} of {total}", "page {n} of {total}"]) if numbered else rng.choice(_NUMBERS)
    return Running(number=number, high=rng.random() < 0.3, head=_head(draft, rng))


def _head(draft: Draft, rng: Random) -> str | None:
    form = rng.choice(["none", "none", "sender", "who", "all"])
    facts = [f"{label}: {value}" for label, value in draft.reference[:2] if len(value) < 30]
    if form == "none" or not draft.sender:
        return None
    if form == "sender":
        return draft.sender
    who = ", ".join(facts[:1]) if form == "who" else ", ".join([*facts, draft.date[1]])
    return f"{draft.sender}   {who}"
