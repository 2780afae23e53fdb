"""Objects in braces (JSON, FHIR, printed dictionaries): what a value is, told by its key and the keys above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.extract.labels.records.entry import Entry, Named, announced
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole

_BEGINS = re.compile(r"\{\s*[\"'][A-Za-z_$@][\w .$@-]{0,40}[\"']\s*:")
_TOKEN = re.compile(
    r"\"(?P<double>(?:[^\"\\]|\\.)*)\"|(?<![A-Za-z])'(?P<single>(?:[^'\\\n]|\\.|(?<=[A-Za-z])'(?=[A-Za-z]))*)'"
    r"|(?P<bare>-?\d[\w.-]*|[A-Za-z]+)|(?P<mark>[{}\[\]:,])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SILENT = frozenset(
    {"display", "value", "text", "name", "full name", "number", "no", "num", "id", "identifier", "reference"}
)
"""Keys that say nothing without the key above them."""
_TRANSPARENT = frozenset(
    {"display", "value", "text", "identifier", "coverage", "valuestring", "data", "details", "info", ""}
)
"""Keys that add nothing to the one above them."""
_OF_CODES = frozenset({"", "code", "codes", "coding", "value", "codeable concept", "data", "details"})
_NAMED = frozenset({"display", "text", "name", "full name"})
_NUMBERS = frozenset({"id", "identifier", "number", "no", "num", "value"})
_OF_NOTHING = re.compile(
    r"doc|document|file|record|batch|message|item|items|line|lines|resource|meta|source|row|test|user|page|note|event|entry",
    re.I,
)
"""Objects whose own number is that of no field."""
_OF_PERSON = re.compile(
    r"\b(?:patient|member|subscriber|enrollee|insured|beneficiary|claimant|recipient|cardholder|policyholder)\b"
)
_RESOURCE = "resourceType"
_OF_CLAIM = re.compile(r"ExplanationOfBenefit|Claim(?:Response)?")
_PAIR_KEYS, _PAIR_VALUES = ("k", "key", "name", "label", "field"), ("v", "val", "value")
_LABELLED = re.compile(r"(?P<label>[A-Z][A-Za-z ]{2,24}?)\s*[:#]?\s+(?=[A-Z]{0,5}[ -]?\d)")


@dataclass(slots=True)
class Node:
    """An object or a list while it is read: its key, those above it, and its own plain values by key."""

    key: str
    above: "Node | None"
    is_list: bool
    values: dict[str, tuple[int, int]] = field(default_factory=dict)
    every: list[tuple[str, tuple[int, int]]] = field(default_factory=list)

    def told(self) -> str:
        """The nearest key, from here upwards, that says something."""
        node: Node | None = self
        while node is not None and node.key in _TRANSPARENT:
            node = node.above
        return node.key if node else ""

    @property
    def root(self) -> bool:
        """Whether only lists and wrappers without a key stand above."""
        return not self.key and (self.above is None or self.above.root)


@dataclass(frozen=True, slots=True)
class Objects:
    """What the objects of a text announce, and the places whose key alone says nothing of them."""

    entries: tuple[Entry, ...]
    silent: tuple[tuple[int, int], ...]
    named: tuple[Named, ...]


def objects(text: str, *, known: LabelPattern, roles: Sequence[LabelRole]) -> Objects:
    """The values of the objects of a text by their keys and those above them.

    ``"claim": {"number": 7}``, ``"insurer": {"display": "Elm"}``, ``{"k": "patient", "v": "Jane Doe"}``.
    A resource's own ``id`` and a reference to another resource announce nothing.
    """
    found: list[Entry] = []
    silent: list[tuple[int, int]] = []
    named: list[Named] = []
    for record, node in enumerate(_nodes(text)):
        above = node.above if node.is_list or not node.key else node
        named += [Named(key, _told_of_code(above), record, *span) for key, span in node.every]
        values = {key: text[start:end] for key, (start, end) in node.values.items()}
        if pair := _pair(node, values):
            found += announced(pair[0], pair[1], text, known=known, roles=roles)
            silent += list(node.values.values())
            continue
        for key, span in node.values.items():
            if key in _SILENT and not (node.root and key in _NAMED):
                silent.append(span)
            found += _of_value(node, key, span, text, values=values, known=known, roles=roles)
    return Objects(tuple(found), tuple(silent), tuple(named))


def _told_of_code(node: Node | None) -> str:
    """The nearest key above a code that says of which list it is."""
    while node is not None and node.key in _OF_CODES:
        node = node.above
    return node.key if node else ""


def _of_value(
    node: Node, key: str, span: tuple[int, int], text: str, *, values: dict[str, str], known: LabelPattern,
    roles: Sequence[LabelRole],
) -> Iterator[Entry]:  # fmt: skip
    told, value = node.told(), text[span[0] : span[1]]
    if key not in _SILENT:
        both = f"{told} {key}"
        yield from announced(both if known.whole(key) is None or known.whole(both) else key, span, text, known=known)
        return
    if key == "reference" or not value:
        return
    if "npi" in values.get("system", "").casefold():
        yield from announced("npi", span, text, known=known)
        return
    if not told:
        above = node.above.key if node.above and not node.key else node.key
        if key in _NUMBERS and above == "identifier" and _OF_CLAIM.fullmatch(_resource(node, text)):
            yield from announced("claim number", span, text, known=known)
        return
    if key in _NAMED:
        own = _LABELLED.match(value)
        if own and (whole := known.whole(own["label"])):
            start = span[0] + own.end()
            yield from announced(f"{whole.group('label')} id", (start, span[1]), text, known=known)
        else:
            yield from announced(told, span, text, known=known, roles=roles)
    elif not _OF_NOTHING.fullmatch(told) and key in _NUMBERS:
        person = _OF_PERSON.search(told)
        if person and _resource(node, text) and key == "id":
            return
        yield from announced(f"{told} {'number' if key == 'value' else key}", span, text, known=known)


def _resource(node: Node, text: str) -> str:
    """The kind of FHIR resource that a node stands in, or an empty text."""
    at: Node | None = node
    while at is not None:
        if at.values.get(_RESOURCE.casefold()):
            start, end = at.values[_RESOURCE.casefold()]
            return text[start:end]
        at = at.above
    return ""


def _pair(node: Node, values: dict[str, str]) -> tuple[str, tuple[int, int]] | None:
    """The key and the value of an object that is one pair: ``{"k": "patient", "v": "Jane Doe"}``."""
    key = next((values[k] for k in _PAIR_KEYS if k in values), None)
    value = next((node.values[v] for v in _PAIR_VALUES if v in node.values), None)
    return (_words(key), value) if key and value and len(values) == 2 and node.root else None


def _words(key: str) -> str:
    return _CAMEL.sub(" ", key).replace("_", " ").replace("-", " ").casefold().strip()


def _nodes(text: str) -> Iterator[Node]:
    """The objects and lists of a text, each when it ends; those that a page cut off too."""
    done = 0
    for begins in _BEGINS.finditer(text):
        if begins.start() < done:
            continue
        nodes, done = _read(text, begins.start())
        yield from nodes


def _read(text: str, start: int) -> tuple[list[Node], int]:
    at: Node | None = None
    nodes: list[Node] = []
    key, wants_value, end = "", False, start
    for token in _TOKEN.finditer(text, start):
        mark = token["mark"]
        if mark in ("{", "["):
            at = Node(key if wants_value else "", at, mark == "[")
            nodes.append(at)
            key, wants_value = "", False
        elif mark in ("}", "]") and at is not None:
            at, key, wants_value, end = at.above, "", False, token.end()
            if at is None:
                break
        elif mark == ":":
            wants_value = bool(key)
        elif mark == ",":
            key, wants_value = "", False
        elif not mark and at is not None:
            group = "double" if token["double"] is not None else "single" if token["single"] is not None else "bare"
            if wants_value or at.is_list:
                name = key if wants_value else at.key
                at.values.setdefault(name, token.span(group))
                at.every.append((name, token.span(group)))
                key, wants_value, end = "", False, token.end()
            elif group != "bare":
                key = _words(token[group]) if token[group] != _RESOURCE else _RESOURCE.casefold()
    return nodes, end
