"""HOW one document becomes appeal tasks. Knows nothing of Prefect; see docs/architecture.md."""

__version__ = "0.1.0"
