"""Clinical documents of a patient to dated facts, each with its place and its context."""

from pipeline.charts.chart import ChartFile, joined, named_in, read_chart, read_document
from pipeline.charts.clinical import Clinical, load_clinical

__all__ = ["ChartFile", "Clinical", "joined", "load_clinical", "named_in", "read_chart", "read_document"]
