"""Every example and counter-example of models/charts and models/drugs, against its entry."""

import re
from functools import cache

import pytest

from pipeline.charts import Clinical, load_clinical
from pipeline.charts.clinical import Subject
from pipeline.charts.context import contexts_at
from pipeline.charts.frames import Word, frames_met
from pipeline.charts.statements import statements_of
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.ages import compiled_ages
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.knowledge.reasons import spelled_out
from pipeline.language import load_language
from pipeline.language.phrases import PhraseMatcher
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
    Subject.IDEA: KNOWN.ideas,
    Subject.STUDY: KNOWN.studies,
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


@pytest.mark.parametrize("form", KNOWN.ages, ids=lambda form: form.id)
def test_a_form_of_age_reads_its_examples_and_no_other(form):
    alone = compiled_ages([form])
    assert [text for text in form.examples if alone.search(text) is None] == []
    assert [text for text in form.counter_examples if alone.search(text)] == []


def test_each_idea_of_an_outcome_is_found_by_its_own_phrases():
    nlp = clinical().language.nlp
    for entry in KNOWN.outcomes:
        for wording in entry.ideas:
            matcher = PhraseMatcher(nlp, {entry.id: [v for p in wording.phrases for v in spelled_out(p)]})
            for text in wording.examples:
                assert list(matcher(nlp(text))), (entry.id, wording.idea, text)
            for text in wording.counter_examples:
                assert not list(matcher(nlp(text))), (entry.id, wording.idea, text)


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


@pytest.mark.parametrize("frame", KNOWN.frames, ids=lambda f: f.id)
def test_a_frame_is_met_by_its_examples_and_not_by_its_counter_examples(frame):
    for text, wanted in [*((t, True) for t in frame.examples), *((t, False) for t in frame.counter_examples)]:
        spans = clinical().matchers[Subject.IDEA](clinical().language.nlp(text))
        words = [Word(key, s.start_char, s.end_char, s.start, s.end) for key, s in spans]
        assert bool(list(frames_met(text, words, [frame]))) == wanted, (frame.id, text)


def test_a_frame_names_ideas_and_meanings_that_are_known():
    ideas, given = {e.id for e in KNOWN.ideas}, set()
    for frame in KNOWN.frames:
        assert {*frame.ideas, *frame.unless} <= ideas, frame.id
        given.add(frame.gives)
    known = {f"finding/{e.id}" for e in KNOWN.findings} | {f"outcome/{e.id}" for e in KNOWN.outcomes}
    assert given - known == {"outcome/harm", "outcome/unjudged"}
    assert ideas - {i for f in KNOWN.frames for i in (*f.ideas, *f.unless)} == set()


def test_no_acute_medicine_shares_a_class_with_preventives():
    acute = {entry.id for entry in KNOWN.drugs if entry.acute_only}
    assert {"triptan", "ergot", "rescue", "acute_gepant"} == acute
