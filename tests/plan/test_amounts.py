"""Every amount of the rules against a table that was written from the reference and not from the rules.

``amounts.csv``: the rule, its amount, the outer one, unit and first day, and what was read. A rule whose amount changes
by mistake, or a new one that nobody checked, fails here.
"""

import csv
from pathlib import Path

import pytest

from tests.plan.letters import KNOWLEDGE

with (Path(__file__).parent / "amounts.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
RULES = {rule.id: rule for rule in KNOWLEDGE.clocks}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_a_rule_has_the_amount_that_was_read(row: dict[str, str]) -> None:
    rule = RULES[row["rule"]]
    read = (int(row["amount"]), int(row["latest"]) if row["latest"] else None, row["unit"], row["start"])
    assert (rule.amount, rule.latest_amount, rule.unit.value, rule.anchor.value) == read
    assert len(row["reading"]) > 5


def test_every_rule_was_read() -> None:
    assert [row["rule"] for row in ROWS if row["rule"] not in RULES] == []
    assert sorted(RULES.keys() - {row["rule"] for row in ROWS}) == []
    assert len({row["rule"] for row in ROWS}) == len(ROWS)


def test_what_is_only_known_never_sets_a_sure_day() -> None:
    """Practice defaults and general knowledge are marked so in the rule too."""
    for row in ROWS:
        if "practice default" in row["reading"] or "old hospital grid" in row["reading"]:
            assert RULES[row["rule"]].verified.value == "known"
