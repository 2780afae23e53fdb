"""Every rule on dated letters, against days worked out from the calendar (GNU date, month tables, weekday tables).

``dated_rules.csv``: a letter that states no limit, the rule that must hold, its two days and where the day is seen:
``due`` is the task's own day, ``shown`` stands among its clocks, ``same`` stands there by a federal rule that gives
the same days, ``window`` is only ever asked after. ``dated_answers.csv``: what was filed on a day, and by when the
payer must answer. No day in them was taken from the program.
"""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.plan.rules import answer_clock, window
from pipeline.plan.situation import Situation, situation_of
from pipeline.plan.timeline import levels
from pipeline.values.letter import Clock, Letter
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.task import Action, Task
from pipeline.values.vocabulary import ClockKind
from tests.plan.letters import KNOWLEDGE, CaseLetter, a_letter, citation, tasks_of

_HERE = Path(__file__).parent
Row = dict[str, str]


def _rows(name: str) -> list[Row]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RULES, ANSWERS = _rows("dated_rules.csv"), _rows("dated_answers.csv")


def _name(row: Row) -> str:
    return f"{row['rule']}-{row.get('letter_date') or row['filed_on']}"


def _letters(row: Row) -> list[Letter]:
    """The letter of a row; on a later level with the upheld letters before it, a year apart."""
    written = date.fromisoformat(row.get("letter_date") or row["filed_on"])
    numbers = {"claim_number": "CLM-0001"}
    if row["timing"] in ("pre_service", "concurrent"):
        numbers = {"claim_number": None, "reference_number": "REF-77"}
    same: dict[str, Any] = {
        **numbers,
        "service_timing": row["timing"],
        "payer": row["payer"],
        "plan_type": row["plan_type"] or None,
        "funding": row["funding"] or None,
        "policy_citations": (citation("state_law", row["cites"], role="rights"),) if row["cites"] else (),
        "rarc": (row["rarc"],) if row.get("rarc") else (),
        "procedure_codes": (row["code"],) if row.get("code") else (),
        "dates_of_service": (row["service"],) if row.get("service") else (),
        "received_date": row.get("stamp") or None,
        "reasons": ("coding_mismatch",) if row["rule"].startswith("clock.cc") else ("medical_necessity",),
    }
    if "uhc.community" in row["rule"]:
        same["reasons"] = ("coding_mismatch",)
    before = [
        a_letter(f"b-{n}", kind="appeal_upheld", letter_date=str(written.replace(year=written.year - 9 + n)), **same)
        for n in range(2, int(row["level"]))
        if written.day < 29 or written.month != 2
    ]
    return [a_letter("a-1", kind=row["kind"], letter_date=str(written), **same), *before]


def _practice(row: Row) -> Practice:
    if not row.get("participating"):
        return Practice()
    terms = ContractTerms(payer=row["payer"], participating=row["participating"] == "yes", expected_allowed={})
    return Practice(contracts=(terms,))


def _task(row: Row) -> Task:
    written = date.fromisoformat(row["letter_date"])
    found = tasks_of(*_letters(row), today=written, received=date(2030, 1, 1), practice=_practice(row))
    return found[-1]


def _situation(row: Row) -> Situation:
    letters = [CaseLetter(letter=letter, received=date(2030, 1, 1)) for letter in _letters(row)]
    return situation_of(levels(letters)[-1], today=date(2026, 1, 1), knowledge=KNOWLEDGE, practice=_practice(row))


@pytest.mark.parametrize("row", RULES, ids=_name)
def test_a_rule_gives_its_days(row: Row) -> None:
    written = date.fromisoformat(row["letter_date"])
    clock: Clock | None
    if row["seen"] == "window":
        clock = window(_situation(row), _kind(row["rule"]), from_day=written)
    else:
        task = _task(row)
        clock = next((c for c in task.clocks if _is(c, row)), None)
        assert task.level == int(row["level"])
        assert task.due is not None
        assert task.due <= row["due"]
        if row["seen"] == "due":
            assert task.due == row["due"]
            assert row["source"] in task.due_why
    assert clock is not None
    assert (clock.due, clock.due_latest or "") == (row["due"], row["latest"])
    if row["seen"] != "same":
        assert (clock.basis, clock.rule_cite) == (row["basis"], row["source"])
    start = row["service"] or row["letter_date"]
    assert start in clock.working


@pytest.mark.parametrize("row", ANSWERS, ids=_name)
def test_the_payer_answers_by_its_day(row: Row) -> None:
    clock = answer_clock(_situation(row), Action(row["action"]), filed_on=date.fromisoformat(row["filed_on"]))
    assert clock is not None
    assert clock.rule == row["rule"]
    assert (clock.due, clock.due_latest or "") == (row["due"], row["latest"])
    assert (clock.basis, clock.rule_cite) == (row["basis"], row["source"])


def test_every_rule_is_in_a_table() -> None:
    told = {row["rule"] for row in (*RULES, *ANSWERS)}
    assert {rule.id for rule in KNOWLEDGE.clocks} - told == {"clock.ffs.ma01"}  # the same days as the redetermination
    assert len(RULES) + len(ANSWERS) >= 300


def _is(clock: Clock, row: Row) -> bool:
    if row["seen"] == "same":
        return (clock.kind, clock.due) == (_kind(row["rule"]), row["due"])
    return clock.rule.removesuffix(":floor") == row["rule"]


def _kind(rule_id: str) -> ClockKind:
    return next(rule.kind for rule in KNOWLEDGE.clocks if rule.id == rule_id)
