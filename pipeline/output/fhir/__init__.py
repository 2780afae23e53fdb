"""The queue as FHIR R4: one Bundle of Task, ClaimResponse, DocumentReference, Communication and Provenance."""

from pipeline.output.fhir.bundle import bundle

__all__ = ["bundle"]
