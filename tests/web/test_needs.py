"""Rows of the task screen: a requirement once, with all kinds of evidence; what the letter calls unmet beside it."""

import re
from collections import Counter

import pytest

from pipeline.values.letter import Category, UnmetCriterion
from pipeline.values.task import Missing, Owner, Requirement, RequirementSource, Status
from pipeline.web.needs import asked_by, unmet_in

SOURCE = RequirementSource(payer="Alder Health", policy="MP-1")
STATEMENT = "each required drug was tried"


def need(
    criterion_id: str, paper: str, *, status: Status = Status.UNKNOWN, statement: str = STATEMENT, source=SOURCE
) -> Requirement:
    missing = Missing(
        evidence_type=paper, what=paper, where_to_find="chart", owner=Owner.CLINIC_NURSE, turnaround_days=2
    )
    return Requirement(
        criterion_id=criterion_id, statement=statement, source=source, phase="both", status=status,
        why="nothing on file says" if status is Status.UNKNOWN else "shown",
        missing=missing if status is not Status.MET else None,
    )  # fmt: skip


def test_kinds_of_evidence_of_one_requirement_are_one_row():
    (one,) = asked_by(
        [
            need("reason.step_therapy", "trial record"),
            need("request.order", "order", statement="the letter asks for: the order"),
            need("reason.step_therapy.ev.rx_fills", "fills"),
        ]
    )
    first, other = one.needs
    assert first.statement == STATEMENT
    assert [missing.what for stand in first.stands for missing in stand.missing] == ["trial record", "fills"]
    assert len(first.stands) == 1
    assert other.statement == "the letter asks for: the order"


def test_evidence_that_stands_otherwise_keeps_its_own_standing():
    (one,) = asked_by([need("a", "trial record"), need("a.ev", "fills", status=Status.MET)])
    assert [stand.status for stand in one.needs[0].stands] == [Status.UNKNOWN, Status.MET]


def test_a_policy_is_named_once_over_all_it_asks_for_and_what_is_open_stands_first():
    shown, letter = RequirementSource(policy="Common criteria"), RequirementSource()
    asked = asked_by(
        [
            need("c.age", "note", status=Status.MET, statement="an adult", source=shown),
            need("m.trial", "trial record"),
            need("c.days", "diary", status=Status.MET, statement="enough days", source=shown),
            need("l.order", "order", statement="the letter asks for: the order", source=letter),
        ]
    )
    assert [one.policy for one in asked] == ["MP-1", None, "Common criteria"]
    assert [need.statement for need in asked[2].needs] == ["an adult", "enough days"]


def test_a_variant_of_one_policy_is_no_heading_of_its_own_and_no_row_is_lost():
    variants = [RequirementSource(policy="MP-1", variant=name) for name in ("first course", "renewal")]
    (one,) = asked_by([need(source.variant, "note", source=source) for source in variants])
    assert len(one.needs) == 2


def test_an_unmet_criterion_stands_beside_the_requirement_it_is_tied_to():
    said = [
        UnmetCriterion(
            value=words, text=words, page=1, boxes=(), confidence=0.8, rule="test",
            category=Category.CRITERIA_NOT_MET, criterion_id=criterion,
        )
        for words, criterion in (("two drugs", "cm.trial"), ("other", None))
    ]  # fmt: skip
    tied, alone = unmet_in(said, [need("cm.trial", "trial record")])
    assert tied.need is not None
    assert tied.need.criterion_id == "cm.trial"
    assert alone.need is None


@pytest.mark.slow
@pytest.mark.xdist_group("office")
def test_on_the_task_screen_each_requirement_is_one_row(office):
    listed = office.admin.ask("/").text
    tasks = sorted(set(re.findall(r'href="(/task/[^"#?]+/)"', listed)))
    assert tasks
    for task in tasks[:5]:
        table = re.search(r'aria-label="Requirements">(.*?)</table>', office.admin.ask(task).text, re.DOTALL)
        firsts = re.findall(
            r"<tr>\s*<td class=\"whole\"(?: rowspan=\"\d+\")?>(.*?)(?:<small>|</td>)", table[1], re.DOTALL
        )
        # A requirement's further standings are rows of their own that begin with the standing, not with the words.
        rows = Counter(first for first in firsts if "need-" not in first)
        assert rows
        assert max(rows.values()) == 1, (task, rows)
        heads = re.findall(r'scope="rowgroup">(.*?)</th>', table[1])
        assert len(heads) == len(set(heads)), "what asks for it is named once"
