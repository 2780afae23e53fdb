"""A passage of the record is quoted once in a letter; where it proves a second point, it is pointed at.

The point keeps its source and its page: only the words are not set again.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.output.packet.parts import Parts, joined
from pipeline.values.packet import Block, Part, Role, Sentence, Source, SourceKind

_BEFORE, _AGAIN, _BETWEEN = ": ", ", as quoted above", "; "
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
    return replace(sentence, parts=_merged(parts))


def _merged(parts: Parts) -> Parts:
    """Pointers to the same page in a row as one, with the sources of all."""
    groups: list[Parts] = [()]
    for part in parts:
        groups = [*groups, ()] if part.text == _BETWEEN else [*groups[:-1], (*groups[-1], part)]
    kept = [groups[0]]
    for group in groups[1:]:
        text = "".join(part.text for part in group)
        if _AGAIN in text and "".join(part.text for part in kept[-1]).endswith(text.rstrip(".")):
            kept[-1] = (*kept[-1][:-1], replace(kept[-1][-1], text=group[-1].text, sources=_sources(kept[-1], group)))
        else:
            kept.append(group)
    return joined(kept, between=_BETWEEN, last=_BETWEEN)


def _sources(one: Parts, other: Parts) -> tuple[Source, ...]:
    """What the last of ``one`` and the pointer of ``other`` rest on."""
    told = [source for part in (one[-1], *other) if part.role is Role.WORDS for source in part.sources]
    return tuple(dict.fromkeys(told))


def _is_long(part: Part) -> bool:
    of_chart = all(source.kind is SourceKind.FACT for source in part.sources)
    return part.role is Role.QUOTE and of_chart and len(part.text) >= _SHORTEST
