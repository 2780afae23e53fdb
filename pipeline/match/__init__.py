"""What must be shown to the payer, and how it stands against what is on file."""

from pipeline.match.charted import with_chart
from pipeline.match.evidence import evidence_of, evidence_table
from pipeline.match.filed import Filed, filed
from pipeline.match.folders import Link, differs, folder_of
from pipeline.match.ordered import ordered_units
from pipeline.match.requirements import requirements_of
from pipeline.match.unmet import unmet_of

__all__ = [
    "Filed",
    "Link",
    "differs",
    "evidence_of",
    "evidence_table",
    "filed",
    "folder_of",
    "ordered_units",
    "requirements_of",
    "unmet_of",
    "with_chart",
]
