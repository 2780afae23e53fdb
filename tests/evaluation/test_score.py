"""`denials evaluate` compares as the contract's own comparison does, to the digit."""

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation import as_json, as_text, evaluate, gold_letters

SHARED = Path(__file__).parents[3] / "shared"


def finding(value: Any, *, sure: bool = False) -> dict[str, Any]:
    return {"value": value, "text": str(value), "page": 1, "boxes": [], "confidence": 0.9, "rule": "test", "sure": sure}


GOLD = {
    "pages": [1],
    "kind": "denial",
    "payer": "Example Health Plan",
    "letter_date": "2026-03-01",
    "member_id": "ABC-1",
    "claim_number": None,
    "billed_amount": "1250.00",
    "procedure_codes": ["J0585"],
    "denial_reasons": ["step_therapy"],
    "policy_citations": [{"kind": "payer_policy", "number": "2026D0017"}],
    "clocks": [{"kind": "internal_appeal", "amount": 180, "unit": "day", "due": "2026-08-28"}],
    "contacts": [{"purpose": "appeal", "channel": "fax", "value": "8005550101"}],
}


def answer(**changes: Any) -> dict[str, Any]:
    letter: dict[str, Any] = {
        "pages": [1],
        "kind": "denial",
        "payer": finding("Example Health Plan, Inc.", sure=True),
        "letter_date": finding("2026-03-01"),
        "member_id": finding("abc1"),
        "claim_number": None,
        "billed_amount": finding("$1,250.00"),
        "procedure_codes": [finding("J0585")],
        "denial_reasons": [{**finding("step_therapy"), "category": "step_therapy"}],
        "policy_citations": [{**finding("x"), "kind": "payer_policy", "number": "2026D0017AN", "title": None}],
        "clocks": [{**finding("2026-08-28"), **GOLD["clocks"][0], "basis": "stated"}],
        "contacts": [{**finding("800-555-0101"), "purpose": "appeal", "channel": "fax"}],
    }
    return letter | changes


def test_a_right_answer_is_right_in_every_field():
    report = evaluate({"a.pdf": [GOLD]}, {"a.pdf": [answer()]})
    mistakes = [m for m in report.mistakes if m.field != "citation_kinds"]
    assert mistakes == []
    assert report.sure == (1, 1)
    assert report.fields["policy_citations"].f1 == 1.0


@pytest.mark.parametrize(
    ("change", "danger"),
    [
        ({"kind": "other"}, "denial_called_other"),
        (
            {"clocks": [{**finding("2026-08-29"), **GOLD["clocks"][0], "due": "2026-08-29", "basis": "stated"}]},
            "late_deadline",
        ),
        ({"contacts": [{**finding("8005550199"), "purpose": "appeal", "channel": "fax"}]}, "wrong_appeal_fax"),
        ({"payer": finding("Another Plan", sure=True)}, "sure_but_wrong"),
        ({"claim_number": finding("123", sure=True)}, "sure_but_wrong"),
    ],
)
def test_each_dangerous_error_is_counted(change, danger):
    report = evaluate({"a.pdf": [GOLD]}, {"a.pdf": [answer(**change)]})
    assert as_json(report)["danger"][danger] == 1


def test_an_earlier_deadline_is_not_late():
    early = [{**finding("2026-08-27"), **GOLD["clocks"][0], "due": "2026-08-27", "basis": "stated"}]
    report = evaluate({"a.pdf": [GOLD]}, {"a.pdf": [answer(clocks=early)]})
    assert "late_deadline" not in as_json(report)["danger"]


def test_gold_beside_documents_and_in_a_folder_of_its_own(tmp_path):
    for folder in ("letters", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "letters" / "one.txt").write_text("x")
    (tmp_path / "gold" / "one.gold.json").write_text(json.dumps({"letters": [GOLD]}))
    assert list(gold_letters(tmp_path)) == [tmp_path / "letters" / "one.txt"]


def test_broken_gold_is_one_clear_line(tmp_path):
    (tmp_path / "one.txt").write_text("x")
    (tmp_path / "one.gold.json").write_text("{")
    with pytest.raises(UsageError, match=r"one\.gold\.json"):
        gold_letters(tmp_path)


def reference() -> ModuleType:
    path = SHARED / "score.py"
    if not path.exists():
        pytest.skip("the contract's comparison is not beside this checkout")
    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mutated(letter: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A gold letter turned into an answer, with some fields wrong, missing, doubled or marked sure."""
    out: dict[str, Any] = {"pages": letter.get("pages")}
    for key, value in copy.deepcopy(letter).items():
        if key == "pages" or rng.random() < 0.15:
            continue
        if key == "kind":
            out[key] = rng.choice([value, value, value, "other", "denial"])
        elif isinstance(value, list):
            kept = [v for v in value if rng.random() > 0.2]
            wrapped = [{**finding("x"), **v} if isinstance(v, dict) else finding(v) for v in kept]
            out[key] = wrapped + wrapped[: rng.randint(0, 1)]
            if key == "clocks":
                for clock in out[key]:
                    clock["basis"] = rng.choice(["stated", "rule"])
                    if clock.get("due") and rng.random() < 0.3:
                        clock["due"] = "2027-12-31"
            if key == "denial_reasons":
                out[key] = [{**f, "category": f["value"]} for f in wrapped if isinstance(f["value"], str)]
        elif value is not None:
            out[key] = finding(value if rng.random() > 0.2 else f"{value}9", sure=rng.random() < 0.5)
        elif rng.random() < 0.2:
            out[key] = finding("made up", sure=True)
    return out


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_the_contracts_comparison_to_the_digit(seed):
    score = reference()
    folder = SHARED / "letters"
    gold = {name: data["letters"] for name, data in score.gold_files(folder).items()}
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    answers = {name: [mutated(letter, rng) for letter in letters] for name, letters in gold.items()}
    wanted, _ = score.score(folder, answers, {name: {"letters": letters} for name, letters in gold.items()})
    found = as_json(evaluate(gold, answers))
    shared = found.keys() & wanted.keys() - {"sure"}
    assert found.keys() - wanted.keys() == {"classes", "reliability"}
    assert {k: found[k] for k in shared} == {k: wanted[k] for k in shared}
    assert found["sure"] == wanted["sure"]


def test_the_table_names_every_scored_field():
    text = as_text(evaluate({"a.pdf": [GOLD]}, {"a.pdf": [answer()]}))
    assert "letter_date" in text
    assert "dangerous:" in text
