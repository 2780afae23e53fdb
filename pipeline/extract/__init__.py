"""A letter's text -> its findings, each with span, box, rule id, confidence and the candidates that lost."""

from pipeline.extract.letter import extract

__all__ = ["extract"]
