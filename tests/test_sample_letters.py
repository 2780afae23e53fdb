"""The public corpus: repeatable, broad enough, and its gold true to the page."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from pipeline.values import letter as v
from sample_letters.generator import batch, corpus
from sample_letters.generator.pdf import SYNTHETIC
from sample_letters.generator.spec import BOTOX, Spec, fresh, public

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "sample_letters"
SEED = 2026
SPECS = public()
BY_NAME = {s.name: s for s in SPECS}
DENIALS = {"denial", "partial_denial", "appeal_upheld"}


def gold_of(name: str) -> list[dict[str, Any]]:
    letters: list[dict[str, Any]] = json.loads((FOLDER / "gold" / f"{name}.gold.json").read_text())["letters"]
    return letters


def all_gold() -> list[dict[str, Any]]:
    names = sorted(p.name.removesuffix(".gold.json") for p in (FOLDER / "gold").iterdir())
    return [one for name in names for one in gold_of(name)]


def pages_text(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def pages_of(sample: corpus.Sample) -> list[str]:
    return pages_text(sample.clean) if sample.clean else sample.data.decode().split("\f")


def bare(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def printed_forms(iso: str) -> set[str]:
    day = date.fromisoformat(iso)
    return {bare(f"{day:%m/%d/%Y}"), bare(f"{day:%B} {day.day} {day.year}"), bare(f"{day:%b} {day.day} {day.year}")}


@pytest.fixture(scope="module")
def samples() -> dict[str, corpus.Sample]:
    return {s.name: corpus.sample(s, SEED) for s in SPECS if s.medium in ("pdf", "txt", "md")}


def test_text_documents_and_gold_are_the_same_bytes_when_made_again(samples: dict[str, corpus.Sample]) -> None:
    for name, sample in samples.items():
        assert (FOLDER / "letters" / sample.file_name).read_bytes() == sample.data, name
        assert gold_of(name) == sample.gold["letters"], name


@pytest.mark.slow
@pytest.mark.parametrize("medium", ["scan", "fax", "fax_low", "photo", "png"])
def test_pictures_are_the_same_bytes_when_made_twice(medium: str) -> None:
    spec = next(s for s in SPECS if s.medium == medium)
    assert corpus.sample(spec, SEED) == corpus.sample(spec, SEED)


def test_another_seed_makes_other_letters() -> None:
    spec = SPECS[0]
    assert corpus.sample(spec, SEED).data != corpus.sample(spec, SEED + 1).data


def test_the_corpus_is_as_broad_as_promised() -> None:
    letters = [s for s in SPECS if not s.other or s.other == "two_patients"]
    harmless = [s for s in SPECS if s.kind.value not in DENIALS and s.other and s.other != "two_patients"]
    botox = Counter(s.indication for s in letters if s.indication in BOTOX)
    assert len(letters) >= 40
    assert len(harmless) >= 10
    assert sum(botox.values()) >= 20
    assert set(botox) == set(BOTOX)
    assert len({s.style for s in SPECS}) >= 12
    assert {s.medium for s in SPECS} == {"pdf", "scan", "fax", "fax_low", "photo", "png", "txt", "md"}
    assert {s.phase for s in letters} == {"initial", "continuation"}


def test_every_category_of_denial_is_given_as_a_reason() -> None:
    found = {r for one in all_gold() for r in one.get("denial_reasons", ())}
    assert found == {c.value for c in v.Category} - {"not_a_denial"}


def test_every_kind_of_letter_is_there() -> None:
    assert {one["kind"] for one in all_gold()} == {k.value for k in v.LetterKind}


def test_gold_speaks_the_words_of_the_contract() -> None:
    fields = set(v.Letter.__dataclass_fields__)
    for one in all_gold():
        assert set(one) <= fields | {"pages"}
        v.LetterKind(one["kind"])
        v.Addressee(one.get("addressee", "unknown"))
        v.ServiceTiming(one.get("service_timing", "unknown"))
        for clock in one.get("clocks", ()):
            v.ClockKind(clock["kind"])
            v.Party(clock["for"])
            v.Anchor(clock["anchor"])
            assert clock["unit"] is None or v.TimeUnit(clock["unit"])
        for contact in one.get("contacts", ()):
            v.Purpose(contact["purpose"])
            v.Channel(contact["channel"])
        for cited in one.get("policy_citations", ()):
            v.CitationKind(cited["kind"])
            v.CitationRole(cited["role"])


def values_on_page(one: dict[str, Any]) -> list[set[str]]:
    """What the page must show: each entry is a set of forms, one of which must be there."""
    names = ("payer", "delegate", "member_name", "member_id", "group_number", "patient_account_number", "claim_number")
    more = ("reference_number", "provider_name", "provider_npi", "service_description")
    want = [{bare(one[k])} for k in (*names, *more) if one.get(k)]
    want += [{bare(f"{float(one[k]):,.2f}")} for k in ("billed_amount", "denied_amount") if one.get(k)]
    days = [one["letter_date"]] if one.get("letter_date") else []
    want += [printed_forms(d) for d in (*days, *one.get("dates_of_service", ()))]
    lists = ("procedure_codes", "diagnosis_codes", "modifiers", "carc", "rarc")
    want += [{bare(code)} for k in lists for code in one.get(k, ())]
    want += [{bare(c["value"])} for c in one.get("contacts", ())]
    want += [{bare(c["text"])} for c in one.get("requested_evidence", ())]
    want += [{bare(c["number"])} for c in one.get("authorizations", ())]
    for cited in one.get("policy_citations", ()):
        # A law is printed with a section sign or the word "section" between its name and its number.
        number = cited["number"] or cited["title"]
        want.append({bare(number), bare(number.split()[-1])})
    for clock in one.get("clocks", ()):
        want.append(printed_forms(clock["due"]) if clock["amount"] is None else {str(clock["amount"])})
    return want


def test_every_gold_value_stands_on_the_page(samples: dict[str, corpus.Sample]) -> None:
    for name, sample in samples.items():
        pages = [re.sub(rf"(?m)^.*{SYNTHETIC}.*$", "", p) for p in pages_of(sample)]
        text = bare("\n".join(p.replace("A CMS Contracted Agent (sample)", "") for p in pages))
        for one in sample.gold["letters"]:
            missing = [forms for forms in values_on_page(one) if not any(f in text for f in forms)]
            assert not missing, name


def test_a_value_that_is_not_on_the_page_would_be_noticed(samples: dict[str, corpus.Sample]) -> None:
    text = bare("\n".join(pages_of(samples["migraine-classic"])))
    changed = {**gold_of("migraine-classic")[0], "member_id": "TMH000000000"}
    assert [f for f in values_on_page(changed) if not any(x in text for x in f)] == [{"tmh000000000"}]


@pytest.mark.slow
def test_every_page_says_that_it_is_synthetic(samples: dict[str, corpus.Sample]) -> None:
    rest = [corpus.sample(s, SEED) for s in SPECS if s.name not in samples]
    for sample in (*samples.values(), *rest):
        for page in pages_of(sample):
            assert SYNTHETIC in page, sample.name


def test_reasons_stand_word_for_word_on_the_page(samples: dict[str, corpus.Sample]) -> None:
    for name, sample in samples.items():
        answer, _ = corpus.written(BY_NAME[name], SEED)
        text = bare("\n".join(re.sub(rf"(?m)^.*{SYNTHETIC}.*$", "", p) for p in pages_of(sample)))
        for reason in answer.reasons:
            assert bare(reason.text) in text, (name, reason.category)


def test_invented_numbers_look_real_and_belong_to_nobody() -> None:
    for one in all_gold():
        npi = one.get("provider_npi")
        if npi:
            digits = [int(c) for c in "80840" + npi][::-1]
            doubled = [sum(divmod(2 * d, 10)) if i % 2 else d for i, d in enumerate(digits)]
            assert npi.startswith("19999")
            assert sum(doubled) % 10 == 0
        for contact in one.get("contacts", ()):
            assert contact["channel"] == "mail" or re.fullmatch(r"8\d\d55501\d\d", contact["value"])


def test_limits_are_counted_right() -> None:
    seen = 0
    for one in all_gold():
        for clock in one.get("clocks", ()):
            if clock["due"] and clock["unit"] == "day" and clock["anchor"] in ("letter_date", "receipt", "unstated"):
                days = (date.fromisoformat(clock["due"]) - date.fromisoformat(one["letter_date"])).days
                assert days == clock["amount"]
                seen += 1
            if clock["kind"] == "payer_decision" or clock["anchor"] == "decision_date":
                assert clock["due"] is None
    assert seen > 50


def test_a_batch_scan_has_letters_and_pages_that_are_none() -> None:
    gold = json.loads((FOLDER / "gold" / "batch-scan.gold.json").read_text())
    pages = sorted(
        [p for one in gold["letters"] for p in one["pages"]] + [p["number"] for p in gold["unassigned_pages"]]
    )
    assert len(gold["letters"]) >= 4
    assert {p["why"] for p in gold["unassigned_pages"]} == {"fax_cover", "blank", "enclosure"}
    assert pages == list(range(1, len(pages) + 1))
    assert len(pages_text((FOLDER / "letters" / "batch-scan.pdf").read_bytes())) == len(pages)


@pytest.mark.slow
def test_batches_are_the_same_when_made_again() -> None:
    for sample in batch.samples(SEED):
        text = (FOLDER / "gold" / f"{sample.name}.gold.json").read_text()
        assert json.loads(text) == sample.gold


def test_the_folder_stays_small() -> None:
    assert sum(p.stat().st_size for p in FOLDER.rglob("*") if p.is_file() and p.suffix != ".pyc") < 12_000_000


def test_documents_and_gold_join_in_one_folder_for_evaluation(tmp_path: Path) -> None:
    joined = corpus.joined(FOLDER, tmp_path / "joined")
    documents = sorted(p.stem for p in joined.iterdir() if p.suffix != ".json")
    assert documents == sorted(p.name.removesuffix(".gold.json") for p in joined.glob("*.gold.json"))
    assert len(documents) == len(SPECS) + 2


def test_charts_name_their_patients() -> None:
    rows = list(csv.DictReader((FOLDER / "charts" / "patients.csv").read_text().splitlines()))
    assert [r["folder"] for r in rows[:4]] == ["p001", "p002", "p003", "p101"]
    assert len(rows) >= 33
    for row in rows[:3]:
        files = list((FOLDER / "charts" / row["folder"]).iterdir())
        notes = "".join(p.read_text() for p in files if p.suffix == ".txt")
        assert row["last_name"] in notes
        assert all(SYNTHETIC in p.read_text() for p in files if p.suffix != ".pdf")


def letters_of(specs: list[Spec]) -> list[dict[str, Any]]:
    return [one for s in specs for one in corpus.sample(s, 11).gold["letters"]]


def test_fresh_letters_differ_from_the_public_ones() -> None:
    specs = [s for s in fresh(corpus.source(11, "specs"), 40) if s.medium in ("pdf", "txt", "md")]
    made = letters_of(specs)
    public_ids = {one.get("member_id") for one in all_gold()}
    assert len(made) > 15
    assert not {one["member_id"] for one in made if one.get("member_id")} & public_ids


@pytest.mark.slow
def test_the_command_writes_a_corpus(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sample_letters.generator", "--out", str(tmp_path), "--seed", "5", "--count", "6"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("6 documents")
    assert len(list((tmp_path / "letters").iterdir())) == len(list((tmp_path / "gold").iterdir())) == 6
