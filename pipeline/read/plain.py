"""Plain text: kept as it is but for the blanks of its tables, a form feed between pages. It has no geometry."""

from pipeline.read.strokes import straightened
from pipeline.read.text_columns import one_below_the_other
from pipeline.values.text import Method, Page, Text


def plain_pages(content: str) -> Text:
    r"""The text with its pages, verbatim; tables are laid straight, columns of sentences one below the other.

    >>> [page.number for page in plain_pages("one\ftwo").pages]
    [1, 2]
    """
    content = "\f".join(one_below_the_other(page) for page in straightened(content).split("\f"))
    pages: list[Page] = []
    start = 0
    for number, part in enumerate(content.split("\f"), start=1):
        end = start + len(part)
        pages.append(
            Page(
                number=number,
                method=Method.TEXT,
                width_pt=None,
                height_pt=None,
                rotation=0,
                quality=1.0,
                start=start,
                end=end,
                words=(),
            )
        )
        start = end + 1
    return Text(content=content, pages=tuple(pages))
