"""Pages that a letter says it has and that are not there."""

from collections.abc import Iterator, Sequence

from pipeline.split.numbering import PageCount


def missing_pages(counts: Sequence[PageCount | None]) -> Iterator[str]:
    """In words, which pages the printed numbers show to be missing.

    Only numbers that name their total are believed, and only where most pages have one and all name the same: a number
    in a footer of another document is no proof.
    """
    told = [c for c in counts if c and c.total]
    totals = {c.total for c in told}
    if len(totals) != 1 or 2 * len(told) <= len(counts):
        return
    total = totals.pop() or 0
    missing = sorted(set(range(1, total + 1)) - {c.number for c in told})
    unread = len(counts) - len(told)
    if not missing or len(missing) <= unread or len(told) == total:
        return
    pages = ", ".join(str(n) for n in missing)
    yield f"the letter says that it has {total} pages; not there: page{'s' if len(missing) > 1 else ''} {pages}"
