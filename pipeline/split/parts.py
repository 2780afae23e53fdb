"""A part of a document as a document of its own."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.values.text import Page, Text

_BETWEEN = "\f"


def part_of(text: Text, pages: Sequence[Page]) -> Text:
    """The text of ``pages`` only, in order; page numbers stay those of the document, offsets are those of the part."""
    if tuple(pages) == text.pages:
        return text
    content = ""
    kept: list[Page] = []
    for page in pages:
        if kept:
            content += _BETWEEN
        shift = len(content) - page.start
        content += text.content[page.start : page.end]
        words = tuple(replace(w, start=w.start + shift, end=w.end + shift) for w in page.words)
        kept.append(replace(page, start=page.start + shift, end=page.end + shift, words=words))
    return Text(content=content, pages=tuple(kept))
