"""Writes a corpus: documents in ``letters/``, gold answers in ``gold/``."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sample_letters.generator import media, others, pdf, plain, tables
from sample_letters.generator.answer import Answer
from sample_letters.generator.blocks import Draft
from sample_letters.generator.compose import compose
from sample_letters.generator.counting import short_date
from sample_letters.generator.draw import draw
from sample_letters.generator.gold import letter_gold
from sample_letters.generator.spec import Spec

SUFFIX = {
    "pdf": "pdf",
    "scan": "pdf",
    "fax": "tif",
    "fax_low": "tif",
    "photo": "jpg",
    "png": "png",
    "txt": "txt",
    "md": "md",
}
_DPI = {"scan": 200, "photo": 150, "png": 150, "fax": 204, "fax_low": 204}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A finished document: file name, bytes, gold, and its text PDF before it was scanned (None for text files)."""

    name: str
    file_name: str
    data: bytes
    gold: dict[str, Any]
    clean: bytes | None


def source(seed: int, name: str) -> Random:
    """A random source of its own for each letter, so that adding one changes no other."""
    return Random(f"{seed}:{name}")  # noqa: S311 - repeatable on purpose, not for secrets


def written(spec: Spec, seed: int) -> tuple[Answer, Draft]:
    """The answer key and the draft of one letter."""
    rng = source(seed, spec.name)
    if spec.style in ("remittance", "benefits"):
        return tables.write(spec, rng)
    if spec.other:
        return others.write(spec, rng)
    answer = draw(spec, rng)
    return answer, compose(spec, answer, rng)


def sample(spec: Spec, seed: int) -> Sample:
    """One letter, set and put on its medium."""
    answer, draft = written(spec, seed)
    clean, count, data = None, 1, b""
    if spec.medium in ("txt", "md"):
        text = plain.to_text(draft) if spec.medium == "txt" else plain.to_markdown(draft)
        count, data = text.count("\f") + 1, text.encode()
    else:
        clean = pdf.to_pdf(draft, spec.style)
        count, data = _on_medium(spec, clean, answer, source(seed, f"{spec.name}:medium"))
    gold = {"letters": [letter_gold(answer, list(range(1, count + 1)))]}
    return Sample(name=spec.name, file_name=f"{spec.name}.{SUFFIX[spec.medium]}", data=data, gold=gold, clean=clean)


def _on_medium(spec: Spec, clean: bytes, answer: Answer, rng: Random) -> tuple[int, bytes]:
    if spec.medium == "pdf":
        return media.page_count(clean), clean
    pages = media.pages_of(clean, _DPI[spec.medium])
    count = len(pages)
    if spec.medium == "scan":
        return count, media.scan(pages, rng)
    if spec.medium in ("fax", "fax_low"):
        return count, media.fax(pages, fax_header(answer), rng, fine=spec.medium == "fax")
    if count != 1:
        raise ValueError(f"{spec.name}: {spec.medium} holds one page, not {count}")
    return 1, media.photo(pages[0], rng) if spec.medium == "photo" else media.png(pages[0])


def fax_header(answer: Answer) -> str:
    """The line a fax machine prints: the day of the letter, who sent it and a number that is nobody's appeal fax."""
    sender = (answer.case.payer.delegate or answer.case.payer.name)[:24].upper()
    return f"{short_date(answer.case.letter_date)} 10:42  FROM: {sender}  FAX 8005550{answer.case.birth.day + 160}"


def write(samples: Iterable[Sample], out: Path) -> int:
    """Writes documents and gold below ``out``; returns how many."""
    count = 0
    for folder in ("letters", "gold"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for item in samples:
        (out / "letters" / item.file_name).write_bytes(item.data)
        text = json.dumps(item.gold, indent=1, ensure_ascii=False) + "\n"
        (out / "gold" / f"{item.name}.gold.json").write_text(text, encoding="utf-8")
        count += 1
    return count


def joined(corpus: Path, out: Path) -> Path:
    """One folder with each document beside its gold, as ``denials evaluate`` reads it; links, no copies."""
    out.mkdir(parents=True, exist_ok=True)
    for path in (*sorted((corpus / "letters").iterdir()), *sorted((corpus / "gold").iterdir())):
        link = out / path.name
        if not link.exists():
            link.symlink_to(path.resolve())
    return out
