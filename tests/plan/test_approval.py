"""An approval against what is needed: what is less is told and not scheduled, what is not printed is asked."""

from datetime import date
from typing import Any

import pytest

from pipeline.case import CaseLetter, work_out
from pipeline.match import ordered_units
from pipeline.values.chart import Chart, ChartDocument, Context, Fact, FactKind, OnFile, Patient, PatientFolder
from pipeline.values.letter import Authorization, Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Action, Task, TaskState
from tests.plan.letters import KNOWLEDGE, a_letter, clock

TODAY = date(2026, 4, 3)
REQUEST: dict[str, Any] = {
    "service_timing": "pre_service", "claim_number": None, "reference_number": "REF-77",
    "procedure_codes": ("J0585", "64615"),
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "number": "AU5243924", "units": 200, "from_": "2026-04-01", "to": "2026-10-01", "codes": ("J0585", "64615"),
    "site": "Riverside Neurology, 12 Elm Street",
}  # fmt: skip
OURS = Practice(locations=("Riverside Neurology",))


def authorization(**more: Any) -> Authorization:
    return Authorization(
        value="AU", text="as printed", page=1, boxes=(), confidence=0.9, rule="test", **WHOLE | more
    )  # fmt: skip


def chart(*orders: tuple[str, float], **more: Any) -> OnFile:
    facts = tuple(
        Fact(
            kind=FactKind.ORDER,
            units=units,
            date=day,
            file_name="note.pdf",
            page=1,
            text="order",
            confidence=0.9,
            **more,
        )
        for day, units in orders
    )
    documents = (ChartDocument(file_name="note.pdf", pages=(1,)),)
    return OnFile(folder=PatientFolder(name="p1", patient=Patient()), chart=Chart(documents=documents, facts=facts))


def worked_out(*letters: Letter, today: date = TODAY, on_file: OnFile | None = None, practice: Practice = OURS) -> Task:
    told = [CaseLetter(letter=letter, received=date(2026, 4, 2)) for letter in letters]
    return work_out(
        told, case_id="c", today=today, knowledge=KNOWLEDGE, practice=practice, on_file=lambda letter: on_file
    )[-1]  # fmt: skip


def decided(*given: Authorization, kind: str = "approval", units: str = "Botox 200 units", **more: Any) -> list[Letter]:
    denial = a_letter(
        "a-1", letter_date="2026-03-01", clocks=(clock("internal_appeal", 180),), service_description=units,
        **REQUEST | more,
    )  # fmt: skip
    approval = a_letter("b-1", kind=kind, reasons=(), letter_date="2026-04-01", authorizations=given,
                        **REQUEST | {"procedure_codes": ()} | more)  # fmt: skip
    return [denial, approval]


def test_an_approval_of_all_that_is_needed_is_scheduled() -> None:
    task = worked_out(*decided(authorization()))
    assert (task.state, task.action, task.due) == (TaskState.OVERTURNED, Action.SCHEDULE_SERVICE, None)
    (step,) = task.steps
    assert step.do == "Schedule the service by 2026-10-01 under authorization AU5243924"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"units": 100}, "it gives 100 units and 200 are needed"),
        ({"codes": ("J0585",)}, "it does not name 64615"),
        ({"from_": "2025-01-01", "to": "2026-03-31"}, "it ended on 2026-03-31"),
        ({"site": "Hilltop Infusion Center"}, "it is for Hilltop Infusion Center"),
    ],
)
def test_what_is_less_is_told_and_not_scheduled(changed: dict[str, Any], told: str) -> None:
    task = worked_out(*decided(authorization(**changed)))
    assert (task.state, task.action) == (TaskState.PARTIALLY_OVERTURNED, Action.AMEND_AUTHORIZATION)
    assert told in task.steps[0].do
    assert task.due == "2026-08-28"  # the appeal's own day stays
    assert not any(step.do.startswith("Schedule") for step in task.steps)


@pytest.mark.parametrize(
    ("changed", "open_"),
    [
        ({"units": None}, "the units"),
        ({"to": None}, "from which day to which it holds"),
        ({"site": None}, "the place of service"),
        ({"codes": ()}, "the codes"),
        ({"number": None}, "the authorization number"),
    ],
)
def test_what_is_not_printed_is_asked_and_never_agreed(changed: dict[str, Any], open_: str) -> None:
    task = worked_out(*decided(authorization(**changed)))
    assert task.state is TaskState.OVERTURNED
    assert f"does not tell {open_}" in task.steps[0].do
    assert "ask the payer" in task.steps[0].do


def test_without_an_authorization_everything_is_asked() -> None:
    first = worked_out(*decided()).steps[0].do
    assert all(word in first for word in ("units", "codes", "day", "place", "number"))
    unknown = worked_out(*decided(authorization(), units="Botox"), practice=Practice()).steps[0].do
    assert "whether 200 units are enough" in unknown
    assert "whether Riverside Neurology, 12 Elm Street is ours" in unknown


def test_the_order_in_the_chart_says_what_is_needed() -> None:
    order = chart(("2026-01-05", 155.0), ("2026-03-20", 300.0), ("2026-03-20", 200.0))
    assert ordered_units(order) == 300
    assert ordered_units(chart(("2026-03-20", 300.0), context=Context.HYPOTHETICAL)) is None
    assert ordered_units(chart(("2026-03-20", 300.0), negated=True)) is None
    task = worked_out(*decided(authorization()), on_file=order)
    assert "it gives 200 units and 300 are needed" in task.steps[0].do


def test_the_best_of_several_authorizations_counts() -> None:
    task = worked_out(*decided(authorization(number="OLD-11", to="2026-01-31", from_="2025-08-01"), authorization()))
    assert task.action is Action.SCHEDULE_SERVICE
    assert "AU5243924" in task.steps[0].do


def test_after_the_service_the_claim_is_sent_again_with_the_number() -> None:
    service = {"service_timing": "post_service", "claim_number": "CLM-1", "reference_number": None,
               "dates_of_service": ("2026-02-10",)}  # fmt: skip
    retro = {"from_": "2026-02-01", "to": "2026-04-30"}
    letters = decided(authorization(**retro), **service)
    missing = a_letter(
        "a-1", letter_date="2026-03-01", reasons=("no_prior_auth",), service_description="Botox 200 units",
        **REQUEST | service,
    )  # fmt: skip
    task = worked_out(missing, letters[1])
    assert (task.state, task.action) == (TaskState.AWAITING_PAYMENT, Action.WATCH_PAYMENT)
    assert task.steps[0].do == "Send the claim again with the authorization AU5243924"
    assert not any("Send the claim again" in step.do for step in worked_out(*letters).steps)
    other = worked_out(missing, decided(authorization(), **service)[1])
    assert "the service is of 2026-02-10" in other.steps[0].do
    assert other.state is TaskState.PARTIALLY_OVERTURNED


def test_part_of_a_win_is_worked_to_the_days_of_the_letter_that_says_so() -> None:
    """The rest may be appealed within its own time, which can be shorter than what was left of the first."""
    denial = a_letter("a-1", clocks=(clock("internal_appeal", 180),), **REQUEST)
    part = a_letter(
        "b-1", kind="appeal_overturned", subtype="partial", letter_date="2026-04-01", reasons=("quantity_limit",),
        clocks=(clock("second_level", 60),), **REQUEST,
    )  # fmt: skip
    task = worked_out(denial, part)
    assert (task.state, task.due) == (TaskState.PARTIALLY_OVERTURNED, "2026-05-31")
