"""What leaves the house: the draft letter with its sources, its exhibits, and the packet that carries them."""

from pipeline.output.packet.audit import unsupported
from pipeline.output.packet.draft import as_sent, brief_of, drafted, template_of
from pipeline.output.packet.exhibits import document_of
from pipeline.output.packet.files import Contents, packet_files, withheld_by
from pipeline.output.packet.filling import content_of, filled

__all__ = [
    "Contents", "as_sent", "brief_of", "content_of", "document_of", "drafted", "filled", "packet_files", "template_of",
    "unsupported", "withheld_by",
]  # fmt: skip
