"""Reports: counts that add up, rates of decided tasks alone, accuracy by the reviewers' words."""

import math
from dataclasses import replace
from datetime import date

from pipeline.output.reports import Counted, Verdict, reports

TODAY = date(2026, 3, 31)


def task(payer: str, stage: str, *, received: str = "2026-03-01", reasons=("step_therapy",), finished: bool = False):
    return Counted(
        payer=payer, reasons=reasons, service="Botox", stage=stage, cents=10_000, received=received, finished=finished
    )


def by_title(tasks=(), verdicts=(), missing=None):
    found = reports(tasks, missing=missing or {}, verdicts=verdicts, today=TODAY)
    return {report.title: report.frame for report in found}


def test_money_and_tasks_add_up_by_payer_and_a_task_with_two_reasons_counts_twice():
    tasks = [task("A", "sent"), task("A", "sent", reasons=("cosmetic", "step_therapy")), task("B", "sent", reasons=())]
    found = by_title(tasks)
    assert found["Denials by payer"].to_dict("records") == [
        {"payer": "A", "tasks": 2, "amount": 200.0, "amount not known": 0},
        {"payer": "B", "tasks": 1, "amount": 100.0, "amount not known": 0},
    ]  # fmt: skip
    reasons = found["Denials by reason"].set_index("reason")["tasks"].to_dict()
    assert reasons == {"step therapy": 2, "cosmetic": 1, "not found": 1}


def test_an_amount_that_nobody_knows_is_not_nothing():
    tasks = [replace(task("A", "sent"), cents=None), task("A", "sent"), replace(task("B", "sent"), cents=None)]
    first, second = by_title(tasks)["Denials by payer"].to_dict("records")
    assert (first["amount"], first["amount not known"]) == (100.0, 1)
    assert math.isnan(second["amount"])
    assert second["amount not known"] == 1


def test_the_overturn_rate_is_of_decided_tasks_alone():
    tasks = [task("A", stage) for stage in ("overturned", "awaiting_payment", "upheld", "sent", "needs_evidence")]
    (row,) = by_title(tasks)["Overturned, by payer"].to_dict("records")
    assert (row["decided"], row["won"], row["percent"]) == (3, 2, 67)


def test_ages_count_open_tasks_by_the_day_they_came():
    tasks = [task("A", "sent", received=day) for day in ("2026-03-31", "2026-03-24", "2026-03-23", "2025-01-01")]
    tasks.append(task("A", "closed", received="2026-03-31", finished=True))
    ages = by_title(tasks)["Ages of open tasks"].set_index("age")["tasks"].to_dict()
    assert ages == {"0-7 days": 2, "8-30 days": 1, "31-60 days": 0, "61-90 days": 0, "over 90 days": 1}


def test_accuracy_and_overruled_rules_come_from_what_people_said():
    verdicts = [
        Verdict(field="member_id", said="right", rule="a"), Verdict(field="member_id", said="corrected", rule="b"),
        Verdict(field="payer", said="not there", rule="b"),
    ]  # fmt: skip
    found = by_title(verdicts=verdicts)
    assert found["Right as read, field by field"].set_index("field")["percent"].to_dict() == {
        "member id": 50,
        "payer": 0,
    }
    assert found["Rules most often overruled"].to_dict("records") == [{"rule": "b", "overruled": 2}]


def test_an_empty_desk_has_empty_reports():
    assert all(len(frame) == 0 or frame.iloc[:, 1].sum() == 0 for frame in by_title().values())


def test_of_many_months_the_last_are_shown_and_of_many_payers_the_first_and_that_is_said():
    months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 10)]
    tasks = [task(f"Payer {at:02d}", "sent", received=f"{month}-03") for at, month in enumerate(months)]
    found = {report.title: report for report in reports(tasks, missing={}, verdicts=[], today=TODAY)}
    by_month, by_payer = found["Denials by month"], found["Denials by payer"]
    assert list(by_month.frame["month"]) == months[-12:]
    assert by_month.about.endswith("The last 12 of 18.")
    assert by_payer.frame["payer"].iloc[0] == "Payer 00"
    assert by_payer.about.endswith("The first 12 of 18.")
    assert "12 of" not in found["Denials by reason"].about


def test_a_reason_is_said_in_words_that_need_no_list_of_codes():
    found = by_title([task("A", "sent", reasons=("cob_other_payer", "coding_modifier_ndc_units", "step_therapy"))])
    assert list(found["Denials by reason"]["reason"]) == [
        "another payer comes first (COB)", "modifier, NDC or units", "step therapy",
    ]  # fmt: skip
