"""Our own worklists give tasks amounts, payer ids and patient folders, where two identities agree and none differs."""

from datetime import date

import pytest

from pipeline import store
from pipeline.desk import open_desk
from pipeline.errors import UsageError
from pipeline.plan.listed import keys_of_letter, keys_of_row, listed_for
from pipeline.values.worklist import Listed, ListedClaim
from tests.plan.letters import a_letter
from tests.test_desk import Reader

DAY = date(2026, 11, 24)
HEAD = "Subscriber ID,ICN,Total Charges,Expected,MRN,Payor ID,Account\n"


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inbox").mkdir()
    yield tmp_path
    store.hang_up()


def opened(place):
    return open_desk(place / "data", reader=Reader(), today=DAY, settle_seconds=0.0)


def letter_in(desk, place, text="CLM00001"):
    (place / "inbox" / "a.txt").write_text(text)
    batch_id = desk.start_batch(place / "inbox", received=DAY)
    desk.take_in(batch_id)
    for document_id in desk.queued():
        desk.process(document_id, batch_id=batch_id)
    desk.finish_batch(batch_id)


def shown(desk):
    (task,) = desk.tasks()
    return (task.amount_at_risk, task.amount_basis, task.billing_payer_id, task.patient_folder, task.account_number)


def listed(desk, *rows, **more):
    return desk.read_worklist((HEAD + "".join(f"{row}\n" for row in rows)).encode(), said={}, **more)


def test_a_list_before_or_after_the_letter_gives_its_task_amount_payer_id_and_folder(place):
    row = 'M1,CLM-00001,"$1,500.00",,P-7,60054,00077'
    with opened(place) as desk:
        letter_in(desk, place)
        assert shown(desk) == (None, None, None, None, None)
        report = listed(desk, row, "M2,CLM00002,20,,,,")
        assert (report.rows, report.usable, report.cases) == (2, 2, 1)
        assert shown(desk) == ("1500.00", "listed", "60054", "P-7", "00077")
    other = place / "other"
    (other / "inbox").mkdir(parents=True)
    with opened(other) as desk:
        listed(desk, row)
        letter_in(desk, other)
        assert shown(desk) == ("1500.00", "listed", "60054", "P-7", "00077")


def test_a_list_read_again_takes_the_place_of_its_rows_and_keeps_how_columns_are_read(place):
    with opened(place) as desk:
        letter_in(desk, place)
        odd = b"Wer,Was,Wieviel\nM1,CLM00001,20\n"
        with pytest.raises(UsageError):
            desk.read_worklist(odd, said={})
        said = {"member_id": "Wer", "claim_number": "Was", "billed": "Wieviel"}
        desk.read_worklist(odd, said=said, keep=False)
        assert shown(desk)[0] is None
        desk.read_worklist(odd, said=said)
        assert shown(desk)[:2] == ("20.00", "listed")
        report = desk.read_worklist(odd.replace(b"20", b"30"), said={})
        assert report.columns == said
        assert shown(desk)[:2] == ("30.00", "listed")
        desk.read_worklist(odd.replace(b"M1", b"M3"), said={})
        assert shown(desk)[0] is None


@pytest.mark.parametrize("row", ["M2,CLM00001,9,,,,", "M1,CLM00002,9,,,,", ",CLM00001,9,,,,", "M1,,9,,,,"])
def test_one_identity_alone_or_one_that_differs_gives_nothing(place, row):
    with opened(place) as desk:
        letter_in(desk, place)
        listed(desk, row)
        assert shown(desk)[0] is None


def test_what_is_expected_goes_before_what_was_charged(place):
    with opened(place) as desk:
        letter_in(desk, place)
        listed(desk, "M1,CLM00001,1500,900,,,")
        assert shown(desk)[:2] == ("900.00", "expected_allowed")


def test_rows_that_differ_say_nothing_of_what_they_differ_in():
    letter = a_letter(claim_number="CLM00001", member_id="W1")
    rows = [ListedClaim(row=n, claim_number="CLM00001", member_id="W1", billed=billed, folder="P-7")
            for n, billed in enumerate(("10.00", "20.00"))]  # fmt: skip
    assert set(keys_of_letter(letter)) & set(keys_of_row(rows[0]))
    assert listed_for(letter, rows) == Listed(folder="P-7")
    assert listed_for(letter, [ListedClaim(row=1, claim_number="CLM00001", member_id="W2")]) is None


def test_a_day_and_a_birth_date_alone_name_nobody():
    assert keys_of_row(ListedClaim(row=1, days=("2026-01-05",), date_of_birth="1980-01-02")) == ()


def test_a_list_tells_the_location_of_its_claims(place):
    with opened(place) as desk:
        letter_in(desk, place)
        assert [(one.location, one.location_why) for one in desk.tasks()] == [
            (None, "nothing says which of our locations it is")
        ]
        head = "Subscriber ID,ICN,Service Location\n"
        desk.read_worklist(f"{head}M1,CLM-00001,North  office\n".encode(), said={})
        assert [(one.location, one.location_why) for one in desk.tasks()] == [
            ("North office", "our own list of claims says so")
        ]
        assert store.known_locations() == ("North office",)
