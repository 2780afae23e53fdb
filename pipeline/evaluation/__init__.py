"""Answers against gold: how right the reading is, by field, page class and band, and which errors are dangerous."""

from pipeline.evaluation.changes import changes, save, saved
from pipeline.evaluation.gold import gold_letters
from pipeline.evaluation.score import Report, evaluate
from pipeline.evaluation.tables import as_json, as_text

__all__ = ["Report", "as_json", "as_text", "changes", "evaluate", "gold_letters", "save", "saved"]
