"""Papers named in words that no rule has: by an opinion, in items of lists and in sentences that ask."""

from pathlib import Path

import pytest
import yaml

from pipeline.extract.opinions.learning import said_in
from pipeline.extract.requests.opinion import ASKING, PAPERS, asking_told, paper_told
from tests.extract.test_requests import requested

_BANK = Path(__file__).parent / "request_bank"
_NAMED = yaml.safe_load((_BANK / "papers.yaml").read_text(encoding="utf-8"))
_SENTENCES = yaml.safe_load((_BANK / "sentences.yaml").read_text(encoding="utf-8"))
_BELIEVED = 0.6


def test_papers_named_in_words_apart_from_those_it_learned() -> None:
    told = [(paper_told(text), answer) for answer, texts in _NAMED.items() for text in texts if answer != "none"]
    believed = [(evidence, answer) for (evidence, likely), answer in told if evidence and likely >= _BELIEVED]
    assert len(believed) >= 0.55 * len(told)
    assert sum(evidence == answer for evidence, answer in believed) >= 0.98 * len(believed)


@pytest.mark.parametrize("text", _NAMED["none"])
def test_what_is_no_paper_is_told_as_none(text: str) -> None:
    evidence, likely = paper_told(text)
    assert evidence is None or likely < _BELIEVED


def test_sentences_that_ask_apart_from_those_it_learned() -> None:
    right = sum(asking_told(text)["none"] < 0.5 for answer in ("asks", "missing") for text in _SENTENCES[answer])
    assert right >= 0.85 * len(_SENTENCES["asks"] + _SENTENCES["missing"])


def test_what_it_learned_and_what_it_is_measured_on_are_apart() -> None:
    learned = {text for name in (ASKING, PAPERS) for text, _ in said_in(name)}
    apart = {str(text) for bank in (_NAMED, _SENTENCES) for texts in bank.values() for text in texts}
    assert not learned & apart


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Please send the following:\n- a log of urine leaks over three days\n- muscles injected with units for each\n",
         {"ev.bladder_diary", "ev.procedure_note"}),
        ("Please send us documentation of topical therapy that failed.", {"ev.failed_trial"}),
        ("Please send us proof of continuous enrollment by the employer.", {"ev.eligibility"}),
        ("Please fax the admitting physician's history and exam.", {"ev.hp"}),
        ("Please send the office note and the certification number you were given.",
         {"ev.visit_note", "ev.pa_letter"}),
        ("Please send, with any appeal, rating-scale scores.", {"ev.scores"}),
        ("If this is a mistake, ask the old insurer for proof that the coverage was in force and mail it to us.",
         {"ev.eligibility"}),
        ("Bill the other carrier first, then send us its explanation of benefits.", {"ev.cob"}),
    ],
)  # fmt: skip
def test_papers_in_words_that_no_rule_has(body: str, expected: set[str]) -> None:
    assert requested(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Please send a corrected claim with the right modifier.",
        "Please send your member number and a phone number we can reach you at.",
        "Please send the reason you disagree, and any other papers that you think are important.",
        "The nurse read a log of urine leaks and the admitting physician's history.",
        "The plan pays only after topical therapy that failed.",
        "Ask your clinic for a copy of the film if you want to keep one.",
        "We reviewed the certification number you were given.",
    ],
)
def test_what_is_no_paper_or_not_asked_for(body: str) -> None:
    assert requested(body) == set()


def test_what_a_paper_is_to_show_is_no_other_paper() -> None:
    body = "Please send the certification number you were given, with dates and the body mass index."
    assert requested(body) == {"ev.pa_letter"}
