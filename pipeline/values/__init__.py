"""Frozen values that cross a stage. They do no work."""
