"""Recipe 1 for charts: one document of a patient's folder becomes dated facts. Runs in a child (``sandbox``).

``warm`` and ``process_file`` are what the sandbox's template asks of the module that it loads by name.
"""

from functools import cache
from pathlib import Path
from typing import Any

from pipeline.charts import ChartFile, Clinical, load_clinical, read_document
from pipeline.errors import DocumentError, ProblemCode
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.read import Spread, Tesseract, one_by_one, read
from pipeline.reading import loaded, own_language
from pipeline.values.chart import Chart
from pipeline.values.limits import Limits
from pipeline.values.text import Text


def process_file(path: Path, *, file_name: str, limits: Limits, spread: Spread = one_by_one, **_: Any) -> Chart:
    """The document at ``path`` and those attached to it, with their facts; one not readable has its problem."""

    def reader(content: bytes) -> Text:
        return read(content, ocr=_ocr(limits.seconds), limits=limits, spread=spread)

    if path.stat().st_size > limits.max_bytes:
        raise DocumentError(ProblemCode.TOO_LARGE)
    file = ChartFile(name=file_name, data=path.read_bytes())
    parts = read_document(file, clinical=clinical(), reader=reader)
    return Chart(documents=tuple(d for d, _ in parts), facts=tuple(fact for _, facts in parts for fact in facts))


def warm(limits: Limits) -> dict[str, str]:
    """Load once what every child needs; the versions that make the results."""
    versions = loaded(limits)
    clinical()
    return versions


@cache
def clinical() -> Clinical:
    """The words of charts, compiled once a process."""
    return load_clinical(own_language(), load_clinical_knowledge())


@cache
def _ocr(seconds: float) -> Tesseract:
    return Tesseract(seconds=seconds)
