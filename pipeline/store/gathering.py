"""The letters of cases with all that is needed to work them out, for many cases at a time.

A file of a payer can hold ten thousand claims, each a case: whatever is asked case by case is asked ten thousand times.
"""

import json
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Min

from pipeline.store import models
from pipeline.store.linking import doubts_in
from pipeline.store.said import decisions_of, follow_ups_of
from pipeline.store.shapes import StoredLetter
from pipeline.values.contract import from_json
from pipeline.values.letter import Letter

_AT_ONCE = 200
_FEW = 3


def by_parts(case_ids: Collection[str]) -> Iterator[list[str]]:
    """The cases in order, so many at a time that a query stays short."""
    wanted = sorted(case_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def with_work(case_ids: Sequence[str]) -> list[str]:
    """The cases that have a task, or a letter that makes one; to work out the others would change nothing.

    A few are all taken: to ask costs as much as to work them out.
    """
    if len(case_ids) <= _FEW:
        return list(case_ids)
    links = models.CaseLetter.objects.filter(case__in=case_ids).values_list("case_id", "shown")
    found = {case_id for case_id, shown in links if not shown or json.loads(shown).get("works", True)}
    found |= set(models.Task.objects.filter(case__in=case_ids).values_list("case_id", flat=True))
    return [case_id for case_id in case_ids if case_id in found]


def letters_of_cases(case_ids: Sequence[str]) -> dict[str, tuple[StoredLetter, ...]]:
    """The letters of each case with what people said and did about them; a case without letters is left out."""
    links = models.CaseLetter.objects.filter(case__in=case_ids).order_by("case_id", "letter_id", "claim_index")
    received = Min("letter__document__receipts__received")
    rows = list(links.values_list("case_id", "letter_id", "letter__content", "claim_index").annotate(received))
    ids = [letter_id for _, letter_id, *_ in rows]
    said, followed, doubts = decisions_of(ids), follow_ups_of(ids), doubts_in(case_ids)
    found: dict[str, list[StoredLetter]] = {}
    for case_id, letter_id, content, index, day in rows:
        found.setdefault(case_id, []).append(
            StoredLetter(
                letter=from_json(Letter, json.loads(content)), received=day, claim_index=index,
                decisions=said.get(letter_id, ()), doubts=doubts.get((case_id, letter_id, index), ()),
                follow_ups=followed.get((letter_id, index), ()),
            )
        )  # fmt: skip
    return {case_id: tuple(letters) for case_id, letters in found.items()}
