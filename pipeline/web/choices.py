"""The lists that people choose from on a form. They hang on knowledge and vocabulary alone, so each is made once."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from pipeline.knowledge import load_knowledge
from pipeline.values.vocabulary import (
    IN_WORDS,
    Addressee,
    Anchor,
    Category,
    Channel,
    CitationKind,
    ClockKind,
    LetterKind,
    Purpose,
    ServiceTiming,
    TimeUnit,
)

Pairs = Iterable[tuple[str, str]]
"""What is sent, and how it is called."""


@cache
def options(name: str, chosen: str = "") -> SafeString:
    """The ``<option>`` elements of a list, one of them chosen."""
    pairs = [(value, " selected" if value == chosen else "", told) for value, told in _LISTS[name]()]
    return format_html_join("", '<option value="{}"{}>{}</option>', pairs)


def spaced(value: object) -> str:
    """A code of the contract as people say it: ``step_therapy`` -> ``step therapy``."""
    code = str(value.value if isinstance(value, Enum) else value or "")
    return IN_WORDS.get(code) or code.replace("_", " ")


def _named(values: Iterable[Enum]) -> Callable[[], Pairs]:
    return lambda: [(str(value.value), spaced(value)) for value in values]


def _evidence() -> Pairs:
    return sorted((kind.id, kind.meaning) for kind in load_knowledge().evidence)


_LISTS: Mapping[str, Callable[[], Pairs]] = {
    "kind": _named(LetterKind), "addressee": _named(Addressee), "service_timing": _named(ServiceTiming),
    "category": _named([c for c in Category if c is not Category.NOT_A_DENIAL]), "purpose": _named(Purpose),
    "channel": _named(Channel), "citation": _named(CitationKind), "clock": _named(ClockKind), "unit": _named(TimeUnit),
    "anchor": _named(Anchor), "evidence": _evidence,
}  # fmt: skip
PLAIN = frozenset({"kind", "addressee", "service_timing"})
"""The fields of a letter that are chosen from a list of the same name."""
