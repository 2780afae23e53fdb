"""What counts as a document in an e-mail, whatever program wrote it: its files, and its text where that says more."""

import re
from collections.abc import Iterable, Iterator

from lxml import html

from pipeline.read.containers.inner import Budget, Inner

_FEWEST_WORDS = 60
"""A text beside files that is shorter is a note ("please see attached"); alone, any text is the document."""
_LARGEST_ORNAMENT = 100_000
"""An image that the text shows in place and that has fewer bytes is a logo, not a scanned page (those have more)."""


def is_ornament(content_type: str, *, size: int, content_id: str | None, body: str) -> bool:
    """Whether a part is a picture that belongs to the text: named in it by its content id, and small."""
    shown = bool(content_id) and f"cid:{(content_id or '').strip('<> ')}" in body
    return content_type.startswith("image/") and shown and size < _LARGEST_ORNAMENT


def with_text(files: Iterable[Inner], *, subject: str, text: str, budget: Budget) -> Iterator[Inner]:
    """The files, then the message's own text where there are no files or it is more than a note."""
    count = 0
    for inner in files:
        budget.spend(len(inner.data or b""))
        count += 1
        yield inner
    words = len(text.split())
    if words >= _FEWEST_WORDS or (words and not count):
        body = f"Subject: {subject.strip()}\n\n{text.strip()}\n".encode()
        budget.spend(len(body))
        yield Inner(name="message.txt", data=body)


def text_of_html(source: str) -> str:
    """The words of an HTML text, a line a block."""
    if not source.strip():
        return ""
    tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    for element in tree.iter("style", "script", "head"):
        element.clear()
    for element in tree.iter("br", "p", "div", "tr", "li", "h1", "h2", "h3", "td"):
        element.tail = ("\t" if element.tag == "td" else "\n") + (element.tail or "")
    return re.sub(r"\n{3,}", "\n\n", tree.text_content().replace("\r", ""))
