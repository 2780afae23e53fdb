"""Every example and counter-example of models/charts and models/drugs, against its entry."""

import re
from functools import cache

import pytest

from pipeline.charts import Clinical, load_clinical
from pipeline.charts.clinical import Subject
from pipeline.charts.context import contexts_at
from pipeline.charts.statements import statements_of
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.language import load_language
from pipeline.read.plain import plain_pages

KNOWN = load_clinical_knowledge()
BY_SUBJECT = {
    Subject.DRUG: KNOWN.drugs,
    Subject.OUTCOME: KNOWN.outcomes,
    Subject.ILLNESS: KNOWN.illnesses,
    Subject.SECTION: KNOWN.sections,
    Subject.SCALE: KNOWN.scales,
    Subject.FINDING: KNOWN.findings,
    Subject.SPECIALTY: KNOWN.specialties,
}


@cache
def clinical() -> Clinical:
    return load_clinical(load_language(load_knowledge()), KNOWN)


@pytest.mark.parametrize("subject", BY_SUBJECT)
def test_words_are_found_in_examples_and_not_in_counter_examples(subject):
    for entry in BY_SUBJECT[subject]:
        for text, wanted in [*((t, True) for t in entry.examples), *((t, False) for t in entry.counter_examples)]:
            hits = {key.split("/")[0] for key, _ in clinical().matchers[subject](clinical().language.nlp(text))}
            assert (entry.id in hits) == wanted, (entry.id, text)


@pytest.mark.parametrize("entry", KNOWN.contexts, ids=lambda e: e.id)
def test_context_covers_the_subject_in_brackets(entry):
    for text, wanted in [*((t, True) for t in entry.examples), *((t, False) for t in entry.counter_examples)]:
        place = re.search(r"\[(.*?)\]", text)
        assert place
        start, end = place.start(), place.end() - 2
        reading = clinical().language.reading(plain_pages(re.sub(r"[\[\]]", "", text)))
        statement = next(s for s in statements_of(reading, clinical()) if s.start <= start < s.start + len(s.text))
        found = contexts_at(statement, start - statement.start, end - statement.start, clinical=clinical())
        assert (entry.context in found) == wanted, (text, found)


def test_no_acute_medicine_shares_a_class_with_preventives():
    acute = {entry.id for entry in KNOWN.drugs if entry.acute_only}
    assert {"triptan", "ergot", "rescue", "acute_gepant"} == acute
