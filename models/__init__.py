"""WHAT the pipeline knows, as data: YAML and trained weights, no logic. See README.md in this folder."""
