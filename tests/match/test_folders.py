"""A letter is linked to a folder by two signs of identity; what differs or is ambiguous is not."""

from dataclasses import replace

import pytest

from pipeline.match import folder_of
from pipeline.values.chart import Patient, PatientFolder
from pipeline.values.letter import Finding
from tests.plan.letters import a_letter

ANN = PatientFolder(
    name="p1", patient=Patient(name="Ann B. Example", date_of_birth="1980-01-01", member_ids=("W123", "W124"))
)
BEN = PatientFolder(name="p2", patient=Patient(name="Ben Example", date_of_birth="1982-02-02", member_ids=("W125",)))
TWIN = PatientFolder(name="p3", patient=Patient(name="Ann Example", date_of_birth="1980-01-01"))


def said(value):
    if value is None:
        return None
    return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="test", sure=True)


def letter(name=None, born=None, member=None):
    return replace(a_letter(), member_name=said(name), date_of_birth=said(born), member_id=said(member))


@pytest.mark.parametrize(
    ("name", "born", "member", "folder"),
    [
        ("EXAMPLE, ANN", None, "W123", "p1"),
        ("Ann Example", "1980-01-01", None, "p1"),
        (None, "1980-01-01", "w-124", "p1"),
        ("Ann Example", None, None, None),  # one sign is too few
        (None, None, "W123", None),
        ("Ann Example", "1980-01-02", "W123", None),  # a differing birth date
        ("Zoe Other", "1980-01-01", "W123", None),
        ("Ben Example", None, "W123", None),
        ("Ben Example", "1982-02-02", "W125", "p2"),
    ],
)
def test_two_signs_agree_and_none_differs(name, born, member, folder):
    link = folder_of(letter(name, born, member), [ANN, BEN])
    assert (link.folder.name if link.folder else None) == folder
    assert link.why


def test_two_folders_that_fit_equally_stay_ambiguous():
    link = folder_of(letter("Ann Example", "1980-01-01"), [ANN, TWIN])
    assert link.folder is None
    assert "p1, p3" in link.why
    assert folder_of(letter("Ann Example", "1980-01-01", "W124"), [ANN, TWIN]).folder == ANN
