"""The patient folders of the corpus against their gold: nothing is called met that is not."""

import pytest

from benchmarks.charts import ROOT, measured
from benchmarks.facts import f1
from pipeline.cli.charts import readiness
from sample_letters.generator import patients


@pytest.mark.slow
def test_verdicts_and_kinds_are_right_and_nothing_is_falsely_met():
    counts, wrong = measured(ROOT / "charts", ROOT / "chart_gold")
    assert counts["false_met"] == 0, wrong
    assert counts["right"] >= 0.97 * counts["verdicts"] > 300, wrong
    assert counts["kinds_right"] >= 0.97 * counts["documents"], wrong
    assert f1(counts["found"], counts["missed"], counts["extra"])[2] >= 0.95, wrong


def test_the_folders_are_what_the_generator_makes_of_its_keys():
    made = {one.key.id: one for one in patients.folders(2026) if one.key.look == "text"}
    assert len(made) >= 30
    for folder, one in made.items():
        there = {p.name: p.read_bytes() for p in (ROOT / "charts" / folder).iterdir()}
        assert there == one.documents


def test_readiness_tells_the_day_on_which_what_only_waits_is_met(capsys):
    asked = {"payer": "UnitedHealthcare", "indication": "migraine", "phase": "continuation", "as_of": "2026-06-01"}
    readiness(ROOT / "charts" / "p120", **asked)
    said = capsys.readouterr().out
    assert "earliest: 2026-06-15, by waiting alone" in said
    assert said.rstrip().endswith("What only waits is met on 2026-06-15 at the earliest.")
