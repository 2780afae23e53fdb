"""Learns the opinions on kinds and reasons: ``python -m pipeline.extract.reasons.training [FOLDER]``; ``make train``.

Sentences on reasons come from ``models/reason_opinion``, from the examples and counter-examples of
``models/denial_reasons``, and from a FOLDER of sentences by category, of which the half that only measures is left out;
sentences on kinds from ``models/kind_opinion`` and the examples of ``models/kinds``. No letter is read. The same
sentences give the same weights.
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from pipeline.extract.opinions import SILENT, Signs
from pipeline.extract.opinions.learning import MODELS, Course, learn, said_in
from pipeline.extract.reasons.opinion import KINDS, REASONS, signs_of
from pipeline.extract.reasons.rules import fired
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.kinds import Weight
from pipeline.language import Language, load_language
from pipeline.language.context import Utterance, joined, utterances
from pipeline.values.letter import LetterKind
from pipeline.values.text import Method, Page, Text

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


_OF_THOUSANDS = Course(fewest=3, rounds=12, batch=256, rate=0.04)
"""For ten thousand sentences and more: as right as the slower one, in a third of the time, two thirds the size."""


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
        yield from ((text, SILENT) for text in yaml.safe_load((MODELS / REASONS / name).read_text(encoding="utf-8")))


def _framed(said: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Sentences that give a reason, in the words that lead up to it, frame by frame in turn."""
    frames = yaml.safe_load((MODELS / REASONS / _FRAMES).read_text(encoding="utf-8"))
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


Taught = tuple[Signs, str]
"""The signs of a sentence, and its answer."""


def lessons(bank: Path | None = None) -> Iterator[tuple[str, list[Taught], Course]]:
    """The models by name, with what each is learned from and how."""
    language = load_language(load_knowledge())
    for name, said in ((KINDS, of_kinds(language)), (REASONS, of_reasons(language, bank))):
        yield name, [(signs_of(sentence_of(text, language), language), answer) for text, answer in said], _OF_THOUSANDS


def main() -> None:
    """Learn both models."""
    for name, said, course in lessons(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        learn(name, said, course=course)


if __name__ == "__main__":
    main()
