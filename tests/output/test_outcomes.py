"""What became of denials: every figure by hand, and bounds that few cases make wide."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from pipeline.knowledge.preventable import load_preventable
from pipeline.output.bounds import difference, wilson
from pipeline.output.outcomes import Result, ended, outcome_reports
from pipeline.output.report_files import page_of, write_reports
from pipeline.values.letter import (
    KEPT_BACK,
    REVERSAL,
    ClaimEntry,
    Finding,
    Letter,
    LetterKind,
    Reason,
    ServiceLine,
)
from pipeline.values.task import (
    Direction,
    FollowUp,
    FollowUpAct,
    Mail,
    Missing,
    Owner,
    Requirement,
    RequirementSource,
    Status,
    TaskState,
)
from pipeline.values.vocabulary import Category
from tests.output.test_export import task

PREVENTABLE = load_preventable()


def found(value):
    return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="t")


def letter(letter_id, kind, day, *amounts):
    lines = tuple(ServiceLine(paid=amount, page=1) for amount in amounts)
    claims = (ClaimEntry(claim_number="C", lines=lines),) if amounts else ()
    return Letter(
        letter_id=letter_id, pages=(1,), kind=kind, kind_confidence=1.0, letter_date=found(day), claims=claims
    )


def need(status, lacks=""):
    missing = Missing(evidence_type=lacks, what=lacks, where_to_find="", owner=Owner.BILLER, turnaround_days=1)
    return Requirement(
        criterion_id="cm.trial", statement="", source=RequirementSource(), phase="initial", status=status, why="",
        missing=missing if lacks else None,
    )  # fmt: skip


def a_task(number, state, *, payer="A", level=1, closers=(), category=Category.NO_PRIOR_AUTH, needs=(), sent=None):
    why = Reason(**{**{n: getattr(found("x"), n) for n in Finding.__dataclass_fields__}, "category": category})
    opened = f"d{number}-{level}"
    follow_ups = (
        FollowUp(act=FollowUpAct.SENT, letter_id=opened, claim_index=None, action=None, channel=None, number="",
                 proof="", day=sent, by="dana", at=f"{sent}T00:00:00", note="", undoes=None, id=1),
    ) if sent else ()  # fmt: skip
    return task(
        task_id=f"c{number}-L{level}", case_id=f"c{number}", level=level, state=state, payer=payer, claim_number="C",
        letter_ids=(opened, *closers), letter_id=opened, denial_reasons=(why,), requirements=needs,
        received_at="2026-01-10", follow_ups=follow_ups,
        letters=(Mail(letter_id=opened, kind="denial", direction=Direction.RECEIVED, day=f"2026-0{level}-10"),),
    )  # fmt: skip


LETTERS = {
    one.letter_id: one
    for one in (
        letter("won", LetterKind.APPEAL_OVERTURNED, "2026-03-01"),
        letter("paid", LetterKind.REMITTANCE, "2026-03-11", "900.00", "10.50"),
    )
}
TASKS = (
    a_task(1, TaskState.CLOSED, closers=("paid",), sent="2026-02-01", needs=(need(Status.MET),)),
    a_task(2, TaskState.AWAITING_PAYMENT, closers=("won",), needs=(need(Status.UNKNOWN, "ev.headache_diary"),)),
    a_task(3, TaskState.UPHELD, payer="B", category=Category.MEDICAL_NECESSITY),
    a_task(3, TaskState.NEEDS_EVIDENCE, payer="B", level=2, category=Category.MEDICAL_NECESSITY),
    a_task(4, TaskState.CLOSED),
    a_task(5, TaskState.PARTIALLY_OVERTURNED, payer="B"),
)


def tables(**more):
    return {
        report.title: report.frame for report in outcome_reports(ended(TASKS, LETTERS), preventable=PREVENTABLE, **more)
    }


def rows(frame):
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_how_each_ended_and_when():
    told = [(e.result, e.decided, sum((m.amount for m in e.money), Decimal(0))) for e in ended(TASKS, LETTERS)]
    assert told == [
        (Result.OVERTURNED, "2026-03-11", Decimal("910.50")),
        (Result.OVERTURNED, "2026-03-01", Decimal(0)),
        (Result.UPHELD, "2026-02-10", Decimal(0)),
        (Result.OPEN, None, Decimal(0)),
        (Result.OPEN, None, Decimal(0)),
        (Result.PARTLY, None, Decimal(0)),
    ]


def test_rates_have_counts_and_bounds():
    by_payer = rows(tables()["Overturned, by payer"])
    assert [row[:5] for row in by_payer] == [("A", 2, 2, 0, 100.0), ("B", 2, 0, 1, 50.0)]
    assert [row[5:] for row in by_payer] == [(34.2, 100.0), (9.5, 90.5)]
    by_reason = {row[0]: row[1:5] for row in rows(tables()["Overturned, by reason"])}
    assert by_reason == {"no prior authorization": (3, 2, 1, 100.0), "medical necessity": (1, 0, 0, 0.0)}
    lacking = {row[0]: row[1] for row in rows(tables()["Overturned, by evidence that was missing"])}
    assert lacking == {"nothing": 3, "headache diary": 1}
    assert rows(tables()["Overturned, by what was shown"])[0][:5] == ("cm.trial", 1, 1, 0, 100.0)
    assert rows(tables()["Overturned, by level"])[0][:2] == ("1", 4)


def test_money_and_days():
    assert rows(tables()["Money recovered"]) == [("A", 1, 910.5, 0.0, 910.5)]
    assert rows(tables()["Days to decision"]) == [("A", 2, 44.0, 50), ("B", 1, 31.0, 31)]


def test_the_preventable_share_counts_a_denial_once():
    shares = rows(tables()["Preventable share"])
    assert [row[:3] for row in shares] == [("any", 4, 80.0), ("no prior authorization", 4, 80.0)]
    assert shares[1][-1] == PREVENTABLE["no_prior_auth"]


def test_a_month_holds_what_was_decided_or_came_in_then():
    march, april = tables(month="2026-03"), tables(month="2026-04")
    assert [row[:2] for row in rows(march["Overturned, by payer"])] == [("A", 2)]
    assert rows(march["Money recovered"]) == [("A", 1, 910.5, 0.0, 910.5)]
    assert april["Overturned, by payer"].empty
    assert rows(tables(month="2026-01")["Preventable share"])[0][1] == 4


def taken(letter_id, day, amount, *, kept=False):
    kind = LetterKind.OVERPAYMENT_DEMAND if kept else LetterKind.REMITTANCE
    return replace(letter(letter_id, kind, day, amount), subtype=KEPT_BACK if kept else REVERSAL)


def money_with(*more, month=None):
    """The row of the one paid case where these letters stand in it as well."""
    letters = {**LETTERS, **{one.letter_id: one for one in more}}
    found = ended(TASKS, letters, of_cases={"c1": ["d1-1", "paid", *(one.letter_id for one in more)]})
    reports = {one.title: one.frame for one in outcome_reports(found, preventable=PREVENTABLE, month=month)}
    return rows(reports["Money recovered"])


def test_what_was_taken_back_later_is_subtracted_once():
    back = taken("back", "2026-04-02", "-300.00")
    assert money_with(back) == [("A", 1, 910.5, 300.0, 610.5)]
    assert money_with(back, taken("kept", "2026-05-02", "-300.00", kept=True)) == [("A", 1, 910.5, 300.0, 610.5)]
    assert money_with(back, taken("kept", "2026-05-02", "-400.00", kept=True)) == [("A", 1, 910.5, 400.0, 510.5)]
    assert money_with(taken("more", "2026-04-02", "-5000.00")) == [("A", 1, 910.5, 910.5, 0.0)]


@pytest.mark.parametrize("day", ["2026-01-02", "2026-03-11"])
def test_what_was_taken_back_before_or_with_the_payment_was_never_recovered(day):
    assert money_with(taken("before", day, "-300.00")) == [("A", 1, 910.5, 0.0, 910.5)]


def test_a_months_money_stays_what_it_was_when_money_is_taken_back_later():
    back = taken("back", "2026-04-02", "-300.00")
    assert money_with(back, month="2026-03") == [("A", 1, 910.5, 0.0, 910.5)]
    assert money_with(back, month="2026-04") == [("A", 1, 0.0, 300.0, -300.0)]


def test_evidence_that_goes_with_success_is_set_against_its_lack():
    shown = [a_task(n, TaskState.OVERTURNED, needs=(need(Status.MET),)) for n in range(20, 28)]
    lacked = [a_task(n, TaskState.UPHELD, needs=(need(Status.UNKNOWN),)) for n in range(30, 37)]
    won = a_task(38, TaskState.OVERTURNED, needs=(need(Status.STALE),))
    not_asked = a_task(39, TaskState.UPHELD, needs=(need(Status.NOT_APPLICABLE),))
    found = ended([*shown, *lacked, won, not_asked], {})
    (row,) = rows(next(r for r in outcome_reports(found, preventable={}) if "goes with" in r.title).frame)
    assert row[:6] == ("cm.trial", 8, 100.0, 8, 12.5, 87.5)
    assert 0 < row[6] < 87.5 < row[7] <= 100
    alone = outcome_reports(ended(shown, {}), preventable={})
    assert next(r for r in alone if "goes with" in r.title).frame.empty, "nothing to set it against"


def test_newcombes_bounds_of_a_difference():
    assert difference((56, 70), (48, 80)) == (20.0, 5.2, 33.4)
    assert difference((9, 10), (3, 10)) == (60.0, 17.1, 80.9)


@pytest.mark.parametrize(
    ("won", "of", "bounds"), [(0, 0, (0, 100)), (0, 10, (0.0, 27.8)), (5, 10, (23.7, 76.3)), (10, 10, (72.2, 100.0))]
)
def test_wilsons_bounds(won, of, bounds):
    assert tuple(round(bound, 1) for bound in wilson(won, of)) == bounds


def test_every_preventable_reason_is_one_of_the_contract():
    assert set(PREVENTABLE) <= {category.value for category in Category}


def test_the_page_runs_nothing_and_the_tables_come_back(tmp_path):
    evil = [a_task(9, TaskState.UPHELD, payer="<script>alert(1)</script>=1+1")]
    reports = outcome_reports(ended(evil, {}), preventable=PREVENTABLE)
    page = page_of(reports, title="Denials & outcomes")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Denials &amp; outcomes" in page
    paths = write_reports(outcome_reports(ended(TASKS, LETTERS), preventable=PREVENTABLE), title="t", out=tmp_path,
                          today=date(2026, 3, 31))  # fmt: skip
    assert paths[0].suffix == ".html"
    back = pd.read_csv(next(path for path in paths if "by-payer" in path.name))
    assert list(back["decided"]) == [2, 2]
    empty = outcome_reports((), preventable=PREVENTABLE)
    assert "Nothing to count yet." in page_of(empty, title="t")
