"""Gold answers on disk: beside the documents, or in ``gold/`` with the documents in ``letters/``."""

import json
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

_SUFFIX = ".gold.json"
_IGNORED = {".json"}
_ADVICE = "Name a folder with NAME.gold.json beside each document, as denials export --format gold writes it."


def gold_letters(folder: Path) -> dict[Path, list[dict[str, Any]]]:
    """Each document that has gold answers, with its letters, by file name.

    Raises:
        UsageError: the folder is missing, holds no gold, or a gold file is not JSON of the contract's shape.
    """
    golds, documents = folder, folder
    if (folder / "gold").is_dir() and (folder / "letters").is_dir():
        golds, documents = folder / "gold", folder / "letters"
    if not golds.is_dir():
        why = "it is no folder" if folder.exists() else "it is not there"
        raise UsageError(f"gold folder {folder}", why=why, advice=_ADVICE)
    beside = {path.stem: path for path in sorted(documents.iterdir()) if path.suffix not in _IGNORED and path.is_file()}
    found = {}
    for gold in sorted(golds.glob(f"*{_SUFFIX}")):
        document = beside.get(gold.name.removesuffix(_SUFFIX))
        if document is not None:
            found[document] = _letters(gold)
    if not found:
        raise UsageError(f"gold folder {folder}", why="no document in it has a gold answer", advice=_ADVICE)
    return found


def _letters(gold: Path) -> list[dict[str, Any]]:
    try:
        letters = json.loads(gold.read_text(encoding="utf-8"))["letters"]
    except (ValueError, KeyError, TypeError, OSError):
        letters = None
    if not isinstance(letters, list):
        raise UsageError(
            f"gold answer {gold.name}", why="it is not JSON with a list 'letters'", advice="Mend or remove it."
        )
    return letters
