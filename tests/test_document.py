"""The recipe, whole: bytes to a document of the contract's shape, in this process and in a child."""

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from pipeline.document import process
from pipeline.errors import UsageError
from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.read import Tesseract
from pipeline.sandbox import Sandbox
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Document, DocumentStatus
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.text import Method

LETTER = [
    "Meadow Valley Health Plan",
    "April 3, 2026",
    "Claim number: 2026041277",
    "Your claim is denied because the service is not medically necessary.",
    "You may appeal within 180 days of the date of this letter.",
]


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language(load_knowledge())


def pdf() -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(612, 792), invariant=1)
    for index, line in enumerate(LETTER):
        page.drawString(72, 700 - index * 18, line)
    page.save()
    return out.getvalue()


def processed(data: bytes, language: Language) -> Document:
    return process(data, file_name="a.pdf", language=language, practice=Practice(), ocr=Tesseract(), limits=Limits())


def test_a_letter_is_read(language: Language) -> None:
    document = processed(pdf(), language)
    assert document.status is DocumentStatus.READ
    assert document.document_id == hashlib.sha256(pdf()).hexdigest()
    assert [(p.number, p.method, p.width_pt, p.height_pt) for p in document.pages] == [(1, Method.TEXT, 612, 792)]
    assert len(document.letters) + len(document.unassigned_pages) == 1
    assert {"pipeline", "knowledge", "tesseract", "rapidocr", "spacy"} <= set(document.versions)
    assert all(document.versions.values())


def test_letters_that_share_a_page_have_ids_of_their_own(language: Language) -> None:
    letter = (
        "From: Alder Health\nDate: 2026-02-0{0}\nMember: Ada Roe\nMember ID: AH77120{0}\nClaim: C-4410{0}\n"
        "Denied: late.\n"
    )
    content = "\n----\n".join(letter.format(n) for n in (3, 4, 5)) + "\fpage 2\n" + letter.format(6)
    document = processed(content.encode(), language)
    name = document.document_id
    assert [letter.letter_id for letter in document.letters] == [f"{name}-1", f"{name}-1-2", f"{name}-1-3", f"{name}-2"]
    assert [letter.pages for letter in document.letters] == [(1,), (1,), (1,), (2,)]
    assert [letter.member_id and letter.member_id.value for letter in document.letters] == [
        f"AH77120{n}" for n in (3, 4, 5, 6)
    ]
    assert not document.unassigned_pages


def test_a_bad_file_is_a_quarantined_document(language: Language) -> None:
    document = processed(b"PK\x03\x04", language)
    assert document.status is DocumentStatus.QUARANTINED
    assert document.problem is not None
    assert document.problem.code == "unsupported_type"
    assert document.problem.advice
    assert document.letters == ()


def test_the_same_input_gives_the_same_output(language: Language) -> None:
    assert processed(pdf(), language) == processed(pdf(), language)


@pytest.mark.slow
def test_the_child_gives_what_the_recipe_gives(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_bytes(pdf())
    with Sandbox(limits=Limits(), temp=tmp_path / "temp", jobs=1) as sandbox:
        document = sandbox.run(path, file_name="a.pdf", practice_path=None)
        assert document == processed(pdf(), language)
        assert from_json(Document, to_json(document)) == document

        big = tmp_path / "big"
        with big.open("wb") as file:
            file.truncate(Limits().max_bytes + 1)
        problem = sandbox.run(big, file_name="big.pdf", practice_path=None).problem
        assert problem is not None
        assert problem.code == "too_large"

        practice = tmp_path / "practice.yaml"
        practice.write_text("no_such_key: 1\n")
        with pytest.raises(UsageError):
            sandbox.run(path, file_name="a.pdf", practice_path=practice)


REHEARSED = """
import json, re, sys
from pathlib import Path
from pipeline.document import letters_of
from pipeline.reading import own_language, warm
from pipeline.extract.opinions import load_opinion
from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice

warm(Limits())
compiled, imported, loaded = [], set(sys.modules), load_opinion.cache_info().misses
compile = re._compiler.compile
re._compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or compile(pattern, flags)
text = read(Path(sys.argv[1]).read_bytes(), ocr=Tesseract(), limits=Limits())
letters_of(text, "x", language=own_language(), practice=Practice())
late = sorted(set(sys.modules) - imported)
print(json.dumps([len(compiled), late, loaded, load_opinion.cache_info().misses - loaded]))
"""


@pytest.mark.slow
def test_a_child_finds_everything_loaded() -> None:
    """A child is forked for one document: what it compiles, imports or loads itself, every child does."""
    letter = Path(__file__).parents[1] / "sample_letters" / "letters" / "bladder-step-text.txt"
    done = subprocess.run([sys.executable, "-c", REHEARSED, letter], capture_output=True, text=True, check=True)
    compiled, imported, opinions, late = json.loads(done.stdout)
    assert compiled <= 20, "patterns that the rehearsal letter does not need; without it they are more than a hundred"
    assert (imported, late) == ([], 0)
    assert opinions == 5
