"""Remittances (X12 835) in the inbox: their denied claims are cases and tasks like those of letters, and join them."""

import time
from datetime import date
from functools import cache
from itertools import permutations

import pytest

from pipeline import store
from pipeline.desk import open_desk
from pipeline.document import process
from pipeline.errors import ProblemCode
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import Tesseract
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.task import TaskState
from tests.read.remittance_file import claim, line, remittance

DAY = date(2026, 3, 20)
LETTER = """EXAMPLE MUTUAL HEALTH PLAN
Claims Department

February 24, 2026

SAMPLE NEUROLOGY
Re: Notice of claim denial

Member name: Pat Sample
Member ID: W123456789
Claim number: 2026010100001
Date of service: 01/05/2026
Billed amount: $1,500.00

We have denied the claim for the services listed above. The service is not medically necessary because the records do
not show a trial of two preventive medicines.

If you disagree, you may file an appeal within 180 days from the date of this letter. Fax: 919-555-0142.
"""
DENIED = remittance([claim(lines=[line(cas=["CO*50*1500"], remarks=["N115"])])])
DENIED_WHOLE = remittance([claim(cas=["CO*50*1500"], more=["DTM*232*20260105"])])
PAID = remittance([claim(paid="900", lines=[line(paid="900", cas=["CO*45*600"])])], paid="900", day="20260315")


@cache
def language():
    return load_language(load_knowledge())


class Reader:
    """Reads in this process what a child would."""

    def run(self, path, *, file_name, practice_path, unpack=None, password=None, parts=None):
        return process(
            path.read_bytes(), file_name=file_name, language=language(), practice=Practice(), ocr=Tesseract(),
            limits=Limits(),
        )  # fmt: skip


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inbox").mkdir()
    yield tmp_path
    store.hang_up()


def worked(place, *files):
    """The tasks, finished ones too, after the files came one after the other, each in a batch of its own."""
    with open_desk(place / "data", reader=Reader(), today=DAY, settle_seconds=0.0) as desk:
        for number, content in enumerate(files):
            (place / "inbox" / f"{number}.835").write_bytes(content)
            batch_id = desk.start_batch(place / "inbox", received=DAY)
            desk.take_in(batch_id)
            for document_id in desk.queued():
                desk.process(document_id, batch_id=batch_id)
            desk.finish_batch(batch_id)
        assert desk.status().balanced
        return desk.tasks(finished=True)


def told(tasks):
    return [(t.case_id, t.task_id, t.state, t.action, t.due, t.amount_at_risk, sorted(t.letter_ids)) for t in tasks]


def test_a_denied_claim_of_a_remittance_is_a_task_like_any_other(place):
    (task,) = worked(place, DENIED)
    assert (task.claim_number, task.member_id, task.payer) == ("2026010100001", "W123456789", "EXAMPLE MUTUAL HEALTH")
    assert (task.amount_at_risk, task.amount_basis) == ("1500.00", "denied")
    assert [reason.category.value for reason in task.denial_reasons] == ["medical_necessity"]
    assert task.due is not None


@pytest.mark.parametrize("denied", [DENIED, DENIED_WHOLE], ids=["by line", "by claim"])
def test_a_letter_and_a_remittance_of_one_claim_are_one_case_in_either_order(place, denied):
    found = []
    for order in permutations((LETTER.encode(), denied)):
        folder = place / str(len(found))
        (folder / "inbox").mkdir(parents=True)
        found.append(told(worked(folder, *order)))
        assert len(found[-1]) == 1
        assert len(found[-1][0][-1]) == 2
    assert found[0] == found[1]


def test_another_name_of_the_payer_does_not_part_a_claim_that_number_member_and_day_tie(place):
    other = DENIED.replace(b"N1*PR*EXAMPLE MUTUAL HEALTH", b"N1*PR*EMH TPA SERVICES")
    assert len(worked(place, LETTER.encode(), other)) == 1


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"W123456789", b"W987654321"),
        (b"2026010100001", b"2026010100002"),
    ],
)
def test_a_number_alone_joins_nothing(place, was, becomes):
    other = DENIED.replace(was, becomes)
    assert len({task.case_id for task in worked(place, LETTER.encode(), other)}) == 2


def test_a_day_of_service_that_differs_keeps_claims_of_payers_with_other_names_apart(place):
    other = DENIED.replace(b"N1*PR*EXAMPLE MUTUAL HEALTH", b"N1*PR*EMH TPA SERVICES").replace(b"20260105", b"20250105")
    assert len({task.case_id for task in worked(place, LETTER.encode(), other)}) == 2


