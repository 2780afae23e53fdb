"""The table of short clinical sentences: what each says plainly, and what it must not be taken to say."""

from pathlib import Path

import pytest
import yaml

from pipeline.values.chart import Fact
from tests.charts.test_clinical_sentences import facts

FILES = sorted(Path(__file__).parent.glob("sentences/*.yaml"))
TABLE = [entry for file in FILES for entry in yaml.safe_load(file.read_text())]


def words_of(fact: Fact) -> set[str]:
    """The ways a fact may be written in the table."""
    abouts = [fact.drug, fact.name, fact.code, fact.drug_class, None]
    value = fact.percent if fact.kind == "response" else fact.units or fact.value
    found = set()
    for about in abouts:
        base = f"{fact.kind.value} {about.replace(' ', '_')}" if about else fact.kind.value
        outcome = f" {fact.outcome.value}" if fact.outcome else ""
        found |= {base, base + outcome, f"{base}{outcome} {fact.duration_days}"}
        if value is not None:
            found.add(f"{base} {value:g}")
            if fact.unit == "day/month":
                found.add(f"{base}_monthly {value:g}")
    return found


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: entry[0][:60])
def test_a_sentence_says_what_the_table_holds(entry):
    sentence, *wanted = entry
    # An order is planned by its kind: that context says nothing against it.
    plain = [f for f in facts(sentence) if f.context is None or (f.kind, f.context) == ("order", "planned")]
    said = set().union(*(words_of(fact) for fact in plain)) if plain else set()
    for one in wanted:
        if one.startswith("not "):
            assert one.removeprefix("not ") not in said
        else:
            assert one in said, sorted(said)
