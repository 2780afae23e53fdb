"""Reliability by band, and what changed since an earlier run."""

import pytest

from pipeline.errors import UsageError
from pipeline.evaluation import as_json, as_text, changes, evaluate, save, saved
from pipeline.evaluation.bands import BANDS, SURE, Share, band_of
from tests.evaluation.test_score import GOLD, answer, finding


def report_of(letter):
    return evaluate({"a.pdf": [GOLD]}, {"a.pdf": [letter]})


def test_every_answer_counts_once_in_the_band_of_its_confidence():
    report = report_of(answer(kind_confidence=0.75, member_id={**finding("abc1"), "confidence": 0.6}))
    bands = report.reliability["text"].bands
    assert {band: (share.right, share.every) for band, share in bands["payer"].items()} == {SURE: (1, 1)}
    assert list(bands["member_id"]) == ["below 0.70"]
    assert list(bands["kind"]) == ["0.70 to 0.80"]
    total = report.reliability["text"].overall()
    assert sum(share.every for share in total.values()) == 10
    assert set(bands) == {"kind", *(set(GOLD) & set(answer())) - {"pages", "claim_number"}}


def test_a_wrong_entry_of_a_list_is_wrong_in_its_own_band_and_a_repeated_one_is_not_counted():
    codes = [finding("J0585"), finding("J0585"), {**finding("64615"), "confidence": 0.5}]
    bands = report_of(answer(procedure_codes=codes)).reliability["text"].bands["procedure_codes"]
    assert {band: (share.right, share.every) for band, share in bands.items()} == {
        "0.90 and more": (1, 1),
        "below 0.70": (0, 1),
    }


def test_a_letter_is_settled_where_every_scalar_is_sure():
    unsure = report_of(answer()).reliability["text"]
    assert (unsure.settled.right, unsure.settled.every, unsure.settled_right.every) == (0, 1, 0)
    names = ("letter_date", "payer", "member_id", "billed_amount")
    sure = answer(**{name: {**answer()[name], "sure": True} for name in names})
    assert report_of(sure).reliability["text"].settled_right.right == 1
    wrong = report_of({**sure, "member_id": finding("XYZ", sure=True)}).reliability["text"]
    assert (wrong.settled.right, wrong.settled_right.right) == (1, 0)


def test_the_bands_are_by_page_class_and_printed():
    report = evaluate(
        {"a.pdf": [GOLD], "b.pdf": [GOLD]},
        {"a.pdf": [answer()], "b.pdf": [answer()]},
        classes={"a.pdf": "text", "b.pdf": "ocr"},
    )
    printed = as_text(report)
    assert "text pages: F1" in printed
    assert "ocr pages: F1" in printed
    assert all(band in printed for band in BANDS)
    assert as_json(report)["reliability"]["ocr"]["bands"]["payer"] == {SURE: [1, 1]}


@pytest.mark.parametrize(
    ("confidence", "sure", "band"),
    [(0.5, True, SURE), (0.9, False, BANDS[1]), (0.8999, False, BANDS[2]), (0, False, BANDS[-1])],
)
def test_the_bands(confidence, sure, band):
    assert band_of(confidence, sure=sure) == band


def test_gains_and_losses_since_a_saved_run(tmp_path):
    file = tmp_path / "run.json"
    save(report_of(answer(member_id=finding("nobody"))), file)
    lines = changes(saved(file), report_of(answer(letter_date=finding("2026-03-02"))))
    assert "+ a.pdf member_id: missed ['ABC-1']; surplus ['nobody']" in lines
    assert "- a.pdf letter_date: missed ['2026-03-01']; surplus ['2026-03-02']" in lines
    assert changes(saved(file), report_of(answer(member_id=finding("nobody")))) == []


def test_a_run_that_is_none_is_refused(tmp_path):
    with pytest.raises(UsageError):
        saved(tmp_path / "nothing.json")
    (tmp_path / "list.json").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError):
        saved(tmp_path / "list.json")


def test_what_the_confidences_promise_stands_beside_what_came():
    share = Share()
    for right, confidence in ((True, 0.9), (False, 0.8), (True, 0.7), (True, 0.8)):
        share.add(right, confidence=confidence)
    assert share.precision == 0.75
    assert share.predicted == 0.8
    assert Share().predicted is None