def test_a_later_payment_of_the_claim_closes_its_task_in_any_order(place):
    found = []
    for order in ((LETTER.encode(), DENIED, PAID), (PAID, DENIED, LETTER.encode())):
        folder = place / str(len(found))
        (folder / "inbox").mkdir(parents=True)
        found.append(told(worked(folder, *order)))
        assert [state for _, _, state, *_ in found[-1]] == [TaskState.CLOSED]
    assert all(one == found[0] for one in found)


def test_a_reversal_closes_nothing(place):
    back = remittance(
        [claim(status="22", billed="-1500", paid="-900", cas=["CO*45*-600"])], paid="-900", day="20260318"
    )
    (task,) = worked(place, LETTER.encode(), back)
    assert task.state is not TaskState.CLOSED


def test_money_that_a_payment_keeps_back_is_a_task_for_each_claim(place):
    paid = claim("2026010100002", paid="900", lines=[line(paid="900", cas=["CO*45*600"])])
    kept = remittance([paid], paid="350", kept_back=["WO:2025120100007*500", "WO:2025120100008*50", "L6*0"])
    tasks = worked(place, kept)
    assert {(t.claim_number, t.action.value, t.amount_at_risk, t.state.value) for t in tasks} == {
        ("2025120100007", "dispute_recoupment", "500.00", "needs_review"),
        ("2025120100008", "dispute_recoupment", "50.00", "needs_review"),
    }
    assert len({t.case_id for t in tasks}) == 2
    assert all(t.due is not None and t.payer == "EXAMPLE MUTUAL HEALTH" for t in tasks)


def test_money_kept_back_of_a_known_claim_stands_in_its_case(place):
    back = claim(status="22", billed="-1500", paid="-900", lines=[line(billed="-1500", paid="-900")])
    kept = remittance([back], paid="0", kept_back=["WO:2026010100001*900"], day="20260318")
    tasks = worked(place, LETTER.encode(), kept)
    assert len({task.case_id for task in tasks}) == 1
    assert {task.task_id.rpartition("-")[2] for task in tasks} == {"L1", "R1"}


def test_money_kept_back_by_a_later_file_is_proposed_for_the_claims_case_in_either_order(place):
    """The payment names a claim and nobody; a number alone joins nothing, and a person is asked."""
    later = remittance([], paid="-900", kept_back=["WO:2026010100001*900"], day="20260318")
    found = []
    for order in ((DENIED, later), (later, DENIED)):
        folder = place / str(len(found))
        (folder / "inbox").mkdir(parents=True)
        tasks = worked(folder, *order)
        assert len({task.case_id for task in tasks}) == 2
        (kept,) = (task for task in tasks if task.action.value == "dispute_recoupment")
        (claimed,) = (task for task in tasks if task is not kept)
        assert [one.case_id for one in kept.proposals] == [claimed.case_id]
        assert "does not say whose it is" in kept.proposals[0].why
        found.append(told(tasks))
    assert found[0] == found[1]


def test_several_claims_are_several_cases_and_paid_ones_ask_nothing(place):
    claims = [
        claim(f"20260101{n:05d}", account=f"A{n}", member=f"W{n:09d}", name=f"SAMPLE*PAT{n}", paid=paid,
              lines=[line(paid=paid, cas=cas)])
        for n, (paid, cas) in enumerate([("0", ["CO*197*1500"]), ("900", ["CO*45*600"]), ("0", ["CO*29*1500"])])
    ]  # fmt: skip
    tasks = worked(place, remittance(claims, paid="900"))
    reasons = {task.claim_number: [r.category.value for r in task.denial_reasons] for task in tasks}
    assert reasons == {"2026010100000": ["no_prior_auth"], "2026010100002": ["timely_filing"]}
    assert store.to_check() == []
    assert store.left_to_check() == 0


def test_a_broken_file_is_set_aside_with_a_code_and_makes_no_task(place):
    assert worked(place, DENIED[: DENIED.index(b"SE*")]) == ()
    (aside,) = store.set_aside()
    assert aside.code == ProblemCode.INCOMPLETE


@pytest.mark.slow
def test_ten_thousand_claims_are_read_and_worked_out_in_twenty_seconds(place):
    claims = [
        claim(f"20260{n:08d}", account=f"A{n}", member=f"W{n:09d}", name=f"SAMPLE*PAT{n}", paid=paid,
              lines=[line(paid=paid, cas=cas)])
        for n in range(10_000) for paid, cas in [("900", ["CO*45*600"]) if n % 10 else ("0", ["CO*50*1500"])]
    ]  # fmt: skip
    content = remittance(claims, paid=str(900 * 9_000))
    language()  # what a child has loaded before
    began = time.process_time()  # of this process alone: other tests run beside this one
    tasks = worked(place, content)
    assert time.process_time() - began < 20
    assert len(tasks) == 1_000
    assert {task.amount_at_risk for task in tasks} == {"1500.00"}
    assert store.letters_kept() == 10_000
