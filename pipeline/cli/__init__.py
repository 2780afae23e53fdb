"""The command line ``denials``: one thin function a command, and how a command opens, shows and ends."""

from pipeline.cli.commands import main

__all__ = ["main"]
