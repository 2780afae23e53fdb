"""The sum that an overpayment demand asks back: behind a label, or in a sentence that asks for it.

What was billed and what was paid stand in such letters too; only what is to be given back is meant.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pipeline.extract.amounts import AMOUNT, labelled_amounts
from pipeline.extract.candidates import Candidate, choose
from pipeline.extract.labels.labelled import Labelled
from pipeline.extract.shapes import money
from pipeline.language import Reading
from pipeline.language.prose import content_span
from pipeline.language.sentences import sentences_of
from pipeline.values.letter import Finding, LetterKind

_ASKED = (
    r"re(?:turn|fund|pay|mit|imburse|coup|cover)(?:s|ed|ing|ment|y)?|give back|pay back|send|owed?|let us have|"
    r"overpa(?:id|yment|ying)|difference|excess|in error"
)
_NEAR = r"(?:(?![.;:]\s)[^$]){0,45}?"
"""Words between, up to another sum or the end of the clause."""
_BEFORE = re.compile(rf"\b(?:{_ASKED})\b{_NEAR}(?P<money>{AMOUNT})", re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?P<money>{AMOUNT})\s+(?:(?:was|were|is|are)\s+)?(?:back|again|too much|more than|overpa|in excess|in error|"
    r"(?:which|that)\b[^.$]{0,40}\b(?:recover|recoup|offset|withh[oe]ld|take back))",
    re.IGNORECASE,
)
_BILLED = re.compile(r"\b(?:billed|charged|paid you|we paid|settled|for)\s*$", re.IGNORECASE)
_SUPPORT = {_BEFORE: 0.8, _BEHIND: 0.78}


def find_demanded(
    reading: Reading, labels: Mapping[str, Sequence[Labelled]], *, kind: LetterKind, rows: Collection[int]
) -> Finding | None:
    """The sum asked back; None in a letter that demands nothing, or does not say how much."""
    if kind is not LetterKind.OVERPAYMENT_DEMAND:
        return None
    return choose(reading, [*labelled_amounts(reading, labels, "demanded_amount", rows=rows), *_in_prose(reading)])


def _in_prose(reading: Reading) -> Iterator[Candidate]:
    for sentence in sentences_of(reading.doc):
        for pattern, support in _SUPPORT.items():
            for hit in pattern.finditer(sentence.text):
                amount = money(hit["money"])
                at = hit.start("money")
                if amount is None or _BILLED.search(sentence.text[max(0, at - 12) : at]):
                    continue
                base = sentence.start_char + at
                start, end = content_span(reading.prose, base + amount[1], base + amount[2])
                yield Candidate(
                    value=amount[0], start=start, end=end, support=support, rule="field.demanded_amount.prose"
                )
