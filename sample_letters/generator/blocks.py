"""What a letter is made of before it has a face: the blocks that every house style knows how to draw."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str
    bold: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """Boxes of a form; only what is ticked is said."""

    items: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class Boxed:
    """Paragraphs in a frame."""

    items: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Heading | Para | Bullets | Grid | Checks | Boxed | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A written letter without a face.

    ``reference`` is label and value; ``body`` follows the salutation, ``enclosures`` the signature. ``parts`` says of
    each block of the body to which part of the letter it belongs, where the writer told.
    """

    sender: str
    sender_address: tuple[str, ...]
    date: tuple[str, str]
    address: tuple[str, ...]
    title: str | None
    reference: tuple[tuple[str, str], ...]
    salutation: str | None
    body: tuple[Block, ...]
    closing: tuple[str, ...] = ()
    enclosures: tuple[Block, ...] = ()
    stamp: str | None = None
    on_behalf: str | None = None
    parts: tuple[str, ...] = ()
