"""The queue and the extracted results carried out of the house: sheets, JSON, FHIR, calendar, gold answers."""

from pipeline.output.evidence import evidence_csv, write_evidence
from pipeline.output.export import ExportFormat, export

__all__ = ["ExportFormat", "evidence_csv", "export", "write_evidence"]
