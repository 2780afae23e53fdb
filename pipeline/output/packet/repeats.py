"""A passage of the record is quoted once in a letter; where it proves a second point, it is pointed at.

The point keeps its source and its page: only the words are not set again.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.output.packet.parts import Parts
from pipeline.values.packet import Block, Part, Role, Sentence, SourceKind

_BEFORE, _AGAIN = ": ", ", as quoted above"
_SHORTEST = 40
"""A quotation of fewer signs is quicker read than looked up."""


def once(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with every later quotation of the same passage of the chart taken back to a pointer."""
    seen: set[Part] = set()
    return tuple(
        replace(
            block,
            sentences=tuple(_sentence(sentence, seen) for sentence in block.sentences),
            rows=tuple(tuple(_sentence(cell, seen) for cell in row) for row in block.rows),
        )
        for block in blocks
    )


def _sentence(sentence: Sentence, seen: set[Part]) -> Sentence:
    parts: Parts = ()
    for part in sentence.parts:
        again = _is_long(part) and part in seen and bool(parts) and parts[-1].text == _BEFORE
        parts = (*parts[:-1], Part(text=_AGAIN, sources=part.sources)) if again else (*parts, part)
        seen.add(part)
    return replace(sentence, parts=parts)


def _is_long(part: Part) -> bool:
    of_chart = all(source.kind is SourceKind.FACT for source in part.sources)
    return part.role is Role.QUOTE and of_chart and len(part.text) >= _SHORTEST
