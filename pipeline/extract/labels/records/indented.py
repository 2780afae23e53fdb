"""Keys that stand under another key, further to the right (YAML): ``member:`` and under it ``name: Jane Doe``."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.labels.records.entry import Entry, announced
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole

_KEY = re.compile(
    r"^(?P<indent>[ ]*)(?:- )?(?P<key>[A-Za-z][A-Za-z_]{1,24}):(?:[ ]+[\"']?(?P<value>[^\s\"'][^\"'\n]*?)[\"']?)?[ ]*$",
    re.M,
)
_SILENT = frozenset({"name", "id", "number", "no", "value", "display", "identifier"})
_FRONT = re.compile(r"\A\s*---\n(?P<body>.*?)\n---", re.S)
"""What stands about a file itself on top of it."""
_OWN_ID = re.compile(r"^(?:id|uid|uuid|key|number|ref): *(?P<value>\S.*)$", re.M)


def indented(
    text: str, *, known: LabelPattern, roles: Sequence[LabelRole]
) -> Iterator[tuple[Entry | None, tuple[int, int]]]:
    """The values whose key alone says nothing: what it announces with the key above, and its place.

    The ``id`` of the file on top of it announces nothing.
    """
    front = _FRONT.match(text)
    if front:
        for own in _OWN_ID.finditer(text, front.start("body"), front.end("body")):
            yield None, own.span("value")
    above: list[tuple[int, str]] = []
    last = -1
    for hit in _KEY.finditer(text):
        if last >= 0 and text[last : hit.start()].strip():
            above = []  # other text between
        last = hit.end()
        indent = len(hit["indent"])
        above = [one for one in above if one[0] < indent]
        key = hit["key"].casefold()
        if hit["value"] is None:
            above.append((indent, key))
            continue
        if above and key in _SILENT:
            told = above[-1][1]
            words = told if key in ("name", "display") else f"{told} {key}"
            yield None, hit.span("value")
            for one in announced(words, hit.span("value"), text, known=known, roles=roles):
                yield one, hit.span("value")
