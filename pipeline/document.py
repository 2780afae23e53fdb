"""Recipe 1: one document becomes letters with findings. Pure: bytes in, values out; it runs in a child process."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from pipeline import __version__
from pipeline.errors import EXPLANATIONS, DocumentError, ProblemCode
from pipeline.extract import extract
from pipeline.extract.fingerprint import fingerprint
from pipeline.extract.remittance import remitted_letters
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.practice import load_practice
from pipeline.language import Language, load_language
from pipeline.plan.defects import notice_defects
from pipeline.read import (
    Inner,
    Ocr,
    Spread,
    Tesseract,
    documents_in,
    one_by_one,
    read,
    remittance_in,
    remittance_pages,
)
from pipeline.split import Part, Parts, split, split_by_hand
from pipeline.values.letter import (
    Document,
    DocumentStatus,
    Finding,
    Letter,
    Member,
    PageSummary,
    Problem,
    ReviewNote,
    UnassignedPage,
)
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.remittance import Remittance
from pipeline.values.text import Page, Text


def process(
    data: bytes,
    *,
    file_name: str,
    language: Language,
    practice: Practice,
    ocr: Ocr,
    limits: Limits,
    spread: Spread = one_by_one,
    password: str | None = None,
    parts: Parts | None = None,
) -> Document:
    """The document with its letters; quarantined, with the code of what is wrong, where it cannot be read.

    ``parts`` are its letters by page numbers where a person divided it.
    """
    document_id = hashlib.sha256(data).hexdigest()
    versions = _versions(language, ocr)
    try:
        paid = remittance_in(data, limits=limits)
        if paid is not None:
            return remitted(paid, file_name=file_name, document_id=document_id, language=language, versions=versions)
        text = read(data, ocr=ocr, limits=limits, spread=spread, password=password)
    except DocumentError as problem:
        return quarantined(problem.code, file_name=file_name, document_id=document_id, versions=versions)
    letters, unassigned = letters_of(text, document_id, language=language, practice=practice, parts=parts)
    return Document(
        file_name=file_name,
        document_id=document_id,
        status=DocumentStatus.READ,
        pages=tuple(_summary(page) for page in text.pages),
        letters=letters,
        unassigned_pages=unassigned,
        versions=versions,
    )


def remitted(
    paid: Remittance, *, file_name: str, document_id: str, language: Language, versions: dict[str, str]
) -> Document:
    """An electronic remittance: a letter a claim, its values as they were sent."""
    letters, unassigned = remitted_letters(paid, document_id, known=language.knowledge)
    return Document(
        file_name=file_name,
        document_id=document_id,
        status=DocumentStatus.READ,
        pages=tuple(_summary(page) for page in remittance_pages(paid).pages),
        letters=letters,
        unassigned_pages=unassigned,
        versions=versions,
    )


def letters_of(
    text: Text, document_id: str, *, language: Language, practice: Practice, parts: Parts | None = None
) -> tuple[tuple[Letter, ...], tuple[UnassignedPage, ...]]:
    """The letters of what was read, with their findings, and the pages that belong to none."""
    found = split(text, language) if parts is None else split_by_hand(text, parts, language)
    letters = tuple(_letter(part, document_id, language=language, practice=practice) for part in found.letters)
    return letters, found.unassigned


def _letter(part: Part, document_id: str, *, language: Language, practice: Practice) -> Letter:
    """The findings of a letter, with how sure its boundaries are and what is not right with its pages."""
    letter_id = f"{document_id}-{part.text.pages[0].number}"
    letter = extract(part.text, letter_id=letter_id, language=language, practice=practice)
    notes = (*part.notes, *letter.needs_review)
    if not notes and not _has_findings(letter):
        notes = (_NOTHING_FOUND,)
    whole = replace(
        letter,
        boundary_confidence=part.confidence,
        needs_review=notes,
        fingerprint=fingerprint(part.text.content),
    )
    defects = notice_defects(whole, part.text, knowledge=language.knowledge)
    return replace(whole, notice_defects=defects)


_NOTHING_FOUND = ReviewNote(field="kind", why="Nothing was found in it: look whether it is a whole letter.")


def _has_findings(letter: Letter) -> bool:
    """Whether anything was read in the letter itself, be it only its date."""
    values = (getattr(letter, field.name) for field in fields(letter))
    return any(
        isinstance(value, Finding) or (isinstance(value, tuple) and any(isinstance(v, Finding) for v in value))
        for value in values
    )


def unpacked(members: Iterable[Inner], *, folder: Path | None, versions: dict[str, str], document_id: str) -> Document:
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


def problem_of(code: ProblemCode) -> Problem:
    """A code with what it means and what to do."""
    message, advice = EXPLANATIONS[code]
    return Problem(code=code, message=message, advice=advice)


def quarantined(code: ProblemCode, *, file_name: str, document_id: str, versions: dict[str, str]) -> Document:
    """A document that was not read, with what to do about it."""
    return Document(
        file_name=file_name,
        document_id=document_id,
        status=DocumentStatus.QUARANTINED,
        problem=problem_of(code),
        versions=versions,
    )


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
    size = path.stat().st_size
    if size > limits.max_bytes:  # known before a byte is read
        with path.open("rb") as file:
            document_id = hashlib.file_digest(file, "sha256").hexdigest()
        versions = _versions(language, ocr)
        return quarantined(ProblemCode.TOO_LARGE, file_name=file_name, document_id=document_id, versions=versions)
    data = path.read_bytes()
    versions = _versions(language, ocr)
    document_id = hashlib.sha256(data).hexdigest()
    try:
        members = documents_in(data, limits=limits, password=password)
    except DocumentError as problem:
        return quarantined(problem.code, file_name=file_name, document_id=document_id, versions=versions)
    if members is not None:
        return unpacked(members, folder=unpack, versions=versions, document_id=document_id)
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
    return _versions(own_language(), ocr)


def _rehearsal() -> bytes:
    """An invented letter that has something of all that a letter may hold."""
    return files("models").joinpath("rehearsal.txt").read_bytes()


@cache
def own_language() -> Language:
    """What letters and charts are understood with, made once a process."""
    return load_language(load_knowledge())


@cache
def _ocr(seconds: float) -> Tesseract:
    return Tesseract(seconds=seconds)


def _versions(language: Language, ocr: Ocr) -> dict[str, str]:
    return {
        "pipeline": __version__,
        "knowledge": language.knowledge.version,
        "tesseract": ocr.version,
        "rapidocr": version("rapidocr"),
        "spacy": version("spacy"),
    }


def _summary(page: Page) -> PageSummary:
    return PageSummary(
        number=page.number,
        method=page.method,
        width_pt=page.width_pt,
        height_pt=page.height_pt,
        rotation=page.rotation,
        quality=page.quality,
    )
