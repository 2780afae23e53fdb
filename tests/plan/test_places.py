"""Which of our locations a case belongs to: list before folder and provider, and nothing where they differ."""

import pytest

from pipeline.plan.places import located, place_of_folder
from pipeline.values.practice import Place
from tests.plan.letters import a_letter, found

NORTH = Place(name="North office", npis=("1234567893",), known_as=("Lakeside Neurology North",), folders=("N-*",))
SOUTH = Place(name="South office", tins=("012345670",), known_as=("Lakeside South",), folders=("S-*", "P-7"))
PLACES = (NORTH, SOUTH)


def told(*, said=None, listed=(), folders=(), **values):
    letter = a_letter(**{name: found(value) for name, value in values.items()})
    return located([letter], said=said, listed=listed, folders=folders, places=PLACES).name


@pytest.mark.parametrize(
    ("place", "signs"),
    [
        (None, {}),
        ("North office", {"provider_npi": "1234567893"}),
        ("South office", {"tin": "012345670"}),
        ("North office", {"provider_name": "Ada Example, MD, Lakeside Neurology North"}),
        (None, {"provider_name": "Lakeside Neurology"}),
        (None, {"provider_name": "Lakeside Neurology Northern"}),
        ("South office", {"folders": ["P-7"]}),
        (None, {"folders": ["P-70"]}),
        (None, {"folders": ["N-1"], "tin": "012345670"}),
        ("North office", {"folders": ["N-1"], "provider_npi": "1234567893"}),
        ("South office", {"listed": ["LAKESIDE  SOUTH"], "provider_npi": "1234567893"}),
        ("West wing", {"listed": [" West  wing"]}),
        (None, {"listed": ["North office", "West wing"], "provider_npi": "1234567893"}),
        ("South office", {"said": "South office", "listed": ["North office"]}),
    ],
)
def test_a_location_is_what_one_source_says(place, signs):
    assert told(**signs) == place


def test_a_number_outranks_the_name_it_stands_beside():
    assert told(provider_npi="1234567893", provider_name="Lakeside South") == "North office"


def test_a_number_of_two_locations_tells_none():
    shared = (NORTH, Place(name="East", npis=NORTH.npis))
    letter = a_letter(provider_npi=found("1234567893"))
    place = located([letter], said=None, listed=(), folders=(), places=shared)
    assert (place.name, place.why) == (None, "it may be East or North office")


def test_a_folder_of_two_patterns_is_of_no_location():
    assert place_of_folder("N-1", PLACES) == "North office"
    assert place_of_folder("N-1", (NORTH, Place(name="East", folders=("*-1",)))) is None
