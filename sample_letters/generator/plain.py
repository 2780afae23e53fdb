"""Sets a draft as plain text or Markdown; a form feed between pages."""

import textwrap

from sample_letters.generator.blocks import Block, Boxed, Bullets, Checks, Draft, Grid, Heading, Para
from sample_letters.generator.pdf import SYNTHETIC

_WIDTH = 76


def to_text(draft: Draft) -> str:
    """The letter as text of 76 columns, as a mainframe would print it."""
    date = ": ".join(t for t in draft.date if t)
    lines = [SYNTHETIC, "", draft.sender.upper(), *([f"on behalf of {draft.on_behalf}"] if draft.on_behalf else [])]
    lines += [*draft.sender_address, "", date, "", *draft.address, ""]
    if draft.title:
        lines += [draft.title, "=" * len(draft.title), ""]
    pad = max((len(k) for k, _ in draft.reference), default=0) + 2
    for label, value in draft.reference:
        lines += textwrap.wrap(f"{(label + ':').ljust(pad)}{value}", _WIDTH, subsequent_indent=" " * pad)
    lines += ["", *([draft.salutation, ""] if draft.salutation else [])]
    for block in draft.body:
        lines += text_block(block)
    lines += [*draft.closing, ""]
    return _pages("\n".join([*lines, *(x for block in draft.enclosures for x in text_block(block))]))


def text_block(block: Block) -> list[str]:
    """The lines of a block."""
    if isinstance(block, Heading):
        return [block.text.upper(), "-" * len(block.text)]
    if isinstance(block, Para):
        return [*textwrap.wrap(block.text, _WIDTH), ""]
    if isinstance(block, Bullets):
        marks = [f"{i}. " if block.numbered else "- " for i in range(1, len(block.items) + 1)]
        return [*(x for m, t in zip(marks, block.items, strict=True) for x in _hanging(m, t)), ""]
    if isinstance(block, Checks):
        return [*(x for ticked, t in block.items for x in _hanging("[X] " if ticked else "[ ] ", t)), ""]
    if isinstance(block, Boxed):
        rule = "*" * _WIDTH
        return [rule, *(x for item in block.items for x in textwrap.wrap(item.text, _WIDTH)), rule, ""]
    if isinstance(block, Grid):
        rows = (block.header, *block.rows)
        widths = [max(len(r[i]) for r in rows) + 2 for i in range(len(block.header))]
        return [*("".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows), ""]
    return ["\f"]


def _hanging(mark: str, text: str) -> list[str]:
    return textwrap.wrap(mark + text, _WIDTH, subsequent_indent=" " * len(mark))


def to_markdown(draft: Draft) -> str:
    """The letter as Markdown."""
    date = ": ".join(t for t in draft.date if t)
    lines = [
        f"*{SYNTHETIC}*",
        "",
        f"# {draft.sender}",
        "",
        *([f"on behalf of {draft.on_behalf}"] if draft.on_behalf else []),
    ]
    lines += [*(f"{t}  " for t in draft.sender_address), "", f"**{date}**", "", *(f"{t}  " for t in draft.address), ""]
    if draft.title:
        lines += [f"## {draft.title}", ""]
    lines += [
        *(f"- **{k}:** {v}" for k, v in draft.reference),
        "",
        *([draft.salutation, ""] if draft.salutation else []),
    ]
    for block in draft.body:
        lines += _mark_block(block)
    lines += [*(f"{t}  " for t in draft.closing), ""]
    return _pages("\n".join([*lines, *(x for block in draft.enclosures for x in _mark_block(block))]))


def _mark_block(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"### {block.text}", ""]
    if isinstance(block, Para):
        return [f"**{block.text}**" if block.bold else block.text, ""]
    if isinstance(block, Bullets):
        return [*(f"{i}. {t}" if block.numbered else f"- {t}" for i, t in enumerate(block.items, 1)), ""]
    if isinstance(block, Checks):
        return [*(f"- [{'x' if ticked else ' '}] {t}" for ticked, t in block.items), ""]
    if isinstance(block, Boxed):
        return [*(f"> {item.text}" for item in block.items), ""]
    if isinstance(block, Grid):
        head = ["| " + " | ".join(block.header) + " |", "|" + " --- |" * len(block.header)]
        return [*head, *("| " + " | ".join(r) + " |" for r in block.rows), ""]
    return ["\f"]


def _pages(text: str) -> str:
    """Says on every page that it is a sample."""
    pages = text.split("\f")
    return "\f".join(p if SYNTHETIC in p else f"{p.rstrip()}\n\n{SYNTHETIC}\n" for p in pages).rstrip() + "\n"
