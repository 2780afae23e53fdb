"""The true text of a document: its words in the order they were drawn, page by page, to measure reading against."""

import pypdfium2


def true_pages(clean: bytes) -> tuple[str, ...]:
    """The words of each page of a text PDF as drawn, one space or line end between them."""
    document = pypdfium2.PdfDocument(clean)
    try:
        return tuple(_page(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def _page(drawn: str) -> str:
    return "\n".join(" ".join(line.split()) for line in drawn.splitlines() if line.strip())


def true_text(pages: tuple[str, ...]) -> str:
    """The pages as one string, a form feed between them: what stands in ``<name>.truth.txt``."""
    return "\f".join(pages)
