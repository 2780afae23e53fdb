"""Which letters are one case: the ties of the letters that came or changed, and all that hang on them, settled anew.

The outcome is the same in whatever order letters come: a case is what ``plan.ties`` groups, and its id the home of its
earliest letter. So a letter that ties two cases makes one of them, and one that is read again may part them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection
from django.db.models import QuerySet

from pipeline.plan.ties import doubt, grouped, id_of, keys_of, weak_keys_of
from pipeline.store import models
from pipeline.values.casework import CasePart
from pipeline.values.contract import from_json, to_json

Parts = Mapping[str, Sequence[CasePart]]
"""What each letter shows of its cases, by its id."""


def link(parts: Parts, *, before: Collection[str]) -> set[str]:
    """Put letters into their cases; all cases that change by it, locked.

    ``parts`` are those of letters without links yet, ``before`` the cases that they were in.
    """
    _lock_keys(keys for found in parts.values() for part in found for keys in keys_of(part))
    fresh = [
        models.CaseLetter(case_id=part.home, letter_id=letter_id, claim_index=part.claim_index, shown=_dumps(part))
        for letter_id, found in parts.items()
        for part in found
    ]
    lock_cases({row.case_id for row in fresh} | set(before))
    models.CaseLetter.objects.bulk_create(fresh)
    every = [part for found in parts.values() for part in found]
    _tie(zip(fresh, every, strict=True))
    return _settle({row.pk for row in fresh}, before)


def is_linked_so(links: Collection[models.CaseLetter], parts: Collection[CasePart]) -> bool:
    """Whether a letter's links show of its cases just this. Then it hangs together with the others as before."""
    there = sorted((row.claim_index is not None, row.claim_index or 0, row.shown) for row in links)
    return there == sorted((p.claim_index is not None, p.claim_index or 0, _dumps(p)) for p in parts)


def _tie(linked: Iterable[tuple[models.CaseLetter, CasePart]]) -> None:
    """Write down what each link shares with others; past the models, whose rows cost ten times as much to make."""
    table, key_column = (connection.ops.quote_name(name) for name in (models.Tie._meta.db_table, "key"))
    rows = [
        (row.pk, key, weak)
        for row, part in linked
        for weak, keys in ((False, keys_of(part)), (True, weak_keys_of(part)))
        for key in keys
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} (link_id, {key_column}, weak) VALUES (%s, %s, %s)", rows)  # noqa: S608


def part_of(row: models.CaseLetter) -> CasePart:
    """What a letter shows of its case; a link of before the ties has its case alone."""
    return from_json(CasePart, json.loads(row.shown)) if row.shown else CasePart(home=row.case_id, by_hand=True)


def doubts_in(case_ids: Sequence[str]) -> dict[tuple[str, str, int | None], tuple[tuple[str, str], ...]]:
    """For each letter of these cases (case, letter, claim) the other cases it may belong to, with the reason."""
    own = {row.pk: row for row in models.CaseLetter.objects.filter(case__in=case_ids).order_by("pk")}
    keys: dict[str, list[int]] = {}
    for link_id, key in models.Tie.objects.filter(link__in=own, weak=True).values_list("link_id", "key"):
        keys.setdefault(key, []).append(link_id)
    tied: dict[int, set[int]] = {}
    for link_id, key in models.Tie.objects.filter(key__in=keys, weak=True).values_list("link_id", "key"):
        for one in keys[key]:
            tied.setdefault(one, set()).add(link_id)
    rows = {row.pk: row for row in models.CaseLetter.objects.filter(pk__in=set().union(*tied.values()))}
    found: dict[tuple[str, str, int | None], dict[str, str]] = {}
    for pk, row in own.items():
        others = [rows[other] for other in tied.get(pk, ()) if rows[other].case_id != row.case_id]
        for other in sorted(others, key=lambda other: (other.case_id, other.pk)):
            why = doubt(part_of(row), part_of(other))
            if why is not None:
                place = (row.case_id, row.letter_id, row.claim_index)
                found.setdefault(place, {}).setdefault(other.case_id, why)
    return {place: tuple(others.items()) for place, others in found.items()}


def _settle(fresh: set[int], before: Collection[str]) -> set[str]:
    """Group anew whatever the links and cases hang together with; the cases that gained or lost, and their doubts'."""
    touched, locked = set(before), set[str]()
    while True:
        links = _tied(fresh | set(models.CaseLetter.objects.filter(case__in=list(before)).values_list("pk", flat=True)))
        rows = sorted(models.CaseLetter.objects.filter(pk__in=links), key=lambda row: row.pk)
        parts = [part_of(row) for row in rows]
        ids = {place: id_of(parts[p] for p in group) for group in grouped(parts) for place in group}
        wanted = {*ids.values(), *(row.case_id for row in rows), *touched}
        if wanted <= locked:
            break
        # Two letters that share nothing may both be tied to a third: while its case was waited for, the other may
        # have moved it, so what was read before the lock is read again under it.
        lock_cases(wanted)
        locked |= wanted
    for place, row in enumerate(rows):
        if row.case_id != ids[place] or row.pk in fresh:
            touched |= {row.case_id, ids[place]}
        if row.case_id != ids[place]:
            models.CaseLetter.objects.filter(pk=row.pk).update(case_id=ids[place])
    doubted = set(_weakly_tied(fresh).values_list("case_id", flat=True))
    lock_cases(touched | doubted)
    return touched | doubted


def _tied(links: set[int]) -> set[int]:
    """The links and all that hang on them by keys, however far."""
    found, frontier = set(links), set(links)
    while frontier:
        keys = models.Tie.objects.filter(link__in=frontier, weak=False).values("key")
        more = set(models.Tie.objects.filter(key__in=keys, weak=False).values_list("link_id", flat=True))
        frontier = more - found
        found |= more
    return found


def _weakly_tied(links: set[int]) -> QuerySet[models.CaseLetter]:
    keys = models.Tie.objects.filter(link__in=links, weak=True).values("key")
    return models.CaseLetter.objects.filter(ties__key__in=keys, ties__weak=True).exclude(pk__in=links).distinct()


def _lock_keys(keys: Iterable[str]) -> None:
    """Letters that share a key are linked one after the other; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for key in sorted(set(keys)):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def lock_cases(case_ids: Collection[str]) -> None:
    """Make the cases that are missing and lock all, in one order: documents of a case are saved one after the other."""
    models.Case.objects.bulk_create([models.Case(case_id=i) for i in sorted(case_ids)], ignore_conflicts=True)
    hold_cases(case_ids)


def hold_cases(case_ids: Collection[str]) -> None:
    """Lock cases that are there, in one order."""
    list(models.Case.objects.select_for_update().filter(pk__in=list(case_ids)).order_by("pk").values_list("pk"))


def _dumps(part: CasePart) -> str:
    return json.dumps(to_json(part))
