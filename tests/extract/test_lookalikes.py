"""Look-alikes are mended where a known shape asks for it, and nowhere else."""

import pytest

from pipeline.extract.lookalikes import digits_read, folded, mended_shape, number_mended, phones_mended
from pipeline.extract.shapes import npi, tin


@pytest.mark.parametrize(
    ("text", "shape", "mended"),
    [
        ("J0S85", "A9999", "J0585"),
        ("JO585", "A9999", "J0585"),
        ("G43.7O9", "A99.999", "G43.709"),
        ("64615", "99999", "64615"),
        ("6461S", "99999", "64615"),
        ("5AB4-CD4-EF23", "9AX9-AX9-AA99", "5AB4-CD4-EF23"),
        ("SAB4-CD4-EFZ3", "9AX9-AX9-AA99", "5AB4-CD4-EF23"),
    ],
)
def test_mended_to_its_shape(text, shape, mended):
    assert mended_shape(text, shape) == mended


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("HELLO", "A9999"),  # a word, whatever its length
        ("J05851", "A9999"),
        ("JX585", "A9999"),  # X looks like no digit
        ("OIlSB", "99999"),  # more mended than read
        ("J0585", "99999"),
    ],
)
def test_of_another_shape(text, shape):
    assert mended_shape(text, shape) is None


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1234567893", "1234567893"),
        ("l234567893", "1234567893"),
        ("I234567893", "1234567893"),
        ("12345678g3", None),  # g is no look-alike
        ("123456 7893", "1234567893"),
        ("12E4567893", None),
        ("1Z34567893", "1234567893"),
        ("1Z34567894", None),  # its check digit is wrong, so nothing says that Z is 2
    ],
)
def test_npi_by_its_check_digit(printed, value):
    found = npi(printed)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [("12-3456789", "123456789"), ("l2-34S6789", "123456789"), ("12-OBSOLETE", None), ("IZ-BOSS678", None)],
)
def test_tin(printed, value):
    found = tin(printed)
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Fax 8OO-555-Ol48.", "Fax 800-555-0148."),
        ("(8OO) 555-0148", "(800) 555-0148"),
        ("800-555-0148", "800-555-0148"),
        ("Call 1-800-SOS-BILL now", "Call 1-800-SOS-BILL now"),
        ("SIS-BOB-SOLO", "SIS-BOB-SOLO"),
        ("Policy LCD-ISS-2026", "Policy LCD-ISS-2026"),
    ],
)
def test_phones(text, mended):
    assert phones_mended(text) == mended


def test_two_readings_of_one_print_are_folded_alike():
    assert folded("CLM-2O26-8I") == folded("clm 2026 B1")
    assert folded("CLM-2026-81") != folded("CLM-2026-87")


def test_digits_read():
    assert digits_read("OIlSBZG|]") == "011582611"


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("REFO811832", "REF0811832"),
        ("CLM-2O26Q1", "CLM-202601"),
        ("HO603-052363", "H0603-052363"),
        ("£0017063300", "E0017063300"),
        ("$LH77377464", "SLH77377464"),
        ("CC=1699-1201", "CC-1699-1201"),
    ],
)
def test_signs_that_cannot_stand_in_a_number_are_mended(printed, mended):
    assert number_mended(printed) == mended
    assert len(number_mended(printed)) == len(printed)


@pytest.mark.parametrize("printed", ["$1,200.00", "$250", "REFOOO", "XOQ811832", "PO-1234567", "HOPE-12", "", "£5"])
def test_what_may_be_printed_so_is_left(printed):
    assert number_mended(printed) == printed


@pytest.mark.parametrize(
    ("printed", "value"), [("OO3117 O59", "003117 059"), ("12-O45", "12-045"), ("O12345", "O12345"), ("OQ12", "OQ12")]
)
def test_letters_o_that_begin_a_number_are_noughts_where_there_are_two(printed, value):
    assert number_mended(printed) == value
