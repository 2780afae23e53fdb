"""Every evidence type is recognised in a list by its examples, and not by its counter-examples."""

import pytest

from pipeline.extract.requests import find_requests
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import LetterKind
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def requested(sentence: str) -> set[str]:
    content = (
        f"Dear Dr. Example:\n\nWe denied your request.\n\nPlease submit the following:\n- {sentence}\n\nSincerely,\n"
    )
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return {r.evidence_type for r in find_requests(reading, LANGUAGE, kind=LetterKind.DENIAL)}


@pytest.mark.parametrize("entry", KNOWLEDGE.requests, ids=lambda e: e.id)
def test_named_in_a_list(entry):
    for example in entry.examples:
        assert entry.evidence in requested(example), example
    for example in entry.counter_examples:
        assert entry.evidence not in requested(example), example


def test_every_evidence_type_that_can_be_asked_for_has_phrases():
    named = {entry.evidence for entry in KNOWLEDGE.requests}
    # The denial letter and the policy are ours to attach; nobody asks for them, or for a patient's message, as proof.
    assert {e.id for e in KNOWLEDGE.evidence} - named <= {"ev.denial_letter", "ev.policy", "ev.patient_message"}
    assert named <= {e.id for e in KNOWLEDGE.evidence}


def test_every_code_table_points_at_known_evidence():
    known = {e.id for e in KNOWLEDGE.evidence}
    assert {c.evidence for c in KNOWLEDGE.codes.rarc.codes.values() if c.evidence} <= known
