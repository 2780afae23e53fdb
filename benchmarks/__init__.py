"""Timings of the real command on the sample letters.

Figures are medians of runs on one machine; ratios travel, seconds do not.
"""
