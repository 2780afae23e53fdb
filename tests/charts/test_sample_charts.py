"""The public charts: what each note says is the gold of its key, and the reader takes from it that and no more."""

import json
from pathlib import Path

import pytest

from benchmarks.facts import compared, f1
from pipeline.values.contract import to_json
from sample_letters.generator.patients import bank
from tests.charts.reading_of_others import chart_of

FOLDER = Path(__file__).parents[2] / "sample_letters"
NOTES = sorted((FOLDER / "charts").glob("p1??/*.txt"))
MISFILED = "p113"


def test_every_sentence_of_the_bank_says_what_its_facts_are():
    words = bank()
    banks = [*words["sentences"].values(), words["renewal"]["response"]]
    said = {
        sentence
        for criteria in banks
        for ways in criteria.values()
        for state in ("met", "not_met")
        for sentence in ways.get(state, ())
    }
    assert said <= words["facts"].keys()
    assert all(words["facts"][sentence] for sentence in said)


@pytest.mark.parametrize("note", NOTES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_note_gives_its_facts_and_no_other(note):
    gold = json.loads((FOLDER / "chart_gold" / f"{note.parent.name}.json").read_text())["facts"][note.name]
    if note.parent.name == MISFILED:  # read by itself it is simply another patient's note
        gold = [{k: v for k, v in fact.items() if k != "context" or v != "another_person"} for fact in gold]
    told = compared([to_json(fact) for fact in chart_of(str(note)).facts], gold)
    assert (told.missed, told.extra) == ([], [])


def test_a_fact_too_many_and_one_missed_lower_the_figure():
    told = compared([{"kind": "age", "value": 40.0}, {"kind": "score"}], [{"kind": "age", "value": 41}])
    assert (told.found, len(told.missed), len(told.extra)) == (0, 1, 2)
    assert f1(3, 1, 1) == (0.75, 0.75, 0.75)
