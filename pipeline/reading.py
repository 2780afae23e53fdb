"""What a child does for a batch: a file is read, or a container is taken apart into the documents inside it.

Loaded by the template of the batch's sandbox, which every child is forked from: so what all of them need is loaded and
tried here once (``warm``).
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from pipeline.document import letters_of, problem_of, process, quarantined, versions_of
from pipeline.errors import DocumentError, ProblemCode
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.practice import load_practice
from pipeline.language import Language, load_language
from pipeline.read import Inner, Spread, Tesseract, documents_in, one_by_one, read
from pipeline.split import Parts
from pipeline.values.letter import Document, DocumentStatus, Member
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice


def process_file(
    path: Path,
    *,
    file_name: str,
    practice_path: Path | None,
    limits: Limits,
    spread: Spread = one_by_one,
    unpack: Path | None = None,
    password: str | None = None,
    parts: Parts | None = None,
) -> Document:
    """What a document's child does (see ``sandbox``): ``process`` with this process's own language and Tesseract.

    A container is taken apart into the folder ``unpack`` instead. ``password`` opens what is locked;
    ``parts`` are the letters as a person divided the document.
    """
    language, ocr = own_language(), _ocr(limits.seconds)
    versions = versions_of(language, ocr)
    if path.stat().st_size > limits.max_bytes:  # known before a byte is read
        with path.open("rb") as file:
            document_id = hashlib.file_digest(file, "sha256").hexdigest()
        return quarantined(ProblemCode.TOO_LARGE, file_name=file_name, document_id=document_id, versions=versions)
    data = path.read_bytes()
    document_id = hashlib.sha256(data).hexdigest()
    try:
        members = documents_in(data, limits=limits, password=password)
    except DocumentError as problem:
        return quarantined(problem.code, file_name=file_name, document_id=document_id, versions=versions)
    if members is not None:
        return _unpacked(members, folder=unpack, versions=versions, document_id=document_id)
    practice = load_practice(practice_path) if practice_path else Practice()
    return process(
        data,
        file_name=file_name,
        language=language,
        practice=practice,
        ocr=ocr,
        limits=limits,
        spread=spread,
        password=password,
        parts=parts,
    )


def _unpacked(members: Iterable[Inner], *, folder: Path | None, versions: dict[str, str], document_id: str) -> Document:
    """A container: each document inside lies in ``folder`` under its place, to be taken in on its own.

    Without a folder it stands too deep in other containers and is not opened.
    """
    if folder is None:
        return quarantined(ProblemCode.TOO_LARGE, file_name="", document_id=document_id, versions=versions)
    found = []
    try:
        for place, inner in enumerate(members, start=1):
            digest = None
            if inner.data is not None:
                (folder / str(place)).write_bytes(inner.data)
                digest = hashlib.sha256(inner.data).hexdigest()
            problem = problem_of(inner.problem) if inner.problem else None
            found.append(Member(place=place, name=inner.name, document_id=digest, problem=problem))
    except DocumentError as problem_found:
        return quarantined(problem_found.code, file_name="", document_id=document_id, versions=versions)
    return Document(
        file_name="", document_id=document_id, status=DocumentStatus.READ, members=tuple(found), versions=versions
    )


def warm(limits: Limits) -> dict[str, str]:
    """Load once what every child needs, and read one letter, so that no child compiles or imports; the versions.

    A child is forked from what is loaded here and lasts for one document: whatever it loads itself, the next loads
    again.
    Raises ``MissingToolError`` where Tesseract is missing and ``UsageError`` where the knowledge is broken.
    """
    versions = loaded(limits)
    text = read(_rehearsal(), ocr=_ocr(limits.seconds), limits=limits)
    letters_of(text, "rehearsal", language=own_language(), practice=Practice())
    return versions


def loaded(limits: Limits) -> dict[str, str]:
    """Load the knowledge and open the engine; the versions that make the results. Raises as ``warm``."""
    ocr = _ocr(limits.seconds)
    ocr.open()
    return versions_of(own_language(), ocr)


def _rehearsal() -> bytes:
    """An invented letter that has something of all that a letter may hold."""
    return files("models").joinpath("rehearsal.txt").read_bytes()


def own_language() -> Language:
    """What letters and charts are understood with, made once a process."""
    return load_language(load_knowledge())


@cache
def _ocr(seconds: float) -> Tesseract:
    return Tesseract(seconds=seconds)
