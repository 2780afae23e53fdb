"""The inbox folder: which files are ready, a safe copy of each, and the move afterwards.

Nothing here waits for file events or follows a link, and no original is ever deleted. Paths are relative to the inbox,
surrogate-escaped; sizes are in bytes.
"""

from pipeline.inbox.files import PROCESSED, SET_ASIDE, Found, Kind, scan, stamp_of
from pipeline.inbox.intake import Intake, Ledger, waiting_in

__all__ = ["PROCESSED", "SET_ASIDE", "Found", "Intake", "Kind", "Ledger", "scan", "stamp_of", "waiting_in"]
