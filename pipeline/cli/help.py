"""The help texts: commands in groups by what they are for, arguments by name alone, no sentence cut off."""

import re
from itertools import groupby
from typing import Any

from typer.core import TyperCommand, TyperGroup

_TYPE = re.compile(r" <[^<>]*>$")
"""What the command-line library sets behind an argument's name: the Python type, which tells a person nothing."""
_NEEDED = re.compile(r"^\{(?P<name>.*?)(?:\.\.\.)?\}(?P<more>\.\.\.)?$")


class Command(TyperCommand):
    """A command whose help shows an argument as ``FILE...``, not as ``{FILE...}...`` with a type behind."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage line's parts, needed arguments without braces."""
        return [_NEEDED.sub(r"\g<name>\g<more>", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments, then options."""
        records = [(p.param_type_name, p.get_help_record(ctx)) for p in self.get_params(ctx)]
        for title, sort in (("Arguments", "argument"), ("Options", "option")):
            if rows := [(_TYPE.sub("", r[0]), r[1]) for kind, r in records if r is not None and kind == sort]:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Group(TyperGroup):
    """The commands under the heading that each was registered with, in that order."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """A section a heading; all descriptions begin in one column."""
        widest = max(map(len, self.commands))
        for heading, named in groupby(self.commands.items(), key=lambda one: getattr(one[1], "rich_help_panel", None)):
            with formatter.section(str(heading)):
                formatter.write_dl(
                    [(name.ljust(widest), command.get_short_help_str(limit=200)) for name, command in named]
                )
