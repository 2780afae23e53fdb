"""The inbox folder: which files are ready, a safe copy of each, and the move afterwards.

Nothing here waits for file events or follows a link, and no original is deleted but by retention (``remove``). Paths
are relative to the inbox, surrogate-escaped; sizes are in bytes.
"""

from pipeline.inbox.files import PROCESSED, SET_ASIDE, Found, Kind, scan, stamp_of
from pipeline.inbox.intake import Intake, Ledger, waiting_in
from pipeline.inbox.removing import remove

__all__ = ["PROCESSED", "SET_ASIDE", "Found", "Intake", "Kind", "Ledger", "remove", "scan", "stamp_of", "waiting_in"]
