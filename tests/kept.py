"""Readers for a desk that reads no images: what a test wrote as JSON, and text as the document recipe reads it."""

import hashlib
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.document import process
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Document, DocumentStatus, Letter
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from tests.plan.read_letters import OCR, language


class Kept:
    """Reads what a test wrote: a letter as the contract's JSON."""

    def run(self, path: Path, *, file_name: str, **_: Any) -> Document:
        data = path.read_bytes()
        document_id = hashlib.sha256(data).hexdigest()
        letter = replace(from_json(Letter, json.loads(data)), letter_id=f"{document_id}-1")
        return Document(
            file_name=file_name, document_id=document_id, status=DocumentStatus.READ, letters=(letter,), versions={}
        )


def as_bytes(letter: Letter) -> bytes:
    """A letter as ``Kept`` reads it."""
    return json.dumps(to_json(letter)).encode()


class Texts:
    """Reads text files with the recipe that every document goes through, here and not in a child process."""

    def run(self, path: Path, *, file_name: str, **_: Any) -> Document:
        return replace(read_text(path.read_bytes()), file_name=file_name)


@cache
def read_text(data: bytes) -> Document:
    """The document of a text; the same text is read once."""
    return process(
        data, file_name="letter.txt", language=language(), practice=Practice(), ocr=OCR,
        limits=Limits(),
    )  # fmt: skip
