"""What must be shown to the payer, and how it stands against what is on file."""

from pipeline.match.requirements import requirements_of

__all__ = ["requirements_of"]
