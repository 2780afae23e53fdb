"""Prints how the bank fares: ``python -m tests.extract.reason_bank [--look]``."""

import sys

from pipeline.extract.codes import find_codes
from pipeline.extract.reasons import find_reasons
from pipeline.extract.reasons.second_opinion import second_opinions
from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.values.text import Method, Page, Text
from tests.extract.reason_bank import measured


def categories(content: str, language: Language) -> set[str]:
    """The reasons of a letter of one text page."""
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = language.reading(Text(content=content, pages=(page,)))
    ruled = find_reasons(reading, language, codes=find_codes(reading, language))
    return {r.category.value for r in second_opinions(reading, language, reasons=ruled, firm=bool(ruled.stated))}


def main() -> None:
    """Measure both halves."""
    language = load_language(load_knowledge())
    for looked_at in (True, False):
        tally = measured(lambda content: categories(content, language), looked_at=looked_at)
        print(
            f"{'looked at' if looked_at else 'unseen   '}  recall {tally.recall:.3f} ({tally.recognised}/{tally.said})"
            f"  precision {tally.precision:.3f}  other {tally.other}  near-misses {tally.near_misses}"
            f", false {tally.false}"
        )
        if looked_at and "--look" in sys.argv:
            for near, line in tally.wrong:
                print(f"  {near}: {line}")


if __name__ == "__main__":
    main()
