"""One batch over the inbox, for the command line and for a scheduled flow alike: take in, process, count.

Which thread works on which document is the caller's: Prefect's task runner, or the plain pool of ``direct.py``.
``batch.py`` is a batch that is open; ``opening.py`` puts desk, sandbox and settings together for a batch and for the
review desk.
"""

from pipeline.batch.batch import Batch
from pipeline.batch.direct import open_locked, reprocess_direct, run_direct, work_through
from pipeline.batch.opening import desk_of, inbox_of, open_batch, reviewing

__all__ = [
    "Batch",
    "desk_of",
    "inbox_of",
    "open_batch",
    "open_locked",
    "reprocess_direct",
    "reviewing",
    "run_direct",
    "work_through",
]
