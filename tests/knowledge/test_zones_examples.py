"""Every phrase entry of zones, kinds, limits, contacts, plans and pages finds its examples and no counter-example."""

import pytest

from pipeline.extract.kind.signs import signs_of
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.kinds import Place, Weight
from pipeline.language import load_language
from pipeline.language.matchers import Subject
from pipeline.values.letter import LetterKind
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)
FAMILIES = {
    "zones": (KNOWLEDGE.zones, (Subject.ZONE_HEADING, Subject.ZONE_SENTENCE)),
    "kinds": (KNOWLEDGE.kinds, (Subject.KIND,)),
    "mentions": (KNOWLEDGE.mentions, (Subject.MENTION,)),
    "outcome_asides": (KNOWLEDGE.outcome_asides, (Subject.OUTCOME_ASIDE,)),
    "limit_kinds": (KNOWLEDGE.limit_kinds, (Subject.LIMIT_KIND,)),
    "limit_anchors": (KNOWLEDGE.limit_anchors, (Subject.LIMIT_ANCHOR,)),
    "limit_parties": (KNOWLEDGE.limit_parties, (Subject.LIMIT_PARTY,)),
    "no_limits": (KNOWLEDGE.no_limits, (Subject.NO_LIMIT,)),
    "contacts": (KNOWLEDGE.contact_purposes, (Subject.CONTACT_PURPOSE,)),
    "refused_numbers": (KNOWLEDGE.refused_numbers, (Subject.REFUSED_NUMBER,)),
    "plans": (KNOWLEDGE.plan_cues, (Subject.PLAN_CUE,)),
    "pages": (KNOWLEDGE.pages, (Subject.PAGE,)),
    "unmet": (KNOWLEDGE.unmet, (Subject.UNMET,)),
}
UNLESS = {
    "kinds": Subject.KIND_UNLESS,
    "plans": Subject.PLAN_UNLESS,
    "limit_kinds": Subject.LIMIT_KIND_UNLESS,
    "contacts": Subject.CONTACT_PURPOSE_UNLESS,
    "refused_numbers": Subject.REFUSED_NUMBER_UNLESS,
}


def cases(attribute):
    return [
        pytest.param(family, entry.id, text, id=f"{entry.id}-{n}")
        for family, (entries, _) in FAMILIES.items()
        for entry in entries
        for n, text in enumerate(getattr(entry, attribute))
    ]


def found(family, text):
    doc = LANGUAGE.nlp(text)
    names = {name for subject in FAMILIES[family][1] for name, _ in LANGUAGE.matchers[subject](doc)}
    if family in UNLESS:
        names -= {name for name, _ in LANGUAGE.matchers[UNLESS[family]](doc)}
    return names


@pytest.mark.parametrize(("family", "entry_id", "text"), cases("examples"))
def test_entry_finds_its_example(family, entry_id, text):
    assert entry_id in found(family, text)


def test_no_entry_finds_its_counter_examples_as_a_decision():
    """Counter-examples run through the whole reading, where conditions and negations take a phrase back."""
    for entry in KNOWLEDGE.kinds:
        if entry.weight is not Weight.DECIDES or entry.place is Place.TITLE or entry.kind is LetterKind.OTHER:
            continue
        for text in entry.counter_examples:
            page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(text), ())
            reading = LANGUAGE.reading(Text(content=text, pages=(page,)))
            assert not signs_of(reading, LANGUAGE).sentences.get(entry.kind), (entry.id, text)


COUNTERS = [case for case in cases("counter_examples") if case.values[0] not in {"kinds"}]


@pytest.mark.parametrize(("family", "entry_id", "text"), COUNTERS)
def test_entry_is_silent_on_its_counter_example(family, entry_id, text):
    assert entry_id not in found(family, text)


def test_ids_are_distinct_over_all_families():
    ids = [entry.id for entries, _ in FAMILIES.values() for entry in entries]
    assert len(ids) == len(set(ids))
