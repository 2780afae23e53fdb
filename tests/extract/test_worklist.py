"""Worklists of any columns: what is guessed, what a person said, what is not read."""

import datetime
import io

import openpyxl
import pytest

from pipeline.errors import DocumentError, ProblemCode, UsageError
from pipeline.extract.worklist import amount_of, day_of, guessed, headings_at, listed
from pipeline.knowledge.worklists import load_worklist_columns
from pipeline.read import tables
from pipeline.read.tables import table_rows
from pipeline.values.worklist import ListField

COLUMNS = load_worklist_columns()
LIST = b"""Aging report,,,,,,
Printed 03/01/2026,,,,,,
Pt Last,Pt First,DOB,Subscriber ID,ICN,DOS,Total Charges,MRN,Payor ID,Notes
Sample,Pat,01/02/1980,W00123,00012345,1/5/26,"$1,500.00",P-7,60054,call
Example,Lee,3/4/81,W00999,00054321,2026-01-06,n/a,P-8,60054,
,,,,,,,,,
"""


def read(data, **said):
    rows = table_rows(data)
    at = headings_at(rows, COLUMNS, said)
    mapping = guessed(rows, at, COLUMNS, said)
    return mapping, *listed(rows, at, mapping)


def test_columns_are_guessed_by_heading_and_cells_and_titles_above_are_passed_over():
    mapping, claims, odd = read(LIST)
    assert {field.value: heading for field, heading in mapping.items()} == {
        "last_name": "Pt Last", "first_name": "Pt First", "date_of_birth": "DOB", "member_id": "Subscriber ID",
        "claim_number": "ICN", "service_from": "DOS", "billed": "Total Charges", "folder": "MRN",
        "payer_id": "Payor ID",
    }  # fmt: skip
    first, second = claims
    assert (first.member_name, first.member_id, first.claim_number) == ("Pat Sample", "W00123", "00012345")
    assert (first.date_of_birth, first.days) == ("1980-01-02", ("2026-01-05",))
    assert (first.billed, first.folder, first.payer_id) == ("1500.00", "P-7", "60054")
    assert (second.date_of_birth, second.billed) == (None, None)
    assert odd == {"date_of_birth": 1, "billed": 1}


def test_what_a_person_says_goes_before_every_guess():
    mapping, claims, _ = read(LIST, account_number="Notes", folder="Payor ID")
    assert (mapping[ListField.ACCOUNT_NUMBER], mapping[ListField.FOLDER]) == ("Notes", "Payor ID")
    assert (claims[0].account_number, claims[0].folder) == ("call", "60054")


@pytest.mark.parametrize("said", [{"colour": "ICN"}, {"member_id": "No such column"}])
def test_a_field_or_column_that_is_not_there_is_one_clear_line(said):
    with pytest.raises(UsageError):
        read(LIST, **said)


def test_a_heading_whose_cells_look_otherwise_is_not_believed():
    mapping, *_ = read(b"Claim,DOB,Subscriber ID\nopen,seen,W1\nclosed,unseen,W2\n")
    assert set(mapping) == {ListField.MEMBER_ID}


def test_a_list_without_known_headings_needs_a_person():
    with pytest.raises(UsageError, match="--map"):
        read(b"a,b,c\n1,2,3\n")
    mapping, claims, _ = read(b"a,b,c\n1,2,3\n", member_id="a", claim_number="b")
    assert (claims[0].member_id, claims[0].claim_number) == ("1", "2")
    assert len(mapping) == 2


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_like_a_csv_file_and_its_formulas_are_not_run():
    data = workbook([
        ["Member ID", "ICN", "DOS", "Billed", "Patient"],
        ["W00123", "00012", datetime.date(2026, 1, 5), 1500.5, "=1+1"],
    ])  # fmt: skip
    _, (claim,), _ = read(data)
    assert (claim.member_id, claim.claim_number) == ("W00123", "00012")
    assert (claim.days, claim.billed) == (("2026-01-05",), "1500.50")
    assert claim.member_name is None


@pytest.mark.parametrize(
    "data",
    [
        b"Member ID;ICN\nW1;00012\n",
        b"Member ID\tICN\nW1\t00012\n",
        b"\xef\xbb\xbfMember ID,ICN\r\nW1,00012\r\n",
        "Member ID,ICN,Patient\nW1,00012,Zo\u00eb\n".encode("cp1252"),
    ],
)
def test_any_delimiter_and_encoding_of_an_office(data):
    _, (claim,), _ = read(data)
    assert (claim.member_id, claim.claim_number) == ("W1", "00012")


def test_hostile_tables_are_refused_with_a_code(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    monkeypatch.setattr(tables, "MOST_UNPACKED", 2_000)
    for data, code in [
        (b"", ProblemCode.EMPTY), (b"a,b\n" * 9, ProblemCode.TOO_LARGE), (workbook([["a"]]), ProblemCode.TOO_LARGE),
        (b"PK\x03\x04broken", ProblemCode.CORRUPT), (b"\xd0\xcf\x11\xe0old", ProblemCode.UNSUPPORTED_TYPE),
        (b"a,b\0\n", ProblemCode.UNSUPPORTED_TYPE),
    ]:  # fmt: skip
        with pytest.raises(DocumentError) as caught:
            table_rows(data)
        assert caught.value.code is code


@pytest.mark.parametrize(("cell", "day"), [("1/5/2026", "2026-01-05"), ("2026-1-5", "2026-01-05"), ("2/30/2026", None),
                                           ("1/5/26", "2026-01-05"), ("5 Jan", None), ("", None)])  # fmt: skip
def test_days(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("$1,284.50", "1284.50"), ("(20.00)", "-20.00"), ("-3", "-3.00"), ("1284.5", "1284.50"), ("1,28.4", None),
        ("free", None), ("", None),
    ],
)  # fmt: skip
def test_amounts(cell, amount):
    assert amount_of(cell) == amount
