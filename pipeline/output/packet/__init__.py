"""What leaves the house: the draft letter with its sources, its exhibits, and the packet that carries them."""

from pipeline.output.packet.audit import unsupported
from pipeline.output.packet.draft import drafted
from pipeline.output.packet.files import Contents, packet_files, withheld_by

__all__ = ["Contents", "drafted", "packet_files", "unsupported", "withheld_by"]
