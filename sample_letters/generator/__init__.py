"""Draws an answer key, then writes and renders the letter from it, so that gold can never disagree with the page.

Stages: ``draw`` (answer key) -> ``compose`` (words) -> ``pdf`` or ``plain`` (pages) -> ``media`` (scan, fax, photo).
"""
