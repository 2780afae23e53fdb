"""``evaluate``: reading scored against gold answers, and against an earlier run."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.flags import AsOf, Data, Jobs, Json
from pipeline.cli.opening import day_of
from pipeline.ending import Exit
from pipeline.errors import UsageError
from pipeline.settings import load

_CLASSES = {frozenset({"text"}): "text", frozenset({"ocr"}): "ocr"}


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Documents with their gold answers.")],
    keep: Annotated[Path | None, typer.Option("--save", metavar="FILE", help="Keep this run's mistakes.")] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="List gains and losses since a saved run.")
    ] = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Score reading against gold answers: by field, by page class and by confidence; with the dangerous errors."""
    day_of(as_of)
    if keep is not None and not keep.parent.is_dir():  # said now, not when all is read
        raise UsageError(f"--save {keep}", why="its folder is not there", advice="Name a file in a folder that is.")
    settings = load({"jobs": jobs}, os.environ, data=data)
    from pipeline import evaluation
    from pipeline.cli.reading import read_files
    from pipeline.values.contract import to_json

    earlier = evaluation.saved(against) if against else None
    gold = evaluation.gold_letters(folder)
    documents = read_files(list(gold), settings=settings, practice_path=None)
    read = {path.name: to_json(document) for path, document in zip(gold, documents, strict=True)}
    report = evaluation.evaluate(
        {path.name: letters for path, letters in gold.items()},
        {name: document["letters"] for name, document in read.items()},
        classes={name: _page_class(document) for name, document in read.items()},
    )
    if keep:
        evaluation.save(report, keep)
    changed = evaluation.changes(earlier, report) if earlier is not None else []
    if as_json:
        print(json.dumps({**evaluation.as_json(report), **({"changes": changed} if earlier is not None else {})}))
        return Exit.DONE
    print(evaluation.as_text(report))
    if earlier is not None:
        print("\n".join(["", "since the saved run (+ now right, - now wrong, ~ wrong in another way):", *changed]))
    return Exit.DONE


def _page_class(document: dict[str, Any]) -> str:
    """How a file's pages were read: their own text, OCR, or both."""
    return _CLASSES.get(frozenset(page["method"] for page in document["pages"]), "both")
