"""practice.yaml: ids keep their zeros, numbers are digits, and whatever is wrong names its key."""

import pytest

from pipeline.cli.starter import write_starter_files
from pipeline.errors import UsageError
from pipeline.knowledge.practice import load_practice
from pipeline.values.practice import Clinician, Practice

WHOLE = """\
names: [Lakeside Neurology PLLC]
tins: [01-2345670]
npis: [1234567893]
phones:
faxes: ["+1 (555) 555-0101"]
locations: ["1 Example Street"]
clinicians:
  - name: Ada Example, MD
    npi: ~
    specialty: neurology
contracts:
  - payer: Example Health
    participating: no
    dispute_days: 90
    write_off_below: $1,025
    expected_allowed: {J0585: 6.5, "64615": 155.00}
"""


def load(tmp_path, text):
    path = tmp_path / "practice.yaml"
    path.write_text(text)
    return load_practice(path)


def test_a_whole_file(tmp_path):
    practice = load(tmp_path, WHOLE)
    assert practice.tins == ("012345670",)
    assert practice.faxes == ("5555550101",)
    assert practice.phones == ()
    assert practice.clinicians == (Clinician(name="Ada Example, MD", npi=None, specialty="neurology"),)
    (contract,) = practice.contracts
    assert (contract.participating, contract.dispute_days, contract.corrected_claim_days) == (False, 90, None)
    assert contract.write_off_below == "1025.00"
    assert contract.expected_allowed == {"J0585": "6.50", "64615": "155.00"}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "names:\n", "{}"])
def test_nothing_said_is_an_empty_practice(tmp_path, text):
    assert load(tmp_path, text) == Practice()


def test_a_tin_of_octal_digits_keeps_its_zero(tmp_path):
    assert load(tmp_path, "tins: [012345670]").tins == ("012345670",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nmes: [x]", "nmes: there is no such key"),
        ("names: x", "names: it must be a list"),
        ("npis: [1234567890]", r"npis\[1\]: the check digit"),
        ("npis: [123]", r"npis\[1\]: an NPI has 10 digits"),
        ("tins: [1234]", "a TIN has 9 digits"),
        ("faxes: [555-0100]", "a phone or fax number has 10 digits"),
        ("contracts: [{dispute_days: 3}]", r"contracts\[1\].payer: it is missing"),
        ("contracts: [{payer: x, dispute_days: soon}]", "not a whole number"),
        ("contracts: [{payer: x, participating: maybe}]", "neither yes nor no"),
        ("contracts: [{payer: x, write_off_below: -1}]", "not an amount"),
        ("contracts: [{payer: x, expected_allowed: {J0585: a lot}}]", r"expected_allowed.J0585: it is not an amount"),
        ("clinicians: [Ada]", r"clinicians\[1\]: it must be keys"),
        ("[]", "the file: it must be keys"),
        ("a: [", "not YAML at line"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, words):
    with pytest.raises(UsageError, match=words) as problem:
        load(tmp_path, text)
    assert "practice.yaml" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_the_starter_file_is_valid_off_and_on(tmp_path):
    write_starter_files(tmp_path)
    path = tmp_path / "practice.yaml"
    assert load_practice(path) == Practice()
    on = [line.removeprefix("# ") for line in path.read_text().splitlines() if line.startswith("# ")]
    start = next(n for n, line in enumerate(on) if line == "names:")
    practice = load(tmp_path, "\n".join(on[start:]))
    assert practice.names
    assert practice.clinicians
    assert practice.contracts[0].dispute_days == 90


def test_locations_with_what_is_theirs_alone(tmp_path):
    text = "places:\n  - name: North office\n    npis: [1234567893]\n    folders: [N-*]\n"
    (north,) = load(tmp_path, text).places
    assert (north.name, north.npis, north.folders, north.tins) == ("North office", ("1234567893",), ("N-*",), ())
    with pytest.raises(UsageError, match=r"places\[1\].name: it is missing"):
        load(tmp_path, "places:\n  - npis: [1234567893]\n")
