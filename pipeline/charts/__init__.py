"""Clinical documents of a patient to dated facts, each with its place and its context."""

from pipeline.charts.chart import ChartFile, read_chart
from pipeline.charts.clinical import Clinical, load_clinical

__all__ = ["ChartFile", "Clinical", "load_clinical", "read_chart"]
