"""Fresh letters of a page class, for measuring: the document, its gold, its true text, and who "we" are in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sample_letters.generator import bundles, corpus, pdf
from sample_letters.generator.bank import words
from sample_letters.generator.classes import BATCHES, FAXES, PageClass, carried
from sample_letters.generator.gold import letter_gold
from sample_letters.generator.running import drawn_running
from sample_letters.generator.tray import drawn
from sample_letters.generator.truth import true_pages, true_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A finished document with what is true of it; ``ours`` are the NPIs of our own practice that it names."""

    name: str
    file_name: str
    data: bytes
    gold: dict[str, Any]
    truth: str
    ours: tuple[str, ...]


def samples(how: PageClass, count: int, seed: int) -> Iterator[Measured]:
    """``count`` documents of a class; a batch file counts as one."""
    for i in range(count):
        name = f"{how.value}-{seed}-{i + 1:03d}"
        yield _batch(name, how, seed) if how in BATCHES else _letter(name, how, seed)


def _letter(name: str, how: PageClass, seed: int) -> Measured:
    rng = corpus.source(seed, name)
    answer, draft, style = drawn(rng, short=True)
    clean = pdf.to_pdf(draft, style, running=drawn_running(draft, rng))
    pages = true_pages(clean)
    headers = [f"{corpus.fax_header(answer)}   P.{i:02d}/{len(pages):02d}" for i in range(1, len(pages) + 1)]
    data, suffix = carried(clean, how, corpus.source(seed, f"{name}:noise"), headers=headers)
    if how in FAXES:
        pages = tuple(f"{head}\n{page}" for head, page in zip(headers, pages, strict=True))
    gold = {"letters": [letter_gold(answer, list(range(1, len(pages) + 1)))]}
    ours = () if answer.subtype == "misdirected" else (answer.case.npi,)
    return Measured(name=name, file_name=f"{name}.{suffix}", data=data, gold=gold, truth=true_text(pages), ours=ours)


def _batch(name: str, how: PageClass, seed: int) -> Measured:
    bundle = bundles.bundle(corpus.source(seed, name), medium=BATCHES[how])
    return Measured(
        name=name,
        file_name=f"{name}.{bundle.suffix}",
        data=bundle.data,
        gold=bundle.gold,
        truth=true_text(bundle.truth),
        ours=bundle.ours,
    )


def write(found: Iterator[Measured], out: Path) -> int:
    """Each document with ``<name>.gold.json`` and ``<name>.truth.txt`` beside it, and our ``practice.yaml``."""
    out.mkdir(parents=True, exist_ok=True)
    ours: set[str] = set()
    count = 0
    for one in found:
        (out / one.file_name).write_bytes(one.data)
        gold = json.dumps(one.gold, indent=1, ensure_ascii=False) + "\n"
        (out / f"{one.name}.gold.json").write_text(gold, encoding="utf-8")
        (out / f"{one.name}.truth.txt").write_text(one.truth, encoding="utf-8")
        ours.update(one.ours)
        count += 1
    names = words("names")["practices"]
    practice = {"names": names, "npis": sorted(ours)}
    (out.parent / f"{out.name}.practice.yaml").write_text(yaml.safe_dump(practice), encoding="utf-8")
    return count
