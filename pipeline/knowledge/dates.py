"""What a day in a letter is, by the words before it."""

from dataclasses import dataclass

from pipeline.knowledge.load import load_sorts
from pipeline.knowledge.names import NameWords


@dataclass(frozen=True, slots=True, kw_only=True)
class DateKnowledge:
    """The words by sort of day; each field is the entry of that id in ``models/date_roles.yaml``."""

    service: NameWords
    something_else: NameWords
    billed: NameWords
    letter: NameWords
    printed: NameWords
    birth: NameWords


def load_date_roles() -> DateKnowledge:
    """The words of ``models/date_roles.yaml``.

    Raises:
        UsageError: where a sort is missing or unknown.
    """
    return load_sorts("date_roles.yaml", NameWords, DateKnowledge)
