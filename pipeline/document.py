"""Recipe 1: one document becomes letters with findings. Pure: bytes in, values out; ``reading`` runs it in a child."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from importlib.metadata import version

from pipeline import __version__
from pipeline.errors import EXPLANATIONS, DocumentError, ProblemCode
from pipeline.extract import extract
from pipeline.extract.fingerprint import fingerprint
from pipeline.extract.remittance import remitted_letters
from pipeline.language import Language
from pipeline.plan.defects import notice_defects
from pipeline.read import (
    Ocr,
    Spread,
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
    versions = versions_of(language, ocr)
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
    letters = tuple(
        _letter(part, letter_id, language=language, practice=practice)
        for part, letter_id in zip(found.letters, _ids(found.letters, document_id), strict=True)
    )
    return letters, found.unassigned


def _ids(letters: Sequence[Part], document_id: str) -> Iterator[str]:
    """``<document>-<first page>``; with ``-2`` and so on behind it for further letters that begin on that page."""
    begun: Counter[int] = Counter()
    for part in letters:
        page = part.text.pages[0].number
        begun[page] += 1
        yield f"{document_id}-{page}" + (f"-{begun[page]}" if begun[page] > 1 else "")


def _letter(part: Part, letter_id: str, *, language: Language, practice: Practice) -> Letter:
    """The findings of a letter, with how sure its boundaries are and what is not right with its pages."""
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


def versions_of(language: Language, ocr: Ocr) -> dict[str, str]:
    """The versions that make a document's results."""
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
