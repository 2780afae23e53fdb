"""What a day in a letter is, by the words before it."""

from dataclasses import dataclass, fields

from pipeline.errors import UsageError
from pipeline.knowledge.load import load_entries
from pipeline.knowledge.names import NameWords, word_pattern


class DateWords(NameWords):
    """Words of one sort of day; matched as the words of names are."""

    def last_in(self, text: str) -> int:
        """Where the last of the words in a text ends; -1 where there is none."""
        return max((hit.end() for hit in word_pattern(self.words).finditer(text)), default=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateKnowledge:
    """The words by sort of day; each field is the entry of that id in ``models/date_roles.yaml``."""

    service: DateWords
    something_else: DateWords
    billed: DateWords
    letter: DateWords
    printed: DateWords


def load_date_roles() -> DateKnowledge:
    """The words of ``models/date_roles.yaml``.

    Raises:
        UsageError: where a sort is missing or unknown.
    """
    entries = {entry.id: entry for entry in load_entries("date_roles.yaml", DateWords)}
    wanted = {field.name for field in fields(DateKnowledge)}
    if wrong := sorted(wanted ^ entries.keys()):
        raise UsageError(
            "knowledge in models/date_roles.yaml",
            why=f"sorts missing or unknown: {', '.join(wrong)}",
            advice="Give it exactly one entry a sort of day.",
        )
    return DateKnowledge(**entries)
