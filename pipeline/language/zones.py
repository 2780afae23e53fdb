"""Zone first, then value: what part of the letter a line belongs to."""

from pipeline.knowledge.zones import Zone

__all__ = ["Zone"]
