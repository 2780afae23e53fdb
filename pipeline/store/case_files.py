"""A case with everything that is kept of it: letters, files, decisions, packets, what was sent and heard, remarks."""

import json

from django.db.models import Min

from pipeline.store import models
from pipeline.store.asking import remarks
from pipeline.store.columns import words_of
from pipeline.store.door import reading
from pipeline.store.letters import tasks_of
from pipeline.store.looking import file_name
from pipeline.store.papers import papers_of
from pipeline.store.said import decisions_of, follow_ups_of
from pipeline.store.seen import CaseFile, KeptLetter
from pipeline.values.contract import from_json
from pipeline.values.letter import Letter

_MOST = 50


@reading
def find_cases(words: str) -> tuple[str, ...]:
    """The cases that an id means (of a case, a task or a letter), else those whose tasks hold all of the words."""
    if models.Case.objects.filter(pk=words).exists():
        return (words,)
    rows = models.Task.objects.filter(pk=words).values_list("case_id", flat=True)
    links = models.CaseLetter.objects.filter(letter_id=words).order_by("case_id").values_list("case_id", flat=True)
    named = tuple(dict.fromkeys([*rows, *links]))
    if named or not words.strip():
        return named
    found = models.TaskLine.objects.all()
    for word in words_of(words):
        found = found.filter(search__contains=word)
    return tuple(found.order_by("task__case_id").values_list("task__case_id", flat=True).distinct()[:_MOST])


@reading
def case_file(case_id: str) -> CaseFile | None:
    """All that is kept of a case; None where there is none such."""
    if not models.Case.objects.filter(pk=case_id).exists():
        return None
    links = models.CaseLetter.objects.filter(case=case_id).order_by("letter_id")
    received = Min("letter__document__receipts__received")
    rows = links.values_list("letter_id", "letter__content", "letter__document_id").annotate(received)
    letters = [_letter(content, document_id, day) for _, content, document_id, day in rows]
    ids = [letter.letter_id for letter in letters]
    said, sent = decisions_of(ids), follow_ups_of(ids)
    return CaseFile(
        case_id=case_id,
        tasks=tasks_of([case_id]),
        letters=tuple(letters),
        decisions=tuple(one for found in said.values() for one in found),
        follow_ups=tuple(one for found in sent.values() for one in found),
        remarks=remarks(case_id=case_id),
        papers=papers_of(ids),
    )


def _letter(content: str, document_id: str, day: object) -> KeptLetter:
    letter = from_json(Letter, json.loads(content))
    return KeptLetter(
        letter_id=letter.letter_id,
        kind=letter.kind.value,
        dated=letter.letter_date.value if letter.letter_date else None,
        received=str(day),
        pages=letter.pages,
        document_id=document_id,
        file_name=file_name(document_id),
    )
